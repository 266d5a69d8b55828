import Access
import Crypto
import Identifiers
import Postgres
import Time

/// A person signed in on a device. The device holds the secret, the database its digest.
package struct Session: Sendable {
    package let secret: Token
    package let expiresAt: Instant

    static let prefix = "mss"
    static let span = Duration.seconds(8 * 3600)

    /// Ends the session, here and wherever else its secret is used.
    package static func end(_ credential: Credential, at now: Instant, in database: TenantDatabase) async throws {
        try await database.execute(
            """
            UPDATE sessions SET ended_at = \(now)
            WHERE tenant_id = \(database.tenant) AND digest = \(credential.digest) AND ended_at IS NULL
            """)
    }
}
