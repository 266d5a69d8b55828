import Access
import Declarations
import Identifiers
import Ledger
import Locale
import Nouns
import Postgres
import ShellSupport
import Tenancy
import TenantSupport
import TestSupport
import Testing
import Time

@testable import Customers
@testable import Plans
@testable import Reports
@testable import Services

/// Who came, who left and why, and what that is worth a month.
@Suite struct ChurnTests {
    @Test func `what there was and came, less what left, is what there is`() async throws {
        try await withReports { norte, sur in
            let plans = [try await norte.makePlan("Hogar", 30_000), try await norte.makePlan("Plus", 50_000)]
            let first = norte.today - 20
            // Two that stay, one of which gets the dearer plan, and two that leave, one of them within the period.
            let stays = try await norte.sell(plans[0], on: first - 10)
            _ = try await norte.sell(plans[0], on: first - 10)
            let leaves = try await norte.sell(plans[1], on: first - 10)
            let passes = try await norte.sell(plans[0], on: first + 1)
            _ = try await norte.sell(plans[1], on: first + 2)
            try await norte.happens(Cancellation(day: first + 5, reason: .price), to: leaves, on: first + 5)
            try await norte.happens(Cancellation(day: first + 6, reason: .moved), to: passes, on: first + 6)
            try await norte.happens(PlanChange(plan: plans[1], day: norte.today), to: stays, on: norte.today)
            let period = ReportPeriod(from: first, to: norte.today)
            let figures = try await Report.churn.read(period, norte.desk())
            func money(_ minor: Int64) -> ReportValue { .money(norte.money(minor)) }
            #expect(
                figures.tables[0].rows.map { Array($0.dropFirst()) } == [
                    [.count(3), money(110_000)], [.count(1), money(50_000)], [.count(1), money(-50_000)],
                    [.count(1), money(20_000)], [.count(0), money(0)],
                ])
            #expect(figures.tables[0].total?.dropFirst() == [.count(3), money(130_000)])
            #expect(figures.tables[1].rows == [[.text("Precio"), .count(1), money(50_000)]])
            let left = try await Report.churn.books[0].read(period, norte.desk(), nil).rows
            #expect(left.map { $0[5] } == [.text("Precio"), .text("Se mudó")])
            // The same, seen from the end.
            let after = try await Report.churn.read(
                ReportPeriod(from: norte.today + 1, to: norte.today + 2), norte.desk())
            #expect(after.tables[0].rows[0].dropFirst() == [.count(3), money(130_000)])
            let elsewhere = try await Report.churn.read(period, sur.desk())
            #expect(elsewhere.tables[0].rows.allSatisfy { $0[1] == .count(0) })
        }
    }
}

extension TestTenant {
    fileprivate func makePlan(_ name: String, _ price: Int64) async throws -> Plan.ID {
        var plan = Plan(id: newID(), in: tenant.currency)
        (plan.name, plan.price) = (name, money(price))
        (plan.download, plan.upload) = (Speed(kilobits: 10_000), Speed(kilobits: 5000))
        return try await plan.add(by: commandLine, in: database).id
    }

    /// On the morning of a day, as if it were today.
    private func on(_ day: Day) -> Principal {
        .commandLine(of: site.catalogue, at: day.start(in: tenant.timeZone) + .seconds(36_000))
    }

    fileprivate func sell(_ plan: Plan.ID, on day: Day) async throws -> Service.ID {
        let customer = Customer(id: newID(), name: "Beto", state: .active, since: Day(iso: "2026-01-01")!)
        _ = try await Customer.add([customer], distinct: true, to: tenant, by: commandLine, in: database)
        let principal = on(day)
        var service = Service.blank(of: customer, for: tenant, at: principal.now, from: site.randomness)
        service.plan = plan
        let sold = try await service.add(of: tenant, by: principal, in: database)
        _ = try await Activation(day: day).happen(to: sold.id, of: tenant, by: principal, in: database)
        return sold.id
    }

    fileprivate func happens(_ event: some ServiceEvent, to service: Service.ID, on day: Day) async throws {
        _ = try await event.happen(to: service, of: tenant, by: on(day), in: database)
    }
}
