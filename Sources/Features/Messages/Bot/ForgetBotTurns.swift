import Identifiers
import Jobs
import Postgres
import Time

/// Erases what the bot understood of messages half a year ago: the messages themselves stay.
package struct ForgetBotTurns: NightlyJob {
    package static let kind = "bot.forget-turns"
    package static let time = "50 2 * * *"

    static let kept = Duration.seconds(180 * 86_400)
    private static let batch = 5000

    package init() {}

    package func run(in context: JobContext) async throws {
        while try await context.database.forgetBotTurns(before: context.now - Self.kept, limit: Self.batch)
            == Self.batch
        {}
    }
}

extension TenantDatabase {
    /// The oldest first; returns how many.
    func forgetBotTurns(before moment: Instant, limit: Int) async throws(DatabaseError) -> Int {
        try await execute(
            """
            DELETE FROM bot_turns WHERE tenant_id = \(tenant) AND message_id IN (
                SELECT o.message_id FROM (
                    SELECT b.message_id, b.made_at FROM bot_turns b
                    WHERE b.tenant_id = \(tenant) ORDER BY b.message_id LIMIT \(limit)) o
                WHERE o.made_at < \(moment))
            """)
    }
}
