import Identifiers
import Loop
import Postgres
import Synchronization
import Time

/// What a job has at hand while it runs.
package final class JobContext: Sendable {
    package let id: QueuedJob.ID
    package let tenant: TenantID
    /// The tenant's data. Each transaction first makes sure that the job is still ours, and holds it: a worker that was
    /// paused for longer than its lease can write nothing any more.
    package let database: TenantDatabase
    /// The same without that check, for what has to be said also by a worker that lost its job: that what it did outside may
    /// have come too late.
    package let databaseOfLost: TenantDatabase
    /// Which attempt this is, counted from 1, and which is the last.
    package let attempt: Int
    package let attempts: Int
    /// Grows from holder to holder of the job's lane. To be sent along to whoever can refuse an older one.
    package let token: Int64
    /// When it was to be done: a schedule's occurrence.
    package let dueAt: Instant
    package let time: TimeSource
    package let randomness: Randomness
    package let loop: EventLoop
    private let completed = Atomic<Bool>(false)

    /// `passed` is called with each of the job's transactions, for tests that cut it off there.
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

    /// To be asked before each thing done outside the database, such as a command to a device.
    package func stillMine() async throws {
        do {
            try await database.execute("SELECT 1")
        } catch {
            throw FailureReason.saysLost(error) ? JobsError.lost : error
        }
    }

    /// Ends the job in the transaction of its effect: both happen, or neither. The transaction is to be the last.
    package func complete(in database: TenantDatabase) async throws(DatabaseError) {
        try await database.execute("SELECT complete_job(\(tenant), \(id), \(token))")
        completed.store(true, ordering: .relaxed)
    }

    /// Whether the job ended itself, if that transaction committed.
    var hasCompleted: Bool { completed.load(ordering: .relaxed) }
}
