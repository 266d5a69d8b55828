import Access
import Declarations
import Events
import HTTP
import Identifiers
import Jobs
import Locale
import Panel
import Postgres
import ShellSupport
import Simulation
import Tenancy
import TenantSupport
import TestSupport
import Testing
import Time

@testable import Customers
@testable import Invoices
@testable import Services

/// Runs of invoices that somebody asked for.
@Suite struct AskedBillingTests {
    private static func ask(_ norte: TestTenant) async throws -> AskedBilling {
        try await AskedBilling.ask(
            of: norte.tenant, by: norte.commandLine, from: norte.randomness, in: norte.database)
    }

    private static func sold(to names: [String], at norte: TestTenant) async throws {
        let plans = try await norte.makePlans()
        try await norte.charge(from: norte.today.month.first.iso)
        for name in names {
            try await norte.sell(plans["Básico"], to: try await norte.makeCustomer(name), on: norte.today.iso)
        }
    }

    @Test func `a run that is asked for waits in the queue, issues once, and tells what it came to`() async throws {
        try await withBilling { norte, sur in
            try await Self.sold(to: ["Ana", "Beto", "Caro"], at: norte)
            let jobs = try norte.site.test.superuser()
            try jobs.execute("DELETE FROM jobs")
            let asked = try await Self.ask(norte)
            #expect(asked.state == .queued && asked.outcome.invoices == 0)
            #expect(try jobs.column("SELECT kind FROM jobs") == [GoOnBilling.kind])
            await #expect(throws: InvoiceRefusal.runUnderWay) { _ = try await Self.ask(norte) }
            #expect(try await norte.invoices(on: norte.today.iso).isEmpty)
            for _ in 0..<2 { try await norte.goOnBilling() }
            let done = try #require(try await norte.database.askedBilling(asked.id))
            #expect(done.state == .done && done.outcome.invoices == 3 && done.outcome.customers == 3)
            let invoices = try await norte.invoices(on: norte.today.iso)
            #expect(invoices.count == 3)
            #expect(done.outcome.total.minor == invoices.reduce(0) { $0 + $1.total.minor })
            #expect(invoices.allSatisfy { $0.author == norte.commandLine.actor.name })
            #expect(try await norte.faults() == [])
            #expect(try await sur.database.askedBilling(asked.id) == nil)
        }
    }

    @Test func `what is prepared is a list that is searched, sorted and taken along, and is then issued as it is`()
        async throws
    {
        try await withBilling { norte, _ in
            try await Self.sold(to: ["Zoila", "Abelardo", "Beto"], at: norte)
            let ana = try await Person(norte, [.invoicesRun, .invoicesView]) { routes, randomness in
                BillingRoutes(randomness: randomness, files: .tests).add(to: &routes)
            }
            let asked = try await ana.send("/panel/billing/previews", "day=\(norte.today.iso)")
            let path = try #require(asked.place)
            #expect(try await ana.see(path).text.contains("Preparando"))
            #expect(try await ana.send("\(path)/issue").status == .conflict)
            try await norte.goOnBilling()
            #expect(try await norte.invoices(on: norte.today.iso).isEmpty)
            let list = try await ana.see("\(path)/customers?order=name").text
            let places = ["Abelardo", "Beto", "Zoila"].compactMap { list.firstRange(of: $0)?.lowerBound }
            #expect(places.count == 3 && places == places.sorted() && list.contains("Emitir todas"))
            let found = try await ana.see("\(path)/customers?q=Zoi").text
            #expect(found.contains("Zoila") && !found.contains("Beto"))
            let file = try await ana.download("\(path)/customers.csv").text
            #expect(file.contains("Zoila"))
            #expect(try await ana.see("\(path)/issue").text.contains("Se emiten 3 facturas"))
            #expect(try await ana.send("\(path)/issue").status == .seeOther)
            try await norte.goOnBilling()
            #expect(try await norte.invoices(on: norte.today.iso).count == 3)
            #expect(try await ana.see(path).text.contains("Emitida"))
            #expect(try await ana.send("\(path)/issue").status == .conflict)
        }
    }
}
