import Access
import Glibc
import Locale
import Nouns
import Postgres
import Search
import Time
import Zones

extension TenantDatabase {
    /// In reading order.
    var customerColumns: SQL {
        """
        customer_id, number, name, state, phone, email, identification, address, neighbourhood, zone_id, since, payer_id,
        is_billed_apart
        """
    }

    /// Nil for a merged customer too, which gets no new entries.
    package func customer(_ id: Customer.ID, locked: Bool = false) async throws(DatabaseError) -> Customer? {
        try await first(
            """
            SELECT \(customerColumns) FROM customers
            WHERE tenant_id = \(tenant) AND customer_id = \(id) AND merged_into IS NULL
            \(locked ? .forNoKeyUpdate(of: "customers") : .nothing)
            """)
    }

    /// Customers after a number, one more than a page shows, to detect a next page.
    func customers(
        after number: Int, in state: Customer.State? = nil, of zone: Zone.ID? = nil, limit: Int,
        locked: Bool = false
    ) async throws(DatabaseError) -> [Customer] {
        let state: SQL = state.map { "AND state = \($0.rawValue)" } ?? .nothing
        let zone: SQL = zone.map { "AND zone_id = \($0)" } ?? .nothing
        return try await rows(
            """
            SELECT \(customerColumns) FROM customers
            WHERE tenant_id = \(tenant) AND merged_into IS NULL AND number > \(number) \(state) \(zone)
            ORDER BY number LIMIT \(limit)
            \(locked ? .forNoKeyUpdate(of: "customers") : .nothing)
            """)
    }

    /// A page of the list, with its customers' zones.
    func customers(
        _ query: ListQuery<CustomerRow>, for visit: Visit
    ) async throws -> (part: ListPart<CustomerRow>, zones: [Zone]) {
        var (part, zones) = try await finding(query, for: visit.reader) { found, counted, database in
            let (part, others) = try await visit.part(
                of: query, rows: database.customerRows(query, found, for: visit), counted: counted,
                and: [coverageZonesStatement], in: database)
            return (part, try others.first?.read() as [Zone]? ?? [])
        }
        part.rows = try await part.rows.lookingAhead(in: part.columns, for: visit)
        return (part, zones)
    }

    func exportedCustomers(_ query: ListQuery<CustomerRow>, for visit: Visit) async throws -> [CustomerRow] {
        try await finding(query, for: visit.reader) { found, _, database in
            try await database.rows(database.customerRows(query, found, for: visit)) as [CustomerRow]
        }.lookingAhead(in: query.list.columns, for: visit)
    }

    /// A query for the ids of customers by a typed name, number or telephone. Call in a transaction, as for any search.
    package func customersLike(_ text: String, for reader: Reader) async throws(DatabaseError) -> SQL {
        let words = SearchQuery(text, in: reader.region)
        let found = try await matching(words, .customer, number: "number")
        return """
            SELECT customer_id FROM customers
            WHERE tenant_id = \(tenant) AND merged_into IS NULL AND NOT \(words.isEmpty) \(found)
            """
    }

    /// Searches in a transaction of its own, since it may take longer than callers of a shared connection should wait.
    private func finding<Result: Sendable>(
        _ query: ListQuery<CustomerRow>, for reader: Reader,
        _ read: @Sendable (_ found: SQL, _ counted: SQL, _ database: TenantDatabase) async throws -> Result
    ) async throws -> Result {
        let all: SQL = "FROM customers WHERE tenant_id = \(tenant) AND merged_into IS NULL \(query.restriction)"
        let words = SearchQuery(query.text, in: reader.region)
        guard !words.isEmpty else { return try await read(.nothing, all, self) }
        return try await transaction { database in
            if let beyond = query.numbersBeyond {
                let found = database.matching(
                    words, .customer, number: "number", beyond: beyond, limit: query.size + 1)
                return try await read(found, database.counted(words, .customer, limit: query.most + 1), database)
            }
            let found = try await database.matching(words, .customer, number: "number")
            return try await read(found, "\(all) \(found)", database)
        }
    }

    /// Updates the entered data; the state is left alone.
    func update(_ customer: Customer) async throws(DatabaseError) {
        // Read again under lock, since it may have changed.
        guard let before = try await self.customer(customer.id, locked: true) else { return }
        try await execute(
            """
            UPDATE customers SET name = \(customer.name), name_key = \(customer.nameKey), phone = \(customer.phone), email = \(customer.email),
                identification = \(customer.identification), address = \(customer.address), zone_id = \(customer.zone),
                neighbourhood = \(customer.neighbourhood), since = \(customer.since),
                phone_is_claimed = phone_is_claimed AND phone = \(customer.phone)
            WHERE tenant_id = \(tenant) AND customer_id = \(customer.id)
            """)
        var after = customer
        after.state = before.state
        try await count(after, instead: before)
    }

    /// The customers must be locked.
    func put(_ states: [(customer: Customer, state: Customer.State)]) async throws(DatabaseError) {
        guard !states.isEmpty else { return }
        try await execute(
            """
            UPDATE customers c SET state = given.state
            FROM unnest(\(states.map(\.customer.id)), \(states.map(\.state.rawValue))) given(id, state)
            WHERE c.tenant_id = \(tenant) AND c.customer_id = given.id
            """)
        var changes = FigureChanges()
        for (customer, state) in states {
            var after = customer
            after.state = state
            changes.add(1, of: after)
            changes.add(-1, of: customer)
        }
        try await add(changes)
    }

    func insert(_ customers: [Customer]) async throws(DatabaseError) {
        try await execute(
            """
            INSERT INTO customers (
                tenant_id, customer_id, number, name, name_key, phone, email, identification, address, neighbourhood,
                state, since, zone_id)
            SELECT \(tenant), given.* FROM unnest(
                \(customers.map(\.id)), \(customers.map { Int64($0.number) }), \(customers.map(\.name)),
                \(customers.map(\.nameKey)), \(customers.map(\.phone)), \(customers.map(\.email)), \(customers.map(\.identification)),
                \(customers.map(\.address)), \(customers.map(\.neighbourhood)),
                \(customers.map(\.state.rawValue)), \(customers.map(\.since)), \(customers.map(\.zone))) given
            """)
        try await count(customers)
    }

    /// Takes the next numbers; the counter's row serialises concurrent calls.
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

    /// Serialises like taking numbers, without taking any.
    func lockCustomerNumbers() async throws(DatabaseError) {
        try await execute(
            "SELECT FROM counters WHERE tenant_id = \(tenant) AND name = 'customer' FOR UPDATE")
    }

    /// Refuses more customers than the plan allows. Numbers include deleted customers: as long as those known to be
    /// deleted leave room, nobody is counted.
    func keepCustomers(below limit: Int?, before number: Int, adding count: Int) async throws {
        guard let limit, count > 0 else { return }
        let gone: Counter? = try await first(
            "SELECT last FROM counters WHERE tenant_id = \(tenant) AND name = 'customer_gone'")
        guard number - 1 - (gone?.last ?? 0) + count > limit else { return }
        let present = try await countCustomers(upTo: limit)
        if present + count > limit { throw PlanLimit.customers(limit) }
        try await putGoneCustomers(number - 1 - present)
    }

    /// The same for customers who return, and so are no longer deleted.
    func keepReturningCustomers(_ count: Int, below limit: Int?) async throws {
        try await lockCustomerNumbers()
        try await putGoneCustomers(0)
        guard let limit, try await countCustomers(upTo: limit) + count > limit else { return }
        throw PlanLimit.customers(limit)
    }

    private func countCustomers(upTo limit: Int) async throws(DatabaseError) -> Int {
        try await value("SELECT count_customers(\(tenant), \(limit))") ?? 0
    }

    private func putGoneCustomers(_ count: Int) async throws(DatabaseError) {
        try await execute(
            """
            INSERT INTO counters (tenant_id, name, last) VALUES (\(tenant), 'customer_gone', \(count))
            ON CONFLICT (tenant_id, name) DO UPDATE SET last = excluded.last
            """)
    }

    /// Locked in order of their numbers, so that concurrent changes cannot deadlock.
    package func customers(_ ids: [Customer.ID], locked: Bool = false) async throws(DatabaseError) -> [Customer] {
        try await rows(
            """
            SELECT \(customerColumns) FROM customers
            WHERE tenant_id = \(tenant) AND customer_id = ANY (\(ids)) AND merged_into IS NULL
            ORDER BY number \(locked ? .forNoKeyUpdate(of: "customers") : .nothing)
            """)
    }

    /// All customers, for comparing many with all.
    package func allCustomers() async throws(DatabaseError) -> [Customer] {
        var all: [Customer] = []
        while true {
            let page = try await customers(after: all.last?.number ?? 0, limit: 5000)
            all += page
            if page.count < 5000 { return all }
        }
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
        id = try row.read("customer_id")
        number = try row.read("number")
        name = try row.read("name")
        state = try State(row: row)
        phone = try row.read("phone")
        email = try row.read("email")
        identification = try row.read("identification")
        address = try row.read("address")
        neighbourhood = try row.read("neighbourhood")
        zone = try row.read("zone_id")
        since = try row.read("since")
        let (payer, isApart): (Customer.ID?, Bool) = (try row.read("payer_id"), try row.read("is_billed_apart"))
        self.payer = payer.map { Payer($0, billedApart: isApart) }
    }
}

extension Customer.State {
    private static let words = allCases.map { (state: $0, bytes: Array($0.rawValue.utf8)) }

    /// Compared in place: a list has one in each row.
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

extension ListQuery<CustomerRow> {
    /// The number after which a page of all customers begins. Nil for another order, with a filter or page by page back.
    fileprivate var numbersBeyond: Int? {
        guard order.name == "number", filters.isEmpty, !isTurned else { return nil }
        guard let place else { return 0 }
        guard case .integer(let number) = place.key else { return nil }
        return number
    }
}
