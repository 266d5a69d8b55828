import Jobs
import Postgres
import Time

/// Deletes codes, links and sessions that ended over a month ago, every night.
package struct ForgetPortalCredentials: NightlyJob {
    package static let kind = "subscribers.forget-credentials"
    package static let time = "45 3 * * *"

    package init() {}

    package func run(in context: JobContext) async throws {
        let (tenant, longAgo) = (context.database.tenant, context.now - .seconds(30 * 86_400))
        _ = try await context.database.batch([
            // The record says whose code it was.
            "DELETE FROM portal_codes WHERE tenant_id = \(tenant) AND expires_at < \(context.now - .seconds(3600))",
            "DELETE FROM portal_links WHERE tenant_id = \(tenant) AND expires_at < \(longAgo)",
            """
            DELETE FROM portal_sessions
            WHERE tenant_id = \(tenant) AND (expires_at < \(longAgo) OR ended_at < \(longAgo) OR seen_at < \(longAgo - .seconds(30 * 86_400)))
            """,
            "DELETE FROM portal_devices WHERE tenant_id = \(tenant) AND expires_at < \(context.now)",
        ])
    }
}
