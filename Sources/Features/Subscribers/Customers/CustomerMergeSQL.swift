import Access
import Events
import Identifiers
import Postgres
import Search
import Time

extension TenantDatabase {
    /// The customer that this one was merged into; nil if not merged.
    package func mergedInto(_ id: Customer.ID) async throws(DatabaseError) -> Customer.ID? {
        try await value(
            """
            SELECT merged_into FROM customers
            WHERE tenant_id = \(tenant) AND customer_id = \(id) AND merged_into IS NOT NULL
            """, as: UUID.self
        ).map { Customer.ID($0) }
    }

    func customerEvenMerged(_ id: Customer.ID) async throws(DatabaseError) -> Customer? {
        try await first(
            "SELECT \(customerColumns) FROM customers WHERE tenant_id = \(tenant) AND customer_id = \(id)")
    }

    func hasClaimedPhone(_ id: Customer.ID) async throws(DatabaseError) -> Bool {
        try await value(
            "SELECT phone_is_claimed FROM customers WHERE tenant_id = \(tenant) AND customer_id = \(id)") ?? false
    }

    /// The ids returned by a statement.
    package func movedRows(_ statement: SQL) async throws(DatabaseError) -> [UUID] {
        try await rows(statement, as: MovedRow.self).map(\.id)
    }

    func movePapers(
        _ papers: String, from giver: Customer.ID, to taker: Customer.ID, only ids: [UUID]?
    ) async throws(DatabaseError) -> [UUID] {
        try await movedRows(
            """
            WITH moved AS (
                SELECT m.id FROM move_merged_papers(\(tenant), \(papers), \(giver), \(taker), \(ids)) m(id))
            SELECT id FROM moved
            """)
    }

    /// A row and those that refer to it along with its customer are moved one after the other.
    func deferConstraints() async throws(DatabaseError) { try await execute("SELECT defer_profile_keys()") }

    func merge(_ id: CustomerMerge.ID, locked: Bool = false) async throws(DatabaseError) -> CustomerMerge? {
        try await first(
            """
            \(mergeSelection) AND m.merge_id = \(id) \(locked ? .forUpdate(of: "m") : .nothing)
            """)
    }

    /// Merges in force into this customer, newest first.
    func mergesStatement(into customer: Customer.ID) -> SQL {
        "\(mergeSelection) AND m.customer_id = \(customer) AND m.undone_at IS NULL ORDER BY m.number DESC LIMIT 50"
    }

    func merges(after number: Int, limit: Int) async throws(DatabaseError) -> [CustomerMerge] {
        try await rows("\(mergeSelection) AND m.number > \(number) ORDER BY m.number LIMIT \(limit)")
    }

    private var mergeSelection: SQL {
        """
        SELECT m.merge_id, m.number, m.customer_id, m.duplicate_id, d.number AS duplicate_number,
            d.name AS duplicate_name, m.state, m.filled, m.author, m.made_at, m.undone_at,
            coalesce(m.undone_by, '') AS undone_by, (
                SELECT coalesce(array_agg(g.kind || ' ' || g.count ORDER BY g.kind), '{}') FROM (
                    SELECT r.kind, count(*) FROM customer_merge_rows r
                    WHERE r.tenant_id = m.tenant_id AND r.merge_id = m.merge_id GROUP BY r.kind) g) AS moved
        FROM customer_merges m
        JOIN customers d ON d.tenant_id = m.tenant_id AND d.customer_id = m.duplicate_id
        WHERE m.tenant_id = \(tenant)
        """
    }

    func insert(
        _ id: CustomerMerge.ID, of duplicate: Customer, into customer: Customer.ID, _ filled: [String],
        by principal: Principal
    ) async throws(DatabaseError) {
        try await execute(
            """
            WITH taken AS (
                INSERT INTO counters (tenant_id, name, last) VALUES (\(tenant), 'customer_merge', 1)
                ON CONFLICT (tenant_id, name) DO UPDATE SET last = counters.last + 1 RETURNING last)
            INSERT INTO customer_merges (
                tenant_id, merge_id, number, customer_id, duplicate_id, state, filled, author, made_at)
            SELECT \(tenant), \(id), taken.last, \(customer), \(duplicate.id), \(duplicate.state.rawValue), \(filled),
                \(principal.actor.name), \(principal.now)
            FROM taken
            """)
    }

    func insert(_ rows: [UUID], of kind: String, movedBy merge: CustomerMerge.ID) async throws(DatabaseError) {
        guard !rows.isEmpty else { return }
        try await execute(
            """
            INSERT INTO customer_merge_rows (tenant_id, merge_id, kind, row_id)
            SELECT \(tenant), \(merge), \(kind), g.id FROM unnest(\(rows)) g(id)
            """)
    }

    func rows(of kind: String, movedBy merge: CustomerMerge.ID) async throws(DatabaseError) -> [UUID] {
        try await movedRows(
            """
            SELECT row_id AS id FROM customer_merge_rows
            WHERE tenant_id = \(tenant) AND merge_id = \(merge) AND kind = \(kind)
            """)
    }

    /// Removes the duplicate from lists, counts and search, and redirects its number, along with those earlier merged
    /// into it, which are returned.
    func put(_ duplicate: Customer, into customer: Customer.ID) async throws -> [UUID] {
        let earlier = try await movedRows(
            """
            UPDATE customers SET merged_into = \(customer)
            WHERE tenant_id = \(tenant) AND merged_into = \(duplicate.id) RETURNING customer_id AS id
            """)
        try await execute(
            """
            UPDATE customers SET merged_into = \(customer), state = 'cancelled'
            WHERE tenant_id = \(tenant) AND customer_id = \(duplicate.id)
            """)
        var changes = FigureChanges()
        changes.add(-1, of: duplicate)
        try await add(changes)
        try await unindex(.customer, duplicate.id.uuid)
        return earlier
    }

    func putBack(_ duplicate: Customer, _ merge: CustomerMerge) async throws {
        try await execute(
            """
            UPDATE customers SET merged_into = NULL, state = \(merge.state.rawValue)
            WHERE tenant_id = \(tenant) AND customer_id = \(merge.duplicate)
            """)
        let earlier = try await rows(of: CustomerMerge.earlierMerges, movedBy: merge.id)
        try await execute(
            """
            UPDATE customers SET merged_into = \(merge.duplicate)
            WHERE tenant_id = \(tenant) AND customer_id = ANY (\(earlier)) AND merged_into = \(merge.customer)
            """)
        var changes = FigureChanges()
        var back = duplicate
        back.state = merge.state
        changes.add(1, of: back)
        try await add(changes)
        try await index([back.entry])
    }

    func end(_ merge: CustomerMerge.ID, by principal: Principal) async throws(DatabaseError) {
        try await execute(
            """
            UPDATE customer_merges SET undone_at = \(principal.now), undone_by = \(principal.actor.name)
            WHERE tenant_id = \(tenant) AND merge_id = \(merge)
            """)
    }
}

private struct MovedRow: RowReadable {
    let id: UUID

    init(row: Row) throws(DatabaseError) { id = try row.read("id") }
}

extension CustomerMerge: RowReadable {
    package init(row: Row) throws(DatabaseError) {
        let (state, moved): (String, [String]) = (try row.read("state"), try row.read("moved"))
        guard let state = Customer.State(rawValue: state) else {
            throw .wrongColumn("A merged customer was '\(state)'")
        }
        self.init(
            id: try row.read("merge_id"), number: try row.read("number"), customer: try row.read("customer_id"),
            duplicate: try row.read("duplicate_id"), duplicateNumber: try row.read("duplicate_number"),
            duplicateName: try row.read("duplicate_name"), state: state, filled: try row.read("filled"),
            moved: moved.compactMap { Moved($0) }, author: try row.read("author"), madeAt: try row.read("made_at"),
            undoneAt: try row.read("undone_at"), undoneBy: try row.read("undone_by"))
    }
}

extension CustomerMerge.Moved {
    fileprivate init?(_ text: String) {
        let words = text.split(separator: " ")
        guard words.count == 2, let count = Int(words[1]) else { return nil }
        self.init(kind: String(words[0]), count: count)
    }
}
