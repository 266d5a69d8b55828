import Access
import Customers
import Declarations
import Identifiers
import Locale
import Plans
import Postgres
import Tenancy
import Time

/// Services of the customers who do not exist, made by the same acts as any others, on the days on which they happened.
package enum InventedServices {
    /// Adds what is missing to the number wanted: a service for each customer, the first ones having a second before the
    /// others. Where nothing is sold, nothing.
    package static func fill(
        upTo wanted: Int, of tenant: Tenant, knowing catalogue: Catalogue, at now: Instant, from randomness: Randomness,
        in database: TenantDatabase
    ) async throws -> Int {
        let plans = try await database.plans()
        guard !plans.isEmpty else { return 0 }
        let today = tenant.timeZone.day(at: now)
        var done = 0
        while case let waiting = try await database.leastServed(upTo: wanted), !waiting.isEmpty {
            // As many as go into one transaction.
            try await database.transaction { database in
                for customer in try await database.customers(waiting.map(\.customer)) {
                    let services = waiting.first { $0.customer == customer.id }?.services ?? 0
                    // The same number invents the same life.
                    let life = InventedLife(of: customer.number + 1_000_000 * services, among: plans, until: today)
                    try await life.happen(to: customer, of: tenant, knowing: catalogue, from: randomness, in: database)
                }
            }
            done += waiting.count
        }
        return done
    }
}

private struct InventedLife {
    private let plan: Plan
    private let otherPlan: Plan
    private let fate: Int
    private let today: Day

    init(of number: Int, among plans: [Plan], until today: Day) {
        let randomness = Randomness(seed: UInt64(number))
        func below(_ bound: Int) -> Int { Int(randomness.next() % UInt64(bound)) }
        // Most have what is collected by itself.
        let common = plans.filter(\.isCollected)
        plan = below(20) == 0 || common.isEmpty ? plans[below(plans.count)] : common[below(common.count)]
        otherPlan = plans[below(plans.count)]
        fate = below(100)
        self.today = today
    }

    func happen(
        to customer: Customer, of tenant: Tenant, knowing catalogue: Catalogue, from randomness: Randomness,
        in database: TenantDatabase
    ) async throws {
        func on(_ day: Day) -> Principal {
            .commandLine(of: catalogue, at: min(day, today).start(in: tenant.timeZone) + .seconds(36_000))
        }
        let begins = min(customer.since, today)
        var service = Service.blank(of: customer, for: tenant, at: on(begins).now, from: randomness)
        (service.plan, service.billingDay) = (plan.id, min(begins.dayOfMonth, 28))
        let sold = try await service.add(of: tenant, by: on(begins), in: database)
        func happens(_ event: some ServiceEvent, on day: Day) async throws {
            _ = try await event.happen(to: sold.id, of: tenant, by: on(day), in: database)
        }
        if fate >= 97 { return }
        try await happens(Activation(day: begins), on: begins)
        let middle = begins + (today - begins) / 2
        switch fate {
        case 0..<5: try await happens(Cut(reason: .unpaid), on: max(begins, today - fate))
        case 5..<8:
            try await happens(Freeze(day: max(begins, today - fate), reason: "Viaje"), on: max(begins, today - fate))
        case 8..<10: try await happens(PriceChange(price: .zero(plan.currency), day: middle), on: middle)
        case 10..<13: try await happens(Cancellation(day: middle, reason: .moved), on: middle)
        case 13..<25 where otherPlan.id != plan.id:
            try await happens(PlanChange(plan: otherPlan.id, day: middle), on: middle)
        case 25..<30:
            try await happens(
                ServiceCharge(kind: .rent, name: "Renta de equipo", amount: rent, day: begins), on: begins)
        case 30..<32: try await happens(Move(address: "Calle Nueva \(fate)", zone: customer.zone), on: middle)
        default: break
        }
    }

    /// About a tenth of the plan, in amounts that can be paid.
    private var rent: Money {
        let tenth = max(plan.price.minor / 10, plan.currency.smallestShown)
        return Money(minor: tenth - tenth % plan.currency.smallestShown, plan.currency)
    }
}

extension TenantDatabase {
    /// Of the customers with the fewest services as many as are missing, and no more than fifty.
    fileprivate func leastServed(upTo wanted: Int) async throws(DatabaseError) -> [ServedCustomer] {
        let total: Int = try await value("SELECT count(*) FROM services WHERE tenant_id = \(tenant)") ?? 0
        return try await rows(
            """
            SELECT c.customer_id, count(s.service_id) AS number_of_services
            FROM customers c LEFT JOIN services s ON s.tenant_id = c.tenant_id AND s.customer_id = c.customer_id
            WHERE c.tenant_id = \(tenant)
            GROUP BY c.customer_id, c.number ORDER BY number_of_services, c.number LIMIT \(max(0, min(50, wanted - total)))
            """)
    }
}

private struct ServedCustomer: RowReadable {
    let customer: Customer.ID
    let services: Int

    init(row: Row) throws(DatabaseError) {
        customer = try row.read("customer_id")
        services = try row.read("number_of_services")
    }
}
