import Access
import Customers
import HTTP
import Identity
import Postgres
import Tenancy
import TenantSupport
import TestSupport
import Testing

@testable import Platform

/// What the platform does to a company stands in both records or did not happen.
@Suite struct TwoRecordsTests {
    private static let acts = [
        ("suspend", "why=Falta+el+pago"),
        ("plan", "plan=Crece&customers=9&staff=&routers=&price=&price_currency=USD&cycle=monthly&trial_ends="),
        ("enter", PlatformFixture.wish),
    ]

    @Test(arguments: acts)
    func `an act that cannot be written in the platform's record is in neither`(act: String, form: String) async throws
    {
        try await withTenants { norte, _ in
            let fixture = try await PlatformFixture(norte)
            let petra = try await fixture.platform.signInAdmin()
            let before = (try await norte.record(), try await fixture.platform.record())
            try norte.refuseEvents(of: fixture.platform)
            let answer = try await fixture.post("/platform/tenants/\(norte.tenant.id)/\(act)", form, as: petra)
            #expect(answer.status == .internalServerError)
            try await norte.readAnew()
            #expect(norte.present == norte.tenant)
            #expect(try await norte.database.impersonations().isEmpty)
            #expect(try await fixture.platform.database.platformVisits().isEmpty)
            #expect(try await norte.record() == before.0)
            #expect(try await fixture.platform.record() == before.1)

            try norte.allowEvents()
            let again = try await fixture.post("/platform/tenants/\(norte.tenant.id)/\(act)", form, as: petra)
            #expect(again.status == .seeOther || again.status == .ok)
            #expect(try await norte.record().count == before.0.count + 1)
            #expect(try await fixture.platform.record().count == before.1.count + 1)
        }
    }

    @Test(arguments: ["end", "leave", "permission", "disable"])
    func `a visit ends in both records or goes on`(way: String) async throws {
        try await withTenants { norte, _ in
            let fixture = try await PlatformFixture(norte)
            let petra = try await fixture.platform.signInAdmin()
            let quim = try await fixture.platform.signInAdmin(named: "Quim")
            let olga = try await norte.signIn(norte.everything, as: "Olga")
            let guest = try await fixture.enter(norte, as: petra)
            let id = try #require(try await norte.database.impersonations().first?.id)
            let member = try #require(try await fixture.platform.database.staff().first { $0.name == "Petra" })
            func end() async throws -> Status {
                switch way {
                case "end": try await fixture.post(at: norte, "/panel/visits/\(id)/end", as: olga).status
                case "leave": try await fixture.post(at: norte, "/panel/leave-visit", as: guest).status
                case "permission":
                    try await fixture.post(at: norte, "/panel/visits/permission", "allow=no", as: olga).status
                default: try await fixture.post("/platform/admins/\(member.id)/disable", as: quim).status
                }
            }
            let before = try await norte.record()
            try norte.refuseEvents(of: fixture.platform)
            #expect(try await end() == .internalServerError)
            #expect(try await fixture.get(at: norte, "/panel/customers", as: guest).status == .ok)
            #expect(try await fixture.get("/platform/tenants", as: petra).status == .ok)
            #expect(try await norte.record() == before)
            #expect(try await norte.database.allowsImpersonation())

            try norte.allowEvents()
            #expect(try await end() != .internalServerError)
            #expect(try await fixture.get(at: norte, "/panel/customers", as: guest).status == .unauthorized)
            #expect(try await norte.record().contains { $0.hasPrefix("impersonation.ended") })
            #expect(try await fixture.platform.record().contains { $0.hasPrefix("impersonation.ended") })
        }
    }

    /// Each waits for the other's companies, and none for one who waits for it.
    @Test func `acts of several people on several companies follow one another`() async throws {
        try await withTenants { norte, sur in
            let fixture = try await PlatformFixture(norte)
            let petra = try await fixture.platform.signInAdmin()
            let quim = try await fixture.platform.signInAdmin(named: "Quim")
            let statuses = try await withThrowingTaskGroup(of: Status.self) { group in
                for number in 0..<24 {
                    let tenant = number % 2 == 0 ? norte : sur
                    let path = "/platform/tenants/\(tenant.tenant.id)"
                    group.addTask {
                        if number % 3 == 0 {
                            return try await fixture.post("\(path)/enter", PlatformFixture.wish, as: petra).status
                        }
                        let form =
                            "plan=Plan+\(number)&customers=\(number)&staff=&routers=&price=&price_currency=USD&cycle=monthly"
                        return try await fixture.post("\(path)/plan", form, as: quim).status
                    }
                }
                return try await group.reduce(into: []) { $0.append($1) }
            }
            #expect(statuses.count == 24 && statuses.allSatisfy { $0 == .ok || $0 == .seeOther })
            let plans = try await fixture.platform.record().filter { $0.hasPrefix("platform.plan_changed") }
            #expect(plans.count == 16)
        }
    }
}

extension TestTenant {
    fileprivate func refuseEvents(of other: TestTenant) throws {
        try site.test.superuser().execute(
            "ALTER TABLE unsealed_events ADD CONSTRAINT refused CHECK (tenant_id <> '\(other.tenant.id)') NOT VALID")
    }

    fileprivate func allowEvents() throws {
        try site.test.superuser().execute("ALTER TABLE unsealed_events DROP CONSTRAINT refused")
    }
}
