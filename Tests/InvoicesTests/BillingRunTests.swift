import Access
import Billing
import Declarations
import Events
import Identifiers
import Ledger
import Locale
import Plans
import Postgres
import Simulation
import Tenancy
import TenantSupport
import TestSupport
import Testing
import Time

@testable import Customers
@testable import Invoices
@testable import Services

@Suite struct BillingRunTests {
    @Test func `a customer whose account can hold no more is a fault, and everybody else is invoiced`() async throws {
        try await withBilling { norte, _ in
            try await norte.charge()
            let plans = try await norte.makePlans()
            let (full, beto) = (try await norte.makeCustomer("Lleno"), try await norte.makeCustomer("Beto"))
            for customer in [full, beto] {
                try await norte.sell(plans["Básico"], to: customer, on: "2026-05-01")
            }
            _ = try await norte.invoicing.issue(
                [.init(name: "Todo", price: norte.money(Money.most), isExempt: true)], to: full, in: nil, note: "",
                of: norte.tenant, by: norte.on(Day("2026-05-01")), in: norte.database)
            let preview = try await BillingPreview(of: norte.billing(on: Day("2026-05-01")), in: norte.database)
            let outcome = try await norte.run(on: "2026-05-01")
            #expect(outcome == preview.outcome)
            #expect(outcome.invoices == 1 && outcome.faults.count == 1)
            #expect(try await norte.balance(of: beto) == 30_000)
            #expect(try await norte.balance(of: full) == Money.most)
            #expect(try await norte.proves())
        }
    }

    @Test func `the lines of an invoice add up to its subtotal, to the cent`() throws {
        let thirds = ([333_333_334, 333_333_333, 333_333_333] as [Int64]).map { FineAmount(millionths: $0, .mxn) }
        let whole = Money(minor: 100_000, .mxn)
        #expect(thirds.shares(of: whole).map(\.minor) == [33_334, 33_333, 33_333])
        let chance = Randomness(seed: 9)
        for _ in 0..<2000 {
            let lines = (0..<Int(1 + chance.next() % 9)).map { _ in
                FineAmount(millionths: Int64(chance.next() % 900_000_000) - 100_000_000, .mxn)
            }
            let sum = lines.reduce(Int64(0)) { $0 + $1.millionths }
            let whole = Money(minor: (sum + (sum < 0 ? -5000 : 5000)) / 10_000, .mxn)
            #expect(lines.shares(of: whole).reduce(Int64(0)) { $0 + $1.minor } == whole.minor)
        }
    }

    @Test func `what is due is invoiced once, booked, and told`() async throws {
        try await withBilling { norte, sur in
            let plans = try await norte.makePlans()
            let (ana, beto) = (try await norte.makeCustomer("Ana"), try await norte.makeCustomer("Beto"))
            try await norte.sell(plans["Básico"], to: ana, on: "2026-05-01")
            try await norte.sell(plans["Residencial"], to: ana, on: "2026-05-01")
            try await norte.sell(plans["Básico"], to: beto, on: "2026-05-16", billingDay: 16)
            #expect(try await norte.database.billingSettings() == nil)
            try await norte.charge()
            let outcome = try await norte.run(on: "2026-05-01")
            #expect(outcome.invoices == 1 && outcome.total == norte.money(80_000), "\(outcome)")
            #expect(try await norte.run(on: "2026-05-01").isEmpty)
            #expect(try await norte.run(on: "2026-05-16").total == norte.money(30_000))
            let invoices = try await norte.invoices(on: "2026-05-16")
            #expect(invoices.map(\.folio) == ["F-000001", "F-000002"])
            #expect(invoices.map(\.state) == [.overdue, .pending])
            #expect(invoices[0].net == norte.money(68_966) && invoices[0].tax == norte.money(11_034))
            #expect(invoices[0].dueOn == Day("2026-05-07"))
            #expect(try await norte.balance(of: ana) == 80_000)
            #expect(try await norte.faults() == [])
            let events = try await norte.database.events(before: .max, limit: 100)
            #expect(events.filter { $0.kind == "invoice.issued" }.count == 2)
            #expect(try await sur.invoices(on: "2026-05-16").isEmpty)
        }
    }

    @Test func `who has more services gets one invoice for each, where the company wants it so`() async throws {
        try await withBilling { norte, _ in
            let plans = try await norte.makePlans()
            let ana = try await norte.makeCustomer("Ana")
            for _ in 0..<3 { try await norte.sell(plans["Básico"], to: ana, on: "2026-05-01") }
            try await norte.charge { $0.grouping = .service }
            #expect(try await norte.run(on: "2026-05-01").invoices == 3)
            #expect(try await norte.faults() == [])
        }
    }

    @Test func `each fiscal profile has its invoice, with the tax of its place`() async throws {
        try await withBilling { norte, _ in
            let plans = try await norte.makePlans("Social,100,in_advance,2M,1M,exempt\n")
            let ana = try await norte.makeCustomer("Ana")
            var border = FiscalProfile(
                id: norte.newID(), customer: ana, legalName: "ANA FRONTERA", taxID: "XAXX010101000")
            (border.tax, border.taxRate) = (.own, 800)
            _ = try await border.add(in: norte.tenant.region, by: norte.commandLine, in: norte.database)
            try await norte.sell(plans["Básico"], to: ana, on: "2026-05-01")
            try await norte.sell(plans["Social"], to: ana, on: "2026-05-01")
            try await norte.sell(plans["Residencial"], to: ana, on: "2026-05-01", profile: border.id)
            try await norte.charge()
            #expect(try await norte.run(on: "2026-05-01").invoices == 2)
            let invoices = try await norte.invoices(on: "2026-05-01")
            let common = try #require(invoices.first { $0.receiver.profile == nil })
            #expect(common.total == norte.money(40_000) && common.receiver.name == "Ana")
            #expect(common.taxes.map { $0.amount.minor } == [4138] && common.net == norte.money(35_862))
            let own = try #require(invoices.first { $0.receiver.profile == border.id })
            #expect(own.receiver.name == "ANA FRONTERA" && own.receiver.taxID == "XAXX010101000")
            #expect(own.taxes.map(\.tax.rate) == [Percentage(8)] && own.tax == norte.money(3704))
            let lines = try await norte.database.lines(of: own.id)
            #expect(lines.map(\.net.text) == ["462.962963"] && lines.map(\.tax.text) == ["37.037037"])
            #expect(try await norte.faults() == [])
        }
    }

    @Test func `who is charged and owes is in debt at once, and nobody else is`() async throws {
        try await withBilling { norte, _ in
            let plans = try await norte.makePlans()
            let (ana, beto) = (try await norte.makeCustomer("Ana"), try await norte.makeCustomer("Beto"))
            try await norte.sell(plans["Básico"], to: ana, on: "2026-05-01")
            try await norte.sell(plans["Básico"], to: beto, on: "2026-05-20", billingDay: 20)
            try await norte.charge()
            try await norte.run(on: "2026-05-01")
            #expect(try await norte.database.customer(ana)?.state == .inDebt)
            #expect(try await norte.database.customer(beto)?.state == .active)
            _ = try await norte.invoicing.issue(
                [.init(name: "Visita", price: norte.money(20_000))], to: beto, in: nil, note: "", of: norte.tenant,
                by: norte.on(Day("2026-05-02")), in: norte.database)
            #expect(try await norte.database.customer(beto)?.state == .inDebt)
        }
    }

    @Test func `what was paid in advance pays the next invoice by itself`() async throws {
        try await withBilling { norte, _ in
            let plans = try await norte.makePlans()
            let ana = try await norte.makeCustomer("Ana")
            try await norte.sell(plans["Básico"], to: ana, on: "2026-05-01")
            try await norte.charge()
            try await norte.pay(70_000, by: ana, on: "2026-04-20")
            try await norte.run(on: "2026-05-01")
            #expect(try await norte.invoices(on: "2026-05-01").map(\.state) == [.paid])
            try await norte.run(on: "2026-06-01")
            try await norte.run(on: "2026-07-01")
            let states = try await norte.invoices(on: "2026-07-02").map(\.state)
            #expect(states == [.paid, .paid, .partial])
            #expect(try await norte.balance(of: ana) == 20_000)
            #expect(try await norte.faults() == [])
        }
    }

    @Test func `a cancelled service is credited at once, and a credit waits for the next invoice`() async throws {
        try await withBilling { norte, _ in
            let plans = try await norte.makePlans()
            let ana = try await norte.makeCustomer("Ana")
            let stays = try await norte.sell(plans["Básico"], to: ana, on: "2026-05-01")
            let goes = try await norte.sell(plans["Residencial"], to: ana, on: "2026-05-01")
            try await norte.charge()
            try await norte.run(on: "2026-05-01")
            try await norte.happens(Cancellation(day: Day("2026-05-16"), reason: .moved), to: goes, on: "2026-05-16")
            #expect(try await norte.run(on: "2026-05-16").creditNotes == 1)
            let note = try #require(try await norte.invoices(on: "2026-05-16").last)
            #expect(note.kind == .creditNote && note.folio == "NC-000001" && note.total == norte.money(25_806))
            try await norte.database.execute(
                """
                INSERT INTO service_credits (tenant_id, credit_id, service_id, name, amount, currency, author, made_at)
                VALUES (\(norte.database.tenant), \(UUID(high: 9, low: 9)), \(stays), 'Falla del 12', 5000, 'MXN', 'x', now())
                """)
            try await norte.run(on: "2026-06-01")
            try await norte.run(on: "2026-07-01")
            let totals = try await norte.invoices(on: "2026-07-01").filter { $0.kind == .invoice }.map(\.total.minor)
            #expect(totals == [80_000, 25_000, 30_000])
            #expect(try await norte.faults() == [])
        }
    }

    @Test func `fifty runs at once make each invoice once, and no number is missing`() async throws {
        try await withBilling { norte, _ in
            let plans = try await norte.makePlans()
            for number in 1...30 {
                let customer = try await norte.makeCustomer("Cliente \(number)")
                try await norte.sell(plans["Básico"], to: customer, on: "2026-05-01")
            }
            try await norte.charge()
            let run = try await norte.billing(on: Day("2026-05-01"), batch: 7)
            let sum = try await withThrowingTaskGroup(of: Int.self) { group in
                for _ in 0..<50 {
                    group.addTask {
                        try await run.run(by: .commandLine, at: norte.now, in: norte.database).invoices
                    }
                }
                return try await group.reduce(0, +)
            }
            #expect(sum == 30)
            #expect(try await norte.invoices(on: "2026-05-01").count == 30)
            #expect(try await norte.faults() == [])
        }
    }

    @Test func `a run that is cut off anywhere leaves whole batches, and the next one goes on`() async throws {
        try await withBilling { norte, _ in
            let plans = try await norte.makePlans()
            for number in 1...6 {
                let customer = try await norte.makeCustomer("Cliente \(number)")
                try await norte.sell(plans["Básico"], to: customer, on: "2026-01-31", billingDay: 31)
            }
            try await norte.charge()
            var day = Day("2026-01-31")
            for number in 1...12 {
                // Each month is cut off at another statement.
                let points = KillPoints(at: 2 * number + 1)
                let cut = norte.database.interrupted { () throws(DatabaseError) in
                    do { try points.pass("statement") } catch { throw DatabaseError.refused("killed") }
                }
                await #expect(throws: DatabaseError.self) { try await norte.run(on: day.iso, batch: 2, in: cut) }
                #expect(try await norte.faults() == [], "after a cut on \(day.iso)")
                try await norte.run(on: day.iso, batch: 2)
                #expect(try await norte.invoices(on: day.iso).count == 6 * number)
                day = Day("2026-01-31").adding(months: number, anchor: 31)
            }
            #expect(try await norte.faults() == [])
        }
    }

    @Test func `the preview is what is issued, whatever happened in between`() async throws {
        try await withBilling { norte, _ in
            let plans = try await norte.makePlans("Vencido,450,in_arrears,5M,2M,company\n")
            let randomness = Randomness(seed: 5)
            func below(_ bound: Int) -> Int { Int(randomness.next() % UInt64(bound)) }
            var services: [Service.ID] = []
            for number in 0..<12 {
                let customer = try await norte.makeCustomer("Cliente \(number)")
                for _ in 0...below(2) {
                    services.append(
                        try await norte.sell(
                            Array(plans.values.sorted())[below(plans.count)], to: customer,
                            on: (Day("2026-01-05") + below(40)).iso, billingDay: 1 + below(31)))
                }
            }
            try await norte.charge { $0.cutShare = .half }
            var issued = 0
            for day in Day("2026-02-14")...Day("2026-05-20") {
                if below(3) == 0 {
                    let (service, iso) = (services[below(services.count)], day.iso)
                    // What cannot happen to a service is refused, and nothing happens.
                    switch below(5) {
                    case 0:
                        _ = try? await norte.happens(
                            PlanChange(plan: Array(plans.values.sorted())[below(plans.count)], day: day), to: service,
                            on: iso)
                    case 1: _ = try? await norte.happens(Cut(reason: .unpaid), to: service, on: iso)
                    case 2: _ = try? await norte.happens(Reconnection(), to: service, on: iso)
                    case 3: _ = try? await norte.happens(Freeze(day: day, toDay: day + below(20)), to: service, on: iso)
                    default:
                        _ = try? await norte.happens(
                            ServiceCharge(kind: .oneOff, name: "Visita", amount: norte.money(20_000), day: day),
                            to: service, on: iso)
                    }
                }
                let run = try await norte.billing(on: day)
                let preview = try await BillingPreview(of: run, in: norte.database)
                let outcome = try await run.run(by: .commandLine, at: norte.on(day).now, in: norte.database)
                #expect(preview.outcome == outcome, "\(day.iso)")
                let all = try await norte.invoices(on: day.iso)
                let drafts = preview.shown.flatMap(\.invoices)
                #expect(drafts.map(\.totals.total) == all.dropFirst(issued).map(\.total), "\(day.iso)")
                issued = all.count
            }
            #expect(issued > 40)
            #expect(try await norte.faults() == [])
        }
    }

    @Test func `an amount beyond all bounds is told, and the others are invoiced`() async throws {
        try await withBilling { norte, _ in
            let plans = try await norte.makePlans()
            let (ana, beto) = (try await norte.makeCustomer("Ana"), try await norte.makeCustomer("Beto"))
            let bad = try await norte.sell(plans["Básico"], to: ana, on: "2026-05-01")
            try await norte.sell(plans["Básico"], to: beto, on: "2026-05-01")
            for number in 1...3 {
                try await norte.happens(
                    ServiceCharge(name: "Enorme \(number)", amount: norte.money(Money.most), day: Day("2026-05-01")),
                    to: bad, on: "2026-05-01")
            }
            try await norte.charge()
            let outcome = try await norte.run(on: "2026-05-01")
            #expect(outcome.invoices == 1 && outcome.faults == [1], "\(outcome)")
            #expect(try await norte.balance(of: ana) == 0)
            #expect(try await norte.faults() == [])
        }
    }

    @Test func `the policy's first day stays once something is charged by it`() async throws {
        try await withBilling { norte, _ in
            let plans = try await norte.makePlans()
            let ana = try await norte.makeCustomer("Ana")
            try await norte.sell(plans["Básico"], to: ana, on: "2026-03-10")
            try await norte.charge(from: "2026-05-01")
            // March and April were charged elsewhere.
            #expect(try await norte.run(on: "2026-04-01").isEmpty)
            #expect(try await norte.run(on: "2026-05-01").total == norte.money(30_000))
            await #expect(throws: InvoiceRefusal.firstDayStays) { try await norte.charge(from: "2026-04-01") }
            await #expect(throws: InvoiceRefusal.seriesWrong) {
                try await norte.charge(from: "2026-05-01") { $0.series = "f 1" }
            }
            try await norte.charge(from: "2026-05-01") { $0.dueDays = 10 }
            try await norte.run(on: "2026-06-01")
            #expect(try await norte.invoices(on: "2026-06-01").last?.dueOn == Day("2026-06-11"))
        }
    }
}
