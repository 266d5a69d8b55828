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
