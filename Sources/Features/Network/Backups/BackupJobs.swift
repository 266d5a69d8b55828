import AccessProtocol
import Identifiers
import JSON
import Jobs
import Postgres
import Routers
import Time

/// Backs up all routers each night, deletes old versions, and warns of routers without a backup.
package struct BackUpRouters: NightlyJob {
    package static let kind = "network.back-up-routers"
    package static let time = "35 3 * * *"

    package init() {}

    package func run(in context: JobContext) async throws {
        let (database, now) = (context.database, context.now)
        let routers = try await database.routers()
        let rules = try await database.backupRules()
        try await database.queue(routers.filter { !$0.isPaused }.map { BackUpRouter($0.id, because: .night) }, at: now)
        try await database.forgetBackups(olderThan: now - .days(rules.keepDays), keeping: rules.keepLeast)
        try await database.transaction { database in
            let late = try await database.alarmBackups(olderThan: now - .days(rules.alarmDays), at: now)
            for router in routers where late.contains(router.id) {
                try await database.record(.backupMissing, of: router, at: now, from: context.randomness)
            }
        }
    }
}

extension Duration {
    fileprivate static func days(_ count: Int) -> Duration { .seconds(count * 86_400) }
}

/// Exports one router's configuration and stores it.
package struct BackUpRouter: Job {
    package static let kind = "network.back-up-router"
    package static var rules: JobRules {
        var rules = JobRules()
        (rules.attempts, rules.tenantLimit) = (3, 4)
        return rules
    }

    package let router: Router.ID
    package let reason: RouterBackup.Reason

    package var key: String? { router.description }
    /// The audits' lane: not the one of cuts and reconnections, which do not wait for an export.
    package var lane: String? { "\(router):configuration" }
    package var priority: JobPriority { .whenQuiet }

    package init(_ router: Router.ID, because reason: RouterBackup.Reason) {
        (self.router, self.reason) = (router, reason)
    }

    package init(json: JSONValue, at pointer: JSONPointer) throws(JSONError) {
        var fields = try JSONFields(json, at: pointer)
        let router = fields.required("router", as: String.self)
        let reason = fields.required("reason", as: String.self)
        let (routerText, reasonText) = try fields.finish(router, reason)
        guard let id = Router.ID(routerText), let reason = RouterBackup.Reason(rawValue: reasonText) else {
            throw .expected("an id and a reason", at: pointer)
        }
        self.init(id, because: reason)
    }

    package func write(to json: inout JSONWriter) {
        json.object { json in
            json.member("router", router.description)
            json.member("reason", reason.rawValue)
        }
    }

    package func run(in context: JobContext, with dialer: RouterDialer, keeping backups: BackupVault) async throws {
        guard let router = try await context.database.router(router), !router.isPaused else { return }
        do {
            let session = try await dialer.configure(router, in: context.database)
            defer { session.close() }
            let read = try await session.configuration()
            try await backups.keep(
                read.text, hasSecrets: read.hasSecrets, of: router, because: reason, at: context.now,
                in: context.database)
        } catch let failure as AccessFailure {
            try await context.database.noteBackup(of: router.id, failedBecause: failure.reason)
        } catch let refusal as RouterRefusal {
            try await context.database.noteBackup(of: router.id, failedBecause: refusal.code)
        }
    }
}

extension RouterDialer {
    /// Opens a session for exporting and changing a router's configuration.
    package func configure(_ router: Router, in database: TenantDatabase) async throws -> any ConfiguredSession {
        let session = try await connect(to: router, in: database)
        guard let configured = session as? any ConfiguredSession else {
            session.close()
            throw AccessFailure.refused("The device has no configuration that could be read.")
        }
        return configured
    }
}
