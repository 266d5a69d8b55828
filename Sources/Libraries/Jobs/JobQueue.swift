import Identifiers
import JSON
import Postgres
import Time

/// The noun of a queued job's `ID`.
package enum QueuedJob {
    package typealias ID = Identifiers.ID<QueuedJob>
}

extension TenantDatabase {
    /// Queues the job to run at that moment, or now. Within a transaction it is queued on commit.
    package func queue<Queued: Job>(_ job: Queued, at moment: Instant) async throws(DatabaseError) {
        try await queue([job], at: moment)
    }

    package func queue<Queued: Job>(_ jobs: [Queued], at moment: Instant) async throws(DatabaseError) {
        guard !jobs.isEmpty else { return }
        let ids = jobs.map { _ in QueuedJob.ID.make(milliseconds: moment.milliseconds, from: .system) }
        // WITH, because a bare SELECT would count as a read and be retried.
        let statement: SQL = """
            WITH queued AS (
                SELECT queue_jobs(
                    \(tenant), \(Queued.kind), \(ids), \(jobs.map(\.payload)), \(jobs.map(\.key)), \(jobs.map(\.lane)),
                    \(jobs.map(\.priority.rawValue)), \(moment), \(Queued.rules.attempts)) AS count)
            SELECT count FROM queued
            """
        try await execute(statement.ringing(JobAnnouncement.bell))
    }
}

extension Job {
    var payload: JSONText {
        var json = JSONWriter()
        json.value(self)
        return JSONText(json.bytes)
    }
}
