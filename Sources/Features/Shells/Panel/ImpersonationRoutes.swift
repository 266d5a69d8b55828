import Access
import Crypto
import Declarations
import HTTP
import Identifiers
import Identity
import Locale
import Tenancy
import Time

/// How a platform employee enters a tenant's panel by a link from the console, and leaves it.
package struct ImpersonationRoutes: Sendable {
    private let visits: Impersonations
    private let randomness: Randomness

    package init(_ visits: Impersonations, randomness: Randomness) {
        self.visits = visits
        self.randomness = randomness
    }

    package func add(to routes: inout Panel.Routes) {
        routes.get("/panel/visit/:secret", .anyone, "Pregunta antes de entrar como la plataforma", show)
        routes.post("/panel/visit/:secret", .anyone, "Entra al panel como la plataforma", enter)
        routes.post("/panel/leave-visit", .anyone, "Termina la propia visita de la plataforma", leave)
    }

    private func show(_ visit: Visit, secret: String) async throws -> Response {
        let found = try await Impersonation.look(at: secret, now: visit.now, in: visit.database)
        let page = StartImpersonationPage(
            tenant: visit.tenant.name, secret: secret, name: found.name, reason: found.reason, power: found.power,
            until: found.expiresAt.text(.short, in: visit.tenant.timeZone, for: visit.reader), reader: visit.reader)
        return Panel.page(page, for: visit.reader)
    }

    private func enter(_ visit: Visit, secret: String) async throws -> Response {
        let cookie = try await Impersonation.enter(
            with: secret, at: visit.place, now: visit.now, from: randomness, in: visit.database)
        var response = Response.redirect(to: "/panel")
        PanelCookie.session.set(cookie.text, for: visit.request, in: &response)
        return response
    }

    private func leave(_ visit: Visit) async throws -> Response {
        guard let credential = Panel.credential(of: visit.request), credential.kind == .impersonation else {
            return .redirect(to: "/panel")
        }
        if let (id, principal) = try await Impersonation.visitor(
            credential, at: visit.place, of: visit.catalogue, now: visit.now, in: visit.database)
        {
            _ = try await visits.end(id, at: visit.tenant, by: principal, in: visit.database)
        }
        var response = Panel.page(LeftPage(tenant: visit.tenant.name, reader: visit.reader), for: visit.reader)
        PanelCookie.session.clear(for: visit.request, in: &response)
        return response
    }
}
