import Postgres

/// How workers learn that there may be something to do.
package enum JobAnnouncement {
    /// Rung in the process that queued something.
    static let bell = "jobs"
    /// Said to the other processes.
    static let channel = "jobs"

    /// Wakes the workers of other processes. At a look, only when something has arrived that no worker has taken in: whoever
    /// queued it ended before it could say so, or is an older program.
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
