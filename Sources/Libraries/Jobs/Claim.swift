import Identifiers
import JSON
import Postgres
import Time

/// A job claimed by a worker.
struct Claim: RowReadable {
    let tenant: TenantID
    let id: QueuedJob.ID
    let kind: String
    let payload: JSONText
    let attempt: Int
    let attempts: Int
    let token: Int64
    let dueAt: Instant
    /// When it became runnable; a retry is not late.
    let runAt: Instant

    init(row: Row) throws(DatabaseError) {
        tenant = try row.read("tenant_id")
        id = try row.read("job_id")
        kind = try row.read("kind")
        payload = try row.read("payload")
        attempt = try row.read("attempts")
        attempts = try row.read("max_attempts")
        token = try row.read("token")
        dueAt = try row.read("due_at")
        runAt = try row.read("run_at")
    }

    func report(startedAt moment: Instant) -> JobReport {
        JobReport(id: id, tenant: tenant, kind: kind, attempt: attempt, token: token, dwell: moment - runAt)
    }
}

/// A worker's single round trip to the queue: removes finished jobs and claims the next.
struct Turn {
    let worker: UUID
    var now: Instant
    let kinds: JobKinds
    var configuration = WorkerConfiguration()
    var done: [Claim] = []
    /// Tenants with a job that ended since the last turn.
    var ended: [TenantID] = []
    /// Tenants at their share of the places.
    var saturated: [TenantID] = []
    var wanted = 0

    struct Answer {
        /// The tokens of the jobs removed; a missing one was no longer ours.
        var finished: Set<Int64> = []
        var claims: [Claim] = []
        /// When the next job and the next schedule are due.
        var jobsAt: Instant?
        var schedulesAt: Instant?
    }

    func take(in database: PlatformDatabase) async throws(DatabaseError) -> Answer {
        let results = try await database.batch([finish, claim, next])
        var answer = Answer()
        for row in results[0] { answer.finished.insert(try row.read("token")) }
        answer.claims = try results[1].read()
        if let row = results[2].first {
            answer.jobsAt = try row.read("jobs_at")
            answer.schedulesAt = try row.read("schedules_at")
        }
        return answer
    }

    private var finish: SQL {
        """
        SELECT token FROM finish_jobs(\(done.map(\.tenant)), \(done.map(\.id)), \(done.map(\.token))) AS token
        """
    }

    private var claim: SQL {
        """
        SELECT tenant_id, job_id, kind, payload, attempts, max_attempts, token, due_at, run_at
        FROM claim_jobs(
            \(worker), \(now), \(kinds.names), \(kinds.names.map { kinds[$0]?.rules.tenantLimit ?? 0 }),
            \(Int32(clamping: configuration.tenantLimit)), \(Int32(clamping: configuration.share)),
            \(saturated), \(ended), \(Int32(wanted)))
        """
    }

    private var next: SQL {
        """
        SELECT (
            SELECT min(first_in_turn.turn_at)
            FROM unnest(\(kinds.names)::text[]) AS known(kind) CROSS JOIN LATERAL (
                SELECT t.turn_at FROM job_kind_turns t
                WHERE t.kind = known.kind AND t.tenant_id <> ALL (\(saturated)) ORDER BY t.turn_at LIMIT 1) first_in_turn
            ) AS jobs_at,
            (SELECT min(next_at) FROM job_schedules) AS schedules_at
        """
    }
}

extension PlatformDatabase {
    /// Puts a job back; false if the worker had lost it.
    func retry(
        _ claim: Claim, at moment: Instant, after failure: String?, isFree: Bool
    ) async throws(DatabaseError) -> Bool {
        let statement: SQL =
            "SELECT retry_job(\(claim.tenant), \(claim.id), \(claim.token), \(moment), \(failure), \(isFree))"
        return try await value(statement.ringing(JobAnnouncement.bell)) ?? false
    }

    func bury(_ claim: Claim, because reason: String, at now: Instant) async throws(DatabaseError) -> Bool {
        try await value("SELECT bury_job(\(claim.tenant), \(claim.id), \(claim.token), \(reason), \(now))") ?? false
    }

    /// The jobs that the queue holds claimed by this worker.
    func claims(of worker: UUID) async throws(DatabaseError) -> [Claim] {
        try await rows(
            """
            SELECT tenant_id, job_id, kind, payload, attempts, max_attempts, token, due_at, run_at
            FROM jobs WHERE state = 'running' AND worker_id = \(worker)
            """)
    }
}
