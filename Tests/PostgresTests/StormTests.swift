import Identifiers
import Loop
import Postgres
import Synchronization
import TestSupport
import Testing

/// A way to reach the server that the storm is run against.
enum Way: String, Sendable, CaseIterable {
    case parameter, literal, unprepared, literalUnprepared

    func configure(_ configuration: inout DatabaseConfiguration) {
        configuration.sharedConnections = 1
        configuration.callsPerConnection = 64
        configuration.exclusiveConnections = 6
        configuration.tenantShare = 1
        configuration.patience = .seconds(60)
        configuration.contextForm = self == .literal || self == .literalUnprepared ? .literal : .parameter
        configuration.preparesStatements = self == .parameter || self == .literal
    }
}

/// What the callers of a storm saw.
struct Tally: Sendable, Equatable {
    var right = 0
    var foreign = 0
    var wrong: [String] = []
    var expectedErrors = 0
    var lost = 0
}

/// Many tenants at once on one connection. Tenant n owns the notes numbered 1...50, and each says whose it is.
final class Storm: Sendable {
    static let tenants = 20
    let database: Database
    let tally = Mutex(Tally())

    init(_ database: Database) { self.database = database }

    static func fill(_ test: TestDatabase) throws {
        try test.superuser().execute(
            """
            INSERT INTO notes (tenant_id, number, text)
            SELECT format('00000000-0000-7000-0000-%s', lpad(to_hex(t), 12, '0'))::uuid, n, 'of ' || t
            FROM generate_series(1, \(tenants)) t, generate_series(1, 50) n
            """)
    }

    static func tenant(_ number: Int) -> TenantID { TenantID(UUID(high: 0x7000, low: UInt64(number))) }

    /// One caller: mostly reads, some failures, transactions, and tasks that are cancelled.
    func call(_ seed: Int, times: Int) async {
        let randomness = Randomness(seed: UInt64(seed))
        for round in 0..<times {
            let number = Int(randomness.next() % UInt64(Self.tenants)) + 1
            let tenant = database.tenant(Self.tenant(number))
            let note = Int(randomness.next() % 50) + 1
            switch round % 10 {
            case 3: await fail(tenant)
            case 5: await cancel(tenant, note)
            case 7: await transact(tenant, number, note)
            case 9: await batch(tenant, number)
            default: await read(tenant, number, note)
            }
        }
    }

    private func read(_ tenant: TenantDatabase, _ number: Int, _ note: Int) async {
        await expect {
            // No predicate on the tenant: only the policy stands between them.
            let notes: [Note] = try await tenant.rows(
                "SELECT tenant_id, number, text FROM notes WHERE number = \(note)")
            self.judge(notes, number, count: 1)
        }
    }

    private func batch(_ tenant: TenantDatabase, _ number: Int) async {
        await expect {
            let all = try await tenant.batch([
                "SELECT tenant_id, number, text FROM notes WHERE number < 4",
                "SELECT tenant_id, number, text FROM notes WHERE number BETWEEN 4 AND 6",
            ])
            for rows in all { self.judge(try rows.read(), number, count: 3) }
        }
    }

    private func transact(_ tenant: TenantDatabase, _ number: Int, _ note: Int) async {
        await expect {
            try await tenant.transaction { tenant in
                let notes: [Note] = try await tenant.rows(
                    "SELECT tenant_id, number, text FROM notes WHERE number = \(note)")
                try await tenant.execute("UPDATE notes SET text = text WHERE number = \(note)")
                self.judge(notes, number, count: 1)
            }
        }
    }

    private func fail(_ tenant: TenantDatabase) async {
        do {
            try await tenant.execute("SELECT 1 / \(0)")
            tally.withLock { $0.wrong.append("Division by zero went well") }
        } catch {
            note(error, expected: "22012")
        }
    }

    /// Cancelled before, while or after it is sent.
    private func cancel(_ tenant: TenantDatabase, _ note: Int) async {
        await withTaskGroup(of: Void.self) { group in
            group.addTask { _ = try? await tenant.note(note) }
            group.addTask {
                _ = try? await tenant.transaction { tenant in
                    _ = try await tenant.note(note)
                    try await tenant.execute("SELECT pg_sleep(0.01)")
                }
            }
            await Task.yield()
            group.cancelAll()
        }
    }

    private func expect(_ work: () async throws -> Void) async {
        do {
            try await work()
        } catch {
            note(error, expected: nil)
        }
    }

    private func judge(_ notes: [Note], _ number: Int, count: Int) {
        tally.withLock { tally in
            for note in notes where note.tenant != Self.tenant(number) || note.text != "of \(number)" {
                tally.foreign += 1
            }
            if notes.count == count {
                tally.right += 1
            } else {
                tally.wrong.append("\(notes.count) rows, not \(count)")
            }
        }
    }

    private func note(_ error: any Error, expected: String?) {
        tally.withLock { tally in
            switch error {
            case DatabaseError.connectionLost, DatabaseError.unavailable: tally.lost += 1
            case let error as DatabaseError where expected != nil && error.sqlState == expected:
                tally.expectedErrors += 1
            default: tally.wrong.append("\(error)")
            }
        }
    }

    /// Runs callers side by side on one loop, so that they share its one connection.
    func blow(callers: Int, times: Int, on loop: EventLoop) async throws -> Tally {
        try await loop.run {
            await withTaskGroup(of: Void.self) { group in
                for seed in 0..<callers { group.addTask { await self.call(seed, times: times) } }
            }
        }
        return tally.withLock { $0 }
    }
}

@Suite struct StormTests {
    @Test(arguments: Way.allCases)
    func `sixty-four callers on one connection get their own rows only`(way: Way) async throws {
        try await DatabaseFixture.with(configure: way.configure) { test in
            try Storm.fill(test)
            let tally = try await Storm(test.database).blow(callers: 64, times: 100, on: test.loops.all[1])
            #expect(tally.foreign == 0)
            #expect(tally.wrong == [])
            #expect(tally.lost == 0)
            #expect(tally.expectedErrors == 640)
            #expect(tally.right == 64 * 90)
            // No connection was given up on the way, and none has a context left.
            #expect(await test.database.statistics().lostConnections == 0)
        }
    }

    @Test(arguments: [Way.parameter, .literal])
    func `callers get their own rows or an error while their connections are killed`(way: Way) async throws {
        try await DatabaseFixture.with(configure: way.configure) { test in
            try Storm.fill(test)
            let storm = Storm(test.database)
            let killing = Task {
                let killer = try test.superuser()
                while !Task.isCancelled {
                    try killer.execute(
                        """
                        SELECT pg_terminate_backend(pid) FROM pg_stat_activity
                        WHERE datname = current_database() AND usename = 'mastil_app' AND random() < 0.3
                        """)
                    try await Task.sleep(for: .milliseconds(20))
                }
            }
            // Until a kill has met somebody who could not simply be asked again.
            let end = ContinuousClock.now + .seconds(30)
            var tally = try await storm.blow(callers: 32, times: 150, on: test.loops.all[0])
            while tally.lost == 0, ContinuousClock.now < end {
                tally = try await storm.blow(callers: 32, times: 150, on: test.loops.all[0])
            }
            killing.cancel()
            _ = await killing.result
            #expect(tally.foreign == 0)
            #expect(tally.wrong == [])
            #expect(tally.lost > 0)
            #expect(await test.database.statistics().lostConnections > 0)
            // And it heals by itself.
            var lost = 1
            for _ in 0..<5 where lost > 0 {
                lost = try await Storm(test.database).blow(callers: 8, times: 20, on: test.loops.all[0]).lost
            }
            #expect(lost == 0)
        }
    }
}
