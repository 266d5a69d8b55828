import Identifiers
import Jobs
import Loop
import Postgres
import TestSupport
import Testing
import Time

@Suite struct FailureTests {
    private struct Broken: Error {}
    private var now: Instant { TimeSource.system.now() }

    @Test func `the limit of the rest doubles and any rest below it is as likely`() {
        let backoff = Backoff(first: .seconds(2), longest: .seconds(60))
        #expect((1...7).map { backoff.limit(after: $0) } == [2, 4, 8, 16, 32, 60, 60].map { .seconds($0) })
        #expect(backoff.limit(after: 100_000) == .seconds(60))
        let dice = Randomness(seed: 3)
        let delays = (0..<1000).map { _ in backoff.delay(after: 3, from: dice) }
        #expect(delays.allSatisfy { $0 >= .zero && $0 <= .seconds(8) })
        for quarter in 0..<4 {
            let count = delays.count { $0 >= .seconds(2 * quarter) && $0 < .seconds(2 * quarter + 2) }
            #expect((200...300).contains(count))
        }
    }

    @Test func `a job that fails rests and is tried until it is dead and a person has it done again`() async throws {
        try await JobsFixture.with { test in
            let log = EventLog()
            let isMended = Shared(false)
            let script = Script.make { errand, context in
                guard isMended.value else { throw Broken() }
                try await context.database.leaveEffect(errand.name)
            }
            let (norte, platform) = (test.tenant(1), test.database.platform)
            try await norte.queue([Errand(script, "one", lane: "a"), Errand(script, "two", lane: "a")], at: now)
            try await test.run([test.worker(log: log)]) {
                try await eventually { try await platform.deadJobs().count == 2 }
                #expect(log.started.map(\.attempt).sorted() == [1, 1, 2, 2, 3, 3])
                let dead = try await platform.deadJobs(of: JobsFixture.tenant(1), limit: 1)
                #expect(dead.first?.reason == "It failed with Broken (attempt 3 of 3)")
                #expect(try await platform.deadJobs(of: JobsFixture.tenant(1), after: dead.first).count == 1)
                #expect(try await platform.deadJobs(of: JobsFixture.tenant(2)).isEmpty)

                isMended.change { $0 = true }
                let again = try #require(dead.first)
                #expect(try await platform.requeueDeadJob(again.id, of: JobsFixture.tenant(2), at: now) == false)
                #expect(try await platform.requeueDeadJob(again.id, of: JobsFixture.tenant(1), at: now))
                try await eventually { log.finished.count == 1 }
                let last = try #require(try await platform.deadJobs().first)
                #expect(try await platform.discardDeadJob(last.id, of: JobsFixture.tenant(1)))
            }
            #expect(try await norte.effects().count == 1)
            let statistics = try await platform.jobStatistics(at: now)
            #expect([statistics.queued, statistics.running, statistics.dead] == [0, 0, 0])
        }
    }

    @Test func `what cannot succeed is dead at once with its reason and stops nobody`() async throws {
        try await JobsFixture.with { test in
            let script = Script.make { _, _ in throw PermanentFailure("The router is no longer ours") }
            let (norte, platform, log) = (test.tenant(1), test.database.platform, EventLog())
            try await norte.queue(Errand(script), at: now)
            try await norte.queue(
                HastyErrand(Script.make { _, context in try await context.loop.sleep(for: .seconds(600)) }), at: now)
            for (kind, payload) in [("test.errand", "[1]"), ("test.forgotten", "{}")] {
                try await platform.execute(
                    """
                    SELECT add_jobs(\(JobsFixture.tenant(1)), \(kind), ARRAY[gen_random_uuid()], \([JSONText(payload)]),
                        ARRAY[NULL], ARRAY[NULL], ARRAY[1], \(now), 3)
                    """)
            }
            try await norte.queue(Errand(.trace, "healthy"), at: now)
            let worker = test.worker(log: log) { configuration in
                configuration.unknownKindGrace = .milliseconds(50)
                configuration.lease = .seconds(3)
            }
            try await test.run([worker]) {
                try await eventually { try await platform.deadJobs().count == 4 }
                try await eventually { try await norte.effects() == ["healthy"] }
            }
            let reasons = Set(try await platform.deadJobs().map { "\($0.kind), \($0.attempts): \($0.reason)" })
            #expect(
                reasons == [
                    "test.errand, 1: The router is no longer ours",
                    "test.errand, 1: Its payload cannot be read: the whole: expected an object",
                    "test.forgotten, 0: No worker knows the kind test.forgotten",
                    "test.hasty, 3: It took longer than 0.1 seconds (attempt 3 of 3)",
                ])
        }
    }

    @Test func `a kind that some worker knows waits for it`() async throws {
        try await JobsFixture.with { test in
            try await test.tenant(1).queue(Errand(.trace, "done"), at: now - .seconds(60))
            let log = EventLog()
            // The one that knows it has no places.
            try await test.run([test.worker { $0.places = 0 }]) {
                try await eventually { try test.count("SELECT count(*) FROM job_workers") == 1 }
                try await test.database.platform.execute("SELECT bury_unknown_jobs(\(now), '0')")
            }
            #expect(try await test.database.platform.deadJobs().isEmpty)
            try await test.run([test.worker(log: log)]) { try await eventually { log.finished.count == 1 } }
        }
    }

    /// The failed job cannot be put back as long as another of its key is being queued.
    @Test func `a retry that meets a lock keeps no other job waiting`() async throws {
        try await JobsFixture.with { test in
            let (norte, sur, log) = (test.tenant(1), test.tenant(2), EventLog())
            let mayFail = Shared(false)
            let script = Script.make { _, context in
                if context.attempt == 1 {
                    while !mayFail.value { try await context.loop.sleep(for: .milliseconds(5)) }
                    throw Broken()
                }
            }
            try await norte.queue(Errand(script, key: "service 7"), at: now)
            try await test.run([test.worker(log: log)]) {
                try await eventually { log.started.count == 1 }
                try await norte.transaction { norte in
                    try await norte.queue(Errand(script, key: "service 7"), at: now + .seconds(3600))
                    mayFail.change { $0 = true }
                    for number in 1...20 {
                        try await sur.queue(Errand(.trace, "\(number)"), at: now)
                        try await eventually(within: .seconds(10)) { log.finished.count == number }
                    }
                }
                // The one that was queued is done in its stead.
                try await eventually(within: .seconds(10)) { try test.count("SELECT count(*) FROM jobs") == 1 }
            }
            #expect(try await sur.effects().count == 20)
        }
    }

    @Test func `asked for again while it runs and fails it is not queued twice`() async throws {
        try await JobsFixture.with { test in
            let norte = test.tenant(1)
            let log = EventLog()
            let runs = Shared(0)
            let database = test.database
            let script = Script.make { errand, context in
                guard
                    runs.change({
                        $0 += 1; return $0
                    }) == 1
                else { return }
                try await database.tenant(context.tenant).queue(errand, at: context.now)
                throw Broken()
            }
            try await norte.queue(Errand(script, key: "service 7", lane: "router"), at: now)
            try await test.run([test.worker(log: log)]) {
                try await eventually { log.finished.count == 1 }
            }
            #expect(runs.value == 2)
            #expect(try test.count("SELECT count(*) FROM jobs") == 0)
        }
    }

    @Test func `a worker taken for dead can write nothing and another does its job once`() async throws {
        try await JobsFixture.with { test in
            let (norte, first, second) = (test.tenant(1), EventLog(), EventLog())
            let mayGoOn = Shared(false)
            let runs = Shared(0)
            let refusals = Shared<[String]>([])
            let script = Script.make { errand, context in
                if runs.change({
                    $0 += 1; return $0 == 1
                }) {
                    while !mayGoOn.value { await Script.ignoreCancellation(for: .milliseconds(5), on: context.loop) }
                    await #expect(throws: (any Error).self) { try await context.stillMine() }
                }
                do {
                    try await context.database.transaction { database in
                        try await database.leaveEffect(errand.name)
                        try await context.complete(in: database)
                    }
                } catch {
                    refusals.change { $0.append((error as? DatabaseError)?.sqlState ?? "\(error)") }
                    throw error
                }
            }
            try await norte.queue(
                [Errand(script, "one", lane: "router"), Errand(script, "two", lane: "router")], at: now)
            // The first never speaks up in time by itself: it is as good as paused.
            try await test.run([test.worker(log: first) { $0.lease = .seconds(600) }]) {
                try await eventually { first.started.count == 1 }
                try test.superuser().execute("UPDATE job_workers SET expires_at = now() - interval '1 second'")
                try await test.run([test.worker(log: second) { $0.lease = .seconds(6) }]) {
                    try await eventually { second.finished.count == 2 }
                    mayGoOn.change { $0 = true }
                    try await eventually { first.lost.count == 1 }
                }
            }
            #expect(try await norte.effects() == ["one", "two"])
            #expect(refusals.value == ["MA409"])
            #expect(second.all.contains { if case .rescued(count: 1) = $0 { true } else { false } })
            #expect(try #require(second.started.last).token > (try #require(first.started.first)).token)
        }
    }

    @Test func `a worker whose lease ran out drops its jobs and begins anew`() async throws {
        try await JobsFixture.with { test in
            let log = EventLog()
            let script = Script.make { errand, context in
                if context.attempt == 1 { try await context.loop.sleep(for: .seconds(60)) }
                try await context.database.leaveEffect(errand.name)
            }
            try await test.tenant(1).queue(Errand(script, "once"), at: now)
            try await test.run([test.worker(log: log) { $0.lease = .seconds(6) }]) {
                try await eventually { log.started.count == 1 }
                try test.superuser().execute("UPDATE job_workers SET expires_at = now() - interval '1 second'")
                try await eventually { log.finished.count == 1 }
            }
            #expect(log.lost.count == 1)
            #expect(try await test.tenant(1).effects() == ["once"])
        }
    }

    @Test func `while connections are cut again and again every job takes effect once`() async throws {
        try await JobsFixture.with { test in
            let (norte, log) = (test.tenant(1), EventLog())
            let script = Script.make { errand, context in
                try await context.database.transaction { database in
                    try await database.leaveEffect(errand.name)
                    try await context.loop.sleep(for: .milliseconds(2))
                    try await context.complete(in: database)
                }
            }
            let workers = (0..<2).map { _ in test.worker(log: log) { $0.lease = .seconds(2) } }
            try await norte.queue((100..<300).map { Errand(script, "\($0)", lane: "\($0 % 7)") }, at: now)
            try await test.run(workers) {
                for _ in 0..<12 {
                    let before = log.started.count
                    try test.superuser().execute(
                        """
                        SELECT pg_terminate_backend(pid) FROM pg_stat_activity
                        WHERE datname = current_database() AND pid <> pg_backend_pid()
                        """)
                    try await eventually {
                        try log.started.count > before || test.count("SELECT count(*) FROM jobs") == 0
                    }
                }
                try await eventually(within: .seconds(60)) { try test.count("SELECT count(*) FROM jobs") == 0 }
            }
            let effects = try await norte.effects()
            let dead = try await test.database.platform.deadJobs(limit: 500).map(\.reason)
            #expect(Set(effects).count == effects.count)
            #expect(effects.count + dead.count == 200, "\(Set(dead))")
        }
    }
}
