import Access
import Declarations
import HTTP
import Identifiers
import Ledger
import Locale
import Nouns
import Postgres
import Reconciler
import Routers
import ShellSupport
import Tenancy
import TenantSupport
import TestSupport
import Testing
import Time
import Zones

@testable import Customers
@testable import Leaks
@testable import Plans
@testable import Services

/// What is lost each month is found with whose it is and what it is worth.
@Suite struct LeakTests {
    @Test func `each kind of leak is found with its money, and nobody else's`() async throws {
        try await withTenants(
            declaring: .customers, .zones, .plans, .services, .ledger, .routers, .reconciler, .leaks
        ) { norte, sur in
            let scene = try await Scene.open(norte)
            #expect(try await norte.found() == [:])
            try await scene.spring()
            #expect(
                try await norte.found() == [
                    .onlineUnowned: 30_000, .cutButOnline: 30_000, .neverOnline: 30_000, .fasterThanPaid: 50_000,
                    .freeForLong: 30_000, .fixedAddressFree: 15_000, .brokenPromises: 10_000,
                ])
            let leaks = try await norte.database.leaks(limit: 10)
            #expect(leaks.map(\.kind).first == .fasterThanPaid && leaks.count == 7)
            // What is mended is gone, and what was there before keeps its day.
            let first = try #require(leaks.first { $0.kind == .fasterThanPaid }).foundAt
            try await norte.database.execute(
                "DELETE FROM unowned_sessions WHERE tenant_id = \(norte.database.tenant)")
            let later = norte.now + .seconds(86_400)
            try await norte.database.findLeaks(on: norte.tenant.timeZone.day(at: later), at: later)
            let left = try await norte.database.leaks(limit: 10)
            #expect(left.count == 6 && left.first?.foundAt == first)
            // A cut that is not carried out yet costs nothing while nobody is on line.
            try await norte.database.execute(
                "UPDATE service_proofs SET is_online = FALSE WHERE tenant_id = \(norte.database.tenant)")
            let last = later + .seconds(60)
            try await norte.database.findLeaks(on: norte.tenant.timeZone.day(at: last), at: last)
            #expect(try await !norte.database.leaks(limit: 10).contains { $0.kind == .cutButOnline })
            #expect(try await sur.found() == [:])
            #expect(try await sur.database.leaks(limit: 10).isEmpty)
        }
    }

    @Test func `somebody who looks now waits for nothing, and asking again queues nothing more`() async throws {
        try await withTenants(
            declaring: .customers, .zones, .plans, .services, .ledger, .routers, .reconciler, .leaks
        ) { norte, sur in
            let ana = try await Person(norte, [.leaksView]) { routes, _ in LeakRoutes().add(to: &routes) }
            for _ in 0..<2 { #expect(try await ana.send("/panel/leaks").status == .seeOther) }
            let queued = try norte.site.test.superuser().column(
                "SELECT tenant_id FROM jobs WHERE kind = 'network.find-leaks' AND state = 'queued'")
            #expect(queued == ["\(norte.database.tenant)"])
        }
    }

    @Test func `the room's words are whole in every language`() {
        #expect(LeakWords.problems == [])
        #expect(Leak.Kind.allCases.allSatisfy { !$0.message.text(for: Reader(.es, in: .mexico)).isEmpty })
    }
}

/// A router with services that nothing is wrong with, until something is.
private struct Scene {
    let tenant: TestTenant
    let services: [Service.ID]
    let customer: Customer.ID
    let router: UUID
    let better: Plan.ID

    static func open(_ tenant: TestTenant) async throws -> Scene {
        let (plan, better) = (try await tenant.makePlan("Hogar", 30_000), try await tenant.makePlan("Plus", 80_000))
        var services: [Service.ID] = []
        var customer: Customer.ID?
        for _ in 0..<5 {
            let (id, of) = try await tenant.sell(plan)
            services.append(id)
            customer = of
        }
        let router = UUID.v7(milliseconds: tenant.now.milliseconds, from: tenant.site.randomness)
        let database = tenant.database
        try await database.execute(
            """
            INSERT INTO routers (
                tenant_id, router_id, number, name, address, port, security, login, password, cut, cut_profile, cut_list,
                mode, is_paused, compared_at, made_at)
            VALUES (
                \(database.tenant), \(router), 1, 'Torre', '10.0.0.1', 8728, 'plain', 'api', '\\x00', 'disable', '', 'm',
                'active', FALSE, \(tenant.now), \(tenant.now))
            """)
        try await database.execute(
            """
            INSERT INTO router_profiles (tenant_id, router_id, plan_id, profile)
            VALUES (\(database.tenant), \(router), \(better), 'Plan50')
            """)
        let long = tenant.now - .seconds(40 * 86_400)
        for (place, service) in services.enumerated() {
            try await database.execute(
                """
                INSERT INTO access_points (
                    tenant_id, service_id, router_id, method, name, address, profile, revision, made_at)
                VALUES (
                    \(database.tenant), \(service), \(router), 'pppoe', \("c\(place)"), '', '', 1, \(long))
                """)
            try await database.execute(
                """
                INSERT INTO service_addresses (tenant_id, service_id, address, from_at, seen_at, router_id, caller)
                VALUES (
                    \(database.tenant), \(service), \("10.0.0.\(place + 2)"), \(long), \(tenant.now), \(router), '')
                """)
        }
        return Scene(
            tenant: tenant, services: services, customer: try #require(customer), router: router, better: better)
    }

    /// One of each kind.
    func spring() async throws {
        let (database, now) = (tenant.database, tenant.now)
        let id = UUID.v7(milliseconds: now.milliseconds, from: tenant.site.randomness)
        let statements: [SQL] = [
            """
            INSERT INTO service_proofs (
                tenant_id, service_id, desired_revision, access_revision, router_id, access, is_online, token, first_at,
                proved_at, address, caller)
            SELECT tenant_id, service_id, revision + 1000, 1, \(router), 'open', TRUE, 1, \(now), \(now), '', ''
            FROM desired_services WHERE tenant_id = \(database.tenant) AND service_id = \(services[0])
            """,
            """
            INSERT INTO unowned_sessions (tenant_id, router_id, login, session_id, address, caller, seen_at)
            VALUES (\(database.tenant), \(router), 'nadie', \(id), '10.0.0.99', '', \(now))
            """,
            """
            UPDATE desired_services SET access = 'closed', changed_at = \(now - .seconds(7200))
            WHERE tenant_id = \(database.tenant) AND service_id = \(services[0])
            """,
            "DELETE FROM service_addresses WHERE tenant_id = \(database.tenant) AND service_id = \(services[1])",
            """
            UPDATE access_points SET profile = 'Plan50'
            WHERE tenant_id = \(database.tenant) AND service_id = \(services[2])
            """,
            """
            INSERT INTO service_terms (
                tenant_id, service_id, sequence, from_day, plan_id, price, currency, author, made_at)
            SELECT tenant_id, service_id, 9, from_day - 200, plan_id, 0, currency, 'x', \(now) FROM service_terms
            WHERE tenant_id = \(database.tenant) AND service_id = \(services[3])
            """,
            """
            UPDATE access_points SET address = '10.9.9.9'
            WHERE tenant_id = \(database.tenant) AND service_id = \(services[4])
            """,
            """
            INSERT INTO service_charges (
                tenant_id, charge_id, service_id, kind, name, amount, currency, from_day, author, made_at)
            VALUES (
                \(database.tenant), \(id), \(services[0]), 'recurring', 'IP fija', 15000, 'MXN', \(tenant.today), 'x',
                \(now))
            """,
            """
            INSERT INTO payment_promises (
                tenant_id, promise_id, number, customer_id, amount, currency, owed, day, until, note, state,
                by_subscriber, author, made_at, ended_at)
            SELECT \(database.tenant), gen_random_uuid(), number, \(customer), 20000, 'MXN', 20000,
                \(tenant.today)::date - 10, \(tenant.today)::date - 5, '', 'broken', FALSE, 'x', \(now), \(now)
            FROM generate_series(1, 3) number
            """,
        ]
        for statement in statements { try await database.execute(statement) }
    }
}

extension TestTenant {
    fileprivate var today: Day { tenant.timeZone.day(at: now) }

    fileprivate func found() async throws -> [Leak.Kind: Int64] {
        try await database.findLeaks(on: today, at: now)
        return Dictionary(uniqueKeysWithValues: try await database.leakTotals().map { ($0.kind, $0.monthly) })
    }

    fileprivate func makePlan(_ name: String, _ price: Int64) async throws -> Plan.ID {
        var plan = Plan(id: newID(), in: tenant.currency)
        (plan.name, plan.price) = (name, Money(minor: price, tenant.currency))
        (plan.download, plan.upload) = (Speed(kilobits: 10_000), Speed(kilobits: 5000))
        return try await plan.add(by: commandLine, in: database).id
    }

    fileprivate func sell(_ plan: Plan.ID) async throws -> (Service.ID, Customer.ID) {
        let customer = Customer(id: newID(), name: "Beto", state: .active, since: Day(iso: "2026-01-01")!)
        _ = try await Customer.add([customer], distinct: true, to: tenant, by: commandLine, in: database)
        var service = Service.blank(of: customer, for: tenant, at: now, from: site.randomness)
        service.plan = plan
        let sold = try await service.add(of: tenant, by: commandLine, in: database)
        _ = try await Activation(day: today).happen(to: sold.id, of: tenant, by: commandLine, in: database)
        return (sold.id, customer.id)
    }

    private func newID<Noun>() -> ID<Noun> { .make(milliseconds: now.milliseconds, from: site.randomness) }
}
