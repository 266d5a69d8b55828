import Identifiers
import Postgres
import TenantSupport
import TestSupport
import Testing

@testable import Events

@Suite struct EventChainTests {
    private static func record(_ count: Int, at tenant: TestTenant) async throws {
        for number in 1...count {
            try await tenant.database.record(
                Act("test.done", after: [Act.Detail("number", "\(number)")]), by: Actor(.staff, name: "Ana"),
                at: tenant.now, from: tenant.site.randomness)
        }
        try await tenant.database.sealEvents()
    }

    @Test func `two who act at once leave one whole record, and a neighbour's is its own`() async throws {
        try await withTenants { norte, sur in
            try await withThrowingTaskGroup(of: Void.self) { group in
                for _ in 0..<20 { group.addTask { try await Self.record(1, at: norte) } }
                try await group.waitForAll()
            }
            for tenant in [norte, sur] { try await tenant.database.sealEvents() }
            let before = try await EventChain.verify(in: sur.database)
            let head = try await EventChain.verify(in: norte.database)
            #expect(head.sequence == 20 + before.sequence)
            #expect(try await EventChain.verify(in: sur.database) == before)
        }
    }

    @Test func `what is undone was never recorded`() async throws {
        struct Change: Error {}
        try await withTenants { norte, _ in
            try await norte.database.sealEvents()
            let before = try await EventChain.verify(in: norte.database)
            await #expect(throws: Change.self) {
                try await norte.database.transaction { database in
                    try await database.record(Act("test.undone"), by: Actor(.staff, name: "Ana"), at: norte.now)
                    throw Change()
                }
            }
            try await norte.database.sealEvents()
            #expect(try await EventChain.verify(in: norte.database) == before)
        }
    }

    /// Whoever owns the database can do all of this; none of it stays hidden.
    @Test(
        arguments: [
            (
                "UPDATE events SET content = replace(content, 'Ana', 'Eva') WHERE sequence = 3",
                EventChain.Fault.altered(sequence: 3)
            ),
            ("UPDATE events SET hash = sha256('x') WHERE sequence = 2", .altered(sequence: 2)),
            ("DELETE FROM events WHERE sequence = 2", .missing(sequence: 2)),
            ("DELETE FROM events WHERE sequence = 5", .cut(after: 4, known: 5)),
            ("UPDATE events SET sequence = 9 WHERE sequence = 5", .missing(sequence: 5)),
            (
                "UPDATE events SET sequence = CASE sequence WHEN 2 THEN 1002 ELSE 1003 END WHERE sequence IN (2, 3); UPDATE events SET sequence = CASE sequence WHEN 1002 THEN 3 ELSE 2 END WHERE sequence > 1000",
                .altered(sequence: 2)
            ),
            (
                "INSERT INTO events (tenant_id, sequence, content, hash) SELECT tenant_id, 6, replace(content, 'a', 'a'), sha256('y') FROM events WHERE false",
                nil
            ),
            ("TRUNCATE event_heads", .altered(sequence: 5)),
        ] as [(String, EventChain.Fault?)])
    func `an entry changed, removed or moved by the database's owner is found`(
        sql: String, fault: EventChain.Fault?
    ) async throws {
        try await withTenants { norte, _ in
            let superuser = try norte.site.test.superuser()
            try superuser.execute("TRUNCATE events, event_heads, unsealed_events CASCADE")
            try await Self.record(5, at: norte)
            #expect(try await EventChain.verify(in: norte.database).sequence == 5)
            try superuser.execute(sql)
            if let fault {
                await #expect(throws: fault) { try await EventChain.verify(in: norte.database) }
            } else {
                #expect(try await EventChain.verify(in: norte.database).sequence == 5)
            }
        }
    }

    @Test func `an end cut off together with its head is found by a head kept elsewhere`() async throws {
        try await withTenants { norte, _ in
            let superuser = try norte.site.test.superuser()
            try superuser.execute("TRUNCATE events, event_heads, unsealed_events CASCADE")
            try await Self.record(5, at: norte)
            let kept = try #require(try await EventChain.head(in: norte.database))
            try superuser.execute(
                "DELETE FROM events WHERE sequence > 3; UPDATE event_heads h SET sequence = 3, hash = e.hash FROM events e WHERE e.sequence = 3"
            )
            #expect(try await EventChain.verify(in: norte.database).sequence == 3)
            await #expect(throws: EventChain.Fault.cut(after: 3, known: 5)) {
                try await EventChain.verify(against: [kept], in: norte.database)
            }
            // Filled up again with other entries, it is another record.
            try await norte.database.record(Act("test.forged"), by: Actor(.staff, name: "Eva"), at: norte.now)
            try await norte.database.record(Act("test.forged"), by: Actor(.staff, name: "Eva"), at: norte.now)
            try await norte.database.sealEvents()
            await #expect(throws: EventChain.Fault.otherRecord(sequence: 5)) {
                try await EventChain.verify(against: [kept], in: norte.database)
            }
        }
    }

    @Test(arguments: [
        "UPDATE events SET content = '{}'", "DELETE FROM events", "DELETE FROM event_heads",
        "DELETE FROM unsealed_events",
    ])
    func `the program itself may not edit the record`(sql: String) async throws {
        try await withTenants { norte, _ in
            try await Self.record(1, at: norte)
            let superuser = try norte.site.test.superuser()
            #expect(throws: (any Error).self) {
                try superuser.execute("SET ROLE mastil_app; \(sql)")
            }
        }
    }

    @Test func `a secret given by mistake is not kept`() async throws {
        try await withTenants { norte, _ in
            try await norte.database.record(
                Act("test.done", after: [Act.Detail("router_password", "abracadabra"), Act.Detail("name", "x")]),
                by: Actor(.staff, name: "Ana"), at: norte.now)
            let events = try await norte.database.events(
                EventSelection(kind: "test.done"), limit: 10)
            #expect(events.first?.after == [Act.Detail("router_password", "•••"), Act.Detail("name", "x")])
        }
    }
}
