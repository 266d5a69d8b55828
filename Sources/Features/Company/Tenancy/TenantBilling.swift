import Locale
import Postgres
import Time

extension Tenant {
    /// The platform bills it while it is active and its plan costs something: from the day this began to be so, but not
    /// for days of its trial. Whoever is suspended is not billed, and begins anew on the day it comes back.
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
    /// What is agreed with the company at this moment. Nobody changes it before the transaction ends.
    package func lockedTenant() async throws(DatabaseError) -> Tenant? {
        try await first("SELECT \(Tenant.columns) FROM locked_tenant(\(tenant))")
    }
}
