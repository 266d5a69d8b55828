import API
import Access
import HTTP
import Identifiers
import JSON
import Locale
import Nouns
import Postgres
import Tenancy
import Time

/// Work in the field in the API.
struct FieldAPI: Sendable {
    let acts: FieldActs
    let randomness: Randomness

    func add(to routes: inout API.Routes) {
        routes.list("/api/v1/field-jobs", .fieldRead, FieldAPIWords.list, by: FieldFilter.self) {
            visit, filter, page in
            try await visit.database.fieldJobs(in: filter.state, after: page.after, limit: page.limit)
        }
        routes.post("/api/v1/field-jobs", .fieldPlan, FieldAPIWords.plan) { (visit, new: NewNoun<NewFieldJob>) in
            try await acts.plan(
                new.noun(from: NewFieldJob()), as: .make(milliseconds: visit.now.milliseconds, from: randomness),
                of: visit.tenant, by: visit.principal, in: visit.database)
        }
        routes.get("/api/v1/field-jobs/:id", .fieldRead, FieldAPIWords.read) { (visit, id: FieldJob.ID) in
            try await visit.database.fieldJob(id)
        }
        routes.patch(
            "/api/v1/field-jobs/:id", .fieldPlan, FieldAPIWords.appoint,
            of: { (visit, id: FieldJob.ID) in try await visit.database.fieldJob(id, locked: true) }
        ) { (visit, job, changes: NounChanges<FieldAppointment>) in
            try await acts.reschedule(
                job.id, to: changes.applied(to: job.plan), of: visit.tenant, by: visit.principal, in: visit.database)
        }
        routes.post("/api/v1/field-jobs/:id/starts", .fieldWork, FieldAPIWords.start) {
            (visit, _: NoInput, id: FieldJob.ID) in
            try await acts.start(id, of: visit.tenant, by: visit.principal, in: visit.database)
        }
        routes.post("/api/v1/field-jobs/:id/reports", .fieldWork, FieldAPIWords.finish) {
            (visit, body: FieldReportBody, id: FieldJob.ID) in
            try await acts.finish(
                id, FieldReport(checked: body.checked, body.report, serials: body.serials, fetched: body.fetched),
                of: visit.tenant, by: visit.principal, in: visit.database)
        }
        routes.post("/api/v1/field-jobs/:id/cancellations", .fieldPlan, FieldAPIWords.cancel) {
            (visit, body: FieldCancellation, id: FieldJob.ID) in
            try await acts.cancel(id, because: body.reason, by: visit.principal, in: visit.database)
        }
    }
}

struct FieldFilter: Input {
    static let schema = Schema.object(
        "FieldFilter",
        [.optional("state", .words(FieldJob.State.allCases.map(\.rawValue)), FieldAPIWords.state)])

    let state: FieldJob.State?

    init(_ members: Members) { state = members.word("state") }
}

struct FieldReportBody: Input {
    static let schema = Schema.object(
        "FieldReport",
        [
            .required("checked", .list(of: .line(1...200)), FieldAPIWords.checked),
            .required("report", .lines(1...2000), FieldWords.report),
            .optional("serials", .lines(0...2000), FieldWords.serials),
            .optional("fetched", .lines(0...2000), FieldWords.fetched),
        ])

    let checked: Set<String>
    let report: String
    let serials: String
    let fetched: String

    init(_ members: Members) {
        checked = Set(members.texts("checked") ?? [])
        report = FormText.lines(members.text("report"), each: 2000)
        serials = FormText.lines(members.text("serials"), each: 2000)
        fetched = FormText.lines(members.text("fetched"), each: 2000)
    }
}

struct FieldCancellation: Input {
    static let schema = Schema.object(
        "FieldCancellation", [.required("reason", .line(1...300), FieldWords.reason)])

    let reason: String

    init(_ members: Members) { reason = FormText.line(members.text("reason"), upTo: 300) }
}

extension FieldJob: ListedResource {
    package static let schema = Schema.object(
        "FieldJob",
        [
            .required("id", .id, FieldAPIWords.id), .required("number", .integer(1...Int.max), FieldWords.number),
            .required("kind", .words(Kind.allCases.map(\.rawValue)), FieldWords.kind),
            .required("state", .words(State.allCases.map(\.rawValue)), FieldAPIWords.state),
            .required("customer", .id, FieldWords.customer),
            .required("service", Schema.id.orNull, FieldAPIWords.service),
            .required("ticket", Schema.id.orNull, FieldAPIWords.ticket),
            .required("note", .text, FieldWords.note),
            .required("assignee", Schema.id.orNull, FieldAPIWords.assignee),
            .required("day", Schema.day.orNull, FieldAPIWords.day), .required("begins", .text, FieldWords.begins),
            .required("minutes", .integer(15...720), FieldWords.minutes),
            .required("checklist", .list(of: .text), FieldAPIWords.checklist),
            .required("checked", .list(of: .text), FieldAPIWords.checked),
            .required("report", .text, FieldWords.report), .required("serials", .text, FieldWords.serials),
            .required("fetched", .text, FieldWords.fetched),
            .required("started_at", Schema.text.orNull, FieldAPIWords.startedAt),
            .required("ended_at", Schema.text.orNull, FieldAPIWords.endedAt),
            .required("made_at", .text, FieldAPIWords.madeAt),
        ])

    package var path: String { "/api/v1/field-jobs/\(id)" }
    package var position: Int { number }
}
