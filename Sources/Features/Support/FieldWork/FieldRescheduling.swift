import Access
import Declarations
import HTML
import HTTP
import Identifiers
import Identity
import Locale
import Nouns
import Panel
import Postgres
import Tenancy
import Time

/// Gives several jobs another day or technician, as when it rains: previewed first, and undoable for ten minutes.
struct FieldRescheduling: Sendable {
    let acts: FieldActs

    static let kind = "field.rescheduling"
    static let path = "\(FieldJob.path)/rescheduling"
    private static let open = "\(FieldJob.path)?phase=\(FieldJob.Phase.open.rawValue)"

    func add(to routes: inout Panel.Routes) {
        routes.post("/panel/agenda/rescheduling/new", .fieldPlan, "Pregunta cuándo y quién va a unos trabajos", ask)
        routes.post("/panel/agenda/rescheduling", .fieldPlan, "Reagenda unos trabajos", reschedule)
        routes.post("/panel/agenda/rescheduling/undo", .fieldPlan, "Devuelve unos trabajos a su cita", undo)
    }

    private func ask(_ visit: Visit) async throws -> Response {
        let sent = try await visit.request.body.form(upTo: 32_768)
        try sent.allow([], repeated: [Selection.field])
        return try await page(try Selection.ids(in: sent), nil, visit)
    }

    private func page(
        _ ids: [FieldJob.ID], _ refusal: FieldRefusal?, _ visit: Visit
    ) async throws -> Response {
        let reader = visit.reader
        let jobs = try await visit.database.fieldJobs(ids).filter { !$0.isOver }
        let technicians = try await visit.database.technicians()
        let title = FieldWords.rescheduleSome.text(for: reader)
        let names = jobs.map { job in
            (job.id.uuid, "\(job.named(for: reader)) · \(job.moment(for: reader)) · \(job.customerName)")
        }
        let faults = refusal.map { [FormFault(name: $0.field, message: $0.message)] } ?? []
        let page = SelectionPage(
            title, of: names, to: Self.path, submit: FieldWords.reschedule.text(for: reader), back: FieldJob.path,
            faults: faults, visit: visit
        ) {
            FormField(FieldWords.assignee.text(for: reader), name: "assignee") { wiring in
                select(wiring) {
                    option(.value("")) { FieldWords.sameOne.text(for: reader) }
                    for one in technicians { option(.value(one.id.description)) { one.name } }
                }
            }
            FormField(FieldWords.day.text(for: reader), name: "day", hint: FieldWords.sameDay.text(for: reader)) {
                wiring in input(wiring, .type("date"))
            }
            FormField(FieldWords.begins.text(for: reader), name: "begins", hint: FieldWords.sameTime.text(for: reader))
            { wiring in input(wiring, .type("time")) }
        }
        return try await Panel.page(page, titled: title, status: refusal?.status ?? .ok, for: visit)
    }

    private func reschedule(_ visit: Visit) async throws -> Response {
        let sent = try await visit.request.body.form(upTo: 32_768)
        try sent.allow(["assignee", "day", "begins", FormID.field], repeated: [Selection.field])
        let ids: [FieldJob.ID] = try Selection.ids(in: sent)
        let assignee: StaffMember.ID? = try sent["assignee"].flatMap { $0.isEmpty ? nil : try FormText.id($0) }
        let begins = FormText.line(sent["begins"], upTo: 5)
        var day: Day?
        if let text = sent["day"], !text.isEmpty {
            guard let read = Day(iso: text) else { throw BadRequest() }
            day = read
        }
        do {
            let (_, path) = try await visit.once(sent) { database in
                var moved: [String] = []
                for job in try await database.fieldJobs(ids, locked: true) where !job.isOver {
                    var plan = job.plan
                    plan.assignee = assignee ?? plan.assignee
                    plan.day = day ?? plan.day
                    if plan.day != nil, !begins.isEmpty { plan.begins = begins }
                    if plan.day != nil, plan.begins.isEmpty { plan.begins = "09:00" }
                    guard plan != job.plan else { continue }
                    let changed = try await acts.reschedule(
                        job.id, to: plan, of: visit.tenant, by: visit.principal, in: database)
                    moved.append(Rescheduled(from: job, to: changed).line)
                }
                guard !moved.isEmpty else { return ((), Self.open) }
                let undo = try await Undo.offer(
                    Self.kind, moved.joined(separator: "\n"), by: visit.principal, in: database)
                return ((), Panel.address(.fieldJobsRescheduled, at: Self.open, undo: undo))
            }
            return .redirect(to: path)
        } catch let refusal as FieldRefusal {
            return try await page(ids, refusal, visit)
        }
    }

    /// Those that were rescheduled or done since stay as they are.
    private func undo(_ visit: Visit) async throws -> Response {
        let sent = try await visit.request.body.form(upTo: 1024)
        try sent.allow([Undo.field])
        guard let id = sent[Undo.field].flatMap({ UUID($0) }) else { throw BadRequest() }
        try await visit.admit()
        try await visit.database.transaction { database in
            let text = try await Undo.take(id, Self.kind, by: visit.principal, in: database)
            for line in text.split(separator: "\n") {
                guard let step = Rescheduled(line: String(line)),
                    let job = try await database.fieldJob(step.job, locked: true), !job.isOver,
                    job.appointment == step.appointment, job.assignee == step.assignee
                else { continue }
                var plan = job.plan
                (plan.assignee, plan.day, plan.begins) = (step.before.assignee, step.before.day, step.before.begins)
                _ = try await acts.reschedule(
                    job.id, to: plan, isUndoing: true, of: visit.tenant, by: visit.principal, in: database)
            }
        }
        return Panel.done(.undone, at: Self.open)
    }
}

/// One job's way, as the undo keeps it: what it was given, and what it had before.
private struct Rescheduled {
    let job: FieldJob.ID
    let appointment: UUID
    let assignee: StaffMember.ID?
    let before: FieldAppointment

    init(from job: FieldJob, to changed: FieldJob) {
        (self.job, appointment, assignee, before) = (job.id, changed.appointment, changed.assignee, job.plan)
    }

    init?(line: String) {
        let words = line.split(separator: " ", omittingEmptySubsequences: false).map(String.init)
        guard words.count == 6, let job = FieldJob.ID(words[0]), let appointment = UUID(words[1]) else { return nil }
        (self.job, self.appointment, assignee) = (job, appointment, StaffMember.ID(words[2]))
        var before = FieldAppointment()
        (before.assignee, before.day, before.begins) = (StaffMember.ID(words[3]), Day(iso: words[4]), words[5])
        self.before = before
    }

    var line: String {
        [
            "\(job)", "\(appointment)", assignee.map { "\($0)" } ?? "", before.assignee.map { "\($0)" } ?? "",
            before.day?.iso ?? "", before.begins,
        ].joined(separator: " ")
    }
}
