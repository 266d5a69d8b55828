import Access
import Declarations
import Events
import HTTP
import Identifiers
import Jobs
import Ledger
import Locale
import Panel
import Postgres
import ShellSupport
import Tenancy
import TenantSupport
import TestSupport
import Testing
import Time

@testable import Customers
@testable import Payments

/// Money that goes back, what business payers withhold, and what banks take back.
@Suite struct AdjustmentTests {
    private static func refund(
        _ minor: Int64, to customer: Customer.ID, at tenant: TestTenant, by principal: Principal
    ) async throws -> Adjustment {
        try await tenant.acts.adjust(
            NewAdjustment(.refund, of: tenant.money(minor), on: tenant.today, by: "cash", reference: ""), of: customer,
            of: tenant.tenant, by: principal, in: tenant.database)
    }

    private static func withhold(
        _ minor: Int64, of charge: Transaction.ID, _ certificate: String, from customer: Customer.ID,
        at tenant: TestTenant
    ) async throws -> Adjustment {
        try await tenant.acts.adjust(
            NewAdjustment(
                .withholding, of: tenant.money(minor), on: tenant.today - 3, by: "ReteFuente", reference: certificate,
                settling: charge), of: customer, of: tenant.tenant, by: tenant.somebody(.paymentsWithhold),
            in: tenant.database)
    }

    @Test func `what was given back of a payment that a bank takes back is owed`() async throws {
        try await withTills { norte, _ in
            let (beto, eva) = (try await norte.makeCustomer(), try await norte.makeCustomer("Eva"))
            let teller = norte.somebody(.paymentsRefund, .paymentsApply)
            let paid = try await norte.take(norte.new(100_000, from: beto))
            _ = try await Self.refund(40_000, to: beto, at: norte, by: teller)
            _ = try await norte.acts.chargeBack(
                paid.id, of: norte.tenant, because: "Contracargo", by: norte.owner, in: norte.database)
            #expect(try await norte.balance(of: beto) == 40_000)
            // The same where it was false, and a part of it had settled something.
            try await norte.charge(30_000, to: eva)
            let forged = try await norte.take(norte.new(100_000, from: eva))
            _ = try await Self.refund(70_000, to: eva, at: norte, by: teller)
            _ = try await norte.acts.reverse(
                forged.id, of: norte.tenant, because: "Falso", isFalse: true, by: norte.owner, in: norte.database)
            #expect(try await norte.balance(of: eva) == 100_000)
            #expect(try await norte.proves())
        }
    }

    @Test func `what is in favour goes back once, never more of it, and a reversal brings it in favour again`()
        async throws
    {
        try await withTills { norte, sur in
            let beto = try await norte.makeCustomer()
            _ = try await norte.take(norte.new(50_000, from: beto))
            let teller = norte.somebody(.paymentsRefund, .paymentsApply)
            await #expect(throws: PaymentRefusal.moreThanInFavour) {
                _ = try await Self.refund(50_001, to: beto, at: norte, by: teller)
            }
            let given = try await Self.refund(20_000, to: beto, at: norte, by: teller)
            #expect(given.state == .applied && given.number == 1)
            #expect(try await norte.balance(of: beto) == -30_000)
            let statement = try await norte.database.statement(
                of: beto, in: norte.tenant.currency, from: norte.today - 1, to: norte.today, asOf: norte.now)
            #expect(statement.lines.contains { $0.kind == .refund && $0.change.minor == 20_000 })
            let reversed = try await norte.acts.reverse(
                given.id, because: "No lo recogió", of: norte.tenant, by: norte.owner, in: norte.database)
            #expect(reversed.state == .reversed)
            #expect(try await norte.balance(of: beto) == -50_000)
            await #expect(throws: PaymentRefusal.decided) {
                _ = try await norte.acts.reverse(
                    given.id, because: "Otra vez", of: norte.tenant, by: norte.owner, in: norte.database)
            }
            #expect(try await norte.proves())
            #expect(try await sur.database.adjustment(given.id) == nil)
            #expect(try await norte.database.events(limit: 10).map(\.kind).contains("refund.applied"))
        }
    }

    @Test func `whoever may not pay out alone waits for another, who finds no more there than is left`() async throws {
        try await withTills { norte, _ in
            let beto = try await norte.makeCustomer()
            _ = try await norte.take(norte.new(50_000, from: beto))
            let clerk = norte.somebody(.paymentsRefund)
            let first = try await Self.refund(30_000, to: beto, at: norte, by: clerk)
            let second = try await Self.refund(30_000, to: beto, at: norte, by: clerk)
            #expect(first.state == .pending && second.state == .pending)
            #expect(try await norte.balance(of: beto) == -50_000)
            _ = try await norte.acts.approve(first.id, of: norte.tenant, by: norte.owner, in: norte.database)
            await #expect(throws: PaymentRefusal.moreThanInFavour) {
                _ = try await norte.acts.approve(second.id, of: norte.tenant, by: norte.owner, in: norte.database)
            }
            let rejected = try await norte.acts.reject(
                second.id, because: "Ya se devolvió", by: norte.owner, in: norte.database)
            #expect(rejected.state == .rejected && rejected.reason == "Ya se devolvió")
            #expect(try await norte.balance(of: beto) == -20_000)
            #expect(try await norte.proves())
        }
    }

    @Test func `a certificate settles a part of an invoice, once for each payer`() async throws {
        try await withTills { norte, _ in
            let (beto, caro) = (try await norte.makeCustomer(), try await norte.makeCustomer("Caro"))
            let charge = try await norte.charge(116_000, to: beto)
            let other = try await norte.charge(1000, to: caro)
            await #expect(throws: PaymentRefusal.moreThanCharged) {
                _ = try await Self.withhold(116_001, of: charge, "C-1", from: beto, at: norte)
            }
            await #expect(throws: PaymentRefusal.unknownCharge) {
                _ = try await Self.withhold(100, of: other, "C-1", from: beto, at: norte)
            }
            let first = try await Self.withhold(16_000, of: charge, "C-1", from: beto, at: norte)
            #expect(first.state == .applied && first.reference == "C1")
            #expect(try await norte.balance(of: beto) == 100_000)
            await #expect(throws: PaymentRefusal.certificateTaken) {
                _ = try await Self.withhold(100, of: charge, "c 1", from: beto, at: norte)
            }
            _ = try await Self.withhold(100, of: other, "C-1", from: caro, at: norte)
            // What is left is what is still paid, and reconnects: collection looks again.
            _ = try await norte.take(norte.new(100_000, from: beto))
            #expect(try await norte.balance(of: beto) == 0)
            #expect(
                try await norte.database.balance(
                    of: .withholding("ReteFuente"), in: norte.tenant.currency, on: norte.today
                ).minor == 16_100)
            _ = try await norte.acts.reverse(
                first.id, because: "Certificado falso", of: norte.tenant, by: norte.owner, in: norte.database)
            #expect(try await norte.balance(of: beto) == 16_000)
            _ = try await Self.withhold(16_000, of: charge, "C-1", from: beto, at: norte)
            #expect(try await norte.proves())
        }
    }

    @Test func `a chargeback opens the debt again, is not a reversal on the statement, and collection is told`()
        async throws
    {
        try await withTills { norte, _ in
            let beto = try await norte.makeCustomer()
            try await norte.charge(30_000, to: beto)
            let paid = try await norte.take(norte.new(30_000, from: beto, by: "card"))
            #expect(try await norte.balance(of: beto) == 0)
            let jobs = try norte.site.test.superuser()
            try jobs.execute("DELETE FROM jobs")
            let back = try await norte.acts.chargeBack(
                paid.id, of: norte.tenant, because: "Lo desconoce el titular", by: norte.owner, in: norte.database)
            #expect(back.state == .chargedBack)
            #expect(try await norte.balance(of: beto) == 30_000)
            #expect(
                try await norte.database.openCharges(of: beto, in: norte.tenant.currency).map(\.open.minor) == [30_000])
            #expect(
                try await norte.database.balance(of: .money("card"), in: norte.tenant.currency, on: norte.today).isZero)
            let statement = try await norte.database.statement(
                of: beto, in: norte.tenant.currency, from: norte.today - 1, to: norte.today, asOf: norte.now)
            #expect(statement.lines.contains { $0.kind == .chargeback })
            #expect(!statement.lines.contains { $0.kind == .payment && $0.isReversed })
            #expect(try jobs.column("SELECT kind FROM jobs") == [LookAtCustomer.kind])
            await #expect(throws: PaymentRefusal.decided) {
                _ = try await norte.acts.reverse(
                    paid.id, of: norte.tenant, because: "Otra vez", by: norte.owner, in: norte.database)
            }
            #expect(try await norte.proves())
        }
    }

    @Test func `the forms are asked, refused beside their fields and done once`() async throws {
        try await withTills { norte, sur in
            let beto = try await norte.makeCustomer()
            _ = try await norte.take(norte.new(50_000, from: beto))
            let everything: [Permission] = [
                .paymentsView, .paymentsRefund, .paymentsWithhold, .paymentsApply, .paymentsApprove, .paymentsReverse,
            ]
            func person(_ tenant: TestTenant) async throws -> Person {
                try await Person(tenant, everything) { routes, randomness in
                    AdjustmentRoutes(PaymentActs(randomness: randomness), files: .tests).add(to: &routes)
                }
            }
            let ana = try await person(norte)
            let form = try await ana.see("/panel/customers/\(beto)/refunds/new")
            #expect(form.status == .ok && form.text.contains(#"value="$500.00""#))
            let refused = try await ana.send(
                "/panel/customers/\(beto)/refunds", "amount=600&method=cash&day=\(norte.today.iso)")
            #expect(refused.status == .conflict && refused.text.contains("tiene menos saldo a favor"))
            let sent = "amount=100&method=cash&day=\(norte.today.iso)&form=\(form.hidden("form") ?? "")"
            let done = try await ana.send("/panel/customers/\(beto)/refunds", sent)
            #expect(done.status == .seeOther)
            #expect(try await ana.send("/panel/customers/\(beto)/refunds", sent).place == done.place)
            #expect(try await norte.balance(of: beto) == -40_000)
            let page = try await ana.see(done.place ?? "")
            #expect(page.text.contains("Devolución 1") && page.text.contains("$100.00"))
            #expect(try await ana.see("/panel/adjustments").text.contains("$100.00"))
            #expect(try await ana.send("\(done.place ?? "")/reverse", "reason=").status == .unprocessableContent)
            #expect(try await ana.send("\(done.place ?? "")/reverse", "reason=Error").status == .seeOther)
            #expect(try await norte.balance(of: beto) == -50_000)
            let stranger = try await person(sur)
            #expect(try await stranger.see(done.place ?? "").status == .notFound)
            #expect(
                try await stranger.send(
                    "/panel/customers/\(beto)/refunds", "amount=1&method=cash&day=\(norte.today.iso)"
                ).status
                    == .notFound)
        }
    }

    @Test func `every word is there in every language`() {
        #expect(AdjustmentWords.problems + AdjustmentAPIWords.problems == [])
        #expect(Adjustment.Kind.problems + Adjustment.State.problems == [])
    }
}
