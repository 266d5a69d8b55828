import Postgres
import Time

/// A job that failed for good. It stays until a person requeues or discards it.
package struct DeadJob: RowReadable {
    package let id: QueuedJob.ID
    package let tenant: TenantID
    package let kind: String
    package let payload: JSONText
    package let attempts: Int
    package let reason: String
    package let dueAt: Instant
    package let diedAt: Instant

    package init(row: Row) throws(DatabaseError) {
        tenant = try row.read("tenant_id")
        id = try row.read("job_id")
        kind = try row.read("kind")
        payload = try row.read("payload")
        attempts = try row.read("attempts")
        reason = try row.read("reason")
        dueAt = try row.read("due_at")
        diedAt = try row.read("died_at")
    }
}

extension PlatformDatabase {
    /// The newest first, with keyset pagination. Of one tenant, or of all.
    package func deadJobs(
        of tenant: TenantID? = nil, after last: DeadJob? = nil, limit: Int = 50
    ) async throws(DatabaseError) -> [DeadJob] {
        try await rows(
            """
            SELECT tenant_id, job_id, kind, payload, attempts, reason, due_at, died_at FROM dead_jobs
            WHERE (\(tenant) IS NULL OR tenant_id = \(tenant))
                AND (\(last?.diedAt) IS NULL OR (died_at, job_id) < (\(last?.diedAt), \(last?.id)))
            ORDER BY died_at DESC, job_id DESC LIMIT \(limit)
            """)
    }

    /// Requeues the job with all its attempts. False when it is gone.
    package func requeueDeadJob(
        _ id: QueuedJob.ID, of tenant: TenantID, at now: Instant
    ) async throws(DatabaseError) -> Bool {
        let statement: SQL = "SELECT requeue_dead_job(\(tenant), \(id), \(now))"
        return try await value(statement.ringing(JobAnnouncement.bell)) ?? false
    }

    package func discardDeadJob(_ id: QueuedJob.ID, of tenant: TenantID) async throws(DatabaseError) -> Bool {
        try await execute("DELETE FROM dead_jobs WHERE tenant_id = \(tenant) AND job_id = \(id)") > 0
    }
}
