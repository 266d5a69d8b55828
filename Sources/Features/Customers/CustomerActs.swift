import Access
import Events
import HTTP
import Identifiers
import Identity
import Locale
import Postgres
import Search
import Tenancy
import Time
import Zones

extension Customer {
    static func add(
        _ new: NewCustomer, to tenant: Tenant, by author: Author, from randomness: Randomness,
        in database: TenantDatabase
    ) async throws -> Customer {
        try await database.transaction { database in
            // The counter makes those who add at the same moment follow one another, so the limit holds exactly.
            let number = try await database.takeCustomerNumbers(1).lowerBound
            if new.state != .cancelled { try await database.keepCustomers(below: tenant.plan.customers) }
            let customer = Customer(
                id: .make(milliseconds: author.now.milliseconds, from: randomness), number: number, name: new.name,
                phone: new.phone, email: new.email, address: new.address, neighbourhood: new.neighbourhood,
                state: new.state, since: new.since ?? tenant.zone.day(at: author.now), zone: new.zone)
            let place = try await customer.check(by: author, in: database)
            try await database.insert([customer])
            try await database.index([customer.entry])
            try await database.record(
                Act("customer.created", customer.subject, after: customer.details(in: place)), by: author.actor,
                at: author.now)
            return customer
        }
    }

    /// The customer as it is then. What changes nothing leaves no trace.
    func change(
        _ changes: CustomerChanges, of tenant: Tenant, by author: Author, in database: TenantDatabase
    ) async throws -> Customer {
        try await change(to: changes.applied(to: self), of: tenant, by: author, in: database)
    }

    func change(
        to changed: Customer, of tenant: Tenant, by author: Author, in database: TenantDatabase
    ) async throws -> Customer {
        guard changed != self else { return self }
        return try await database.transaction { database in
            if state == .cancelled, changed.state != .cancelled {
                try await database.lockCustomerNumbers()
                try await database.keepCustomers(below: tenant.plan.customers)
            }
            let place = try await changed.check(by: author, in: database)
            let before = zone == changed.zone ? place : try await database.coverageZone(zone)
            try await database.update(changed)
            try await database.index([changed.entry])
            let different = zip(details(in: before), changed.details(in: place)).filter { $0 != $1 }
            try await database.record(
                Act(
                    "customer.changed", changed.subject, before: different.map(\.0), after: different.map(\.1)),
                by: author.actor, at: author.now)
            return changed
        }
    }

    /// Whoever is limited to zones leaves no customer outside them.
    private func check(by author: Author, in database: TenantDatabase) async throws -> CoverageZone? {
        guard email.isEmpty || EmailAddress.normalised(email) == email else { throw CustomerRefusal.emailWrong }
        guard zone != nil || author.zones == nil else { throw ZoneRefusal.required }
        let found = try await database.coverageZone(zone)
        guard (found == nil) == (zone == nil) else { throw ZoneRefusal.unknown }
        return found
    }

    /// Found by name, number, phone, e-mail and address.
    var entry: SearchEntry {
        SearchEntry(
            .customer, id.uuid, title: name,
            detail: ["\(number)", phone, neighbourhood].filter { !$0.isEmpty }.joined(separator: " · "),
            zone: zone?.uuid ?? SearchEntry.noZone,
            tokens: SearchText.words(name) + SearchText.words(email) + SearchText.words(address)
                + SearchText.words(neighbourhood)
                + SearchText.phone(phone) + ["\(number)"])
    }

    private var subject: Act.Subject { Act.Subject("customer", id.uuid, named: "\(name) (\(number))") }

    private func details(in zone: CoverageZone?) -> [Act.Detail] {
        [
            Act.Detail("name", name), Act.Detail("phone", phone), Act.Detail("email", email),
            Act.Detail("address", address), Act.Detail("neighbourhood", neighbourhood),
            Act.Detail("state", state.rawValue), Act.Detail("since", since.iso),
            Act.Detail("zone", zone?.name ?? ""),
        ]
    }
}

enum CustomerRefusal: Refusal, Equatable {
    case emailWrong

    var status: Status { .unprocessableContent }
    var code: String { "wrong_email" }
    var message: Message { CustomerWords.emailWrong.message }
}
