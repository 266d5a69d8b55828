import API
import Audit
import DNS
import Domains
import Glibc
import Identifiers
import Identity
import Jobs
import Letters
import Loop
import PlatformBilling
import Postgres
import Subscribers
import Telemetry
import Time
import Vault
import Webhooks

extension Command {
    static let work = Command(
        "work", "Does queued and scheduled jobs until it is asked to stop (SIGTERM, Ctrl-C).",
        notes: "`mastil serve --work` does both in one process. Any number may run, on any number of machines.",
        heedsSignals: true
    ) { _, loops in
        let stop = StopRequest(on: loops.all[0])
        let configuration = try Configuration.read()
        let output = LogOutput(STDERR_FILENO, as: configuration.logFormat)
        defer { output.close() }
        let log = Log(to: output, as: configuration.logFormat, from: configuration.logLevel)
        let database = try configuration.openDatabase(on: loops)
        let vault = try Vault(from: .system, readRing: KeyFile(path: configuration.keys).read)
        let workshop = try Workshop(configuration, database, vault, loops: loops, log: log)
        workshop.open()
        log.notice("working")
        await stop.arrived()
        log.notice("stopping")
        await workshop.close()
        await database.close()
        return ExitStatus.done
    }
}

/// Where jobs are done.
struct Workshop: Sendable {
    /// Who waits for other people's servers has places of its own: however many of these are silent, the house's work goes
    /// on.
    private let crews: [Worker]
    private let loop: EventLoop
    private let post: PostRoom?

    init(_ configuration: Configuration, _ database: Database, _ vault: Vault, loops: Loops, log: Log) throws {
        let signer = try configuration.headSigner()
        let loop = loops.all[0]
        let post = configuration.mail.map { PostRoom($0, database: database, on: loop) }
        (self.loop, self.post) = (loop, post)
        var (kinds, letters, webhooks) = (JobKinds(), JobKinds(), JobKinds())
        kinds.add(ForgetCredentials.self) { try await $0.run(in: $1) }
        kinds.add(ForgetIdempotencyKeys.self) { try await $0.run(in: $1) }
        let records = configuration.textRecords()
        kinds.add(RecheckDomains.self) { try await $0.run(in: $1, asking: records) }
        kinds.add(SignHead.self) { try await $0.run(in: $1, with: signer) }
        kinds.add(ForgetDeliveries.self) { try await $0.run(in: $1) }
        kinds.add(ForgetPortalCredentials.self) { try await $0.run(in: $1) }
        kinds.add(ForgetLetters.self) { try await $0.run(in: $1) }
        let books = PlatformBooks(database: database, randomness: .system)
        kinds.add(RaiseBills.self) { try await $0.run(in: $1, with: books) }
        letters.add(SendLetter.self) { try await $0.run(in: $1, by: post?.office) }
        let sender = configuration.webhookSender(vault, on: loops)
        webhooks.add(DeliverWebhook.self) { try await $0.run(in: $1, with: sender) }
        func crew(_ kinds: JobKinds, places: Int) -> Worker {
            var rules = WorkerConfiguration()
            rules.places = places
            return Worker(
                database: database, loops: loops, kinds: kinds, time: .system, randomness: .system,
                configuration: rules, onEvent: { Self.write($0, to: log) })
        }
        crews = [crew(kinds, places: 16), crew(letters, places: 16), crew(webhooks, places: 64)]
    }

    func open() {
        for crew in crews { loop.spawn { await crew.run() } }
    }

    /// What has begun gets 20 seconds to end; what has not is left to others.
    func close() async {
        await withTaskGroup(of: Void.self) { group in
            for crew in crews { group.addTask { await crew.drain(within: .seconds(20)) } }
        }
        await post?.close()
    }

    private static func write(_ event: WorkerEvent, to log: Log) {
        switch event {
        case .started(let job): log.with(job).debug("job_started")
        case .finished(let job, let took): log.with(job).info("job_finished", .init("took", took))
        case .failed(let job, let reason, _): log.with(job).warning("job_failed", .init("reason", reason))
        case .died(let job, let reason): log.with(job).error("job_died", .init("reason", reason))
        case .lost(let job): log.with(job).warning("job_lost")
        case .released(let job): log.with(job).notice("job_released")
        case .rescued(let count): log.warning("jobs_rescued", .init("count", count))
        case .scheduled(let count): log.debug("jobs_scheduled", .init("count", count))
        case .badSchedule(let tenant, let name, let reason):
            log.error(
                "bad_schedule", .init("tenant", tenant.description), .init("schedule", name), .init("reason", reason))
        case .trouble(let error): log.warning("queue_unavailable", .error(error))
        }
    }
}

extension Log {
    fileprivate func with(_ job: JobReport) -> Log {
        with(
            .init("job", job.id.description), .init("tenant", job.tenant.description), .init("kind", job.kind),
            .init("attempt", job.attempt))
    }
}
