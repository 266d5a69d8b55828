import Access
import BankAccounts
import Billing
import Declarations
import Events
import Identifiers
import Ledger
import Locale
import Plans
import Postgres
import ShellSupport
import Tenancy
import TenantSupport
import TestSupport
import Time
import Zones

@testable import Customers
@testable import Invoices
@testable import Services

/// Two companies with the rooms that invoices need, whose prices have 16 % of IVA in them.
func withBilling(_ body: (TestTenant, TestTenant) async throws -> Void) async throws {
    try await withTenants(
        declaring: .customers, .zones, .plans, .services, .ledger, .bankAccounts, .invoices
    ) { norte, sur in
        for tenant in [norte, sur] { try await tenant.set("tax_name = 'IVA', tax_rate = 1600") }
        try await body(norte.site.tenant(at: norte.host)!, norte.site.tenant(at: sur.host)!)
    }
}

extension Day {
    init(_ iso: String) { self = Day(iso: iso)! }
}

extension TestTenant {
    var today: Day { tenant.timeZone.day(at: now) }
    var randomness: Randomness { site.randomness }
    var invoicing: InvoiceActs { InvoiceActs(randomness: randomness) }

    /// The command line, on the morning of a day.
    func on(_ day: Day) -> Principal {
        .commandLine(of: site.catalogue, at: day.start(in: tenant.timeZone) + .seconds(36_000))
    }

    func newID<Noun>() -> ID<Noun> { .make(milliseconds: now.milliseconds, from: randomness) }
    func money(_ minor: Int64) -> Money { Money(minor: minor, tenant.currency) }

    @discardableResult
    func charge(
        from first: String = "2026-01-01", _ change: (inout BillingSettings) -> Void = { _ in }
    ) async throws -> BillingSettings {
        var settings = BillingSettings(firstDay: Day(first))
        change(&settings)
        try await settings.put(of: tenant, by: on(Day(first)), in: database)
        return settings
    }

    /// Básico for 300 and Residencial for 500 a month, and more lines of that file.
    func makePlans(
        _ more: String = "", columns: String = "", values: String = ""
    ) async throws -> [String: Plan.ID] {
        let file =
            "name,price,charge,download,upload,tax\(columns)\nBásico,300,in_advance,8M,3M,company\(values)\n"
            + "Residencial,500,in_advance,12M,4M,company\(values)\n\(more)"
        _ = try await PlanFile(Array(file.utf8), of: tenant, at: now, from: randomness).apply(
            by: commandLine, in: database)
        return Dictionary(uniqueKeysWithValues: try await database.plans().map { ($0.name, $0.id) })
    }

    func makeCustomer(_ name: String = "Beto") async throws -> Customer.ID {
        let customer = Customer(id: newID(), name: name, state: .active, since: Day("2026-01-01"))
        _ = try await Customer.add([customer], distinct: true, to: tenant, by: commandLine, in: database)
        return customer.id
    }

    @discardableResult
    func sell(
        _ plan: Plan.ID?, to id: Customer.ID, on day: String, billingDay: Int = 1, profile: FiscalProfile.ID? = nil
    ) async throws -> Service.ID {
        let customer = try await database.customer(id)!
        let principal = on(Day(day))
        var service = Service.blank(of: customer, for: tenant, at: principal.now, from: randomness)
        (service.plan, service.billingDay, service.profile) = (plan, billingDay, profile)
        let sold = try await service.add(of: tenant, by: principal, in: database)
        _ = try await Activation(day: Day(day)).happen(to: sold.id, of: tenant, by: principal, in: database)
        return sold.id
    }

    func happens(_ event: some ServiceEvent, to id: Service.ID, on day: String) async throws {
        _ = try await event.happen(to: id, of: tenant, by: on(Day(day)), in: database)
    }

    @discardableResult func run(
        on day: String, batch: Int = BillingRun.batch, in other: TenantDatabase? = nil
    ) async throws -> BillingRun.Outcome {
        let run = try await billing(on: Day(day), batch: batch)
        return try await run.run(by: .commandLine, at: on(Day(day)).now, in: other ?? database)
    }

    /// What the worker does about the runs that were asked for.
    func goOnBilling(in other: TenantDatabase? = nil) async throws {
        for run in try await database.askedBillings(limit: 50).reversed() {
            try await GoOnBilling(run.id).go(of: tenant, at: now, from: randomness, in: other ?? database)
        }
    }

    func billing(on day: Day, batch: Int = BillingRun.batch) async throws -> BillingRun {
        let settings = try await database.billingSettings()!
        return BillingRun(of: tenant, by: settings, on: day, from: randomness, batch: batch)
    }

    func invoices(on day: String) async throws -> [Invoice] {
        try await database.rows(database.invoices(on: Day(day), "ORDER BY i.sequence"))
    }

    func balance(of customer: Customer.ID) async throws -> Int64 {
        try await database.balance(of: customer, in: tenant.currency).balance.minor
    }

    func pay(_ minor: Int64, by customer: Customer.ID, on day: String) async throws {
        let id: Transaction.ID = newID()
        try await database.transaction { database in
            try await database.post(
                Transaction(
                    id: id, .payment, of: id.uuid, on: Day(day),
                    [Posting(.money("cash"), money(minor)), Posting(.credit(customer), money(-minor))]),
                by: .commandLine, at: on(Day(day)).now)
            try await database.settleOldest(
                [(customer, newID(), id.uuid)], in: tenant.currency, on: Day(day), by: .commandLine,
                at: on(Day(day)).now)
        }
    }

    func proves() async throws -> Bool {
        try await database.proveLedger(
            as: UUID.v7(milliseconds: now.milliseconds, from: randomness), inCurrency: tenant.currency, at: now
        ).allSatisfy(\.holds)
    }

    /// What is wrong with invoices, periods and numbers; nothing where all is right.
    func faults() async throws -> [String] {
        var faults: [String] = []
        func expect(_ what: String, _ count: Int?) { if count != 0 { faults.append("\(what): \(count ?? -1)") } }
        expect(
            "numbers missing or twice in a series",
            try await database.value(
                """
                SELECT coalesce(sum(abs(s.last - n.count) + abs(s.last - n.top)), 0)::bigint FROM invoice_series s
                CROSS JOIN LATERAL (
                    SELECT count(*) AS count, coalesce(max(number), 0) AS top FROM invoices i
                    WHERE i.tenant_id = \(database.tenant) AND i.series = s.series) n
                WHERE s.tenant_id = \(database.tenant)
                """))
        expect(
            "days of a service left out or twice",
            try await database.value(
                """
                SELECT count(*) FROM (
                    SELECT from_day, lag(to_day) OVER (PARTITION BY service_id ORDER BY from_day) AS before
                    FROM billed_periods WHERE tenant_id = \(database.tenant)) p
                WHERE p.before IS NOT NULL AND p.before + 1 <> p.from_day
                """))
        expect(
            "invoices without their transaction, or of another amount",
            try await database.value(
                """
                SELECT count(*) FROM invoices i WHERE i.tenant_id = \(database.tenant) AND i.total > 0 AND NOT EXISTS (
                    SELECT FROM ledger_postings p WHERE p.tenant_id = \(database.tenant)
                        AND p.transaction_id = i.invoice_id AND abs(p.amount) = i.total AND p.customer_id = i.customer_id)
                """))
        expect(
            "invoices whose lines do not sum",
            try await database.value(
                """
                SELECT count(*) FROM invoices i CROSS JOIN LATERAL (
                    SELECT sum(l.net + l.tax) AS gross FROM invoice_lines l
                    WHERE l.tenant_id = \(database.tenant) AND l.invoice_id = i.invoice_id) l
                WHERE i.tenant_id = \(database.tenant) AND abs(l.gross - (i.net + i.tax) * 10000) > 5000
                """))
        if try await !proves() { faults.append("the ledger does not balance") }
        return faults
    }
}
