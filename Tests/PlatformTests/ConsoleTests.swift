import Access
import Customers
import HTTP
import Identifiers
import Identity
import Locale
import Panel
import Postgres
import Roles
import Tenancy
import TenantSupport
import TestSupport
import Testing
import Time

@testable import Platform

@Suite struct ConsoleTests {
    private static let pages = [
        "/platform/tenants", "/platform/domains", "/platform/visits", "/platform/health", "/platform/backups",
        "/platform/isolation", "/platform/versions", "/platform/audit",
    ]

    @Test func `every page shows itself to the platform's people, and to nobody else`() async throws {
        try await withTenants { norte, sur in
            let fixture = try await PlatformFixture(norte)
            let observer = try await fixture.platform.signInAdmin(as: .observer, named: "Quim")
            let owner = try await norte.signIn(norte.everything, as: "Olga")
            let paths = Self.pages + ["/platform/tenants/\(sur.tenant.id)"]
            for path in paths {
                let page = try await fixture.get(path, as: observer)
                #expect(page.status == .ok && page.text.contains("class=\"panel console\""), "\(path)")
                #expect(try await fixture.get(path).status == .unauthorized)
                #expect(try await fixture.get(path, as: owner).status == .unauthorized)
                // At a tenant's own host there is no console, whatever the cookie; and no panel at the console's.
                for cookie in [owner, observer] {
                    let there = try await norte.ask(fixture.console, path, headers: ["Cookie": cookie])
                    #expect(there.status == .misdirectedRequest)
                }
            }
            let panel = fixture.panel(of: norte)
            let misdirected = try await norte.ask(
                panel, "/panel/customers", host: fixture.platform.host, headers: ["Cookie": observer])
            #expect(misdirected.status == .misdirectedRequest)
            #expect(try await fixture.get("/platform", as: observer).headers["Location"] == "/platform/tenants")
        }
    }

    @Test func `an observer looks and touches nothing`() async throws {
        try await withTenants { norte, _ in
            let fixture = try await PlatformFixture(norte)
            let observer = try await fixture.platform.signInAdmin(as: .observer)
            for path in [
                "/platform/admins", "/platform/tenants/new", "/platform/tenants/\(norte.tenant.id)/admins/new",
            ] {
                #expect(try await fixture.get(path, as: observer).status == .forbidden)
            }
            let page = try await fixture.get("/platform/tenants/\(norte.tenant.id)", as: observer)
            #expect(page.status == .ok && !page.text.contains("Entrar como"))
            let id = norte.tenant.id
            for path in [
                "/platform/tenants/\(id)/enter", "/platform/tenants/\(id)/suspend", "/platform/tenants/\(id)/resume",
                "/platform/tenants/\(id)/plan", "/platform/tenants/\(id)/admins", "/platform/tenants",
                "/platform/tenants/\(id)/export", "/platform/tenants/\(id)/close",
                "/platform/admins", "/platform/admins/\(id)/disable",
                "/platform/dead-jobs/\(id)/retry", "/platform/dead-jobs/\(id)/discard", "/platform/visits/\(id)/end",
            ] {
                #expect(
                    try await fixture.post(path, PlatformFixture.wish, as: observer).status == .forbidden, "\(path)")
            }
        }
    }

    @Test func `companies are listed with their size, and found by name and state`() async throws {
        try await withTenants { norte, sur in
            let fixture = try await PlatformFixture(norte)
            let petra = try await fixture.platform.signInAdmin()
            _ = try await norte.staff([], as: "Beto")
            let list = try await fixture.get("/platform/tenants", as: petra).text
            #expect(
                list.contains("Norte Inalámbrico") && list.contains("Sur Fibra")
                    && !list.contains(">Plataforma</a></td>"))
            let found = try await fixture.get("/platform/tenants?q=FIBRA&state=active", as: petra).text
            #expect(!found.contains("Norte Inalámbrico") && found.contains("Sur Fibra"))
            let none = try await fixture.get("/platform/tenants?q=%3Cb%3E&state=closed", as: petra).text
            #expect(none.contains("Ninguna empresa con este filtro.") && !none.contains("<b>"))
            let page = try await fixture.get("/platform/tenants/\(norte.tenant.id)", as: petra).text
            #expect(page.contains("norte.test") && page.contains("<dt>Usuarios activos</dt><dd>1, sin límite</dd>"))
            #expect(try await fixture.get("/platform/tenants/\(Tenant.ID.platform)", as: petra).status == .notFound)
        }
    }

    @Test func `a company is suspended for a reason that it reads, and taken back, in both records`() async throws {
        try await withTenants { norte, sur in
            let fixture = try await PlatformFixture(norte)
            let petra = try await fixture.platform.signInAdmin()
            let olga = try await norte.signIn(norte.everything, as: "Olga")
            let path = "/platform/tenants/\(norte.tenant.id)"
            let reasonless = try await fixture.post("\(path)/suspend", "why=+", as: petra)
            #expect(reasonless.status == .unprocessableContent && reasonless.text.contains("Escriba el motivo."))
            let form = "why=Falta+el+pago+de+julio"
            #expect(try await fixture.post("\(path)/suspend", form, as: petra).status == .seeOther)
            // Once more does nothing more.
            #expect(try await fixture.post("\(path)/suspend", form, as: petra).status == .seeOther)
            try await norte.readAnew()
            let page = try await fixture.get(path, as: petra).text
            #expect(page.contains("Falta el pago de julio") && page.contains("Reactivar la empresa"))
            let panel = try await fixture.get(at: norte, "/panel/customers", as: olga)
            #expect(panel.status == .ok && panel.text.contains("Falta el pago de julio"))
            let refused = try await fixture.post(at: norte, "/panel/roles", "name=x", as: olga)
            #expect(refused.status == .forbidden)
            #expect(sur.present?.state == .active)
            #expect(try await fixture.post("\(path)/resume", "why=Pagaron", as: petra).status == .seeOther)
            #expect(
                try await norte.record().suffix(2)
                    == ["company.suspended Plataforma (Petra)", "company.resumed Plataforma (Petra)"])
            #expect(
                try await fixture.platform.record().suffix(2)
                    == ["platform.company_suspended Petra", "platform.company_resumed Petra"])
            let nobody = try await fixture.post("/platform/tenants/\(Tenant.ID.platform)/suspend", form, as: petra)
            #expect(nobody.status == .notFound)
        }
    }

    @Test func `what a company may have is changed once, and stands in both records`() async throws {
        try await withTenants { norte, sur in
            let fixture = try await PlatformFixture(norte)
            let petra = try await fixture.platform.signInAdmin()
            let path = "/platform/tenants/\(norte.tenant.id)"
            try await norte.set("state = 'trial', trial_ends_on = '2026-12-01'")
            let asked = try await fixture.get("\(path)/plan", as: petra).text
            #expect(asked.contains("value=\"2026-12-01\"") && asked.contains("Vacío es sin límite."))
            let wrong = try await fixture.post(
                "\(path)/plan",
                "plan=Crece&customers=muchos&staff=-1&routers=&price=caro&price_currency=USD&cycle=yearly&trial_ends=2026-02-30",
                as: petra)
            #expect(wrong.status == .unprocessableContent && wrong.text.contains("value=\"muchos\""))
            #expect(wrong.text.split(separator: "class=\"error\"").count == 5 && wrong.text.contains("value=\"caro\""))
            #expect(norte.present?.plan.name == norte.tenant.plan.name)

            let form =
                "plan=Crece&customers=&staff=0&routers=3&price=1,200.50&price_currency=USD&cycle=yearly&trial_ends=2027-01-15"
            #expect(try await fixture.post("\(path)/plan", form, as: petra).status == .seeOther)
            // Once more changes nothing, and nothing is written.
            #expect(try await fixture.post("\(path)/plan", form, as: petra).status == .seeOther)
            try await norte.readAnew()
            let plan = try #require(norte.present?.plan)
            #expect(plan.name == "Crece" && plan.customers == nil && plan.staff == 0 && plan.routers == 3)
            #expect(plan.price == Money(minor: 120_050, .usd) && plan.cycle == .yearly)
            #expect(try await fixture.get(path, as: petra).text.contains("1,200.50 al año"))
            #expect(try await fixture.get("\(path)/plan", as: petra).text.contains("value=\"1,200.50\""))
            let record = try await fixture.get("/platform/audit", as: petra).text
            #expect(record.contains("USD\u{A0}1,200.50") && record.contains("Anual"))
            #expect(norte.present?.trialEndsOn?.iso == "2027-01-15")
            #expect(sur.present?.plan == sur.tenant.plan)
            #expect(try await norte.record().filter { $0.hasPrefix("company.changed") }.count == 1)
            #expect(try await norte.record().last == "company.changed Plataforma (Petra)")
            #expect(try await fixture.platform.record().last == "platform.plan_changed Petra")

            #expect(asked.contains("Pasar a activa"))
            #expect(try await fixture.post("\(path)/plan", form + "&active=yes", as: petra).status == .seeOther)
            try await norte.readAnew()
            #expect(norte.present?.state == .active && norte.present?.billedFrom?.iso == "2027-01-16")
            #expect(try await fixture.get("/platform/audit", as: petra).text.contains("Activa"))
            #expect(try await !fixture.get("\(path)/plan", as: petra).text.contains("Pasar a activa"))
        }
    }

    @Test func `a failed job is shown with its reason, and goes back into the queue once`() async throws {
        try await withTenants { norte, sur in
            let fixture = try await PlatformFixture(norte)
            let petra = try await fixture.platform.signInAdmin()
            try norte.site.test.superuser().execute(
                """
                INSERT INTO dead_jobs (tenant_id, job_id, kind, payload, priority, due_at, attempts, max_attempts, reason, died_at)
                SELECT '\(norte.tenant.id)', ('00000000-0000-0000-0000-00000000000' || n)::uuid, 'network.cut', '{}', 1, now(), 20, 20,
                    'el router no respondió', now() FROM generate_series(1, 2) n
                """)
            let page = try await fixture.get("/platform/health", as: petra).text
            for text in [
                "network.cut", "el router no respondió", "Norte Inalámbrico", "20 intentos", "Nadie hace tareas",
            ] {
                #expect(page.contains(text), "\(text)")
            }
            let job = "/platform/dead-jobs/00000000-0000-0000-0000-000000000001"
            let form = "tenant=\(norte.tenant.id)&kind=network.cut"
            // It is Norte's job, and no other tenant's name opens it.
            let foreign = try await fixture.post(
                "\(job)/retry", "tenant=\(sur.tenant.id)&kind=network.cut", as: petra)
            #expect(foreign.status == .notFound)
            #expect(try await fixture.post("\(job)/retry", form, as: petra).status == .seeOther)
            #expect(try await fixture.post("\(job)/retry", form, as: petra).status == .notFound)
            let other = "/platform/dead-jobs/00000000-0000-0000-0000-000000000002"
            #expect(try await fixture.post("\(other)/discard", form, as: petra).status == .seeOther)
            let left = try norte.site.test.superuser().column(
                "SELECT state || ' ' || (SELECT count(*) FROM dead_jobs) FROM jobs WHERE kind = 'network.cut'")
            #expect(left == ["queued 0"])
            #expect(
                try await fixture.platform.record().suffix(2)
                    == ["platform.job_retried Petra", "platform.job_discarded Petra"])
            #expect(try await fixture.get("/platform/health", as: petra).text.contains("Ninguna tarea falló."))
        }
    }

    @Test func `the console warns when there is no backup, or one that cannot be restored`() async throws {
        try await withTenants { norte, _ in
            let fixture = try await PlatformFixture(norte)
            let petra = try await fixture.platform.signInAdmin()
            func page() async throws -> String { try await fixture.get("/platform/backups", as: petra).text }
            let (platform, now) = (norte.site.test.database.platform, norte.now)
            func note(_ kind: BackupRun.Kind, endedAt: Instant, _ faults: [String] = []) async throws {
                let run = BackupRun(
                    kind, beganAt: endedAt - .seconds(30), endedAt: endedAt, label: "20261201-030000F",
                    bytes: 5 << 20, restoredTo: kind == .drill ? endedAt - .seconds(45) : nil, faults: faults)
                try await platform.record(run, as: .v7(milliseconds: endedAt.milliseconds, from: .system))
            }
            #expect(try await page().contains("No hay ningún respaldo."))
            try await note(.backup, endedAt: now - .seconds(30 * 3600))
            #expect(try await page().contains("El último respaldo tiene más de un día."))
            try await note(.backup, endedAt: now - .seconds(3600))
            try await note(.drill, endedAt: now - .seconds(3500), ["the sequence a is behind <b>"])
            let broken = try await page()
            #expect(broken.contains("no pasó la prueba de restauración") && broken.contains("is behind &lt;b&gt;"))
            try await note(.drill, endedAt: now - .seconds(3400))
            let whole = try await page()
            #expect(!whole.contains("notice-warn") && whole.contains("5 MiB") && whole.contains("15 s"))
            try await note(.backup, endedAt: now, ["no space left on device"])
            #expect(try await page().contains("El último respaldo falló."))
        }
    }

    @Test func `the proof of isolation is made when it is asked for`() async throws {
        try await withTenants { norte, _ in
            let whole = try await PlatformFixture(norte)
            let petra = try await whole.platform.signInAdmin()
            let page = try await whole.get("/platform/isolation", as: petra).text
            #expect(page.contains("las empresas están separadas") && page.contains("customers"))
            #expect(page.contains("1 política · obligatoria"))
            let broken = try await PlatformFixture(norte) {
                ["Table customers has 0 policies, not one", "Role x owns y"]
            }
            let warned = try await broken.get("/platform/isolation", as: petra).text
            #expect(warned.contains("Hay 2 reglas rotas") && warned.contains("Table customers has 0 policies, not one"))
            #expect(warned.contains("Role x owns y"))
        }
    }

    @Test func `an admin is invited by another, and signs in at the console only`() async throws {
        try await withTenants { norte, _ in
            let fixture = try await PlatformFixture(norte)
            let petra = try await fixture.platform.signInAdmin()
            let wrong = try await fixture.post("/platform/admins", "name=&email=nada&role=platform_admin", as: petra)
            #expect(wrong.status == .unprocessableContent && wrong.text.contains("Escriba un nombre."))
            let form = "name=Quim&email=quim%40example.com&role=platform_observer"
            let answer = try await fixture.post("/platform/admins", form, as: petra)
            #expect(answer.status == .ok && answer.text.contains("http://plataforma.test/panel/enter/msl_"))
            #expect(try await fixture.post("/platform/admins", form, as: petra).status == .conflict)
            #expect(try await fixture.get("/platform/admins", as: petra).text.contains("Observador (lectura)"))
            #expect(try await norte.database.staffMember(email: "quim@example.com") == nil)
        }
    }

    /// The last line of defence: whoever writes it, and however.
    @Test(arguments: [
        "INSERT INTO role_permissions SELECT tenant_id, role_id, 'platform.manage', true FROM roles WHERE tenant_id = '{tenant}' LIMIT 1",
        "UPDATE staff SET permissions = '{customers.read,platform.read}' WHERE tenant_id = '{tenant}'",
        "UPDATE api_tokens SET permissions = '{platform.read}' WHERE tenant_id = '{tenant}'",
        "UPDATE api_tokens SET tenant_id = '00000000-0000-0000-0000-000000000001' WHERE tenant_id = '{tenant}'",
        "INSERT INTO role_permissions SELECT tenant_id, role_id, 'customers.read', true FROM roles WHERE tenant_id = '00000000-0000-0000-0000-000000000001' LIMIT 1",
        "UPDATE impersonations SET permissions = '{tokens.manage}' WHERE tenant_id = '{tenant}'",
        "UPDATE impersonations SET permissions = '{platform.enter}' WHERE tenant_id = '{tenant}'",
        "UPDATE impersonations SET reason = 'corto' WHERE tenant_id = '{tenant}'",
        "UPDATE impersonations SET expires_at = made_at + interval '2 hours' WHERE tenant_id = '{tenant}'",
    ])
    func `the database itself keeps the platform's power out of tenants`(statement: String) async throws {
        try await withTenants { norte, _ in
            let fixture = try await PlatformFixture(norte)
            _ = try await fixture.enter(norte, as: try await fixture.platform.signInAdmin())
            _ = try await norte.staff([], as: "Beto")
            _ = try await norte.token([])
            let text = statement.replacing("{tenant}", with: "\(norte.tenant.id)")
            #expect(throws: DatabaseError.self) { try norte.site.test.superuser().execute(text) }
        }
    }

    @Test func `every text of the console is written in every language`() {
        #expect(PlatformWords.problems == [])
        #expect(TenantWords.problems + NewTenantWords.problems + ClosingWords.problems + PlanWords.problems == [])
        #expect(ImpersonationWords.problems + CrashWords.problems + BackupWords.problems == [])
    }
}
