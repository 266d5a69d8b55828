import Access
import Crypto
import Customers
import Identifiers
import Identity
import Postgres
import Time

/// A subscriber signed in on a device, which holds the secret; the database stores its digest.
package struct PortalSession: Sendable {
    package let secret: Token

    static let prefix = "mps"
    /// Even a session in use ends after a year.
    package static let span = Duration.seconds(365 * 86_400)

    static func start(
        for customer: Customer.ID, at place: Session.Place, now: Instant, from randomness: Randomness,
        in database: TenantDatabase
    ) async throws -> PortalSession {
        let session = PortalSession(secret: .make(prefix: prefix, from: randomness))
        let id = UUID.v7(milliseconds: now.milliseconds, from: randomness)
        try await database.execute(
            """
            INSERT INTO portal_sessions (
                tenant_id, session_id, digest, customer_id, device, address, made_at, seen_at, expires_at)
            VALUES (\(database.tenant), \(id), \(session.secret.digest), \(customer), \(place.device),
                \(place.address), \(now), \(now), \(now + span))
            """)
        return session
    }

    /// Ends the session everywhere its secret is used.
    package static func end(_ credential: Credential, at now: Instant, in database: TenantDatabase) async throws {
        try await database.execute(
            """
            UPDATE portal_sessions SET ended_at = \(now)
            WHERE tenant_id = \(database.tenant) AND digest = \(credential.digest) AND ended_at IS NULL
            """)
    }

    /// Ends one of a subscriber's own sessions; others' are not found.
    package static func end(
        _ id: UUID, of customer: Customer.ID, at now: Instant, in database: TenantDatabase
    ) async throws {
        let ended = try await database.execute(
            """
            UPDATE portal_sessions SET ended_at = \(now)
            WHERE tenant_id = \(database.tenant) AND session_id = \(id) AND customer_id = \(customer)
                AND ended_at IS NULL
            """)
        guard ended == 1 else { throw AccessRefusal.notFound }
    }

    package static func endAll(
        of customer: Customer.ID, besides kept: UUID? = nil, at now: Instant, in database: TenantDatabase
    ) async throws {
        try await database.execute(
            """
            UPDATE portal_sessions SET ended_at = \(now)
            WHERE tenant_id = \(database.tenant) AND customer_id = \(customer) AND ended_at IS NULL
                AND session_id IS DISTINCT FROM \(kept)
            """)
    }
}

extension PortalSession {
    /// Sessions of a merged customer show the remaining customer's pages from then on. Open links and codes become
    /// invalid; new ones can be sent to either address.
    static func moveAll(_ move: CustomerMove, in database: TenantDatabase) async throws -> [UUID] {
        let now = move.principal.now
        _ = try await database.batch([
            """
            UPDATE portal_links SET used_at = \(now)
            WHERE tenant_id = \(database.tenant) AND customer_id = \(move.from) AND used_at IS NULL
            """,
            """
            UPDATE portal_codes SET used_at = \(now)
            WHERE tenant_id = \(database.tenant) AND customer_id = \(move.from) AND used_at IS NULL
            """,
        ])
        return try await database.movedRows(
            """
            UPDATE portal_sessions SET customer_id = \(move.to)
            WHERE tenant_id = \(database.tenant) AND customer_id = \(move.from) RETURNING session_id AS id
            """)
    }

    static func moveBack(_ ids: [UUID], _ move: CustomerMove, in database: TenantDatabase) async throws {
        try await database.execute(
            """
            UPDATE portal_sessions SET customer_id = \(move.from)
            WHERE tenant_id = \(database.tenant) AND customer_id = \(move.to) AND session_id = ANY (\(ids))
            """)
    }
}

extension TenantDatabase {
    package func openSessions(of customer: Customer.ID, at now: Instant) async throws(DatabaseError) -> [OpenSession] {
        try await rows(
            """
            SELECT session_id, device, address, made_at, seen_at FROM portal_sessions
            WHERE tenant_id = \(tenant) AND customer_id = \(customer) AND ended_at IS NULL AND expires_at > \(now)
                AND seen_at > \(now - Credential.subscriberIdleSpan)
            ORDER BY seen_at DESC LIMIT 100
            """)
    }
}
