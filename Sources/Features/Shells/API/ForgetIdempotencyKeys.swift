import Jobs
import Postgres
import Time

/// Deletes idempotency keys used more than a day ago, every night.
package struct ForgetIdempotencyKeys: NightlyJob {
    package static let kind = "api.forget-idempotency-keys"
    package static let time = "50 3 * * *"
    static let span = Duration.seconds(86_400)

    package init() {}

    package func run(in context: JobContext) async throws {
        try await Self.forget(before: context.now - Self.span, in: context.database)
    }

    static func forget(before moment: Instant, in database: TenantDatabase) async throws {
        try await database.execute(
            "DELETE FROM idempotency_keys WHERE tenant_id = \(database.tenant) AND made_at < \(moment)")
    }
}
