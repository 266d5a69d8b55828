import Identifiers
import Synchronization

/// Routes that crashed the program repeatedly, refused until somebody has looked: for one tenant, or for all. Shared by
/// everything that answers requests; the database has the list.
package final class ClosedRoutes: Sendable {
    package struct Entry: Hashable, Sendable {
        /// Method and pattern.
        package let route: String
        /// Nil for all tenants.
        package let tenant: UUID?

        package init(route: String, tenant: UUID?) {
            self.route = route
            self.tenant = tenant
        }
    }

    // Checked on every request, and usually empty: then no lock is taken.
    private let isEmpty = Atomic<Bool>(true)
    private let entries = Mutex<Set<Entry>>([])

    package init() {}

    package func replace(with list: [Entry]) {
        entries.withLock { $0 = Set(list) }
        isEmpty.store(list.isEmpty, ordering: .releasing)
    }

    func contains(_ route: String, for tenant: UUID) -> Bool {
        if isEmpty.load(ordering: .acquiring) { return false }
        return entries.withLock {
            $0.contains(Entry(route: route, tenant: tenant)) || $0.contains(Entry(route: route, tenant: nil))
        }
    }
}
