import Identifiers
import Loop
import Synchronization
import Testing

@testable import Crypto

@Suite struct PasswordTests {
    private let tenant = UUID(high: 0, low: 1)
    private let hashing = PasswordHashing(
        pool: BlockingPool(threads: 2, queueLimit: 16, name: "passwords"), randomness: Randomness(seed: 1))

    // The vector of argon2's own tests; its parameters are not ours.
    private static let foreign =
        "$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc"

    @Test func `a password opens with its hash and nothing else does`() async throws {
        let stored = try await hashing.hash("caballo correcto ñandú", for: tenant)

        #expect(stored.hasPrefix("$argon2id$v=19$m=19456,t=2,p=1$"))
        #expect(
            try await hashing.verify("caballo correcto ñandú", against: stored, for: tenant)
                == .init(matches: true, needsRehash: false))
        for wrong in ["", "caballo correcto nandu", "caballo correcto ñandú\0", "caballo correcto ñand"] {
            #expect(
                try await hashing.verify(wrong, against: stored, for: tenant)
                    == .init(matches: false, needsRehash: false))
        }
    }

    @Test func `the same password is stored differently each time`() async throws {
        #expect(try await hashing.hash("secreto largo", for: tenant) != hashing.hash("secreto largo", for: tenant))
    }

    @Test func `a hash of other parameters opens and asks to be made again`() async throws {
        #expect(
            try await hashing.verify("password", against: Self.foreign, for: tenant)
                == .init(matches: true, needsRehash: true))
        #expect(
            try await hashing.verify("passwore", against: Self.foreign, for: tenant)
                == .init(matches: false, needsRehash: false))
    }

    @Test func `nobody's password never matches`() async throws {
        #expect(try await hashing.verify("whatever", against: nil, for: tenant).matches == false)
    }

    @Test(arguments: [
        "", "secreto", "$2b$12$abcdefghijklmnopqrstuv", "$argon2i$v=19$m=16,t=2,p=1$c29tZXNhbHQ$AAAA", "$argon2id$",
        "$argon2id$v=19$m=x,t=2,p=1$c29tZXNhbHQ$AAAA",
    ])
    func `what is not an argon2id hash is refused`(stored: String) async {
        await #expect(throws: CryptoError.unreadablePasswordHash) {
            try await hashing.verify("password", against: stored, for: tenant)
        }
    }

    @Test func `a full queue refuses at once`() async throws {
        let pool = BlockingPool(threads: 1, queueLimit: 1, name: "one")
        let hashing = PasswordHashing(pool: pool, randomness: .system)
        let gate = Mutex(false)
        let isRunning = Mutex(false)
        async let running: Void = pool.run {
            isRunning.withLock { $0 = true }
            while !gate.withLock({ $0 }) {}
        }
        while !isRunning.withLock({ $0 }) { await Task.yield() }
        async let waiting = hashing.hash("waits its turn", for: tenant)
        while pool.waiting == 0 { await Task.yield() }

        await #expect(throws: BlockingPool.Full.self) { try await hashing.hash("one too many", for: tenant) }

        gate.withLock { $0 = true }
        try await running
        #expect(try await waiting.hasPrefix("$argon2id$"))
    }
}
