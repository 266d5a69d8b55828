import Jobs
import Postgres
import Time

/// Deletes deliveries of over a month ago and their attempts, every night. The events stay.
package struct ForgetDeliveries: NightlyJob {
    package static let kind = "webhooks.forget-deliveries"
    package static let time = "50 3 * * *"

    package init() {}

    package func run(in context: JobContext) async throws {
        try await context.database.execute(
            """
            DELETE FROM webhook_deliveries
            WHERE tenant_id = \(context.database.tenant) AND made_at < \(context.now - .seconds(30 * 86_400))
            """)
    }
}
