import Identifiers
import Testing

@testable import Crypto

@Suite struct EnvelopeTests {
    private let randomness = Randomness(seed: 7)
    private let norte = UUID(high: 1, low: 1)
    private let sur = UUID(high: 2, low: 2)
    private let secret = Array("router password".utf8)

    private func makeDataKey() -> DataKey {
        .make(id: .make(milliseconds: 1, from: randomness), from: randomness)
    }

    private func makeKey(_ id: String) throws -> KeyRing.Key {
        try KeyRing.Key(id: id, bytes: SHA256.digest(of: id.utf8))
    }

    private func place(
        tenant: UUID? = nil, table: String = "routers", column: String = "password", row: UInt64 = 9
    ) -> SecretPlace {
        SecretPlace(tenant: tenant ?? norte, table: table, column: column, row: UUID(high: 0, low: row))
    }

    // Test case 14 of the GCM specification.
    @Test func `AES-256-GCM is that of its specification`() {
        let zeros = [UInt8](repeating: 0, count: 32)
        let sealed = AESGCM.seal(zeros[..<16], key: zeros, nonce: Array(zeros[..<12]), naming: [])

        #expect(Hex.encode(sealed) == "cea7403d4d606b6e074ec5d3baf39d18d0d1c8a799996bf0265b98b5d48ab919")
        #expect(AESGCM.open(sealed, key: zeros, nonce: Array(zeros[..<12]), naming: []) == Array(zeros[..<16]))
    }

    @Test(arguments: [0, 1, 15, 16, 17, 1000, 100_000])
    func `a secret of any length comes back`(count: Int) throws {
        let key = makeDataKey()
        let secret = randomness.bytes(count)
        let sealed = key.seal(secret, at: place(), from: randomness)

        #expect(try key.open(sealed, at: place()) == secret)
        #expect(sealed.count == count + 1 + 1 + 16 + 12 + 16)
    }

    @Test func `the same secret is never sealed into the same bytes, and is not to be seen in them`() {
        let key = makeDataKey()
        let sealed = (0..<200).map { _ in key.seal(secret, at: place(), from: .system) }

        #expect(Set(sealed).count == 200)
        #expect(Set(sealed.map { $0[18..<30] }).count == 200)
        #expect(sealed.allSatisfy { !String(decoding: $0, as: UTF8.self).contains("router") })
    }

    @Test func `an envelope altered in any byte or cut anywhere does not open`() throws {
        let key = makeDataKey()
        let sealed = key.seal(secret, at: place(), from: randomness)
        for position in sealed.indices {
            var altered = sealed
            altered[position] ^= 1
            #expect(throws: CryptoError.self) { try key.open(altered, at: place()) }
            #expect(throws: CryptoError.self) { try key.open(Array(sealed[..<position]), at: place()) }
        }
        #expect(throws: CryptoError.doesNotOpen) { try key.open(sealed + [0], at: place()) }
        #expect(throws: CryptoError.unknownVersion(9)) { try key.open([9] + sealed.dropFirst(), at: place()) }
    }

    @Test func `an envelope moved to another place does not open`() {
        let key = makeDataKey()
        let sealed = key.seal(secret, at: place(), from: randomness)
        let elsewhere = [
            place(tenant: sur), place(table: "olts"), place(column: "secret"), place(row: 10),
            place(table: "routersp", column: "assword"), place(table: "router", column: "spassword"),
            place(table: "", column: "routerspassword"),
        ]
        for other in elsewhere {
            #expect(throws: CryptoError.doesNotOpen) { try key.open(sealed, at: other) }
        }
    }

    @Test func `no two places have the same bytes`() {
        let names = ["", "a", "ab", "b", "\0", "a\0", "\u{1}"]
        let places = names.flatMap { table in names.map { place(table: table, column: $0).bytes } }

        #expect(Set(places).count == names.count * names.count)
    }

    @Test func `another data key is named, and does not open even under the same name`() {
        let key = makeDataKey()
        let other = makeDataKey()
        let namesake = DataKey(id: key.id, bytes: other.bytes)
        let sealed = key.seal(secret, at: place(), from: randomness)

        #expect(throws: CryptoError.otherDataKey(sealedWith: key.id, given: other.id)) {
            try other.open(sealed, at: place())
        }
        #expect(throws: CryptoError.doesNotOpen) { try namesake.open(sealed, at: place()) }
    }

    @Test func `a wrapped key comes back for its own tenant only`() throws {
        let ring = try KeyRing(current: makeKey("2026"))
        let key = makeDataKey()
        let wrapped = ring.wrap(key, of: norte, from: randomness)
        let sealed = key.seal(secret, at: place(), from: randomness)

        let unwrapped = try ring.unwrap(wrapped, of: norte)
        #expect(unwrapped.id == key.id)
        #expect(try unwrapped.open(sealed, at: place()) == secret)
        #expect(throws: CryptoError.doesNotOpen) { try ring.unwrap(wrapped, of: sur) }
        #expect(throws: CryptoError.self) { try ring.unwrap(sealed, of: norte) }
    }

    @Test func `rewrapping leaves the secrets alone and lets the old key go`() throws {
        let old = try KeyRing(current: makeKey("2025"))
        let both = try KeyRing(current: makeKey("2026"), old: [makeKey("2025")])
        let new = try KeyRing(current: makeKey("2026"))
        let key = makeDataKey()
        let sealed = key.seal(secret, at: place(), from: randomness)
        let wrapped = old.wrap(key, of: norte, from: randomness)

        let rewrapped = try #require(try both.rewrap(wrapped, of: norte, from: randomness))

        #expect(try new.unwrap(rewrapped, of: norte).open(sealed, at: place()) == secret)
        #expect(try both.unwrap(wrapped, of: norte).open(sealed, at: place()) == secret)
        #expect(try both.rewrap(rewrapped, of: norte, from: randomness) == nil)
        #expect(throws: CryptoError.missingKey(id: "2026")) { try old.unwrap(rewrapped, of: norte) }
        #expect(throws: CryptoError.doesNotOpen) { try both.rewrap(wrapped, of: sur, from: randomness) }
    }

    @Test func `a lost key is named`() throws {
        let wrapped = try KeyRing(current: makeKey("2025-a")).wrap(makeDataKey(), of: norte, from: randomness)
        let ring = try KeyRing(current: makeKey("2026"))

        let error = #expect(throws: CryptoError.missingKey(id: "2025-a")) { try ring.unwrap(wrapped, of: norte) }
        #expect(error?.description.contains("2025-a") == true)
    }

    @Test(arguments: [("", 32), ("a b", 32), ("llave-ñ", 32), ("2026", 31), ("2026", 33), ("2026", 0)])
    func `a key with a poor name or length is refused`(id: String, count: Int) {
        #expect(throws: CryptoError.self) { try KeyRing.Key(id: id, bytes: [UInt8](repeating: 1, count: count)) }
    }

    @Test func `two keys of one name are refused`() throws {
        #expect(throws: CryptoError.duplicateKey(id: "2026")) {
            try KeyRing(current: makeKey("2026"), old: [makeKey("2025"), makeKey("2026")])
        }
    }

    @Test func `keys shown by mistake keep their bytes`() throws {
        let bytes = [UInt8](repeating: 201, count: 32)
        let key = try KeyRing.Key(id: "2026", bytes: bytes)
        let shown: [Any] = [key, DataKey(id: ID(norte), bytes: bytes), try KeyRing(current: key)]
        for thing in shown {
            var dumped = "\(thing)"
            dump(thing, to: &dumped)
            #expect(!dumped.contains("201"))
        }
    }
}
