import API
import Access
import HTTP
import JSON
import Locale
import Postgres
import Tenancy
import TenantSupport
import TestSupport
import Testing

@testable import Contracts
@testable import mastil

/// Every route of the program's API, held against what the program says of it.
@Suite struct APIContractTests {
    /// A request that each operation answers well; one that is missing fails the test.
    private static let examples: [String: (path: String, body: String)] = [
        "GET /api/v1": ("/api/v1", ""),
        "GET /api/v1/search": ("/api/v1/search?q=ana", ""),
        "GET /api/v1/customers": ("/api/v1/customers?limit=2", ""),
        "POST /api/v1/customers": ("/api/v1/customers", #"{"name":"Ana","since":"2026-01-31","state":"active"}"#),
        "GET /api/v1/customers/{id}": ("CUSTOMER", ""),
        "PATCH /api/v1/customers/{id}": ("CUSTOMER", #"{"phone":"55 0000 0000"}"#),
        "GET /api/v1/events": ("/api/v1/events?limit=2", ""),
        "GET /api/v1/events/stream": ("/api/v1/events/stream", ""),
        "GET /api/v1/events/{id}": ("/api/v1/events/HAPPENED", ""),
        "GET /api/v1/webhooks": ("/api/v1/webhooks", ""),
        "POST /api/v1/webhooks": (
            "/api/v1/webhooks", #"{"name":"n8n","address":"https://example.com/in","kinds":["customer.created"]}"#
        ),
        "GET /api/v1/webhooks/{id}": ("/api/v1/webhooks/WEBHOOK", ""),
        "PATCH /api/v1/webhooks/{id}": ("/api/v1/webhooks/WEBHOOK", #"{"state":"paused"}"#),
        "DELETE /api/v1/webhooks/{id}": ("/api/v1/webhooks/WEBHOOK", ""),
        "POST /api/v1/webhooks/{id}/secrets": ("/api/v1/webhooks/WEBHOOK/secrets", "{}"),
        "POST /api/v1/webhooks/{id}/tests": ("/api/v1/webhooks/WEBHOOK/tests", "{}"),
        "GET /api/v1/webhooks/{id}/deliveries": ("/api/v1/webhooks/WEBHOOK/deliveries?limit=1", ""),
        "GET /api/v1/webhooks/{id}/deliveries/{event}": ("/api/v1/webhooks/WEBHOOK/deliveries/EVENT", ""),
        "POST /api/v1/webhooks/{id}/deliveries/{event}/replays": (
            "/api/v1/webhooks/WEBHOOK/deliveries/EVENT/replays", "{}"
        ),
        "GET /api/v1/zones": ("/api/v1/zones", ""),
        "GET /api/v1/contracts": ("/api/v1/contracts?state=pending", ""),
        "POST /api/v1/contracts": ("/api/v1/contracts", #"{"customer":"SOMEBODY","conditions":"Plan\nPrecio"}"#),
        "GET /api/v1/contracts/{id}": ("/api/v1/contracts/AGREED", ""),
        "POST /api/v1/contracts/{id}/annulments": ("/api/v1/contracts/AGREED/annulments", #"{"reason":"Error"}"#),
        "GET /api/v1/contracts/{id}/pdf": ("/api/v1/contracts/AGREED/pdf", ""),
        "GET /api/v1/openapi.json": ("/api/v1/openapi.json", ""),
        "GET /api/v1/docs": ("/api/v1/docs", ""),
    ]

    @Test func `every answer is one that the description tells of`() async throws {
        try await withTenants { norte, _ in
            let program = Program(norte, try await norte.token(Permission.grantable))
            for name in ["Uno", "Dos", "Tres"] {
                _ = try await program.ask("POST", "/api/v1/customers", body: #"{"name":"\#(name)"}"#, key: name)
            }
            let first = try await program.ask("GET", "/api/v1/customers?limit=1").headers["Link"]
            #expect(first != nil)
            let id: String? = try await norte.database.value(
                "SELECT customer_id::text FROM customers WHERE tenant_id = \(norte.database.tenant) LIMIT 1")
            let happened: String? = try await norte.database.value(
                """
                SELECT event_id::text FROM events
                WHERE tenant_id = \(norte.database.tenant) AND kind = 'customer.created' LIMIT 1
                """)
            let webhook = try await norte.site.webhook(of: norte)
            try await ContractTemplate.publish(
                "{condiciones}", after: 0, by: .commandLine(at: norte.now), in: norte.database)
            let agreed = try await program.ask(
                "POST", "/api/v1/contracts", body: #"{"customer":"\#(id ?? "")","conditions":"Plan"}"#, key: "agreed"
            ).headers["Location"].map { String($0.suffix(36)) }
            for operation in API.contract(
                of: Installation.apiRoutes(norte.site.webhooks, norte.site.switchboard, .nowhere))
            {
                guard let example = Self.examples[operation.title] else {
                    Issue.record("\(operation.title) has no example here")
                    continue
                }
                let path =
                    example.path == "CUSTOMER"
                    ? "/api/v1/customers/\(id ?? "")"
                    : example.path.replacing("WEBHOOK", with: webhook.id).replacing("EVENT", with: webhook.event)
                        .replacing("HAPPENED", with: happened ?? "").replacing("AGREED", with: agreed ?? "")
                let body = example.body.replacing("SOMEBODY", with: id ?? "")
                var answers: [Answer] = []
                for (token, key, tag, sent) in [
                    (true, "k", "*", body), (true, "k", "*", body),
                    (true, "k", "*", #"{"name":"other"}"#),
                    (true, nil, nil, body), (true, nil, "\"x\"", body), (false, "k", "*", body),
                    (true, "bad", "*", #"{"unknown":1}"#), (true, "bad", "*", "{"),
                ] {
                    answers.append(
                        try await program.ask(
                            operation.method, path, body: body.isEmpty ? "" : sent, key: key, tag: tag,
                            isKnown: token))
                }
                #expect(
                    [.ok, .created, .noContent].contains(answers[0].status), "\(operation.title): \(answers[0].text)")
                answers.append(
                    try await program.ask(operation.method, path + "?unknown=1", body: example.body, key: "q"))
                for answer in answers {
                    #expect(
                        operation.problems(with: answer.status, answer.bytes, answer.headers) == [],
                        "\(operation.title): \(answer.status) \(answer.text.prefix(300))")
                }
            }
        }
    }

    /// The checker itself must find what is wrong.
    @Test func `an answer that is not as described is noticed`() async throws {
        try await withTenants { norte, _ in
            let operations = API.contract(
                of: Installation.apiRoutes(norte.site.webhooks, norte.site.switchboard, .nowhere))
            let read = try #require(operations.first { $0.title == "GET /api/v1/customers/{id}" })
            #expect(!read.problems(with: .ok, Array("{}".utf8), ["ETag": "\"x\""]).isEmpty)
            #expect(!read.problems(with: .accepted, [], [:]).isEmpty)
            #expect(!read.problems(with: .notFound, Array(#"{"title":"x"}"#.utf8), [:]).isEmpty)
        }
    }

    @Test func `each visitor reads the description in their own language and company's name`() async throws {
        try await withTenants { norte, sur in
            for (tenant, language, summary) in [
                (norte, "es", "Lista de clientes"), (sur, "en", "The customers"), (sur, "pt-BR", "Lista de clientes"),
            ] {
                let program = Program(tenant, "")
                let json = try await program.ask("GET", "/api/v1/openapi.json", isKnown: false, language: language)
                let page = try await program.ask("GET", "/api/v1/docs", isKnown: false, language: language)
                #expect(json.text.contains(summary) && page.text.contains(summary))
                #expect(json.text.contains(tenant.tenant.name) && page.text.contains(tenant.tenant.name))
                #expect(!(json.text + page.text).lowercased().contains("mastil"))
                #expect(page.headers["Content-Security-Policy"]?.contains("default-src 'none'") == true)
                #expect(!page.text.contains("<script") && !page.text.contains("style="))
                #expect(json.headers["Vary"] == "Accept-Language" && json.headers["ETag"] != nil)
            }
        }
    }
}

/// A program of a tenant's, at the door of the whole API.
private struct Program {
    private let tenant: TestTenant
    private let token: String
    private let door: Door

    init(_ tenant: TestTenant, _ token: String) {
        self.tenant = tenant
        self.token = token
        door = tenant.door(
            Installation.apiRoutes(tenant.site.webhooks, tenant.site.switchboard, .nowhere).visits,
            credential: API.credential,
            refuse: API.refuse)
    }

    func ask(
        _ method: String, _ path: String, body: String = "", key: String? = nil, tag: String? = nil,
        isKnown: Bool = true, language: String = "es"
    ) async throws -> Answer {
        var fields: [(key: String, value: String)] = [("Accept-Language", language)]
        if isKnown { fields.append(("Authorization", "Bearer \(token)")) }
        if let key { fields.append(("Idempotency-Key", key)) }
        if let tag { fields.append(("If-Match", tag)) }
        if !body.isEmpty { fields.append(("Content-Type", "application/json")) }
        let request = try DirectRequests(on: .tests).request(
            method, path, host: tenant.host, fields: fields, body: Array(body.utf8))
        return Answer(await door.answer(request))
    }
}
