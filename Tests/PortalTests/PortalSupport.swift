import Access
import Customers
import Events
import HTTP
import Identifiers
import Identity
import Letters
import Locale
import Mail
import Panel
import Postgres
import ShellSupport
import Subscribers
import TenantSupport
import Testing
import Time

@testable import Portal

/// What the tests of the portal do as its people do.
struct PortalVisitor {
    let tenant: TestTenant
    var cookies: [String: String] = [:]
    var isMailed = true

    private var mailing: Mailing? { isMailed ? Mailing() : nil }

    var portal: RequestGate {
        var routes = Portal.Routes()
        PortalSignInRoutes(mailing: mailing, randomness: tenant.site.randomness).add(to: &routes)
        PortalRoutes(mailing: mailing, randomness: tenant.site.randomness).add(to: &routes)
        return tenant.gate(routes, credential: Portal.credential, refuse: Portal.refuse)
    }

    var panel: RequestGate {
        var routes = Panel.Routes()
        SignInRoutes(tenant.site.signIn, tenant.site.visits).add(to: &routes)
        CustomerRoutes(randomness: tenant.site.randomness, files: .tests).add(to: &routes)
        CustomerPageRoutes(mailing: mailing, randomness: tenant.site.randomness).add(to: &routes)
        return tenant.gate(routes, credential: Panel.credential, refuse: Panel.refuse)
    }

    private var headers: KeyValuePairs<String, String> {
        [
            "Cookie": cookies.map { "\($0.key)=\($0.value)" }.joined(separator: "; "), "Sec-Fetch-Site": "same-origin",
            "Content-Type": "application/x-www-form-urlencoded",
            "User-Agent": "Mozilla/5.0 (Linux; Android 14) Chrome/130.0",
        ]
    }

    func get(_ path: String) async throws -> Answer {
        try await tenant.ask(path.hasPrefix("/panel") ? panel : portal, path, headers: headers)
    }

    mutating func post(_ path: String, _ form: String = "") async throws -> Answer {
        let gate = path.hasPrefix("/panel") ? panel : portal
        let answer = try await tenant.ask(gate, path, method: "POST", headers: headers, body: Array(form.utf8))
        for (name, value) in answer.headers.all where "\(name)".lowercased() == "set-cookie" {
            let pair = value.split(separator: ";")[0].split(separator: "=", maxSplits: 1).map(String.init)
            cookies[pair[0]] = pair.count == 2 ? pair[1] : nil
        }
        return answer
    }

    /// Says who one is, and gets the number under which the code is to be typed.
    mutating func ask(_ contact: String) async throws -> String {
        let answer = try await post("/portal/sign-in", "contact=\(contact.replacing("@", with: "%40"))")
        let location = try #require(answer.headers["Location"])
        return try #require(location.split(separator: "request=").last.map(String.init))
    }

    mutating func enter(_ request: String, _ code: String) async throws -> Answer {
        try await post("/portal/code", "request=\(request)&code=\(code)")
    }

    /// The whole way in, by mail.
    mutating func signIn(_ email: String, _ post: TestPost) async throws {
        let number = post.count + 1
        let request = try await ask(email)
        let code = Self.code(in: try await post.mail(number))
        #expect(try await enter(request, code).status == .seeOther)
    }

    static func code(in message: MailMessage) -> String { String(message.subject.prefix(6)) }
}

extension TestTenant {
    func customer(
        _ name: String, email: String = "", phone: String = "", state: Customer.State = .active
    ) async throws -> Customer.ID {
        let id = Customer.ID.make(milliseconds: now.milliseconds, from: site.randomness)
        try await database.execute(
            """
            INSERT INTO customers (
                tenant_id, customer_id, number, name, phone, address, neighbourhood, state, since, email)
            VALUES (\(database.tenant), \(id), \(1 + Int(site.randomness.next() % 1_000_000)), \(name), \(phone),
                'Calle Hidalgo 5', 'Centro', \(state.rawValue), '2026-01-01', \(email))
            """)
        return id
    }

    func kinds() async throws -> [String] {
        try await database.events(limit: 100).map(\.kind)
    }
}
