import Access
import Events
import Identifiers
import Locale
import Postgres
import Tenancy
import TenantSupport
import Testing
import Time

@testable import Collection
@testable import Customers
@testable import Incidents
@testable import Invoices
@testable import Monitoring
@testable import Topology

/// What an outage means for the money of those it takes down.
@Suite struct OutageMoneyTests {
    @Test func `a tower of forty down on the day of warnings: nobody there is warned, and the next invoice credits it`()
        async throws
    {
        try await IncidentTests.withNetworks { norte, _ in
            var policy = OutagePolicy()
            (policy.alerted, policy.isCredited) = ("noc@example.com", true)
            try await policy.put(by: norte.commandLine, in: norte.database)
            norte.move(toDay: 28)
            try await BillingSettings(firstDay: norte.today).put(
                of: norte.tenant, by: norte.commandLine, in: norte.database)
            var collection = CollectionPolicy(in: norte.tenant.currency)
            collection.isOn = true
            try await collection.put(of: norte.tenant, by: norte.commandLine, in: norte.database)
            norte.move(toDay: 1)
            let (_, device) = try await norte.tower("Cerro", customers: 40)
            let stranger = try await norte.customers(1, on: nil)[0]
            #expect(try await norte.bill() == 41)
            norte.move(toDay: 7)
            func warned() async throws -> Set<Customer.ID> {
                Set(
                    try await norte.database.foresee(
                        norte.today, only: .warning, of: norte.tenant, at: norte.now, limit: 100
                    ).steps.map(\.decision.facts.customer))
            }
            #expect(try await warned().count == 41)
            var state = DeviceState()
            for _ in 1...3 {
                try await norte.poll(device, answered: false, &state)
                norte.site.clock.advance(by: .seconds(120))
            }
            #expect(try await warned() == [stranger])
            #expect(try await norte.count("incidents") == 1)
            #expect(try await norte.count("letters", "AND kind = 'incident'") == 1)
            #expect(try await norte.count("notices", "AND kind = 'outage'") == 40)
            #expect(try await norte.count("notices", "AND kind LIKE 'collection%'") == 0)
            // 300.00 × 120 ÷ 43,200 = 0.83
            norte.site.clock.advance(by: .seconds(7200 - 360))
            try await norte.poll(device, answered: true, &state)
            norte.move(toDay: 1)
            #expect(try await norte.bill() == 41)
            let made: [Invoice] = try await norte.database.rows(
                norte.database.invoices(on: norte.today, "AND i.issued_on = \(norte.today) ORDER BY i.sequence"))
            let totals = made.map(\.total.minor)
            #expect(totals.filter { $0 == 30_000 - 83 }.count == 40 && totals.filter { $0 == 30_000 }.count == 1)
        }
    }
}

extension TestTenant {
    /// To the next such day of a month.
    fileprivate func move(toDay day: Int) {
        repeat { site.clock.advance(by: .seconds(86_400)) } while today.dayOfMonth != day
    }

    /// The nightly run; returns how many invoices it made.
    fileprivate func bill() async throws -> Int {
        guard let settings = try await database.billingSettings() else { throw AccessRefusal.notFound }
        return try await BillingRun(of: tenant, by: settings, on: today, from: site.randomness)
            .run(by: .commandLine, at: now, in: database).invoices
    }
}
