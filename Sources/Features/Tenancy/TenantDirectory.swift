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
    private let snapshot = Mutex(Snapshot())

    package init(base: String) { self.base = base }

    package func tenant(at host: String) -> Tenant? { snapshot.withLock { $0.byHost[host] } }

    package var tenants: [Tenant] {
        snapshot.withLock { $0.byID.values.sorted { $0.slug < $1.slug } }
    }

    /// A tenant that is closed answers nowhere.
    package func read(from database: PlatformDatabase) async throws(DatabaseError) {
        var read = Snapshot()
        for tenant in try await database.tenants() where tenant.state != .closed {
            read.byID[tenant.id] = tenant
            read.byHost["\(tenant.slug).\(base)"] = tenant
        }
        for name in try await database.hostnames() { read.byHost[name.host] = read.byID[name.tenant] }
        let complete = read
        snapshot.withLock { $0 = complete }
    }
}
