import Access
import Declarations
import Events
import HTTP
import Identity
import Locale
import Panel
import Roles
import Tenancy

/// The tenant's control over impersonations.
package struct ImpersonationRecordRoutes: Sendable {
    private let visits: Impersonations

    package init(_ visits: Impersonations) { self.visits = visits }

    package func add(to routes: inout Panel.Routes) {
        routes.get("/panel/visits", .auditRead, "Quién de la plataforma entró al panel, y por qué", list)
        routes.post("/panel/visits/seen", .rolesManage, "Se dio por enterado de las visitas", see)
        routes.post("/panel/visits/permission", .rolesManage, "Permite o prohíbe las visitas de la plataforma", permit)
        routes.post("/panel/visits/:id/end", .rolesManage, "Termina una visita de la plataforma", end)
    }

    private func list(_ visit: Visit) async throws -> Response {
        let page = ImpersonationRecordPage(
            visits: try await visit.database.impersonations(),
            isAllowed: try await visit.database.allowsImpersonation(), visit: visit)
        return try await Panel.page(page, titled: ImpersonationRecordWords.visits.text(for: visit.reader), for: visit)
    }

    private func see(_ visit: Visit) async throws -> Response {
        if let person = visit.admitted?.id { try await visit.database.noteVisitSeen(by: person) }
        return .redirect(to: "/panel/visits")
    }

    private func end(_ visit: Visit, id: Impersonation.ID) async throws -> Response {
        let ended = try await visits.end(id, at: visit.tenant, by: visit.principal, in: visit.database)
        guard !ended.isEmpty else { throw AccessRefusal.notFound }
        return Panel.done(.visitEnded, at: "/panel/visits")
    }

    private func permit(_ visit: Visit) async throws -> Response {
        let form = try await visit.request.body.form(upTo: 1024)
        try form.allow(["allow"])
        guard let word = form["allow"], word == "yes" || word == "no" else { throw BadRequest() }
        try await visits.setAllowed(word == "yes", at: visit.tenant, by: visit.principal, in: visit.database)
        return Panel.done(.saved, at: "/panel/visits")
    }
}
