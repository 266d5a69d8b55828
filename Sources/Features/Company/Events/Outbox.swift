import Postgres

/// Outgoing notifications of events: to webhooks and to open pages.
package enum Outbox {
    /// The job that delivers an address's messages, run by the room of webhooks.
    package static let jobKind = "webhooks.deliver"
    package static let jobAttempts: Int32 = 20
    /// Notifies `<tenant> <sequence>` when events were sealed up to there, `<tenant> 0` when a session ended, and
    /// `<tenant> <topic>` for changes that are no events.
    package static let channel = "events"
    /// Rung by changes that are no events.
    static let bell = "announcements"

    /// On commit, makes the tenant's open pages check their credentials again.
    package static func credentialsChanged(of tenant: TenantID) -> SQL {
        "WITH told AS (SELECT \(announcement("0", of: tenant))) SELECT FROM told"
    }

    /// A column that announces a topic as part of a statement.
    package static func announcement(_ topic: String, of tenant: TenantID) -> SQL {
        let column: SQL = "announce(\(tenant), \(topic))"
        return column.ringing(bell)
    }

    /// Announces committed changes.
    package static let announcing = CommitFollower.Work(after: bell) { database, _ in
        let count: Int32? = try await database.value(
            "WITH sent AS (SELECT send_announcements() AS count) SELECT count FROM sent")
        return (count ?? 0) > 0
    }
}
