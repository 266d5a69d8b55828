import Access
import Assembly
import Crypto
import Customers
import Events
import HTTP
import Identifiers
import Identity
import Invoices
import Letters
import Locale
import Panel
import Platform
import PlatformBilling
import Portal
import Postgres
import ShellSupport
import Subscribers
import Tenancy
import TenantSupport
import TestSupport
import Testing
import Time

@testable import Contracts
@testable import mastil

/// A subscriber and everything of another customer of the same ISP: the walls between tenants do not help here.
@Suite struct SubscriberIsolationTests {
    private static let canary = "CANARIO"

    @Test func `a subscriber reads and changes nobody's but their own, whatever the route`() async throws {
        try await withTenants(in: Rooms.declarations) { norte, _ in
            let (mine, cookie) = try await Self.customer("Ana", at: norte)
            let (sibling, siblingCookie) = try await Self.customer(Self.canary, at: norte)
            let session = try #require(try await norte.database.openSessions(of: sibling, at: norte.now).first).id
            let staff = try await norte.staff(norte.everything, as: Self.canary)
            let link = try await PortalLink.make(
                for: sibling, by: norte.commandLine, from: norte.site.randomness,
                in: norte.database)
            let principal = norte.commandLine
            try await ContractTemplate.publish("{condiciones}", after: 0, by: principal, in: norte.database)
            let contract = try await ContractActs(
                printer: ContractPrinter(in: .tests), mailing: nil, randomness: norte.site.randomness
            ).make(
                NewContract(identification: Self.canary, conditions: Self.canary), for: sibling, at: norte.tenant,
                reachedAt: "https://norte.test", by: principal, in: norte.database)
            let invoice = try await InvoiceActs(randomness: norte.site.randomness).issue(
                [.init(name: Self.canary, price: Money(minor: 100, norte.tenant.currency))], to: sibling, in: nil,
                note: Self.canary, of: norte.tenant, by: principal, in: norte.database)
            let context = norte.site.context(of: Rooms.list, mailing: Mailing())
            let doors = [
                norte.gate(context.portalRoutes, credential: Portal.credential, refuse: Portal.refuse),
                norte.gate(context.panelRoutes, credential: Panel.credential, refuse: Panel.refuse),
            ]
            let before = try Self.rows(of: sibling, at: norte)
            var own = 0
            for gate in doors {
                for route in gate.routes.declarations where route.pattern != "/portal/sign-out" {
                    // What a link does, it does for whoever has it: that secret the subscriber has not got.
                    let values = [
                        "\(sibling)", "\(session)", "\(staff)", "\(link.secret.text)x", "\(contract.id)",
                        "\(invoice.id)",
                    ]
                    for value in route.parameters.isEmpty ? [""] : values {
                        let path = route.parameters.reduce(route.pattern) { $0.replacing(":\($1.name)", with: value) }
                        let query = "?id=\(sibling)&customer=\(sibling)&customer_id=\(sibling)&subject=\(sibling)"
                        for target in [path, path + query] {
                            for body in [
                                "", "customer=\(sibling)&email=robo%40example.com&phone=5500000001", "phone=5500000001",
                                "name=Robo+Robo&accept=yes",
                            ] {
                                let request = try DirectRequests(on: .tests).request(
                                    route.method.name.description, target, host: norte.host,
                                    fields: [
                                        ("Cookie", cookie), ("Sec-Fetch-Site", "same-origin"),
                                        ("Content-Type", "application/x-www-form-urlencoded"),
                                    ], body: Array((route.method == .get ? "" : body).utf8))
                                let answer = Answer(await gate.answer(request))
                                #expect(!answer.text.contains(Self.canary), "\(route.method.name) \(target) \(body)")
                                #expect(answer.status.code < 500, "\(route.method.name) \(target) \(body)")
                                if answer.status == .ok, route.permission == "portal" { own += 1 }
                            }
                        }
                    }
                }
            }
            #expect(try Self.rows(of: sibling, at: norte) == before)
            // The attempts were real: with the same cookie one's own is read, and the sibling is signed in too.
            #expect(own > 10)
            #expect(try await norte.database.subscriber(mine)?.phoneIsClaimed == true)
            let theirs = try await norte.ask(doors[0], "/portal", headers: ["Cookie": siblingCookie])
            #expect(theirs.text.contains(Self.canary))
        }
    }

    @Test(arguments: ["style.css", "portal.css"])
    func `what the portal is painted with does not name us`(name: String) throws {
        let text = try #require(File.text(Repository.path("Public/\(name)")))
        #expect(!text.lowercased().contains("mastil"))
    }

    static func customer(_ name: String, at tenant: TestTenant) async throws -> (Customer.ID, cookie: String) {
        let (database, randomness) = (tenant.database, tenant.site.randomness)
        let id = Customer.ID.make(milliseconds: tenant.now.milliseconds, from: randomness)
        try await database.execute(
            """
            INSERT INTO customers (
                tenant_id, customer_id, number, name, phone, address, neighbourhood, state, since, email)
            VALUES (\(database.tenant), \(id), \(1 + Int(randomness.next() % 1_000_000)), \(name),
                \("55\(randomness.next() % 100_000_000)"), \(name), \(name), 'active', '2026-01-01',
                \("\(name.lowercased())@example.com"))
            """)
        let link = try await PortalLink.make(
            for: id, by: tenant.commandLine, from: randomness, in: database)
        let (session, _) = try await PortalEntry.enter(
            with: link.secret.text, at: Session.Place(device: name, address: name), now: tenant.now,
            randomness: randomness, in: database)
        return (id, "portal=\(session.secret.text)")
    }

    /// All there is of one customer.
    private static func rows(of customer: Customer.ID, at tenant: TestTenant) throws -> [String] {
        let superuser = try tenant.site.test.superuser()
        return try ["customers", "portal_sessions", "portal_links", "portal_devices", "portal_codes", "contracts"].map {
            table in
            try superuser.column(
                "SELECT coalesce(string_agg(t::text, '' ORDER BY t::text), '') FROM \(table) t WHERE customer_id = '\(customer)'"
            ).joined()
        }
    }
}
