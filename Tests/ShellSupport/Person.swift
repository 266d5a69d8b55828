import Access
import Declarations
import HTTP
import Identifiers
import Loop
import Panel
import TenantSupport
import TestSupport

/// Somebody signed in at a company's panel, with the routes of the rooms that a test is about:
/// `try await Person(norte, [.zonesManage]) { ZoneRoutes(randomness: $1).add(to: &$0) }`.
package struct Person: Sendable {
    package let tenant: TestTenant
    package let cookie: String
    private let gate: RequestGate

    package init(
        _ tenant: TestTenant, _ permissions: [Permission], as name: String = "Ana",
        at rooms: (inout Panel.Routes, Randomness) -> Void
    ) async throws {
        self.init(tenant, cookie: try await tenant.signIn(permissions, as: name), at: rooms)
    }

    package init(_ tenant: TestTenant, cookie: String, at rooms: (inout Panel.Routes, Randomness) -> Void) {
        var routes = Panel.Routes()
        rooms(&routes, tenant.site.randomness)
        self.tenant = tenant
        self.cookie = cookie
        gate = tenant.gate(routes, credential: Panel.credential, refuse: Panel.refuse)
    }

    package func see(_ target: String, _ headers: [(key: String, value: String)] = []) async throws -> Answer {
        try await ask(target, method: "GET", headers: headers, body: [])
    }

    package func send(_ path: String, _ form: String = "") async throws -> Answer {
        try await ask(
            path, method: "POST", headers: [("Content-Type", "application/x-www-form-urlencoded")],
            body: Array(form.utf8))
    }

    /// A file of a form that takes one, beside what else the form asks for.
    package func upload(
        _ path: String, _ field: String, _ bytes: [UInt8], with fields: KeyValuePairs<String, String> = [:]
    ) async throws -> Answer {
        let others = fields.map { "--b\r\nContent-Disposition: form-data; name=\"\($0)\"\r\n\r\n\($1)\r\n" }.joined()
        let head =
            "\(others)--b\r\nContent-Disposition: form-data; name=\"\(field)\"; filename=\"x.csv\"\r\n\r\n"
        return try await ask(
            path, method: "POST", headers: [("Content-Type", "multipart/form-data; boundary=b")],
            body: Array(head.utf8) + bytes + Array("\r\n--b--\r\n".utf8))
    }

    /// A file, read to its end.
    package func download(_ target: String) async throws -> Answer {
        let response = await gate.answer(try request(target, method: "GET", headers: [], body: []))
        return Answer(response, bytes: try await response.wholeBody())
    }

    private func ask(
        _ target: String, method: String, headers: [(key: String, value: String)], body: [UInt8]
    ) async throws -> Answer {
        Answer(await gate.answer(try request(target, method: method, headers: headers, body: body)))
    }

    private func request(
        _ target: String, method: String, headers: [(key: String, value: String)], body: [UInt8]
    ) throws -> Request {
        // Cookies that the test gives stand beside the person's own.
        let cookies = [cookie] + headers.filter { $0.key == "Cookie" }.map(\.value)
        return try DirectRequests(on: .tests).request(
            method, target, host: tenant.host,
            fields: headers.filter { $0.key != "Cookie" }
                + [("Cookie", cookies.joined(separator: "; ")), ("Sec-Fetch-Site", "same-origin")], body: body)
    }
}

extension Answer {
    /// Where it leads, without what it says there.
    package var place: String? { headers["Location"]?.split(separator: "?").first.map(String.init) }

    /// What stands in a hidden field of its form.
    package func hidden(_ name: String) -> String? {
        text.split(separator: "name=\"\(name)\" value=\"").dropFirst().first.map { String($0.prefix { $0 != "\"" }) }
    }
}

extension ListFiles {
    package static let tests = ListFiles(
        writingOn: BlockingPool(threads: 1, queueLimit: 100, name: "files"), in: "/tmp")
}
