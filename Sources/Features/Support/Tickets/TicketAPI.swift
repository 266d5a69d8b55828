import API
import Access
import Customers
import HTTP
import Identifiers
import Identity
import JSON
import Locale
import Nouns
import Postgres
import Tenancy
import Time

/// Tickets in the API.
struct TicketAPI: Sendable {
    let acts: TicketActs
    let randomness: Randomness

    func add(to routes: inout API.Routes) {
        routes.list("/api/v1/tickets", .ticketsRead, TicketAPIWords.list, by: TicketFilter.self) {
            visit, filter, page in
            try await visit.database.tickets(
                in: filter.state, of: filter.customer, after: page.after, limit: page.limit)
        }
        routes.post("/api/v1/tickets", .ticketsWork, TicketAPIWords.open) { (visit, new: NewNoun<NewTicket>) in
            try await acts.open(
                new.noun(from: NewTicket()), as: .make(milliseconds: visit.now.milliseconds, from: randomness),
                from: .program, of: visit.tenant, by: visit.principal, in: visit.database)
        }
        routes.get("/api/v1/tickets/:id", .ticketsRead, TicketAPIWords.read) { (visit, id: Ticket.ID) in
            try await visit.database.ticket(id)
        }
        routes.patch(
            "/api/v1/tickets/:id", .ticketsWork, TicketAPIWords.change,
            of: { (visit, id: Ticket.ID) in try await visit.database.ticket(id, locked: true) }
        ) { (visit, ticket, changes: NounChanges<TicketTerms>) in
            try await acts.change(
                ticket.id, to: changes.applied(to: ticket.terms), of: visit.tenant, by: visit.principal,
                in: visit.database)
        }
        routes.post("/api/v1/tickets/:id/states", .ticketsWork, TicketAPIWords.move) {
            (visit, body: TicketMove, id: Ticket.ID) in
            try await acts.move(id, to: body.state, of: visit.tenant, by: visit.principal, in: visit.database)
        }
        routes.post("/api/v1/tickets/:id/assignments", .ticketsWork, TicketAPIWords.assign) {
            (visit, body: TicketAssignment, id: Ticket.ID) in
            try await acts.assign(id, to: body.member, by: visit.principal, in: visit.database)
        }
        routes.query("/api/v1/tickets/:id/entries", .ticketsRead, TicketAPIWords.entries, by: NoInput.self) {
            (visit, _: NoInput, id: Ticket.ID) -> TicketEntries? in
            guard try await visit.database.ticket(id) != nil else { return nil }
            return TicketEntries(entries: try await visit.database.entries(of: id))
        }
        routes.post("/api/v1/tickets/:id/entries", .ticketsWork, TicketAPIWords.write) {
            (visit, body: TicketWriting, id: Ticket.ID) in
            WrittenEntry(
                ticket: id,
                entry: try await acts.write(
                    NewEntry(body.text, internal: body.isInternal), on: id, of: visit.tenant, by: visit.principal,
                    in: visit.database))
        }
    }
}

struct TicketFilter: Input {
    static let schema = Schema.object(
        "TicketFilter",
        [
            .optional("state", .words(Ticket.State.allCases.map(\.rawValue)), TicketAPIWords.state),
            .optional("customer", .id, TicketWords.customer),
        ])

    let state: Ticket.State?
    let customer: Customer.ID?

    init(_ members: Members) { (state, customer) = (members.word("state"), members.id("customer")) }
}

struct TicketMove: Input {
    static let schema = Schema.object(
        "TicketMove", [.required("state", .words(Ticket.State.allCases.map(\.rawValue)), TicketAPIWords.state)])

    let state: Ticket.State

    init(_ members: Members) { state = members.word("state") ?? .inProgress }
}

struct TicketAssignment: Input {
    static let schema = Schema.object(
        "TicketAssignment", [.required("assignee", Schema.id.orNull, TicketAPIWords.assignee)])

    let member: StaffMember.ID?

    init(_ members: Members) { member = members.id("assignee") }
}

struct TicketWriting: Input {
    static let schema = Schema.object(
        "TicketWriting",
        [
            .required("text", .lines(1...4000), TicketWords.answer),
            .optional("internal", .flag, TicketAPIWords.privately),
        ])

    let text: String
    let isInternal: Bool

    init(_ members: Members) {
        text = FormText.lines(members.text("text"), each: 4000)
        isInternal = members["internal"] == .bool(true)
    }
}

extension Ticket: ListedResource {
    package static let schema = Schema.object(
        "Ticket",
        [
            .required("id", .id, TicketAPIWords.id), .required("number", .integer(1...Int.max), TicketWords.number),
            .required("title", .text, TicketWords.title), .required("text", .text, TicketWords.details),
            .required("customer", Schema.id.orNull, TicketAPIWords.customer),
            .required("service", Schema.id.orNull, TicketAPIWords.service),
            .required("kind", .words(Kind.allCases.map(\.rawValue)), TicketWords.kind),
            .required("priority", .words(Priority.allCases.map(\.rawValue)), TicketWords.priority),
            .required("state", .words(State.allCases.map(\.rawValue)), TicketAPIWords.state),
            .required("source", .words(Source.allCases.map(\.rawValue)), TicketWords.source),
            .required("assignee", Schema.id.orNull, TicketAPIWords.assignee),
            .required("incident", Schema.id.orNull, TicketAPIWords.incident),
            .required("conversation", Schema.id.orNull, TicketAPIWords.conversation),
            .required("merged_into", Schema.id.orNull, TicketAPIWords.mergedInto),
            .required("holds", .flag, TicketWords.isHolding),
            .required("due_at", Schema.text.orNull, TicketAPIWords.dueAt),
            .required("sla", .words(SLA.allCases.map(\.rawValue)), TicketWords.sla),
            .required("resolved_at", Schema.text.orNull, TicketAPIWords.resolvedAt),
            .required("rating", Schema.integer(1...5).orNull, TicketAPIWords.rating),
            .required("made_at", .text, TicketAPIWords.madeAt),
            .required("changed_at", .text, TicketAPIWords.changedAt),
        ])

    package var path: String { "/api/v1/tickets/\(id)" }
    package var position: Int { number }
}

extension TicketEntry {
    static let schemaFields: [Schema.Field] = [
        .required("id", .id, TicketAPIWords.entryID), .required("internal", .flag, TicketAPIWords.privately),
        .required("author_kind", .words(["customer", "staff", "program", "system"]), TicketAPIWords.authorKind),
        .required("author", .text, TicketAPIWords.author), .required("text", .text, TicketWords.answer),
        .required("made_at", .text, TicketAPIWords.madeAt),
    ]
}

/// Everything written on a ticket.
struct TicketEntries: Resource {
    let entries: [TicketEntry]

    static let schema = Schema.object(
        "TicketEntries",
        [.required("entries", .list(of: .object("TicketEntry", TicketEntry.schemaFields)), TicketAPIWords.entries)])

    var path: String { "" }

    func write(to json: inout JSONWriter) {
        json.object { json in json.array("entries") { json in for entry in entries { json.value(entry) } } }
    }
}

/// What was just written, at the ticket that it is of.
struct WrittenEntry: Resource {
    let ticket: Ticket.ID
    let entry: TicketEntry

    static let schema = Schema.object("TicketEntry", TicketEntry.schemaFields)

    var path: String { "/api/v1/tickets/\(ticket)/entries" }

    func write(to json: inout JSONWriter) { json.value(entry) }
}
