import Access
import Customers
import Declarations
import Events
import Identifiers
import Locale
import Nouns
import Plans
import Postgres
import Tenancy
import Time

/// A service taken over from another program. It is billed from the day of the takeover: earlier debts are a balance,
/// not charges.
package struct ServiceTakeover: Sendable {
    package let service: Service
    package let state: Service.State
    package let plan: Plan.ID
    package let price: Money
    /// Whether the price differs from the plan's.
    package let isPriceAgreed: Bool

    package init(_ service: Service, _ state: Service.State, plan: Plan.ID, at price: Money, agreed isPriceAgreed: Bool)
    {
        (self.service, self.state, self.plan, self.price) = (service, state, plan, price)
        self.isPriceAgreed = isPriceAgreed
    }

    /// Takes over all or none, and updates the customers' states.
    package static func take(
        over taken: [ServiceTakeover], as run: Act, of tenant: Tenant, by principal: Principal,
        in database: TenantDatabase
    ) async throws {
        guard !taken.isEmpty else { return }
        try await database.transaction { database in
            let today = tenant.timeZone.day(at: principal.now)
            let customers = Array(Set(taken.map(\.service.customer)))
            _ = try await database.customers(customers, locked: true)
            let first = try await database.takeServiceNumbers(taken.count)
            try await database.insert(taken, numbered: first, on: today, by: principal)
            let services = try await database.services(taken.map(\.service.id), on: today)
            let created = services.map { service in
                Act(
                    .serviceCreated, service.subject,
                    after: service.details() + [Act.Detail("plan", service.planName)])
            }
            let settled = try await Customer.settle(customers, of: tenant, at: principal.now, in: database)
            try await database.record(created + settled, as: run, by: principal.actor, at: principal.now)
        }
    }
}

extension TenantDatabase {
    /// Of these customers, those who never had a service.
    package func withoutServices(_ customers: [Customer.ID]) async throws(DatabaseError) -> [Customer.ID] {
        let idle: [IdleCustomer] = try await rows(
            """
            SELECT g.id FROM unnest(\(customers)) g(id)
            WHERE NOT EXISTS (SELECT FROM services s WHERE s.tenant_id = \(tenant) AND s.customer_id = g.id)
            """)
        return idle.map(\.id)
    }

    fileprivate func takeServiceNumbers(_ count: Int) async throws(DatabaseError) -> Int {
        let last: Int? = try await value(
            """
            INSERT INTO counters (tenant_id, name, last) VALUES (\(tenant), 'service', \(count))
            ON CONFLICT (tenant_id, name) DO UPDATE SET last = counters.last + \(count)
            RETURNING last
            """)
        return (last ?? count) - count + 1
    }

    fileprivate func insert(
        _ taken: [ServiceTakeover], numbered first: Int, on day: Day, by principal: Principal
    ) async throws(DatabaseError) {
        let services = taken.map(\.service)
        let (author, now) = (principal.actor.name, principal.now)
        func ids(_ states: Service.State...) -> [Service.ID] {
            taken.filter { states.contains($0.state) }.map(\.service.id)
        }
        _ = try await batch([
            """
            INSERT INTO services (
                tenant_id, service_id, number, customer_id, address, neighbourhood, zone_id, contact, contact_phone,
                billing_day, state, made_at)
            SELECT \(tenant), g.id, g.number, g.customer, g.address, g.neighbourhood, g.zone, '', '', g.day, 'pending',
                \(now)
            FROM unnest(
                \(services.map(\.id)), \(services.indices.map { first + $0 }), \(services.map(\.customer)),
                \(services.map(\.address)), \(services.map(\.neighbourhood)), \(services.map(\.zone)),
                \(services.map { Int32($0.billingDay) })) g(id, number, customer, address, neighbourhood, zone, day)
            """,
            """
            INSERT INTO service_terms (
                tenant_id, service_id, sequence, from_day, plan_id, price, currency, is_agreed, author, made_at)
            SELECT \(tenant), g.id, 1, \(day), g.plan, g.price, g.currency, g.is_agreed, \(author), \(now)
            FROM unnest(
                \(services.map(\.id)), \(taken.map(\.plan)), \(taken.map(\.price.minor)),
                \(taken.map(\.price.currency.code)), \(taken.map(\.isPriceAgreed))) g(id, plan, price, currency, is_agreed)
            """,
            """
            INSERT INTO activations (tenant_id, service_id, day, author, made_at)
            SELECT \(tenant), g.id, \(day), \(author), \(now) FROM unnest(\(ids(.active, .cut, .frozen))) g(id)
            """,
            """
            INSERT INTO cancellations (tenant_id, service_id, day, reason, note, author, made_at)
            SELECT \(tenant), g.id, \(day), 'other', '', \(author), \(now) FROM unnest(\(ids(.cancelled))) g(id)
            """,
            """
            INSERT INTO freezes (tenant_id, freeze_id, service_id, from_day, to_day, reason, author, made_at)
            SELECT \(tenant), gen_random_uuid(), g.id, \(day), NULL, '', \(author), \(now)
            FROM unnest(\(ids(.frozen))) g(id)
            """,
            """
            INSERT INTO cuts (tenant_id, cut_id, service_id, reason, note, author, made_at)
            SELECT \(tenant), gen_random_uuid(), g.id, 'unpaid', '', \(author), \(now) FROM unnest(\(ids(.cut))) g(id)
            """,
        ])
    }
}

private struct IdleCustomer: RowReadable {
    let id: Customer.ID

    init(row: Row) throws(DatabaseError) { id = try row.read("id") }
}
