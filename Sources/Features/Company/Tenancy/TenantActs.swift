import Declarations
import Events
import Identifiers
import Postgres
import Time

/// Why the platform's act on a tenant is refused.
package enum TenantActRefusal: Error, Equatable, CustomStringConvertible {
    case unknown(slug: String)
    case slugTaken(String)
    case already(Tenant.State)
    case reasonMissing
    /// A tenant must be exported before it is closed.
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

// The platform's acts on a tenant, each recorded both at the tenant and at the platform.
extension Tenant {
    /// Makes its panel and API read-only within a second.
    package static func suspend(
        _ slug: String, because reason: String, by actor: Actor, at now: Instant, in database: PlatformDatabase
    ) async throws -> Tenant {
        try await change(
            slug, to: .suspended, because: reason, .companySuspended, .platformCompanySuspended, by: actor, at: now,
            in: database)
    }

    /// How recent an export must be for closing.
    package static let exportCounts = Duration.seconds(86_400)

    package func isExported(at now: Instant) -> Bool { exportedAt.map { $0 + Self.exportCounts > now } ?? false }

    /// Records a full export and its author before it starts.
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

    /// Its domains answer like unknown ones from now on. Its rows stay.
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

    /// Changes the tenant's plan. The trial's last day only applies during a trial. Without changes nothing is written.
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

    // The owner's decisions, in the tenant's own transaction.

    /// Without changes nothing is written.
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
