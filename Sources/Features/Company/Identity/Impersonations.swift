import Access
import Crypto
import Declarations
import Events
import Identifiers
import Postgres
import Tenancy
import Time

/// The platform's side of "entrar como": which employee entered which tenant. Both tenants' rows and records are
/// written in one transaction, the company's first, as everywhere.
package struct Impersonations: Sendable {
    private let database: Database

    package init(database: Database) { self.database = database }

    /// Makes the link into the tenant's panel. An employee is in one tenant at a time: their other impersonations end.
    package func begin(
        _ wish: Impersonation.Wish, at tenant: Tenant, by principal: Principal, from randomness: Randomness,
        in platform: TenantDatabase
    ) async throws -> Token {
        guard let admin = principal.actor.id, principal.actor.kind == .staff else { throw AccessRefusal.notPermitted }
        guard !tenant.isPlatform else { throw AccessRefusal.notFound }
        guard try await database.tenant(tenant.id.scope).allowsImpersonation() else {
            throw ImpersonationRefusal.notAllowed
        }
        try await endAll(of: admin, by: principal, in: platform)
        let id = Impersonation.ID.make(milliseconds: principal.now.milliseconds, from: randomness)
        let link = Token.make(prefix: Impersonation.linkPrefix, from: randomness)
        let expiresAt = principal.now + .seconds(wish.minutes * 60)
        let impersonator = principal.actor.asImpersonator
        try await platform.transaction { platform in
            // FOR SHARE, so that an employee who is being disabled cannot enter.
            let isActive: Bool? = try await platform.value(
                """
                SELECT state = 'active' FROM staff WHERE tenant_id = \(platform.tenant) AND staff_id = \(admin) FOR SHARE
                """)
            guard isActive == true else { throw AccessRefusal.notPermitted }
            try await database.tenant(tenant.id.scope, within: platform) { inside in
                guard try await inside.allowsImpersonation() else { throw ImpersonationRefusal.notAllowed }
                try await inside.execute(
                    """
                    INSERT INTO impersonations (
                        tenant_id, impersonation_id, admin_id, name, reason, power, permissions, link_digest,
                        link_expires_at, made_at, expires_at)
                    VALUES (\(inside.tenant), \(id), \(admin), \(impersonator.name), \(wish.reason), \(wish.power.rawValue),
                        \(wish.power.permissions(of: principal.catalogue).map(\.rawValue).sorted()), \(link.digest),
                        \(principal.now + Impersonation.linkSpan), \(principal.now), \(expiresAt))
                    """)
                try await inside.record(
                    Act(
                        .impersonationStarted, Act.Subject("impersonation", id.uuid, named: impersonator.name),
                        after: wish.details), by: impersonator, at: principal.now)
            }
            try await platform.execute(
                """
                INSERT INTO platform_visits (
                    tenant_id, impersonation_id, admin_id, admin_name, entered_tenant, entered_name, reason, power,
                    made_at, expires_at)
                VALUES (\(platform.tenant), \(id), \(admin), \(principal.actor.name), \(tenant.id), \(tenant.name),
                    \(wish.reason), \(wish.power.rawValue), \(principal.now), \(expiresAt))
                """)
            try await platform.record(
                Act(.impersonationStarted, tenant.subjectOfPlatform, after: wish.details), by: principal.actor,
                at: principal.now)
        }
        return link
    }

    /// Ends one impersonation, by the platform.
    package func end(_ id: Impersonation.ID, by principal: Principal, in platform: TenantDatabase) async throws {
        guard let visit = try await platform.platformVisits(id).first, visit.endedAt == nil else {
            throw AccessRefusal.notFound
        }
        try await end([visit], by: principal, in: platform)
    }

    /// Ends all open impersonations of an employee: before the next one, and when they are disabled.
    func endAll(of admin: UUID, by principal: Principal, in platform: TenantDatabase) async throws {
        let open = try await platform.platformVisits(nil, of: admin).filter { $0.isOpen(at: principal.now) }
        try await end(open.sorted { $0.tenant.uuid < $1.tenant.uuid }, by: principal, in: platform)
    }

    /// Signing out also ends the employee's impersonations.
    package func signOut(
        _ credential: Credential, of tenant: Tenant, knowing catalogue: Catalogue, at place: Session.Place,
        now: Instant, in database: TenantDatabase
    ) async throws {
        if credential.kind == .impersonation {
            let found = try await Impersonation.visitor(credential, at: place, of: catalogue, now: now, in: database)
            guard let found else { return }
            _ = try await end(found.visit, at: tenant, by: found.principal, in: database)
            return
        }
        if tenant.isPlatform {
            let staff: UUID? = try await database.value(
                """
                SELECT staff_id FROM sessions
                WHERE tenant_id = \(database.tenant) AND digest = \(credential.digest) AND ended_at IS NULL
                """)
            if let staff, let admin = try await database.staffMember(StaffMember.ID(staff)) {
                let principal = Principal(admin.actor(at: place), permissions: [], of: catalogue, at: now)
                try await endAll(of: staff, by: principal, in: database)
            }
        }
        try await Session.end(credential, at: now, in: database)
    }

    private func end(_ visits: [PlatformVisit], by principal: Principal, in platform: TenantDatabase) async throws {
        try await platform.transaction { platform in
            for visit in visits {
                try await database.tenant(TenantID(visit.tenant.uuid), within: platform) { inside in
                    _ = try await Impersonation.end(
                        visit.id, by: principal.asImpersonator(permissions: []),
                        in: inside)
                }
            }
            for visit in visits {
                try await Self.noteEnd(
                    visit.id, of: Act.Subject("tenant", visit.tenant.uuid, named: visit.tenantName), by: principal,
                    in: platform)
            }
        }
    }

    /// By the tenant, or by the impersonator; without an id it ends all open ones. Also recorded at the platform.
    package func end(
        _ id: Impersonation.ID?, at tenant: Tenant, by principal: Principal, in database: TenantDatabase
    ) async throws -> [Impersonation] {
        try await database.transaction { database in
            let ended = try await Impersonation.end(id, by: principal, in: database)
            try await noteEnd(of: ended, at: tenant, by: principal, in: database)
            return ended
        }
    }

    /// Whether the tenant allows impersonation at all. Forbidding it ends the open ones.
    package func setAllowed(
        _ isAllowed: Bool, at tenant: Tenant, by principal: Principal, in database: TenantDatabase
    ) async throws {
        try await database.transaction { database in
            let ended = try await Impersonation.setAllowed(isAllowed, by: principal, in: database)
            try await noteEnd(of: ended, at: tenant, by: principal, in: database)
        }
    }

    private func noteEnd(
        of ended: [Impersonation], at tenant: Tenant, by principal: Principal, in transaction: TenantDatabase
    ) async throws {
        guard !ended.isEmpty else { return }
        try await database.tenant(Tenant.ID.platform.scope, within: transaction) { platform in
            for impersonation in ended {
                try await Self.noteEnd(impersonation.id, of: tenant.subjectOfPlatform, by: principal, in: platform)
            }
        }
    }

    private static func noteEnd(
        _ id: Impersonation.ID, of subject: Act.Subject, by principal: Principal, in platform: TenantDatabase
    ) async throws {
        let ended = try await platform.execute(
            """
            UPDATE platform_visits SET ended_at = \(principal.now), ended_by = \(principal.actor.name)
            WHERE tenant_id = \(platform.tenant) AND impersonation_id = \(id) AND ended_at IS NULL
            """)
        guard ended == 1 else { return }
        try await platform.record(Act(.impersonationEnded, subject), by: principal.actor, at: principal.now)
    }
}

/// An impersonation in the console's list.
package struct PlatformVisit: Sendable, RowReadable {
    package let id: Impersonation.ID
    package let adminName: String
    package let tenant: Tenant.ID
    package let tenantName: String
    package let reason: String
    package let power: ActiveImpersonation.Power
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
    /// In the super-tenant, newest first.
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
