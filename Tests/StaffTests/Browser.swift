import Access
import HTTP
import TenantSupport

/// Somebody's browser: it keeps cookies, as the panel's own pages expect it to.
final class Browser {
    let tenant: TestTenant
    private let gate: RequestGate
    var cookies: [String: String] = [:]

    init(at tenant: TestTenant, gate: RequestGate? = nil) {
        self.tenant = tenant
        self.gate = gate ?? StaffTests.gate(of: tenant)
    }

    func get(_ path: String) async throws -> Answer {
        keep(try await tenant.ask(gate, path, headers: ["Cookie": header]))
    }

    func post(_ path: String, _ form: String = "") async throws -> Answer {
        keep(
            try await tenant.ask(
                gate, path, method: "POST",
                headers: [
                    "Cookie": header, "Sec-Fetch-Site": "same-origin",
                    "Content-Type": "application/x-www-form-urlencoded",
                ], body: Array(form.utf8)))
    }

    func signIn(_ email: String, _ password: String = "tres+gatos+negros") async throws -> Answer {
        try await post("/panel/sign-in", "email=\(email)&password=\(password)&next=%2Fpanel%2Faccount%3Fa%3D1%26b")
    }

    /// `name=value`; one without a value is forgotten.
    func keep(_ cookie: String) {
        let parts = cookie.split(separator: "=", maxSplits: 1).map(String.init)
        if parts.count == 2 { cookies[parts[0]] = parts[1] } else if let name = parts.first { cookies[name] = nil }
    }

    private var header: String { cookies.map { "\($0.key)=\($0.value)" }.joined(separator: "; ") }

    private func keep(_ answer: Answer) -> Answer {
        for field in answer.headers.all where "\(field.name)" == "Set-Cookie" {
            keep(String(field.value.split(separator: ";").first ?? ""))
        }
        return answer
    }
}
