import Crypto
import Events
import Identifiers
import Jobs
import Postgres
import TenantSupport
import TestSupport
import Testing

@testable import Audit

@Suite struct SignedHeadTests {
    private static func key() throws -> SigningKey { try SigningKey.make(from: Randomness(seed: 3)) }

    private static func signer(_ copy: @escaping @Sendable (SignedHead) throws -> Void) throws -> HeadSigner {
        try #require(HeadSigner(keys: [try key()], copy: copy))
    }

    private static func record(_ count: Int, at tenant: TestTenant) async throws {
        for number in 1...count {
            try await tenant.database.record(
                Act("test.done", after: [Act.Detail("number", "\(number)")]), by: Actor(.staff, name: "Ana"),
                at: tenant.now, from: tenant.site.randomness)
        }
        try await tenant.database.sealEvents()
    }

    @Test func `every night the record is signed as far as it reaches, and a copy put away first`() async throws {
        try await withTenants { norte, sur in
            let copies = TestSupport.Log<SignedHead>()
            let signer = try Self.signer { copies.add($0) }
            try await Self.record(3, at: norte)
            for _ in 0..<2 { try await SignHead.sign(with: signer, at: norte.now, in: norte.database) }
            let head = try #require(try await EventChain.head(in: norte.database))
            let signed = try #require(try await norte.database.lastSignedHead())
            #expect(signed.head == head && copies.all == [signed])
            #expect(SignedHead(line: signed.line) == signed)
            #expect(signed.isGenuine(by: [try Self.key().publicKey]))
            #expect(!signed.isGenuine(by: [try SigningKey.make(from: Randomness(seed: 4)).publicKey]))
            #expect(try await sur.database.signedHeads().isEmpty)

            struct Full: Error {}
            try await Self.record(1, at: norte)
            await #expect(throws: Full.self) {
                try await SignHead.sign(
                    with: Self.signer { _ in throw Full() }, at: norte.now, in: norte.database)
            }
            #expect(try await norte.database.signedHeads().count == 1)
        }
    }

    /// Whoever owns the database can do all of this; none of it is signed, and none is hidden from what was signed.
    @Test(arguments: [
        "UPDATE events SET content = replace(content, 'Ana', 'Eva') WHERE sequence = 4",
        "DELETE FROM events WHERE sequence = 4", "DELETE FROM events WHERE sequence = 6",
        "INSERT INTO events (tenant_id, sequence, content, hash) SELECT tenant_id, 7, replace(content, '\"id\":\"0', '\"id\":\"1'), hash FROM events WHERE sequence = 6",
        "UPDATE events SET sequence = CASE sequence WHEN 4 THEN 1005 ELSE 1004 END WHERE sequence IN (4, 5); UPDATE events SET sequence = sequence - 1000 WHERE sequence > 1000",
        "TRUNCATE events CASCADE",
    ])
    func `what the database's owner changed since last night is not signed`(sql: String) async throws {
        try await withTenants { norte, _ in
            let superuser = try norte.site.test.superuser()
            try superuser.execute("TRUNCATE events, event_heads, unsealed_events CASCADE")
            let signer = try Self.signer { _ in }
            try await Self.record(3, at: norte)
            try await SignHead.sign(with: signer, at: norte.now, in: norte.database)
            try await Self.record(3, at: norte)
            try superuser.execute(sql)
            await #expect(throws: PermanentFailure.self) {
                try await SignHead.sign(with: signer, at: norte.now, in: norte.database)
            }
            #expect(try await norte.database.signedHeads().count == 1)
        }
    }

    @Test(arguments: [
        (
            "DELETE FROM events WHERE sequence > 2; UPDATE event_heads h SET sequence = 2, hash = e.hash FROM events e WHERE e.sequence = 2",
            EventChain.Fault.cut(after: 2, known: 5)
        ), ("TRUNCATE events, event_heads CASCADE", .cut(after: 0, known: 5)),
        (
            """
            UPDATE events SET content = replace(content, 'Ana', 'Eva');
            DO $$
            DECLARE
                entry record;
                chain bytea := decode(repeat('00', 32), 'hex');
            BEGIN
                FOR entry IN SELECT * FROM events ORDER BY sequence LOOP
                    chain := sha256(chain || convert_to(entry.content, 'UTF8'));
                    UPDATE events SET hash = chain WHERE sequence = entry.sequence;
                END LOOP;
                UPDATE event_heads SET hash = chain;
            END $$
            """, .otherRecord(sequence: 5)
        ),
    ])
    func `an end cut off with its head, or all written anew with right hashes, is found by what was signed`(
        sql: String, fault: EventChain.Fault
    ) async throws {
        try await withTenants { norte, _ in
            let superuser = try norte.site.test.superuser()
            try superuser.execute("TRUNCATE events, event_heads, unsealed_events CASCADE")
            try await Self.record(5, at: norte)
            try await SignHead.sign(
                with: Self.signer { _ in }, at: norte.now, in: norte.database)
            let signed = try await norte.database.signedHeads()
            try superuser.execute(sql)
            // By itself what is there is whole.
            _ = try await EventChain.verify(in: norte.database)
            await #expect(throws: fault) {
                try await EventChain.verify(against: signed.map(\.head), in: norte.database)
            }
        }
    }

    @Test(arguments: [
        "UPDATE signed_heads SET sequence = sequence - 1", "UPDATE signed_heads SET hash = sha256('x')",
        "UPDATE signed_heads SET signed_at = signed_at - interval '1 day'",
        "UPDATE signed_heads SET public_key = sha256('x')",
        "UPDATE signed_heads SET tenant_id = (SELECT tenant_id FROM tenants WHERE slug = 'sur')",
    ])
    func `a signature that was tampered with is none`(sql: String) async throws {
        try await withTenants { norte, sur in
            try await Self.record(2, at: norte)
            try await SignHead.sign(
                with: Self.signer { _ in }, at: norte.now, in: norte.database)
            try norte.site.test.superuser().execute(sql)
            let heads = try await norte.database.signedHeads() + sur.database.signedHeads()
            #expect(try heads.map { $0.isGenuine(by: [try norte.signingKey]) } == [false])
            // And nothing more is signed on top of it.
            for tenant in [norte, sur] where try await tenant.database.lastSignedHead() != nil {
                await #expect(throws: PermanentFailure.self) {
                    try await SignHead.sign(with: Self.signer { _ in }, at: tenant.now, in: tenant.database)
                }
            }
        }
    }

    @Test(arguments: ["UPDATE signed_heads SET sequence = 1", "DELETE FROM signed_heads"])
    func `the program itself may not edit what was signed`(sql: String) async throws {
        try await withTenants { norte, _ in
            let superuser = try norte.site.test.superuser()
            #expect(throws: (any Error).self) { try superuser.execute("SET ROLE mastil_app; \(sql)") }
        }
    }
}

extension TestTenant {
    fileprivate var signingKey: [UInt8] {
        get throws { try SigningKey.make(from: Randomness(seed: 3)).publicKey }
    }
}
