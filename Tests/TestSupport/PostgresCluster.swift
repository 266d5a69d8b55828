import Glibc
import Loop
import Postgres
import Synchronization

/// A PostgreSQL of one test's own, for tests that stop, kill or reconfigure it.
package final class PostgresCluster: Sendable {
    package let directory: String
    package let server: PostgresServer
    private let loop: EventLoop
    private static let binaries = "/usr/lib/postgresql/15/bin/"
    private static let count = Atomic<Int>(0)

    /// Makes and starts it; it listens on a socket in its directory only.
    package init(on loop: EventLoop = Loops.tests.all[0]) async throws {
        self.loop = loop
        directory = "/tmp/mastil-\(getpid())-\(Self.count.add(1, ordering: .relaxed).newValue)"
        server = PostgresServer(address: "host=\(directory) user=postgres dbname=postgres")
        try await run("mkdir", ["-p", directory], asService: false)
        if getuid() == 0 { try await run("chown", ["postgres", directory], asService: false) }
        try await run(
            Self.binaries + "initdb",
            ["-D", directory + "/data", "-U", "postgres", "-A", "trust", "--encoding=UTF8", "--no-sync"])
        try await start()
    }

    package func start() async throws { try await control(["start", "-w", "-l", directory + "/log", "-o", options]) }

    /// As after a crash: nobody is told, nothing is written down.
    package func stop() async throws { try await control(["stop", "-m", "immediate", "-w"]) }

    package func remove() async throws {
        try await stop()
        try await run("rm", ["-rf", directory], asService: false)
    }

    /// Runs a program as the user that PostgreSQL runs as, for it refuses to run as root.
    @discardableResult
    package func run(_ program: String, _ arguments: [String], asService: Bool = true) async throws -> String {
        let words =
            asService && getuid() == 0
            ? ["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups", program] : [program]
        let outcome = try await ChildProcess.run(
            words[0], words.dropFirst() + arguments,
            environment: ["PATH": "/usr/sbin:/usr/bin:/sbin:/bin", "LC_ALL": "C.UTF-8"],
            on: loop)
        let text = String(decoding: outcome.output + outcome.errors, as: UTF8.self)
        guard outcome.end == .exit(0) else { throw Failure(program: program, text: text) }
        return text
    }

    package struct Failure: Error {
        let program: String
        let text: String
    }

    private func control(_ arguments: [String]) async throws {
        try await run(Self.binaries + "pg_ctl", ["-D", directory + "/data"] + arguments)
    }

    private var options: String {
        "-c listen_addresses= -c unix_socket_directories=\(directory) -c fsync=off -c max_connections=60"
    }
}
