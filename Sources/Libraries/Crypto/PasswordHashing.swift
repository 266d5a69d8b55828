import Identifiers
import Loop

/// Hashes and checks passwords on a pool of its own, so that no event loop blocks. The pool should have one or two
/// threads and a short queue: each hash takes 19 MiB and a whole core, and a full queue throws `BlockingPool.Full` at
/// once.
package struct PasswordHashing: Sendable {
    package struct Verdict: Sendable, Equatable {
        package let matches: Bool
        /// The password matches, but its stored hash uses weaker parameters than today's: hash and store it again.
        package let needsRehash: Bool
    }

    private let pool: BlockingPool
    private let randomness: Randomness

    package init(pool: BlockingPool, randomness: Randomness) {
        self.pool = pool
        self.randomness = randomness
    }

    /// The hash to store. Tenants take turns.
    package func hash(_ password: String, for tenant: UUID) async throws -> String {
        let salt = randomness.bytes(PasswordHash.saltCount)
        return try await pool.run(for: tenant) { try PasswordHash(of: password, salt: salt).text }
    }

    /// Without a stored hash (no such user) it takes as long and never matches, so that response times do not reveal
    /// which users exist.
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
