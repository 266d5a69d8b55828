import Access
import Assembly
import Audit
import Customers
import HTTP
import Identity
import Locale
import Panel
import Postgres
import ShellSupport
import Staff
import Tenancy
import TenantSupport
import Testing
import Time

@testable import Home

@Suite struct HomeTests {
    private static func gate(of tenant: TestTenant) -> RequestGate {
        let context = tenant.site.context(of: [.home, .customers, .audit, .staff])
        return tenant.gate(context.panelRoutes, credential: Panel.credential, refuse: Panel.refuse)
    }

    private static func home(of tenant: TestTenant, as cookie: String) async throws -> Answer {
        try await tenant.ask(gate(of: tenant), "/panel", headers: ["Cookie": cookie])
    }

    @Test func `each sees what their permissions show, and of their own company`() async throws {
        try await withTenants { norte, sur in
            for tenant in [norte, sur] {
                _ = try await InventedCustomers.fill(
                    upTo: tenant.tenant.slug == "norte" ? 137 : 8, at: tenant.now, zone: tenant.tenant.timeZone,
                    from: tenant.site.randomness, in: tenant.database)
            }
            let owner = try await Self.home(of: norte, as: try await norte.signIn(norte.everything, as: "Olga"))
            #expect(owner.status == .ok)
            for text in [
                "Hola, Olga", "<strong>137</strong>", "Altas por mes", "Lo último", "En el panel ahora",
                "Crear cliente",
            ] {
                #expect(owner.text.contains(text), "\(text)")
            }
            let cashier = try await Self.home(of: norte, as: try await norte.signIn([.customersRead], as: "Beto"))
            #expect(cashier.text.contains("Altas por mes"))
            for text in ["Lo último", "En el panel ahora", "Crear cliente", "Olga"] {
                #expect(!cashier.text.contains(text), "\(text)")
            }
            let nobody = try await Self.home(of: norte, as: try await norte.signIn([], as: "Nadie"))
            #expect(nobody.status == .ok && nobody.text.contains("le dé permisos") && !nobody.text.contains(">137<"))
            let theirs = try await Self.home(of: sur, as: try await sur.signIn(sur.everything, as: "Sara"))
            #expect(!theirs.text.contains(">137<") && !theirs.text.contains("Olga"))
            #expect(try await Self.home(of: norte, as: "").status == .unauthorized)
        }
    }

    @Test func `the months are counted as the company's calendar has them`() async throws {
        try await withTenants { norte, _ in
            let today = try #require(Day(iso: "2026-03-31"))
            for (number, since) in [(1, "2026-03-31"), (2, "2026-03-01"), (3, "2026-01-15"), (4, "2024-01-01")] {
                try await norte.database.execute(
                    """
                    INSERT INTO customers (tenant_id, customer_id, number, name, phone, address, neighbourhood, state, since)
                    VALUES (\(norte.database.tenant), gen_random_uuid(), \(number), 'x', '', '', '', 'active', \(since)::text::date)
                    """)
            }
            try await norte.database.recountFigures()
            let figures = try await norte.database.customerFigures(for: 3, until: today)
            #expect(figures.newByMonth.map(\.count) == [1, 0, 2])
            #expect(figures.newByMonth.map(\.month.number) == [1, 2, 3])
            #expect(figures.total == 4 && figures.count(.active) == 4 && figures.count(.inDebt, .frozen) == 0)
        }
    }

    @Test func `every text of the room is whole in every language`() {
        #expect(HomeWords.problems == [])
    }
}
