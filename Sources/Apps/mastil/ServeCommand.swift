import Access
import Glibc
import HTTP
import Loop
import Postgres
import Telemetry
import Tenancy
import Time

extension Command {
    static let serve = Command(
        "serve", "Serves the panel and the API until it is asked to stop (SIGTERM, Ctrl-C).",
        options: [Option("work", nil, "do queued and scheduled jobs as well, as `mastil work` does")],
        notes: "SIGHUP reads the certificates anew. What runs when it is asked to stop gets 20 seconds to end."
    ) { invocation, loops in
        let configuration = try Configuration.read()
        let output = LogOutput(STDERR_FILENO, as: configuration.logFormat)
        defer { output.close() }
        let log = Log(to: output, as: configuration.logFormat, from: configuration.logLevel)
        let installation = try Installation(configuration, loops: loops, log: log)
        let certificates = try configuration.certificates.map(CertificateDirectory.init)
        try await installation.readTenants(on: loops.all[0])
        let workshop = invocation.has("work") ? Workshop(database: installation.database, loops: loops, log: log) : nil
        try await Service(installation, certificates, loops: loops, output: output).run(with: workshop)
        await installation.database.close()
        return ExitStatus.done
    }
}

/// The program while it serves.
private struct Service: Sendable {
    private let installation: Installation
    private let loops: Loops
    private let server: Server
    private let certificates: CertificateDirectory?

    init(_ installation: Installation, _ certificates: CertificateDirectory?, loops: Loops, output: LogOutput) {
        self.installation = installation
        self.certificates = certificates
        self.loops = loops
        let (panel, api, log, directory) = (
            installation.panel, installation.api, installation.log, installation.directory
        )
        let meters = Meters(database: installation.database, log: output)
        let database = installation.database
        let health = Health([
            HealthCheck("postgresql") {
                try await database.check()
                return .ok
            }
        ])
        server = Server(
            installation.configuration.server(certificates?.certificates), loops: loops,
            onExchange: { exchange in
                meters.note(exchange)
                AccessLog.write(exchange, to: log, directory)
            },
            handler: { request in
                if request.isInternal { return await InternalRoutes.answer(request, health, meters) }
                return await (request.rawTarget.hasPrefix("/api/") ? api : panel).answer(request)
            })
        meters.watch(server)
    }

    func run(with workshop: Workshop?) async throws {
        do {
            try server.start()
        } catch {
            throw Complaint(error.advice(internalAt: installation.configuration.internalListener))
        }
        for address in server.addresses { installation.log.notice("listening", .init("address", address.description)) }
        let following = loops.all[0].spawn { await installation.followTenants() }
        workshop?.open()
        await loops.asksToStop(onHangUp: readCertificates)
        installation.log.notice("stopping")
        following.cancel()
        async let work: Void? = workshop?.close()
        await server.drain(within: .seconds(20))
        await work
        installation.log.notice("stopped")
    }

    /// Those in use stay when the new ones cannot be used.
    private func readCertificates() {
        do {
            try certificates?.read()
            installation.log.notice("certificates_read")
        } catch {
            installation.log.error("certificates_not_read", .error(error))
        }
    }
}

extension Installation {
    /// A database that is still starting, as after a power cut, is waited for.
    fileprivate func readTenants(on loop: EventLoop) async throws {
        let deadline = Monotonic.read() + .seconds(30)
        while true {
            do {
                return try await directory.read(from: database.platform)
            } catch {
                guard case .unavailable = error, Monotonic.read() < deadline else { throw Complaint(error.advice) }
                log.warning("waiting_for_database", .error(error))
                try await loop.sleep(for: .milliseconds(500))
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
