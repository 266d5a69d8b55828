import Postgres

/// How workers learn of new jobs.
package enum JobAnnouncement {
    /// Rung in the process that queued a job.
    static let bell = "jobs"
    /// The NOTIFY channel to the other processes.
    static let channel = "jobs"

    /// Notifies the workers of other processes. On the periodic look only when an arrival has not been taken in: its
    /// process ended before announcing it, or runs an older program.
    package static let announcing = CommitFollower.Work(after: bell) { database, occasion in
        switch occasion {
        case .commit: try await database.execute("WITH told AS (SELECT pg_notify(\(channel), '')) SELECT FROM told")
        case .look:
            try await database.execute(
                """
                WITH told AS (SELECT pg_notify(\(channel), '') WHERE EXISTS (SELECT FROM job_arrivals))
                SELECT FROM told
                """)
        }
        return false
    }
}
