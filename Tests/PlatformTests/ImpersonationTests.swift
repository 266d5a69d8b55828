import Access
import Customers
import Declarations
import Events
import HTTP
import Identity
import Panel
import Postgres
import Tenancy
import TenantSupport
import Testing
import Time

@testable import Platform

@Suite struct ImpersonationTests {

    @Test(arguments: [true, false])
    func `signing out ends the visit, at the console and inside`(isAtConsole: Bool) async throws {
        try await withTenants { norte, sur in
            let fixture = try await PlatformFixture(norte)
            let petra = try await fixture.platform.signInAdmin(named: "Petra")
            let other = try await fixture.platform.signInAdmin(named: "Rita")
            func guest(at tenant: TestTenant, as admin: String) async throws -> String {
                let link = try await fixture.link(to: tenant, as: admin)
                let entered = try await fixture.post(at: tenant, link)
                return try #require(entered.headers["Set-Cookie"]).split(separator: ";").first.map(String.init) ?? ""
            }
            let (inside, theirs) = (try await guest(at: norte, as: petra), try await guest(at: sur, as: other))
            #expect(try await fixture.get(at: norte, "/panel/customers", as: inside).status == .ok)
            let left =
                isAtConsole
                ? try await fixture.signOut(as: petra)
                : try await fixture.post(at: norte, "/panel/sign-out", as: inside)
            #expect(left.status == .seeOther)
            #expect(try await fixture.get(at: norte, "/panel/customers", as: inside).status == .unauthorized)
            #expect(try await fixture.get(at: sur, "/panel/customers", as: theirs).status == .ok)
            #expect(try await norte.record().contains("impersonation.ended Plataforma (Petra)"))
            #expect(try await sur.record().filter { $0.hasPrefix("impersonation.ended") }.isEmpty)
        }
    }

    @Test func `somebody of the platform goes in for a reason, announced, and both records say who`() async throws {
        try await withTenants { norte, sur in
            let fixture = try await PlatformFixture(norte)
            let petra = try await fixture.platform.signInAdmin(named: "Petra")
            let olga = try await norte.signIn(norte.everything, as: "Olga")
            #expect(
                try await !fixture.get(at: norte, "/panel/customers", as: olga).text.contains("La plataforma entró"))
            let link = try await fixture.link(to: norte, as: petra)
            let question = try await fixture.get(at: norte, link)
            for text in ["Plataforma (Petra)", "Revisar cortes de ayer", "Solo lectura"] {
                #expect(question.text.contains(text))
            }
            #expect(try await fixture.get(at: norte, "/panel/customers", as: petra).status == .unauthorized)

            let entered = try await fixture.post(at: norte, link)
            let guest = try #require(entered.headers["Set-Cookie"]).split(separator: ";").first.map(String.init) ?? ""
            for path in ["/panel/customers", "/panel/staff", "/panel/audit", "/panel/visits", "/panel/roles"] {
                let page = try await fixture.get(at: norte, path, as: guest)
                #expect(page.status == .ok && page.text.contains("impersonation-bar"), "\(path)")
                #expect(page.text.contains("Está en el panel de Norte Inalámbrico como Plataforma (Petra)."))
                #expect(page.text.contains("Revisar cortes de ayer"))
            }
            // The link is used up, and the cookie is of this tenant only.
            #expect(try await fixture.post(at: norte, link).status == .gone)
            #expect(try await fixture.get(at: sur, "/panel/customers", as: guest).status == .unauthorized)
            #expect(try await fixture.post(at: sur, link).status == .gone)

            let left = try await fixture.post(at: norte, "/panel/leave-visit", as: guest)
            #expect(left.text.contains("La visita terminó"))
            #expect(try await fixture.get(at: norte, "/panel/customers", as: guest).status == .unauthorized)
            let visit = ["impersonation.started", "impersonation.entered", "impersonation.ended"]
            #expect(
                try await norte.record().filter { $0.hasPrefix("impersonation") }
                    == visit.map { "\($0) Plataforma (Petra)" })
            #expect(
                try await fixture.platform.record().filter { $0.hasPrefix("impersonation") }
                    == ["impersonation.started Petra", "impersonation.ended Plataforma (Petra)"])
            #expect(try await sur.record().filter { $0.hasPrefix("impersonation") } == [])
            let audit = try await fixture.get(at: norte, "/panel/audit", as: olga)
            #expect(audit.text.contains("Plataforma (Petra)") && audit.text.contains("Entró al panel como plataforma"))
        }
    }

    @Test func `the owner is told on every page until they looked`() async throws {
        try await withTenants { norte, sur in
            let fixture = try await PlatformFixture(norte)
            let olga = try await norte.signIn(norte.everything, as: "Olga")
            let beto = try await norte.signIn([.customersRead, .auditRead], as: "Beto")
            let other = try await sur.signIn(sur.everything, as: "Sara")
            _ = try await fixture.enter(norte, as: try await fixture.platform.signInAdmin())
            let told = "La plataforma entró al panel de su empresa."
            #expect(try await fixture.get(at: norte, "/panel/customers", as: olga).text.contains(told))
            #expect(try await !fixture.get(at: norte, "/panel/customers", as: beto).text.contains(told))
            #expect(try await !fixture.get(at: sur, "/panel/customers", as: other).text.contains(told))
            let page = try await fixture.get(at: norte, "/panel/visits", as: olga)
            #expect(page.text.contains("Plataforma (Petra)") && page.text.contains("Dentro ahora"))
            #expect(try await fixture.post(at: norte, "/panel/visits/seen", as: beto).status == .forbidden)
            #expect(try await fixture.post(at: norte, "/panel/visits/seen", as: olga).status == .seeOther)
            #expect(try await !fixture.get(at: norte, "/panel/customers", as: olga).text.contains(told))
        }
    }

    @Test func `a visit ends by itself, and so does a link nobody used`() async throws {
        try await withTenants { norte, _ in
            let fixture = try await PlatformFixture(norte)
            let petra = try await fixture.platform.signInAdmin()
            let link = try await fixture.link(to: norte, as: petra)
            norte.site.clock.advance(by: .seconds(121))
            #expect(try await fixture.get(at: norte, link).status == .gone)
            #expect(try await fixture.post(at: norte, link).status == .gone)
            let guest = try await fixture.enter(norte, as: petra)
            norte.site.clock.advance(by: .seconds(15 * 60 - 1))
            #expect(try await fixture.get(at: norte, "/panel/customers", as: guest).status == .ok)
            norte.site.clock.advance(by: .seconds(1))
            #expect(try await fixture.get(at: norte, "/panel/customers", as: guest).status == .unauthorized)
        }
    }

    @Test func `the owner ends a visit, and can forbid them all`() async throws {
        try await withTenants { norte, sur in
            let fixture = try await PlatformFixture(norte)
            let petra = try await fixture.platform.signInAdmin()
            let olga = try await norte.signIn(norte.everything, as: "Olga")
            let first = try await fixture.enter(norte, as: petra)
            let id = try #require(try await norte.database.impersonations().first?.id)
            let sara = try await sur.signIn(sur.everything, as: "Sara")
            #expect(try await fixture.post(at: sur, "/panel/visits/\(id)/end", as: sara).status == .notFound)
            // Nobody who is inside has a say in it.
            #expect(try await fixture.post(at: norte, "/panel/visits/\(id)/end", as: first).status == .forbidden)
            #expect(try await fixture.post(at: norte, "/panel/visits/\(id)/end", as: olga).status == .seeOther)
            #expect(try await fixture.get(at: norte, "/panel/customers", as: first).status == .unauthorized)
            #expect(try await fixture.get("/platform/visits", as: petra).text.contains("La terminó Olga"))
            #expect(try await fixture.platform.record().last == "impersonation.ended Olga")

            let second = try await fixture.enter(norte, as: petra)
            #expect(
                try await fixture.post(at: norte, "/panel/visits/permission", "allow=no", as: olga).status == .seeOther)
            #expect(try await fixture.get(at: norte, "/panel/customers", as: second).status == .unauthorized)
            let refused = try await fixture.post(
                "/platform/tenants/\(norte.tenant.id)/enter", PlatformFixture.wish, as: petra)
            #expect(refused.status == .conflict && refused.text.contains("no permite que la plataforma entre"))
            _ = try await fixture.enter(sur, as: petra)
            #expect(
                try await fixture.post(at: norte, "/panel/visits/permission", "allow=yes", as: olga).status == .seeOther
            )
            _ = try await fixture.enter(norte, as: petra)
        }
    }

    @Test func `somebody is in one tenant at a time, and goes nowhere from within`() async throws {
        try await withTenants { norte, sur in
            let fixture = try await PlatformFixture(norte)
            let petra = try await fixture.platform.signInAdmin()
            let first = try await fixture.enter(norte, as: petra)
            #expect(try await fixture.get("/platform/tenants", as: first).status == .unauthorized)
            #expect(
                try await fixture.post("/platform/tenants/\(sur.tenant.id)/enter", PlatformFixture.wish, as: first)
                    .status
                    == .unauthorized)
            let second = try await fixture.enter(sur, as: petra)
            #expect(try await fixture.get(at: norte, "/panel/customers", as: first).status == .unauthorized)
            #expect(try await fixture.get(at: sur, "/panel/customers", as: second).status == .ok)
            // The platform itself is no company to go into.
            let own = "/platform/tenants/\(Tenant.ID.platform)"
            #expect(try await fixture.get(own, as: petra).status == .notFound)
            #expect(try await fixture.post("\(own)/enter", PlatformFixture.wish, as: petra).status == .notFound)
        }
    }

    @Test func `the platform ends a visit, and whoever is disabled is out`() async throws {
        try await withTenants { norte, _ in
            let fixture = try await PlatformFixture(norte)
            let petra = try await fixture.platform.signInAdmin(named: "Petra")
            let quim = try await fixture.platform.signInAdmin(named: "Quim")
            let first = try await fixture.enter(norte, as: petra)
            let id = try #require(try await norte.database.impersonations().first?.id)
            #expect(try await fixture.post("/platform/visits/\(id)/end", as: quim).status == .seeOther)
            #expect(try await fixture.get(at: norte, "/panel/customers", as: first).status == .unauthorized)
            #expect(try await fixture.post("/platform/visits/\(id)/end", as: quim).status == .notFound)

            let second = try await fixture.enter(norte, as: petra)
            let member = try #require(try await fixture.platform.database.staff().first { $0.name == "Petra" })
            #expect(try await fixture.post("/platform/admins/\(member.id)/disable", as: quim).status == .seeOther)
            #expect(try await fixture.get(at: norte, "/panel/customers", as: second).status == .unauthorized)
            #expect(try await fixture.get("/platform/tenants", as: petra).status == .unauthorized)
            let last = try #require(try await fixture.platform.database.staff().first { $0.name == "Quim" })
            #expect(try await fixture.post("/platform/admins/\(last.id)/disable", as: quim).status == .conflict)
        }
    }

    @Test func `a guest reads, and an owner's guest changes what ends with the visit`() async throws {
        try await withTenants { norte, _ in
            let fixture = try await PlatformFixture(norte)
            let petra = try await fixture.platform.signInAdmin()
            let reader = try await fixture.enter(norte, as: petra)
            let beto = try await norte.staff([.customersRead], as: "Beto")
            let lasting = [
                ("/panel/staff", "name=X&email=x%40example.com"), ("/panel/staff/\(beto)/password-link", ""),
                ("/panel/staff/\(beto)/disable", ""), ("/panel/roles", "name=X"), ("/panel/staff/\(beto)/roles", ""),
                ("/panel/tokens", "name=X&permission=customers.read&addresses=&days=9&reach=all"),
                ("/panel/account/password", "password=tres+gatos+negros"), ("/panel/visits/permission", "allow=no"),
                ("/panel/account/sessions/end-others", ""),
            ]
            for (path, form) in lasting {
                #expect(try await fixture.post(at: norte, path, form, as: reader).status == .forbidden, "\(path)")
            }
            let before = try await norte.record().count
            let owner = try await fixture.enter(
                norte, "reason=Arreglar+un+cliente&power=owner&minutes=60", as: petra)
            for (path, form) in lasting {
                let answer = try await fixture.post(at: norte, path, form, as: owner)
                #expect(answer.status == .forbidden, "\(path)")
            }
            #expect(try await fixture.get(at: norte, "/panel/account", as: owner).status == .forbidden)
            // Their coming and the end of the visit before, and nothing else.
            #expect(try await norte.record().count == before + 3)
            let permissions: [String]? = try await norte.database.value(
                "SELECT permissions FROM impersonations WHERE tenant_id = \(norte.database.tenant) AND power = 'owner'")
            #expect(permissions?.contains("customers.write") == true)
        }
    }

    @Test(arguments: [
        ("reason=corto&power=read&minutes=15", 422), ("reason=++++++++++++++&power=read&minutes=15", 422),
        ("reason=Revisar+cortes+de+ayer&power=read&minutes=120", 400),
        ("reason=Revisar+cortes+de+ayer&power=god&minutes=15", 400), ("reason=Revisar+cortes+de+ayer", 400),
        ("reason=Revisar+cortes+de+ayer&power=read&minutes=15&admin=x", 400),
    ])
    func `no visit without a reason, an end and a known power`(form: String, status: Int) async throws {
        try await withTenants { norte, _ in
            let fixture = try await PlatformFixture(norte)
            let petra = try await fixture.platform.signInAdmin()
            let answer = try await fixture.post("/platform/tenants/\(norte.tenant.id)/enter", form, as: petra)
            #expect(answer.status.code == status)
            #expect(try await norte.database.impersonations().isEmpty)
        }
    }

    @Test func `what a guest does stands in the tenant's record under their own name`() async throws {
        try await withTenants { norte, _ in
            let fixture = try await PlatformFixture(norte)
            let guest = try await fixture.enter(
                norte, "reason=Arreglar+un+cliente&power=owner&minutes=30", as: try await fixture.platform.signInAdmin()
            )
            var routes = Panel.Routes()
            routes.post("/panel/act", .customersWrite, "Hace algo") { visit in
                try await visit.database.record(Act("customer.changed"), by: visit.principal.actor, at: visit.now)
                return .text("ok")
            }
            let gate = norte.gate(routes, credential: Panel.credential, refuse: Panel.refuse)
            let answer = try await norte.ask(
                gate, "/panel/act", method: "POST", headers: ["Cookie": guest, "Sec-Fetch-Site": "same-origin"])
            #expect(answer.status == .ok)
            #expect(try await norte.record().last == "customer.changed Plataforma (Petra)")
            let kind: String? = try await norte.database.value(
                """
                SELECT content::jsonb -> 'actor' ->> 'kind' FROM events
                WHERE tenant_id = \(norte.database.tenant) AND kind = 'customer.changed'
                """)
            #expect(kind == "platform")
        }
    }
}
