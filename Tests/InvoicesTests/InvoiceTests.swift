import API
import Access
import BankAccounts
import Billing
import Declarations
import Documents
import Events
import HTTP
import Identifiers
import Ledger
import Locale
import Nouns
import Panel
import Postgres
import Sandbox
import ShellSupport
import Tenancy
import TenantSupport
import TestSupport
import Testing
import Time

@testable import Customers
@testable import Invoices
@testable import Services

@Suite struct InvoiceTests {
    private static let clerk: [Permission] = [
        .invoicesView, .invoicesIssue, .invoicesRun, .invoicesVoid, .billingPolicy, .customersRead,
    ]

    private static func person(_ tenant: TestTenant, _ permissions: [Permission] = clerk) async throws -> Person {
        try await Person(tenant, permissions) { routes, randomness in
            InvoiceRoutes(
                InvoiceActs(randomness: randomness), InvoicePrinter(in: .tests), randomness: randomness, files: .tests
            ).add(to: &routes)
            BillingRoutes(randomness: randomness, files: .tests).add(to: &routes)
        }
    }

    @Test func `an invoice by hand, credited in part, and voided once its notes are`() async throws {
        try await withBilling { norte, sur in
            let ana = try await norte.makeCustomer("Ana")
            let (acts, today) = (norte.invoicing, norte.today)
            let clerk = norte.on(today)
            let invoice = try await acts.issue(
                [
                    .init(name: "Visita técnica", quantity: 2, price: norte.money(25_000)),
                    .init(name: "Cable", price: norte.money(10_000), isExempt: true),
                ],
                to: ana, in: nil, note: "Pedido 7", of: norte.tenant, by: clerk, in: norte.database)
            #expect(invoice.total == norte.money(60_000) && invoice.folio == "F-000001")
            #expect(try await norte.balance(of: ana) == 60_000)

            await #expect(throws: InvoiceRefusal.moreThanInvoiced) {
                try await acts.credit(
                    norte.money(60_001), of: invoice.id, because: "Falla", of: norte.tenant, by: clerk,
                    in: norte.database)
            }
            await #expect(throws: InvoiceRefusal.moreThanInvoiced) {
                try await acts.credit(
                    norte.money(0), of: invoice.id, because: "Falla", of: norte.tenant, by: clerk, in: norte.database)
            }
            let note = try await acts.credit(
                norte.money(20_000), of: invoice.id, because: "Falla", of: norte.tenant, by: clerk, in: norte.database)
            #expect(note.folio == "NC-000001" && note.corrects == invoice.id && note.total == norte.money(20_000))
            // Of 600 were 500 taxed, so five sixths of the note are.
            #expect(note.taxes.map(\.amount.minor) == [2299])
            #expect(try await norte.database.invoice(invoice.id, on: today)?.open == norte.money(40_000))
            await #expect(throws: InvoiceRefusal.moreThanInvoiced) {
                try await acts.credit(
                    norte.money(40_001), of: invoice.id, because: "Falla", of: norte.tenant, by: clerk,
                    in: norte.database)
            }

            await #expect(throws: InvoiceRefusal.hasCreditNotes) {
                try await acts.void(
                    invoice.id, because: "Error", issuingAnew: false, of: norte.tenant, by: clerk, in: norte.database)
            }
            await #expect(throws: AccessRefusal.notFound) {
                try await acts.void(
                    invoice.id, because: "Error", issuingAnew: false, of: sur.tenant, by: sur.on(today),
                    in: sur.database)
            }
            for id in [note.id, invoice.id] {
                let voided = try await acts.void(
                    id, because: "Error", issuingAnew: false, of: norte.tenant, by: clerk, in: norte.database)
                #expect(voided.state == .voided && voided.voidReason == "Error")
            }
            await #expect(throws: InvoiceRefusal.voidedAlready) {
                try await acts.void(
                    invoice.id, because: "Error", issuingAnew: false, of: norte.tenant, by: clerk, in: norte.database)
            }
            #expect(try await norte.balance(of: ana) == 0)
            #expect(try await norte.faults() == [])
        }
    }

    @Test func `what was paid of a voided invoice is in favour, and the invoice anew takes it`() async throws {
        try await withBilling { norte, _ in
            let plans = try await norte.makePlans()
            let ana = try await norte.makeCustomer("Ana")
            let service = try await norte.sell(plans["Básico"], to: ana, on: "2026-05-01")
            try await norte.charge()
            try await norte.run(on: "2026-05-01")
            try await norte.pay(30_000, by: ana, on: "2026-05-03")
            try await norte.happens(
                PriceChange(price: norte.money(20_000), day: Day("2026-05-04")), to: service, on: "2026-05-04")
            let old = try #require(try await norte.invoices(on: "2026-05-04").first)
            #expect(old.state == .paid)
            let new = try await norte.invoicing.void(
                old.id, because: "Precio", issuingAnew: true, of: norte.tenant, by: norte.on(Day("2026-05-04")),
                in: norte.database)
            #expect(new.corrects == old.id && new.folio == "F-000002" && new.state == .paid)
            // Three days at 300 and 28 at 200 a month.
            #expect(new.total == norte.money(20_968))
            #expect(try await norte.balance(of: ana) == 20_968 - 30_000)
            #expect(try await norte.run(on: "2026-05-05").isEmpty)
            #expect(try await norte.run(on: "2026-06-01").total == norte.money(20_000))
            await #expect(throws: InvoiceRefusal.periodsFollow) {
                try await norte.invoicing.void(
                    new.id, because: "Otra vez", issuingAnew: true, of: norte.tenant, by: norte.on(Day("2026-06-02")),
                    in: norte.database)
            }
            // Voided for good, the month is given away and no difference of it is charged later.
            let june = try #require(try await norte.invoices(on: "2026-06-02").last)
            _ = try await norte.invoicing.void(
                june.id, because: "Cortesía", issuingAnew: false, of: norte.tenant, by: norte.on(Day("2026-06-02")),
                in: norte.database)
            #expect(try await norte.run(on: "2026-07-01").total == norte.money(20_000))
            #expect(try await norte.faults() == [])
        }
    }

    @Test func `the page Facturar shows what it then issues, and sets up first`() async throws {
        try await withBilling { norte, sur in
            let plans = try await norte.makePlans()
            let ana = try await norte.makeCustomer("Ana Luz")
            let first = norte.today.month.first
            try await norte.sell(plans["Básico"], to: ana, on: first.iso)
            let clerk = try await Self.person(norte)
            #expect(try await clerk.see("/panel/billing").text.contains("Todavía no se factura"))
            #expect(try await clerk.send("/panel/billing").status == .conflict)
            for (form, told) in [
                ("first_day=1999-01-01", "Elija un día"),
                ("series=f", "Una serie tiene"),
            ] {
                let answer = try await clerk.send(
                    "/panel/billing/policy",
                    "\(form)&due_days=7&cut_share=all&grouping=customer&credit_series=NC\(form.hasPrefix("series") ? "&first_day=\(first.iso)" : "&series=F")"
                )
                #expect(answer.status == .unprocessableContent && answer.text.contains(told), "\(form)")
            }
            let set =
                "first_day=\(first.iso)&is_automatic=yes&due_days=7&cut_share=half&grouping=customer&series=F&credit_series=NC"
            #expect(try await clerk.send("/panel/billing/policy", set).status == .seeOther)
            let preview = try await clerk.see("/panel/billing").text
            #expect(preview.contains("Ana Luz") && preview.contains("$300.00") && preview.contains("Emitir todas"))
            #expect(try await clerk.see("/panel/billing?day=9999-12-31").status == .ok)
            let question = try await clerk.see("/panel/billing/new").text
            #expect(question.contains("Se emiten 1 facturas") && question.contains("$300.00"))
            let asked = try await clerk.send("/panel/billing")
            #expect(asked.status == .seeOther)
            #expect(try await clerk.see(asked.place ?? "").text.contains("Emitiendo"))
            // One at a time.
            #expect(try await clerk.send("/panel/billing").status == .conflict)
            try await norte.goOnBilling()
            #expect(try await clerk.see(asked.place ?? "").text.contains("Emitida"))
            #expect(try await clerk.see("/panel/billing").text.contains("No hay nada que facturar."))
            let stranger = try await Self.person(sur)
            #expect(try await stranger.see(asked.place ?? "").status == .notFound)
            let list = try await clerk.see("/panel/invoices").text
            #expect(list.contains("F-000001") && list.contains("Ana Luz"))
            for query in [
                "q=F-000001", "q=1", "state=pending", "month=\(first.iso)", "customer=\(ana)", "kind=invoice", "q=luz",
            ] {
                #expect(try await clerk.see("/panel/invoices?\(query)").text.contains("F-000001"), "\(query)")
            }
            for query in [
                "q=F-000009", "q=nadie", "q=99999999999999999999", "state=paid", "month=2020-01-01", "kind=credit_note",
            ] {
                let answer = try await clerk.see("/panel/invoices?\(query)")
                #expect(answer.status == .ok && !answer.text.contains("F-000001"), "\(query)")
            }
            #expect(try await clerk.download("/panel/invoices.csv").text.contains("F-000001"))
            #expect(try await clerk.see("/panel/customers/\(ana)/invoices").text.contains("F-000001"))
            let neighbour = try await Self.person(sur)
            #expect(try await !neighbour.see("/panel/invoices").text.contains("F-000001"))
        }
    }

    @Test func `an invoice is read, printed, credited and voided on its page, by those who may`() async throws {
        try await withBilling { norte, sur in
            let ana = try await norte.makeCustomer("Ana")
            var account = BankAccount(id: norte.newID())
            (account.bank, account.holder, account.interbank) = ("BBVA", "Norte S.A.", "032180000118359719")
            _ = try await account.add(of: norte.tenant, by: norte.commandLine, in: norte.database)
            let clerk = try await Self.person(norte)
            let form = try await clerk.see("/panel/customers/\(ana)/invoices/new")
            let id = try #require(form.hidden("id"))
            for (sent, told) in [
                ("name-1=&price-1=", "al menos un concepto"), ("name-1=Visita&price-1=1e18", "no es un importe"),
                ("name-1=Visita&price-1=-0.01", "no es un importe"),
                ("name-1=Visita&price-1=1.234%2C5.6", "separadores"),
                ("name-1=Visita&price-1=10&quantity-1=0", "mayor que cero"),
                ("name-1=Visita&price-1=9999999999&quantity-1=10000", "mayor que cero"),
            ] {
                let answer = try await clerk.send("/panel/customers/\(ana)/invoices", "id=\(id)&\(sent)")
                #expect(answer.status == .unprocessableContent && answer.text.contains(told), "\(sent): \(answer.text)")
            }
            for _ in 0..<2 {
                let made = try await clerk.send(
                    "/panel/customers/\(ana)/invoices", "id=\(id)&name-1=Visita&price-1=500&quantity-1=1&note=")
                #expect(made.place == "/panel/invoices/\(id)")
            }
            #expect(try await norte.invoices(on: norte.today.iso).count == 1)
            let page = try await clerk.see("/panel/invoices/\(id)").text
            #expect(page.contains("Visita") && page.contains("Pendiente") && page.contains("$500.00"))
            for paper in ["", "80", "58", "otro"] {
                let pdf = try await clerk.see("/panel/invoices/\(id)/pdf?paper=\(paper)")
                #expect(pdf.status == .ok && pdf.bytes.starts(with: Array("%PDF-".utf8)), "\(paper)")
            }
            #expect(try await clerk.see("/panel/invoices/\(id)/credit").status == .ok)
            let credited = try await clerk.send("/panel/invoices/\(id)/credit", "amount=100&reason=Falla")
            #expect(credited.status == .seeOther, "\(credited.text)")
            #expect(
                try await clerk.send("/panel/invoices/\(id)/credit", "amount=100&reason=").status
                    == .unprocessableContent)
            #expect(try await clerk.send("/panel/invoices/\(id)/void", "reason=").status == .unprocessableContent)
            let refused = try await clerk.send("/panel/invoices/\(id)/void", "reason=Error")
            #expect(refused.status == .conflict && refused.text.contains("Tiene notas de crédito"))
            let reader = try await Self.person(norte, [.invoicesView])
            #expect(try await !reader.see("/panel/invoices/\(id)").text.contains("Anular"))
            for path in ["void", "credit"] {
                #expect(
                    try await reader.send("/panel/invoices/\(id)/\(path)", "reason=x&amount=1").status == .forbidden)
            }
            let neighbour = try await Self.person(sur)
            for path in ["", "/pdf", "/void", "/credit"] {
                #expect(try await neighbour.see("/panel/invoices/\(id)\(path)").status == .notFound)
            }
        }
    }

    @Test func `whole pesos are charged in Colombia, and the rounding is said`() throws {
        var taxes = Taxes()
        (taxes.name, taxes.rate, taxes.areIncluded) = ("IVA", TaxRate(hundredths: 1900), false)
        let line = DraftLine(.plan, name: "Hogar", amount: Money(minor: 5_000_100, .cop))
        let draft = try InvoiceDraft(
            [line], for: BillableCustomer(id: .init(UUID(high: 1, low: 1)), name: "Ana"), in: nil, by: taxes, in: .cop)
        #expect(draft.totals.total.minor % 100 == 0)
        #expect(
            draft.totals.net.minor + draft.totals.taxes[0].amount.minor + draft.totals.rounding.minor
                == draft.totals.total.minor)
        let booked = try NumberedInvoice(
            id: .init(UUID(high: 1, low: 2)), sequence: 1, series: "F", number: 1, draft: draft,
            issuedOn: Day("2026-05-01"),
            dueOn: Day("2026-05-08")
        ).transaction()
        #expect(booked.postings.reduce(0) { $0 + $1.amount.minor } == 0)
        #expect(booked.postings.contains { $0.account == .income("rounding") })
    }

    @Test func `what is said about invoices is whole in every language`() {
        #expect(InvoiceWords.problems + DaySaleWords.problems + PlanChangeWords.problems == [])
        #expect(InvoiceAPIWords.problems == [])
        #expect(InvoiceRefusal.problems == [])
        #expect(BillingSettings.fields.flatMap(\.problems) == [])
        #expect(Invoice.list.fields.flatMap(\.problems) == [])
    }
}
