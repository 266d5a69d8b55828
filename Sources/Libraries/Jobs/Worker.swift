import Identifiers
import Loop
import Postgres
import Time

/// Runs the jobs of all tenants, as many at a time as it has places. Any number of workers share the queue.
///
/// An idle worker has one timer for the earliest job or schedule of all, and one for its lease; it is woken when a job
/// arrives, so a tenant without jobs costs nothing.
package final class Worker: @unchecked Sendable {
    // Unchecked: what changes is touched on the home loop only.
    let database: Database
    let loops: Loops
    let kinds: JobKinds
    let time: TimeSource
    let randomness: Randomness
    let configuration: WorkerConfiguration
    let onEvent: @Sendable (WorkerEvent) -> Void
    let home: EventLoop
    let bell: Bell
    let lease: WorkerLease
    /// Keyed by token.
    var running: [Int64: RunningJob] = [:]
    var endings: [Ending] = []
    var ended: Set<TenantID> = []
    var schedulesAt: Instant?
    /// A claim whose answer was lost may hold jobs we do not know of.
    var mayHoldUnknown = false
    private var nextLoop = 0
    private var failures = 0
    private var hasBegun = false
    private var isDraining = false
    private var mustLeave = false
    private var isOver = false
    private var drains: [UnsafeContinuation<Void, Never>] = []
    /// The timers that cancel the running jobs, then give them back.
    private var releases: [LoopTimer] = []

    package init(
        database: Database, loops: Loops, kinds: JobKinds, time: TimeSource, randomness: Randomness,
        configuration: WorkerConfiguration = WorkerConfiguration(),
        onEvent: @escaping @Sendable (WorkerEvent) -> Void = { _ in }
    ) {
        self.database = database
        self.loops = loops
        self.kinds = kinds
        self.time = time
        self.randomness = randomness
        self.configuration = configuration
        self.onEvent = onEvent
        home = loops.all[0]
        bell = Bell(on: home)
        lease = WorkerLease(kinds: kinds.names, span: configuration.lease, randomness: randomness)
    }

    /// Works until drained. Cancelling the task drains without a grace period.
    package func run() async {
        // The work itself is never cancelled: it must still give its jobs back.
        let work = home.spawn { await self.work() }
        await withTaskCancellationHandler {
            await work.value
        } onCancel: {
            self.home.spawn { await self.drain(within: .zero) }
        }
    }

    /// Takes no more jobs, lets running ones end within the span, gives back the rest, and ends `run`.
    package func drain(within span: Duration) async {
        await withUnsafeContinuation { continuation in
            home.perform {
                self.isDraining = true
                if self.isOver || !self.hasBegun { return continuation.resume() }
                self.drains.append(continuation)
                self.bell.ring()
                self.releases.append(self.home.after(span) { self.release() })
            }
        }
    }

    private func release() {
        for job in running.values { job.cancel(.released) }
        let last = home.after(configuration.lastWords) {
            for job in self.running.values { self.end(job, as: .released) }
            self.mustLeave = true
            self.bell.ring()
        }
        releases.append(last)
    }

    private func work() async {
        hasBegun = true
        await enter()
        let listening = [
            home.spawn { [database, bell] in
                for await _ in database.listen(JobAnnouncement.channel) { bell.ring() }
            },
            home.spawn { [database, bell] in
                for await _ in database.rings(of: JobAnnouncement.bell) { bell.ring() }
            },
        ]
        let beating = home.spawn { await self.beat() }
        while !isDraining || !running.isEmpty || !endings.isEmpty {
            let pause = await takeTurn()
            if mustLeave && failures > 0 { break }
            if isDraining && running.isEmpty && endings.isEmpty { break }
            await bell.wait(atMost: pause)
        }
        for task in listening { task.cancel() }
        beating.cancel()
        await leave()
        isOver = true
        for release in releases { home.cancel(release) }
        releases = []
        for drain in drains { drain.resume() }
        drains = []
    }

    private func takeTurn() async -> Duration {
        do {
            let pause = try await turn(takesMore: !isDraining)
            failures = 0
            return pause
        } catch {
            failures += 1
            onEvent(.trouble(error))
            let backoff = Backoff(first: .milliseconds(100), longest: .seconds(5))
            return .milliseconds(20) + backoff.delay(after: failures, from: randomness)
        }
    }

    private func enter() async {
        while !isDraining {
            do {
                try await lease.enter(in: database.platform)
                return
            } catch {
                onEvent(.trouble(error))
                await bell.wait(atMost: .milliseconds(200))
            }
        }
    }

    private func leave() async {
        do {
            try await lease.leave(in: database.platform)
        } catch {
            onEvent(.trouble(error))
        }
    }

    /// Round-robin over the loops.
    func nextLoopForJob() -> EventLoop {
        nextLoop = (nextLoop + 1) % loops.all.count
        return loops.all[nextLoop]
    }
}
