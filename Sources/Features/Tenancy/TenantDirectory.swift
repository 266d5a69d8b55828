import Loop
import Postgres
import Synchronization

/// Which tenant answers to which host name. Read by every request, so it is a copy in memory, made anew when
/// PostgreSQL says that tenants changed.
package final class TenantDirectory: Sendable {
    private struct Snapshot {
        var byHost: [String: Tenant] = [:]
        var byID: [Tenant.ID: Tenant] = [:]
    }

    /// Tenants are found at `<slug>.<base>`.
    package let base: String
    /// Where the platform's console answers.
    package let consoleHost: String
    private let snapshot = Mutex(Snapshot())

    package init(base: String, consoleHost: String? = nil) {
        self.base = base
        self.consoleHost = consoleHost ?? "\(Tenant.platformSlug).\(base)"
    }

    package func tenant(at host: String) -> Tenant? { snapshot.withLock { $0.byHost[host] } }

    package var tenants: [Tenant] {
        snapshot.withLock { $0.byID.values.filter { !$0.isPlatform }.sorted { $0.slug < $1.slug } }
    }

    /// Its own name under the base host, which it always has.
    package func host(of tenant: Tenant) -> String { "\(tenant.slug).\(base)" }

    /// Every name the tenant answers to.
    package func hosts(of tenant: Tenant) -> [String] {
        snapshot.withLock { $0.byHost.filter { $0.value.id == tenant.id }.keys.sorted() }
    }

    /// A tenant that is closed answers nowhere.
    package func read(from database: PlatformDatabase) async throws(DatabaseError) {
        var read = Snapshot()
        for tenant in try await database.tenants() where tenant.state != .closed {
            read.byID[tenant.id] = tenant
            read.byHost[host(of: tenant)] = tenant
        }
        for name in try await database.hostnames() { read.byHost[name.host] = read.byID[name.tenant] }
        let platform = try await database.superTenant()
        read.byID[platform.id] = platform
        read.byHost[consoleHost] = platform
        let complete = read
        snapshot.withLock { $0 = complete }
    }
}
