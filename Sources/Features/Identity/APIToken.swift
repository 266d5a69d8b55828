import Access
import Crypto
import Identifiers
import Postgres
import Time

/// The key of a program. Shown once, when it is made.
package enum APIToken {
    static let prefix = "mst_live"

    package static func make(
        named name: String, permissions: [Permission], at now: Instant, until end: Instant, from randomness: Randomness,
        in database: TenantDatabase
    ) async throws -> Token {
        let token = Token.make(prefix: prefix, from: randomness)
        try await database.execute(
            """
            INSERT INTO api_tokens (tenant_id, token_id, digest, name, permissions, made_at, expires_at)
            VALUES (\(database.tenant), \(UUID.v7(milliseconds: now.milliseconds, from: randomness)), \(token.digest), \(name), \(permissions.map(\.rawValue)), \(now), \(end))
            """)
        return token
    }

    package static func revoke(_ token: Token, at now: Instant, in database: TenantDatabase) async throws -> Bool {
        try await database.execute(
            """
            UPDATE api_tokens SET revoked_at = \(now)
            WHERE tenant_id = \(database.tenant) AND digest = \(token.digest) AND revoked_at IS NULL
            """) == 1
    }
}
