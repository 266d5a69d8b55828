import Glibc
import Loop
import Postgres
import TenantSupport
import TestSupport

/// The real FreeRADIUS with our configuration, on ports of its own, asking a test's database.
struct FreeRADIUS: Sendable {
    struct Failure: Error { let reason: String }

    private let authPort: UInt16
    private let acctPort: UInt16

    private static let loop = Loops.tests.all[0]
    private static let environment = ["PATH": "/usr/sbin:/usr/bin:/sbin:/bin"]

    /// It is there for as long as the work lasts.
    static func serving(_ test: TestDatabase, _ work: (FreeRADIUS) async throws -> Void) async throws {
        let folder = try TemporaryFolder()
        for _ in 0..<20 {
            let port = UInt16.random(in: 20_000..<32_000)
            let server = FreeRADIUS(authPort: port, acctPort: port + 1)
            guard let process = try await server.start(for: test, in: folder) else { continue }
            do {
                try await work(server)
                await stop(process)
                return
            } catch {
                await stop(process)
                throw error
            }
        }
        throw Failure(reason: "FreeRADIUS found no port")
    }

    private func start(for test: TestDatabase, in folder: TemporaryFolder) async throws -> pid_t? {
        let variables = [
            "RADIUS_DIRECTORY": folder.path,
            "RADIUS_DATABASE": test.server.address(database: test.name, role: Roles.radius),
            "RADIUS_ADDRESS": "127.0.0.1", "RADIUS_AUTH_PORT": "\(authPort)", "RADIUS_ACCT_PORT": "\(acctPort)",
        ]
        let file = open("\(folder.path)/radius.log", O_CREAT | O_WRONLY | O_TRUNC | O_CLOEXEC, 0o600)
        guard file >= 0 else { throw Failure(reason: "no log") }
        defer { close(file) }
        let null = open("/dev/null", O_RDONLY | O_CLOEXEC)
        defer { close(null) }
        let process = try Spawn.start(
            "/usr/sbin/freeradius",
            [
                "-f", "-l", "stdout", "-d", Repository.path("deploy/radius"), "-D", "/usr/share/freeradius", "-n",
                "radiusd",
            ],
            environment: Self.environment.merging(variables) { $1 }, descriptors: [null, file, file])
        for _ in 0..<3000 {
            let text = String(decoding: try folder.bytes("radius.log"), as: UTF8.self)
            if text.contains("Ready to process requests") { return process }
            var status: Int32 = 0
            if waitpid(process, &status, WNOHANG) == process {
                if text.contains("Address already in use") { return nil }
                throw Failure(reason: text)
            }
            try await Self.loop.sleep(for: .milliseconds(10))
        }
        kill(process, SIGKILL)
        throw Failure(reason: "FreeRADIUS does not start")
    }

    private static func stop(_ process: pid_t) async {
        kill(process, SIGKILL)
        var status: Int32 = 0
        waitpid(process, &status, 0)
    }

    struct Reply: Sendable {
        let text: String

        var isAccepted: Bool { text.contains("Received Access-Accept") }
        var isRejected: Bool { text.contains("Received Access-Reject") }
        var isAccounted: Bool { text.contains("Received Accounting-Response") }

        /// An attribute of the answer.
        subscript(_ name: String) -> String? {
            let answer = text.split(separator: "\n").drop { !$0.hasPrefix("Received ") }
            return answer.first { $0.hasPrefix("\t\(name) = ") }.map { line in
                String(line.dropFirst(name.count + 4)).trimmingQuotes
            }
        }
    }

    /// Asks as an access server does, by the program that comes with FreeRADIUS.
    func ask(_ attributes: [String], from source: String = "127.0.0.1", secret: String) async throws -> Reply {
        try await send("auth", authPort, attributes, source, secret)
    }

    func authenticate(
        _ login: String, _ password: String, from source: String = "127.0.0.1", secret: String
    ) async throws -> Reply {
        try await ask(["User-Name = \"\(login)\"", "User-Password = \"\(password)\""], from: source, secret: secret)
    }

    func report(_ attributes: [String], from source: String = "127.0.0.1", secret: String) async throws -> Reply {
        try await send("acct", acctPort, attributes, source, secret)
    }

    private func send(
        _ command: String, _ port: UInt16, _ attributes: [String], _ source: String, _ secret: String
    ) async throws -> Reply {
        let text = (["Packet-Src-IP-Address = \(source)"] + attributes).joined(separator: "\n") + "\n"
        let outcome = try await ChildProcess.run(
            "radclient", ["-x", "-r", "1", "-t", "10", "127.0.0.1:\(port)", command, secret],
            environment: Self.environment, input: Array(text.utf8), on: Self.loop)
        return Reply(text: String(decoding: outcome.output + outcome.errors, as: UTF8.self))
    }

    /// Whether nobody answers, not even with a no.
    func isSilent(to source: String) async throws -> Bool {
        let text = "Packet-Src-IP-Address = \(source)\nUser-Name = x\nUser-Password = x\n"
        let outcome = try await ChildProcess.run(
            "radclient", ["-x", "-r", "1", "-t", "1", "127.0.0.1:\(authPort)", "auth", "no-importa-cual-sea"],
            environment: Self.environment, input: Array(text.utf8), on: Self.loop)
        return !String(decoding: outcome.output, as: UTF8.self).contains("Received")
    }
}

extension String {
    fileprivate var trimmingQuotes: String {
        hasPrefix("\"") && hasSuffix("\"") && count >= 2 ? String(dropFirst().dropLast()) : self
    }
}
