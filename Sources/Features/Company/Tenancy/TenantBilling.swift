import Locale
import Postgres
import Time

extension Tenant {
    /// The tenant is billed while it is active with a priced plan: from the day this began, but not for days of its
    /// trial. Suspension ends billing, which restarts on the day of resuming.
    mutating func settleBilling(at now: Instant) {
        guard state == .active, plan.price?.isPositive == true else {
            billedFrom = nil
            return
        }
        guard billedFrom == nil else { return }
        let today = timeZone.day(at: now)
        billedFrom = max(today, trialEndsOn.map { $0 + 1 } ?? today)
    }
}

extension TenantDatabase {
    /// The tenant, locked until the transaction ends.
    package func lockedTenant() async throws(DatabaseError) -> Tenant? {
        try await first("SELECT \(Tenant.columns) FROM locked_tenant(\(tenant))")
    }
}
