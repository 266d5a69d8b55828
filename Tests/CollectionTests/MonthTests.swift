import Access
import Customers
import Events
import Identifiers
import Invoices
import Locale
import Postgres
import Services
import ShellSupport
import TenantSupport
import TestSupport
import Testing
import Time

@testable import Collection

/// Invoices and collection together, by the rules with which a company begins.
@Suite struct MonthTests {
    @Test func `what is invoiced on the 1st is warned of on the 7th and cut on the 8th of the same month`() async throws
    {
        try await withCollectors { norte, sur in
            norte.move(to: "2026-11-30")
            try await norte.policy { $0.feeRule = .none }
            let settings = BillingSettings(firstDay: Day("2026-12-01"))
            try await settings.put(of: norte.tenant, by: norte.commandLine, in: norte.database)
            let (beto, line) = try await norte.makeCustomer()
            let (caro, carosLine) = try await norte.makeCustomer("Caro")
            for day in 1...31 {
                norte.move(to: "2026-12-\(day < 10 ? "0" : "")\(day)")
                try await BillingRun(of: norte.tenant, by: settings, on: norte.today, from: norte.site.randomness)
                    .run(by: .commandLine, at: norte.now, in: norte.database)
                if day == 5 { try await norte.pay(try await norte.balance(of: caro), by: caro) }
                try await norte.run()
            }
            #expect(
                try await norte.steps(of: beto) == [
                    "notice 2026-12-01", "reminder 2026-12-03", "warning 2026-12-07", "cut 2026-12-08",
                ])
            #expect(try await norte.state(of: line) == .cut)
            #expect(try await norte.steps(of: caro) == ["notice 2026-12-01", "reminder 2026-12-03"])
            #expect(try await norte.state(of: carosLine) == .active)
            #expect(try await sur.database.customer(beto) == nil)
        }
    }

    @Test func `the simulator reckons with the invoices that are still to be issued`() async throws {
        try await withCollectors { norte, sur in
            norte.move(to: "2026-11-30")
            try await norte.policy { $0.feeRule = .none }
            let settings = BillingSettings(firstDay: Day("2026-12-01"))
            try await settings.put(of: norte.tenant, by: norte.commandLine, in: norte.database)
            let (beto, line) = try await norte.makeCustomer()
            let (caro, _) = try await norte.makeCustomer("Caro")
            func foresee(_ day: String) async throws -> Foresight {
                try await norte.database.foresee(Day(day), of: norte.tenant, at: norte.now, limit: 10)
            }
            #expect(try await foresee("2026-11-30").invoices == nil)
            for (day, step) in [
                ("2026-12-01", Decision.Step.tell(.notice)), ("2026-12-03", .tell(.reminder)),
                ("2026-12-07", .tell(.warning)), ("2026-12-08", .cut(.unpaid)),
            ] {
                let foresight = try await foresee(day)
                #expect(Set(foresight.steps.map(\.decision.facts.customer)) == [beto, caro], "\(day)")
                #expect(foresight.steps.allSatisfy { $0.decision.steps == [step] }, "\(day)")
                #expect(foresight.invoices?.count == 2 && foresight.invoices?.total == norte.money(60_000), "\(day)")
            }
            #expect(try await foresee("2026-12-05").steps.isEmpty)
            // A month later they are two each, both on the days of their runs.
            let later = try #require(try await foresee("2027-01-20").invoices)
            #expect(later.count == 4 && later.items[beto]?.map(\.day.iso) == ["2026-12-01", "2027-01-01"])
            let ana = try await Person(norte, norte.everything) { routes, _ in SimulatorRoutes.add(to: &routes) }
            let page = try await ana.see("/panel/collection/simulator?day=2026-12-08").text
            #expect(page.contains("Cuenta las 2 facturas por emitir hasta ese día: $600.00") && page.contains("Caro"))
            // Who has money in favour for it owes nothing that day.
            try await norte.pay(30_000, by: caro)
            #expect(try await foresee("2026-12-08").steps.map(\.decision.facts.service) == [line])
            #expect(
                try await sur.database.foresee(Day("2026-12-08"), of: sur.tenant, at: sur.now, limit: 10).steps.isEmpty)
        }
    }

    @Test func `the policy's page shows the month by the days that the company's invoices have`() async throws {
        try await withCollectors { norte, _ in
            norte.move(to: "2026-12-02")
            try await norte.policy()
            let ana = try await Person(norte, norte.everything) { routes, _ in PolicyRoutes().add(to: &routes) }
            let page = try await ana.see("/panel/collection/policy").text
            #expect(page.contains("vence el 7 de diciembre de 2026") && page.contains("8 de diciembre de 2026"))
            var settings = BillingSettings(firstDay: Day("2026-12-01"))
            settings.dueDays = 10
            try await settings.put(of: norte.tenant, by: norte.commandLine, in: norte.database)
            // Due on the 11th, the day of the cut passes by: the page says so.
            let late = try await ana.see("/panel/collection/policy").text
            #expect(late.contains("vence el 11 de diciembre de 2026") && late.contains("no se corta ese mes"))
        }
    }
}
