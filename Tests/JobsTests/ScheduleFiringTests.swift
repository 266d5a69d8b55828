import Identifiers
import Loop
import Postgres
import TestSupport
import Testing
import Time

@testable import Jobs

@Suite struct ScheduleFiringTests {
    private static let santiago = "America/Santiago"

    private func moment(_ text: String) -> Instant {
        Instant(rfc3339: text) ?? Instant(microseconds: .min)
    }

    @Test(arguments: [
        ("* * * * *", "2023-01-01T00:00:00Z", "2024-06-30T12:34:56Z", "2024-06-30T12:34:00Z"),
        ("0 8 * * *", "2024-06-01T08:00:00Z", "2024-06-30T07:59:59Z", "2024-06-29T08:00:00Z"),
        ("0 8 1 1 *", "2022-01-01T08:00:00Z", "2024-06-30T00:00:00Z", "2024-01-01T08:00:00Z"),
        ("0 8 29 2 *", "2020-02-29T08:00:00Z", "2027-06-30T00:00:00Z", "2024-02-29T08:00:00Z"),
        ("*/10 * * * *", "2024-06-30T12:30:00Z", "2024-06-30T12:30:00Z", "2024-06-30T12:30:00Z"),
    ])
    func `the last occurrence is found from far away`(_ row: (String, String, String, String)) throws {
        let schedule = try Schedule(row.0)
        let last = schedule.last(from: moment(row.1), until: moment(row.2), in: .utc)
        #expect(last.rfc3339 == moment(row.3).rfc3339)
    }

    /// Santiago skips the hour after midnight of 8 September 2024, and shows 23 o'clock of 6 April twice.
    @Test(arguments: [
        (
            "30 0 * * *", "2024-09-06T12:00:00Z",
            ["2024-09-07T04:30:00.000Z", "2024-09-08T04:00:00.000Z", "2024-09-09T03:30:00.000Z"]
        ),
        (
            "30 23 * * *", "2024-04-05T12:00:00Z",
            ["2024-04-06T02:30:00.000Z", "2024-04-07T02:30:00.000Z", "2024-04-08T03:30:00.000Z"]
        ),
    ])
    func `a daily job runs once a day when the clocks change`(_ row: (String, String, [String])) async throws {
        try await JobsFixture.with { test in
            let clock = HeldClock(row.1)
            let runs = Shared<[String]>([])
            let script = Script.make { _, context in runs.change { $0.append(context.dueAt.rfc3339) } }
            try await test.tenant(1).schedule(
                Errand(script), named: "daily", at: row.0, in: .named(Self.santiago), catchUp: .once, from: clock.now)
            let workers = (0..<2).map { _ in
                test.worker(time: clock.source) { $0.poll = .milliseconds(20) }
            }
            try await test.run(workers) {
                for _ in 0..<9 {
                    clock.advance(.seconds(8 * 3600))
                    let now = clock.now
                    try await eventually {
                        try test.count("SELECT count(*) FROM job_schedules WHERE next_at > '\(now.rfc3339)'") == 1
                            && test.count("SELECT count(*) FROM jobs") == 0
                    }
                }
            }
            #expect(runs.value == row.2)
        }
    }

    @Test(arguments: [(CatchUp.once, ["2024-06-05T08:00:00.000Z"]), (.skip, [])])
    func `what was missed while no worker ran is made up for once or not at all`(
        catchUp: CatchUp, expected: [String]
    ) async throws {
        try await JobsFixture.with { test in
            let clock = HeldClock("2024-06-01T12:00:00Z")
            let runs = Shared<[String]>([])
            let script = Script.make { _, context in runs.change { $0.append(context.dueAt.rfc3339) } }
            try await test.tenant(1).schedule(
                Errand(script), named: "daily", at: "0 8 * * *", in: .utc, catchUp: catchUp, from: clock.now)
            clock.advance(.seconds(4 * 86_400))
            let log = EventLog()
            func work(expecting count: Int) async throws {
                let now = clock.now
                try await test.run([test.worker(time: clock.source, log: log)]) {
                    try await eventually {
                        try test.count("SELECT count(*) FROM job_schedules WHERE next_at > '\(now.rfc3339)'") == 1
                            && test.count("SELECT count(*) FROM jobs") == 0 && runs.value.count == count
                    }
                }
            }
            try await work(expecting: expected.count)
            #expect(runs.value == expected)
            // Started anew a moment after the next, it is in time for both.
            clock.advance(.seconds(20 * 3600 + 30))
            try await work(expecting: expected.count + 1)
            #expect(runs.value.last == "2024-06-06T08:00:00.000Z")
        }
    }

    @Test func `many workers bring each occurrence once`() async throws {
        try await JobsFixture.with { test in
            let clock = HeldClock("2024-06-01T12:00:30Z")
            let runs = Shared<[String]>([])
            let script = Script.make { errand, context in
                runs.change { $0.append("\(errand.name) \(context.dueAt.rfc3339)") }
            }
            for number in 0..<40 {
                try await test.tenant(number % 20 + 1).schedule(
                    Errand(script, "\(number)"), named: "s\(number)", at: "* * * * *", in: .utc, catchUp: .once,
                    from: clock.now)
            }
            let workers = (0..<4).map { _ in test.worker(time: clock.source) { $0.poll = .milliseconds(5) } }
            try await test.run(workers) {
                for minute in 1...5 {
                    clock.advance(.seconds(60))
                    try await eventually { runs.value.count >= 40 * minute }
                }
            }
            #expect(runs.value.count == 200)
            #expect(Set(runs.value).count == 200)
        }
    }

    @Test func `a schedule put again keeps its next occurrence and one of another time does not`() async throws {
        try await JobsFixture.with { test in
            let (norte, clock) = (test.tenant(1), HeldClock("2024-06-01T12:00:00Z"))
            func put(_ expression: String) async throws -> String? {
                try await norte.schedule(
                    Errand(.trace), named: "daily", at: expression, in: .utc, catchUp: .once, from: clock.now)
                return try test.superuser().column("SELECT next_at AT TIME ZONE 'UTC' FROM job_schedules").first
            }
            let first = try await put("0 8 * * *")
            clock.advance(.seconds(5 * 86_400))
            let again = try await put("0 8 * * *")
            let other = try await put("0 9 * * *")
            #expect([first, again, other] == ["2024-06-02 08:00:00", "2024-06-02 08:00:00", "2024-06-07 09:00:00"])
            await #expect(throws: JobsError.neverComes("0 8 30 2 *")) { try await put("0 8 30 2 *") }
            await #expect(throws: ScheduleError.self) { try await put("0 8 * *") }
            let removals = [try await norte.unschedule("daily"), try await norte.unschedule("daily")]
            #expect(removals == [true, false])
        }
    }

    @Test func `a schedule that cannot be read is reported and stops no other`() async throws {
        try await JobsFixture.with { test in
            let log = EventLog()
            let clock = HeldClock("2024-06-01T12:00:00Z")
            for name in ["broken", "sound"] {
                try await test.tenant(1).schedule(
                    Errand(.trace, name), named: name, at: "* * * * *", in: .utc, catchUp: .once, from: clock.now)
            }
            try test.superuser().execute("UPDATE job_schedules SET zone = 'America/Atlantis' WHERE name = 'broken'")
            clock.advance(.seconds(60))
            try await test.run([test.worker(time: clock.source, log: log)]) {
                try await eventually { log.finished.count == 1 }
            }
            #expect(try await test.tenant(1).effects() == ["sound"])
            #expect(
                log.all.contains {
                    guard case .badSchedule(let tenant, "broken", let reason) = $0 else { return false }
                    return tenant == JobsFixture.tenant(1) && reason.contains("America/Atlantis")
                })
        }
    }
}
