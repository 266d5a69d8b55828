import Access
import Crypto
import Declarations
import HTML
import HTTP
import Identity
import Locale
import OpenID
import Tenancy

/// Sign-in with Google. The routes are declared even where the installation has no provider: then they are 404s.
package struct ExternalRoutes: Sendable {
    private let external: ExternalSignIn?

    package init(_ external: ExternalSignIn?) { self.external = external }

    package func add(to routes: inout Panel.Routes) {
        routes.get("/panel/sign-in/google", .anyone, "Lleva a Google para iniciar la sesión", go)
        routes.get("/panel/sign-in/google/return", .anyone, "Vuelve de Google", finish)
        routes.get("/panel/enter/:secret/google", .anyone, "Lleva a Google para aceptar una invitación", takeUp)
    }

    private func go(_ visit: Visit) async throws -> Response {
        try await send(visit, for: .signIn, next: SignInRoutes.ownPath(visit.request.query["next"]))
    }

    private func takeUp(_ visit: Visit, secret: String) async throws -> Response {
        try await send(visit, for: .invitation(secret), next: "/panel")
    }

    private func send(_ visit: Visit, for purpose: ExternalSignIn.Purpose, next: String) async throws -> Response {
        guard let external else { throw AccessRefusal.notFound }
        let (attempt, address) = try await external.begin(
            purpose, from: visit.place.address, next: next, back: visit.externalReturn, now: visit.now,
            in: visit.database)
        var response = Response.redirect(to: address)
        Panel.setCookie(of: attempt, in: &response, visit)
        return response
    }

    private func finish(_ visit: Visit) async throws -> Response {
        guard let external else { throw AccessRefusal.notFound }
        let query = visit.request.query
        guard query["error"] == nil else { throw ExternalRefusal.declined }
        let outcome = try await external.finish(
            PanelCookie.openid.value(in: visit.request).flatMap(OpenIDAttempt.init), state: query["state"] ?? "",
            code: query["code"] ?? "", back: visit.externalReturn, from: visit.device, at: visit.place, now: visit.now,
            in: visit.database)
        var response =
            switch outcome {
            case .signedIn(let outcome, let next): try await Panel.answer(outcome, at: next, visit)
            case .linked: Panel.done(.identityLinked, at: "/panel/account")
            }
        PanelCookie.openid.clear(for: visit.request, in: &response)
        return response
    }
}

extension Panel {
    package static func setCookie(of attempt: OpenIDAttempt, in response: inout Response, _ visit: Visit) {
        PanelCookie.openid.set(attempt.secret.text, lasting: ExternalSignIn.span, for: visit.request, in: &response)
    }
}

extension Visit {
    /// The redirect URI registered with the provider.
    package var externalReturn: String { "\(address)/panel/sign-in/google/return" }
}

/// A link to another way of signing in, on a signed-out page.
struct ExternalLink: View {
    let path: String
    let words: SecondStepWords
    let reader: Reader

    var body: Markup { p { a(.class("button other-way"), .href(path)) { words.text(for: reader) } } }
}
