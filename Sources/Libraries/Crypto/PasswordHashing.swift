import Identifiers
import Loop

/// Hashes and checks passwords on a pool of its own, so that no loop waits for one. The pool should have one or two
/// threads and a short queue: each hash takes 19 MiB and a core's whole attention, and when the queue is full
/// `BlockingPool.Full` is thrown at once.
package struct PasswordHashing: Sendable {
    package struct Verdict: Sendable, Equatable {
        package let matches: Bool
        /// It matches, but was stored under weaker parameters than today's: hash and store it again.
        package let needsRehash: Bool
    }

    private let pool: BlockingPool
    private let randomness: Randomness

    package init(pool: BlockingPool, randomness: Randomness) {
        self.pool = pool
        self.randomness = randomness
    }

    /// The text to store. The tenants take turns.
    package func hash(_ password: String, for tenant: UUID) async throws -> String {
        let salt = randomness.bytes(PasswordHash.saltCount)
        return try await pool.run(for: tenant) { try PasswordHash(of: password, salt: salt).text }
    }

    /// Without a stored hash (nobody has that name) it takes as long and never matches, so that the time an answer
    /// takes does not tell who exists.
    package func verify(_ password: String, against stored: String?, for tenant: UUID) async throws -> Verdict {
        guard let stored else {
            _ = try await hash(password, for: tenant)
            return Verdict(matches: false, needsRehash: false)
        }
        let hash = try PasswordHash(stored: stored)
        let matches = try await pool.run(for: tenant) { try hash.matches(password) }
        return Verdict(matches: matches, needsRehash: matches && hash.needsRehash)
    }
}
