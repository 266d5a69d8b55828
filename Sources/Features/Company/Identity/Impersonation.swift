import Access
import Crypto
import Declarations
import Events
import Identifiers
import Postgres
import Roles
import Time

/// A platform employee in a tenant's panel: reason, end and power. The row is the tenant's, and ends when the tenant
/// says so.
package struct Impersonation: Sendable {
    package typealias ID = Identifiers.ID<Impersonation>

    package let id: ID
    /// Plataforma (Olga).
    package let name: String
    package let reason: String
    package let power: ActiveImpersonation.Power
    package let madeAt: Instant
    package let expiresAt: Instant
    package let enteredAt: Instant?
    package let endedAt: Instant?
    package let endedBy: String?

    package static let prefix = "msi"
    static let linkPrefix = "mse"
    static let linkSpan = Duration.seconds(2 * 60)

    package func isOpen(at now: Instant) -> Bool { endedAt == nil && expiresAt > now }

    /// An employee's request.
    package struct Wish: Sendable {
        package static let minutes = [15, 30, 60]
        package static let reasonLength = 10...300

        let reason: String
        let power: ActiveImpersonation.Power
        let minutes: Int

        /// Nil without a proper reason or duration.
        package init?(reason: String, power: ActiveImpersonation.Power, minutes: Int) {
            guard Self.reasonLength.contains(reason.unicodeScalars.count), Self.minutes.contains(minutes) else {
                return nil
            }
            self.reason = reason
            self.power = power
            self.minutes = minutes
        }

        var details: [Act.Detail] {
            [
                Act.Detail("reason", reason), Act.Detail("power", power.rawValue),
                Act.Detail("minutes", "\(minutes)"),
            ]
        }
    }

    var subject: Act.Subject { Act.Subject("impersonation", id.uuid, named: name) }

    // In the tenant's database.

    /// Looks at the link's impersonation without using it.
    package static func look(
        at link: String, now: Instant, in database: TenantDatabase
    ) async throws -> Impersonation {
        guard let token = Token(link), token.prefix == linkPrefix else { throw SignInRefusal.linkIsOver }
        let found: Impersonation? = try await database.first(
            """
            SELECT impersonation_id, name, reason, power, made_at, expires_at, entered_at, ended_at, ended_by
            FROM impersonations
            WHERE tenant_id = \(database.tenant) AND link_digest = \(token.digest) AND digest IS NULL
                AND link_expires_at > \(now) AND ended_at IS NULL
            """)
        guard let found else { throw SignInRefusal.linkIsOver }
        return found
    }

    /// Uses the link once. Those who manage the roles are notified.
    package static func enter(
        with link: String, at place: Session.Place, now: Instant, from randomness: Randomness,
        in database: TenantDatabase
    ) async throws -> Token {
        guard let token = Token(link), token.prefix == linkPrefix else { throw SignInRefusal.linkIsOver }
        let secret = Token.make(prefix: prefix, from: randomness)
        return try await database.transaction { database in
            let entered: Entered? = try await database.first(
                """
                UPDATE impersonations SET digest = \(secret.digest), entered_at = \(now)
                WHERE tenant_id = \(database.tenant) AND link_digest = \(token.digest) AND digest IS NULL
                    AND link_expires_at > \(now) AND ended_at IS NULL
                RETURNING impersonation_id, name, admin_id
                """)
            guard let entered else { throw SignInRefusal.linkIsOver }
            try await database.execute(
                """
                UPDATE staff SET has_visit_to_see = true
                WHERE tenant_id = \(database.tenant) AND \(Permission.rolesManage.rawValue) = ANY (permissions)
                """)
            let actor = Actor(.platform, id: entered.admin, name: entered.name, address: place.address)
            try await database.record(
                Act(.impersonationEntered, Act.Subject("impersonation", entered.id.uuid, named: entered.name)),
                by: actor, at: now)
            return secret
        }
    }

    /// The impersonation of a cookie, and its impersonator.
    package static func visitor(
        _ credential: Credential, at place: Session.Place, of catalogue: Catalogue, now: Instant,
        in database: TenantDatabase
    ) async throws -> (visit: ID, principal: Principal)? {
        let entered: Entered? = try await database.first(
            """
            SELECT impersonation_id, name, admin_id FROM impersonations
            WHERE tenant_id = \(database.tenant) AND digest = \(credential.digest)
            """)
        guard let entered else { return nil }
        let actor = Actor(.platform, id: entered.admin, name: entered.name, address: place.address)
        return (entered.id, Principal(actor, permissions: [], of: catalogue, at: now))
    }

    /// Takes effect with the next request; without an id it ends all open ones.
    static func end(
        _ id: ID?, by principal: Principal, in database: TenantDatabase
    ) async throws -> [Impersonation] {
        try await database.transaction { database in
            let ended: [Impersonation] = try await database.rows(
                """
                UPDATE impersonations SET ended_at = \(principal.now), ended_by = \(principal.actor.name)
                WHERE tenant_id = \(database.tenant) AND (\(id) IS NULL OR impersonation_id = \(id))
                    AND ended_at IS NULL AND expires_at > \(principal.now)
                RETURNING impersonation_id, name, reason, power, made_at, expires_at, entered_at, ended_at, ended_by
                """)
            for impersonation in ended {
                try await database.record(
                    Act(.impersonationEnded, impersonation.subject), by: principal.actor, at: principal.now)
            }
            return ended
        }
    }

    /// Whether impersonation is allowed at all. Forbidding it ends the open ones.
    static func setAllowed(
        _ isAllowed: Bool, by principal: Principal, in database: TenantDatabase
    ) async throws -> [Impersonation] {
        try await database.transaction { database in
            let before = try await database.allowsImpersonation()
            try await database.execute(
                """
                INSERT INTO impersonation_settings (tenant_id, is_allowed) VALUES (\(database.tenant), \(isAllowed))
                ON CONFLICT (tenant_id) DO UPDATE SET is_allowed = excluded.is_allowed
                """)
            guard before != isAllowed else { return [] }
            let ended = isAllowed ? [] : try await end(nil, by: principal, in: database)
            try await database.record(
                Act(isAllowed ? .impersonationAllowed : .impersonationForbidden), by: principal.actor,
                at: principal.now)
            return ended
        }
    }
}

extension TenantDatabase {
    package func allowsImpersonation() async throws(DatabaseError) -> Bool {
        try await value("SELECT is_allowed FROM impersonation_settings WHERE tenant_id = \(tenant)") ?? true
    }

    /// Newest first.
    package func impersonations(limit: Int = 100) async throws(DatabaseError) -> [Impersonation] {
        try await rows(
            """
            SELECT impersonation_id, name, reason, power, made_at, expires_at, entered_at, ended_at, ended_by
            FROM impersonations WHERE tenant_id = \(tenant) ORDER BY made_at DESC, impersonation_id LIMIT \(limit)
            """)
    }

    /// Notes that an impersonation's notice was seen.
    package func noteVisitSeen(by staff: UUID) async throws(DatabaseError) {
        try await execute(
            "UPDATE staff SET has_visit_to_see = false WHERE tenant_id = \(tenant) AND staff_id = \(staff)")
    }
}

extension Impersonation: RowReadable {
    package init(row: Row) throws(DatabaseError) {
        id = try row.read("impersonation_id")
        name = try row.read("name")
        reason = try row.read("reason")
        power = try row.read("power")
        madeAt = try row.read("made_at")
        expiresAt = try row.read("expires_at")
        enteredAt = try row.read("entered_at")
        endedAt = try row.read("ended_at")
        endedBy = try row.read("ended_by")
    }
}

private struct Entered: RowReadable {
    let id: Impersonation.ID
    let name: String
    let admin: UUID

    init(row: Row) throws(DatabaseError) {
        id = try row.read("impersonation_id")
        name = try row.read("name")
        admin = try row.read("admin_id")
    }
}
