import Identifiers
import Loop
import Postgres
import Time

/// A worker's lease, on which its claim to all its jobs depends. Touched on the worker's home loop only.
final class WorkerLease {
    private(set) var worker: UUID
    private let kinds: [String]
    private let span: Duration
    private let randomness: Randomness
    private var endsAt = Monotonic.read()

    init(kinds: [String], span: Duration, randomness: Randomness) {
        self.kinds = kinds
        self.span = span
        self.randomness = randomness
        worker = UUID(high: randomness.next(), low: randomness.next())
    }

    var beat: Duration { span / 3 }

    /// By our own clock, counted from before the query: it never ends later here than in the database.
    var hasEnded: Bool { Monotonic.read() >= endsAt }

    /// Registers under a new id: a worker taken for dead does not come back under its old one.
    func enter(in database: PlatformDatabase) async throws(DatabaseError) {
        let began = Monotonic.read()
        let worker = UUID(high: randomness.next(), low: randomness.next())
        _ = try await database.batch([
            """
            INSERT INTO job_workers (worker_id, kinds, expires_at)
            VALUES (\(worker), \(kinds), clock_timestamp() + \(span.microseconds) * interval '1 microsecond')
            """,
            "SELECT announce_queued_jobs()",
        ])
        self.worker = worker
        endsAt = began + span
    }

    /// The tokens of the jobs still ours; nil when the lease had expired.
    func renew(in database: PlatformDatabase) async throws(DatabaseError) -> Set<Int64>? {
        let began = Monotonic.read()
        let results = try await database.batch([
            """
            UPDATE job_workers SET expires_at = clock_timestamp() + \(span.microseconds) * interval '1 microsecond'
            WHERE worker_id = \(worker) AND expires_at > clock_timestamp()
            """,
            "SELECT token FROM jobs WHERE state = 'running' AND worker_id = \(worker)",
        ])
        guard results[0].affected > 0 else { return nil }
        endsAt = began + span
        var tokens: Set<Int64> = []
        for row in results[1] { tokens.insert(try row.read("token")) }
        return tokens
    }

    func leave(in database: PlatformDatabase) async throws(DatabaseError) {
        try await database.execute("DELETE FROM job_workers WHERE worker_id = \(worker)")
    }
}

extension Worker {
    /// Renews the lease and takes over jobs from workers whose lease expired; until its task is cancelled.
    func beat() async {
        while true {
            do {
                try await home.sleep(for: lease.beat)
            } catch {
                return
            }
            await renewLease()
            await rescueOthers()
            await buryUnknown()
        }
    }

    private func renewLease() async {
        // Jobs claimed during the query are not in its answer.
        let held = Array(running.values)
        do {
            if let tokens = try await lease.renew(in: database.platform) {
                for job in held where !tokens.contains(job.claim.token) && !job.context.hasCompleted { lose(job) }
            } else {
                for job in held { lose(job) }
                try await lease.enter(in: database.platform)
            }
        } catch {
            // Expected when its own task is cancelled.
            if case .cancelled = error { return }
            onEvent(.trouble(error))
            // Another worker may have our jobs by now, so ours must stop touching devices.
            if lease.hasEnded { for job in held { lose(job) } }
        }
    }

    private func rescueOthers() async {
        do {
            let statement: SQL = "SELECT rescue_jobs(\(time.now()))"
            let count: Int? = try await database.platform.value(statement.ringing(JobAnnouncement.bell))
            guard let count, count > 0 else { return }
            onEvent(.rescued(count: count))
            bell.ring()
        } catch {
            if case .cancelled = error { return }
            onEvent(.trouble(error))
        }
    }
    private func buryUnknown() async {
        let grace = configuration.unknownKindGrace.microseconds
        do {
            try await database.platform.execute(
                "SELECT bury_unknown_jobs(\(time.now()), \(grace) * interval '1 microsecond')")
        } catch {
            if case .cancelled = error { return }
            onEvent(.trouble(error))
        }
    }
}
