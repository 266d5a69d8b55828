import Loop
import Postgres
import Synchronization

/// Maps host names to tenants. Read by every request, so it is a copy in memory, refreshed when PostgreSQL notifies of
/// changes.
package final class TenantDirectory: Sendable {
    private struct Snapshot {
        var byID: [Tenant.ID: Tenant] = [:]
        /// Subdomains of the base host, and tenants' own domains.
        var underBase: [String: Tenant.ID] = [:]
        var own: [String: Tenant.ID] = [:]
        /// Own domains, oldest first.
        var hosts: [Tenant.ID: [String]] = [:]
        /// The oldest transaction in progress at the last read; later changes have this xid or a higher one.
        var seen: String?

        func tenant(at host: String) -> Tenant? {
            guard let id = underBase[host] ?? own[host] else { return nil }
            return byID[id]
        }
    }

    /// Tenants are found at `<slug>.<base>`.
    package let base: String
    /// Where the platform's console answers.
    package let consoleHost: String
    private let entrance: PublicEntrance
    private let snapshot = Mutex(Snapshot())
    /// Serialises reads, so that an older answer never follows a newer one.
    private let reading = Turnstile()

    package init(
        base: String, consoleHost: String? = nil, entrance: PublicEntrance = PublicEntrance(scheme: "http", port: nil)
    ) {
        self.base = base
        self.consoleHost = consoleHost ?? "\(Tenant.platformSlug).\(base)"
        self.entrance = entrance
    }

    /// An exact match only, without a trailing dot.
    package func tenant(at host: String) -> Tenant? { snapshot.withLock { $0.tenant(at: host) } }

    package var tenants: [Tenant] {
        snapshot.withLock { $0.byID.values.filter { !$0.isPlatform }.sorted { $0.slug < $1.slug } }
    }

    /// Its subdomain of the base host, which always exists.
    package func host(of tenant: Tenant) -> String { host(of: tenant.slug) }

    package func host(of slug: String) -> String { "\(slug).\(base)" }

    /// All host names of the tenant.
    package func hosts(of tenant: Tenant) -> [String] {
        snapshot.withLock { snapshot in
            let names = snapshot.underBase.filter { $0.value == tenant.id }.keys + (snapshot.hosts[tenant.id] ?? [])
            return names.sorted()
        }
    }

    /// A known host's public origin, for links; derived from configuration, not from the request.
    package func address(at host: String) -> String { entrance.address(of: host) }

    /// The tenant's preferred origin: its own domain, if any.
    package func address(of tenant: Tenant) -> String {
        let own = snapshot.withLock { $0.hosts[tenant.id]?.first }
        return entrance.address(of: own ?? "\(tenant.slug).\(base)")
    }

    /// Reads what changed since the last time. A closed tenant is removed.
    package func read(from database: PlatformDatabase) async throws(DatabaseError) {
        await reading.enter()
        defer { reading.leave() }
        let changes = try await database.tenantChanges(since: snapshot.withLock(\.seen))
        snapshot.withLock { snapshot in
            for tenant in changes.tenants { put(tenant, in: &snapshot) }
            snapshot.own = [:]
            snapshot.hosts = [:]
            for name in changes.hostnames where snapshot.underBase[name.host] == nil {
                guard snapshot.byID[name.tenant] != nil else { continue }
                snapshot.own[name.host] = name.tenant
                snapshot.hosts[name.tenant, default: []].append(name.host)
            }
            snapshot.seen = changes.seen
        }
    }

    /// Forces a full read the next time.
    package func forgetWhatWasSeen() { snapshot.withLock { $0.seen = nil } }

    private func put(_ tenant: Tenant, in snapshot: inout Snapshot) {
        if let before = snapshot.byID[tenant.id] { snapshot.underBase[name(of: before)] = nil }
        snapshot.byID[tenant.id] = tenant.state == .closed ? nil : tenant
        if tenant.state != .closed { snapshot.underBase[name(of: tenant)] = tenant.id }
    }

    private func name(of tenant: Tenant) -> String { tenant.isPlatform ? consoleHost : host(of: tenant) }
}

/// An asynchronous lock, first come, first served.
private final class Turnstile: Sendable {
    private struct State {
        var isTaken = false
        var waiting: [UnsafeContinuation<Void, Never>] = []
    }

    private let state = Mutex(State())

    func enter() async {
        await withUnsafeContinuation { continuation in
            let isFree = state.withLock { state in
                if state.isTaken { state.waiting.append(continuation) }
                defer { state.isTaken = true }
                return !state.isTaken
            }
            if isFree { continuation.resume() }
        }
    }

    func leave() {
        state.withLock { state -> UnsafeContinuation<Void, Never>? in
            guard !state.waiting.isEmpty else {
                state.isTaken = false
                return nil
            }
            return state.waiting.removeFirst()
        }?.resume()
    }
}

/// The installation's public entrance, with or without a proxy.
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
