import API
import Access
import Declarations
import HTTP
import Identifiers
import TenantSupport
import TestSupport

/// A program with a token of a company's, at the API of the rooms that a test is about.
package struct Program: Sendable {
    package let tenant: TestTenant
    package let token: String
    private let gate: RequestGate

    package init(
        _ tenant: TestTenant, _ permissions: [Permission], at rooms: (inout API.Routes, Randomness) -> Void
    ) async throws {
        var routes = API.Routes(of: tenant.site.catalogue)
        rooms(&routes, tenant.site.randomness)
        self.tenant = tenant
        token = try await tenant.token(permissions)
        gate = tenant.gate(routes.visits, credential: API.credential, refuse: API.refuse)
    }

    package func ask(
        _ path: String, method: String = "GET", _ headers: [(key: String, value: String)] = [], body: String = ""
    ) async throws -> Answer {
        var fields = headers + [("Authorization", "Bearer \(token)")]
        if !body.isEmpty { fields.append(("Content-Type", "application/json")) }
        let request = try DirectRequests(on: .tests).request(
            method, path, host: tenant.host, fields: fields, body: Array(body.utf8))
        return Answer(await gate.answer(request))
    }

    package func create(
        _ path: String, _ body: String, key: String = "k\(UInt64.random(in: 0...UInt64.max))"
    ) async throws -> Answer {
        try await ask(path, method: "POST", [("Idempotency-Key", key)], body: body)
    }

    package func change(_ path: String, _ body: String, tag: String?) async throws -> Answer {
        try await ask(path, method: "PATCH", tag.map { [("If-Match", $0)] } ?? [], body: body)
    }
}
