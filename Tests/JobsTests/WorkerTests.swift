import Identifiers
import Jobs
import Loop
import Postgres
import TestSupport
import Testing
import Time

@Suite struct WorkerTests {
    private var now: Instant { TimeSource.system.now() }

    @Test func `a job is done as soon as its transaction commits or its time comes`() async throws {
        try await JobsFixture.with { test in
            let (norte, log) = (test.tenant(1), EventLog())
            try await test.run([test.worker(log: log)]) {
                try await eventually { try test.count("SELECT count(*) FROM job_workers") == 1 }
                try await norte.queue(Errand(.trace, "now"), at: now)
                try await norte.queue(Errand(.trace, "soon"), at: now + .milliseconds(300))
                // The worker looks by itself every 30 s only.
                try await eventually(within: .seconds(10)) { log.finished.count == 2 }
            }
            #expect(try await norte.effects() == ["now", "soon"])
            #expect(try await test.tenant(2).effects() == [])
            #expect(try test.count("SELECT count(*) FROM jobs") == 0)
            #expect(try test.count("SELECT count(*) FROM job_workers") == 0)
        }
    }

    @Test func `in a lane one job runs at a time and later holders have higher tokens`() async throws {
        try await JobsFixture.with { test in
            let busy = Shared<Set<String>>([])
            let overlaps = Shared(0)
            let tokens = Shared<[String: [Int64]]>([:])
            let script = Script.make { errand, context in
                let lane = "\(context.tenant) \(errand.lane ?? "")"
                let isFree = busy.change { $0.insert(lane).inserted }
                if !isFree { overlaps.change { $0 += 1 } }
                tokens.change { $0[lane, default: []].append(context.token) }
                try await context.loop.sleep(for: .milliseconds(3))
                _ = busy.change { $0.remove(lane) }
            }
            for tenant in [test.tenant(1), test.tenant(2)] {
                try await tenant.queue((0..<90).map { Errand(script, "\($0)", lane: "router \($0 % 3)") }, at: now)
            }
            let log = EventLog()
            try await test.run((0..<4).map { _ in test.worker(log: log) }) {
                try await eventually { log.finished.count == 180 }
            }
            #expect(overlaps.value == 0)
            #expect(tokens.value.count == 6)
            #expect(tokens.value.values.allSatisfy { $0 == $0.sorted() && Set($0).count == 30 })
        }
    }

    @Test func `limits of tenant and kind hold over all workers`() async throws {
        try await JobsFixture.with { test in
            let counts = Shared((now: [String: Int](), most: [String: Int]()))
            let script = Script.make { errand, context in
                counts.change { counts in
                    counts.now[errand.name, default: 0] += 1
                    counts.most[errand.name] = max(counts.most[errand.name, default: 0], counts.now[errand.name] ?? 0)
                }
                try await context.loop.sleep(for: .milliseconds(10))
                counts.change { $0.now[errand.name, default: 0] -= 1 }
            }
            try await test.tenant(1).queue((0..<40).map { _ in NarrowErrand(script, "narrow") }, at: now)
            try await test.tenant(2).queue((0..<60).map { _ in Errand(script, "wide") }, at: now)
            let log = EventLog()
            let workers = (0..<3).map { _ in test.worker(log: log) { $0.tenantLimit = 5 } }
            try await test.run(workers) { try await eventually { log.finished.count == 100 } }
            #expect(counts.value.most["narrow"] == 2)
            #expect(counts.value.most["wide"].map { (3...5).contains($0) } == true)
        }
    }

    @Test func `a tenant's urgent jobs go first and then the oldest`() async throws {
        try await JobsFixture.with { test in
            let order = Shared<[String]>([])
            let script = Script.make { errand, _ in order.change { $0.append(errand.name) } }
            var urgent = Errand(script, "urgent")
            urgent.priority = .urgent
            var quiet = Errand(script, "quiet")
            quiet.priority = .whenQuiet
            let (norte, now) = (test.tenant(1), now)
            try await norte.queue(quiet, at: now - .seconds(9))
            try await norte.queue(Errand(script, "second"), at: now - .seconds(1))
            try await norte.queue(Errand(script, "first"), at: now - .seconds(2))
            try await norte.queue(urgent, at: now)
            try await test.run([test.worker { $0.places = 1 }]) { try await eventually { order.value.count == 4 } }
            #expect(order.value == ["urgent", "first", "second", "quiet"])
        }
    }

    /// Counted in jobs begun, which no busy machine blurs.
    @Test func `a tenant with twenty thousand jobs keeps the others waiting for a few of them only`() async throws {
        try await JobsFixture.with { test in
            let script = Script.make { _, context in try await context.loop.sleep(for: .milliseconds(2)) }
            let noisy = test.tenant(1)
            for _ in 0..<4 { try await noisy.queue((0..<5000).map { _ in Errand(script) }, at: now) }
            let log = EventLog()
            try await test.run([test.worker(log: log), test.worker(log: log)]) {
                try await eventually { log.started.count > 200 }
                for number in 2...11 {
                    try await test.tenant(number).queue(Errand(script), at: now)
                    let before = log.started.count
                    try await eventually { log.started.contains { $0.tenant == JobsFixture.tenant(number) } }
                    let started = log.started
                    let place = started.firstIndex { $0.tenant == JobsFixture.tenant(number) } ?? .max
                    // Those begun meanwhile by two workers of 16 places: a full round of each, twice.
                    #expect(place - before < 64, "tenant \(number)")
                }
                let statistics = try await test.database.platform.jobStatistics(at: now)
                #expect(statistics.queued > 5000)
                try test.superuser().execute("DELETE FROM jobs WHERE state <> 'running'")
            }
        }
    }

    @Test func `behind a lane with thousands of jobs the other lanes go on`() async throws {
        try await JobsFixture.with { test in
            let mayEnd = Shared(false)
            let slow = Script.make { _, context in
                while !mayEnd.value { try await context.loop.sleep(for: .milliseconds(5)) }
            }
            let (norte, log) = (test.tenant(1), EventLog())
            try await norte.queue((0..<3000).map { _ in Errand(slow, lane: "dead router") }, at: now - .seconds(9))
            try await norte.queue((0..<3).map { Errand(.trace, "\($0)", lane: "router \($0)") }, at: now)
            try await test.run([test.worker(log: log)]) {
                try await eventually { log.finished.count == 3 }
                #expect(log.started.count == 4)
                #expect(try test.count("SELECT count(*) FROM jobs WHERE state = 'parked'") == 2999)
                mayEnd.change { $0 = true }
                try await eventually { log.finished.count > 20 }
            }
            #expect(try await norte.effects() == ["0", "1", "2"])
        }
    }

    @Test func `effect and completion commit together`() async throws {
        struct Broken: Error {}
        try await JobsFixture.with { test in
            let script = Script.make { errand, context in
                let isFirst = context.attempt == 1
                try await context.database.transaction { database in
                    try await database.leaveEffect(errand.name)
                    try await context.complete(in: database)
                    if isFirst { throw Broken() }
                }
            }
            let (norte, log) = (test.tenant(1), EventLog())
            try await norte.queue((1...20).map { Errand(script, "\($0)", lane: "\($0 % 2)") }, at: now)
            try await test.run([test.worker(log: log)]) { try await eventually { log.finished.count == 20 } }
            #expect(try await norte.effects().count == 20)
            #expect(log.started.count == 40)
            #expect(log.lost.isEmpty)
            #expect(try test.count("SELECT count(*) FROM jobs") == 0)
        }
    }

    @Test func `drained it begins nothing more and gives back what does not end in time`() async throws {
        try await JobsFixture.with { test in
            let mayEnd = Shared(false)
            let slow = Script.make { _, context in try await context.loop.sleep(for: .seconds(60)) }
            let quick = Script.make { errand, context in
                while !mayEnd.value { try await context.loop.sleep(for: .milliseconds(5)) }
                try await context.database.leaveEffect(errand.name)
            }
            let (norte, log, home) = (test.tenant(1), EventLog(), test.loops.all[0])
            try await norte.queue([Errand(slow, "slow", lane: "router"), Errand(quick, "quick")], at: now)
            let worker = test.worker(log: log) { configuration in
                configuration.places = 2
                configuration.tenantShare = 1
            }
            try await test.run([worker]) {
                try await eventually { log.started.count == 2 }
                try await norte.queue(Errand(quick, "after"), at: now)
                let drain = home.spawn { await worker.drain(within: .seconds(5)) }
                // What is done on the loop from here on is done after the drain has begun.
                try await home.run {}
                mayEnd.change { $0 = true }
                await drain.value
            }
            #expect(log.finished.count == 1)
            #expect(log.released.count == 1)
            #expect(try await norte.effects() == ["quick"])
            let rows = try test.superuser().rows(
                "SELECT payload ->> 'name', attempts, state, worker_id FROM jobs ORDER BY run_at")
            // What was given back keeps its place.
            #expect(rows == [["slow", "0", "queued", nil], ["after", "0", "queued", nil]])
        }
    }

    @Test func `a cancelled worker gives its jobs back to the next`() async throws {
        try await JobsFixture.with { test in
            let script = Script.make { errand, context in
                if errand.name == "stubborn" { await Script.ignoreCancellation(for: .seconds(1), on: context.loop) }
                try await context.loop.sleep(for: .seconds(60))
            }
            let log = EventLog()
            try await test.tenant(1).queue([Errand(script, "stubborn"), Errand(script, "obedient")], at: now)
            let worker = test.worker(log: log)
            let task = Task { await worker.run() }
            try await eventually { log.started.count == 2 }
            task.cancel()
            await task.value
            #expect(log.released.count == 2)
            #expect(try test.count("SELECT count(*) FROM jobs WHERE state = 'queued' AND attempts = 0") == 2)
            #expect(try test.count("SELECT count(*) FROM job_workers") == 0)
        }
    }
}

extension Script {
    static func ignoreCancellation(for span: Duration, on loop: EventLoop) async {
        await withUnsafeContinuation { continuation in
            loop.perform { loop.after(span) { continuation.resume() } }
        }
    }
}
