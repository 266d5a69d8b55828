import Access
import Declarations
import Events
import HTTP
import Identifiers
import Jobs
import Locale
import Nouns
import Panel
import Postgres
import Telemetry
import Tenancy

/// The installation's health: dependencies, job queue, dead jobs.
struct HealthRoutes: Sendable {
    let parts: Console.Parts

    init(_ parts: Console.Parts) { self.parts = parts }

    func add(to routes: inout Console.Routes) {
        routes.get("/platform/health", .see, "Salud, colas y tareas fallidas", show)
        routes.post("/platform/dead-jobs/:id/retry", .manage, "Devuelve una tarea fallida a la cola") {
            (visit, id: QueuedJob.ID) in
            try await act(visit, .platformJobRetried, .retried) { platform, tenant in
                try await platform.requeueDeadJob(id, of: tenant, at: visit.now)
            }
        }
        routes.post("/platform/dead-jobs/:id/discard", .manage, "Descarta una tarea fallida") {
            (visit, id: QueuedJob.ID) in
            try await act(visit, .platformJobDiscarded, .discarded) { platform, tenant in
                try await platform.discardDeadJob(id, of: tenant)
            }
        }
    }

    private func show(_ visit: ConsoleVisit) async throws -> Response {
        let platform = parts.database.platform
        let names = Dictionary(
            uniqueKeysWithValues: try await platform.everyTenant().map {
                ($0.id.scope, $0.name)
            })
        let page = HealthPage(
            report: await parts.health.report(on: visit.request.loop),
            queue: try await platform.jobStatistics(at: visit.now), kinds: try await platform.jobKinds(),
            dead: try await platform.deadJobs(limit: 50), crashes: try await platform.crashes(),
            closed: try await platform.allClosedRoutes(), tenantNames: names,
            pool: await parts.database.statistics(), visit: visit)
        return try await Console.page(page, titled: PlatformWords.health.text(for: visit.reader), for: visit)
    }

    /// Acts on dead jobs are in the platform's record; the form names the job's tenant.
    private func act(
        _ visit: ConsoleVisit, _ kind: EventKind, _ notice: Notice,
        _ act: @Sendable (PlatformDatabase, TenantID) async throws -> Bool
    ) async throws -> Response {
        let form = try await visit.request.body.form(upTo: 1024)
        try form.allow(["tenant", "kind"])
        let platform = parts.database.platform
        let id: Tenant.ID = try FormText.id(form["tenant"] ?? "")
        guard let tenant = try await platform.tenant(id) else { throw AccessRefusal.notFound }
        let principal = visit.principal
        try await platform.transaction { platform in
            guard try await act(platform, tenant.id.scope) else { throw AccessRefusal.notFound }
            try await platform.record(
                Act(kind, tenant.subjectOfPlatform, after: [Act.Detail("kind", FormText.line(form["kind"]))]),
                of: Tenant.ID.platform.uuid, by: principal.actor, at: principal.now)
        }
        return Panel.done(notice, at: "/platform/health")
    }
}
