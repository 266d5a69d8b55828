import Access
import Declarations
import Documents
import Events
import HTTP
import Identifiers
import Identity
import Locale
import Panel
import Payments
import Postgres
import Sandbox
import ShellSupport
import Tenancy
import TenantSupport
import TestSupport
import Testing
import Time
import Vault

@testable import CashDesk

@Suite struct CashDeskPageTests {
    private static func person(
        _ tenant: TestTenant, _ permissions: [Permission], as name: String = "Caro"
    ) async throws -> Person {
        try await Person(tenant, permissions, as: name) { routes, randomness in
            ShiftRoutes(ShiftActs(randomness: randomness), sandbox: .tests).add(to: &routes)
            TillRoutes(randomness: randomness).add(to: &routes)
            SupervisorRoutes(PaymentActs(randomness: randomness), tenant.site.signIn).add(to: &routes)
            PaymentRoutes(
                PaymentActs(randomness: randomness), ReceiptPrinter(in: .tests), vault: tenant.site.vault,
                randomness: randomness, files: .tests
            ).add(to: &routes)
        }
    }

    private static let cashier: [Permission] = [.cashKeep, .paymentsView, .paymentsRegister, .paymentsApply]

    @Test func `a cashier opens a shift, takes cash, counts blind and prints the close`() async throws {
        try await withCashDesks { norte, sur in
            _ = try await norte.makeTill("Mostrador")
            try await norte.database.requireShift(true, of: norte.tenant, by: norte.owner)
            let luis = try await norte.makeCustomer()
            let caro = try await Self.person(norte, Self.cashier)
            #expect(try await caro.see("/panel/cash").place == "/panel/shifts/new")
            let payment = try await caro.see("/panel/customers/\(luis)/payments/new")
            let sent =
                "id=\(try #require(payment.hidden("id")))&amount=300&method=cash&day=\(norte.tenant.timeZone.day(at: norte.now).iso)"
            let refused = try await caro.send("/panel/customers/\(luis)/payments", sent)
            #expect(refused.status == .conflict && refused.text.contains("Abra su turno en «Mi caja»"))

            let form = try await caro.see("/panel/shifts/new")
            #expect(form.text.contains("Mostrador"))
            let opening = "form=\(try #require(form.hidden("form")))&till=&float=%24500.00"
            for _ in 0..<2 { #expect(try await caro.send("/panel/shifts", opening).place == "/panel/cash") }
            #expect(try await caro.send("/panel/customers/\(luis)/payments", sent).status == .seeOther)
            let page = try await caro.see("/panel/cash")
            #expect(page.text.contains("Luis") && page.text.contains("$300.00") && !page.text.contains("$800.00"))

            let shift = try #require(try await norte.database.openShifts().first)
            let path = "/panel/shifts/\(shift.id)"
            #expect(try await caro.see("\(path)/paper").status == .notFound)
            let wrong = try await caro.send("\(path)/close", "counted=700")
            #expect(wrong.status == .unprocessableContent && wrong.text.contains("Cuente otra vez"))
            #expect(!wrong.text.contains("$800.00"))
            #expect(try await caro.send("\(path)/close", "counted=780&reason=Faltaron+%2420").place == path)
            let closed = try await caro.see(path)
            #expect(closed.text.contains("Faltante") && closed.text.contains("$20.00"))
            #expect(try await caro.see("\(path)/paper").bytes.starts(with: Array("%PDF-".utf8)))

            // Nobody sees another's shift but those who may see all, and no other company any.
            let beto = try await Self.person(norte, Self.cashier, as: "Beto")
            #expect(try await beto.see(path).status == .notFound)
            let ana = try await Self.person(norte, [.cashKeep, .cashView], as: "Ana")
            let list = try await ana.see("/panel/shifts")
            #expect(list.text.contains("Caro") && list.text.contains("-$20.00"))
            #expect(try await ana.see("/panel/cash/day").text.contains("$300.00"))
            // An accountant keeps no till and reads them all; whoever does neither is told so.
            let lola = try await Self.person(norte, [.cashView], as: "Lola")
            #expect(try await lola.see(path).text.contains("Faltante"))
            #expect(try await lola.see("\(path)/paper").bytes.starts(with: Array("%PDF-".utf8)))
            #expect(try await lola.see("\(path)/close").status == .forbidden)
            let raul = try await Self.person(norte, [.paymentsView], as: "Raúl")
            #expect(try await raul.see(path).status == .forbidden)
            let eva = try await Self.person(sur, [.cashKeep, .cashView, .cashManage], as: "Eva")
            #expect(try await eva.see(path).status == .notFound)
        }
    }

    @Test func `a cashier undoes a payment with the PIN of somebody who may, and both are recorded`() async throws {
        try await withCashDesks { norte, sur in
            let (luis, eva) = (try await norte.makeCustomer(), try await norte.makeCustomer("Eva"))
            let caro = try await Self.person(norte, Self.cashier)
            let ana = try await Self.person(norte, [.paymentsView, .paymentsReverse], as: "Anita")
            _ = try await caro.send("/panel/shifts", "till=&float=100")
            let shift = try #require(try await norte.database.openShifts().first)
            let keeper = Principal(
                Actor(.staff, id: shift.keeperID, name: "Caro"), permissions: Set(Self.cashier),
                of: norte.site.catalogue, at: norte.now)
            let payment = try await norte.take(30_000, from: luis, by: keeper)
            let path = "/panel/payments/\(payment.id)"
            #expect(try await caro.see(path).text.contains("Anular con supervisor"))
            #expect(!(try await ana.see(path).text.contains("Anular con supervisor")))
            #expect(try await caro.see("\(path)/void/new").text.contains("Nadie que pueda anular"))
            #expect(try await caro.see("/panel/cash/pin").status == .forbidden)
            for simple in ["123456", "000000", "98765", "12345a"] {
                #expect(try await ana.send("/panel/cash/pin", "pin=\(simple)").status == .unprocessableContent)
            }
            #expect(try await ana.send("/panel/cash/pin", "pin=270451").status == .seeOther)
            let form = try await caro.see("\(path)/void/new").text
            #expect(form.contains("Anita") && form.contains("$300.00"))
            let supervisor: String = try #require(
                try await norte.database.value(
                    "SELECT staff_id::text FROM staff WHERE tenant_id = \(norte.database.tenant) AND name = 'Anita'")
            )
            func sent(_ pin: String) -> String { "supervisor=\(supervisor)&pin=\(pin)&reason=Otro+cliente" }
            let wrong = try await caro.send("\(path)/void", sent("270452"))
            #expect(wrong.status == .unprocessableContent && wrong.text.contains("no es de esa persona"))
            #expect(!wrong.text.contains("270452"))
            #expect(try await norte.database.payment(payment.id)?.state == .applied)
            #expect(try await caro.send("\(path)/void", sent("270451")).place?.hasPrefix(path) == true)
            #expect(try await norte.database.payment(payment.id)?.state == .reversed)
            #expect(try await norte.database.cash(in: shift) == norte.money(10_000))
            let told = try await norte.database.events(limit: 1).first
            #expect(told?.kind == "payment.reversed" && told?.actor == "Caro")
            #expect(told?.after.contains { $0.name == "supervisor" && $0.value == "Anita" } == true)
            // Nobody guesses: after five tries even the right one is refused, and a neighbour's opens nothing.
            let other = try await norte.take(20_000, from: eva, by: keeper)
            for _ in 0..<5 { _ = try await caro.send("/panel/payments/\(other.id)/void", sent("111222")) }
            let late = try await caro.send("/panel/payments/\(other.id)/void", sent("270451"))
            #expect(late.status == .tooManyRequests && late.text.contains("Demasiados intentos"))
            #expect(try await norte.database.payment(other.id)?.state == .applied)
            let zoe = try await Self.person(sur, Self.cashier, as: "Zoe")
            #expect(try await zoe.send("\(path)/void", sent("270451")).status == .notFound)
        }
    }

    @Test func `whoever takes cash without a shift reads so, and takes it into the one they open`() async throws {
        try await withCashDesks { norte, _ in
            let luis = try await norte.makeCustomer()
            let caro = try await Self.person(norte, Self.cashier)
            let form = try await caro.see("/panel/customers/\(luis)/payments/new")
            #expect(form.text.contains("No tiene turno abierto") && form.text.contains("href=\"/panel/shifts/new\""))
            let sent =
                "id=\(try #require(form.hidden("id")))&amount=580&method=cash&day=\(norte.tenant.timeZone.day(at: norte.now).iso)"
            #expect(try await caro.send("/panel/customers/\(luis)/payments", sent).status == .seeOther)
            let ana = try await Self.person(norte, norte.everything, as: "Ana")
            let day = try await ana.see("/panel/cash/day").text
            #expect(day.contains("Efectivo cobrado sin turno: Caro $580.00"), "\(day)")

            let opening = try await caro.see("/panel/shifts/new")
            #expect(opening.text.contains("Efectivo cobrado sin turno") && opening.text.contains("$580.00"))
            _ = try await caro.send(
                "/panel/shifts", "form=\(try #require(opening.hidden("form")))&till=&float=%240.00")
            let page = try await caro.see("/panel/cash").text
            let path = try #require(page.firstMatch(of: /action="(\/panel\/shifts\/[^"]*\/payments)"/)?.1)
            #expect(try await caro.send(String(path)).place == "/panel/cash")
            #expect(!(try await caro.see("/panel/cash").text.contains("Efectivo cobrado sin turno")))
            #expect(!(try await ana.see("/panel/cash/day").text.contains("sin turno")))
            #expect(
                !(try await caro.see("/panel/customers/\(luis)/payments/new").text.contains("No tiene turno abierto")))
        }
    }

    @Test func `tills are added, named once and put out of use`() async throws {
        try await withCashDesks { norte, _ in
            let ana = try await Self.person(norte, [.cashManage], as: "Ana")
            let form = "name=Mostrador&office=Centro&is_active=yes"
            #expect(try await ana.send("/panel/tills", form).place == "/panel/tills")
            let again = try await ana.send("/panel/tills", form.replacing("Mostrador", with: "mostrador"))
            #expect(again.status == .conflict && again.text.contains("Ya hay una caja con ese nombre"))
            let till = try #require(try await norte.database.tills().first)
            let page = try await ana.see("/panel/tills/\(till.id)")
            let changed = "revision=\(try #require(page.hidden("revision")))&name=Mostrador&office=Norte"
            #expect(try await ana.send("/panel/tills/\(till.id)", changed).place == "/panel/tills")
            #expect(try await norte.database.till(till.id)?.isActive == false)
            #expect(try await ana.send("/panel/tills/\(till.id)", changed).status == .conflict)
            #expect(try await ana.send("/panel/tills/settings", "requires_shift=yes").status == .seeOther)
            #expect(try await norte.database.requiresShift())
        }
    }
}

@Suite struct CashDeskWordTests {
    @Test func `words are whole in every language`() {
        #expect(CashDeskWords.problems == [])
        #expect(CashDeskAPIWords.problems + SupervisorWords.problems + SupervisorPINRefusal.problems == [])
        #expect(CashDeskRefusal.problems == [])
        for fault in CashDeskRefusal.allCases { #expect(!fault.code.isEmpty && fault.status.code >= 400) }
    }
}
