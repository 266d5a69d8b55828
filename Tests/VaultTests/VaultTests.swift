import Crypto
import Identifiers
import Loop
import Postgres
import Synchronization
import Tenancy
import TenantSupport
import TestSupport
import Testing

@testable import Vault

/// A key file that a test rewrites while the vault is in use.
private final class KeyRings: Sendable {
    private let lines: Mutex<[String]>

    init(_ names: String...) { lines = Mutex(names.map(Self.line)) }

    func put(_ names: String...) { lines.withLock { $0 = names.map(Self.line) } }

    func read() throws -> KeyRing {
        try KeyRing(text: Array(lines.withLock { $0.joined(separator: "\n") }.utf8))
    }

    private static func line(_ name: String) -> String {
        "\(name):\(Base64.standard.encode(SHA256.digest(of: name.utf8)))"
    }
}

@Suite struct VaultTests {
    private static let secret = Array("clave-del-router-7Q".utf8)
    private static let row = UUID(high: 4, low: 4)
    private let randomness = Randomness(seed: 3)
    private let field = SecretField("password", of: "routers", row: row)

    private func vault(_ rings: KeyRings) throws -> Vault { try Vault(from: randomness, readRing: rings.read) }

    @Test func `a secret comes back where it was put, and opens nowhere else`() async throws {
        try await withTenants { norte, sur in
            let vault = try vault(KeyRings("one"))
            let sealed = try await vault.seal(Self.secret, for: field, at: norte.now, in: norte.database)
            #expect(try await vault.open(sealed, for: field, in: norte.database) == Self.secret)
            for other in [
                SecretField("password", of: "routers", row: UUID(high: 4, low: 5)),
                SecretField("secret", of: "routers", row: Self.row), SecretField("password", of: "olts", row: Self.row),
            ] {
                await #expect(throws: CryptoError.doesNotOpen) {
                    try await vault.open(sealed, for: other, in: norte.database)
                }
            }
            // At the neighbour's there is no such data key; nor does it help to bring it along.
            let id = try DataKey.name(in: sealed)
            await #expect(throws: CryptoError.dataKeyIsGone(id)) {
                try await vault.open(sealed, for: field, in: sur.database)
            }
            try norte.site.test.superuser().execute(
                """
                INSERT INTO data_keys SELECT '\(sur.tenant.id)', key_id, wrapped, wrapped_by, made_at FROM data_keys
                """)
            await #expect(throws: CryptoError.doesNotOpen) {
                try await vault.open(sealed, for: field, in: sur.database)
            }
        }
    }

    @Test func `who has the database alone finds no secret in it`() async throws {
        try await withTenants { norte, _ in
            let vault = try vault(KeyRings("one"))
            let sealed = try await vault.seal(Self.secret, for: field, at: norte.now, in: norte.database)
            try norte.site.test.superuser().execute("CREATE TABLE kept (bytes bytea)")
            try norte.site.test.superuser().execute("INSERT INTO kept VALUES ('\\x\(Hex.encode(sealed))')")
            let test = norte.site.test
            let dump = try await Program.run(
                "/usr/lib/postgresql/15/bin/pg_dump", ["-d", test.server.address(database: test.name)],
                on: test.loops.all[0]
            ).text
            #expect(dump.contains(Hex.encode(sealed)), "The dump holds what was sealed")
            for plain in [Self.secret, SHA256.digest(of: "one".utf8)] {
                #expect(!dump.contains(Hex.encode(plain)) && !dump.contains(Base64.standard.encode(plain)))
            }
            #expect(!dump.contains(String(decoding: Self.secret, as: UTF8.self)))
        }
    }

    @Test func `keys are replaced while they are in use, and the old one is needed no more`() async throws {
        try await withTenants { norte, sur in
            let rings = KeyRings("one")
            let vault = try vault(rings)
            let serving = try Vault(from: randomness, readRing: rings.read)
            let sealed = try await vault.seal(Self.secret, for: field, at: norte.now, in: norte.database)
            _ = try await vault.seal(Self.secret, for: field, at: sur.now, in: sur.database)
            rings.put("two", "one")
            let field = field
            async let reading = {
                var read = 0
                while read < 300 {
                    guard try await serving.open(sealed, for: field, in: norte.database) == Self.secret else {
                        return -1
                    }
                    read += 1
                }
                return read
            }()
            for round in 0..<10 {
                rings.put(round.isMultiple(of: 2) ? "two" : "one", round.isMultiple(of: 2) ? "one" : "two")
                #expect(try await vault.rewrap(in: norte.database) == 1)
                #expect(try await vault.rewrap(in: norte.database) == 0)
            }
            #expect(try await reading == 300)
            rings.put("three", "two", "one")
            #expect(try await vault.rewrap(in: norte.database) == 1)
            rings.put("three")
            #expect(try await serving.open(sealed, for: field, in: norte.database) == Self.secret)
            #expect(try await vault.check(in: norte.database).sound == 1)
            // The neighbour's was not rewrapped, and says which key it misses.
            let fresh = try Vault(from: randomness, readRing: rings.read)
            #expect(try await fresh.check(in: sur.database).faults == [.missingKey(id: "one")])
            rings.put("three", "one")
            #expect(try await fresh.check(in: sur.database).faults == [])
        }
    }

    @Test func `a data key made after a rotation is wrapped by the new key`() async throws {
        try await withTenants { norte, _ in
            let rings = KeyRings("one")
            let serving = try vault(rings)
            rings.put("two", "one")
            _ = try await serving.seal(Self.secret, for: field, at: norte.now, in: norte.database)
            rings.put("two")
            #expect(try await vault(rings).check(in: norte.database).sound == 1)
        }
    }

    @Test func `a tenant's secrets are gone with its data key`() async throws {
        try await withTenants { norte, sur in
            let vault = try vault(KeyRings("one"))
            let sealed = try await vault.seal(Self.secret, for: field, at: norte.now, in: norte.database)
            let other = try await vault.seal(Self.secret, for: field, at: sur.now, in: sur.database)
            try await norte.database.execute("DELETE FROM data_keys WHERE tenant_id = \(norte.database.tenant)")
            let id = try DataKey.name(in: sealed)
            await #expect(throws: CryptoError.dataKeyIsGone(id)) {
                try await vault.open(sealed, for: field, in: norte.database)
            }
            #expect(try await vault.open(other, for: field, in: sur.database) == Self.secret)
        }
    }
}
