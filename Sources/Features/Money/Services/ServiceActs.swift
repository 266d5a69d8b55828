import Access
import Customers
import Declarations
import Events
import Identifiers
import Jobs
import Ledger
import Locale
import Nouns
import Plans
import Postgres
import Tenancy
import Time
import Zones

extension Service {
    /// A customer's new service, at the customer's address by default.
    package static func blank(of customer: Customer, for tenant: Tenant, at now: Instant, from randomness: Randomness)
        -> Service
    {
        var service = Service(
            id: .make(milliseconds: now.milliseconds, from: randomness), customer: customer.id,
            price: .zero(tenant.currency))
        (service.address, service.neighbourhood) = (customer.address, customer.neighbourhood)
        service.zone = customer.zone
        return service
    }

    /// Empty, except for the customer.
    package static func new(_ id: ID, of customer: Customer.ID, in currency: Currency) -> Service {
        Service(id: id, customer: customer, price: .zero(currency))
    }

    /// Sells a plan: the service waits for its installation.
    package func add(of tenant: Tenant, by principal: Principal, in database: TenantDatabase) async throws -> Service {
        try await database.transaction { database in
            guard try await database.customer(customer, locked: true) != nil else { throw AccessRefusal.notFound }
            guard let planID = plan else { throw ServiceRefusal.planMissing }
            guard let plan = try await database.plan(planID, locked: true) else { throw PlanRefusal.unknown }
            guard plan.retiredAt == nil else { throw PlanRefusal.retired }
            try await checkPlace(in: database)
            let today = tenant.timeZone.day(at: principal.now)
            var service = self
            service.number = try await database.takeServiceNumber()
            (service.planName, service.price) = (plan.name, plan.price)
            try await database.insert(service, at: principal.now)
            try await database.insert(
                ServiceTerms(from: today, plan: plan.id, price: plan.price), of: id, by: principal)
            let added = service
            try await database.record(
                Act(.serviceCreated, added.subject, after: added.details() + [Act.Detail("plan", plan.name)]),
                by: principal.actor, at: principal.now)
            return try await added.settled(of: tenant, by: principal, in: database)
        }
    }

    /// Changes place, contact, billing day and fiscal profile; everything else is an act of its own.
    func change(
        to changed: Service, of tenant: Tenant, by principal: Principal, in database: TenantDatabase
    ) async throws -> Service {
        guard changed.plan == plan else { throw ServiceRefusal.planByChange }
        guard let act = Act.change(.serviceChanged, changed.subject, from: details(), to: changed.details()) else {
            return self
        }
        return try await database.transaction { database in
            try await changed.checkPlace(in: database)
            try await database.update(changed)
            if changed.zone != zone { try await database.queue(LookAtService(id), at: principal.now) }
            try await database.record(act, by: principal.actor, at: principal.now)
            return changed
        }
    }

    func checkPlace(in database: TenantDatabase) async throws {
        if zone != nil, try await database.zone(zone) == nil { throw ZoneRefusal.unknown }
        guard let profile else { return }
        guard try await database.fiscalProfile(profile)?.customer == customer else {
            throw ServiceRefusal.unknownProfile
        }
    }

    /// The service after an act, with derived states stored and recorded.
    package func settled(of tenant: Tenant, by principal: Principal, in database: TenantDatabase) async throws
        -> Service
    {
        let today = tenant.timeZone.day(at: principal.now)
        for act in try await Customer.settle([customer], of: tenant, at: principal.now, in: database) {
            try await database.record(act, by: principal.actor, at: principal.now)
        }
        guard let service = try await database.service(id, on: today) else { throw AccessRefusal.notFound }
        return service
    }

    package var subject: Act.Subject { Act.Subject("service", id.uuid, named: "\(planName) (\(number))") }
}

extension Customer {
    /// Stores the present states of customers and services, derived from the services' events and the debts. Call in a
    /// transaction; returns the customers' changes to be recorded.
    package static func settle(
        _ ids: [ID], of tenant: Tenant, at now: Instant, in database: TenantDatabase
    ) async throws -> [Act] {
        _ = try await database.customers(ids, locked: true)
        let states = try await database.settle(ids, on: tenant.timeZone.day(at: now), at: now)
        return try await Customer.become(states, of: tenant, in: database)
    }
}

extension Customer {
    /// Marks charged customers with a debt as debtors. The charge is recorded, so this is not.
    package static func noteDebts(of ids: [ID], of tenant: Tenant, in database: TenantDatabase) async throws {
        let owing = try await database.owing(among: ids)
        let active = try await database.customers(Array(owing), locked: true).filter {
            $0.state == .active || $0.state == .courtesy
        }
        _ = try await become(
            Dictionary(uniqueKeysWithValues: active.map { ($0.id, .inDebt) }), of: tenant, in: database)
    }
}

/// A service event: a row, a form, an event kind and an act.
package protocol ServiceEvent: Fielded {
    static var event: EventKind { get }
    /// The recorded details, with the names of referenced nouns.
    func recorded(in database: TenantDatabase) async throws -> [Act.Detail]
    /// Decides and inserts its row. The service is locked; derived states are stored afterwards.
    func apply(to service: Service, on today: Day, by principal: Principal, in database: TenantDatabase) async throws
}

extension ServiceEvent {
    package func happen(
        to id: Service.ID, of tenant: Tenant, by principal: Principal, in database: TenantDatabase
    ) async throws -> Service {
        try await database.transaction { database in
            let today = tenant.timeZone.day(at: principal.now)
            let service = try await database.lockedService(id, on: today)
            try await apply(to: service, on: today, by: principal, in: database)
            try await database.record(
                Act(Self.event, service.subject, after: try await recorded(in: database)),
                by: principal.actor, at: principal.now)
            return try await service.settled(of: tenant, by: principal, in: database)
        }
    }

    package func recorded(in database: TenantDatabase) async throws -> [Act.Detail] { details() }
}

extension TenantDatabase {
    /// Also locks the customer, whose state depends on it, which serialises acts on a customer's services.
    package func lockedService(_ id: Service.ID, on day: Day) async throws -> Service {
        guard let service = try await service(id, on: day),
            try await customer(service.customer, locked: true) != nil,
            let locked = try await self.service(id, on: day, locked: true)
        else { throw AccessRefusal.notFound }
        return locked
    }
}

/// The days on which a service event may happen.
func checkDay(_ day: Day, on today: Day, back days: Int = 0) throws(ServiceRefusal) {
    guard day >= today - days else { throw .inThePast }
    guard day <= today + 366 else { throw .tooFar }
}
