import Access
import Addresses
import Crypto
import Declarations
import HTTP
import Identifiers
import Identity
import Locale
import Nouns
import Panel
import Time
import Zones

package struct TokenRoutes: Sendable {
    private let randomness: Randomness

    package init(randomness: Randomness) { self.randomness = randomness }

    package func add(to routes: inout Panel.Routes) {
        routes.get("/panel/tokens", .tokensManage, "Tokens de API", list)
        routes.get("/panel/tokens/new", .tokensManage, "Formulario para crear un token", ask)
        routes.post("/panel/tokens", .tokensManage, "Crea un token", create)
        routes.get("/panel/tokens/:id/revoke", .tokensManage, "Pregunta antes de revocar un token", askToRevoke)
        routes.post("/panel/tokens/:id/revoke", .tokensManage, "Revoca un token", revoke)
    }

    private func list(_ visit: Visit) async throws -> Response {
        let page = TokenListPage(
            tokens: try await visit.database.apiTokens(at: visit.now),
            zones: try await visit.database.zones(), visit: visit)
        return try await Panel.page(page, titled: TokenWords.tokens.text(for: visit.reader), for: visit)
    }

    private func ask(_ visit: Visit) async throws -> Response {
        return try await page(of: .empty, .ok, visit)
    }

    private func create(_ visit: Visit) async throws -> Response {
        let sent = try await visit.request.body.form(upTo: 16_384)
        let form = try TokenForm(sent, of: visit.catalogue)
        guard form.faults.isEmpty else { return try await page(of: form, .unprocessableContent, visit) }
        let (made, path) = try await visit.once(sent) { database in
            let token = try await APIToken.make(
                named: form.name, permissions: form.permissions, from: form.addresses.map(\.description),
                within: form.zones, until: visit.now + .seconds(form.days * 86_400), by: visit.principal,
                randomness: randomness, in: database)
            return (token, "/panel/tokens")
        }
        // A repeated form: the token was already created and shown.
        guard let token = made else { return .redirect(to: path) }
        let page = MadeTokenPage(name: form.name, secret: token.text, reader: visit.reader)
        return try await Panel.page(page, titled: form.name, for: visit)
    }

    private func askToRevoke(_ visit: Visit, id: APIToken.ID) async throws -> Response {
        guard let token = try await visit.database.apiTokens(at: visit.now).first(where: { $0.id == id }) else {
            throw AccessRefusal.notFound
        }
        return try await Panel.confirm(
            TokenWords.revokeTitle.text(for: visit.reader, .name(token.name)),
            text: TokenWords.revokeText.text(for: visit.reader), act: TokenWords.revoke.text(for: visit.reader),
            action: "/panel/tokens/\(id)/revoke", back: "/panel/tokens", for: visit)
    }

    private func revoke(_ visit: Visit, id: APIToken.ID) async throws -> Response {
        try await APIToken.revoke(id, by: visit.principal, in: visit.database)
        return Panel.done(.revoked, at: "/panel/tokens")
    }

    private func page(of form: TokenForm, _ status: Status, _ visit: Visit) async throws -> Response {
        let zones = try await visit.database.zones()
        return try await Panel.page(
            NewTokenPage(form: form, zones: zones, visit: visit), titled: TokenWords.newToken.text(for: visit.reader),
            status: status, for: visit)
    }
}
