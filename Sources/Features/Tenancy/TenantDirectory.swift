import Loop
import Postgres
import Synchronization

/// Which tenant answers to which host name. Read by every request, so it is a copy in memory, made anew when
/// PostgreSQL says that tenants changed.
package final class TenantDirectory: Sendable {
    private struct Snapshot {
        var byHost: [String: Tenant] = [:]
        var byID: [Tenant.ID: Tenant] = [:]
        /// Those of its own, the oldest first.
        var hosts: [Tenant.ID: [String]] = [:]
    }

    /// Tenants are found at `<slug>.<base>`.
    package let base: String
    /// Where the platform's console answers.
    package let consoleHost: String
    private let entrance: PublicEntrance
    private let snapshot = Mutex(Snapshot())

    package init(
        base: String, consoleHost: String? = nil, entrance: PublicEntrance = PublicEntrance(scheme: "http", port: nil)
    ) {
        self.base = base
        self.consoleHost = consoleHost ?? "\(Tenant.platformSlug).\(base)"
        self.entrance = entrance
    }

    /// Exactly the name: one with a dot behind it, or with anything else about it, is nobody's.
    package func tenant(at host: String) -> Tenant? { snapshot.withLock { $0.byHost[host] } }

    package var tenants: [Tenant] {
        snapshot.withLock { $0.byID.values.filter { !$0.isPlatform }.sorted { $0.slug < $1.slug } }
    }

    /// Its own name under the base host, which it always has.
    package func host(of tenant: Tenant) -> String { host(of: tenant.slug) }

    package func host(of slug: String) -> String { "\(slug).\(base)" }

    /// Every name the tenant answers to.
    package func hosts(of tenant: Tenant) -> [String] {
        snapshot.withLock { $0.byHost.filter { $0.value.id == tenant.id }.keys.sorted() }
    }

    /// Where a name that is known here is reached, for links: nothing of what a request says about itself is in it.
    package func address(at host: String) -> String { entrance.address(of: host) }

    /// Where the tenant itself would send people: its own name, where it has one.
    package func address(of tenant: Tenant) -> String {
        let own = snapshot.withLock { $0.hosts[tenant.id]?.first }
        return entrance.address(of: own ?? "\(tenant.slug).\(base)")
    }

    /// A tenant that is closed answers nowhere.
    package func read(from database: PlatformDatabase) async throws(DatabaseError) {
        var read = Snapshot()
        for tenant in try await database.tenants() where tenant.state != .closed {
            read.byID[tenant.id] = tenant
            read.byHost[host(of: tenant)] = tenant
        }
        let platform = try await database.superTenant()
        read.byID[platform.id] = platform
        read.byHost[consoleHost] = platform
        for name in try await database.hostnames() where read.byHost[name.host] == nil {
            read.byHost[name.host] = read.byID[name.tenant]
            if read.byID[name.tenant] != nil { read.hosts[name.tenant, default: []].append(name.host) }
        }
        let complete = read
        snapshot.withLock { $0 = complete }
    }
}

/// How the world reaches the installation, be it through a proxy or not.
package struct PublicEntrance: Sendable {
    private let scheme: String
    private let port: UInt16?

    package init(scheme: String, port: UInt16?) {
        self.scheme = scheme
        self.port = port
    }

    func address(of host: String) -> String {
        let isStandard = port == nil || port == (scheme == "https" ? 443 : 80)
        return "\(scheme)://\(host)" + (isStandard ? "" : ":\(port ?? 0)")
    }
}
