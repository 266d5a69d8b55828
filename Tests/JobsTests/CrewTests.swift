import Identifiers
import Jobs
import Loop
import Postgres
import TestSupport
import Testing
import Time

/// Workers of different kinds on one queue.
@Suite struct CrewTests {
    private var now: Instant { TimeSource.system.now() }

    /// Each claims at one moment, so that nothing depends on who is quicker.
    @Test(arguments: [[0, 1, 2], [0, 2, 1], [1, 0, 2], [1, 2, 0], [2, 0, 1], [2, 1, 0]])
    func `crews that look in any order leave one another the jobs of their kinds`(order: [Int]) async throws {
        try await JobsFixture.with { test in
            let kinds = [Errand.kind, NarrowErrand.kind, HastyErrand.kind]
            let platform = test.database.platform
            let workers = kinds.map { _ in UUID(high: .random(in: 0 ... .max), low: .random(in: 0 ... .max)) }
            for (worker, kind) in zip(workers, kinds) {
                try await platform.execute(
                    "INSERT INTO job_workers VALUES (\(worker), \([kind]), now() + interval '1 hour')")
            }
            let moment = now
            for tenant in [test.tenant(1), test.tenant(2)] {
                try await tenant.queue(Errand(.trace), at: moment)
                try await tenant.queue(NarrowErrand(.trace), at: moment)
                try await tenant.queue(HastyErrand(.trace), at: moment)
            }
            for crew in order {
                let claimed = try await platform.results(
                    """
                    SELECT kind::text AS kind FROM claim_jobs(
                        \(workers[crew]), \(moment), \([kinds[crew]]), ARRAY[9], 9, 9, '{}', '{}', 9)
                    """
                ).map { try $0.read("kind") as String }
                #expect(claimed == [kinds[crew], kinds[crew]])
            }
        }
    }

    @Test func `a lane freed by one crew wakes the crew that has the next job in it`() async throws {
        try await JobsFixture.with { test in
            let (log, mayEnd) = (EventLog(), Shared(false))
            let slow = Script.make { _, context in
                while !mayEnd.value { try await context.loop.sleep(for: .milliseconds(5)) }
            }
            var (first, second) = (JobKinds(), JobKinds())
            first.add(Errand.self) { try await $0.run(in: $1) }
            second.add(NarrowErrand.self) { try await $0.errand.run(in: $1) }
            let norte = test.tenant(1)
            try await test.run([test.worker(log: log, kinds: first), test.worker(log: log, kinds: second)]) {
                try await norte.queue(Errand(slow, lane: "router 7"), at: now)
                try await eventually { log.started.count == 1 }
                try await norte.queue(NarrowErrand(.trace, "next", lane: "router 7"), at: now)
                try await eventually { try test.count("SELECT count(*) FROM jobs WHERE state = 'parked'") == 1 }
                mayEnd.change { $0 = true }
                // By themselves workers look every 30 s.
                try await eventually(within: .seconds(10)) { log.finished.count == 2 }
            }
            #expect(try await norte.effects() == ["next"])
        }
    }

    @Test func `a worker that begins finds what waits, whoever has seen it arrive`() async throws {
        try await JobsFixture.with { test in
            let log = EventLog()
            try await test.tenant(1).queue(NarrowErrand(.trace, "done"), at: now)
            try await test.database.platform.execute("DELETE FROM job_arrivals")
            try await test.run([test.worker(log: log)]) {
                try await eventually(within: .seconds(10)) { log.finished.count == 1 }
            }
            #expect(try await test.tenant(1).effects() == ["done"])
        }
    }
}
