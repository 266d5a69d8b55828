import Fibre
import Identifiers
import JSON
import Jobs
import Postgres
import Radius
import Routers
import Services
import Time

extension LookAtService {
    /// Queues an alignment of the service's router; jobs for many services share one.
    package func run(in context: JobContext) async throws {
        if try await context.database.radiusAccess(service) != nil {
            try await context.database.queue(EndSessions(service), at: context.now)
        }
        if let olt = try await context.database.oltOfService(service) {
            try await context.database.queue(AlignOLT(olt), at: context.now)
        }
        guard let router = try await chooseRouter(at: context.now, in: context.database) else { return }
        try await context.database.queue(AlignRouter(router), at: context.now)
    }
}

/// Compares all routers each night, and deletes old commands.
package struct CompareRouters: NightlyJob {
    package static let kind = "network.compare-routers"
    package static let time = "20 3 * * *"
    /// How long commands and superseded proofs are kept.
    private static let keeping = Duration.seconds(180 * 86_400)

    package init() {}

    package func run(in context: JobContext) async throws {
        let (database, now) = (context.database, context.now)
        let routers = try await database.routers().filter { !$0.isPaused }
        try await database.queue(routers.map { AlignRouter($0.id, isWhole: true) }, at: now)
        let old = now - Self.keeping
        _ = try await database.batch([
            """
            DELETE FROM router_commands
            WHERE tenant_id = \(database.tenant) AND sent_at < \(old) AND state <> 'sent'
            """,
            """
            DELETE FROM service_proofs f USING desired_services d
            WHERE f.tenant_id = \(database.tenant) AND f.proved_at < \(old) AND d.tenant_id = \(database.tenant)
                AND d.service_id = f.service_id AND d.revision <> f.desired_revision
            """,
        ])
    }
}
