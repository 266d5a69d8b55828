import Identifiers
import Jobs
import Postgres
import Time

/// Deletes links and sessions that ended over a month ago, and counters, every night.
package struct ForgetCredentials: NightlyJob {
    package static let kind = "identity.forget-credentials"
    package static let time = "40 3 * * *"

    package init() {}

    package func run(in context: JobContext) async throws {
        let longAgo = context.now - .seconds(30 * 86_400)
        _ = try await context.database.batch([
            """
            DELETE FROM sign_in_links WHERE tenant_id = \(context.database.tenant) AND expires_at < \(longAgo)
            """,
            """
            DELETE FROM sessions
            WHERE tenant_id = \(context.database.tenant) AND (expires_at < \(longAgo) OR ended_at < \(longAgo))
            """,
            "DELETE FROM known_devices WHERE tenant_id = \(context.database.tenant) AND expires_at < \(context.now)",
            "DELETE FROM external_sign_ins WHERE tenant_id = \(context.database.tenant) AND expires_at < \(context.now)",
            "DELETE FROM pending_sign_ins WHERE tenant_id = \(context.database.tenant) AND expires_at < \(context.now)",
            "DELETE FROM sign_in_tries WHERE tenant_id = \(context.database.tenant) AND ends_at < \(context.now)",
        ])
    }
}
