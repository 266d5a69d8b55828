import Assembly
import Crypto
import Glibc
import Identifiers
import Identity
import Jobs
import Loop
import Postgres
import Supervision
import Telemetry
import Time
import Vault
import WebClient

extension Command {
    static let work = Command(
        "work", "Does queued and scheduled jobs until it is asked to stop (SIGTERM, Ctrl-C).",
        notes: "`mastil serve --work` does both. Any number may run, on any number of machines.",
        heedsSignals: true, loops: 1
    ) { _, loops in
        try await supervise([.working], try Configuration.read(), on: loops)
    }

    static let workingProcess = Command(
        "working-process", "The process that `mastil work` keeps running.", options: SupervisedProcess.options,
        heedsSignals: true, isInternal: true
    ) { invocation, loops in
        let board = try SupervisedProcess.begin(invocation)
        let stop = StopRequest(on: loops.all[0])
        let configuration = try Configuration.read()
        let output = LogOutput(STDERR_FILENO, as: configuration.logFormat)
        defer { output.close() }
        let log = Log(to: output, as: configuration.logFormat, from: configuration.logLevel)
        let database = try configuration.openDatabase(on: loops)
        let vault = try Vault(from: .system, readRing: KeyFile(path: configuration.keys).read)
        await CrashKeeping(configuration, database, log: log).storeLeft()
        let workers = try Workers(configuration, database, vault, board, loops: loops, log: log)
        workers.open()
        let commits = database.followCommits(on: loops.all[0], log: log)
        let signals = configuration.hearSignals(database, vault, on: loops.all[0], log: log)
        board.noteReady()
        log.notice("working")
        await stop.arrived()
        log.notice("stopping")
        signals?.cancel()
        await workers.close()
        commits.cancel()
        await database.close()
        return ExitStatus.done
    }
}

/// The job workers.
struct Workers: Sendable {
    private let crews: [Worker]
    private let loop: EventLoop
    private let post: MailSetup?
    private let web: HTTPClient

    init(
        _ configuration: Configuration, _ database: Database, _ vault: Vault, _ board: WorkBoard, loops: Loops, log: Log
    ) throws {
        let loop = loops.all[0]
        let post = configuration.mail.map { MailSetup($0, database: database, on: loop) }
        let web = configuration.jobsClient(on: loops)
        var context = try configuration.context(on: loops, database, vault, .idle(vault), web)
        context.letters = post?.office
        context.signer = try configuration.headSigner()
        (self.loop, self.post, self.web) = (loop, post, web)
        func crew(_ kinds: JobKinds, places: Int) -> Worker {
            var rules = WorkerConfiguration()
            rules.places = places
            rules.board = board
            return Worker(
                database: database, loops: loops, kinds: kinds, time: .system, randomness: .system,
                configuration: rules, onEvent: { Self.write($0, to: log) })
        }
        crews = context.jobs.crews.map { crew($1, places: $0.places) }
    }

    func open() {
        for crew in crews { loop.spawn { await crew.run() } }
    }

    /// Running jobs get 20 seconds to end; others are left to other workers.
    func close() async {
        await withTaskGroup(of: Void.self) { group in
            for crew in crews { group.addTask { await crew.drain(within: .seconds(20)) } }
        }
        await post?.close()
        await web.close()
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

extension SignIn {
    /// A sign-in that refuses everybody, where no pages are served.
    static func idle(_ vault: Vault) -> SignIn {
        SignIn(
            hashing: PasswordHashing(
                pool: BlockingPool(threads: 0, queueLimit: 0, name: "idle"), randomness: .system),
            common: CommonPasswords(list: []), vault: vault, randomness: .system)
    }
}
