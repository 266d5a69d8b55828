import Access
import HTTP
import Identifiers
import Nouns
import Postgres
import ShellSupport
import Tenancy
import TenantSupport
import Testing
import Time
import Zones

@testable import Customers

/// The figures of the first page, which acts keep, against counting.
@Suite struct CustomerFigureTests {
    private static func counted(_ database: TenantDatabase) async throws -> [String: Int] {
        var counts: [String: Int] = [:]
        for customer in try await database.customers(after: 0, limit: 1000) {
            counts[customer.state.rawValue, default: 0] += 1
            counts[customer.since.month.first.iso, default: 0] += 1
        }
        return counts
    }

    private static func kept(_ tenant: TestTenant) async throws -> [String: Int] {
        let today = tenant.tenant.timeZone.day(at: tenant.now)
        let figures = try await tenant.database.customerFigures(for: 600, until: today)
        let months = figures.newByMonth.filter { $0.count != 0 }.map { ($0.month.first.iso, $0.count) }
        let states = figures.byState.filter { $0.value != 0 }.map { ($0.key.rawValue, $0.value) }
        return Dictionary(uniqueKeysWithValues: months + states)
    }

    @Test func `customers added and changed at once are counted each`() async throws {
        try await withTenants { norte, sur in
            for tenant in [norte, sur] {
                _ = try await InventedCustomers.fill(
                    upTo: 60, at: tenant.now, zone: tenant.tenant.timeZone, from: tenant.site.randomness,
                    in: tenant.database)
            }
            let neighbours = try await Self.kept(sur)
            let person = try await CustomerPanelTests.person(norte)
            let customers = try await norte.database.customers(after: 0, limit: 60)
            try await withThrowingTaskGroup(of: Void.self) { group in
                for (index, customer) in customers.enumerated() {
                    let state = Customer.State.allCases[index % Customer.State.allCases.count]
                    let since = Day(number: customer.since.number - Int32(index * 20))
                    group.addTask {
                        _ = try await person.send(
                            "/panel/customers/\(customer.id)",
                            "name=Ana&since=\(since.iso)&revision=\(EntityTag(of: customer).revision)")
                    }
                    group.addTask {
                        try await norte.make(customer.id, state)
                    }
                    group.addTask { _ = try await person.send("/panel/customers", "name=Nueva&distinct=yes") }
                    if index % 9 == 0 { group.addTask { try await norte.database.addUpFigures() } }
                }
                try await group.waitForAll()
            }
            #expect(try await Self.kept(norte) == Self.counted(norte.database))
            #expect(try await Self.kept(norte)["prospect"]! >= 60)
            try await norte.database.addUpFigures()
            #expect(try await Self.kept(norte) == Self.counted(norte.database))
            #expect(try await Self.kept(sur) == neighbours)
        }
    }

    @Test func `somebody limited to zones sees their figures`() async throws {
        try await withTenants { norte, _ in
            let zone = UUID(high: 7, low: 7)
            try await norte.database.execute(
                "INSERT INTO coverage_zones (tenant_id, zone_id, name) VALUES (\(norte.database.tenant), \(zone), 'Loma')"
            )
            let person = try await CustomerPanelTests.person(norte)
            for form in ["name=Ana&zone=\(zone)", "name=Beto", "name=Eva"] {
                #expect(try await person.send("/panel/customers", form).status == .seeOther)
            }
            let figures = try await norte.database.transaction { database in
                try await database.execute("SELECT stay_in_zones(\([zone]))")
                return try await database.customerFigures(for: 1, until: Day(iso: "2026-01-01")!)
            }
            #expect(figures.total == 1)
            #expect(try await norte.database.customerFigures(for: 1, until: Day(iso: "2026-01-01")!).total == 3)
        }
    }

    @Test func `what came by other ways is counted and found after the night's work`() async throws {
        try await withTenants { norte, sur in
            for tenant in [norte, sur] {
                try await tenant.database.execute(
                    """
                    INSERT INTO customers (
                        tenant_id, customer_id, number, name, phone, address, neighbourhood, state, since)
                    VALUES (\(tenant.database.tenant), gen_random_uuid(), 5, 'Ana Lara', '', '', '', 'active', '2026-01-01')
                    """)
            }
            try await norte.database.recountFigures()
            try await norte.database.recountFigures()
            try await Customer.indexAll(in: norte.database)
            #expect(try await Self.kept(norte) == Self.counted(norte.database))
            let person = try await CustomerPanelTests.person(norte)
            #expect(try await CustomerPanelTests.follow("/panel/customers?q=lara+ana", by: person) == [5])
            #expect(try await Self.kept(sur) == [:])
        }
    }

    @Test(arguments: [
        "", "&order=-number", "&order=name", "&order=-since", "&state=active", "&state=in_debt&order=-name",
    ])
    func `a list that is searched shows who is found, whatever its order and filters`(rest: String) async throws {
        try await withTenants { norte, _ in
            _ = try await InventedCustomers.fill(
                upTo: 2500, at: norte.now, zone: norte.tenant.timeZone, from: norte.site.randomness, in: norte.database)
            let person = try await CustomerPanelTests.person(norte)
            let all = try await norte.database.customers(after: 0, limit: 2500)
            for (text, isFound) in [
                (
                    "calle 39",
                    { (one: Customer) in
                        one.address.hasPrefix("Calle")
                            && (one.address.matches(of: /\d+/).contains { $0.0 == "39" }
                                || "\(one.number)".hasPrefix("39"))
                    }
                ),
                ("ana", { $0.name.hasPrefix("Ana") }), ("nadie", { _ in false }),
            ] as [(String, (Customer) -> Bool)] {
                let found = all.filter(isFound).filter { one in
                    (!rest.contains("state=active") || one.state == .active)
                        && (!rest.contains("in_debt") || one.state == .inDebt)
                }
                let shown = try await CustomerPanelTests.follow(
                    "/panel/customers?q=\(text.replacing(" ", with: "+"))\(rest)", by: person)
                #expect(shown.count == found.count, "\(text)")
                #expect(Set(shown) == Set(found.map(\.number)), "\(text)")
            }
        }
    }
}
