import Postgres
import TenantSupport
import TestSupport
import Testing

@testable import Tenancy

@Suite struct TenantDirectoryTests {
    @Test func `only what changed is read, whoever was still writing at the last look`() async throws {
        try await withTenants { norte, sur in
            let (platform, owner) = (norte.site.test.database.platform, try norte.site.test.superuser())
            let everything = try await platform.tenantChanges(since: nil)
            #expect(everything.tenants.count == 3)
            try owner.execute("BEGIN; UPDATE tenants SET name = 'Norte nuevo' WHERE slug = 'norte'")
            try norte.site.test.superuser().execute("UPDATE tenants SET name = 'Sur nuevo' WHERE slug = 'sur'")

            let first = try await platform.tenantChanges(since: everything.seen)
            #expect(first.tenants.contains { $0.name == "Sur nuevo" })
            #expect(!first.tenants.contains { $0.name == "Norte nuevo" })
            try owner.execute("COMMIT")
            var last = try await platform.tenantChanges(since: first.seen)
            #expect(last.tenants.contains { $0.name == "Norte nuevo" })
            // As long as anybody on this server writes, what they could have written counts as new.
            let end = ContinuousClock.now + .seconds(20)
            while !last.tenants.isEmpty, ContinuousClock.now < end {
                last = try await platform.tenantChanges(since: last.seen)
                try await Task.sleep(for: .milliseconds(5))
            }
            #expect(last.tenants.isEmpty)
            #expect(sur.present?.name == "Sur Fibra")
        }
    }

    @Test func `of twenty who read while names change, none puts an older name back`() async throws {
        try await withTenants { norte, sur in
            let (directory, platform) = (norte.site.directory, norte.site.test.database.platform)
            let owner = try norte.site.test.superuser()
            for round in 1...20 {
                try owner.execute("UPDATE tenants SET name = 'Ronda \(round)' WHERE slug = 'norte'")
                try await withThrowingTaskGroup(of: Void.self) { group in
                    for _ in 0..<20 { group.addTask { try await directory.read(from: platform) } }
                    try await group.waitForAll()
                }
                #expect(norte.present?.name == "Ronda \(round)")
                #expect(sur.present == sur.tenant)
            }
        }
    }

    @Test func `a company that is closed answers nowhere, and one with another name under that alone`() async throws {
        try await withTenants { norte, sur in
            try await norte.set("slug = 'polo'")
            #expect(norte.present == nil && norte.site.tenant(at: "polo.test")?.tenant.id == norte.tenant.id)
            #expect(norte.site.directory.hosts(of: norte.tenant) == ["polo.test"])
            try await sur.set("state = 'closed', state_reason = 'Fin'")
            #expect(sur.present == nil && norte.site.directory.tenants.map(\.slug) == ["polo"])
        }
    }
}
