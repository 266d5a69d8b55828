import Access
import Crypto
import Identifiers
import Postgres
import Time

/// A link that lets one person in, once and soon.
package struct SignInLink: Sendable {
    package enum Purpose: String, Sendable {
        /// From the server's command line: how the owner of a new tenant gets in the first time. It is found again in the
        /// terminal, after lunch too.
        case signIn = "sign_in"
        /// To choose a password: an invitation, or a password that was forgotten.
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
        // The newest link of a kind is the only one.
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

    /// What the link is for and whose it is, without using it: mail programs open links to look at them.
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

    /// Takes the link out of use, for who asks first.
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
