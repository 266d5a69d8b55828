import Glibc
import Loop
import TestSupport

/// A PostgreSQL of a test's own, which may be killed. A shell keeps it, and ends it when the tests end, however.
final class PrivateCluster: Sendable {
    let server: PostgresServer
    private let keeper: ChildProcess
    private let loop: EventLoop

    private static let script = """
        source deploy/steps.sh
        directory=$(mktemp -d /tmp/mastil-cluster-XXXXXXXX)
        chmod 755 "$directory"
        trap 'stop_postgres "$directory/postgres"; rm -rf "$directory"' EXIT
        echo "$(socket_directory "$directory/postgres")"
        while read -r order; do
            case $order in
                start) start_postgres "$directory/postgres" -c fsync=off >/dev/null ;;
                crash) "${as_service[@]}" $postgres_bin/pg_ctl -D "$directory/postgres/data" -m immediate -w stop >/dev/null ;;
            esac
            echo "$order"
        done
        """

    private init() async throws {
        let loop = Loops.tests.all[1]
        self.loop = loop
        let keeper = try await loop.run {
            try ChildProcess(
                "bash", ["-c", "cd \"$0\"; \(Self.script)", Programs.root], environment: Programs.environment, on: loop)
        }
        self.keeper = keeper
        let socket = try await loop.run { try await Self.line(of: keeper) }
        server = PostgresServer(address: "host=\(socket) user=postgres dbname=postgres")
    }

    static func with<Result>(_ work: (PrivateCluster) async throws -> Result) async throws -> Result {
        let cluster = try await PrivateCluster()
        do {
            try await cluster.start()
            let result = try await work(cluster)
            try await cluster.end()
            return result
        } catch {
            try await cluster.end()
            throw error
        }
    }

    func start() async throws { try await give("start") }

    /// Without a farewell to anybody, as when the machine is switched off.
    func crash() async throws { try await give("crash") }

    private func give(_ order: String) async throws {
        try await loop.run { [keeper] in
            try await keeper.input.write(Array("\(order)\n".utf8))
            guard try await Self.line(of: keeper) == order else { throw Failed("PostgreSQL: no \(order)") }
        }
    }

    private func end() async throws {
        try await loop.run { [keeper] in
            keeper.input.close()
            _ = await keeper.ended()
        }
    }

    private static func line(of keeper: ChildProcess) async throws -> String {
        var bytes: [UInt8] = []
        while bytes.last != UInt8(ascii: "\n") {
            guard let more = try await keeper.output.read() else {
                let errors = try await keeper.errors.read() ?? []
                throw Failed("PostgreSQL: \(String(decoding: errors, as: UTF8.self))")
            }
            bytes += more
        }
        return String(decoding: bytes.dropLast(), as: UTF8.self)
    }
}
