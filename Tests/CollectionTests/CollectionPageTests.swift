import API
import Access
import Assembly
import Crypto
import Declarations
import Events
import HTTP
import Identifiers
import Identity
import Locale
import Nouns
import Panel
import Payments
import Portal
import Postgres
import Services
import ShellSupport
import Subscribers
import Tenancy
import TenantSupport
import TestSupport
import Testing
import Time

@testable import Collection
@testable import Customers
@testable import Home

@Suite struct CollectionPageTests {
    private static func person(_ tenant: TestTenant, _ permissions: [Permission]) async throws -> Person {
        try await Person(tenant, permissions) { routes, randomness in
            DebtorRoutes.add(to: &routes, files: .tests)
            SimulatorRoutes.add(to: &routes)
            RunRoutes(randomness: randomness).add(to: &routes)
            PolicyRoutes().add(to: &routes)
            CustomerCollectionRoutes(randomness: randomness).add(to: &routes)
            CustomerRoutes(randomness: randomness, files: .tests).add(to: &routes)
        }
    }

    @Test func `the first page counts who will be cut and what is to be checked, each with its list`() async throws {
        try await withCollectors { norte, sur in
            norte.move(to: "2026-12-01")
            try await norte.policy()
            let (beto, _) = try await norte.makeCustomer()
            try await norte.charge(to: beto, on: "2026-12-01", due: "2026-12-07")
            let (caro, _) = try await norte.makeCustomer()
            _ = try await norte.pay(12_300, by: caro)
            try norte.site.test.superuser().execute(
                """
                UPDATE payments SET state = 'pending', held_for = 'approval', decided_at = NULL
                WHERE tenant_id = '\(norte.tenant.id)'
                """)
            func home(_ tenant: TestTenant, _ permissions: [Permission]) async throws -> String {
                try await Person(tenant, permissions) { routes, _ in
                    HomeRoutes(rooms: [.payments, .collection]).add(to: &routes)
                    DebtorRoutes.add(to: &routes, files: .tests)
                }.see("/panel").text.replacing("\n", with: "")
            }
            let page = try await home(norte, norte.everything)
            for tile in [
                "href=\"/panel/collection?list=to_cut\" data-state=\"suspended\"><span class=\"tile-name\">Por cortar</span><strong>1</strong>",
                "href=\"/panel/payments?state=pending\" data-state=\"in_debt\"><span class=\"tile-name\">Por verificar</span><strong>1</strong><small>$123",
            ] {
                #expect(page.contains(tile), "\(page)")
            }
            let reader = try await home(norte, [.customersRead])
            #expect(!reader.contains("Por cortar") && !reader.contains("Por verificar"))
            let other = try await home(sur, sur.everything)
            #expect(other.contains("Por cortar</span><strong>0") && other.contains("Por verificar</span><strong>0"))
        }
    }

    @Test func `a subscriber who is cut reads the total, why, and how to pay, and promises within the policy`()
        async throws
    {
        try await withCollectors { norte, _ in
            norte.move(to: "2026-12-01")
            try await norte.policy { $0.promiseReconnects = true }
            let (beto, line) = try await norte.makeCustomer()
            try await norte.charge(to: beto, on: "2026-12-01", due: "2026-12-07")
            for day in ["01", "03", "07", "08"] {
                norte.move(to: "2026-12-\(day)")
                try await norte.run()
            }
            let portal = try await Subscriber(beto, at: norte)
            let page = try await portal.see("/portal/collection").text
            #expect(page.contains("Servicio suspendido"))
            #expect(page.contains("Total para reconectar: $380.00 (deuda $300.00 + reconexión $80.00)"))
            #expect(page.contains("Debe $300.00 que venció el 7 de diciembre de 2026"))
            #expect(page.contains("Banco Norte") && page.contains("0118359719"))
            // Also where they come in: the total, and what can be done about it.
            let own = try await Subscriber(beto, at: norte) { routes in
                PortalRoutes(mailing: nil, randomness: norte.site.randomness, rooms: [.payments, .collection])
                    .add(to: &routes)
            }
            func home() async throws -> String { try await own.see("/portal").text }
            let first = try await home()
            #expect(first.contains("Total para reconectar: $380.00 (deuda $300.00 + reconexión $80.00)"), "\(first)")
            #expect(first.contains("Ya pagué") && first.contains("Prometer pago") && first.contains("Pagar"))
            #expect(!first.contains("Comuníquese con") && !first.contains("Por verificar"))
            let collector = Principal(
                Actor(.staff, id: UUID(high: 4, low: 4), name: "Cobrador"), permissions: [.paymentsRegister],
                of: norte.site.catalogue, at: norte.now)
            let brought = NewPayment(
                id: norte.newID(), customer: beto, method: "transfer", amount: norte.money(38_000), day: norte.today,
                reference: "T-1")
            let waiting = try await norte.till.register(brought, of: norte.tenant, by: collector, in: norte.database)
            #expect(waiting.state == .pending)
            #expect(try await home().contains("Por verificar: $380.00 del 08/12/2026"))
            _ = try await norte.till.reject(waiting.id, because: "No llegó", by: norte.owner, in: norte.database)
            let late = try await portal.send("/portal/promises", "amount=300&until=2026-12-30&note=")
            #expect(late.status == .unprocessableContent && late.text.contains("7 días como máximo"))
            let taken = try await portal.send("/portal/promises", "amount=300&until=2026-12-12&note=")
            #expect(taken.status == .seeOther)
            let promise = try #require(try await norte.database.promises(of: beto, limit: 1).first)
            let asked = try await Self.person(norte, norte.everything).see("/panel/promises/\(promise.id)/cancel")
            #expect(asked.text.contains("Prometió $300.00") && asked.text.contains("12 de diciembre"))
            try await norte.look(at: beto)
            #expect(try await norte.state(of: line) == .active)
            // The fee became part of the debt, and a broken word cuts again.
            #expect(try await norte.balance(of: beto) == 38_000)
            norte.move(to: "2026-12-13")
            try await norte.run()
            #expect(try await norte.state(of: line) == .cut)
        }
    }

    @Test func `the pages say whom the day would cut, why, and what was done`() async throws {
        try await withCollectors { norte, sur in
            norte.move(to: "2026-12-01")
            try await norte.policy()
            let (beto, line) = try await norte.makeCustomer("Beto Ruiz")
            try await norte.charge(to: beto, on: "2026-12-01", due: "2026-12-07")
            var ana = try await Self.person(norte, norte.everything)
            let foreseen = try await ana.see("/panel/collection/simulator?day=2026-12-08").text
            #expect(foreseen.contains("Beto Ruiz") && foreseen.contains("1 corte") && foreseen.contains("$80.00"))
            #expect(try await ana.see("/panel/collection/simulator?day=2026-12-02").text.contains("no se avisaría"))
            for day in ["01", "03", "07", "08"] {
                norte.move(to: "2026-12-\(day)")
                try await norte.run()
            }
            norte.move(to: "2026-12-09")
            ana = try await Self.person(norte, norte.everything)
            let debtors = try await ana.see("/panel/collection").text
            #expect(debtors.contains("Beto Ruiz") && debtors.contains("/panel/customers/\(beto)/payments/new"))
            #expect(debtors.contains("<a href=\"/panel/customers/\(beto)/collection?from=collection\">Beto Ruiz</a>"))
            #expect(try await ana.see("/panel/collection?min_days=2&min_debt=300").text.contains("Beto Ruiz"))
            for filter in ["min_days=3", "min_debt=301"] {
                #expect(!(try await ana.see("/panel/collection?\(filter)").text.contains("Beto Ruiz")), "\(filter)")
            }
            #expect(try await ana.download("/panel/collection.csv").text.contains("Beto Ruiz"))
            let opened = try await ana.see("/panel/customers/\(beto)/collection?from=collection").text
            #expect(opened.contains("<p class=\"crumbs\"><a href=\"/panel/collection\">"))
            #expect(try await ana.see("/panel/collection?list=cut").text.contains("$380.00"))
            let why = try await ana.see("/panel/services/\(line)/why").text
            #expect(why.contains("aún falta por pagar") && why.contains("Versión 1") && why.contains("$380.00"))
            // As it was known on a day that is over.
            let before = try await ana.see("/panel/services/\(line)/why?day=2026-12-05").text
            #expect(before.contains("Todavía no llega la siguiente etapa") && !before.contains("fue suspendido"))
            let head = try await ana.see("/panel/customers/\(beto)/collection").text
            #expect(head.contains("fue suspendido"))
            #expect(head.contains("Falta para reconectar <strong>$380.00"), "\(head)")
            let run = try #require(try await norte.database.collectionRuns(limit: 1).first)
            #expect(try await ana.see("/panel/collection/runs/\(run.id)").status == .ok)
            #expect(try await ana.see("/panel/collection/runs").text.contains("Terminada"))
            let neighbour = try await Self.person(sur, sur.everything)
            for path in [
                "/panel/services/\(line)/why", "/panel/customers/\(beto)/collection",
                "/panel/collection/runs/\(run.id)",
            ] { #expect(try await neighbour.see(path).status == .notFound) }
            #expect(try await neighbour.see("/panel/collection").text.contains("apagada"))
        }
    }

    @Test func `the next cut stands in the list and above the customer's pages, with its reason behind it`()
        async throws
    {
        try await withCollectors { norte, sur in
            norte.move(to: "2026-12-02")
            try await norte.policy()
            let (beto, line) = try await norte.makeCustomer("Beto Ruiz")
            let (eva, _) = try await norte.makeCustomer("Eva Sol")
            let (hija, second) = try await norte.makeCustomer("Hija Ruiz")
            try norte.site.test.superuser().execute(
                "UPDATE customers SET payer_id = '\(beto)' WHERE customer_id = '\(hija)'")
            try await norte.charge(to: beto, on: "2026-12-01", due: "2026-12-07")
            try await norte.charge(to: eva, on: "2026-12-01", due: "2026-12-15")
            let ana = try await Self.person(norte, [.customersRead, .customersExport, .collectionView])
            let list = try await ana.see("/panel/customers").text
            #expect(list.contains("Próximo corte"))
            for service in [line, second] {
                #expect(list.contains("<a href=\"/panel/services/\(service)/why\">08/12/2026</a>"), "\(list)")
            }
            let head = try await ana.see("/panel/customers/\(beto)/collection").text
            #expect(head.contains("/panel/services/\(line)/why") && head.contains("Próximo corte"))
            #expect(try await ana.download("/panel/customers.csv").text.contains("2026-12-08"))
            // What is due later is cut later, and who paid is not cut.
            let later = try await norte.database.nextCuts(of: [eva], at: norte)
            #expect(later == ["2027-01-08"])
            try await norte.pay(30_000, by: beto)
            #expect(try await norte.database.nextCuts(of: [beto, hija], at: norte).isEmpty)
            #expect(!(try await ana.see("/panel/customers/\(beto)").text.contains("Próximo corte")))
            // It is told to those who see collection.
            let caro = try await Self.person(norte, [.customersRead])
            #expect(!(try await caro.see("/panel/customers").text.contains("Próximo corte")))
            #expect(try await sur.database.nextCuts(of: [beto], at: sur).isEmpty)
        }
    }

    @Test func `what pays for a reconnection is not called money in favour`() async throws {
        try await withCollectors { norte, _ in
            norte.move(to: "2026-12-01")
            try await norte.policy()
            let (hugo, _) = try await norte.makeCustomer("Hugo")
            try await norte.charge(to: hugo, on: "2026-12-01", due: "2026-12-07")
            for day in ["01", "03", "07", "08"] {
                norte.move(to: "2026-12-\(day)")
                try await norte.run()
            }
            let ana = try await Person(norte, norte.everything) { routes, _ in
                routes = norte.site.context(of: [.payments]).panelRoutes
            }
            let form = try await ana.see("/panel/customers/\(hugo)/payments/new").text
            #expect(form.contains("data-owed=\"38000\"") && form.contains("$380.00"))
            // Before the service is looked at, and after the fee is charged.
            let new = NewPayment(
                id: norte.newID(), customer: hugo, method: "cash", amount: norte.money(40_000), day: norte.today)
            let payment = try await norte.till.register(new, of: norte.tenant, by: norte.owner, in: norte.database)
            for _ in 0..<2 {
                let page = try await ana.see("/panel/payments/\(payment.id)").text
                #expect(page.contains("Cargo por reconexión") && page.contains("$80.00"))
                #expect(page.contains("Saldo a favor · $20.00"), "\(page)")
                try await norte.look(at: hugo)
            }
            #expect(try await norte.balance(of: hugo) == -2_000)
        }
    }

    @Test func `the simulator counts those whom no message reaches`() async throws {
        try await withCollectors { norte, _ in
            norte.move(to: "2026-12-01")
            try await norte.policy()
            for (name, email) in [("Beto", "beto@example.com"), ("Luz", ""), ("Eva", "")] {
                let (customer, _) = try await norte.makeCustomer(name, email: email)
                try await norte.charge(to: customer, on: "2026-12-01", due: "2026-12-07")
            }
            let ana = try await Self.person(norte, norte.everything)
            let page = try await ana.see("/panel/collection/simulator?day=2026-12-08").text
            #expect(page.contains("3 cortes · 1 mensaje · 2 clientes sin canal de aviso"))
            #expect(page.contains("Sin canal de aviso"))
        }
    }

    @Test func `a policy is changed on its page, refused where it cuts too early, and each change is a version`()
        async throws
    {
        try await withCollectors { norte, _ in
            norte.move(to: "2026-12-01")
            let ana = try await Self.person(norte, norte.everything)
            #expect(try await ana.see("/panel/collection/policy").text.contains("no se cobra a nadie"))
            func form(_ changed: KeyValuePairs<String, String>) -> String {
                var fields: [String: String] = [:]
                for field in CollectionPolicy.fields where field.places.contains(.form) {
                    let text = field.get(CollectionPolicy(in: .mxn)).text
                    if case .flag = field.kind, text.isEmpty { continue }
                    if case .money = field.kind { continue }
                    fields[field.name] = text
                }
                for (name, value) in changed { fields[name] = value }
                return fields.map { "\($0.key)=\($0.value)" }.joined(separator: "&")
            }
            let early = try await ana.send("/panel/collection/policy", form(["on": "yes", "warning_days": "9"]))
            #expect(early.status == .unprocessableContent && early.text.contains("van en ese orden"))
            let saved = try await ana.send(
                "/panel/collection/policy", form(["on": "yes", "fee_rule": "fixed", "fee_amount": "80.00"]))
            #expect(saved.status == .seeOther)
            let policies = try await norte.database.collectionPolicies(in: .mxn, at: norte.now)
            #expect(policies.company.version == 1 && policies.company.rules.isOn)
            #expect(policies.company.rules.feeAmount == norte.money(8000))
            // The same again is no version.
            _ = try await ana.send(
                "/panel/collection/policy", form(["on": "yes", "fee_rule": "fixed", "fee_amount": "80.00"]))
            let again = try await norte.database.collectionPolicies(in: .mxn, at: norte.now)
            #expect(again.company.version == 1)
        }
    }
}
