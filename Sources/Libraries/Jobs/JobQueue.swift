import Identifiers
import JSON
import Postgres
import Time

/// A job on its way from its queueing to its end.
package enum QueuedJob {
    package typealias ID = Identifiers.ID<QueuedJob>
}

extension TenantDatabase {
    /// Has the job done from the given moment on: now, or later. Within a transaction it is queued when that commits.
    package func queue<Queued: Job>(_ job: Queued, at moment: Instant) async throws(DatabaseError) {
        try await queue([job], at: moment)
    }

    package func queue<Queued: Job>(_ jobs: [Queued], at moment: Instant) async throws(DatabaseError) {
        guard !jobs.isEmpty else { return }
        let ids = jobs.map { _ in QueuedJob.ID.make(milliseconds: moment.milliseconds, from: .system) }
        // WITH: a call by itself writes, and must not be taken for a question that may be asked again.
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
