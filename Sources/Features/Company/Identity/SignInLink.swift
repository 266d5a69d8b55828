import Access
import Crypto
import Identifiers
import Postgres
import Time

/// A single-use, short-lived sign-in link.
package struct SignInLink: Sendable {
    package enum Purpose: String, Sendable {
        /// From the server's command line, for a new tenant's owner. Valid for a day, since it may be found in the
        /// terminal only after lunch.
        case signIn = "sign_in"
        /// For choosing a password: an invitation, or a forgotten password.
        case password

        var span: Duration { self == .signIn ? .seconds(86_400) : .seconds(3 * 86_400) }
    }

    package let secret: Token
    package let expiresAt: Instant

    static let prefix = "msl"

    package static func make(
        _ purpose: Purpose, for staff: StaffMember.ID, at now: Instant, from randomness: Randomness,
        in database: TenantDatabase
    ) async throws -> SignInLink {
        let link = SignInLink(secret: .make(prefix: prefix, from: randomness), expiresAt: now + purpose.span)
        // A new link replaces earlier ones of its kind.
        _ = try await database.batch([
            """
            UPDATE sign_in_links SET used_at = \(now)
            WHERE tenant_id = \(database.tenant) AND staff_id = \(staff) AND purpose = \(purpose.rawValue)
                AND used_at IS NULL AND \(purpose == .password)
            """,
            """
            INSERT INTO sign_in_links (tenant_id, digest, staff_id, purpose, made_at, expires_at)
            VALUES (\(database.tenant), \(link.secret.digest), \(staff), \(purpose.rawValue), \(now), \(link.expiresAt))
            """,
        ])
        return link
    }

    /// The link's purpose and owner, without using it: mail scanners open links too.
    package static func look(
        at secret: String, now: Instant, in database: TenantDatabase
    ) async throws -> (purpose: Purpose, owner: StaffMember) {
        guard let link = Token(secret), link.prefix == prefix else { throw SignInRefusal.linkIsOver }
        let found: FoundLink? = try await database.first(
            """
            SELECT staff_id, purpose FROM sign_in_links
            WHERE tenant_id = \(database.tenant) AND digest = \(link.digest) AND used_at IS NULL AND expires_at > \(now)
            """)
        guard let found, let owner = try await database.staffMember(found.staff), owner.state != .disabled else {
            throw SignInRefusal.linkIsOver
        }
        return (found.purpose, owner)
    }

    /// Uses the link, which works once.
    package static func use(
        _ secret: String, for purpose: Purpose, at now: Instant, in database: TenantDatabase
    ) async throws -> StaffMember.ID {
        guard let link = Token(secret), link.prefix == prefix else { throw SignInRefusal.linkIsOver }
        return try await use(digest: link.digest, for: purpose, at: now, in: database)
    }

    static func use(
        digest: [UInt8], for purpose: Purpose, at now: Instant, in database: TenantDatabase
    ) async throws -> StaffMember.ID {
        let used: FoundLink? = try await database.first(
            """
            UPDATE sign_in_links SET used_at = \(now)
            WHERE tenant_id = \(database.tenant) AND digest = \(digest) AND purpose = \(purpose.rawValue)
                AND used_at IS NULL AND expires_at > \(now)
            RETURNING staff_id, purpose
            """)
        guard let used else { throw SignInRefusal.linkIsOver }
        return used.staff
    }
}

private struct FoundLink: RowReadable {
    let staff: StaffMember.ID
    let purpose: SignInLink.Purpose

    init(row: Row) throws(DatabaseError) {
        staff = try row.read("staff_id")
        let word: String = try row.read("purpose")
        guard let known = SignInLink.Purpose(rawValue: word) else { throw .wrongColumn("purpose is '\(word)'") }
        purpose = known
    }
}
