import Access
import Feed
import Glibc
import HTTP
import Loop
import Postgres
import Telemetry
import Tenancy
import Time
import Vault

extension Command {
    static let serve = Command(
        "serve", "Serves the panel and the API until it is asked to stop (SIGTERM, Ctrl-C).",
        options: [Option("work", nil, "do queued and scheduled jobs as well, as `mastil work` does")],
        notes:
            "SIGHUP reads the certificates anew. What runs when it is asked to stop gets 20 seconds to end; Ctrl-C again ends at once.",
        heedsSignals: true
    ) { invocation, loops in
        let configuration = try Configuration.read()
        let output = LogOutput(STDERR_FILENO, as: configuration.logFormat)
        defer { output.close() }
        let log = Log(to: output, as: configuration.logFormat, from: configuration.logLevel)
        let installation = try Installation(configuration, loops: loops, log: log)
        do {
            try await serveUntilStopped(
                with: installation, isWorking: invocation.has("work"), loops: loops, output: output)
        } catch {
            await installation.close()
            throw error
        }
        await installation.close()
        return ExitStatus.done
    }
}

private func serveUntilStopped(
    with installation: Installation, isWorking: Bool, loops: Loops, output: LogOutput
) async throws {
    let (configuration, log) = (installation.configuration, installation.log)
    let certificates = try configuration.certificates.map(CertificateDirectory.init)
    let stop = StopRequest(on: loops.all[0]) { certificates?.readAnew(log) }
    guard try await installation.readTenants(on: loops.all[0], until: stop) else { return }
    let workshop =
        isWorking
        ? try Workshop(configuration, installation.database, installation.vault, loops: loops, log: log) : nil
    try await Service(installation, certificates?.certificates, loops: loops, output: output)
        .run(with: workshop, until: stop)
}

/// The program while it serves.
private struct Service: Sendable {
    private let installation: Installation
    private let loops: Loops
    private let server: Server

    init(_ installation: Installation, _ certificates: Certificates?, loops: Loops, output: LogOutput) {
        self.installation = installation
        self.loops = loops
        let (panel, portal, api) = (installation.panel, installation.portal, installation.api)
        let (log, directory) = (installation.log, installation.directory)
        let (console, consoleAccount) = (installation.console, installation.consoleAccount)
        let meters = Meters(database: installation.database, log: output)
        let health = installation.health
        server = Server(
            installation.configuration.server(certificates), loops: loops,
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

    func run(with workshop: Workshop?, until stop: StopRequest) async throws {
        do {
            try server.start()
        } catch {
            throw Complaint(error.advice(internalAt: installation.configuration.internalListener))
        }
        for address in server.addresses { installation.log.notice("listening", .init("address", address.description)) }
        let following = loops.all[0].spawn { await installation.followTenants() }
        let telling = loops.all[0].spawn {
            await installation.switchboard.run(in: installation.database, on: loops.all[0], log: installation.log)
        }
        let checking = loops.all[0].spawn { await installation.checkKeys() }
        workshop?.open()
        await stop.arrived()
        installation.log.notice("stopping")
        following.cancel()
        checking.cancel()
        telling.cancel()
        async let work: Void? = workshop?.close()
        await server.drain(within: .seconds(20))
        await work
        installation.log.notice("stopped")
    }
}

extension Installation {
    /// A database that is still starting, as after a power cut, is waited for. False when asked to stop meanwhile.
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

    /// Says it in the log, once, when a tenant's secrets cannot be read: everything else works without them.
    fileprivate func checkKeys() async {
        for tenant in directory.tenants {
            do {
                for fault in try await vault.check(in: database.tenant(tenant.id.scope)).faults {
                    log.error("secrets_unreadable", .init("tenant", tenant.slug), .init("reason", "\(fault)"))
                }
            } catch {
                log.warning("keys_not_checked", .init("tenant", tenant.slug), .error(error))
            }
        }
    }

    /// Keeps the directory as the database says, also after the connection was lost for a while.
    fileprivate func followTenants() async {
        for await _ in database.listen("tenants") {
            do {
                try await directory.read(from: database.platform)
            } catch {
                log.error("tenants_not_read", .error(error))
            }
        }
    }
}

extension String {
    /// `/portal`, and what is below it.
    fileprivate var isOfPortal: Bool {
        hasPrefix("/portal") && ["/", "?", ""].contains(dropFirst("/portal".count).prefix(1))
    }
}

extension Configuration {
    fileprivate func server(_ certificates: Certificates?) -> ServerConfiguration {
        var server = ServerConfiguration(
            listeners: listeners.map { .init($0, certificates: certificates) }
                + [.init(internalListener, isInternal: true)])
        server.trustedProxies = trustedProxies
        server.uploadDirectory = uploads
        return server
    }
}
