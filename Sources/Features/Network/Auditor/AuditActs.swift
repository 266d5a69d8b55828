import Access
import Declarations
import Events
import Identifiers
import Jobs
import Postgres
import Routers
import Time

/// Acts on findings, for people and programs.
package enum AuditActs {
    package static func audit(_ id: Router.ID, by principal: Principal, in database: TenantDatabase) async throws {
        guard try await database.router(id) != nil else { throw AccessRefusal.notFound }
        try await database.queue(AuditRouter(id), at: principal.now)
    }

    /// Accepts the finding, with a reason.
    @discardableResult
    package static func ignore(
        _ id: RouterFinding.ID, because reason: String, by principal: Principal, in database: TenantDatabase
    ) async throws -> RouterFinding {
        guard !reason.isEmpty else { throw AuditRefusal.reasonNeeded }
        return try await database.transaction { database in
            let finding = try await open(id, in: database)
            try await database.ignore(id, because: reason, by: principal.actor.name, at: principal.now)
            try await database.record(
                Act(.findingIgnored, finding.routerSubject, after: finding.details + [Act.Detail("reason", reason)]),
                by: principal.actor, at: principal.now)
            return try await found(id, in: database)
        }
    }

    /// Counts an ignored finding again.
    @discardableResult
    package static func heed(
        _ id: RouterFinding.ID, by principal: Principal, in database: TenantDatabase
    ) async throws -> RouterFinding {
        try await database.transaction { database in
            let finding = try await found(id, locked: true, in: database)
            guard finding.standing == .ignored else { return finding }
            try await database.ignore(id, because: "", by: "", at: nil)
            try await database.record(
                Act(.findingHeeded, finding.routerSubject, after: finding.details), by: principal.actor,
                at: principal.now)
            return try await found(id, in: database)
        }
    }

    /// Queues the commands that were shown; they are rolled back if the router becomes unreachable.
    @discardableResult
    package static func applyFix(
        of id: RouterFinding.ID, by principal: Principal, in database: TenantDatabase
    ) async throws -> RouterFinding {
        try await database.transaction { database in
            let finding = try await open(id, in: database)
            guard finding.isApplicable else { throw AuditRefusal.notApplicable }
            guard let router = try await database.router(finding.router), router.mode == .active, !router.isPaused
            else { throw AuditRefusal.inShadow }
            guard finding.fix != .asked else { return finding }
            try await database.settle(id, as: .asked, "")
            try await database.record(
                Act(
                    .fixAsked, router.subject,
                    after: finding.details + [Act.Detail("commands", finding.commands.joined(separator: "; "))]),
                by: principal.actor, at: principal.now)
            try await database.queue(ApplyFix(of: id, at: router.id), at: principal.now)
            return try await found(id, in: database)
        }
    }

    private static func open(_ id: RouterFinding.ID, in database: TenantDatabase) async throws -> RouterFinding {
        let finding = try await found(id, locked: true, in: database)
        guard finding.standing == .open else { throw AuditRefusal.over }
        return finding
    }

    static func found(
        _ id: RouterFinding.ID, locked: Bool = false, in database: TenantDatabase
    ) async throws -> RouterFinding {
        guard let finding = try await database.finding(id, locked: locked) else { throw AccessRefusal.notFound }
        return finding
    }
}

extension RouterFinding {
    var routerSubject: Act.Subject { Act.Subject("router", router.uuid, named: routerName) }
    var details: [Act.Detail] { AuditFinding.details(rule, subject) }
}

extension AuditFinding {
    static func details(_ rule: AuditRule, _ subject: String) -> [Act.Detail] {
        [Act.Detail("rule", rule.rawValue)] + (subject.isEmpty ? [] : [Act.Detail("thing", subject)])
    }
}
