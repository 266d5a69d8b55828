import Access
import Customers
import Events
import HTTP
import Locale
import Panel
import Postgres
import Synchronization
import Tenancy
import TenantSupport
import Testing
import Time

@testable import Settings

@Suite struct CompanyTests {
    private static func gate(of tenant: TestTenant, moved: Moved = Moved()) -> RequestGate {
        var routes = Panel.Routes()
        CompanyRoutes { zone, _, _ in moved.zone.withLock { $0 = zone.name } }.add(to: &routes)
        return tenant.gate(routes, credential: Panel.credential, refuse: Panel.refuse)
    }

    private static func post(
        _ tenant: TestTenant, _ form: String, as cookie: String, moved: Moved = Moved()
    ) async throws -> Answer {
        let answer = try await tenant.ask(
            gate(of: tenant, moved: moved), "/panel/company", method: "POST",
            headers: [
                "Cookie": cookie, "Sec-Fetch-Site": "same-origin", "Content-Type": "application/x-www-form-urlencoded",
            ], body: Array(form.utf8))
        try await tenant.readAnew()
        return answer
    }

    @Test func `the telephones and hours that customers see are the owner's, and a wrong one says so`() async throws {
        try await withTenants { norte, sur in
            let owner = try await norte.signIn([.settingsManage], as: "Olga")
            let form = "name=Norte&language=es&courtesy=usted&zone=America%2FLima&tax_included=yes"
            let wrong = try await Self.post(norte, form + "&phone=123&whatsapp=x", as: owner)
            #expect(wrong.status == .unprocessableContent && wrong.text.contains("faltan cifras"))
            let saved = try await Self.post(
                norte, form + "&phone=614+555+0100&whatsapp=%2B52+614+555+0101&hours=De+9+a+18&address=Sierra+120",
                as: owner)
            #expect(saved.status == .seeOther)
            let contact = try #require(norte.present).company.contact
            #expect(contact.phone?.e164 == "+526145550100" && contact.whatsApp?.e164 == "+526145550101")
            #expect(contact.hours == "De 9 a 18" && contact.address == "Sierra 120")
            #expect(sur.present == sur.tenant)
        }
    }

    @Test func `the owner changes what is theirs, it is recorded, and the plan is not theirs`() async throws {
        try await withTenants { norte, sur in
            let owner = try await norte.signIn([.settingsManage], as: "Olga")
            let moved = Moved()
            let form =
                "name=Norte+Nuevo&legal_name=Norte+SA&language=es&courtesy=vos&zone=America%2FTijuana"
                + "&tax_name=IVA&tax_rate=10%2C5&tax_included=no&tax_id_label=RFC&tax_id=N1"
            let saved = try await Self.post(norte, form, as: owner, moved: moved)
            #expect(saved.status == .seeOther && saved.headers["Location"] == "/panel/company?notice=saved")
            let now = try #require(norte.present)
            #expect(now.name == "Norte Nuevo" && now.company.courtesy == .vos && now.timeZone.name == "America/Tijuana")
            #expect(now.company.taxes.rate == TaxRate(hundredths: 1050) && !now.company.taxes.areIncluded)
            #expect(now.currency == norte.tenant.currency && now.plan == norte.tenant.plan)
            #expect(moved.zone.withLock { $0 } == "America/Tijuana")
            #expect(sur.present == sur.tenant)
            try await norte.database.sealEvents()
            let content: String? = try await norte.database.value(
                """
                SELECT content FROM events WHERE tenant_id = \(norte.database.tenant) AND kind = 'company.changed'
                """)
            #expect(content?.contains("\"Olga\"") == true && content?.contains("Norte Nuevo") == true)

            try await norte.set("plan_price = 4900, plan_currency = 'USD', plan_cycle = 'yearly'")
            let page = try await norte.ask(Self.gate(of: norte), "/panel/company", headers: ["Cookie": owner])
            #expect(page.status == .ok && page.text.contains("value=\"10.5\""))
            #expect(page.text.contains("<dt>Precio</dt><dd>USD\u{A0}49.00 al año</dd>"))
            // Saying the same again leaves no trace.
            _ = try await Self.post(norte, form, as: owner)
            try await norte.database.sealEvents()
            let events: Int? = try await norte.database.value(
                "SELECT count(*) FROM events WHERE tenant_id = \(norte.database.tenant) AND kind = 'company.changed'")
            #expect(events == 1)
        }
    }

    @Test(arguments: [
        ("name=&tax_rate=16&zone=America%2FLima", "Escriba el nombre comercial"),
        ("name=N&tax_rate=160&zone=America%2FLima", "Escriba un porcentaje"),
        ("name=N&tax_rate=16&zone=..%2Fpasswd", "Elija una zona horaria"),
    ])
    func `what is wrong is told beside its field and nothing is saved`(form: String, told: String) async throws {
        try await withTenants { norte, _ in
            let owner = try await norte.signIn([.settingsManage], as: "Olga")
            let answer = try await Self.post(norte, form, as: owner)
            #expect(answer.status == .unprocessableContent && answer.text.contains(told))
            #expect(norte.present == norte.tenant)
        }
    }

    @Test func `who may not manage the settings neither sees nor changes them, nor the platform's side`() async throws {
        try await withTenants { norte, _ in
            let cashier = try await norte.signIn([.customersRead], as: "Beto")
            #expect(try await Self.post(norte, "name=Mia", as: cashier).status == .forbidden)
            let owner = try await norte.signIn([.settingsManage], as: "Olga")
            let sneaky = "name=N&zone=America%2FLima&state=active&customer_limit=9999&plan=Oro"
            #expect(try await Self.post(norte, sneaky, as: owner).status == .badRequest)
            // Nor by SQL: the tenants' role may touch neither the platform's table nor another tenant's settings.
            for sql: SQL in [
                "UPDATE tenants SET customer_limit = NULL",
                "SELECT put_brand((SELECT gen_random_uuid()), 0, 0, NULL)",
                "SELECT record_event(gen_random_uuid(), 'x', '{}')",
                "SELECT append_events((SELECT gen_random_uuid()), '{}')",
            ] {
                await #expect(throws: DatabaseError.self) { try await norte.database.execute(sql) }
            }
        }
    }

    @Test func `a page speaks in the courtesy the company chose`() async throws {
        try await withTenants { norte, _ in
            try await norte.set("courtesy = 'vos', state = 'suspended'")
            let owner = try await norte.signIn([.settingsManage], as: "Olga")
            let page = try await norte.ask(Self.gate(of: norte), "/panel/company", headers: ["Cookie": owner])
            #expect(page.text.contains("podés ver todo"))
            let stranger = try await norte.ask(Self.gate(of: norte), "/panel/company")
            #expect(stranger.text.contains("Iniciá sesión para continuar"))
        }
    }

    @Test func `every text of the settings is whole`() {
        #expect(SettingsWords.problems + CompanyStateWords.problems + CountryWords.problems == [])
    }
}

private final class Moved: Sendable {
    let zone = Mutex("")
}
