import Access
import Customers
import Identifiers
import Identity
import Locale
import Loop
import Mail
import Postgres
import Simulation
import Synchronization
import TenantSupport
import TestSupport
import Testing
import Time

@testable import Jobs
@testable import Letters

@Suite struct LetterSimulationTests {
    private static func people(_ tenants: [TestTenant]) async throws -> [StaffMember] {
        var people: [StaffMember] = []
        for tenant in tenants {
            let id = try await tenant.staff([.customersRead], as: "Ana")
            people.append(try #require(try await tenant.database.staffMember(id)))
        }
        return people
    }

    private static func clear(_ tenant: TestTenant) throws {
        try tenant.site.test.superuser().execute(
            """
            DELETE FROM letters; DELETE FROM sign_in_links; DELETE FROM jobs; DELETE FROM dead_jobs;
            DELETE FROM job_kind_turns; DELETE FROM job_arrivals; DELETE FROM job_workers;
            """)
    }

    /// Workers that are killed or lose their leases at any moment, a mail server that is away, refuses, or takes a letter
    /// and breaks off.
    @Test func `of twelve seeds each letter is sent or told why not, and each seed is played again byte by byte`()
        async throws
    {
        try await withTenants { norte, sur in
            let people = try await Self.people([norte, sur])
            var records: [UInt64: String] = [:]
            for seed in (1...12 as ClosedRange<UInt64>).map(\.self) + [1] {
                try Self.clear(norte)
                let world = SimulatedLetters([norte, sur], people, seed: seed)
                let record = try await world.run()
                let faults = try await world.faults()
                #expect(faults.isEmpty, "seed \(seed): \(faults)\n\(record)")
                if let before = records[seed] { #expect(record == before, "seed \(seed)") }
                records[seed] = record
            }
            #expect(Set(records.values).count == 12)
        }
    }

    @Test func `a letter cut off at any point is sent by the next worker, and done twice it is one letter`()
        async throws
    {
        try await withTenants { norte, sur in
            let people = try await Self.people([norte, sur])
            let taken = Taken()
            let passed = try await SagaTrials(
                prepare: {
                    try Self.clear(norte)
                    taken.letters = []
                    try await norte.database.write(
                        .passwordLink, to: people[0].email, about: people[0].id.uuid,
                        on: Letterhead(language: .es, origin: "http://norte.test"), at: norte.now,
                        from: norte.site.randomness)
                },
                act: { points in try await Self.send(at: norte, points, into: taken) },
                isDone: {
                    let letters = try await norte.database.letters(before: nil, limit: 9)
                    let copies = taken.letters
                    guard letters.map(\.state) == [.sent], Set(copies) == [letters[0].id.uuid], copies.count <= 2 else {
                        return "\(letters.map(\.state)), \(copies.count) copies"
                    }
                    return try norte.site.test.superuser().column("SELECT count(*) FROM jobs") == ["0"]
                        ? nil : "a job is left"
                }
            ).run()
            #expect(passed.contains("before it is given to the mail server") && passed.count > 5, "\(passed)")
            #expect(try await sur.database.letters(before: nil, limit: 9).isEmpty)
        }
    }

    /// One worker takes what is due and does it, until it is cut off; its lease is over then.
    private static func send(at tenant: TestTenant, _ points: KillPoints, into taken: Taken) async throws {
        let (database, site) = (tenant.site.test.database, tenant.site)
        var office = LetterSender(
            sender: "avisos@{slug}.example", tenant: { _ in tenant.tenant },
            send: { message throws(MailError) in
                do {
                    try points.pass("before it is given to the mail server")
                    taken.letters.append(message.id)
                    try points.pass("after it was given to the mail server")
                } catch {
                    throw .interrupted("killed")
                }
            })
        StaffLetters.add(to: &office)
        let sender = office
        var kinds = JobKinds()
        kinds.add(SendLetter.self) { try await $0.run(in: $1, by: sender) }
        let worker = UUID(high: site.randomness.next(), low: site.randomness.next())
        try await database.platform.execute(
            "INSERT INTO job_workers VALUES (\(worker), \(kinds.names), clock_timestamp() + interval '1 day')")
        var turn = Turn(worker: worker, now: tenant.now, kinds: kinds)
        turn.wanted = 1
        let claims = try await turn.take(in: database.platform).claims
        do {
            for claim in claims {
                let kind = try #require(kinds[claim.kind])
                let context = JobContext(
                    claim, in: database, time: site.clock.source, randomness: site.randomness, on: Loops.tests.all[0],
                    passed: { () throws(DatabaseError) in
                        do { try points.pass("a transaction") } catch { throw .cancelled }
                    })
                guard case .done = await RunningJob(claim, as: kind, in: context).run(on: nil) else {
                    throw Simulation.Killed()
                }
                turn.done.append(claim)
                try points.pass("before the queue learns that it is done")
            }
            turn.wanted = 0
            _ = try await turn.take(in: database.platform)
        } catch is Simulation.Killed {
            try await database.platform.execute("DELETE FROM job_workers WHERE worker_id = \(worker)")
            site.clock.advance(by: .seconds(1))
            try await database.platform.execute("SELECT rescue_jobs(\(tenant.now))")
            site.clock.advance(by: .seconds(600))
            throw Simulation.Killed()
        }
        try await database.platform.execute("DELETE FROM job_workers WHERE worker_id = \(worker)")
    }
}

/// What the mail server has. One thing happens at a time.
private final class Taken: Sendable {
    private let box = Mutex<[UUID]>([])

    var letters: [UUID] {
        get { box.withLock(\.self) }
        set { box.withLock { $0 = newValue } }
    }
}
