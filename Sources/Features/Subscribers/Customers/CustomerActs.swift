import Access
import Declarations
import Events
import Identifiers
import Locale
import Nouns
import Postgres
import Search
import Tenancy
import Time
import Zones

extension Customer {
    /// Empty, except for the date.
    package static func new(_ id: ID, since: Day) -> Customer { Customer(id: id, since: since) }

    /// A new customer's defaults.
    static func blank(for visit: Visit, from randomness: Randomness) -> Customer {
        Customer(
            id: .make(milliseconds: visit.now.milliseconds, from: randomness),
            since: visit.tenant.timeZone.day(at: visit.now))
    }

    /// Adds all customers or none, and assigns their numbers. Likely duplicates are refused unless declared `distinct`.
    package static func add(
        _ new: [Customer], distinct isDistinct: Bool = false, to tenant: Tenant, by principal: Principal,
        in database: TenantDatabase
    ) async throws -> [Customer] {
        guard !new.isEmpty else { return [] }
        return try await database.transaction { database in
            // The counter serialises additions: the limit is exact, and of two concurrent additions of one customer,
            // one is refused.
            let numbers = try await database.takeCustomerNumbers(new.count)
            if !isDistinct {
                let alike = try await database.customers(alike: new)
                guard alike.isEmpty else { throw LikelyDuplicates(customers: alike.prefix(5).map(\.customer)) }
            }
            try await database.keepCustomers(
                below: tenant.plan.customers, before: numbers.lowerBound,
                adding: new.filter { $0.state != .cancelled }.count)
            let customers = zip(new, numbers).map { customer, number in
                var customer = customer
                customer.number = number
                return customer
            }
            var zones: [Zone.ID?: Zone?] = [:]
            for customer in customers where zones[customer.zone] == nil {
                zones[customer.zone] = .some(try await customer.checkedZone(by: principal, in: database))
            }
            try await database.insert(customers)
            try await database.index(customers.map(\.entry))
            for customer in customers {
                try await database.record(
                    Act(.customerCreated, customer.subject, after: customer.details(in: zones[customer.zone] ?? nil)),
                    by: principal.actor, at: principal.now)
            }
            return customers
        }
    }

    /// Returns the changed customer. A change without effect is not recorded.
    package func change(
        to changed: Customer, of tenant: Tenant, by principal: Principal, in database: TenantDatabase
    ) async throws -> Customer {
        guard changed != self else { return self }
        return try await database.transaction { database in
            let after = try await changed.checkedZone(by: principal, in: database)
            let before = zone == changed.zone ? after : try await database.zone(zone)
            try await database.update(changed)
            try await database.index([changed.entry])
            if let act = Act.change(
                .customerChanged, changed.subject, from: details(in: before), to: changed.details(in: after))
            {
                try await database.record(act, by: principal.actor, at: principal.now)
            }
            return changed
        }
    }

    /// Sets customers' states by their services and balance. Locks the customers; returns the changes to record.
    package static func become(
        _ states: [ID: State], of tenant: Tenant, in database: TenantDatabase
    ) async throws -> [Act] {
        let changed = try await database.customers(Array(states.keys), locked: true).compactMap { customer in
            states[customer.id].flatMap { $0 == customer.state ? nil : (customer: customer, state: $0) }
        }
        let returning = changed.filter { $0.customer.state == .cancelled }.count
        if returning > 0 {
            try await database.keepReturningCustomers(returning, below: tenant.plan.customers)
        }
        try await database.put(changed)
        return changed.map { customer, state in
            Act(
                .customerChanged, customer.subject, before: [Act.Detail("state", customer.state.rawValue)],
                after: [Act.Detail("state", state.rawValue)])
        }
    }

    /// Stores what a contract says of the customer and was unknown, as a default for the next contract.
    package func keep(
        identification: String, of tenant: Tenant, by principal: Principal, in database: TenantDatabase
    ) async throws {
        guard self.identification.isEmpty else { return }
        var known = self
        known.identification = identification
        _ = try await change(to: known, of: tenant, by: principal, in: database)
    }

    /// A principal limited to zones cannot move a customer out of them.
    private func checkedZone(by principal: Principal, in database: TenantDatabase) async throws -> Zone? {
        guard zone != nil || principal.zones == nil else { throw ZoneRefusal.required }
        let found = try await database.zone(zone)
        guard (found == nil) == (zone == nil) else { throw ZoneRefusal.unknown }
        return found
    }

    /// Indexes name, number, phone, e-mail and address.
    var entry: SearchEntry {
        SearchEntry(
            .customer, id.uuid, number: number, title: name,
            detail: ["\(number)", Phone(e164: phone)?.national ?? phone, neighbourhood].filter { !$0.isEmpty }.joined(
                separator: " · "),
            zone: zone?.uuid ?? SearchEntry.noZone,
            tokens: SearchText.words(name) + SearchText.words(email) + SearchText.words(address)
                + SearchText.words(neighbourhood) + SearchText.phone(phone))
    }

    package var subject: Act.Subject { Act.Subject("customer", id.uuid, named: "\(name) (\(number))") }

    private func details(in zone: Zone?) -> [Act.Detail] { details(naming: ["zone": zone?.name ?? ""]) }
}
