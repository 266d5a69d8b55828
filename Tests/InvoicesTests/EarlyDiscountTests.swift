import Access
import BankAccounts
import Billing
import Customers
import Identifiers
import Ledger
import Locale
import Payments
import Plans
import Postgres
import Services
import Tenancy
import TenantSupport
import Testing
import Time
import Zones

@testable import Invoices

/// Pronto pago: 50 less on a plan of 500 for who pays within five days.
@Suite struct EarlyDiscountTests {
    private static func withEarlyPlan(
        _ body: (TestTenant, _ plan: Plan.ID) async throws -> Void
    ) async throws {
        try await withTenants(
            declaring: .customers, .zones, .plans, .services, .ledger, .bankAccounts, .payments, .invoices
        ) { norte, _ in
            try await norte.charge { $0.dueDays = 10 }
            let plans = try await norte.makePlans(
                "", columns: ",early_discount,early_days", values: ",50,5")
            try await body(norte, try #require(plans["Residencial"]))
        }
    }

    @Test func `who pays the rest in time pays the discount less, and the preview said so`() async throws {
        try await Self.withEarlyPlan { norte, plan in
            let beto = try await norte.makeCustomer()
            try await norte.sell(plan, to: beto, on: "2026-03-01")
            let run = try await norte.billing(on: Day("2026-03-01"))
            let draft = try await BillingPreview(of: run, in: norte.database).shown[0].invoices[0]
            _ = try await norte.run(on: "2026-03-01")
            let invoice = try #require(try await norte.invoices(on: "2026-03-01").first)
            #expect(draft.early == EarlyPayment(.amount(norte.money(5000)), within: 5))
            #expect(invoice.early?.amount == norte.money(5000) && invoice.early?.until == Day("2026-03-06"))
            // 449.99 leaves a cent more than the discount.
            _ = try await norte.takes(44_999, from: beto, on: "2026-03-06")
            #expect(try await norte.balance(of: beto) == 5_001)
            let last = try await norte.takes(1, from: beto, on: "2026-03-06")
            #expect(try await norte.balance(of: beto) == 0)
            #expect(try await norte.invoices(on: "2026-03-06")[0].early?.isGranted == true)
            let given = try await norte.database.balance(
                of: .discount("early"), in: norte.tenant.currency, on: Day("2026-03-31"))
            #expect(given == norte.money(5_000))
            #expect(try await norte.proves())
            // The payment was not: nor is the discount, until it is paid in time again.
            try await norte.undoes(last, on: "2026-03-06")
            #expect(try await norte.balance(of: beto) == 5_001)
            #expect(try await norte.invoices(on: "2026-03-06")[0].early?.isGranted == false)
            #expect(try await norte.proves())
            _ = try await norte.takes(2, from: beto, on: "2026-03-06")
            #expect(try await norte.balance(of: beto) == -1)
            #expect(try await norte.proves())
        }
    }

    @Test func `a day late there is none, and who paid all in time has it in favour`() async throws {
        try await Self.withEarlyPlan { norte, plan in
            let (late, whole) = (try await norte.makeCustomer("Tarde"), try await norte.makeCustomer("Todo"))
            for customer in [late, whole] { try await norte.sell(plan, to: customer, on: "2026-03-01") }
            _ = try await norte.run(on: "2026-03-01")
            _ = try await norte.takes(45_000, from: late, on: "2026-03-07")
            #expect(try await norte.balance(of: late) == 5_000)
            _ = try await norte.takes(50_000, from: whole, on: "2026-03-02")
            #expect(try await norte.balance(of: whole) == -5_000)
            // The next month it pays, and that is early too.
            _ = try await norte.run(on: "2026-04-01")
            _ = try await norte.takes(40_000, from: whole, on: "2026-04-02")
            #expect(try await norte.balance(of: whole) == 0)
            #expect(try await norte.proves())
        }
    }

    @Test func `paid in advance is paid early, a part of a month earns nothing, and a voided invoice keeps none`()
        async throws
    {
        try await Self.withEarlyPlan { norte, plan in
            let (ahead, part) = (try await norte.makeCustomer("Antes"), try await norte.makeCustomer("Parte"))
            _ = try await norte.takes(45_000, from: ahead, on: "2026-03-01")
            try await norte.sell(plan, to: ahead, on: "2026-03-01")
            try await norte.sell(plan, to: part, on: "2026-03-11")
            _ = try await norte.run(on: "2026-03-01")
            _ = try await norte.run(on: "2026-03-11")
            #expect(try await norte.balance(of: ahead) == 0)
            let invoices = try await norte.invoices(on: "2026-03-11")
            #expect(invoices.first { $0.customer == part }?.early == nil)
            let invoice = try #require(invoices.first { $0.customer == ahead })
            _ = try await norte.invoicing.void(
                invoice.id, because: "Error", issuingAnew: false, of: norte.tenant, by: norte.on(Day("2026-03-12")),
                in: norte.database)
            #expect(try await norte.balance(of: ahead) == -45_000)
            #expect(try await norte.proves())
        }
    }
}

extension TestTenant {
    fileprivate func takes(_ minor: Int64, from customer: Customer.ID, on day: String) async throws -> Payment {
        let acts = PaymentActs(randomness: randomness)
        let payment = try await acts.register(
            NewPayment(id: newID(), customer: customer, method: "cash", amount: money(minor), day: Day(day)),
            of: tenant, by: on(Day(day)), in: database)
        return payment.state == .applied ? payment : try await acts.approve(payment.id, by: on(Day(day)), in: database)
    }

    fileprivate func undoes(_ payment: Payment, on day: String) async throws {
        _ = try await PaymentActs(randomness: randomness).reverse(
            payment.id, of: tenant, because: "Error", by: on(Day(day)), in: database)
    }
}
