import Glibc
import TestSupport
import Testing

/// Workers that are processes, and what the others make of it when one of them is silent. In real time: a worker's lease
/// is 10 s, and every 3 s the others look who did not keep theirs.
@Suite struct WorkTests {
    @Test func `the job of a worker that is killed is done by another soon after its lease`() async throws {
        try await Installation.with { installation in
            let lock = try await installation.lock("sign_in_links")
            try await installation.queueJob()
            try await RunningMastil.run("work", for: installation) { killed in
                try await installation.waitUntilJobIsHeldUp()
                try await killed.send(SIGKILL)
                _ = try await killed.ended()
                try await lock.release()
                #expect(try await installation.jobs() == ["running"])
                try await RunningMastil.run("work", for: installation) { other in
                    try await eventually("the job is done") { other.says("job_finished") }
                    try await eventually("it says that it took the job over") { other.says("jobs_rescued") }
                    #expect(try await installation.jobs().isEmpty)
                }
            }
        }
    }

    @Test func `a worker that was stopped for longer than its lease cannot end a job that another took`() async throws {
        try await Installation.with { installation in
            let first = try await installation.lock("sign_in_links")
            try await installation.queueJob()
            try await RunningMastil.run("work", for: installation) { stopped in
                try await installation.waitUntilJobIsHeldUp()
                let process = try #require(try await stopped.processes("working-process").first)
                kill(process, SIGSTOP)
                try await first.release()
                // What it had sent is carried out; that it is done, it cannot say.
                try await eventually("its transaction is over") { try await !installation.isJobHeldUp() }
                let second = try await installation.lock("sign_in_links")
                #expect(try await installation.jobs() == ["running"])
                try await RunningMastil.run("work", for: installation) { other in
                    try await installation.waitUntilJobIsHeldUp()
                    try await eventually("it says that it took the job over") { other.says("jobs_rescued") }

                    kill(process, SIGCONT)
                    try await eventually("it learns that the job is not its own any more") { stopped.says("job_lost") }
                    #expect(try await installation.jobs().count == 1)
                    try await second.release()
                    try await eventually("the other ends it") { other.says("job_finished") }
                }
                #expect(try await installation.jobs().isEmpty)
                #expect(!stopped.says("job_finished") && !stopped.hasEnded)
            }
        }
    }
}

extension RunningMastil {
    func says(_ event: String) -> Bool { log.contains("\"event\":\"\(event)\"") }
}

extension Installation {
    /// One that touches the table that the tests lock.
    func queueJob() async throws {
        try await sql(
            """
            SELECT add_jobs(tenant_id, 'identity.forget-credentials', ARRAY[gen_random_uuid()], ARRAY['{}'::jsonb],
                ARRAY[NULL], ARRAY[NULL], ARRAY[1], now(), 20) FROM tenants WHERE slug = 'norte'
            """)
    }

    fileprivate func jobs() async throws -> [String] { try await sql("SELECT state FROM jobs").compactMap { $0[0] } }

    fileprivate func isJobHeldUp() async throws -> Bool {
        try await !sql("SELECT FROM pg_locks WHERE relation = 'sign_in_links'::regclass AND NOT granted").isEmpty
    }

    fileprivate func waitUntilJobIsHeldUp() async throws {
        try await eventually("the job is held up by the lock") { try await isJobHeldUp() }
    }
}
