import Access
import Assembly
import Feed
import Glibc
import HTTP
import Loop
import Postgres
import Supervision
import Telemetry
import Tenancy
import Time
import Vault

extension Command {
    static let serve = Command(
        "serve", "Serves the panel and the API until it is asked to stop (SIGTERM, Ctrl-C).",
        options: [
            Option("work", nil, "do queued and scheduled jobs as well, as `mastil work` does"),
            Option("processes", "N", "how many processes serve (1)"),
        ],
        notes: """
            The work is done by processes that it starts; one that crashes is replaced at once, and no client is refused.
            SIGHUP reads the certificates anew. What runs when it is asked to stop gets 20 seconds to end; Ctrl-C again ends at once.
            """,
        heedsSignals: true, loops: 1
    ) { invocation, loops in
        let configuration = try Configuration.read()
        let count = invocation.value("processes").map { Int($0) } ?? 1
        guard let count, (1...64).contains(count) else {
            throw Complaint("--processes takes a number from 1 to 64.", status: ExitStatus.usage)
        }
        let sockets = try configuration.bindListeners()
        defer { for socket in sockets { socket.close() } }
        var processes = SupervisedProcess.serving(count, at: sockets)
        if invocation.has("work") { processes.append(.working) }
        return try await supervise(processes, configuration, on: loops) { for socket in sockets { socket.close() } }
    }

    static let servingProcess = Command(
        "serving-process", "One of the processes that `mastil serve` keeps running.",
        options: SupervisedProcess.options, heedsSignals: true, isInternal: true
    ) { invocation, loops in
        let board = try SupervisedProcess.begin(invocation)
        let configuration = try Configuration.read()
        let output = LogOutput(STDERR_FILENO, as: configuration.logFormat)
        defer { output.close() }
        let log = Log(to: output, as: configuration.logFormat, from: configuration.logLevel)
        let installation = try Installation(configuration, loops: loops, log: log)
        do {
            try await serveUntilStopped(
                with: installation, at: SupervisedProcess.listeners(invocation), board, loops: loops, output: output)
        } catch {
            await installation.close()
            throw error
        }
        await installation.close()
        return ExitStatus.done
    }
}

private func serveUntilStopped(
    with installation: Installation, at sockets: [ListeningSocket], _ board: WorkBoard, loops: Loops, output: LogOutput
) async throws {
    let (configuration, log) = (installation.configuration, installation.log)
    let certificates = try configuration.certificates.map(CertificateDirectory.init)
    let stop = StopRequest(on: loops.all[0]) { certificates?.readAnew(log) }
    guard try await installation.readTenants(on: loops.all[0], until: stop) else { return }
    let crashes = CrashKeeping(configuration, installation.database, log: log)
    await crashes.storeLeft()
    try await RunningServer(
        installation, certificates?.certificates, at: sockets, board, crashes: crashes, loops: loops, output: output
    ).run(until: stop)
}

/// The running server.
private struct RunningServer: Sendable {
    private let installation: Installation
    private let loops: Loops
    private let server: Server
    private let board: WorkBoard
    private let crashes: CrashKeeping

    init(
        _ installation: Installation, _ certificates: Certificates?, at sockets: [ListeningSocket], _ board: WorkBoard,
        crashes: CrashKeeping, loops: Loops, output: LogOutput
    ) {
        self.installation = installation
        self.board = board
        self.crashes = crashes
        self.loops = loops
        let (panel, portal, api) = (installation.panel, installation.portal, installation.api)
        let (log, directory) = (installation.log, installation.directory)
        let (console, consoleAccount) = (installation.console, installation.consoleAccount)
        let meters = Meters(database: installation.database, log: output)
        let health = installation.health
        server = Server(
            installation.configuration.server(certificates, at: sockets, board), loops: loops,
            onExchange: { exchange in
                meters.note(exchange)
                AccessLog.write(exchange, to: log, directory)
            },
            handler: { request in
                if request.isInternal { return await InternalRoutes.answer(request, directory, health, meters) }
                let target = request.rawTarget
                if request.host == directory.consoleHost {
                    return await (target.hasPrefix("/platform") ? console : consoleAccount).answer(request)
                }
                if target.hasPrefix("/api/") { return await api.answer(request) }
                return await (target.isOfPortal ? portal : panel).answer(request)
            })
        meters.watch(server)
    }

    func run(until stop: StopRequest) async throws {
        await crashes.readClosed(into: installation.closedRoutes)
        do {
            try server.start()
        } catch {
            throw Complaint(error.advice(internalAt: installation.configuration.internalListener))
        }
        for address in server.addresses { installation.log.notice("listening", .init("address", address.description)) }
        let following = loops.all[0].spawn { await installation.followTenants(on: loops.all[0]) }
        let telling = loops.all[0].spawn {
            await installation.context.liveUpdates.run(
                in: installation.database, on: loops.all[0], log: installation.log)
        }
        let commits = installation.database.followCommits(on: loops.all[0], log: installation.log)
        let checking = loops.all[0].spawn { await installation.checkKeys() }
        let closing = loops.all[0].spawn { await crashes.followClosed(into: installation.closedRoutes) }
        board.noteReady()
        await stop.arrived()
        installation.log.notice("stopping")
        following.cancel()
        checking.cancel()
        telling.cancel()
        closing.cancel()
        await server.drain(within: .seconds(20))
        commits.cancel()
        installation.log.notice("stopped")
    }
}

extension Installation {
    /// Waits for a database that is still starting, as after a power cut. False when asked to stop meanwhile.
    fileprivate func readTenants(on loop: EventLoop, until stop: StopRequest) async throws -> Bool {
        let deadline = Monotonic.read() + .seconds(30)
        while !stop.isMade {
            do {
                try await directory.read(from: database.platform)
                return true
            } catch {
                guard case .unavailable = error, Monotonic.read() < deadline else { throw Complaint(error.advice) }
                let failure = await database.statistics().lastFailure
                log.warning("waiting_for_database", .init("reason", failure ?? error.description))
                try await loop.sleep(for: .milliseconds(500))
            }
        }
        return false
    }

    /// Logs, once, each tenant whose secrets are unreadable: everything else works without them.
    fileprivate func checkKeys() async {
        for tenant in directory.tenants {
            do {
                for fault in try await context.vault.check(in: database.tenant(tenant.id.scope)).faults {
                    log.error("secrets_unreadable", .init("tenant", tenant.slug), .init("reason", "\(fault)"))
                }
            } catch {
                log.warning("keys_not_checked", .init("tenant", tenant.slug), .error(error))
            }
        }
    }

    /// Keeps the tenant directory current, also after a lost connection. A failed read is retried.
    fileprivate func followTenants(on loop: EventLoop) async {
        for await notification in database.listen("tenants") {
            // The connection may be to another server, which numbers its transactions anew.
            if case .gap = notification { directory.forgetWhatWasSeen() }
            var pause = Duration.milliseconds(100)
            while !Task.isCancelled {
                do {
                    try await directory.read(from: database.platform)
                    break
                } catch {
                    log.error("tenants_not_read", .error(error))
                }
                do { try await loop.sleep(for: pause) } catch { return }
                pause = min(pause * 2, .seconds(5))
            }
        }
    }
}

extension String {
    /// `/portal` and the paths below it.
    fileprivate var isOfPortal: Bool {
        hasPrefix("/portal") && ["/", "?", ""].contains(dropFirst("/portal".count).prefix(1))
    }
}

extension Configuration {
    fileprivate func server(
        _ certificates: Certificates?, at sockets: [ListeningSocket], _ board: WorkBoard
    ) -> ServerConfiguration {
        // The last listener is the internal one.
        var server = ServerConfiguration(
            listeners: sockets.dropLast().map { .init($0.address, certificates: certificates, inherited: $0) }
                + sockets.suffix(1).map { .init($0.address, isInternal: true, inherited: $0) })
        server.trustedProxies = trustedProxies
        server.believesForwardedHost = believesForwardedHost
        server.uploadDirectory = uploads
        server.board = board
        return server
    }
}
