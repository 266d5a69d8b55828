import Access
import Customers
import Declarations
import Identifiers
import Locale
import Plans
import Postgres
import Services
import Tenancy
import Time

/// Services of demo customers, created by the ordinary acts, dated on the days they happened.
package enum InventedServices {
    /// Adds services up to the wanted number: one for each customer, then second ones for the first customers. Nothing
    /// without plans.
    package static func fill(
        upTo wanted: Int, of tenant: Tenant, knowing catalogue: Catalogue, at now: Instant, from randomness: Randomness,
        in database: TenantDatabase
    ) async throws -> Int {
        let plans = try await database.plans()
        guard !plans.isEmpty else { return 0 }
        let today = tenant.timeZone.day(at: now)
        var done = 0
        while case let waiting = try await database.leastServed(upTo: wanted), !waiting.isEmpty {
            // Batches that fit into one transaction.
            try await database.transaction { database in
                for customer in try await database.customers(waiting.map(\.customer)) {
                    let services = waiting.first { $0.customer == customer.id }?.services ?? 0
                    let life = InventedLife(of: customer, service: services, among: plans, until: today)
                    func on(_ day: Day) -> Principal {
                        .commandLine(
                            of: catalogue, at: min(day, today).start(in: tenant.timeZone) + .seconds(36_000))
                    }
                    let sold = try await life.sell(of: tenant, by: on(life.begins), from: randomness, in: database)
                    for (day, event) in life.events + life.ending {
                        _ = try await event.happen(to: sold, of: tenant, by: on(day), in: database)
                    }
                }
            }
            done += waiting.count
        }
        return done
    }
}

/// A demo service's life. The same number gives the same life.
struct InventedLife {
    let customer: Customer
    /// The index among the customer's services.
    let service: Int
    let begins: Day
    private let plan: Plan
    private let otherPlan: Plan
    private let fate: Int
    private let today: Day

    init(of customer: Customer, service: Int, among plans: [Plan], until today: Day) {
        let randomness = Randomness(seed: UInt64(customer.number + 1_000_000 * service))
        (self.customer, self.service, self.today) = (customer, service, today)
        begins = min(customer.since, today)
        // Most have an automatically collected plan.
        let common = plans.filter(\.isCollected)
        plan =
            randomness.number(below: 20) == 0 || common.isEmpty
            ? plans[randomness.number(below: plans.count)] : Self.popular(common, by: randomness)
        otherPlan = plans[randomness.number(below: plans.count)]
        fate = randomness.number(below: 100)
    }

    /// Cheaper plans have more customers; among prepaid plans, longer ones.
    private static func popular(_ plans: [Plan], by randomness: Randomness) -> Plan {
        let weights = plans.map { $0.charge == .byDays ? $0.days : Int(1_000_000_000 / max(1, $0.price.minor)) }
        var place = randomness.number(below: max(1, weights.reduce(0, +)))
        for (plan, weight) in zip(plans, weights) {
            if place < weight { return plan }
            place -= weight
        }
        return plans[0]
    }

    /// Sets the billing day if it differs from the day of activation.
    func sell(
        billedOn day: Int? = nil, of tenant: Tenant, by principal: Principal, from randomness: Randomness,
        in database: TenantDatabase
    ) async throws -> Service.ID {
        var service = Service.blank(of: customer, for: tenant, at: principal.now, from: randomness)
        (service.plan, service.billingDay) = (plan.id, day ?? min(begins.dayOfMonth, 28))
        return try await service.add(of: tenant, by: principal, in: database).id
    }

    /// In order.
    var events: [(day: Day, event: any ServiceEvent)] {
        if fate >= 97 { return [] }
        let middle = begins + (today - begins) / 2
        let later: (day: Day, event: any ServiceEvent)? =
            switch fate {
            case 8..<10: (middle, PriceChange(price: .zero(plan.currency), day: middle))
            case 10..<13: (middle, Cancellation(day: middle, reason: .moved))
            case 13..<25 where otherPlan.id != plan.id: (middle, PlanChange(plan: otherPlan.id, day: middle))
            case 25..<30:
                (begins, ServiceCharge(kind: .rent, name: "Renta de equipo", amount: rent, day: begins))
            case 30..<32: (middle, Move(address: "Calle Nueva \(fate)", zone: customer.zone))
            default: nil
            }
        return [(begins, Activation(day: begins))] + (later.map { [$0] } ?? [])
    }

    /// The final state, for companies without automatic collection.
    var ending: [(day: Day, event: any ServiceEvent)] {
        let day = max(begins, today - fate)
        return switch fate {
        case 0..<5: [(day, Cut(reason: .unpaid))]
        case 5..<8: [(day, Freeze(day: day, reason: "Viaje"))]
        default: []
        }
    }

    /// About a tenth of the plan's price, rounded to payable amounts.
    private var rent: Money {
        let tenth = max(plan.price.minor / 10, plan.currency.smallestShown)
        return Money(minor: tenth - tenth % plan.currency.smallestShown, plan.currency)
    }
}

extension Randomness {
    func number(below bound: Int) -> Int { Int(next() % UInt64(bound)) }
}

extension TenantDatabase {
    /// The customers with the fewest services, as many as are missing, at most fifty.
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
