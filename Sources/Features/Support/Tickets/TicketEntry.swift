import Access
import Events
import Identifiers
import JSON
import Locale
import Notices
import Nouns
import Postgres
import Time

/// Something written on a ticket.
package struct TicketEntry: Sendable, Equatable {
    package typealias ID = Identifiers.ID<TicketEntry>

    package let id: ID
    /// Among colleagues; the customer does not read it.
    package let isInternal: Bool
    package let authorKind: AuthorKind
    package let author: String
    package let body: String
    package let madeAt: Instant

    package enum AuthorKind: String, Sendable {
        case customer, staff, program, system
    }
}

/// What became of the notice by which a customer learns of an answer.
struct AnswerNotice: RowReadable {
    let entry: TicketEntry.ID
    let state: CustomerNotice.State
    let failure: String?
    let channel: String?

    init(row: Row) throws(DatabaseError) {
        entry = try row.read("about")
        state = try row.word("state")
        failure = try row.read("failure")
        channel = try row.read("channel")
    }
}

extension TicketEntry.AuthorKind {
    init(of principal: Principal) {
        self =
            switch principal.actor.kind {
            case .subscriber: .customer
            case .token: .program
            case .system: .system
            default: .staff
            }
    }
}

extension TicketEntry: JSONWritable {
    package func write(to json: inout JSONWriter) {
        json.object { json in
            json.member("id", id.description)
            json.member("internal", isInternal)
            json.member("author_kind", authorKind.rawValue)
            json.member("author", author)
            json.member("text", body)
            json.member("made_at", madeAt.rfc3339)
        }
    }
}

extension TicketEntry: RowReadable {
    package init(row: Row) throws(DatabaseError) {
        self.init(
            id: try row.read("entry_id"), isInternal: try row.read("is_internal"),
            authorKind: try row.word("author_kind"), author: try row.read("author"), body: try row.read("body"),
            madeAt: try row.read("made_at"))
    }
}

extension TenantDatabase {
    /// The oldest first; `toCustomer` leaves out what is among colleagues.
    package func entries(
        of ticket: Ticket.ID, toCustomer: Bool = false, after: TicketEntry.ID? = nil, limit: Int = 500
    ) async throws(DatabaseError) -> [TicketEntry] {
        let shown: SQL = toCustomer ? "AND NOT is_internal" : .nothing
        let place: SQL = after.map { "AND entry_id > \($0)" } ?? .nothing
        return try await rows(
            """
            SELECT entry_id, is_internal, author_kind, author, body, made_at FROM ticket_entries
            WHERE tenant_id = \(tenant) AND ticket_id = \(ticket) \(shown) \(place) ORDER BY entry_id LIMIT \(limit)
            """)
    }

    /// The last notice of each answer.
    func answerNotices(of ticket: Ticket.ID) async throws(DatabaseError) -> [AnswerNotice] {
        try await rows(
            """
            SELECT DISTINCT ON (n.about) n.about, n.state, n.failure, n.channel
            FROM ticket_entries e JOIN notices n ON n.tenant_id = \(tenant) AND n.about = e.entry_id
            WHERE e.tenant_id = \(tenant) AND e.ticket_id = \(ticket) AND n.kind = 'ticket_answer'
            ORDER BY n.about, n.number DESC
            """)
    }

    func entriesCounted(of ticket: Ticket.ID) async throws(DatabaseError) -> Int {
        try await value(
            "SELECT count(*) FROM ticket_entries WHERE tenant_id = \(tenant) AND ticket_id = \(ticket)") ?? 0
    }

    func insert(
        _ id: TicketEntry.ID, of ticket: Ticket.ID, _ text: String, isInternal: Bool, by principal: Principal
    ) async throws(DatabaseError) {
        try await execute(
            """
            INSERT INTO ticket_entries (
                tenant_id, entry_id, ticket_id, is_internal, author_kind, author, body, made_at)
            VALUES (
                \(tenant), \(id), \(ticket), \(isInternal), \(TicketEntry.AuthorKind(of: principal).rawValue),
                \(principal.actor.name), \(text), \(principal.now))
            """)
    }

    func entry(_ id: TicketEntry.ID) async throws(DatabaseError) -> TicketEntry? {
        try await first(
            """
            SELECT entry_id, is_internal, author_kind, author, body, made_at FROM ticket_entries
            WHERE tenant_id = \(tenant) AND entry_id = \(id)
            """)
    }
}
