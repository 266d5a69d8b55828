import Postgres

/// Where what happened leaves the database: to the addresses that are to be told, and to the open pages.
package enum Outbox {
    /// The job that looks at an address's deliveries; the room of webhooks does it.
    package static let jobKind = "webhooks.deliver"
    package static let jobAttempts: Int32 = 20
    /// Says `<tenant> <sequence>` when events were sealed up to there, `<tenant> 0` when somebody's session ended, and
    /// `<tenant> <topic>` of other changes that are no events.
    package static let channel = "events"
    /// Rung by what announces a change that is no event.
    static let bell = "announcements"

    /// Has the open pages of the tenant look once more whether their credentials are good, when the transaction commits.
    package static func credentialsChanged(of tenant: TenantID) -> SQL {
        "WITH told AS (SELECT \(announcement("0", of: tenant))) SELECT FROM told"
    }

    /// A column that announces a topic, beside a statement's own work.
    package static func announcement(_ topic: String, of tenant: TenantID) -> SQL {
        let column: SQL = "announce(\(tenant), \(topic))"
        return column.ringing(bell)
    }

    /// Announces what was committed.
    package static let announcing = CommitFollower.Work(after: bell) { database, _ in
        let count: Int32? = try await database.value(
            "WITH sent AS (SELECT send_announcements() AS count) SELECT count FROM sent")
        return (count ?? 0) > 0
    }
}
