import Identifiers
import Loop
import Postgres
import TestSupport
import Testing

@Suite struct TransactionTests {
    struct Enough: Error {}

    @Test(arguments: [Way.parameter, .literal, .unprepared])
    func `a nested transaction joins the outer one`(way: Way) async throws {
        try await DatabaseFixture.with(configure: way.configure) { test in
            let norte = test.database.tenant(DatabaseFixture.tenant(1))
            try await norte.transaction { norte in
                try await norte.add(1)
                try await norte.transaction { norte in
                    try await norte.add(2)
                    #expect(try await norte.countOfAllNotes() == 2)
                }
                // Nobody else sees any of it before the outer one commits.
                let outside = test.database.tenant(DatabaseFixture.tenant(1))
                #expect(try await outside.countOfAllNotes() == 0)
            }
            #expect(try await norte.countOfAllNotes() == 2)
        }
    }

    @Test func `an inner failure that is swallowed still rolls the whole back`() async throws {
        try await DatabaseFixture.with { test in
            let norte = test.database.tenant(DatabaseFixture.tenant(1))
            await #expect(throws: DatabaseError.self) {
                try await norte.transaction { norte in
                    try await norte.add(1)
                    do {
                        try await norte.transaction { _ in throw Enough() }
                    } catch is Enough {}
                }
            }
            await #expect(throws: DatabaseError.self) {
                try await norte.transaction { norte in
                    try await norte.add(1)
                    do { try await norte.add(1) } catch {}
                }
            }
            let count = try await norte.countOfAllNotes()
            #expect(count == 0)
        }
    }

    @Test func `a handle is of no use after its transaction, and harms no other`() async throws {
        try await DatabaseFixture.with { test in
            let norte = test.database.tenant(DatabaseFixture.tenant(1))
            let kept = try await norte.transaction { $0 }
            await #expect(throws: DatabaseError.self) { try await kept.add(1) }
            #expect(try await norte.countOfAllNotes() == 0)
        }
    }

    @Test func `transactions that conflict are run again until all have succeeded`() async throws {
        try await DatabaseFixture.with(configure: { $0.exclusiveConnections = 8 }) { test in
            let norte = test.database.tenant(DatabaseFixture.tenant(1))
            try await norte.add(0, "0")
            let runs = Count(), readings = Count()
            try await withThrowingTaskGroup(of: Void.self) { group in
                for _ in 0..<3 {
                    group.addTask {
                        for _ in 0..<5 {
                            try await norte.transaction(isolation: .serializable) { norte in
                                runs.rise()
                                let text: String = try await norte.value("SELECT text FROM notes WHERE number = 0")!
                                readings.rise()
                                // The first three read the same, so that two of them cannot commit.
                                #expect(await eventually(on: test.loops.all[0]) { readings.value >= 3 })
                                try await norte.execute(
                                    "UPDATE notes SET text = \("\(Int(text)! + 1)") WHERE number = 0")
                            }
                        }
                    }
                }
                try await group.waitForAll()
            }
            #expect(try await norte.note(0)?.text == "15")
            #expect(runs.value > 15)
        }
    }

    @Test func `a deadlock is broken and both transactions succeed`() async throws {
        try await DatabaseFixture.with { test in
            try test.superuser().execute("ALTER DATABASE \(test.name) SET deadlock_timeout = '50ms'")
            let database = try test.another { $0.tenantShare = 1 }
            let norte = database.tenant(DatabaseFixture.tenant(1))
            try await norte.add(1)
            try await norte.add(2)
            let met = Count()
            try await withThrowingTaskGroup(of: Void.self) { group in
                for order in [[1, 2], [2, 1]] {
                    group.addTask {
                        try await norte.transaction { norte in
                            try await norte.execute("UPDATE notes SET text = text || 'x' WHERE number = \(order[0])")
                            // Both hold their first lock before either asks for its second.
                            met.rise()
                            while met.value < 2 { try await Task.sleep(for: .milliseconds(1)) }
                            try await norte.execute("UPDATE notes SET text = text || 'x' WHERE number = \(order[1])")
                        }
                    }
                }
                try await group.waitForAll()
            }
            #expect(met.value == 3)
            #expect(try await norte.note(1)?.text == "xx")
            #expect(try await norte.note(2)?.text == "xx")
            await database.close()
        }
    }

    @Test(arguments: [Way.parameter, .literal])
    func `cancelling a transaction stops its statement and frees its connection and locks`(way: Way) async throws {
        try await DatabaseFixture.with(configure: { configuration in
            way.configure(&configuration)
            configuration.exclusiveConnections = 1
        }) { test in
            let norte = test.database.tenant(DatabaseFixture.tenant(1))
            try await norte.add(1)
            for _ in 0..<3 {
                let sleeper = Task {
                    try await norte.transaction { norte in
                        _ = try await norte.note(1, locked: true)
                        try await norte.execute("SELECT pg_sleep(60)")
                    }
                }
                try await test.waitUntil(
                    "SELECT count(*) FROM pg_stat_activity WHERE query LIKE '%pg_sleep(60)%' AND state = 'active' AND pid <> pg_backend_pid() AND datname = current_database()",
                    is: "1")
                sleeper.cancel()
                let ending = ContinuousClock().now
                await #expect(throws: DatabaseError.self) { try await sleeper.value }
                #expect(ContinuousClock().now - ending < .seconds(40))
            }
            // The only connection serves the next, and the lock is gone.
            try await norte.transaction { norte in _ = try await norte.note(1, locked: true) }
            let statistics = await test.database.statistics()
            #expect(statistics.transactions == 0)
            #expect(statistics.lostConnections == 0)
        }
    }

    @Test func `a connection lost in mid-transaction is told, and nothing was written`() async throws {
        try await DatabaseFixture.with { test in
            let norte = test.database.tenant(DatabaseFixture.tenant(1))
            do {
                try await norte.transaction { norte in
                    try await norte.add(1)
                    try test.superuser().execute(
                        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE state = 'idle in transaction' AND datname = current_database()"
                    )
                    try await norte.add(2)
                }
                Issue.record("The connection was lost")
            } catch DatabaseError.connectionLost(let outcomeUnknown) {
                #expect(!outcomeUnknown)
            }
            #expect(try await norte.countOfAllNotes() == 0)
        }
    }

    @Test func `statements of one transaction may be under way together`() async throws {
        try await DatabaseFixture.with { test in
            let norte = test.database.tenant(DatabaseFixture.tenant(1))
            try await norte.transaction { norte in
                try await norte.add(1)
                async let count = norte.countOfAllNotes()
                async let note = norte.note(1)
                let (one, two) = try await (count, note)
                #expect(one == 1)
                #expect(two?.number == 1)
            }
        }
    }

    @Test func `a statement that takes too long is cut short, and its neighbours are not harmed`() async throws {
        try await DatabaseFixture.with(configure: { configuration in
            configuration.sharedStatementTimeout = .seconds(1)
            configuration.sharedConnections = 1
        }) { test in
            let norte = test.database.tenant(DatabaseFixture.tenant(1))
            do throws(DatabaseError) {
                try await norte.execute("SELECT pg_sleep(30)")
                Issue.record("It took less than 30 s")
            } catch {
                #expect(error.isTimeout)
            }
            let count = try await norte.countOfAllNotes()
            #expect(count == 0)
        }
    }
}

extension TestDatabase {
    /// Asks again until the answer is this; fails after a minute.
    func waitUntil(_ question: String, is answer: String) async throws {
        let connection = try superuser()
        let end = ContinuousClock.now + .seconds(60)
        while ContinuousClock.now < end {
            if try connection.column(question) == [answer] { return }
            try await Task.sleep(for: .milliseconds(10))
        }
        Issue.record("\(question) never became \(answer)")
    }
}
