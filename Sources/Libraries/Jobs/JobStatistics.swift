import Postgres
import Time

/// The queue as a whole, for metrics and the health page.
package struct JobStatistics: RowReadable, Equatable {
    /// Jobs that wait: for their time, for a worker or for their lane.
    package let queued: Int
    /// Waiting jobs whose time has come.
    package let ready: Int
    package let running: Int
    package let dead: Int
    package let workers: Int
    /// The due time of the job that has been ready for longest.
    package let oldestReady: Instant?

    package init(row: Row) throws(DatabaseError) {
        queued = try row.read("queued")
        ready = try row.read("ready")
        running = try row.read("running")
        dead = try row.read("dead")
        workers = try row.read("workers")
        oldestReady = try row.read("oldest_ready")
    }
}

extension PlatformDatabase {
    /// Counts every waiting job, a million in a tenth of a second: for a metric, not for each request.
    package func jobStatistics(at now: Instant) async throws(DatabaseError) -> JobStatistics {
        let statistics: JobStatistics? = try await first(
            """
            SELECT count(*) FILTER (WHERE state <> 'running') AS queued,
                count(*) FILTER (WHERE state <> 'running' AND run_at <= \(now)) AS ready,
                count(*) FILTER (WHERE state = 'running') AS running,
                (SELECT count(*) FROM dead_jobs) AS dead,
                (SELECT count(*) FROM job_workers WHERE expires_at > clock_timestamp()) AS workers,
                min(run_at) FILTER (WHERE state <> 'running' AND run_at <= \(now)) AS oldest_ready
            FROM jobs
            """)
        guard let statistics else { throw .wrongColumn("A count brought no row") }
        return statistics
    }
}
