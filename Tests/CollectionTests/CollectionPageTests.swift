import API
import Access
import Crypto
import Declarations
import HTTP
import Identifiers
import Identity
import Locale
import Nouns
import Panel
import Portal
import Postgres
import Services
import ShellSupport
import Subscribers
import TenantSupport
import TestSupport
import Testing
import Time

@testable import Collection
@testable import Customers

@Suite struct CollectionPageTests {
    private static func person(_ tenant: TestTenant, _ permissions: [Permission]) async throws -> Person {
        try await Person(tenant, permissions) { routes, randomness in
            DebtorRoutes.add(to: &routes)
            SimulatorRoutes.add(to: &routes)
            RunRoutes(randomness: randomness).add(to: &routes)
            PolicyRoutes().add(to: &routes)
            CustomerCollectionRoutes(randomness: randomness).add(to: &routes)
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
            #expect(try await ana.see("/panel/collection").text.contains("Beto Ruiz"))
            #expect(try await ana.see("/panel/collection?list=cut").text.contains("$380.00"))
            let why = try await ana.see("/panel/services/\(line)/why").text
            #expect(why.contains("aún falta por pagar") && why.contains("Versión 1") && why.contains("$380.00"))
            // As it was known on a day that is over.
            let before = try await ana.see("/panel/services/\(line)/why?day=2026-12-05").text
            #expect(before.contains("Todavía no llega la siguiente etapa") && !before.contains("fue suspendido"))
            #expect(try await ana.see("/panel/customers/\(beto)/collection").text.contains("fue suspendido"))
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
