import Jobs
import Postgres
import Time

/// Deletes letters of a season ago, every night.
package struct ForgetLetters: NightlyJob {
    package static let kind = "letters.forget"
    package static let time = "55 3 * * *"
    static let span = Duration.seconds(90 * 86_400)

    package init() {}

    package func run(in context: JobContext) async throws {
        try await context.database.execute(
            """
            DELETE FROM letters WHERE tenant_id = \(context.database.tenant) AND made_at < \(context.now - Self.span)
            """)
    }
}
