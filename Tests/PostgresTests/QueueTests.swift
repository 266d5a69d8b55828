import Identifiers
import Loop
import Postgres
import TestSupport
import Testing

/// Each on one loop with one shared connection, so that what waits for what is known.
@Suite struct QueueTests {
    static func narrow(_ configuration: inout DatabaseConfiguration) {
        configuration.sharedConnections = 1
        configuration.callsPerConnection = 2
        configuration.tenantShare = 1
        configuration.patience = .seconds(60)
        configuration.exclusiveConnections = 1
    }

    @Test func `a cancelled call leaves the queue at once`() async throws {
        try await DatabaseFixture.with(configure: { configuration in
            Self.narrow(&configuration)
            configuration.sharedStatementTimeout = .seconds(100)
        }) { test in
            let norte = test.database.tenant(DatabaseFixture.tenant(1))
            let loop = test.loops.all[0]
            let busy = (0..<2).map { _ in loop.task { try await norte.execute("SELECT pg_sleep(90)") } }
            let waiting = loop.task {
                try await norte.execute("INSERT INTO notes (tenant_id, number) VALUES (\(norte.tenant), 1)")
            }
            try await test.waitUntilStatistics { $0.waiting == 1 && $0.inFlight == 2 }
            waiting.cancel()
            await #expect(throws: DatabaseError.self) { try await waiting.value }
            let statistics = await test.database.statistics()
            #expect(statistics.waiting == 0)
            #expect(statistics.inFlight == 2)
            #expect(try test.superuser().column("SELECT count(*) FROM notes") == ["0"])
            try test.superuser().execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE query LIKE '%pg_sleep%' AND datname = current_database() AND pid <> pg_backend_pid()"
            )
            for task in busy { await #expect(throws: DatabaseError.self) { try await task.value } }
        }
    }

    @Test func `a call that was sent is awaited although its task was cancelled`() async throws {
        try await DatabaseFixture.with(configure: { configuration in
            Self.narrow(&configuration)
            configuration.sharedStatementTimeout = .seconds(100)
        }) { test in
            let norte = test.database.tenant(DatabaseFixture.tenant(1))
            let holder = try test.superuser()
            try holder.execute("BEGIN; LOCK TABLE notes")
            let sent = test.loops.all[0].task {
                try await norte.execute("INSERT INTO notes (tenant_id, number) VALUES (\(norte.tenant), 1)")
            }
            try await test.waitUntilStatistics { $0.inFlight == 1 }
            sent.cancel()
            try holder.execute("COMMIT")
            #expect(try await sent.value == 1)
            #expect(try await norte.countOfAllNotes() == 1)
        }
    }

    @Test func `who waits too long for a place is told to come back`() async throws {
        try await DatabaseFixture.with(configure: { configuration in
            Self.narrow(&configuration)
            configuration.patience = .seconds(1)
            configuration.queueLimit = 3
        }) { test in
            let norte = test.database.tenant(DatabaseFixture.tenant(1))
            let loop = test.loops.all[0]
            while await test.database.statistics().connections == 0 {
                do throws(DatabaseError) {
                    _ = try await norte.countOfAllNotes()
                } catch {
                    guard case .unavailable = error else { throw error }
                }
            }
            let tasks = (0..<8).map { _ in loop.task { try await norte.execute("SELECT pg_sleep(3)") } }
            var served = 0
            var refused = 0
            for task in tasks {
                do {
                    _ = try await task.value
                    served += 1
                } catch DatabaseError.unavailable(let retryAfter) {
                    #expect(retryAfter > .zero)
                    refused += 1
                }
            }
            #expect(served == 2)
            #expect(refused == 6)
            #expect(await test.database.statistics().waiting == 0)
        }
    }

    @Test func `a tenant with a thousand calls keeps another with one waiting no longer than one turn`() async throws {
        try await DatabaseFixture.with(configure: { configuration in
            configuration.sharedConnections = 1
            configuration.callsPerConnection = 4
            configuration.tenantShare = 0.5
            configuration.patience = .seconds(300)
            configuration.tenantQueueLimit = 2000
        }) { test in
            let noisy = test.database.tenant(DatabaseFixture.tenant(1))
            let quiet = test.database.tenant(DatabaseFixture.tenant(2))
            let loop = test.loops.all[0]
            let done = Count()
            // None of them gets anywhere before all of them wait.
            let holder = try test.superuser()
            try holder.execute("SELECT pg_advisory_lock(7)")
            let crowd = loop.task {
                try await withThrowingTaskGroup(of: Void.self) { group in
                    for _ in 0..<1000 {
                        group.addTask {
                            try await noisy.execute("SELECT pg_sleep(0.001) FROM pg_advisory_xact_lock_shared(7)")
                            done.rise()
                        }
                    }
                    try await group.waitForAll()
                }
                return 0
            }
            try await test.waitUntilStatistics { $0.waiting > 500 && $0.inFlight > 0 }
            // The noisy one holds its share of the places and no more, so the quiet one is served at once.
            #expect(await test.database.statistics().inFlight <= 2)
            try holder.execute("SELECT pg_advisory_unlock(7)")
            let before = done.value
            for _ in 0..<5 { _ = try await loop.run { try await quiet.countOfAllNotes() } }
            let meanwhile = done.value - before
            #expect(meanwhile < 100, "\(meanwhile) of the noisy tenant's calls went before five of the quiet one's")
            _ = try await crowd.value
            #expect(done.value == 1000)
        }
    }

    @Test func `nobody stands behind a slow call while another connection is free`() async throws {
        try await DatabaseFixture.with(configure: { configuration in
            configuration.sharedConnections = 2
            configuration.callsPerConnection = 8
            configuration.sharedStatementTimeout = .seconds(100)
        }) { test in
            let norte = test.database.tenant(DatabaseFixture.tenant(1))
            let loop = test.loops.all[0]
            try await loop.run { _ = try await norte.countOfAllNotes() }
            try await test.waitUntilStatistics { $0.connections >= 2 }
            let holder = try test.superuser()
            try holder.execute("BEGIN; LOCK TABLE notes")
            let slow = loop.task { try await norte.add(1) }
            try await test.waitUntil(
                "SELECT count(*) FROM pg_locks WHERE NOT granted AND relation = 'notes'::regclass", is: "1")
            // From two thousandths of a second on, the call counts as slow.
            try await Task.sleep(for: .milliseconds(10))
            try await loop.run {
                try await withThrowingTaskGroup(of: Void.self) { group in
                    for _ in 0..<7 { group.addTask { try await norte.execute("SELECT 1") } }
                    try await group.waitForAll()
                }
            }
            #expect(await test.database.statistics().inFlight == 1)
            try holder.execute("COMMIT")
            try await slow.value
        }
    }

    @Test func `transactions wait for a connection of their own, in turn`() async throws {
        try await DatabaseFixture.with(configure: { configuration in
            Self.narrow(&configuration)
            configuration.patience = .seconds(30)
        }) { test in
            try await test.loops.all[0].run {
                try await withThrowingTaskGroup(of: Void.self) { group in
                    for number in 1...30 {
                        group.addTask {
                            let tenant = test.database.tenant(DatabaseFixture.tenant(number % 3))
                            try await tenant.transaction { try await $0.add(number) }
                        }
                    }
                    try await group.waitForAll()
                }
            }
            #expect(try test.superuser().column("SELECT count(*) FROM notes") == ["30"])
        }
    }
}

extension EventLoop {
    /// A task on this loop whose result is awaited later.
    func task<Result: Sendable>(_ work: @escaping @Sendable () async throws -> Result) -> Task<Result, any Error> {
        Task(executorPreference: self) { try await work() }
    }
}

extension TestDatabase {
    func waitUntilStatistics(_ condition: (DatabaseStatistics) -> Bool) async throws {
        let end = ContinuousClock.now + .seconds(60)
        while ContinuousClock.now < end {
            if condition(await database.statistics()) { return }
            try await Task.sleep(for: .milliseconds(5))
        }
        Issue.record("\(await database.statistics())")
    }
}
