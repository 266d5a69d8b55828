import Access
import Assembly
import Declarations
import Events
import Identifiers
import Locale
import Postgres
import Tenancy
import TenantSupport
import TestSupport
import Testing
import Time

@testable import mastil

@Suite struct NewTenantTests {
    private struct Refused: Error {}

    @Test func `a company begins with its roles and its nightly work, or not at all`() async throws {
        try await withTenants(in: Rooms.declarations) { norte, _ in
            let database = norte.site.test.database
            var company = Company(name: "Fibra", language: .es, timeZone: try TimeZone.named("America/Lima"))
            company.courtesy = .vos
            let tenant = Tenant(
                id: .make(milliseconds: norte.now.milliseconds, from: norte.site.randomness), slug: "fibra",
                state: .active, trialEndsOn: nil, plan: PlatformPlan(), region: .peru, currency: .pen, company: company)
            await #expect(throws: Refused.self) {
                try await tenant.make(by: .commandLine, at: norte.now, in: database) { inside in
                    try await Rooms.list.furnish(
                        tenant, knowing: norte.site.catalogue, at: norte.now, from: norte.site.randomness, in: inside)
                    throw Refused()
                }
            }
            func left() throws -> [String] {
                try norte.site.test.superuser().column(
                    """
                    SELECT (SELECT count(*) FROM tenants t WHERE t.slug = 'fibra') || ' '
                        || (SELECT count(*) FROM roles WHERE tenant_id = '\(tenant.id)') || ' '
                        || (SELECT count(*) > 5 FROM job_schedules WHERE tenant_id = '\(tenant.id)')
                    """)
            }
            #expect(try left() == ["0 0 false"])
            try await tenant.make(by: .commandLine, at: norte.now, in: database) { inside in
                try await Rooms.list.furnish(
                    tenant, knowing: norte.site.catalogue, at: norte.now, from: norte.site.randomness, in: inside)
            }
            #expect(try left() == ["1 \(ReadyMadeRole.allCases.count) true"])
            #expect(try await database.platform.tenant(slug: "fibra") == tenant)
        }
    }
}
