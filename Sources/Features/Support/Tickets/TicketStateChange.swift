import Access
import Declarations
import HTML
import HTTP
import Identifiers
import Locale
import Nouns
import Panel
import Postgres
import Tenancy

/// Takes several tickets to another state: previewed first, and undoable for ten minutes.
struct TicketStateChange: Sendable {
    let acts: TicketActs

    static let kind = "ticket.state"
    static let path = "\(Ticket.path)/state-change"

    func add(to routes: inout Panel.Routes) {
        routes.post("/panel/tickets/state-change/new", .ticketsWork, "Pregunta a qué estado pasan unos tickets", ask)
        routes.post("/panel/tickets/state-change", .ticketsWork, "Pasa unos tickets a otro estado", move)
        routes.post("/panel/tickets/state-change/undo", .ticketsWork, "Devuelve unos tickets a su estado", undo)
    }

    private func ask(_ visit: Visit) async throws -> Response {
        let sent = try await visit.request.body.form(upTo: 32_768)
        try sent.allow([], repeated: [Selection.field])
        let ids: [Ticket.ID] = try Selection.ids(in: sent)
        let reader = visit.reader
        let tickets = try await visit.database.tickets(ids)
        let title = TicketWords.changeState.text(for: reader)
        let page = SelectionPage(
            title, of: tickets.map { ($0.id.uuid, $0.named(for: reader)) }, to: Self.path, submit: title,
            back: Ticket.list.path, visit: visit
        ) {
            FormField(
                TicketWords.newState.text(for: reader), name: "state", hint: TicketWords.stateHint.text(for: reader)
            ) { wiring in
                select(wiring) {
                    for state in Ticket.State.allCases where state != .new {
                        option(.value(state.rawValue)) { state.text(for: reader) }
                    }
                }
            }
        }
        return try await Panel.page(page, titled: title, for: visit)
    }

    private func move(_ visit: Visit) async throws -> Response {
        let sent = try await visit.request.body.form(upTo: 32_768)
        try sent.allow(["state", FormID.field], repeated: [Selection.field])
        let ids: [Ticket.ID] = try Selection.ids(in: sent)
        guard let state = sent["state"].flatMap(Ticket.State.init) else { throw BadRequest() }
        let (_, path) = try await visit.once(sent) { database in
            var moved: [String] = []
            for ticket in try await database.tickets(ids, locked: true)
            where ticket.state != state && ticket.mergedInto == nil {
                _ = try await acts.move(ticket.id, to: state, of: visit.tenant, by: visit.principal, in: database)
                moved.append("\(ticket.id) \(ticket.state.rawValue) \(state.rawValue)")
            }
            guard !moved.isEmpty else { return ((), Ticket.list.path) }
            let undo = try await Undo.offer(
                Self.kind, moved.joined(separator: "\n"), by: visit.principal, in: database)
            return ((), Panel.address(.ticketsMoved, at: Ticket.list.path, undo: undo))
        }
        return .redirect(to: path)
    }

    /// Those that moved on since stay where they are.
    private func undo(_ visit: Visit) async throws -> Response {
        let sent = try await visit.request.body.form(upTo: 1024)
        try sent.allow([Undo.field])
        guard let id = sent[Undo.field].flatMap({ UUID($0) }) else { throw BadRequest() }
        try await visit.admit()
        try await visit.database.transaction { database in
            let text = try await Undo.take(id, Self.kind, by: visit.principal, in: database)
            for line in text.split(separator: "\n") {
                let words = line.split(separator: " ").map(String.init)
                guard words.count == 3, let ticket = Ticket.ID(words[0]), let before = Ticket.State(rawValue: words[1]),
                    try await database.ticket(ticket, locked: true)?.state.rawValue == words[2]
                else { continue }
                _ = try await acts.move(ticket, to: before, of: visit.tenant, by: visit.principal, in: database)
            }
        }
        return Panel.done(.undone, at: Ticket.list.path)
    }
}
