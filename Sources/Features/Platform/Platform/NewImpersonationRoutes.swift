import Access
import Crypto
import Declarations
import HTTP
import Identity
import Locale
import Panel
import Postgres
import Tenancy

/// "Entrar como": entering a tenant's panel, with a reason and for a limited time.
struct NewImpersonationRoutes: Sendable {
    let parts: Console.Parts

    init(_ parts: Console.Parts) { self.parts = parts }

    func add(to routes: inout Console.Routes) {
        routes.post("/platform/tenants/:id/enter", .enter, "Crea el enlace para entrar al panel de una empresa", enter)
        routes.get("/platform/visits", .see, "Visitas de la plataforma a las empresas", list)
        routes.post("/platform/visits/:id/end", .enter, "Termina una visita", end)
    }

    private func enter(_ visit: ConsoleVisit, id: Tenant.ID) async throws -> Response {
        let form = try ImpersonationForm(try await visit.request.body.form(upTo: 4096))
        let tenant = try await parts.openTenant(id)
        guard let wish = form.wish else {
            return try await TenantRoutes.page(of: id, form, .unprocessableContent, visit, parts)
        }
        do {
            let link = try await parts.visits.begin(
                wish, at: tenant, by: visit.principal, from: parts.randomness, in: visit.database)
            let address = parts.directory.address(at: parts.directory.host(of: tenant))
            let page = ImpersonationLinkPage(
                tenant: tenant, address: "\(address)/panel/visit/\(link.text)", reader: visit.reader)
            return try await Console.page(page, titled: tenant.name, for: visit)
        } catch let refusal as ImpersonationRefusal {
            return try await TenantRoutes.page(of: id, form.refused(refusal.message), refusal.status, visit, parts)
        }
    }

    private func list(_ visit: ConsoleVisit) async throws -> Response {
        let page = VisitListPage(visits: try await visit.database.platformVisits(), visit: visit)
        return try await Console.page(page, titled: PlatformWords.visits.text(for: visit.reader), for: visit)
    }

    private func end(_ visit: ConsoleVisit, id: Impersonation.ID) async throws -> Response {
        try await parts.visits.end(id, by: visit.principal, in: visit.database)
        return Panel.done(.visitEnded, at: "/platform/visits")
    }
}
