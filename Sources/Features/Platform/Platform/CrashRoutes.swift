import Access
import Declarations
import Events
import HTTP
import Identifiers
import Nouns
import Panel
import Postgres
import Tenancy

/// Acts on routes that were closed after crashes.
struct CrashRoutes: Sendable {
    let parts: Console.Parts

    init(_ parts: Console.Parts) { self.parts = parts }

    func add(to routes: inout Console.Routes) {
        routes.post("/platform/closed-routes/reopen", .manage, "Vuelve a abrir una página cerrada por caídas", reopen)
    }

    private func reopen(_ visit: ConsoleVisit) async throws -> Response {
        let form = try await visit.request.body.form(upTo: 1024)
        try form.allow(["tenant", "route"])
        let entry = ClosedRoutes.Entry(
            route: FormText.line(form["route"], upTo: 200), tenant: UUID(FormText.line(form["tenant"])))
        let principal = visit.principal
        try await parts.database.platform.transaction { platform in
            guard try await platform.reopen(entry) else { throw AccessRefusal.notFound }
            try await platform.record(
                Act(
                    .platformRouteReopened,
                    Act.Subject("route", entry.tenant ?? Tenant.ID.platform.uuid, named: entry.route)),
                of: Tenant.ID.platform.uuid, by: principal.actor, at: principal.now)
        }
        return Panel.done(.saved, at: "/platform/health")
    }
}
