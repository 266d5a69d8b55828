import Access
import Customers
import Identifiers
import Identity
import Incidents
import Nouns
import Postgres
import Time

extension TenantDatabase {
    private var ticketSelection: SQL {
        """
        SELECT t.ticket_id, t.number, t.title, t.body, t.customer_id, coalesce(c.name, '') AS customer_name,
            t.service_id, t.kind, t.priority, t.state, t.source, t.assignee_id, coalesce(s.name, '') AS assignee_name,
            t.incident_id, t.conversation_id, t.merged_into, t.is_holding, t.due_at, t.seconds_left, t.sla, t.resolved_at, t.rating,
            t.rating_note, t.actor, t.made_at, t.changed_at
        FROM tickets t
        LEFT JOIN customers c ON c.tenant_id = \(tenant) AND c.customer_id = t.customer_id
        LEFT JOIN staff s ON s.tenant_id = \(tenant) AND s.staff_id = t.assignee_id
        WHERE t.tenant_id = \(tenant)
        """
    }

    package func ticket(_ id: Ticket.ID, locked: Bool = false) async throws(DatabaseError) -> Ticket? {
        try await first("\(ticketSelection) AND t.ticket_id = \(id) \(locked ? .forUpdate(of: "t") : .nothing)")
    }

    package func ticket(number: Int) async throws(DatabaseError) -> Ticket? {
        try await first("\(ticketSelection) AND t.number = \(number)")
    }

    func tickets(_ ids: [Ticket.ID], locked: Bool = false) async throws(DatabaseError) -> [Ticket] {
        guard !ids.isEmpty else { return [] }
        return try await rows(
            """
            \(ticketSelection) AND t.ticket_id = ANY (\(ids)) ORDER BY t.number
            \(locked ? .forUpdate(of: "t") : .nothing)
            """)
    }

    func tickets(_ query: ListQuery<Ticket>) -> SQL {
        "\(ticketSelection) \(query.restriction) \(query.position) \(query.sorting)"
    }

    func ticketsCounted(_ query: ListQuery<Ticket>) -> SQL {
        "FROM tickets t WHERE t.tenant_id = \(tenant) \(query.restriction)"
    }

    func tickets(
        in state: Ticket.State?, of customer: Customer.ID?, after number: Int, limit: Int
    ) async throws(DatabaseError) -> [Ticket] {
        let wanted: SQL = state.map { "AND t.state = \($0.rawValue)" } ?? .nothing
        let whose: SQL = customer.map { "AND t.customer_id = \($0)" } ?? .nothing
        return try await rows(
            "\(ticketSelection) AND t.number > \(number) \(wanted) \(whose) ORDER BY t.number LIMIT \(limit)")
    }

    /// The newest first.
    func ticketsStatement(of customer: Customer.ID, isOpen: Bool = false, limit: Int) -> SQL {
        let which: SQL = isOpen ? "AND t.state NOT IN ('resolved', 'closed')" : .nothing
        return "\(ticketSelection) AND t.customer_id = \(customer) \(which) ORDER BY t.number DESC LIMIT \(limit)"
    }

    package func tickets(of customer: Customer.ID, limit: Int = 100) async throws(DatabaseError) -> [Ticket] {
        try await rows(ticketsStatement(of: customer, limit: limit))
    }

    func tickets(about conversation: UUID) async throws(DatabaseError) -> [Ticket] {
        try await rows("\(ticketSelection) AND t.conversation_id = \(conversation) ORDER BY t.number DESC LIMIT 10")
    }

    func openTicketsCounted(of customer: Customer.ID) async throws(DatabaseError) -> Int {
        try await value(
            """
            SELECT count(*) FROM tickets
            WHERE tenant_id = \(tenant) AND customer_id = \(customer) AND state NOT IN ('resolved', 'closed')
            """) ?? 0
    }

    func insert(_ ticket: Ticket) async throws(DatabaseError) {
        try await execute(
            """
            WITH next AS (
                INSERT INTO counters (tenant_id, name, last) VALUES (\(tenant), 'ticket', 1)
                ON CONFLICT (tenant_id, name) DO UPDATE SET last = counters.last + 1 RETURNING last)
            INSERT INTO tickets (
                tenant_id, ticket_id, number, title, body, customer_id, service_id, kind, priority, state, source,
                assignee_id, incident_id, conversation_id, is_holding, due_at, seconds_left, sla, actor, made_at,
                changed_at)
            SELECT \(tenant), \(ticket.id), n.last, \(ticket.title), \(ticket.body), \(ticket.customer),
                \(ticket.service), \(ticket.kind.rawValue), \(ticket.priority.rawValue), \(ticket.state.rawValue),
                \(ticket.source.rawValue), \(ticket.assignee), \(ticket.incident), \(ticket.conversation),
                \(ticket.isHolding), \(ticket.dueAt), \(ticket.secondsLeft.map { Int32($0) }), \(ticket.sla.rawValue),
                \(ticket.author), \(ticket.madeAt), \(ticket.changedAt)
            FROM next n
            """)
    }

    func update(_ ticket: Ticket) async throws(DatabaseError) {
        try await execute(
            """
            UPDATE tickets SET title = \(ticket.title), service_id = \(ticket.service), kind = \(ticket.kind.rawValue),
                priority = \(ticket.priority.rawValue), state = \(ticket.state.rawValue),
                assignee_id = \(ticket.assignee), incident_id = \(ticket.incident), merged_into = \(ticket.mergedInto),
                is_holding = \(ticket.isHolding), due_at = \(ticket.dueAt),
                seconds_left = \(ticket.secondsLeft.map { Int32($0) }), sla = \(ticket.sla.rawValue),
                resolved_at = \(ticket.resolvedAt), rating = \(ticket.rating.map { Int32($0) }),
                rating_note = \(ticket.ratingNote), changed_at = \(ticket.changedAt)
            WHERE tenant_id = \(tenant) AND ticket_id = \(ticket.id)
            """)
    }

    /// Those who see to tickets, with how many each has open.
    func ticketStaff() async throws(DatabaseError) -> [TicketWorker] {
        try await rows("\(workers) ORDER BY s.name, s.staff_id LIMIT 300")
    }

    private var workers: SQL {
        """
        SELECT s.staff_id, s.name, s.email, (
            SELECT count(*) FROM tickets o
            WHERE o.tenant_id = \(tenant) AND o.assignee_id = s.staff_id AND o.state IN ('new', 'in_progress')) AS open
        FROM staff s
        WHERE s.tenant_id = \(tenant) AND s.state = 'active' AND 'tickets.work' = ANY (s.permissions)
        """
    }

    /// Somebody who may be given tickets of that zone; nil where it is nobody who may.
    func ticketWorker(_ id: StaffMember.ID, in zone: UUID?) async throws(DatabaseError) -> TicketWorker? {
        try await first("\(workers) AND s.staff_id = \(id) \(reaching(zone))")
    }

    func ticketWorker(_ id: StaffMember.ID) async throws(DatabaseError) -> TicketWorker? {
        try await first("\(workers) AND s.staff_id = \(id)")
    }

    /// Who has the fewest open tickets of those who see to that zone. People who run the desk are given none.
    func leastBurdened(in zone: UUID?) async throws(DatabaseError) -> TicketWorker? {
        try await first(
            """
            \(workers) AND NOT 'tickets.manage' = ANY (s.permissions) \(reaching(zone))
            ORDER BY open, s.zones IS NULL, s.name, s.staff_id LIMIT 1
            """)
    }

    private func reaching(_ zone: UUID?) -> SQL {
        zone.map { "AND (s.zones IS NULL OR \($0) = ANY (s.zones))" } ?? "AND s.zones IS NULL"
    }

    /// Open ones, those of a person, and those that are late.
    func ticketFigures(for visit: Visit) async throws(DatabaseError) -> TicketFigures? {
        try await first(
            """
            SELECT count(*) AS open, count(*) FILTER (WHERE assignee_id = \(visit.staffStatement)) AS mine,
                count(*) FILTER (WHERE assignee_id IS NULL) AS unassigned,
                count(*) FILTER (WHERE sla = 'overdue') AS overdue
            FROM tickets WHERE tenant_id = \(tenant) AND state NOT IN ('resolved', 'closed')
            """)
    }
}

package struct TicketWorker: RowReadable, Sendable {
    let id: StaffMember.ID
    let name: String
    let email: String
    let open: Int

    package init(row: Row) throws(DatabaseError) {
        (id, name) = (try row.read("staff_id"), try row.read("name"))
        (email, open) = (try row.read("email"), try row.read("open"))
    }
}

struct TicketFigures: RowReadable, Sendable {
    let open: Int
    let mine: Int
    let unassigned: Int
    let overdue: Int

    init(row: Row) throws(DatabaseError) {
        (open, mine) = (try row.read("open"), try row.read("mine"))
        (unassigned, overdue) = (try row.read("unassigned"), try row.read("overdue"))
    }
}
