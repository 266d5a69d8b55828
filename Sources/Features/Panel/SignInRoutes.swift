import Access
import Crypto
import HTTP
import Identifiers
import Identity
import Tenancy

package struct SignInRoutes: Sendable {
    private let randomness: Randomness

    package init(randomness: Randomness) { self.randomness = randomness }

    package func add(to routes: inout Panel.Routes) {
        routes.get("/", .anyone, "Lleva al panel") { _ in .redirect(to: "/panel") }
        routes.get("/panel", .anyone, "Lleva a la primera página del panel") { _ in .redirect(to: "/panel/customers") }
        routes.get("/panel/enter/:secret", .anyone, "Pregunta antes de usar un enlace de acceso", show)
        routes.post("/panel/enter/:secret", .anyone, "Inicia la sesión con un enlace de acceso", enter)
        routes.post("/panel/sign-out", .anyone, "Cierra la sesión", leave)
    }

    private func show(_ visit: Visit, secret: String) -> Response {
        Panel.page(UseLinkPage(tenant: visit.tenant.name, secret: secret, reader: visit.reader), for: visit.reader)
    }

    private func enter(_ visit: Visit, secret: String) async throws -> Response {
        let session = try await SignInLink.use(secret, at: visit.now, from: randomness, in: visit.database)
        var response = Response.redirect(to: "/panel")
        response.headers["Set-Cookie"] = cookie(session.secret.text, for: visit.request)
        return response
    }

    private func leave(_ visit: Visit) async throws -> Response {
        if let credential = Panel.credential(of: visit.request) {
            try await Session.end(credential, at: visit.now, in: visit.database)
        }
        var response = Response.redirect(to: "/panel")
        response.headers["Set-Cookie"] = cookie("", for: visit.request) + "; Max-Age=0"
        return response
    }

    private func cookie(_ value: String, for request: Request) -> String {
        let secure = request.scheme == .https ? "; Secure" : ""
        return "\(Panel.cookieName(of: request))=\(value); Path=/; HttpOnly; SameSite=Lax\(secure)"
    }
}
