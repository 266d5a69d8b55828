import Identifiers
import Postgres
import Search

extension TenantDatabase {
    /// Call after changing a customer other than by `Customer.change`.
    package func indexCustomer(_ id: Customer.ID) async throws {
        if let customer = try await customer(id) { try await index([customer.entry]) }
    }
}

extension TenantDatabase {
    /// Call when deleting customers, to remove them from the index and the counts.
    package func forget(_ customers: [Customer]) async throws(DatabaseError) {
        try await unindex(.customer, customers.map(\.id.uuid))
        var changes = FigureChanges()
        for customer in customers { changes.add(-1, of: customer) }
        try await add(changes)
    }

    /// For names written without the customers' acts.
    fileprivate func putNameKeys(of customers: [Customer]) async throws(DatabaseError) {
        try await execute(
            """
            UPDATE customers c SET name_key = given.name_key
            FROM unnest(\(customers.map(\.id)), \(customers.map(\.nameKey))) given(id, name_key)
            WHERE c.tenant_id = \(tenant) AND c.customer_id = given.id AND c.name_key <> given.name_key
            """)
    }
}

extension Customer {
    /// Reindexes all customers, for those older than the search index.
    package static func indexAll(in database: TenantDatabase) async throws {
        var last = 0
        while true {
            // Locked meanwhile, so that no concurrent change is overwritten.
            let newest = try await database.transaction { database in
                let customers = try await database.customers(after: last, limit: 1000, locked: true)
                try await database.index(customers.map(\.entry))
                try await database.putNameKeys(of: customers)
                return customers.last?.number
            }
            guard let newest else { return }
            last = newest
        }
    }
}
