import Access
import HTTP
import Locale
import Nouns
import Panel
import Postgres
import ShellSupport
import Tenancy
import TenantSupport
import Testing
import Time
import Zones

@testable import Customers

@Suite struct CustomerTests {
    private static func panel(of tenant: TestTenant) -> RequestGate {
        var routes = Panel.Routes()
        CustomerRoutes(randomness: tenant.site.randomness, files: .tests).add(to: &routes)
        return tenant.gate(routes, credential: Panel.credential, refuse: Panel.refuse)
    }

    private static func fill(_ tenant: TestTenant, upTo count: Int) async throws -> Int {
        try await InventedCustomers.fill(
            upTo: count, at: tenant.now, zone: tenant.tenant.timeZone, from: tenant.site.randomness, in: tenant.database
        )
    }

    @Test func `inventing customers up to a number makes them once`() async throws {
        try await withTenants { norte, sur in
            #expect(try await Self.fill(norte, upTo: 70) == 70)
            #expect(try await Self.fill(norte, upTo: 70) == 0)
            #expect(try await Self.fill(norte, upTo: 75) == 5)
            let numbers = try await norte.database.customers(after: 0, limit: 1000).map(\.number)
            #expect(numbers == Array(1...75))
            #expect(try await sur.database.customers(after: 0, limit: 1000).isEmpty)
        }
    }

    @Test func `following the pages shows every customer once and the neighbour none`() async throws {
        try await withTenants { norte, sur in
            _ = try await Self.fill(norte, upTo: 120)
            let cookie = try await norte.signIn([.customersRead])
            var target: String? = "/panel/customers"
            var shown: [Int] = []
            while let page = target {
                let answer = try await norte.ask(Self.panel(of: norte), page, headers: ["Cookie": cookie])
                try #require(answer.status == .ok)
                shown += answer.text.numbers(after: #"<td class="number">"#)
                target = answer.text.numbers(after: "href=\"/panel/customers?after=").first
                    .map { "/panel/customers?after=\($0)" }
            }
            #expect(shown == Array(1...120))
            let theirs = try await sur.ask(
                Self.panel(of: sur), "/panel/customers", headers: ["Cookie": try await sur.signIn([.customersRead])])
            #expect(theirs.status == .ok && theirs.text.contains("Todavía no hay clientes."))
        }
    }

    @Test func `markup in a name is shown as text`() async throws {
        try await withTenants { norte, _ in
            _ = try await Self.fill(norte, upTo: 1)
            try await norte.database.execute(
                "UPDATE customers SET name = \(#"<script>alert("x")</script>"#) WHERE tenant_id = \(norte.database.tenant)"
            )
            let answer = try await norte.ask(
                Self.panel(of: norte), "/panel/customers", headers: ["Cookie": try await norte.signIn([.customersRead])]
            )
            #expect(answer.text.contains("&lt;script&gt;alert"))
            #expect(!answer.text.contains("<script>"))
        }
    }

    @Test(arguments: ["x", "1.5", "", "99999999999999999999", "1&after=2"])
    func `a page that is none is a bad request`(after: String) async throws {
        try await withTenants { norte, _ in
            let answer = try await norte.ask(
                Self.panel(of: norte), "/panel/customers?after=\(after)",
                headers: ["Cookie": try await norte.signIn([.customersRead])])
            #expect(answer.status == .badRequest)
        }
    }

    @Test func `every state has its word and every text is whole in every language`() {
        #expect(CustomerWords.problems + CustomerHomeWords.problems == [])
        #expect(CustomerAPIWords.problems + MergeWords.problems + MergeAPIWords.problems + MergeRefusal.problems == [])
        #expect(PayerWords.problems + PayerRefusal.problems == [])
        #expect(Customer.State.problems + LikelyDuplicate.Likeness.problems + Customer.fields.flatMap(\.problems) == [])
    }
}

extension String {
    /// Those that follow each of these.
    fileprivate func numbers(after start: String) -> [Int] {
        split(separator: start).dropFirst().compactMap { Int($0.prefix { $0.isNumber }) }
    }
}
