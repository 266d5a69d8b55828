import Access
import Crypto
import Events
import Identifiers
import Postgres
import Tenancy
import Time

/// The platform's side of "entrar como": who of its people went where. What is done is recorded in both tenants, each in
/// its own transaction; the platform's comes first, so that no visit is ever missing from its record.
package struct PlatformVisits: Sendable {
    private let database: Database

    package init(database: Database) { self.database = database }

    /// Makes the link that leads into the tenant's panel. Somebody is in one tenant at a time: other visits of theirs end.
    package func begin(
        _ wish: Impersonation.Wish, at tenant: Tenant, by author: Author, from randomness: Randomness,
        in platform: TenantDatabase
    ) async throws -> Token {
        guard let admin = author.actor.id, author.actor.kind == .staff else { throw AccessRefusal.notPermitted }
        guard !tenant.isPlatform else { throw AccessRefusal.notFound }
        let inside = database.tenant(tenant.id.scope)
        guard try await inside.allowsImpersonation() else { throw ImpersonationRefusal.notAllowed }
        try await endAll(of: admin, by: author, in: platform)
        let id = Impersonation.ID.make(milliseconds: author.now.milliseconds, from: randomness)
        let link = Token.make(prefix: Impersonation.linkPrefix, from: randomness)
        let expiresAt = author.now + .seconds(wish.minutes * 60)
        try await platform.transaction { platform in
            try await platform.execute(
                """
                INSERT INTO platform_visits (
                    tenant_id, impersonation_id, admin_id, admin_name, entered_tenant, entered_name, reason, power,
                    made_at, expires_at)
                VALUES (\(platform.tenant), \(id), \(admin), \(author.actor.name), \(tenant.id), \(tenant.name),
                    \(wish.reason), \(wish.power.rawValue), \(author.now), \(expiresAt))
                """)
            try await platform.record(
                Act("impersonation.started", Self.subject(tenant), after: wish.details), by: author.actor,
                at: author.now)
        }
        let guest = author.actor.asGuest
        try await inside.transaction { inside in
            guard try await inside.allowsImpersonation() else { throw ImpersonationRefusal.notAllowed }
            try await inside.execute(
                """
                INSERT INTO impersonations (
                    tenant_id, impersonation_id, admin_id, name, reason, power, permissions, link_digest,
                    link_expires_at, made_at, expires_at)
                VALUES (\(inside.tenant), \(id), \(admin), \(guest.name), \(wish.reason), \(wish.power.rawValue),
                    \(wish.power.permissions.map(\.rawValue).sorted()), \(link.digest),
                    \(author.now + Impersonation.linkSpan), \(author.now), \(expiresAt))
                """)
            try await inside.record(
                Act(
                    "impersonation.started", Act.Subject("impersonation", id.uuid, named: guest.name),
                    after: wish.details), by: guest, at: author.now)
        }
        return link
    }

    /// By the platform: one visit, whoever made it.
    package func end(_ id: Impersonation.ID, by author: Author, in platform: TenantDatabase) async throws {
        guard let visit = try await platform.platformVisits(id).first, visit.endedAt == nil else {
            throw AccessRefusal.notFound
        }
        try await end(visit, by: author, in: platform)
    }

    /// Every open visit of an admin: before the next one, and when they lose their account.
    package func endAll(of admin: UUID, by author: Author, in platform: TenantDatabase) async throws {
        for visit in try await platform.platformVisits(nil, of: admin)
        where visit.endedAt == nil && visit.expiresAt > author.now {
            try await end(visit, by: author, in: platform)
        }
    }

    private func end(_ visit: PlatformVisit, by author: Author, in platform: TenantDatabase) async throws {
        _ = try await Impersonation.end(
            visit.id, by: Author(author.actor.asGuest, permissions: [], at: author.now),
            in: database.tenant(TenantID(visit.tenant.uuid)))
        try await Self.noteEnd(visit.id, at: visit.tenantName, visit.tenant, by: author, in: platform)
    }

    /// The tenant ended them, or the admin inside did: the platform's record says so too.
    package func noteEnd(_ ended: [Impersonation], at tenant: Tenant, by author: Author) async throws {
        for impersonation in ended {
            try await Self.noteEnd(
                impersonation.id, at: tenant.name, tenant.id, by: author,
                in: database.tenant(Tenant.ID.platform.scope))
        }
    }

    private static func noteEnd(
        _ id: Impersonation.ID, at tenantName: String, _ tenant: Tenant.ID, by author: Author,
        in platform: TenantDatabase
    ) async throws {
        try await platform.transaction { platform in
            let ended = try await platform.execute(
                """
                UPDATE platform_visits SET ended_at = \(author.now), ended_by = \(author.actor.name)
                WHERE tenant_id = \(platform.tenant) AND impersonation_id = \(id) AND ended_at IS NULL
                """)
            guard ended == 1 else { return }
            try await platform.record(
                Act("impersonation.ended", Act.Subject("tenant", tenant.uuid, named: tenantName)), by: author.actor,
                at: author.now)
        }
    }

    private static func subject(_ tenant: Tenant) -> Act.Subject {
        Act.Subject("tenant", tenant.id.uuid, named: tenant.name)
    }
}

extension Actor {
    /// As the tenant's people read it.
    package var asGuest: Actor { Actor(.platform, id: id, name: "Plataforma (\(name))", address: address) }
}

/// One of the visits, as the console lists it.
package struct PlatformVisit: Sendable, RowReadable {
    package let id: Impersonation.ID
    package let adminName: String
    package let tenant: Tenant.ID
    package let tenantName: String
    package let reason: String
    package let power: Guest.Power
    package let madeAt: Instant
    package let expiresAt: Instant
    package let endedAt: Instant?
    package let endedBy: String?

    package func isOpen(at now: Instant) -> Bool { endedAt == nil && expiresAt > now }

    package init(row: Row) throws(DatabaseError) {
        id = try row.read("impersonation_id")
        adminName = try row.read("admin_name")
        tenant = try row.read("entered_tenant")
        tenantName = try row.read("entered_name")
        reason = try row.read("reason")
        power = try row.read("power")
        madeAt = try row.read("made_at")
        expiresAt = try row.read("expires_at")
        endedAt = try row.read("ended_at")
        endedBy = try row.read("ended_by")
    }
}

extension TenantDatabase {
    /// In the super-tenant, the newest first.
    package func platformVisits(
        _ id: Impersonation.ID? = nil, of admin: UUID? = nil, to entered: Tenant.ID? = nil, limit: Int = 200
    ) async throws(DatabaseError) -> [PlatformVisit] {
        try await rows(
            """
            SELECT impersonation_id, admin_name, entered_tenant, entered_name, reason, power, made_at, expires_at, ended_at,
                ended_by
            FROM platform_visits
            WHERE tenant_id = \(tenant) AND (\(id) IS NULL OR impersonation_id = \(id))
                AND (\(admin) IS NULL OR admin_id = \(admin)) AND (\(entered) IS NULL OR entered_tenant = \(entered))
            ORDER BY made_at DESC, impersonation_id LIMIT \(limit)
            """)
    }
}
