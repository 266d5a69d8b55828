import Glibc
import Identifiers
import Loop
import Postgres
import Synchronization
import TestSupport
import Testing

/// PostgreSQL going away and coming back, on a cluster of the tests' own.
@Suite struct OutageTests {
    @Test func `a crash of the server under load is healed by itself, and nothing hangs`() async throws {
        let cluster = try await PostgresCluster()
        let template = TestTemplate("outage", on: cluster.server) { owner in try owner.execute(DatabaseFixture.schema) }
        let test = try await TestDatabase(from: template) { $0.patience = .seconds(1) }
        try Storm.fill(test)
        let storm = Storm(test.database)
        // Until told to stop, on both loops; every call must come to an end.
        let load = OutageLoad(storm)
        let tasks = test.loops.all.flatMap { loop in (0..<16).map { seed in loop.task { await load.run(seed) } } }
        for _ in 0..<3 {
            try await Task.sleep(for: .milliseconds(400))
            try await cluster.stop()
            try await Task.sleep(for: .milliseconds(600))
            try await cluster.start()
            try await load.waitForSuccess()
        }
        load.stop()
        for task in tasks { try await task.value }
        let tally = storm.tally.withLock { $0 }
        #expect(tally.foreign == 0)
        #expect(tally.wrong == [])
        #expect(tally.lost > 0)
        #expect(tally.right > 0)
        // The last cancellations may still be on their way to the server.
        try await test.waitUntilStatistics { $0.inFlight == 0 && $0.waiting == 0 && $0.transactions == 0 }
        try await test.close()
        try await cluster.remove()
    }

    @Test func `a server that falls silent is given up`() async throws {
        let cluster = try await PostgresCluster()
        let template = TestTemplate("silence", on: cluster.server) { owner in try owner.execute(DatabaseFixture.schema)
        }
        let test = try await TestDatabase(from: template) { configuration in
            configuration.sharedConnections = 1
            configuration.patience = .seconds(60)
            configuration.sharedStatementTimeout = .milliseconds(300)
        }
        let norte = test.database.tenant(DatabaseFixture.tenant(1))
        let process = try #require(try await norte.value("SELECT pg_backend_pid()", as: Int.self))
        kill(pid_t(process), SIGSTOP)
        let started = ContinuousClock().now
        await #expect(throws: DatabaseError.self) { try await norte.countOfAllNotes() }
        #expect(ContinuousClock().now - started < .seconds(50))
        #expect(try await norte.countOfAllNotes() == 0)
        kill(pid_t(process), SIGCONT)
        try await test.close()
        try await cluster.remove()
    }

    @Test(arguments: [
        "host=/nowhere,%s", "host=127.0.0.1,%s port=1,5432", "host=localhost,%s port=1,5432",
        "host=no.such.name.invalid,%s",
        "host=127.0.0.1,%s port=%p,5432",
    ])
    func `the next host is taken when the first is dead`(hosts: String) async throws {
        // One that takes connections and never says a word.
        let mute = try MuteServer()
        try await DatabaseFixture.with { test in
            let socket = try test.superuser().column(
                "SELECT split_part(current_setting('unix_socket_directories'), ',', 1)")[0]
            let address = hosts.replacing("%s", with: socket).replacing("%p", with: "\(mute.port)")
            let database = try test.another { configuration in
                configuration.tenants =
                    "\(address) dbname=\(test.name) user=\(Roles.tenants) target_session_attrs=read-write"
                configuration.connectTimeout = .milliseconds(300)
                configuration.patience = .seconds(60)
            }
            #expect(try await database.tenant(DatabaseFixture.tenant(1)).countOfAllNotes() == 0)
            await database.close()
        }
        mute.close()
    }

    @Test func `a server that cannot write is not available, rather than at fault`() async throws {
        try await DatabaseFixture.with { test in
            let norte = test.database.tenant(DatabaseFixture.tenant(1))
            try await norte.add(1)
            try test.superuser().execute("ALTER DATABASE \(test.name) SET default_transaction_read_only = on")
            let database = try test.another { _ in }
            do {
                try await database.tenant(DatabaseFixture.tenant(1)).add(2)
                Issue.record("It was written")
            } catch DatabaseError.unavailable {}
            try test.superuser().execute(
                "BEGIN READ WRITE; ALTER DATABASE \(test.name) RESET default_transaction_read_only; COMMIT")
            // Each of the connections opened before is given up when it is found to be of no use.
            for attempt in 1...4 {
                do {
                    try await database.tenant(DatabaseFixture.tenant(1)).add(2)
                    break
                } catch DatabaseError.unavailable {
                    #expect(attempt < 4)
                }
            }
            #expect(try await norte.note(2) != nil)
            await database.close()
        }
    }

    @Test func `when nothing answers, callers are told within their patience`() async throws {
        let loops = Loops.tests
        var configuration = DatabaseConfiguration(tenants: "host=/nowhere", platform: "host=/nowhere")
        configuration.patience = .milliseconds(300)
        let database = try Database(configuration, loops: loops)
        for _ in 0..<3 {
            do {
                try await database.check()
                Issue.record("There is no server")
            } catch DatabaseError.unavailable(let retryAfter) {
                #expect(retryAfter > .zero)
            }
        }
        #expect(await database.statistics().lastFailure?.contains("/nowhere") == true)
        await database.close()
    }
}

/// Calls without end, and a way to see that they succeed again.
private final class OutageLoad: Sendable {
    private let storm: Storm
    private let isStopped = Atomic<Bool>(false)

    init(_ storm: Storm) { self.storm = storm }

    func run(_ seed: Int) async {
        var round = seed
        while !isStopped.load(ordering: .relaxed) {
            await storm.call(round, times: 10)
            round += 100
        }
    }

    func stop() { isStopped.store(true, ordering: .relaxed) }

    func waitForSuccess() async throws {
        let before = storm.tally.withLock { $0.right }
        let end = ContinuousClock.now + .seconds(60)
        while ContinuousClock.now < end {
            if storm.tally.withLock({ $0.right }) > before + 200 { return }
            try await Task.sleep(for: .milliseconds(10))
        }
        Issue.record("Calls did not succeed again within a minute")
    }
}

/// Takes connections and never answers.
private final class MuteServer: Sendable {
    let port: UInt16
    private let descriptor: Int32

    struct Failure: Error {}

    init() throws {
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        self.descriptor = descriptor
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let listens = withUnsafeMutablePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(descriptor, $0, length) == 0 && listen(descriptor, 16) == 0
                    && getsockname(descriptor, $0, &length) == 0
            }
        }
        port = UInt16(bigEndian: address.sin_port)
        if !listens { throw Failure() }
    }

    func close() { Glibc.close(descriptor) }
}

extension String {
    fileprivate func replacing(_ mark: String, with text: String) -> String {
        let pieces = split(separator: mark, omittingEmptySubsequences: false)
        return pieces.joined(separator: text)
    }
}
