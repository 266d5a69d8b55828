import API
import Access
import Customers
import HTTP
import Identity
import Locale
import Panel
import Postgres
import TenantSupport
import Testing

@testable import Tokens

@Suite struct TokenTests {
    private static func panel(of tenant: TestTenant) -> RequestGate {
        var routes = Panel.Routes()
        TokenRoutes(randomness: tenant.site.randomness).add(to: &routes)
        return tenant.gate(routes, credential: Panel.credential, refuse: Panel.refuse)
    }

    private static func api(of tenant: TestTenant) -> RequestGate {
        var routes = Routes<Visit>()
        routes.get("/api/v1/mine", .customersRead, "Something to read") { _ in .text("read") }
        return tenant.gate(routes, credential: API.credential, refuse: API.refuse)
    }

    private static func post(_ tenant: TestTenant, _ path: String, _ form: String, as cookie: String) async throws
        -> Answer
    {
        try await tenant.ask(
            panel(of: tenant), path, method: "POST",
            headers: [
                "Cookie": cookie, "Sec-Fetch-Site": "same-origin", "Content-Type": "application/x-www-form-urlencoded",
            ], body: Array(form.utf8))
    }

    private static func use(_ secret: String, at tenant: TestTenant) async throws -> Status {
        try await tenant.ask(api(of: tenant), "/api/v1/mine", headers: ["Authorization": "Bearer \(secret)"]).status
    }

    private static func secret(in answer: Answer) throws -> String {
        let parts = answer.text.split(separator: "value=\"mst_live_", maxSplits: 1)
        return "mst_live_" + (try #require(parts.count == 2 ? parts.last : nil).prefix { $0 != "\"" })
    }

    @Test func `a token is shown once, opens what it was made for, and is revoked at once`() async throws {
        try await withTenants { norte, sur in
            let owner = try await norte.signIn(norte.everything, as: "Olga")
            let made = try await Self.post(
                norte, "/panel/tokens", "name=n8n&permission=customers.read&addresses=&days=30&reach=all", as: owner)
            let secret = try Self.secret(in: made)
            #expect(try await Self.use(secret, at: norte) == .ok)
            #expect(try await Self.use(secret, at: sur) == .unauthorized)
            let list = try await norte.ask(Self.panel(of: norte), "/panel/tokens", headers: ["Cookie": owner])
            #expect(list.text.contains("n8n") && list.text.contains("…\(secret.suffix(4))"))
            #expect(!list.text.contains(secret))
            let token = try #require(try await norte.database.apiTokens(at: norte.now).first)
            #expect(token.usedAt == norte.now)

            let theirs = try await sur.signIn(sur.everything, as: "Sergio")
            #expect(try await Self.post(sur, "/panel/tokens/\(token.id)/revoke", "", as: theirs).status == .notFound)
            #expect(try await Self.use(secret, at: norte) == .ok)
            #expect(try await Self.post(norte, "/panel/tokens/\(token.id)/revoke", "", as: owner).status == .seeOther)
            #expect(try await Self.use(secret, at: norte) == .unauthorized)
        }
    }

    @Test(arguments: [
        ("127.0.0.1", Status.ok), ("127.0.0.0%2F8", .ok), ("192.0.2.0%2F24%2C+2001%3Adb8%3A%3A%2F32", .unauthorized),
    ])
    func `a token for some addresses opens nothing from others`(addresses: String, status: Status) async throws {
        try await withTenants { norte, _ in
            let owner = try await norte.signIn(norte.everything, as: "Olga")
            let made = try await Self.post(
                norte, "/panel/tokens", "name=n8n&permission=customers.read&addresses=\(addresses)&days=30&reach=all",
                as: owner)
            #expect(try await Self.use(try Self.secret(in: made), at: norte) == status)
        }
    }

    @Test(arguments: [
        ("name=&permission=customers.read&addresses=&days=30&reach=all", "Escriba un nombre."),
        ("name=x&addresses=&days=30", "Elija al menos un permiso."),
        ("name=x&permission=customers.read&addresses=mi+casa&days=30&reach=all", "Escriba direcciones como"),
        ("name=x&permission=customers.read&addresses=&days=400&reach=all", "Escriba de 1 a 365 días."),
    ])
    func `a form with a mistake comes back with what was typed`(form: String, text: String) async throws {
        try await withTenants { norte, _ in
            let owner = try await norte.signIn(norte.everything, as: "Olga")
            let answer = try await Self.post(norte, "/panel/tokens", form, as: owner)
            #expect(answer.status == .unprocessableContent)
            #expect(answer.text.split(separator: text).count == 3, "in the summary and beside the field")
            #expect(try await norte.database.apiTokens(at: norte.now).isEmpty)
        }
    }

    @Test func `nobody makes a key to more than they may do`() async throws {
        try await withTenants { norte, _ in
            let clerk = try await norte.signIn([.tokensManage], as: "Carla")
            let answer = try await Self.post(
                norte, "/panel/tokens", "name=x&permission=customers.read&addresses=&days=3&reach=all", as: clerk)
            #expect(answer.status == .forbidden)
            #expect(try await norte.database.apiTokens(at: norte.now).isEmpty)
        }
    }

    @Test func `every text of the room is whole in every language`() {
        #expect(TokenWords.problems == [])
    }
}
