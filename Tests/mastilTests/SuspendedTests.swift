import Access
import Assembly
import Customers
import Declarations
import HTTP
import Identity
import Panel
import Postgres
import ShellSupport
import Tenancy
import TenantSupport
import TestSupport
import Testing
import Time

@testable import mastil

/// The whole panel of a company that may change nothing, from link to link.
@Suite struct SuspendedTests {
    @Test(arguments: [
        "state = 'suspended', state_reason = 'Falta un pago'", "state = 'trial', trial_ends_on = '2026-01-31'",
    ])
    func `no page of a suspended company offers what would be refused`(standing: String) async throws {
        try await withTenants(in: Rooms.declarations) { norte, _ in
            let walk = try await Walk(through: norte)
            let before = try await walk.run()
            #expect(before.contains("GET /panel/customers/new") && before.contains("GET /panel/staff/new"))
            #expect(
                before.contains("GET /panel/contracts/:id/annul") && before.contains("POST /panel/contract-template"))
            #expect(before.contains("POST /panel/company") && before.contains("POST /panel/webhooks/:id/test"))
            try await norte.set(standing)
            let offered = try await walk.run()
            #expect(offered == [])
            #expect(walk.visited.count > 25)

            // By address the form is there, and says why it is of no use.
            let asked = try await walk.get("/panel/customers/new")
            #expect(asked.status == .ok && asked.text.contains("no cambiar nada"))
            let refused = try await walk.post("/panel/customers", "name=Ana")
            #expect(refused.status == .forbidden && refused.text.contains("suspendida"))
        }
    }
}

private final class Walk {
    private let tenant: TestTenant
    private let gate: RequestGate
    private let routes: RouteLookup
    private let cookie: String
    private(set) var visited: Set<String> = []

    init(through tenant: TestTenant) async throws {
        self.tenant = tenant
        gate = tenant.gate(
            tenant.site.context(of: Rooms.list).panelRoutes, credential: Panel.credential, refuse: Panel.refuse)
        routes = RouteLookup(gate.routes.declarations)
        cookie = try await tenant.signIn(tenant.everything, as: "Olga")
        _ = try await tenant.staff([.customersRead], as: "Beto")
        _ = try await tenant.token([.customersRead])
        _ = try await InventedCustomers.fill(
            upTo: 2, at: tenant.now, zone: tenant.tenant.timeZone, from: tenant.site.randomness, in: tenant.database)
        let customer: String? = try await tenant.database.value(
            "SELECT customer_id::text FROM customers WHERE tenant_id = \(tenant.database.tenant) LIMIT 1")
        for (path, form) in [
            ("/panel/zones", "name=Centro"),
            ("/panel/plans", "name=Uno&price=1&tax=company&charge=in_advance&download=1M&upload=1M"),
            ("/panel/webhooks", "name=Uno&address=https%3A%2F%2Fexample.com%2Fx&kind=customer.created"),
            ("/panel/device-ranges", "ranges=10.0.0.0%2F8"),
            (
                "/panel/routers",
                "name=Torre&address=10.0.0.1&port=8728&security=plain&login=a&password=b&cut=disable&cut_list=morosos"
            ),
            ("/panel/domains", "host=clientes.norte.example"),
            ("/panel/contract-template", "text=%7Bcondiciones%7D&revision=0"),
            ("/panel/customers/\(customer ?? "")/contracts", "conditions=Plan"),
            ("/panel/customers/\(customer ?? "")/fiscal", "legal_name=X&tax_id=XAXX010101000&tax=plan"),
        ] {
            let answer = try await post(path, form)
            try #require(answer.status == .seeOther || answer.status == .ok, "\(path): \(answer.text)")
        }
    }

    func get(_ path: String) async throws -> Answer {
        try await tenant.ask(gate, path, headers: ["Cookie": cookie])
    }

    func post(_ path: String, _ form: String) async throws -> Answer {
        try await tenant.ask(
            gate, path, method: "POST",
            headers: [
                "Cookie": cookie, "Sec-Fetch-Site": "same-origin", "Content-Type": "application/x-www-form-urlencoded",
            ], body: Array(form.utf8))
    }

    /// Every page that links lead to; which acts they offer, and which pages that only lead to an act.
    func run() async throws -> Set<String> {
        visited = []
        var (offered, waiting): (Set<String>, [String]) = ([], ["/panel"])
        while let path = waiting.popLast() {
            guard visited.insert(path).inserted, visited.count < 400 else { continue }
            let answer = try await get(path)
            guard answer.status == .ok, answer.headers["Content-Disposition"] == nil else { continue }
            if let route = routes.route(.get, path), Self.isOfActs(route.pattern) {
                offered.insert("GET \(route.pattern)")
            }
            for form in answer.text.split(separator: "<form").dropFirst() {
                let whole = form.split(separator: "</form>", maxSplits: 1)[0]
                guard whole.contains("method=\"post\""), whole.contains("type=\"submit\"") else { continue }
                for action in Self.values(of: "action", in: whole) + Self.values(of: "formaction", in: whole) {
                    if let route = routes.route(.post, action), Self.isOfWork(route.permission) {
                        offered.insert("POST \(route.pattern)")
                    }
                }
            }
            // A list by every heading and filter shows nothing new.
            waiting += Self.values(of: "href", in: answer.text[...]).filter {
                $0.hasPrefix("/panel") && !$0.contains("?") && !$0.contains("#")
            }
        }
        return offered
    }

    private static func isOfActs(_ pattern: String) -> Bool {
        ["/new", "/edit", "/delete", "/disable", "/revoke", "/remove", "/sign", "/annul"].contains {
            pattern.hasSuffix($0)
        }
    }

    private static func isOfWork(_ permission: String) -> Bool {
        ![Permission.anyone, .signedIn, .portal].contains { $0.rawValue == permission }
    }

    private static func values(of attribute: String, in text: Substring) -> [String] {
        text.split(separator: " \(attribute)=\"").dropFirst().map { String($0.prefix { $0 != "\"" }) }
    }
}
