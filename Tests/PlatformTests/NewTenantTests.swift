import Access
import Customers
import Declarations
import HTTP
import Identity
import Letters
import Locale
import Mail
import Postgres
import Tenancy
import TenantSupport
import TestSupport
import Testing
import Time

@testable import Platform

@Suite struct NewTenantTests {
    private static let form = [
        "name": "Fibra+del+Plata", "slug": "plata", "country": "AR", "currency": "ARS", "language": "es",
        "courtesy": "vos", "zone": "America%2FArgentina%2FBuenos_Aires", "state": "trial",
        "trial_ends": "2027-01-31", "plan": "Inicial", "customers": "500", "staff": "2", "routers": "",
        "price": "49", "price_currency": "USD", "cycle": "monthly", "admin_name": "Rita",
        "admin_email": "rita%40example.com",
    ]

    private static func form(_ changes: [String: String] = [:]) -> String {
        form.merging(changes) { $1 }.map { "\($0)=\($1)" }.sorted().joined(separator: "&")
    }

    @Test func `name and country propose the rest`() async throws {
        try await withTenants { norte, _ in
            let fixture = try await PlatformFixture(norte)
            let petra = try await fixture.platform.signInAdmin()
            #expect(try await fixture.get("/platform/tenants", as: petra).text.contains("/platform/tenants/new"))
            let start = try await fixture.get("/platform/tenants/new", as: petra).text
            #expect(start.contains("name=\"country\"") && !start.contains("name=\"slug\""))
            let page = try await fixture.get(
                "/platform/tenants/new?name=Fibra+%C3%91and%C3%BA+%26+C%C3%ADa&country=AR", as: petra)
            for part in [
                "value=\"Fibra Ñandú &amp; Cía\"", "value=\"fibra-nandu-cia\"", "value=\"ARS\" selected",
                "value=\"vos\" selected", "value=\"America/Argentina/Buenos_Aires\" selected", "identificador.test",
                "value=\"2026-12-18\"",
            ] {
                #expect(page.text.contains(part), "\(part)")
            }
            // One that is taken, and one that is nobody's to take.
            for (name, slug) in [("Norte", "norte-2"), ("WWW", "www-2"), ("123", "empresa"), ("%E5%8C%97", "empresa")] {
                let page = try await fixture.get("/platform/tenants/new?name=\(name)&country=MX", as: petra).text
                #expect(page.contains("value=\"\(slug)\""), "\(name)")
            }
        }
    }

    @Test func `a company is made with its first administrator, and serves at once`() async throws {
        try await withTenants { norte, sur in
            let fixture = try await PlatformFixture(norte)
            let petra = try await fixture.platform.signInAdmin()
            let before = (try await norte.record(), try await sur.record())
            let answer = try await fixture.post("/platform/tenants", Self.form(), as: petra)
            try #require(answer.status == .ok, "\(answer.text)")
            let made = try #require(norte.site.tenant(at: "plata.test"))
            #expect(made.tenant.name == "Fibra del Plata" && made.tenant.state == .trial)
            #expect(made.tenant.trialEndsOn?.iso == "2027-01-31" && made.tenant.currency == .ars)
            #expect(
                made.tenant.company.courtesy == .vos && made.tenant.timeZone.name == "America/Argentina/Buenos_Aires")
            #expect(made.tenant.plan.staff == 2 && made.tenant.plan.price == Money(minor: 4900, .usd))

            let parts = answer.text.split(separator: "http://plata.test/panel/enter/", maxSplits: 1)
            let secret = try #require(parts.count == 2 ? parts.last : nil).prefix { $0 != "\"" }
            let chosen = try await fixture.post(
                at: made, "/panel/enter/\(secret)", "email=&password=tres+gatos+negros")
            let cookie = try #require(chosen.headers["Set-Cookie"]).split(separator: ";").first.map(String.init) ?? ""
            let panel = try await fixture.get(at: made, "/panel/staff", as: cookie)
            #expect(panel.status == .ok && panel.text.contains("Rita") && panel.text.contains("Administrador"))
            #expect(try await fixture.get(at: norte, "/panel/staff", as: cookie).status == .unauthorized)

            #expect(
                try await made.record().prefix(3) == [
                    "company.created Plataforma (Petra)", "staff.invited Plataforma (Petra)",
                    "staff.roles_changed Plataforma (Petra)",
                ])
            #expect(try await fixture.platform.record().last == "platform.company_created Petra")
            #expect(try await norte.record() == before.0)
            #expect(try await sur.record() == before.1)
            let taken = try await fixture.post("/platform/tenants", Self.form(), as: petra)
            #expect(taken.status == .conflict && taken.text.contains("Otra empresa ya tiene ese identificador."))
            #expect(taken.text.contains("value=\"Fibra del Plata\""))
        }
    }

    @Test(arguments: [
        (["name": ""], "Escriba un nombre."), (["slug": "www"], "está reservado"),
        (["slug": "plataforma"], "está reservado"), (["slug": "9a"], "Use de 2 a 31"), (["slug": "a"], "Use de 2 a 31"),
        (["slug": "a-"], "Use de 2 a 31"), (["slug": "%C3%B1and%C3%BA"], "Use de 2 a 31"),
        (["slug": "a.b"], "Use de 2 a 31"), (["zone": "..%2Fetc%2Fpasswd"], "Elija una zona horaria"),
        (["customers": "-1"], "Escriba un número entero"), (["price": "caro"], "class=\"error\""),
        (["trial_ends": "2027-02-30"], "Escriba una fecha"), (["admin_name": "+"], "Escriba un nombre."),
        (["admin_email": "rita"], "Escriba un correo"), (["staff": "0"], "al menos un usuario"),
    ])
    func `what is wrong is told beside its field, and nothing is made`(
        changes: [String: String], told: String
    ) async throws {
        try await withTenants { norte, _ in
            let fixture = try await PlatformFixture(norte)
            let petra = try await fixture.platform.signInAdmin()
            let answer = try await fixture.post("/platform/tenants", Self.form(changes), as: petra)
            #expect(answer.status == .unprocessableContent || answer.status == .conflict)
            #expect(answer.text.contains(told) && answer.text.contains("field-wrong"))
            #expect(try norte.site.test.superuser().column("SELECT count(*) FROM tenants") == ["3"])
        }
    }

    @Test func `a company is made whole or not at all`() async throws {
        try await withTenants { norte, _ in
            let fixture = try await PlatformFixture(norte)
            let petra = try await fixture.platform.signInAdmin()
            try norte.site.test.superuser().execute(
                "ALTER TABLE unsealed_events ADD CONSTRAINT refused CHECK (kind <> 'platform.company_created') NOT VALID"
            )
            #expect(
                try await fixture.post("/platform/tenants", Self.form(), as: petra).status == .internalServerError)
            let left = try norte.site.test.superuser().column(
                """
                SELECT (SELECT count(*) FROM tenants) || ' ' || (SELECT count(*) FROM staff WHERE name = 'Rita') || ' '
                    || (SELECT count(*) FROM unsealed_events WHERE kind = 'company.created')
                """)
            #expect(left == ["3 0 2"])
            #expect(norte.site.tenant(at: "plata.test") == nil)
        }
    }

    @Test func `where mail can be sent the invitation leaves by letter, and no link is shown`() async throws {
        try await withTenants { norte, _ in
            let fixture = try await PlatformFixture(norte, mailing: Mailing())
            let petra = try await fixture.platform.signInAdmin()
            let answer = try await fixture.post("/platform/tenants", Self.form(), as: petra)
            #expect(answer.status == .seeOther && !answer.text.contains("/panel/enter/"))
            let made = try #require(norte.site.tenant(at: "plata.test"))
            try await TestPost.with(norte.site, StaffLetters.add) { post in
                let letter = try await post.mail(1)
                #expect(letter.text.contains("http://plata.test/panel/enter/msl_"))
                #expect(letter.text.contains("Fibra del Plata"))
                let path = "/platform/tenants/\(made.tenant.id)/admins"
                let more = try await fixture.post(path, "admin_name=Susi&admin_email=susi%40example.com", as: petra)
                #expect(more.headers["Location"] == "/platform/tenants/\(made.tenant.id)?notice=mailed")
                #expect(try await post.mail(2).text.contains("Susi"))
            }
        }
    }

    @Test func `another administrator is invited, as far as the plan goes, in both records`() async throws {
        try await withTenants { norte, sur in
            let fixture = try await PlatformFixture(norte)
            let petra = try await fixture.platform.signInAdmin()
            let path = "/platform/tenants/\(norte.tenant.id)/admins"
            #expect(
                try await fixture.get("/platform/tenants/\(norte.tenant.id)", as: petra).text.contains("\(path)/new"))
            #expect(try await fixture.get("\(path)/new", as: petra).text.contains("Invitar a un administrador"))
            let wrong = try await fixture.post(path, "admin_name=&admin_email=susi", as: petra)
            #expect(wrong.status == .unprocessableContent && wrong.text.contains("Escriba un correo"))
            try await norte.set("staff_limit = 1")
            let form = "admin_name=Susi&admin_email=susi%40example.com"
            let answer = try await fixture.post(path, form, as: petra)
            #expect(answer.status == .ok && answer.text.contains("http://norte.test/panel/enter/msl_"))
            let member = try #require(try await norte.database.staffMember(email: "susi@example.com"))
            #expect(member.permissions == norte.site.catalogue.grantable)
            #expect(try await sur.database.staffMember(email: "susi@example.com") == nil)
            #expect(
                try await norte.record().suffix(2)
                    == ["staff.invited Plataforma (Petra)", "staff.roles_changed Plataforma (Petra)"])
            #expect(try await fixture.platform.record().last == "platform.company_admin_invited Petra")

            let full = try await fixture.post(path, "admin_name=Tito&admin_email=tito%40example.com", as: petra)
            #expect(full.status == .conflict && full.text.contains("no permite más usuarios activos"))
            try await norte.set("staff_limit = NULL")
            let again = try await fixture.post(path, form, as: petra)
            #expect(again.status == .conflict && again.text.contains("Ya hay un usuario con ese correo."))
            #expect(try await fixture.platform.record().last == "platform.company_admin_invited Petra")
            try await norte.set("state = 'closed'")
            #expect(try await fixture.post(path, form, as: petra).status == .notFound)
        }
    }
}
