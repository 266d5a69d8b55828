import AccessProtocol
import Addresses
import Backups
import Declarations
import Events
import Identifiers
import JSON
import Jobs
import Postgres
import RouterScripts
import Routers
import Time

/// Audits all routers each night.
package struct AuditRouters: NightlyJob {
    package static let kind = "network.audit-routers"
    package static let time = "50 3 * * *"

    package init() {}

    package func run(in context: JobContext) async throws {
        let routers = try await context.database.routers().filter { !$0.isPaused }
        try await context.database.queue(routers.map { AuditRouter($0.id) }, at: context.now)
    }
}

/// Audits a router and stores the findings.
package struct AuditRouter: Job {
    package static let kind = "network.audit-router"
    package static var rules: JobRules {
        var rules = JobRules()
        (rules.attempts, rules.tenantLimit) = (3, 4)
        return rules
    }

    package let router: Router.ID

    package var key: String? { router.description }
    /// Not the lane of cuts and reconnections, which do not wait for an export.
    package var lane: String? { "\(router):configuration" }
    package var priority: JobPriority { .whenQuiet }

    package init(_ router: Router.ID) { self.router = router }

    package init(json: JSONValue, at pointer: JSONPointer) throws(JSONError) {
        var fields = try JSONFields(json, at: pointer)
        let text = fields.required("router", as: String.self)
        guard let id = Router.ID(try fields.finish(text)) else {
            throw .expected("an id", at: pointer.appending("router"))
        }
        self.init(id)
    }

    package func write(to json: inout JSONWriter) {
        json.object { $0.member("router", router.description) }
    }

    package func run(in context: JobContext, with dialer: RouterDialer, keeping backups: BackupVault) async throws {
        guard let router = try await context.database.router(router), !router.isPaused else { return }
        let auditing = RouterAuditing(router: router, dialer: dialer, context: context)
        do {
            let session = try await auditing.open()
            defer { session.close() }
            let outcome = try await auditing.audit(session)
            try await auditing.keep(outcome)
            // The export just read serves as a backup if it differs from the last one.
            try await backups.keep(
                outcome.text.text, hasSecrets: outcome.text.hasSecrets, of: router, because: .audit, at: context.now,
                in: context.database)
        } catch let failure as AccessFailure {
            try await context.database.noteAudit(of: router.id, failedBecause: failure.reason)
        } catch let refusal as RouterRefusal {
            try await context.database.noteAudit(of: router.id, failedBecause: refusal.code)
        }
    }
}

/// Applies the fix of one finding. A router that becomes unreachable rolls it back by itself.
package struct ApplyFix: Job {
    package static let kind = "network.apply-fix"
    package static var rules: JobRules {
        var rules = JobRules()
        (rules.attempts, rules.timeLimit) = (3, .seconds(200))
        return rules
    }
    /// How long a router waits for confirmation before it rolls back.
    static let patience = Duration.seconds(120)

    package let finding: RouterFinding.ID
    package let router: Router.ID

    package var key: String? { finding.description }
    package var lane: String? { "\(router):configuration" }

    package init(of finding: RouterFinding.ID, at router: Router.ID) { (self.finding, self.router) = (finding, router) }

    package init(json: JSONValue, at pointer: JSONPointer) throws(JSONError) {
        var fields = try JSONFields(json, at: pointer)
        let finding = fields.required("finding", as: String.self)
        let router = fields.required("router", as: String.self)
        let (findingText, routerText) = try fields.finish(finding, router)
        guard let finding = RouterFinding.ID(findingText), let router = Router.ID(routerText) else {
            throw .expected("two ids", at: pointer)
        }
        self.init(of: finding, at: router)
    }

    package func write(to json: inout JSONWriter) {
        json.object { json in
            json.member("finding", finding.description)
            json.member("router", router.description)
        }
    }

    package func run(in context: JobContext, with dialer: RouterDialer) async throws {
        let database = context.database
        guard let finding = try await database.finding(finding), finding.fix == .asked,
            let router = try await database.router(router)
        else { return }
        let fixing = RouterFixing(
            finding: finding, auditing: RouterAuditing(router: router, dialer: dialer, context: context))
        let outcome = try await fixing.run()
        let now = context.now
        try await database.transaction { database in
            try await database.settle(finding.id, as: outcome.fix, outcome.note)
            if outcome.fix == .kept { try await database.queue(BackUpRouter(router.id, because: .fix), at: now) }
            guard let kind = outcome.event else { return }
            try await database.record(
                Act(kind, router.subject, after: finding.details), by: .commandLine, at: now, from: context.randomness)
        }
    }
}

/// Audits one router.
struct RouterAuditing: Sendable {
    let router: Router
    let dialer: RouterDialer
    let context: JobContext

    struct Outcome: Sendable {
        let audit: Audit
        let text: ConfigurationText
        let configuration: RouterConfiguration
        let unread: Int
    }

    func open() async throws -> any ConfiguredSession { try await dialer.configure(router, in: context.database) }

    func audit(_ session: any ConfiguredSession) async throws(AccessFailure) -> Outcome {
        let text = try await session.configuration()
        let script = RouterScript(text.text)
        let configuration = RouterConfiguration(script)
        let facts = try await RouterFacts.read(session, list: router.cutList)
        let audit = Audit(
            RouterUnderAudit(
                configuration, facts, cutProfile: router.cut == .profile ? router.cutProfile : "",
                cutList: router.cutList, apiPort: router.port, sources: dialer.sources.map(\.description)))
        return Outcome(audit: audit, text: text, configuration: configuration, unread: script.unread.count)
    }

    /// Stores the findings and records which opened and which closed.
    func keep(_ outcome: Outcome) async throws {
        let (now, randomness) = (context.now, context.randomness)
        try await context.database.transaction { database in
            let known = try await database.findings(of: router.id, limit: 10_000)
            try await database.noteAudit(
                of: router.id, version: outcome.configuration.version ?? "", concerns: outcome.audit.concerns,
                unread: outcome.unread, at: now)
            for finding in outcome.audit.findings {
                if let old = known.first(where: { $0.rule == finding.rule && $0.subject == finding.subject }) {
                    try await database.update(old.id, to: finding)
                    continue
                }
                try await database.insert(
                    finding, as: .make(milliseconds: now.milliseconds, from: randomness), of: router.id, at: now)
                try await database.record(
                    Act(.findingOpened, router.subject, after: AuditFinding.details(finding.rule, finding.subject)),
                    by: .commandLine, at: now, from: randomness)
            }
            for old in known {
                let isStill = outcome.audit.findings.contains { $0.rule == old.rule && $0.subject == old.subject }
                guard !isStill else { continue }
                try await database.close(old.id, at: now)
                try await database.record(
                    Act(.findingClosed, router.subject, after: old.details), by: .commandLine, at: now,
                    from: randomness)
            }
        }
    }
}

/// Applies one finding's commands, and rolls them back where needed.
struct RouterFixing: Sendable {
    let finding: RouterFinding
    let auditing: RouterAuditing

    struct Outcome: Sendable {
        let fix: RouterFinding.Fix?
        var note = ""

        var event: EventKind? {
            switch fix {
            case .kept: .fixKept
            case .takenBack: .fixTakenBack
            case .failed: .fixFailed
            case .asked, nil: nil
            }
        }
    }

    static let changedMeanwhile = "changed_meanwhile"

    func run() async throws -> Outcome {
        do {
            let session = try await auditing.open()
            defer { session.close() }
            return try await apply(on: session)
        } catch let failure as AccessFailure {
            return Outcome(fix: .failed, note: failure.reason)
        } catch let refusal as RouterRefusal {
            return Outcome(fix: .failed, note: refusal.code)
        }
    }

    private func apply(on session: any ConfiguredSession) async throws -> Outcome {
        let now = try await auditing.audit(session)
        guard let fix = now.audit.findings.first(where: isThis) else {
            // Applied by a worker that stopped before it could store the outcome, or mended by hand since.
            try await session.disarm()
            try await auditing.keep(now)
            return Outcome(fix: .kept)
        }
        guard fix.commands == finding.commands else { return Outcome(fix: .failed, note: Self.changedMeanwhile) }
        if !fix.undo.isEmpty { try await session.arm(fix.undo.joined(separator: "\n"), after: ApplyFix.patience) }
        do {
            try await session.run(fix.commands.joined(separator: "\n"))
        } catch  where !error.isOfDevice {
            // The script may have run in part.
            if !fix.undo.isEmpty { try await session.takeBack() }
            return Outcome(fix: .failed, note: error.reason)
        } catch {
            return Outcome(fix: .takenBack, note: error.reason)
        }
        session.close()
        return try await verify()
    }

    /// Verifies by a new connection: an open one may survive a change that locks us out.
    private func verify() async throws -> Outcome {
        let session: any ConfiguredSession
        do {
            session = try await auditing.open()
        } catch let failure as AccessFailure {
            return Outcome(fix: .takenBack, note: failure.reason)
        }
        defer { session.close() }
        try await session.disarm()
        let now = try await auditing.audit(session)
        try await auditing.keep(now)
        return Outcome(fix: now.audit.findings.contains(where: isThis) ? .failed : .kept)
    }

    private func isThis(_ other: AuditFinding) -> Bool {
        other.rule == finding.rule && other.subject == finding.subject
    }
}
