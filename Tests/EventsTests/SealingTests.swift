import Identifiers
import Loop
import Postgres
import Telemetry
import TenantSupport
import TestSupport
import Testing
import Time

@testable import Events

/// How what was recorded gets into the chain.
@Suite struct SealingTests {
    private static let ana = Actor(.staff, name: "Ana")

    /// With the sealers of so many processes.
    private static func withSealers(
        _ count: Int, of test: TestDatabase, _ log: Telemetry.Log, _ work: () async throws -> Void
    ) async throws {
        let sealers = (0..<count).map { number in
            let loop = Loops.tests.all[number % Loops.tests.all.count]
            let follower = CommitFollower(
                [EventSealer(log: log).work, Outbox.announcing], in: test.database, on: loop
            ) { _ in }
            return loop.spawn { await follower.run() }
        }
        defer { for sealer in sealers { sealer.cancel() } }
        try await work()
    }

    /// The tenants that have events to be sealed, once it is these or a minute has passed.
    private static func unsealed(in test: TestDatabase, whenOnly wanted: [TenantID]) async throws -> [TenantID] {
        let deadline = Monotonic.read() + .seconds(60)
        while true {
            let found: [TenantID] = try await test.database.platform.results(
                "SELECT DISTINCT tenant_id FROM unsealed_events"
            ).map { try $0.read("tenant_id") }
            if found == wanted || Monotonic.read() > deadline { return found }
            try await Task.sleep(for: .milliseconds(5))
        }
    }

    private static func numbers(of tenant: TestTenant, by writer: Int) async throws -> [Int] {
        let found: [Int?] = try await tenant.database.results(
            """
            SELECT (content::jsonb -> 'after' ->> 'number')::int AS number FROM events
            WHERE tenant_id = \(tenant.database.tenant) AND kind = 'test.done'
                AND content::jsonb -> 'after' ->> 'writer' = \("\(writer)")
            ORDER BY sequence
            """
        ).map { try $0.read("number") }
        return found.compactMap(\.self)
    }

    @Test func `many who act at once, and several who seal, leave one whole record with each one's acts in order`()
        async throws
    {
        try await withTenants { norte, sur in
            try await norte.database.sealEvents()
            let before = try await EventChain.verify(in: norte.database).sequence
            try await Self.withSealers(3, of: norte.site.test, Telemetry.Log(to: norte.site.log, as: .json)) {
                try await withThrowingTaskGroup(of: Void.self) { group in
                    for writer in 0..<16 {
                        group.addTask {
                            for number in 0..<50 {
                                for tenant in [norte, sur] {
                                    try await tenant.database.record(
                                        Act(
                                            "test.done",
                                            after: [
                                                Act.Detail("writer", "\(writer)"), Act.Detail("number", "\(number)"),
                                            ]), by: Self.ana, at: tenant.now)
                                }
                            }
                        }
                    }
                    try await group.waitForAll()
                }
                #expect(try await Self.unsealed(in: norte.site.test, whenOnly: []) == [])
            }
            #expect(try await EventChain.verify(in: norte.database).sequence == before + 800)
            _ = try await EventChain.verify(in: sur.database)
            for writer in 0..<16 {
                for tenant in [norte, sur] {
                    #expect(try await Self.numbers(of: tenant, by: writer) == Array(0..<50))
                }
            }
        }
    }

    /// As when a process is killed right after its commit: nobody there rings.
    @Test func `what a process leaves unsealed that ended is sealed and told by another, once`() async throws {
        try await withTenants { norte, _ in
            try await norte.database.sealEvents()
            let database = norte.site.test.database
            let head = try #require(try await EventChain.head(in: norte.database)).sequence
            let told = TestSupport.Log<Notification>()
            let listening = Loops.tests.all[0].spawn {
                for await notification in database.listen(Outbox.channel) { told.add(notification) }
            }
            defer { listening.cancel() }
            #expect(await eventually(on: Loops.tests.all[0]) { told.all == [.gap] })
            try await Self.withSealers(2, of: norte.site.test, Telemetry.Log(to: norte.site.log, as: .json)) {
                try norte.site.test.superuser().execute(
                    """
                    INSERT INTO unsealed_events (tenant_id, content)
                    SELECT '\(norte.database.tenant)', replace(content, event_id::text, gen_random_uuid()::text)
                    FROM events ORDER BY sequence DESC LIMIT 1;
                    INSERT INTO announcements (tenant_id, topic) VALUES ('\(norte.database.tenant)', 'audit')
                    """)
                let expected = ["\(head + 1)", "audit"].map { Notification.payload("\(norte.database.tenant) \($0)") }
                #expect(await eventually(on: Loops.tests.all[0]) { expected.allSatisfy(told.all.contains) })
                for news in expected { #expect(told.all.count { $0 == news } == 1) }
            }
            #expect(try await EventChain.verify(in: norte.database).sequence == head + 1)
        }
    }

    @Test func `who reads the record after an act finds it, and the rest is counted as not sealed`() async throws {
        try await withTenants { norte, sur in
            try await norte.database.sealEvents()
            try await norte.database.record(Act("test.done"), by: Self.ana, at: norte.now)
            let unsealed = try #require(try await norte.database.unsealedEvents())
            #expect(unsealed.count == 1 && unsealed.since == norte.now)
            #expect(try await norte.database.events(limit: 1).map(\.kind) == ["test.done"])
            #expect(try await norte.database.unsealedEvents()?.count == 0)
            await #expect(throws: DatabaseError.self) {
                try await sur.database.execute(
                    "SELECT append_events(\(norte.database.tenant), ARRAY['{}'])")
            }
        }
    }

    @Test func `a run over thousands leaves an event for each and one that sums it up`() async throws {
        try await withTenants { norte, sur in
            let acts = (0..<10_000).map { number in
                Act("test.done", Act.Subject("test", UUID(high: 7, low: UInt64(number)), named: "n\(number)"))
            }
            try await norte.database.record(acts, as: Act("test.run"), by: Self.ana, at: norte.now)
            try await norte.database.sealEvents(atMost: .max)
            let last = try #require(try await norte.database.events(limit: 1).first)
            #expect(last.kind == "test.run")
            let one = try await norte.database.events(EventSelection(subject: UUID(high: 7, low: 4321)), limit: 9)
            #expect(one.map(\.subject) == ["n4321"])
            let ofRun: Int? = try await norte.database.value(
                """
                SELECT count(*) FROM events e JOIN events run ON run.tenant_id = e.tenant_id AND run.kind = 'test.run'
                WHERE e.tenant_id = \(norte.database.tenant) AND e.content::jsonb ->> 'run' = run.event_id::text
                """)
            #expect(ofRun == 10_000)
            #expect(try await EventChain.verify(in: norte.database).sequence > 10_000)
            #expect(try await sur.database.events(EventSelection(kind: "test.run"), limit: 1).isEmpty)
        }
    }

    /// Whoever owns the database has touched one tenant's record: the others' goes on.
    @Test func `a record that cannot be continued keeps no other from being sealed, and is logged`() async throws {
        try await withTenants { norte, sur in
            for tenant in [norte, sur] { try await tenant.database.sealEvents() }
            try norte.site.test.superuser().execute(
                "DELETE FROM event_heads WHERE tenant_id = '\(norte.database.tenant)'")
            try await Self.withSealers(1, of: norte.site.test, Telemetry.Log(to: norte.site.log, as: .json)) {
                for tenant in [norte, sur] {
                    try await tenant.database.record(Act("test.done"), by: Self.ana, at: tenant.now)
                }
                let left = [norte.database.tenant]
                #expect(try await Self.unsealed(in: norte.site.test, whenOnly: left) == left)
            }
            #expect(norte.site.log.text.contains("events_not_sealed"))
            _ = try await EventChain.verify(in: sur.database)
        }
    }
}
