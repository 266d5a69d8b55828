import Access
import Assembly
import Crypto
import Customers
import Declarations
import HTTP
import Identifiers
import Identity
import Letters
import Locale
import Panel
import Postgres
import Roles
import ShellSupport
import Tenancy
import TenantSupport
import TestSupport
import Testing
import Time
import Zones

@testable import Contracts
@testable import mastil

/// The frame around the panel's pages: what each person's menu leads to.
@Suite struct FrameTests {
    private static func person(_ tenant: TestTenant, cookie: String) -> Person {
        Person(tenant, cookie: cookie) { routes, _ in routes = tenant.site.context(of: Rooms.list).panelRoutes }
    }

    private static func owner(of tenant: TestTenant) async throws -> Person {
        person(tenant, cookie: try await tenant.signIn(tenant.everything, as: "Olga"))
    }

    /// Somebody with this role that comes with the product, and no other.
    private static func holder(of readyMade: ReadyMadeRole, at tenant: TestTenant) async throws -> Person {
        let role = try #require(try await tenant.database.roles().first { $0.readyMade == readyMade })
        let link = try await StaffMember.invite(
            email: "\(readyMade.rawValue)@example.com", name: "Caro", roles: [role.id], by: tenant.commandLine,
            from: tenant.site.randomness, in: tenant.database)
        let (_, member) = try await SignInLink.look(at: link.secret.text, now: tenant.now, in: tenant.database)
        try await tenant.database.execute(
            "UPDATE staff SET state = 'active' WHERE tenant_id = \(tenant.database.tenant) AND staff_id = \(member.id)")
        let session = try await Session.start(
            for: member.id, at: Session.Place(device: "", address: ""), now: tenant.now, from: tenant.site.randomness,
            in: tenant.database)
        return person(tenant, cookie: "sid=\(session.secret.text)")
    }

    @Test func `a cashier begins at taking payments, with a menu of their tasks alone`() async throws {
        try await withTenants(in: Rooms.declarations) { norte, _ in
            let cashier = try await Self.holder(of: .cashier, at: norte)
            let start = try await cashier.see("/panel")
            #expect(start.status == .seeOther && start.headers["Location"] == "/panel/payments/new")
            let page = try await cashier.see("/panel/payments/new").text
            for path in ["/panel/payments/new", "/panel/search", "/panel/payments"] {
                #expect(page.contains("<li><a href=\"\(path)\""), "\(path)")
            }
            #expect(!page.contains("<details name=\"menu\"") && page.contains("class=\"task-bar\""))
            let owner = try await Self.owner(of: norte).see("/panel")
            #expect(owner.status == .ok && owner.text.contains("<details name=\"menu\""))
        }
    }

    @Test func `who takes a payment finds the customer first, of their own company`() async throws {
        try await withTenants(in: Rooms.declarations) { norte, sur in
            for tenant in [norte, sur] {
                _ = try await InventedCustomers.fill(
                    upTo: 1, at: tenant.now, zone: tenant.tenant.timeZone, from: tenant.site.randomness,
                    in: tenant.database)
            }
            let id: String? = try await norte.database.value(
                "SELECT customer_id::text FROM customers WHERE tenant_id = \(norte.database.tenant)")
            let found = try await Self.holder(of: .cashier, at: norte).see("/panel/payments/new?q=1").text
            #expect(found.contains("/panel/customers/\(id ?? "?")/payments/new"))
            let theirs = try await Self.holder(of: .cashier, at: sur).see("/panel/payments/new?q=1").text
            #expect(!theirs.contains(id ?? "?"))
        }
    }

    @Test func `each keeps six pages above the groups`() async throws {
        try await withTenants(in: Rooms.declarations) { norte, _ in
            let olga = try await Self.owner(of: norte)
            let pages = [
                "/panel/zones", "/panel/contracts", "/panel/payments", "/panel/accounts", "/panel/plans",
                "/panel/tokens",
            ]
            for path in pages {
                let form = "path=\(path)&next=\(path)"
                #expect(try await olga.send("/panel/pins", form).headers["Location"] == path)
            }
            let page = try await olga.see("/panel/zones").text
            #expect(page.contains("Fijados") && page.contains("Quitar de Fijados"))
            let full = try await olga.send("/panel/pins", "path=/panel/roles&next=/panel/roles")
            #expect(full.headers["Location"] == "/panel/roles?notice=pins_are_full")
            _ = try await olga.send("/panel/pins", "path=/panel/zones&next=/panel/zones")
            #expect(try await olga.see("/panel/zones").text.contains("Fijar en el menú"))
            let other = Self.person(norte, cookie: try await norte.signIn(norte.everything, as: "Otra"))
            #expect(!(try await other.see("/panel/zones").text.contains("Fijados")))
            #expect(try await olga.send("/panel/pins", "path=/panel/nada&next=/panel").status == .notFound)
        }
    }

    @Test func `settings are found by another word, as far as somebody may open them`() async throws {
        try await withTenants(in: Rooms.declarations) { norte, _ in
            let olga = try await Self.owner(of: norte)
            let found = try await olga.see("/panel/settings?q=logotipo").text
            let list = try #require(found.split(separator: "id=\"settings\"").last)
            #expect(list.contains("/panel/brand") && !list.contains("/panel/zones"))
            let zones = Self.person(norte, cookie: try await norte.signIn([.zonesManage, .tokensManage], as: "Zoe"))
            let few = try await zones.see("/panel/settings").text
            #expect(few.contains("/panel/zones") && !few.contains("/panel/brand"))
        }
    }

    @Test func `the menu counts what waits, and of one's own company`() async throws {
        try await withTenants(in: Rooms.declarations) { norte, sur in
            try await ContractTemplate.publish("{condiciones}", after: 0, by: norte.commandLine, in: norte.database)
            _ = try await InventedCustomers.fill(
                upTo: 1, at: norte.now, zone: norte.tenant.timeZone, from: norte.site.randomness, in: norte.database)
            let id: String? = try await norte.database.value(
                "SELECT customer_id::text FROM customers WHERE tenant_id = \(norte.database.tenant)")
            let olga = try await Self.owner(of: norte)
            #expect(!(try await olga.see("/panel").text.contains("class=\"waiting\"")))
            _ = try await olga.send("/panel/customers/\(id ?? "")/contracts", "conditions=Plan")
            #expect(try await olga.see("/panel").text.contains("<span class=\"waiting\">1<"))
            #expect(!(try await Self.owner(of: sur).see("/panel").text.contains("class=\"waiting\"")))
        }
    }

    @Test func `what was opened out of the search is offered again`() async throws {
        try await withTenants(in: Rooms.declarations) { norte, sur in
            for tenant in [norte, sur] {
                _ = try await InventedCustomers.fill(
                    upTo: 1, at: tenant.now, zone: tenant.tenant.timeZone, from: tenant.site.randomness,
                    in: tenant.database)
            }
            func customer(of tenant: TestTenant) async throws -> String {
                try await tenant.database.value(
                    "SELECT customer_id::text FROM customers WHERE tenant_id = \(tenant.database.tenant)") ?? ""
            }
            let (mine, theirs) = (try await customer(of: norte), try await customer(of: sur))
            let olga = try await Self.owner(of: norte)
            #expect(!(try await olga.see("/panel/search").text.contains("Recientes")))
            let opened = try await olga.see("/panel/search/open?kind=customer&id=\(mine)")
            #expect(opened.headers["Location"] == "/panel/customers/\(mine)")
            _ = try await olga.see("/panel/search/open?kind=customer&id=\(theirs)")
            let page = try await olga.see("/panel/search").text
            #expect(page.contains("Recientes") && page.contains(mine) && !page.contains(theirs))
        }
    }

    @Test func `a role takes a whole part of the product at once, and is saved only when that is asked`() async throws {
        try await withTenants(in: Rooms.declarations) { norte, _ in
            let olga = try await Self.owner(of: norte)
            let count = try await norte.database.roles().count
            let shown = try await olga.send("/panel/roles", "name=Lectora&level=customers+reading")
            #expect(shown.status == .ok && shown.text.contains("value=\"Lectora\""))
            #expect(shown.text.contains("name=\"customers.read\" value=\"allow\" checked"))
            #expect(shown.text.contains("name=\"customers.write\" value=\"undecided\" checked"))
            #expect(try await norte.database.roles().count == count)
        }
    }

    @Test func `a new company reads what it has still to do, until that is done or hidden`() async throws {
        try await withTenants(in: Rooms.declarations) { norte, sur in
            let olga = try await Self.owner(of: norte)
            let start = try await olga.see("/panel").text
            #expect(start.contains("Para empezar") && start.contains("<a href=\"/panel/zones\">Cree sus zonas</a>"))
            _ = try await olga.send("/panel/zones", "name=Centro")
            #expect(!(try await olga.see("/panel").text.contains("<a href=\"/panel/zones\">Cree sus zonas</a>")))
            let theirs = try await Self.owner(of: sur).see("/panel").text
            #expect(theirs.contains("<a href=\"/panel/zones\">Cree sus zonas</a>"))
            let cashier = Self.person(norte, cookie: try await norte.signIn([.customersRead], as: "Beto"))
            #expect(!(try await cashier.see("/panel").text.contains("Para empezar")))
            _ = try await olga.send("/panel/checklist/hide")
            #expect(!(try await olga.see("/panel").text.contains("Para empezar")))
        }
    }

    @Test func `a contract that waits is seen by its customer and sent again once, and signed without a menu`()
        async throws
    {
        try await withTenants(in: Rooms.declarations) { norte, _ in
            try await ContractTemplate.publish("{condiciones}", after: 0, by: norte.commandLine, in: norte.database)
            _ = try await InventedCustomers.fill(
                upTo: 1, at: norte.now, zone: norte.tenant.timeZone, from: norte.site.randomness, in: norte.database)
            let id: String =
                try await norte.database.value(
                    "SELECT customer_id::text FROM customers WHERE tenant_id = \(norte.database.tenant)") ?? ""
            try await norte.database.execute(
                "UPDATE customers SET email = 'ana@example.com' WHERE tenant_id = \(norte.database.tenant)")
            let olga = Person(norte, cookie: try await norte.signIn(norte.everything, as: "Olga")) { routes, _ in
                routes = norte.site.context(of: Rooms.list, mailing: Mailing()).panelRoutes
            }
            let made = try await olga.send("/panel/customers/\(id)/contracts", "conditions=Plan")
            let path = try #require(made.place)
            let customer = try await olga.see("/panel/customers/\(id)").text
            #expect(customer.contains("Enviar para firmar") && customer.contains("\(path)/send"))

            func letters() async throws -> Int? {
                try await norte.database.value(
                    """
                    SELECT count(*)::int FROM letters
                    WHERE tenant_id = \(norte.database.tenant) AND kind = 'contract_to_sign'
                    """)
            }
            let before = try await letters() ?? 0
            let form = try #require(try await olga.see(path).hidden("form"))
            for _ in 1...3 { _ = try await olga.send("\(path)/send", "form=\(form)") }
            #expect(try await letters() == before + 1)

            let sign = try await olga.see("\(path)/sign").text
            #expect(!sign.contains("id=\"menu\"") && !sign.contains("/panel/search"))
            let signed = try await olga.send("\(path)/sign", "name=Ana+Paz&accept=yes")
            #expect(signed.headers["Location"] == "\(path)/signed")
            let thanks = try await olga.see("\(path)/signed").text
            #expect(thanks.contains("Gracias, Ana Paz") && !thanks.contains("id=\"menu\""))
            #expect(try await olga.see("/panel/audit").text.contains("Tomó la firma de Ana Paz"))
            #expect(!(try await olga.see("/panel/customers/\(id)").text.contains("Enviar para firmar")))
        }
    }

    @Test func `the same form twenty times makes one token and one webhook`() async throws {
        try await withTenants(in: Rooms.declarations) { norte, _ in
            let olga = try await Self.owner(of: norte)
            for (path, fields, table) in [
                ("/panel/tokens", "name=n8n&days=30&reach=all&permission=customers.read", "api_tokens"),
                ("/panel/webhooks", "name=n8n&address=https://example.com/x&kind=customer.created", "webhooks"),
            ] {
                let form = try #require(try await olga.see("\(path)/new").hidden("form"))
                for _ in 1...20 { _ = try await olga.send(path, "\(fields)&form=\(form)") }
                let made = try norte.site.test.superuser().column("SELECT count(*) FROM \(table)")
                #expect(made == ["1"], "\(path)")
            }
        }
    }

    @Test func `an administrator made by a link is asked who they are, until they say it`() async throws {
        try await withTenants(in: Rooms.declarations) { norte, _ in
            let olga = try await Self.owner(of: norte)
            #expect(!(try await olga.see("/panel").text.contains("Complete su cuenta")))
            try await norte.database.execute(
                "UPDATE staff SET email = 'admin@norte.invalid' WHERE tenant_id = \(norte.database.tenant)")
            #expect(try await olga.see("/panel").text.contains("Complete su cuenta"))
        }
    }
}
