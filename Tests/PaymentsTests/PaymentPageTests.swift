import API
import Access
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
import Roles
import Sandbox
import ShellSupport
import Tenancy
import TenantSupport
import TestSupport
import Testing
import Time

@testable import Customers
@testable import Payments

@Suite struct PaymentPageTests {
    private static func person(_ tenant: TestTenant, _ permissions: [Permission]) async throws -> Person {
        try await Person(tenant, permissions) { routes, randomness in
            PaymentRoutes(
                PaymentActs(randomness: randomness), ReceiptPrinter(in: .tests), vault: tenant.site.vault,
                randomness: randomness, files: .tests
            )
            .add(to: &routes)
            CustomerRoutes(randomness: randomness, files: .tests).add(to: &routes)
            MethodRoutes().add(to: &routes)
            SearchRoutes.add(to: &routes)
        }
    }

    private static let cashier: [Permission] = [.paymentsView, .paymentsRegister, .paymentsApply]

    @Test func `a cashier takes what is owed in cash, prints the ticket, and pressing twice takes it once`()
        async throws
    {
        try await withTills { norte, sur in
            let beto = try await norte.makeCustomer()
            try await norte.charge(50_000, to: beto)
            let caro = try await Self.person(norte, Self.cashier)
            let form = try await caro.see("/panel/customers/\(beto)/payments/new")
            #expect(form.text.contains("value=\"$500.00\"") && form.text.contains("value=\"cash\" selected"))
            let id = try #require(form.hidden("id"))
            let sent =
                "id=\(id)&amount=%24500.00&method=cash&day=\(norte.today.iso)&reference=&note=&print=1&received=1000"
            for _ in 0..<2 {
                let done = try await caro.send("/panel/customers/\(beto)/payments", sent)
                #expect(done.status == .seeOther && done.place == "/panel/payments/\(id)")
            }
            #expect(try await norte.balance(of: beto) == 0)
            let next = try await caro.see("/panel/payments/\(id)?print=80&received=100000").text
            #expect(next.contains("data-print=\"now\"") && next.contains("$500.00</strong>"))
            #expect(next.contains("href=\"/panel/payments/new\"") && next.contains("Cobrar a otro"))
            for paper in ["80", "58", "", "otro"] {
                let ticket = try await caro.see("/panel/payments/\(id)/receipt?paper=\(paper)")
                #expect(ticket.status == .ok && ticket.bytes.starts(with: Array("%PDF-".utf8)))
            }
            for paper in ["80", "58"] {
                let ticket = try await caro.download("/panel/payments/\(id)/ticket?paper=\(paper)")
                #expect(
                    ticket.bytes.starts(with: [0x1B, 0x40])
                        && ticket.bytes.firstRange(of: Array("$500.00\n".utf8)) != nil)
                #expect(ticket.headers["Content-Disposition"]?.hasPrefix("attachment") == true)
            }
            let page = try await caro.see("/panel/payments/\(id)")
            #expect(page.text.contains("Aplicado") && page.text.contains("F-1") && page.text.contains("Ticket 80 mm"))
            // A cashier neither approves nor reverses.
            #expect(!page.text.contains("Reversar"))
            #expect(try await caro.send("/panel/payments/\(id)/reverse", "reason=x").status == .forbidden)
            let neighbour = try await Self.person(sur, Self.cashier)
            #expect(try await neighbour.see("/panel/payments/\(id)").status == .notFound)
            #expect(try await neighbour.see("/panel/payments/\(id)/receipt").status == .notFound)
            #expect(try await neighbour.see("/panel/customers/\(beto)/payments/new").status == .notFound)
        }
    }

    @Test(arguments: [
        (field: "amount=1e18", text: "Eso no es un importe."), (field: "amount=-0.01", text: "mayor que cero"),
        (field: "amount=1.234%2C5.6", text: "separadores de miles"), (field: "amount=", text: "Escriba un importe."),
        (field: "amount=99999999999999999999", text: "El importe es demasiado grande."),
        (field: "amount=10&day=2026-02-30", text: "Elija una fecha."),
        (field: "amount=10&day=9999-12-31", text: "no puede ser futura"),
        (field: "amount=10&method=transfer", text: "Escriba la referencia"),
        (field: "amount=10&method=x", text: "Elija una forma de pago."),
        (field: "amount=10&received=9.99", text: "Es menos que el importe."),
    ])
    func `what cannot be is said beside its field, and what was typed stays`(field: String, text: String) async throws {
        try await withTills { norte, _ in
            let beto = try await norte.makeCustomer()
            let caro = try await Self.person(norte, Self.cashier)
            let id: Payment.ID = norte.newID()
            let rest = field.contains("day=") ? "" : "&day=\(norte.today.iso)"
            let method = field.contains("method=") ? "" : "&method=cash"
            let answer = try await caro.send(
                "/panel/customers/\(beto)/payments", "id=\(id)&\(field)\(rest)\(method)&note=Lo+dijo")
            #expect(answer.status == .unprocessableContent)
            #expect(answer.text.contains(text) && answer.text.contains("Lo dijo"), "\(field)")
            #expect(try await norte.balance(of: beto) == 0)
        }
    }

    @Test func `what a collector brings is approved, rejected and reversed by others on its page`() async throws {
        try await withTills { norte, _ in
            let beto = try await norte.makeCustomer()
            try await norte.charge(50_000, to: beto)
            let first = try await norte.take(norte.new(50_000, from: beto), by: norte.collector)
            let second = try await norte.take(norte.new(30_000, from: beto), by: norte.collector)
            let owner = try await Self.person(norte, [.paymentsView, .paymentsApprove, .paymentsReverse])
            let path = "/panel/payments/\(first.id)"
            #expect(try await owner.see(path).text.contains("Espera la aprobación"))
            // No receipt for what is not applied.
            #expect(try await owner.see("\(path)/receipt").status == .notFound)
            #expect(try await owner.send("\(path)/approve").status == .seeOther)
            #expect(try await owner.send("\(path)/approve").status == .conflict)
            #expect(try await norte.balance(of: beto) == 0)
            let refused = try await owner.send("/panel/payments/\(second.id)/reject", "reason=")
            #expect(refused.status == .unprocessableContent && refused.text.contains("Escriba el motivo."))
            #expect(try await owner.send("/panel/payments/\(second.id)/reject", "reason=Falso").status == .seeOther)
            #expect(try await owner.see("\(path)/reverse").text.contains("vuelve a deberse"))
            #expect(try await owner.send("\(path)/reverse", "reason=Falso").status == .seeOther)
            #expect(try await norte.balance(of: beto) == 50_000)
            #expect(try await owner.see(path).text.contains("Reversado"))
        }
    }

    @Test func `who registered a payment does not approve it, unless nobody else may`() async throws {
        try await withTills { norte, _ in
            let beto = try await norte.makeCustomer()
            let caro = try await Self.person(norte, [.paymentsView, .paymentsRegister, .paymentsApprove])
            func take(_ amount: String) async throws -> String {
                let id: Payment.ID = norte.newID()
                let sent = "id=\(id)&amount=\(amount)&method=cash&day=\(norte.today.iso)"
                #expect(try await caro.send("/panel/customers/\(beto)/payments", sent).status == .seeOther)
                return "/panel/payments/\(id)"
            }
            #expect(try await caro.send("\(try await take("300"))/approve").status == .seeOther)
            let owner = try await Self.person(norte, [.paymentsView, .paymentsApprove])
            let path = try await take("500")
            let refused = try await caro.send("\(path)/approve")
            #expect(refused.status == .forbidden && refused.text.contains("lo aprueba otra persona"))
            #expect(try await norte.balance(of: beto) == -30_000)
            #expect(try await owner.send("\(path)/approve").status == .seeOther)
            #expect(try await norte.balance(of: beto) == -80_000)
        }
    }

    @Test func `the charges that were ticked are paid first`() async throws {
        try await withTills { norte, _ in
            let beto = try await norte.makeCustomer()
            try await norte.charge(30_000, to: beto, due: "2026-09-10", note: "F-1")
            let second = try await norte.charge(30_000, to: beto, due: "2026-10-10", note: "F-2")
            let third = try await norte.charge(30_000, to: beto, due: "2026-11-10", note: "F-3")
            let caro = try await Self.person(norte, Self.cashier)
            let path = "/panel/customers/\(beto)/payments"
            let rest = "amount=600&method=cash&day=\(norte.today.iso)"
            #expect(
                try await caro.send(path, "id=\(norte.newID() as Payment.ID)&\(rest)&charge=\(third)&charge=\(third)")
                    .status == .badRequest)
            let sent = "id=\(norte.newID() as Payment.ID)&\(rest)&charge=\(third)&charge=\(second)"
            #expect(try await caro.send(path, sent).status == .seeOther)
            let open = try await norte.database.openCharges(of: beto, in: norte.tenant.currency)
            #expect(open.map(\.note) == ["F-1"])
        }
    }

    @Test func `two who change a method at once never undo each other unseen`() async throws {
        try await withTills { norte, _ in
            let owner = try await Self.person(norte, [.paymentsMethods])
            let path = "/panel/payment-methods/cash"
            let seen = try #require(try await owner.see(path).hidden("revision"))
            #expect(try await owner.send(path, "name=Caja&active=yes&revision=\(seen)").status == .seeOther)
            let late = try await owner.send(path, "name=Efectivo&revision=\(seen)")
            #expect(late.status == .conflict && late.text.contains("Efectivo"))
            #expect(try await norte.database.paymentMethods(of: norte.tenant).first?.name == "Caja")
            let event = try #require(try await norte.database.events(limit: 1).first)
            #expect(event.kind == "payment_method.changed")
        }
    }

    @Test func `the list shows the newest first, page by page and by its filters`() async throws {
        try await withTills { norte, sur in
            let beto = try await norte.makeCustomer()
            for index in 1...60 {
                _ = try await norte.take(norte.new(Int64(index) * 100, from: beto))
                norte.site.clock.advance(by: .seconds(1))
            }
            _ = try await norte.take(norte.new(70_000, from: beto, by: "deposit", reference: "ABC 9"))
            let caro = try await Self.person(norte, Self.cashier)
            let first = try await caro.see("/panel/payments")
            let next = try #require(
                first.text.split(separator: "href=\"").first {
                    $0.hasPrefix("/panel/payments?") && $0.prefix { $0 != "\"" }.contains("after=")
                }?.prefix { $0 != "\"" })
            let second = try await caro.see(String(next).replacing("&amp;", with: "&"))
            let folios = [first, second].map { page in
                page.text.split(separator: ">0000").dropFirst().compactMap { Int($0.prefix(2)) }
            }
            #expect(folios == [Array((12...61).reversed()), Array((1...11).reversed())])
            #expect(try await caro.see("/panel/payments?q=abc-9").text.contains(">000061<"))
            #expect(try await caro.see("/panel/payments?method=deposit").text.contains(">000060<") == false)
            #expect(try await caro.see("/panel/payments?state=pending").text.contains("Nada coincide con el filtro."))
            #expect(
                try await caro.see("/panel/payments?since=\(norte.today.iso)&until=\(norte.today.iso)").text.contains(
                    "Beto"))
            #expect(!(try await caro.see("/panel/payments?until=2026-01-01").text.contains("Beto")))
            #expect(try await caro.see("/panel/payments?after=9223372036854775807_\(beto)").status == .badRequest)
            #expect(first.text.contains("Aplicado $2,530.00"))
            #expect(try await caro.see("/panel/payments?q=bet&method=deposit").text.contains(">000061<"))
            #expect(!(try await caro.see("/panel/payments?q=nadie").text.contains("Beto")))
            let author = UUID(high: 2, low: 2)
            #expect(try await caro.see("/panel/payments?cashier=\(author)").text.contains("Beto"))
            #expect(!(try await caro.see("/panel/payments?cashier=\(beto)").text.contains("Beto")))
            for text in ["abc-9", "000061"] {
                #expect(try await caro.see("/panel/search?q=\(text)").text.contains("000061 · ABC9"), "\(text)")
            }
            // A number of more than six digits is told whole.
            try norte.site.test.superuser().execute(
                "UPDATE payments SET number = 1234567 WHERE tenant_id = '\(norte.tenant.id)' AND reference = 'ABC9'")
            #expect(try await caro.see("/panel/search?q=1234567").text.contains("1234567 · ABC9"))
            let file = try await caro.download("/panel/payments.csv?method=deposit").text
            #expect(file.contains("ABC9") && !file.contains("000060"))
            let neighbour = try await Self.person(sur, Self.cashier)
            #expect(try await neighbour.see("/panel/payments").text.contains("Todavía no hay pagos."))
        }
    }

    @Test func `the list of customers shows who owes what, sorted by it page by page, red once it is overdue`()
        async throws
    {
        try await withTills { norte, sur in
            let today = norte.today
            var owed: [String: Int64] = [:]
            for index in 1...30 {
                let name = "Cliente \(index)"
                let customer = try await norte.makeCustomer(name)
                // Some were never charged, and some paid in advance.
                owed[name] = index % 3 == 0 ? 0 : Int64(index % 7) * 10_000
                if index % 3 != 0, index % 7 != 0 {
                    try await norte.charge(
                        Int64(index % 7) * 10_000, to: customer, due: (index % 2 == 0 ? today - 1 : today).iso)
                } else if index % 5 == 0 {
                    _ = try await norte.take(norte.new(Int64(index) * 100, from: customer))
                    owed[name] = -Int64(index) * 100
                }
            }
            let caro = try await Self.person(norte, [.customersRead, .customersExport, .accountsView])
            func names(_ text: String) -> [String] {
                text.split(separator: "class=\"name\"><a href=\"").dropFirst().compactMap { cell in
                    cell.firstRange(of: "\">").map { String(cell[$0.upperBound...].prefix { $0 != "<" }) }
                }
            }
            for order in ["debt", "-debt"] {
                var (target, shown) = ("/panel/customers?order=\(order)&size=25", [String]())
                for _ in 1...2 {
                    let text = try await caro.see(target).text
                    shown += names(text)
                    guard let end = text.firstRange(of: "\" rel=\"next\"") else { break }
                    target = String(text[..<end.lowerBound].split(separator: "href=\"").last!).replacing(
                        "&amp;", with: "&")
                }
                #expect(Set(shown) == Set(owed.keys) && shown.count == 30, "\(order)")
                let debts = shown.map { owed[$0] ?? 0 }
                #expect(debts == (order == "debt" ? debts.sorted() : debts.sorted(by: >)), "\(order)")
            }
            let late = try await caro.see("/panel/customers?q=cliente+2").text
            #expect(late.contains("data-tone=\"bad\">$200.00"))
            let due = try await caro.see("/panel/customers?q=cliente+1").text
            #expect(due.contains("$100.00") && !due.contains("data-tone=\"bad\">$100.00"))
            #expect(try await caro.download("/panel/customers.csv").text.contains("$200.00"))
            // Nobody is told of debts who may not see accounts.
            let other = try await Self.person(norte, [.customersRead])
            #expect(!(try await other.see("/panel/customers?order=-debt").text.contains("$200.00")))
            let neighbour = try await Self.person(sur, [.customersRead, .accountsView])
            #expect(!(try await neighbour.see("/panel/customers?order=-debt").text.contains(">Cliente 1<")))
        }
    }

    @Test func `a transfer that a cashier writes down waits for who may look at the bank, where there is somebody`()
        async throws
    {
        try await withTills { norte, _ in
            let beto = try await norte.makeCustomer()
            let caro = try await Self.person(norte, Self.cashier)
            func pay(_ reference: String) async throws -> String? {
                let id: Payment.ID = norte.newID()
                _ = try await caro.send(
                    "/panel/customers/\(beto)/payments",
                    "id=\(id)&amount=\(reference)&method=transfer&reference=\(reference)&day=\(norte.today.iso)")
                return try await norte.database.payment(id)?.state.rawValue
            }
            #expect(try await pay("101") == "applied")
            let owner = try await Self.person(norte, [.paymentsView, .paymentsApprove])
            #expect(try await pay("102") == "pending")
            #expect(try await owner.see("/panel/payments?state=pending").text.contains("$102.00"))
            #expect(
                try await caro.see("/panel/customers/\(beto)/payments/new").text.contains("Por verificar"))
        }
    }

    @Test func `a limit by role decides who needs approval, from then on`() async throws {
        try await withTills { norte, sur in
            let beto = try await norte.makeCustomer()
            let owner = try await Self.person(norte, [.paymentsMethods])
            let caro = try await Self.person(norte, [.paymentsView, .paymentsRegister], )
            let role = try #require(
                try await norte.database.roles().first {
                    $0.name.hasPrefix("De Ana") && $0.allowed.contains(.paymentsRegister)
                })
            func pay(_ amount: String) async throws -> String? {
                let id: Payment.ID = norte.newID()
                _ = try await caro.send(
                    "/panel/customers/\(beto)/payments",
                    "id=\(id)&amount=\(amount)&method=cash&day=\(norte.today.iso)")
                return try await norte.database.payment(id)?.state.rawValue
            }
            #expect(try await pay("100") == "pending")
            let path = "/panel/payment-methods/cash"
            #expect(try await owner.see(path).text.contains("Sin aprobación hasta"))
            let field = "limit-\(role.id)"
            #expect(try await owner.send(path, "name=Caja&active=yes&\(field)=mil").status == .unprocessableContent)
            #expect(try await owner.send(path, "name=Caja&active=yes&\(field)=200").status == .seeOther)
            #expect(try await pay("200") == "applied")
            #expect(try await pay("200.01") == "pending")
            #expect(try await owner.see("/panel/payment-methods").text.contains(">Caja<"))
            #expect(try await owner.see("/panel/payment-methods/trueque").status == .notFound)
            // A method that is no longer offered.
            #expect(try await owner.send(path, "name=Caja&\(field)=200").status == .seeOther)
            #expect(try await pay("10") == nil)
            #expect(try await sur.database.paymentMethods(of: sur.tenant).first?.name == "Efectivo")
            #expect(try await sur.database.paymentMethods(of: sur.tenant).map(\.word).contains("yape"))
        }
    }

    @Test func `programs take, read, approve and reverse payments`() async throws {
        try await withTills { norte, sur in
            let beto = try await norte.makeCustomer()
            try await norte.charge(50_000, to: beto)
            func program(_ tenant: TestTenant, _ permissions: [Permission]) async throws -> ShellSupport.Program {
                try await ShellSupport.Program(tenant, permissions) { routes, randomness in
                    PaymentAPI(
                        PaymentActs(randomness: randomness), ReceiptPrinter(in: .tests), vault: norte.site.vault,
                        randomness: randomness
                    ).add(to: &routes)
                }
            }
            let till = try await program(norte, [.paymentsView, .paymentsRegister])
            let id: Payment.ID = norte.newID()
            let body =
                #"{"id":"\#(id)","customer":"\#(beto)","method":"cash","amount":50000,"series":"MOVIL-1","number":3}"#
            for _ in 0..<2 {
                let made = try await till.create("/api/v1/payments", body)
                #expect(made.status == .created && made.text.contains(#""state":"pending","held_for":"approval""#))
            }
            #expect(try await till.create("/api/v1/payments/\(id)/approvals", "{}").status == .forbidden)
            let owner = try await program(
                norte, [.paymentsView, .paymentsRegister, .paymentsApply, .paymentsApprove, .paymentsReverse])
            #expect(try await owner.create("/api/v1/payments/\(id)/approvals", "{}").status == .created)
            #expect(try await norte.balance(of: beto) == 0)
            #expect(try await owner.create("/api/v1/payments/\(id)/approvals", "{}").status == .conflict)
            #expect(
                try await owner.create("/api/v1/payments/\(id)/reversals", #"{"reason":"Falso"}"#).status == .created)
            #expect(try await norte.balance(of: beto) == 50_000)
            let own = try await owner.create(
                "/api/v1/payments", #"{"customer":"\#(beto)","method":"cash","amount":100}"#)
            #expect(own.text.contains(#""number":1,"#) && own.text.contains(#""state":"applied""#))
            for bad in [
                #"{"customer":"\#(beto)","method":"cash","amount":0}"#,
                #"{"customer":"\#(beto)","method":"cash","amount":1e18}"#,
                #"{"customer":"\#(beto)","method":"cash","amount":1.5}"#,
                #"{"customer":"\#(beto)","method":"cash","amount":100,"day":"2026-02-30"}"#,
            ] {
                #expect(try await owner.create("/api/v1/payments", bad).status == .unprocessableContent, "\(bad)")
            }
            let half = #"{"customer":"\#(beto)","method":"cash","amount":100,"series":"caja 1","number":1}"#
            let answer = try await owner.create("/api/v1/payments", half)
            #expect(answer.status == .unprocessableContent && answer.text.contains("series_wrong"))
            // All of them, also those that a device counted.
            let all = try await owner.ask("/api/v1/payments?customer=\(beto)").text
            #expect(all.contains(#""number":1,"#) && all.contains(#""series":"MOVIL-1","number":3,"#))
            let caro = try await Self.person(norte, Self.cashier)
            for text in ["MOVIL-1-000003", "movil-1-3"] {
                #expect(try await caro.see("/panel/payments?q=\(text)").text.contains(">MOVIL-1-000003<"))
            }
            let neighbour = try await program(sur, [.paymentsView, .paymentsReverse])
            #expect(try await neighbour.ask("/api/v1/payments/\(id)").status == .notFound)
            #expect(
                try await neighbour.create("/api/v1/payments/\(id)/reversals", #"{"reason":"x"}"#).status == .notFound)
            #expect(!(try await neighbour.ask("/api/v1/payments").text.contains("\(beto)")))
        }
    }
}
