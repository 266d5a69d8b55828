import Identifiers
import Jobs
import Loop
import Postgres
import TestSupport
import Testing
import Time

@Suite struct QueueTests {
    private let now = TimeSource.system.now()

    @Test func `a job is queued with its transaction or not at all`() async throws {
        struct Enough: Error {}
        try await JobsFixture.with { test in
            let norte = test.tenant(1)
            try await norte.transaction { norte in
                try await norte.leaveEffect("kept")
                try await norte.queue(Errand(.trace), at: now)
            }
            await #expect(throws: Enough.self) {
                try await norte.transaction { norte in
                    try await norte.queue(Errand(.trace), at: now)
                    throw Enough()
                }
            }
            #expect(try test.count("SELECT count(*) FROM jobs") == 1)
            #expect(try await norte.effects() == ["kept"])
        }
    }

    @Test func `what waits under a key is not queued twice but becomes earlier`() async throws {
        try await JobsFixture.with { test in
            let (norte, sur) = (test.tenant(1), test.tenant(2))
            try await norte.queue(Errand(.trace, key: "service 7"), at: now + .seconds(60))
            try await norte.queue([Errand(.trace, key: "service 7"), Errand(.trace, key: "service 7")], at: now)
            try await norte.queue(Errand(.trace, key: "service 7"), at: now + .seconds(90))
            try await norte.queue(Errand(.trace, key: "service 8"), at: now)
            try await sur.queue(Errand(.trace, key: "service 7"), at: now)

            #expect(try test.count("SELECT count(*) FROM jobs") == 3)
            let statistics = try await test.database.platform.jobStatistics(at: now)
            #expect(statistics.ready == 3)
            #expect(statistics.oldestReady == now)
        }
    }

    @Test func `a job asked for again is not begun before that transaction has committed`() async throws {
        try await JobsFixture.with { test in
            let norte = test.tenant(1)
            // What the job would see of the effect that the second transaction is about to leave.
            let seen = Shared<[[String]]>([])
            let look = Script.make { _, context in
                let effects = try await context.database.effects()
                seen.change { $0.append(effects) }
            }
            try await norte.queue(Errand(look, key: "service 7"), at: now)
            let log = EventLog()
            let worker = test.worker(log: log)
            try await norte.transaction { norte in
                try await norte.queue(Errand(look, key: "service 7"), at: now)
                try await norte.leaveEffect("changed")
                try await test.run([worker]) {
                    try await test.tenant(2).queue(Errand(.trace), at: now)
                    try await eventually { log.finished.count == 1 }
                    #expect(seen.value.isEmpty)
                }
            }
            try await test.run([test.worker()]) { try await eventually { !seen.value.isEmpty } }
            #expect(seen.value == [["changed"]])
        }
    }

    @Test(arguments: [
        "SELECT queue_jobs(other, 'k', ARRAY[gen_random_uuid()], ARRAY['1'::jsonb], ARRAY[NULL], ARRAY[NULL], '{1}', now(), 1)",
        "SELECT complete_job(other, other, 1)",
        "SELECT hold_job(other, other, 1)",
        "SELECT put_job_schedule(other, 'n', '* * * * *', 'UTC', 'skip', 'k', '1', NULL, NULL, 1, 1, now())",
        "SELECT remove_job_schedule(other, 'n')",
        "SELECT add_jobs(other, 'k', '{}', '{}', '{}', '{}', '{}', now(), 1)",
        "SELECT claim_jobs(other, now(), '{}', '{}', 1, 1, '{}', '{}', 1)",
        "SELECT take_job_arrivals(now(), '{}', '{}')",
        "SELECT bury_unknown_jobs(now(), '0')",
        "SELECT rescue_jobs(now())",
        "SELECT bury_job(other, other, 1, 'x', now())",
        "SELECT payload FROM jobs",
        "SELECT payload FROM dead_jobs",
        "DELETE FROM job_schedules",
        "DELETE FROM job_arrivals",
        "DELETE FROM job_kind_turns",
    ])
    func `a tenant's transaction reaches no other tenant's jobs`(statement: String) async throws {
        try await JobsFixture.with { test in
            let app = try test.server.connect(to: test.name, as: Roles.tenants)
            let other = "'\(JobsFixture.tenant(2))'"
            let text = statement.split(separator: "other", omittingEmptySubsequences: false).joined(separator: other)
            try app.execute("BEGIN; SET LOCAL app.tenant_id = '\(JobsFixture.tenant(1))'")
            let error = #expect(throws: DatabaseError.self) { try app.execute(text) }
            #expect(error?.sqlState == "42501")
        }
    }

    @Test func `a payload is small`() async throws {
        try await JobsFixture.with { test in
            let large = Errand(
                .trace, String((0..<20_000).map { _ in Character(Unicode.Scalar(UInt8.random(in: 97...122))) }))
            let error = await #expect(throws: DatabaseError.self) { try await test.tenant(1).queue(large, at: now) }
            #expect(error?.isCheckViolation(of: "job_payload_is_small") == true)
        }
    }
}
