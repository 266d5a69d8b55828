import Access
import Customers
import HTTP
import JSON
import Locale
import Postgres
import Tenancy
import TenantSupport
import Testing

@testable import API
@testable import Nouns

@Suite struct APITests {
    private static func gate(of tenant: TestTenant) -> RequestGate {
        var declared = API.Routes(of: tenant.site.catalogue)
        API.add(to: &declared)
        var routes = declared.visits
        routes.get("/api/v1/closed", .customersRead, "Needs a token") { _ in .text("in") }
        return tenant.gate(routes, credential: API.credential, refuse: API.refuse)
    }

    @Test func `the first page of the API says whose it is`() async throws {
        try await withTenants { norte, sur in
            for tenant in [norte, sur] {
                var fields = try JSONFields(
                    try JSONValue.parse(try await tenant.ask(Self.gate(of: tenant), "/api/v1").bytes))
                #expect(fields.required("company", as: String.self) == tenant.tenant.name)
                #expect(fields.required("currency", as: String.self) == tenant.tenant.currency.code)
            }
        }
    }

    @Test(arguments: [
        "", "Bearer", "Bearer ", "bearer x", "Basic YTpi", "Bearer mst_live_aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
        "Bearer x y", "Bearer mst_live_%00",
    ])
    func `what is no token is asked for one, as a problem that says so`(authorization: String) async throws {
        try await withTenants { norte, _ in
            let answer = try await norte.ask(
                Self.gate(of: norte), "/api/v1/closed", headers: ["Authorization": authorization])
            #expect(answer.status == .unauthorized)
            #expect(answer.headers["WWW-Authenticate"] == "Bearer")
            var fields = try JSONFields(try JSONValue.parse(answer.bytes))
            #expect(fields.required("code", as: String.self) == "sign_in_required")
            #expect(fields.required("status", as: Int.self) == 401)
            #expect(fields.required("request_id", as: String.self)?.utf8.count == 36)
        }
    }

    @Test(arguments: [
        ("HEAD", 200), ("OPTIONS", 204), ("DELETE", 405), ("POST", 405), ("TRACE", 405), ("QUERY", 405), ("BREW", 501),
    ])
    func `an address says which methods it answers`(method: String, status: Int) async throws {
        try await withTenants { norte, _ in
            let answer = try await norte.ask(Self.gate(of: norte), "/api/v1", method: method)
            #expect(answer.status.code == status)
            if [204, 405].contains(status) { #expect(answer.headers["Allow"] == "GET, HEAD, OPTIONS") }
        }
    }

    @Test func `every text is whole in every language`() {
        #expect(SearchAPIWords.problems == [])
        #expect(APIWords.problems + ProblemWords.problems + ViolationWords.problems + DescriptionWords.problems == [])
    }

    @Test func `a token that is revoked or over opens nothing from then on`() async throws {
        try await withTenants { norte, sur in
            let token = try await norte.token([.customersRead])
            func ask(_ tenant: TestTenant) async throws -> Status {
                try await tenant.ask(
                    Self.gate(of: tenant), "/api/v1/closed", headers: ["Authorization": "Bearer \(token)"]
                ).status
            }
            #expect(try await ask(norte) == .ok)
            #expect(try await ask(sur) == .unauthorized)
            try await norte.database.execute(
                "UPDATE api_tokens SET revoked_at = \(norte.now) WHERE tenant_id = \(norte.database.tenant)")
            #expect(try await ask(norte) == .unauthorized)
            try await norte.database.execute(
                "UPDATE api_tokens SET revoked_at = NULL WHERE tenant_id = \(norte.database.tenant)")
            norte.site.clock.advance(by: .seconds(3600))
            #expect(try await ask(norte) == .unauthorized)
        }
    }
}
