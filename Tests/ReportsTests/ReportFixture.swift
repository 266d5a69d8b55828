import Access
import CashDesk
import Declarations
import Events
import Expenses
import Identifiers
import Ledger
import Locale
import Nouns
import Panel
import Postgres
import Services
import ShellSupport
import Tenancy
import TenantSupport
import TestSupport
import Time
import Zones

@testable import Customers
@testable import Payments
@testable import Plans
@testable import Reports

/// Two companies with the rooms that reports need.
func withReports(_ body: (TestTenant, TestTenant) async throws -> Void) async throws {
    try await withTenants(
        declaring: .customers, .zones, .plans, .services, .ledger, .payments, .cashDesk, .expenses, .reports, body: body
    )
}

/// Months of business with everything that happens to money: charges, payments, reversals, chargebacks, refunds,
/// withholdings, credit notes.
struct Business {
    let tenant: TestTenant
    let customers: [Customer.ID]
    private let acts: PaymentActs
    private let dice = Randomness(seed: 41)

    static let zones = ["Centro", "La Loma"]
    static let days = 75

    private var database: TenantDatabase { tenant.database }
    private var today: Day { tenant.tenant.timeZone.day(at: tenant.now) }

    static func thrive(_ tenant: TestTenant) async throws -> Business {
        let business = try await Business(tenant)
        for _ in 0..<days {
            for _ in 0..<8 { try await business.happen() }
            tenant.site.clock.advance(by: .seconds(86_400))
        }
        return business
    }

    /// A customer in each zone and in none, by turns; the last one has a name that a spreadsheet would run.
    private init(_ tenant: TestTenant) async throws {
        self.tenant = tenant
        acts = PaymentActs(randomness: tenant.site.randomness)
        var customers: [Customer.ID] = []
        for place in 0..<9 {
            let customer = Customer(
                id: tenant.newID(), name: place == 8 ? "=HYPERLINK(\"x\")" : "Cliente \(place)", state: .active,
                since: Day(iso: "2026-01-01")!)
            _ = try await Customer.add(
                [customer], distinct: true, to: tenant.tenant, by: tenant.commandLine, in: tenant.database)
            customers.append(customer.id)
        }
        self.customers = customers
        for (place, name) in Self.zones.enumerated() {
            let zone = UUID(high: 9, low: UInt64(place + 1))
            try await database.execute(
                "INSERT INTO coverage_zones (tenant_id, zone_id, name) VALUES (\(database.tenant), \(zone), \(name))")
            for customer in stride(from: place, to: 9, by: 3).map({ customers[$0] }) {
                try await database.execute(
                    """
                    UPDATE customers SET zone_id = \(zone)
                    WHERE tenant_id = \(database.tenant) AND customer_id = \(customer)
                    """)
            }
        }
    }

    /// Of the first customer a plan, and a dearer one before it that was cancelled.
    func sellPlan() async throws {
        for (place, name) in ["Caro", "Hogar"].enumerated() {
            var plan = Plan(id: tenant.newID(), in: tenant.tenant.currency)
            (plan.name, plan.price) = (name, tenant.money(place == 0 ? 90_000 : 30_000))
            (plan.download, plan.upload) = (Speed(kilobits: 10_000), Speed(kilobits: 5000))
            let added = try await plan.add(by: tenant.commandLine, in: database)
            var service = Service.blank(
                of: Customer(id: customers[0], name: "", state: .active, since: today), for: tenant.tenant,
                at: tenant.now, from: tenant.site.randomness)
            service.plan = added.id
            let sold = try await service.add(of: tenant.tenant, by: tenant.commandLine, in: database)
            _ = try await Activation(day: today).happen(
                to: sold.id, of: tenant.tenant, by: tenant.commandLine, in: database)
            if place == 0 {
                _ = try await Cancellation(day: today, reason: .moved).happen(
                    to: sold.id, of: tenant.tenant, by: tenant.commandLine, in: database)
            }
        }
    }

    private func happen() async throws {
        let customer = customers[dice.number(below: customers.count)]
        let amount = tenant.money(Int64(dice.number(below: 90_000) + 100))
        let clerk = tenant.clerk(dice.number(below: 2) == 0 ? "Caro" : "Beto")
        do {
            switch dice.number(below: 20) {
            case 0..<8: try await charge(amount, to: customer)
            case 8..<14:
                let isCash = dice.number(below: 2) == 0
                _ = try await acts.register(
                    NewPayment(
                        id: tenant.newID(), customer: customer, method: isCash ? "cash" : "transfer", amount: amount,
                        day: today, reference: isCash ? "" : "R\(dice.next())"), of: tenant.tenant, by: clerk,
                    in: database)
            case 14:
                _ = try await acts.adjust(
                    NewAdjustment(.refund, of: amount, on: today, by: "cash", reference: ""), of: customer,
                    of: tenant.tenant, by: clerk, in: database)
            case 15:
                guard let charge = try await database.openCharges(of: customer, in: tenant.tenant.currency).first
                else { return }
                _ = try await acts.adjust(
                    NewAdjustment(
                        .withholding, of: charge.open, on: today, by: "ISR", reference: "C\(dice.next())",
                        settling: charge.id), of: customer, of: tenant.tenant, by: clerk, in: database)
            case 16: try await credit(amount, to: customer)
            default: try await takeBack(by: clerk)
            }
        } catch is PaymentRefusal {
            // Less is in favour than would go back.
        }
    }

    private func charge(_ amount: Money, to customer: Customer.ID) async throws {
        let id: Transaction.ID = tenant.newID()
        let charge = Transaction(
            id: id, .invoice, of: id.uuid, on: today, due: today + dice.number(below: 20) - 5,
            [Posting(.receivable(customer), amount), Posting(.income("internet"), try -amount)])
        try await database.post(charge, by: .commandLine, at: tenant.now)
        try await settle(customer, id.uuid)
    }

    private func credit(_ amount: Money, to customer: Customer.ID) async throws {
        let id: Transaction.ID = tenant.newID()
        let note = Transaction(
            id: id, .creditNote, of: id.uuid, on: today,
            [Posting(.income("internet"), amount), Posting(.credit(customer), try -amount)])
        try await database.post(note, by: .commandLine, at: tenant.now)
        try await settle(customer, id.uuid)
    }

    private func settle(_ customer: Customer.ID, _ source: UUID) async throws {
        try await database.settleOldest(
            [(customer, tenant.newID(), source)], in: tenant.tenant.currency, on: today, by: .commandLine,
            at: tenant.now)
    }

    /// A payment by its mirror or by the bank, or a refund; of whichever time.
    private func takeBack(by clerk: Principal) async throws {
        let found: [Found] = try await database.rows(
            """
            SELECT payment_id AS id FROM payments WHERE tenant_id = \(database.tenant) AND state = 'applied'
            ORDER BY number
            """)
        guard !found.isEmpty else { return }
        let id = Payment.ID(found[dice.number(below: found.count)].id)
        if dice.number(below: 2) == 0 {
            _ = try await acts.reverse(id, of: tenant.tenant, because: "Error", by: clerk, in: database)
        } else {
            _ = try await acts.chargeBack(id, of: tenant.tenant, because: "Banco", by: clerk, in: database)
        }
        let refunds: [Found] = try await database.rows(
            """
            SELECT adjustment_id AS id FROM account_adjustments
            WHERE tenant_id = \(database.tenant) AND state = 'applied' AND kind = 'refund' ORDER BY number
            """)
        guard !refunds.isEmpty, dice.number(below: 3) == 0 else { return }
        _ = try await acts.reverse(
            Adjustment.ID(refunds[0].id), because: "No lo recogió", of: tenant.tenant, by: clerk, in: database)
    }
}

extension Randomness {
    fileprivate func number(below limit: Int) -> Int { Int(next() % UInt64(limit)) }
}

private struct Found: RowReadable {
    let id: UUID

    init(row: Row) throws(DatabaseError) { id = try row.read("id") }
}

extension TestTenant {
    var today: Day { tenant.timeZone.day(at: now) }

    func money(_ minor: Int64) -> Money { Money(minor: minor, tenant.currency) }
    func newID<Noun>() -> ID<Noun> { .make(milliseconds: now.milliseconds, from: site.randomness) }

    /// Somebody who may take money and give it back alone.
    func clerk(_ name: String) -> Principal {
        Principal(
            Actor(.staff, id: UUID(high: 2, low: UInt64(name.utf8.count)), name: name), permissions: Set(everything),
            of: site.catalogue, at: now)
    }

    func desk(_ database: TenantDatabase? = nil) -> ReportDesk {
        ReportDesk(database: database ?? self.database, tenant: tenant, reader: tenant.reader, today: today)
    }
}
