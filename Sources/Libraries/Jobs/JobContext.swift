import Identifiers
import Loop
import Postgres
import Synchronization
import Time

/// What a running job has at hand.
package final class JobContext: Sendable {
    package let id: QueuedJob.ID
    package let tenant: TenantID
    /// The tenant's data. Each transaction first locks the job and checks that it is still ours: a worker paused for
    /// longer than its lease cannot write any more.
    package let database: TenantDatabase
    /// The tenant's data without that check, for reporting, even by a worker that lost its job, that what it did
    /// outside may have come too late.
    package let databaseOfLost: TenantDatabase
    /// The current attempt, counted from 1; `attempts` is the last.
    package let attempt: Int
    package let attempts: Int
    /// A fencing token: it grows with each holder of the lane. Pass it to systems that can refuse an older one.
    package let token: Int64
    /// The due time: a schedule's occurrence.
    package let dueAt: Instant
    package let time: TimeSource
    package let randomness: Randomness
    package let loop: EventLoop
    private let completed = Atomic<Bool>(false)

    /// `passed` is called in each of the job's transactions, for tests that interrupt it there.
    init(
        _ claim: Claim, in database: Database, time: TimeSource, randomness: Randomness, on loop: EventLoop,
        passed: @escaping @Sendable () throws(DatabaseError) -> Void = {}
    ) {
        id = claim.id
        tenant = claim.tenant
        attempt = claim.attempt
        attempts = claim.attempts
        token = claim.token
        dueAt = claim.dueAt
        self.time = time
        self.randomness = randomness
        self.loop = loop
        databaseOfLost = database.tenant(claim.tenant)
        self.database = databaseOfLost.guarded(
            by: "SELECT hold_job(\(claim.tenant), \(claim.id), \(claim.token))",
            passed: { (_) throws(DatabaseError) in try passed() })
    }

    package var now: Instant { time.now() }

    /// Call before each external side effect, such as a command to a device.
    package func stillMine() async throws {
        do {
            try await database.execute("SELECT 1")
        } catch {
            throw FailureReason.saysLost(error) ? JobsError.lost : error
        }
    }

    /// Completes the job in the transaction of its effect: both happen, or neither. It must be the job's last
    /// transaction.
    package func complete(in database: TenantDatabase) async throws(DatabaseError) {
        try await database.execute("SELECT complete_job(\(tenant), \(id), \(token))")
        completed.store(true, ordering: .relaxed)
    }

    /// Whether `complete` was called; it counts only if that transaction commits.
    var hasCompleted: Bool { completed.load(ordering: .relaxed) }
}
