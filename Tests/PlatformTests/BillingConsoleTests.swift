import Access
import Customers
import Events
import HTTP
import Identifiers
import Locale
import Panel
import Postgres
import Tenancy
import TenantSupport
import TestSupport
import Testing
import Time

@testable import Platform
@testable import PlatformBilling

@Suite struct BillingConsoleTests {
    /// With a bill of 49 dollars for each month since that day.
    private static func bill(_ tenant: TestTenant, since day: String) async throws {
        try await tenant.set("plan = 'Crece', plan_price = 4900, plan_currency = 'USD', billed_from = '\(day)'")
        let books = PlatformBooks(database: tenant.site.test.database, randomness: tenant.site.randomness)
        try await books.raiseBills(
            of: #require(tenant.present), by: .commandLine, at: tenant.now,
            in: tenant.site.platform.database)
    }

    private static func payment(
        _ amount: String, day: String = "2026-11-18", form: Int = 1, reference: String = "SPEI+77"
    ) -> String {
        let form = UUID(high: 3, low: UInt64(form))
        return "form=\(form)&amount=\(amount)&currency=USD&day=\(day)&method=transfer&reference=\(reference)"
    }

    private static func posting(_ kind: PlatformPosting.Kind, of tenant: TestTenant) async throws -> PlatformPosting {
        try #require(
            try await tenant.database.platformPostings().sorted { $0.id < $1.id }.first { $0.kind == kind })
    }

    @Test func `a payment is written down once, reversed once, and both sides read the same`() async throws {
        try await withTenants { norte, sur in
            let fixture = try await PlatformFixture(norte)
            let petra = try await fixture.platform.signInAdmin()
            let olga = try await norte.signIn([.settingsManage], as: "Olga")
            let rita = try await sur.signIn([.settingsManage], as: "Rita")
            try await Self.bill(norte, since: "2026-10-18")
            let path = "/platform/billing/\(norte.tenant.id)"
            let asked = try await fixture.get("\(path)/payments/new", as: petra).text
            #expect(asked.contains("name=\"form\"") && asked.contains("98.00"))

            for _ in 0..<2 {
                let paid = try await fixture.post("\(path)/payments", Self.payment("50"), as: petra)
                #expect(paid.headers["Location"] == "\(path)?notice=payment_registered")
            }
            for page in [
                try await fixture.get(path, as: petra).text,
                try await fixture.get(at: norte, "/panel/plan", as: olga).text,
            ] {
                for text in [
                    "Factura n.º 1", "Factura n.º 2", "Pagada", "Parcial", "48.00 pendiente", "SPEI 77",
                    "Transferencia", "18/10/2026 – 17/11/2026",
                ] {
                    #expect(page.contains(text), "\(text)")
                }
            }
            let other = try await fixture.get(at: sur, "/panel/plan", as: rita).text
            #expect(other.contains("Todavía no hay facturas.") && !other.contains("SPEI"))
            #expect(other.contains("No se factura"))

            let payment = try await Self.posting(.payment, of: norte)
            let question = try await fixture.get("\(path)/postings/\(payment.id)/undo", as: petra)
            #expect(question.text.contains("Reversar pago") && question.text.contains("50.00"))
            let reasonless = try await fixture.post("\(path)/postings/\(payment.id)/undo", "why=+", as: petra)
            #expect(reasonless.status == .unprocessableContent && reasonless.text.contains("Escriba el motivo."))
            for _ in 0..<2 {
                let reversed = try await fixture.post(
                    "\(path)/postings/\(payment.id)/undo", "why=Cheque+sin+fondos", as: petra)
                #expect(reversed.status == .seeOther)
            }
            let bill = try await Self.posting(.bill, of: norte)
            #expect(
                try await fixture.post("\(path)/postings/\(bill.id)/undo", "why=Cortes%C3%ADa", as: petra).status
                    == .seeOther)
            let after = try await fixture.get(path, as: petra).text
            for text in ["49.00 pendiente", "Anulada", "Motivo: Cheque sin fondos", "Motivo: Cortesía", "Sin efecto"] {
                #expect(after.contains(text), "\(text)")
            }
            #expect(
                try await norte.record().suffix(3) == [
                    "platform.payment_registered Plataforma (Petra)", "platform.payment_reversed Plataforma (Petra)",
                    "platform.bill_annulled Plataforma (Petra)",
                ])
            #expect(
                try await fixture.platform.record().suffix(3) == [
                    "platform.payment_registered Petra", "platform.payment_reversed Petra",
                    "platform.bill_annulled Petra",
                ])
            let audit = try await fixture.get("/platform/audit", as: petra).text
            for text in ["Registró un pago a la plataforma", "Anuló una factura", "USD\u{A0}50.00", "Transferencia"] {
                #expect(audit.contains(text), "\(text)")
            }
        }
    }

    /// Payments as they were taken before amounts had a bound.
    @Test func `payments that no column can sum take down no page, not even undone`() async throws {
        try await withTenants { norte, sur in
            let fixture = try await PlatformFixture(norte)
            let petra = try await fixture.platform.signInAdmin()
            let olga = try await norte.signIn([.settingsManage], as: "Olga")
            try await Self.bill(norte, since: "2026-10-18")
            try await Self.bill(sur, since: "2026-10-18")
            let owner = try norte.site.test.superuser()
            try owner.execute(
                "ALTER TABLE platform_postings DROP CONSTRAINT IF EXISTS platform_postings_amount_is_bounded")
            for _ in 1...3 {
                try owner.execute(
                    """
                    INSERT INTO platform_postings (
                        tenant_id, posting_id, kind, debit, credit, amount, currency, day, method, author, made_at)
                    VALUES ('\(norte.tenant.id)', gen_random_uuid(), 'payment', 'cash', 'receivable',
                        9223372036854775807, 'USD', '2026-11-01', 'transfer', 'Petra', now())
                    """)
            }
            let path = "/platform/billing/\(norte.tenant.id)"
            func pagesAreThere() async throws {
                for page in ["/platform/billing", path, "\(path)/payments/new"] {
                    #expect(try await fixture.get(page, as: petra).status == .ok, "\(page)")
                }
                #expect(try await fixture.get(at: norte, "/panel/plan", as: olga).status == .ok)
                #expect(try await fixture.get("/platform/billing", as: petra).text.contains(sur.tenant.name))
            }
            try await pagesAreThere()
            for posting in try await norte.database.platformPostings() where posting.kind == .payment {
                let undone = try await fixture.post("\(path)/postings/\(posting.id)/undo", "why=Prueba", as: petra)
                #expect(undone.status == .seeOther)
            }
            try await pagesAreThere()
            #expect(try await fixture.get(path, as: petra).text.contains("49.00 pendiente"))
        }
    }

    @Test(arguments: [
        ("cero", "2026-11-18"), ("0", "2026-11-18"), ("-5", "2026-11-18"), ("1.234.5", "2026-11-18"),
        ("", "2026-11-18"),
        ("5", "2026-11-20"), ("5", "2020-01-01"), ("5", "2026-02-30"), ("99999999999999999999", "2026-11-18"),
        ("10000000000.01", "2026-11-18"),
    ])
    func `a payment that cannot be is told beside its field, and nothing is written`(
        amount: String, day: String
    ) async throws {
        try await withTenants { norte, _ in
            let fixture = try await PlatformFixture(norte)
            let petra = try await fixture.platform.signInAdmin()
            let answer = try await fixture.post(
                "/platform/billing/\(norte.tenant.id)/payments", Self.payment(amount, day: day, reference: "%3Cb%3E"),
                as: petra)
            #expect(answer.status == .unprocessableContent && answer.text.contains("field-wrong"))
            #expect(answer.text.contains("value=\"&lt;b") && answer.text.contains("\(UUID(high: 3, low: 1))"))
            #expect(try await norte.database.platformPostings().isEmpty)
        }
    }

    @Test func `the list begins with what is overdue, and its filter is an address`() async throws {
        try await withTenants { norte, sur in
            let fixture = try await PlatformFixture(norte)
            try await Self.bill(norte, since: "2026-11-18")
            norte.site.clock.advance(by: .seconds(11 * 86_400))
            let petra = try await fixture.platform.signInAdmin()
            try await Self.bill(sur, since: "2026-11-01")
            let olga = try await norte.signIn([.settingsManage], as: "Olga")
            let beto = try await norte.signIn([.customersRead], as: "Beto")
            let list = try await fixture.get("/platform/billing", as: petra).text
            let cells = list.split(separator: "<td>").map(String.init)
            let first = cells.firstIndex { $0.contains("Norte Inalámbrico</a>") }
            #expect(try #require(first) < #require(cells.firstIndex { $0.contains("Sur Fibra</a>") }))
            #expect(list.contains("98.00") && list.contains("Ninguna empresa se suspende automáticamente"))
            let overdue = try await fixture.get("/platform/billing?state=overdue", as: petra).text
            #expect(overdue.contains("Norte Inalámbrico") && !overdue.contains("Sur Fibra"))
            let found = try await fixture.get("/platform/billing?q=FIBRA", as: petra).text
            #expect(!found.contains("Norte Inalámbrico") && found.contains("Sur Fibra"))
            // Those who can settle it are told on their first page, until it is.
            let told = "Hay una factura vencida"
            #expect(try await fixture.get(at: norte, "/panel", as: olga).text.contains(told))
            #expect(try await !fixture.get(at: norte, "/panel", as: beto).text.contains(told))
            #expect(try await fixture.get(at: norte, "/panel/plan", as: beto).status == .forbidden)
            let pay = Self.payment("60", day: "2026-11-29")
            #expect(
                try await fixture.post("/platform/billing/\(norte.tenant.id)/payments", pay, as: petra).status
                    == .seeOther)
            #expect(try await !fixture.get(at: norte, "/panel", as: olga).text.contains(told))
            let favour = try await fixture.get("/platform/billing?state=favour", as: petra).text
            #expect(favour.contains("11.00 a favor") && favour.contains("60.00"))
        }
    }

    @Test func `a bill is printed for its company and for the platform, and for no neighbour`() async throws {
        try await withTenants { norte, sur in
            let fixture = try await PlatformFixture(norte)
            let petra = try await fixture.platform.signInAdmin(as: .observer)
            try await Self.bill(norte, since: "2026-11-18")
            let bill = try await Self.posting(.bill, of: norte)
            let olga = try await norte.signIn([.settingsManage], as: "Olga")
            let rita = try await sur.signIn([.settingsManage], as: "Rita")
            let paper = try await fixture.get(at: norte, "/panel/plan/bills/\(bill.id)", as: olga)
            #expect(paper.status == .ok && paper.headers["Content-Disposition"]?.contains("factura-1.pdf") == true)
            #expect(paper.text.hasPrefix("%PDF"))
            let same = try await fixture.get("/platform/billing/\(norte.tenant.id)/bills/\(bill.id)", as: petra)
            #expect(same.status == .ok && same.text == paper.text)
            #expect(try await fixture.get(at: sur, "/panel/plan/bills/\(bill.id)", as: rita).status == .notFound)

            var routes = Panel.Routes()
            MyPlanRoutes(printer: BillPrinter(database: norte.site.test.database, in: .full), figures: []).add(
                to: &routes)
            let busy = try await norte.ask(
                norte.gate(routes, credential: Panel.credential, refuse: Panel.refuse), "/panel/plan/bills/\(bill.id)",
                headers: ["Cookie": olga])
            #expect(busy.status == .serviceUnavailable && busy.headers["Retry-After"] == "2")
            let crossed = "/platform/billing/\(sur.tenant.id)/bills/\(bill.id)"
            #expect(try await fixture.get(crossed, as: petra).status == .notFound)
        }
    }

    @Test func `an observer reads what companies owe, and changes none of it`() async throws {
        try await withTenants { norte, sur in
            let fixture = try await PlatformFixture(norte)
            let observer = try await fixture.platform.signInAdmin(as: .observer)
            try await Self.bill(norte, since: "2026-11-18")
            let bill = try await Self.posting(.bill, of: norte)
            let path = "/platform/billing/\(norte.tenant.id)"
            let page = try await fixture.get(path, as: observer)
            #expect(page.status == .ok && !page.text.contains("Anular factura"))
            #expect(!page.text.contains("Registrar pago"))
            for path in ["\(path)/payments/new", "\(path)/postings/\(bill.id)/undo"] {
                #expect(try await fixture.get(path, as: observer).status == .forbidden)
            }
            #expect(try await fixture.post("\(path)/payments", Self.payment("5"), as: observer).status == .forbidden)
            #expect(
                try await fixture.post("\(path)/postings/\(bill.id)/undo", "why=x", as: observer).status == .forbidden)
            // A bill is another company's, whatever the address says.
            let petra = try await fixture.platform.signInAdmin()
            let crossed = "/platform/billing/\(sur.tenant.id)/postings/\(bill.id)/undo"
            #expect(try await fixture.get(crossed, as: petra).status == .notFound)
            #expect(try await fixture.post(crossed, "why=x", as: petra).status == .notFound)
            #expect(try await norte.database.platformPostings().count == 1)
        }
    }

    @Test func `what began before a change of plan or a suspension is billed as it was agreed`() async throws {
        try await withTenants { norte, _ in
            let fixture = try await PlatformFixture(norte)
            let petra = try await fixture.platform.signInAdmin()
            try await norte.set("plan_price = 4900, plan_currency = 'USD', billed_from = '2026-11-17'")
            let path = "/platform/tenants/\(norte.tenant.id)"
            let plan =
                "plan=Crece&customers=&staff=&routers=&price=99&price_currency=USD&cycle=monthly&trial_ends="
            #expect(try await fixture.post("\(path)/plan", plan, as: petra).status == .seeOther)
            norte.site.clock.advance(by: .seconds(31 * 86_400))
            let quim = try await fixture.platform.signInAdmin(named: "Quim")
            #expect(try await fixture.post("\(path)/suspend", "why=Debe", as: quim).status == .seeOther)
            let bills = try await norte.database.platformPostings().sorted { $0.id < $1.id }
            #expect(bills.map(\.amount.minor) == [4900, 9900])
            #expect(bills.map(\.bill?.period.from.iso) == ["2026-11-17", "2026-12-17"])
        }
    }

    @Test func `a company made without a trial is billed from its first day`() async throws {
        try await withTenants { norte, _ in
            let fixture = try await PlatformFixture(norte)
            let petra = try await fixture.platform.signInAdmin()
            let form =
                "name=Fibra+Andina&slug=andina&country=PE&currency=PEN&language=es&courtesy=usted&zone=America%2FLima&state=active&trial_ends=&plan=Crece&customers=&staff=&routers=&price=49&price_currency=USD&cycle=monthly&admin_name=Rita&admin_email=rita%40example.com"
            let answer = try await fixture.post("/platform/tenants", form, as: petra)
            try #require(answer.status == .ok, "\(answer.text)")
            let made = try #require(norte.site.tenant(at: "andina.test"))
            #expect(made.tenant.billedFrom == made.tenant.timeZone.day(at: norte.now))
        }
    }

    @Test func `every word is there in every language`() {
        #expect(BillingConsoleWords.problems == [])
    }
}
