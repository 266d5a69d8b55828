import Postgres
import Search

extension TenantDatabase {
    /// Part of what changes a customer by another way than `Customer.change`.
    package func indexCustomer(_ id: Customer.ID) async throws {
        if let customer = try await customer(id) { try await index([customer.entry]) }
    }
}

extension Customer {
    /// Writes all of them down once more, for what was there before they could be found.
    package static func indexAll(in database: TenantDatabase) async throws {
        var last = 0
        while true {
            // Held meanwhile, so that nobody changes one in between and is overwritten.
            let newest = try await database.transaction { database in
                let customers = try await database.customers(after: last, limit: 1000, locked: true)
                try await database.index(customers.map(\.entry))
                return customers.last?.number
            }
            guard let newest else { return }
            last = newest
        }
    }
}
