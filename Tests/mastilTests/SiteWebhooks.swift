import API
import Access
import Assembly
import HTTP
import JSON
import Postgres
import ShellSupport
import TenantSupport
import TestSupport
import Testing

@testable import mastil

extension TestSite {
    /// A webhook made by a program, and the event of a delivery to it.
    func webhook(of tenant: TestTenant, named name: String = "n8n") async throws -> (id: String, event: String) {
        let token = try await tenant.token(tenant.everything)
        let gate = tenant.gate(
            context(of: Rooms.list).apiRoutes.visits, credential: API.credential, refuse: API.refuse)
        func post(_ path: String, _ body: String) async throws -> JSONObject {
            let answer = try await tenant.ask(
                gate, path, method: "POST",
                headers: [
                    "Authorization": "Bearer \(token)", "Idempotency-Key": "\(name) \(path)".replacing(" ", with: "-"),
                    "Content-Type": "application/json",
                ], body: Array(body.utf8))
            guard case .object(let object) = try JSONValue.parse(answer.bytes), answer.status == .created else {
                throw Unexpected(answer: answer.text)
            }
            return object
        }
        let made = try await post(
            "/api/v1/webhooks",
            #"{"name":"\#(name)","address":"https://example.com/\#(name)","kinds":["customer.created"]}"#)
        guard case .string(let id) = made["id"] else { throw Unexpected(answer: "\(made)") }
        guard case .string(let event) = try await post("/api/v1/webhooks/\(id)/tests", "{}")["event"] else {
            throw Unexpected(answer: id)
        }
        // Tried once, so that it may be sent again.
        try await tenant.database.execute(
            "UPDATE webhook_deliveries SET attempts = 1 WHERE tenant_id = \(tenant.database.tenant)")
        return (id, event)
    }

    private struct Unexpected: Error {
        let answer: String
    }
}
