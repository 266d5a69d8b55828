import Access
import Crypto
import Events
import Identifiers
import Letters
import Locale
import Postgres
import Time

/// A person signed in on a device, which holds the secret; the database stores its digest.
package struct Session: Sendable {
    package let id: UUID
    package let secret: Token
    package let expiresAt: Instant

    static let prefix = "mss"
    static let span = Duration.seconds(8 * 3600)

    /// Where a session is, for its owner to recognise it.
    package struct Place: Sendable {
        package let device: String
        package let address: String
        /// The letterhead for notifying the owner; nil for no notification.
        let letterhead: Letterhead?

        package init(device: String, address: String, letterhead: Letterhead? = nil) {
            self.letterhead = letterhead
            self.device = device.prefix(scalars: 200)
            self.address = address
        }
    }

    package static func start(
        for staff: StaffMember.ID, at place: Place, now: Instant, from randomness: Randomness,
        in database: TenantDatabase
    ) async throws -> Session {
        let session = Session(
            id: .v7(milliseconds: now.milliseconds, from: randomness), secret: .make(prefix: prefix, from: randomness),
            expiresAt: now + span)
        try await database.execute(
            """
            INSERT INTO sessions (
                tenant_id, session_id, digest, staff_id, device, address, made_at, seen_at, expires_at)
            VALUES (\(database.tenant), \(session.id), \(session.secret.digest), \(staff), \(place.device), \(place.address),
                \(now), \(now), \(session.expiresAt))
            """)
        return session
    }

    /// Ends the session everywhere its secret is used.
    package static func end(_ credential: Credential, at now: Instant, in database: TenantDatabase) async throws {
        _ = try await database.batch([
            """
            UPDATE sessions SET ended_at = \(now)
            WHERE tenant_id = \(database.tenant) AND digest = \(credential.digest) AND ended_at IS NULL
            """,
            Outbox.credentialsChanged(of: database.tenant),
        ])
    }

    /// Ends one of a person's own sessions; others' are not found.
    package static func end(
        _ id: UUID, of staff: StaffMember.ID, at now: Instant, in database: TenantDatabase
    ) async throws {
        let ended = try await database.batch([
            """
            UPDATE sessions SET ended_at = \(now)
            WHERE tenant_id = \(database.tenant) AND session_id = \(id) AND staff_id = \(staff) AND ended_at IS NULL
            """,
            Outbox.credentialsChanged(of: database.tenant),
        ])
        guard ended[0].affected == 1 else { throw AccessRefusal.notFound }
    }

    /// Ends pending sign-ins as well.
    package static func endAll(
        of staff: StaffMember.ID, besides kept: UUID? = nil, at now: Instant, in database: TenantDatabase
    ) async throws {
        _ = try await database.batch([
            """
            UPDATE sessions SET ended_at = \(now)
            WHERE tenant_id = \(database.tenant) AND staff_id = \(staff) AND ended_at IS NULL
                AND session_id IS DISTINCT FROM \(kept)
            """,
            "DELETE FROM pending_sign_ins WHERE tenant_id = \(database.tenant) AND staff_id = \(staff)",
            Outbox.credentialsChanged(of: database.tenant),
        ])
    }
}

/// A session in its owner's list.
package struct OpenSession: Sendable, RowReadable {
    package let id: UUID
    package let device: String
    package let address: String
    package let madeAt: Instant
    package let seenAt: Instant

    package init(row: Row) throws(DatabaseError) {
        id = try row.read("session_id")
        device = try row.read("device")
        address = try row.read("address")
        madeAt = try row.read("made_at")
        seenAt = try row.read("seen_at")
    }
}

extension TenantDatabase {
    package func openSessions(of staff: StaffMember.ID, at now: Instant) async throws(DatabaseError) -> [OpenSession] {
        try await rows(
            """
            SELECT session_id, device, address, made_at, seen_at FROM sessions
            WHERE tenant_id = \(tenant) AND staff_id = \(staff) AND ended_at IS NULL AND expires_at > \(now)
                AND seen_at > \(now - Credential.idleSpan)
            ORDER BY seen_at DESC
            """)
    }

    /// A valid session's owner.
    func staffMember(signedIn session: UUID, at now: Instant) async throws(DatabaseError) -> StaffMember? {
        let staff: UUID? = try await value(
            """
            SELECT staff_id FROM sessions
            WHERE tenant_id = \(tenant) AND session_id = \(session) AND ended_at IS NULL AND expires_at > \(now)
                AND seen_at > \(now - Credential.idleSpan)
            """)
        guard let staff, let member = try await staffMember(ID(staff)), member.state == .active else { return nil }
        return member
    }
}
