import Jobs
import Postgres
import Tenancy
import Time

/// Runs after the nightly comparison of the routers.
package struct FindLeaks: NightlyJob {
    package static let kind = "network.find-leaks"
    package static let time = "50 4 * * *"

    package init() {}

    package func run(in context: JobContext) async throws {
        guard let tenant = try await context.database.lockedTenant() else { return }
        try await context.database.findLeaks(on: tenant.timeZone.day(at: context.now), at: context.now)
    }
}
