import Jobs
import Postgres

/// Follows again what is over and not settled, should its job have been lost: otherwise collection would wait for ever.
package struct FollowEndedIncidents: NightlyJob {
    package static let kind = "network.follow-ended-incidents"
    package static let time = "40 4 * * *"

    package init() {}

    package func run(in context: JobContext) async throws {
        let ended = try await context.database.unsettledIncidents(limit: 1000)
        try await context.database.queue(ended.map { FollowIncident($0.id) }, at: context.now)
    }
}
