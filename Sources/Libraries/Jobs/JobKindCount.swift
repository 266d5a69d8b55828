import Postgres

/// The number of jobs of a kind, by state.
package struct JobKindCount: RowReadable {
    package let kind: String
    package let queued: Int
    package let parked: Int
    package let running: Int
    package let dead: Int

    package init(row: Row) throws(DatabaseError) {
        kind = try row.read("kind")
        queued = try row.read("queued")
        parked = try row.read("parked")
        running = try row.read("running")
        dead = try row.read("dead")
    }
}

extension PlatformDatabase {
    /// Every kind with jobs, those with dead jobs first. A full count, as in `jobStatistics`.
    package func jobKinds() async throws(DatabaseError) -> [JobKindCount] {
        try await rows(
            """
            SELECT kind, count(*) FILTER (WHERE state = 'queued') AS queued,
                count(*) FILTER (WHERE state = 'parked') AS parked, count(*) FILTER (WHERE state = 'running') AS running,
                count(*) FILTER (WHERE state = 'dead') AS dead
            FROM (SELECT kind::text, state::text FROM jobs UNION ALL SELECT kind, 'dead' FROM dead_jobs) every
            GROUP BY kind ORDER BY dead DESC, kind
            """)
    }
}
