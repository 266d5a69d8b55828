import Declarations
import Events
import Identifiers
import Postgres
import Time

/// Why the platform cannot do what was asked of a tenant.
package enum TenantActRefusal: Error, Equatable, CustomStringConvertible {
    case unknown(slug: String)
    case slugTaken(String)
    case already(Tenant.State)
    case reasonMissing
    /// Nothing is closed before its rows were taken out.
    case exportMissing

    package var description: String {
        switch self {
        case .unknown(let slug): "There is no tenant '\(slug)'."
        case .slugTaken(let slug): "'\(slug)' is another tenant's."
        case .already(let state): "It is \(state.rawValue) already."
        case .exportMissing: "Its rows have to be exported first, at most a day before."
        case .reasonMissing: "A reason is needed: its people read it, and so does whoever audits."
        }
    }
}

// What the platform does to a tenant. Each act stands in the tenant's own record and in the platform's.
extension Tenant {
    /// From the next second on its panel and its API can be read and not changed.
    package static func suspend(
        _ slug: String, because reason: String, by actor: Actor, at now: Instant, in database: PlatformDatabase
    ) async throws -> Tenant {
        try await change(
            slug, to: .suspended, because: reason, .companySuspended, .platformCompanySuspended, by: actor, at: now,
            in: database)
    }

    /// How long an export counts as the last one.
    package static let exportCounts = Duration.seconds(86_400)

    package func isExported(at now: Instant) -> Bool { exportedAt.map { $0 + Self.exportCounts > now } ?? false }

    /// All its rows left the house, for whoever asked: told before they do.
    package static func noteExport(
        _ export: TenantExport, of slug: String, by actor: Actor, at now: Instant, in database: PlatformDatabase
    ) async throws {
        try await database.transaction { database in
            guard var tenant = try await database.tenant(slug: slug, locked: true) else {
                throw TenantActRefusal.unknown(slug: slug)
            }
            tenant.exportedAt = now
            try await database.update(tenant)
            let counts = [Act.Detail("rows", "\(export.rows)"), Act.Detail("tables", "\(export.tables)")]
            try await database.record(
                Act(.companyExported, tenant.subject, after: counts),
                asPlatform: Act(.platformCompanyExported, tenant.subjectOfPlatform, after: counts), of: tenant,
                by: actor, at: now)
        }
    }

    /// Its names answer as if they were nobody's. Its rows stay where they are.
    package static func close(
        _ slug: String, because reason: String, by actor: Actor, at now: Instant, in database: PlatformDatabase
    ) async throws -> Tenant {
        try await change(
            slug, to: .closed, because: reason, .companyClosed, .platformCompanyClosed, by: actor, at: now, in: database
        )
    }

    package static func resume(
        _ slug: String, because reason: String, by actor: Actor, at now: Instant, in database: PlatformDatabase
    ) async throws -> Tenant {
        try await change(
            slug, to: .active, because: reason, .companyResumed, .platformCompanyResumed, by: actor, at: now,
            in: database)
    }

    /// What the platform sold it from now on. The last day counts only as long as it tries. Where nothing is different,
    /// nothing is written.
    package static func agree(
        _ plan: PlatformPlan, trialEndsOn day: Day?, isActiveNow: Bool = false, with slug: String, by actor: Actor,
        at now: Instant, in database: PlatformDatabase
    ) async throws {
        try await database.transaction { database in
            guard let known = try await database.tenant(slug: slug, locked: true) else {
                throw TenantActRefusal.unknown(slug: slug)
            }
            var tenant = known
            tenant.plan = plan
            if known.state == .trial {
                tenant.trialEndsOn = day
                if isActiveNow { tenant.state = .active }
            }
            tenant.settleBilling(at: now)
            let (before, after) = tenant.changes(from: known)
            guard !after.isEmpty else { return }
            try await database.update(tenant)
            try await database.announceTenants()
            try await database.record(
                Act(.companyChanged, tenant.subject, before: before, after: after),
                asPlatform: Act(.platformPlanChanged, tenant.subjectOfPlatform, before: before, after: after),
                of: tenant, by: actor, at: now)
        }
    }

    private static func change(
        _ slug: String, to state: State, because reason: String, _ kind: EventKind, _ platforms: EventKind,
        by actor: Actor, at now: Instant,
        in database: PlatformDatabase
    ) async throws -> Tenant {
        guard reason.contains(where: { !$0.isWhitespace }) else { throw TenantActRefusal.reasonMissing }
        return try await database.transaction { database in
            guard let known = try await database.tenant(slug: slug, locked: true) else {
                throw TenantActRefusal.unknown(slug: slug)
            }
            guard known.state != state else { throw TenantActRefusal.already(state) }
            if state == .closed, !known.isExported(at: now) { throw TenantActRefusal.exportMissing }
            var tenant = known
            tenant.state = state
            tenant.stateReason = state == .active ? "" : reason
            tenant.settleBilling(at: now)
            try await database.update(tenant)
            try await database.announceTenants()
            try await database.record(
                Act(
                    kind, tenant.subject, before: [Act.Detail("state", known.state.rawValue)],
                    after: [Act.Detail("state", state.rawValue), Act.Detail("reason", reason)]),
                asPlatform: Act(
                    platforms, tenant.subjectOfPlatform, after: [Act.Detail("reason", reason)]),
                of: tenant, by: actor, at: now)
            return tenant
        }
    }

    // What the owner decides, in a transaction of the tenant's own.

    /// Nothing is written where nothing is different.
    package func put(
        _ company: Company, by actor: Actor, at now: Instant, in database: TenantDatabase
    ) async throws -> Tenant {
        var changed = self
        changed.company = company
        let (before, after) = changed.changes(from: self)
        guard !after.isEmpty else { return self }
        try await database.transaction { database in
            try await database.put(company)
            try await database.record(
                Act(.companyChanged, changed.subject, before: before, after: after), by: actor, at: now)
        }
        return changed
    }

    package func put(
        _ brand: Brand, by actor: Actor, at now: Instant, in database: TenantDatabase
    ) async throws -> Tenant {
        var changed = self
        changed.brand = brand
        let (before, after) = changed.changes(from: self)
        guard !after.isEmpty else { return self }
        try await database.transaction { database in
            try await database.put(brand)
            try await database.record(
                Act(.brandChanged, changed.subject, before: before, after: after), by: actor, at: now)
        }
        return changed
    }
}
