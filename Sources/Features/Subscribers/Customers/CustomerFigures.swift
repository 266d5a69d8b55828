import Identifiers
import Locale
import Nouns
import Postgres
import Time

/// The numbers of customers for the panel's first page.
package struct CustomerFigures: Sendable {
    package let byState: [Customer.State: Int]
    /// Up to the current month, oldest first, including months without new customers.
    package let newByMonth: [(month: Month, count: Int)]

    package var total: Int { byState.values.reduce(0, +) }
    package var newThisMonth: Int { newByMonth.last?.count ?? 0 }
    package var newLastMonth: Int { newByMonth.dropLast().last?.count ?? 0 }

    package func count(_ states: Customer.State...) -> Int { states.reduce(0) { $0 + (byState[$1] ?? 0) } }
}

extension Customer.State {
    /// The list filtered by this state.
    package var path: String { "\(Customer.list.path)?state=\(rawValue)" }
}

extension TenantDatabase {
    package func customerFigures(for months: Int, until today: Day) async throws(DatabaseError) -> CustomerFigures {
        let first = today.month - (months - 1)
        let results = try await batch([
            """
            SELECT value, sum(count)::bigint AS count FROM customer_figures
            WHERE tenant_id = \(tenant) AND figure = 'state' GROUP BY value
            """,
            """
            SELECT value, sum(count)::bigint AS count FROM customer_figures
            WHERE tenant_id = \(tenant) AND figure = 'month' AND value >= \(first.first.iso)
                AND value <= \(today.month.first.iso)
            GROUP BY value
            """,
        ])
        let states: [Figure] = try results[0].read()
        let counted = Dictionary(
            uniqueKeysWithValues: (try results[1].read() as [Figure]).map { ($0.value, $0.count) })
        return CustomerFigures(
            byState: Dictionary(
                uniqueKeysWithValues: try states.map { figure throws(DatabaseError) in
                    guard let state = Customer.State(rawValue: figure.value) else {
                        throw .wrongColumn("There is no state '\(figure.value)'")
                    }
                    return (state, figure.count)
                }),
            newByMonth: (0..<months).map { index in (first + index, counted[(first + index).first.iso] ?? 0) })
    }

    /// Call in the transaction that adds them.
    func count(_ customers: [Customer]) async throws(DatabaseError) {
        var changes = FigureChanges()
        for customer in customers { changes.add(1, of: customer) }
        try await add(changes)
    }

    func count(_ customer: Customer, instead old: Customer) async throws(DatabaseError) {
        var changes = FigureChanges()
        changes.add(1, of: customer)
        changes.add(-1, of: old)
        try await add(changes)
    }

    /// Appends delta rows, so that concurrent changes of customers do not wait for each other.
    func add(_ changes: FigureChanges) async throws(DatabaseError) {
        let rows = changes.rows
        guard !rows.isEmpty else { return }
        try await execute(
            """
            INSERT INTO customer_figures (tenant_id, figure, value, zone_id, id, count)
            SELECT \(tenant), given.figure, given.value, given.zone_id, gen_random_uuid(), given.count
            FROM unnest(
                \(rows.map(\.key.figure)), \(rows.map(\.key.value)), \(rows.map(\.key.zone)), \(rows.map(\.count))
            ) given(figure, value, zone_id, count)
            """)
        // Compaction: often enough to keep the rows few, seldom enough to cost nothing.
        if Int.random(in: 0..<64) == 0 { try await addUpFigures() }
    }

    /// Merges delta rows. Skipped while another transaction does it.
    func addUpFigures() async throws(DatabaseError) {
        let isMine: Bool? = try await value(
            "SELECT pg_try_advisory_xact_lock(hashtextextended('customer figures ' || \(tenant)::text, 0))")
        guard isMine == true else { return }
        try await execute(
            """
            WITH taken AS (
                DELETE FROM customer_figures WHERE tenant_id = \(tenant) RETURNING figure, value, zone_id, count)
            INSERT INTO customer_figures (tenant_id, figure, value, zone_id, id, count)
            SELECT \(tenant), figure, value, zone_id, gen_random_uuid(), sum(count)
            FROM taken GROUP BY figure, value, zone_id HAVING sum(count) <> 0
            """)
    }

    /// Rebuilds all counts. Concurrent changes add their own deltas.
    package func recountFigures() async throws {
        try await transaction { database in
            try await database.execute(
                "SELECT pg_advisory_xact_lock(hashtextextended('customer figures ' || \(tenant)::text, 0))")
            try await database.execute(
                """
                WITH gone AS (DELETE FROM customer_figures WHERE tenant_id = \(tenant))
                INSERT INTO customer_figures (tenant_id, figure, value, zone_id, id, count)
                SELECT \(tenant), own.figure, own.value, coalesce(c.zone_id, \(FigureChanges.noZone)), gen_random_uuid(),
                    count(*)
                FROM customers c
                CROSS JOIN LATERAL (
                    VALUES ('state', c.state), ('month', date_trunc('month', c.since)::date::text)) own(figure, value)
                WHERE c.tenant_id = \(tenant) AND c.merged_into IS NULL GROUP BY own.figure, own.value, c.zone_id
                """)
        }
    }
}

/// The differences of counts.
struct FigureChanges {
    struct Key: Hashable {
        let figure: String
        let value: String
        let zone: UUID
    }

    static let noZone = UUID(high: 0, low: 0)

    private var counts: [Key: Int] = [:]

    mutating func add(_ count: Int, of customer: Customer) {
        let zone = customer.zone?.uuid ?? Self.noZone
        counts[Key(figure: "state", value: customer.state.rawValue, zone: zone), default: 0] += count
        counts[Key(figure: "month", value: customer.since.month.first.iso, zone: zone), default: 0] += count
    }

    var rows: [(key: Key, count: Int)] { counts.filter { $0.value != 0 }.map { ($0.key, $0.value) } }
}

private struct Figure: RowReadable {
    let value: String
    let count: Int

    init(row: Row) throws(DatabaseError) {
        value = try row.read("value")
        count = try row.read("count")
    }
}
