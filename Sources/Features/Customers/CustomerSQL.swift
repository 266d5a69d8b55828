import Access
import Glibc
import Postgres
import Time
import Zones

extension TenantDatabase {
    package func customer(_ id: Customer.ID, locked: Bool = false) async throws(DatabaseError) -> Customer? {
        try await first(
            """
            SELECT customer_id, number, name, phone, email, address, neighbourhood, state, since, zone_id
            FROM customers WHERE tenant_id = \(tenant) AND customer_id = \(id) \(locked ? .forUpdate(of: "customers") : .nothing)
            """)
    }

    /// The customers that follow a number, one more than a page shows: whether there is a next page is seen from it.
    func customers(
        after number: Int, in state: Customer.State? = nil, of zone: CoverageZone.ID? = nil, limit: Int
    ) async throws(DatabaseError) -> [Customer] {
        let state: SQL = state.map { "AND state = \($0.rawValue)" } ?? .nothing
        let zone: SQL = zone.map { "AND zone_id = \($0)" } ?? .nothing
        return try await rows(
            """
            SELECT customer_id, number, name, phone, email, address, neighbourhood, state, since, zone_id
            FROM customers WHERE tenant_id = \(tenant) AND number > \(number) \(state) \(zone) ORDER BY number LIMIT \(limit)
            """)
    }

    func update(_ customer: Customer) async throws(DatabaseError) {
        try await execute(
            """
            UPDATE customers SET name = \(customer.name), phone = \(customer.phone), email = \(customer.email),
                address = \(customer.address), zone_id = \(customer.zone),
                neighbourhood = \(customer.neighbourhood), state = \(customer.state.rawValue), since = \(customer.since),
                phone_is_claimed = phone_is_claimed AND phone = \(customer.phone)
            WHERE tenant_id = \(tenant) AND customer_id = \(customer.id)
            """)
    }

    func insert(_ customers: [Customer]) async throws(DatabaseError) {
        try await execute(
            """
            INSERT INTO customers (
                tenant_id, customer_id, number, name, phone, email, address, neighbourhood, state, since, zone_id)
            SELECT \(tenant), given.* FROM unnest(
                \(customers.map(\.id)), \(customers.map { Int64($0.number) }), \(customers.map(\.name)),
                \(customers.map(\.phone)), \(customers.map(\.email)), \(customers.map(\.address)), \(customers.map(\.neighbourhood)),
                \(customers.map(\.state.rawValue)), \(customers.map(\.since)), \(customers.map(\.zone))) given
            """)
    }

    /// Takes the next numbers for as many customers; the counter's row makes two who ask at once wait for each other.
    func takeCustomerNumbers(_ count: Int) async throws(DatabaseError) -> ClosedRange<Int> {
        let counter: Counter? = try await first(
            """
            INSERT INTO counters (tenant_id, name, last) VALUES (\(tenant), 'customer', \(count))
            ON CONFLICT (tenant_id, name) DO UPDATE SET last = counters.last + excluded.last
            RETURNING last
            """)
        let last = counter?.last ?? count
        return last - count + 1...last
    }

    /// As taking a number does, without taking one.
    func lockCustomerNumbers() async throws(DatabaseError) {
        try await execute(
            "SELECT FROM counters WHERE tenant_id = \(tenant) AND name = 'customer' FOR UPDATE")
    }

    /// Refuses another customer where as many as the plan allows are there. Nobody is counted beyond that many.
    func keepCustomers(below limit: Int?) async throws {
        guard let limit else { return }
        let count: Int? = try await value(
            """
            SELECT count(*) FROM (
                SELECT FROM customers WHERE tenant_id = \(tenant) AND state <> 'cancelled' LIMIT \(limit)) counted
            """)
        if (count ?? 0) >= limit { throw PlanLimit.customers(limit) }
    }

    func lastCustomerNumber() async throws(DatabaseError) -> Int {
        let counter: Counter? = try await first(
            "SELECT last FROM counters WHERE tenant_id = \(tenant) AND name = 'customer'")
        return counter?.last ?? 0
    }
}

private struct Counter: RowReadable {
    let last: Int

    init(row: Row) throws(DatabaseError) { last = try row.read("last") }
}

extension Customer: RowReadable {
    package init(row: Row) throws(DatabaseError) {
        self.init(
            id: try row.read("customer_id"), number: try row.read("number"), name: try row.read("name"),
            phone: try row.read("phone"), email: try row.read("email"), address: try row.read("address"),
            neighbourhood: try row.read("neighbourhood"), state: try State(row: row), since: try row.read("since"),
            zone: try row.read("zone_id"))
    }
}

extension Customer.State {
    private static let words = allCases.map { (state: $0, bytes: Array($0.rawValue.utf8)) }

    /// Compared where it lies: a list has one in each row.
    fileprivate init(row: Row) throws(DatabaseError) {
        let known: Self? = try row.withText("state") { text in
            guard let text, let start = text.baseAddress else { return nil }
            for word in Self.words where word.bytes.count == text.count && memcmp(word.bytes, start, text.count) == 0 {
                return word.state
            }
            return nil
        }
        guard let known else {
            let word: String? = try row.read("state")
            throw .wrongColumn("Column state of customers says '\(word ?? "NULL")'")
        }
        self = known
    }
}
