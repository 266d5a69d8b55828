import Access
import Declarations
import HTTP
import Identifiers
import Locale
import Panel
import Plans
import Postgres
import ShellSupport
import Tenancy
import TenantSupport
import TestSupport
import Testing
import Time

@testable import Customers
@testable import Invoices
@testable import Services

/// What is said before a plan is changed, beside what is invoiced after it was.
@Suite struct PlanChangeCostTests {
    /// Sold on 1 March; asked about and changed on `asked`, from `from` on.
    private struct Case {
        let plan: String
        let to: String
        let asked: String
        let from: String
        var billingDay = 1
        /// When the first invoice changes, to what, and what it was without the change.
        let told: (day: String, total: Int64, without: Int64)
    }

    private static let cases = [
        // 18 of 31 days of March at 200 more, and April.
        Case(
            plan: "Básico", to: "Residencial", asked: "2026-03-14", from: "2026-03-14",
            told: ("2026-04-01", 61_613, 30_000)),
        Case(
            plan: "Residencial", to: "Básico", asked: "2026-03-14", from: "2026-03-14",
            told: ("2026-04-01", 18_387, 50_000)),
        // Agreed in March, and told of the invoice in which it counts.
        Case(
            plan: "Básico", to: "Residencial", asked: "2026-03-14", from: "2026-05-10",
            told: ("2026-05-01", 44_194, 30_000)),
        // On the day of the invoice, before it is issued.
        Case(
            plan: "Básico", to: "Residencial", asked: "2026-04-01", from: "2026-04-01",
            told: ("2026-04-01", 50_000, 30_000)),
        // March in arrears, of which 12 days at the new price, and April in advance.
        Case(
            plan: "Vencido", to: "Exento", asked: "2026-03-20", from: "2026-03-20",
            told: ("2026-04-01", 52_258, 40_000)),
        // On the customer's own day.
        Case(
            plan: "Básico", to: "Residencial", asked: "2026-03-20", from: "2026-04-10", billingDay: 10,
            told: ("2026-04-10", 50_000, 30_000)),
        // What is paid by days is not invoiced.
        Case(
            plan: "Básico", to: "Días", asked: "2026-03-14", from: "2026-04-01", told: ("2026-04-01", 0, 30_000)),
    ]

    private static func plans(of norte: TestTenant) async throws -> [String: Plan.ID] {
        try await norte.makePlans(
            "Vencido,400,in_arrears,12M,4M,company,0\nExento,200,in_advance,12M,4M,exempt,0\n"
                + "Días,50,by_days,8M,3M,company,7\n", columns: ",days", values: ",0")
    }

    @Test func `what a change of plan is said to cost is what is invoiced`() async throws {
        try await withBilling { norte, _ in
            let plans = try await Self.plans(of: norte)
            try await norte.charge(from: "2026-03-01")
            var changed: [(customer: Customer.ID, service: Service.ID)] = []
            var kept: [Customer.ID] = []
            for (number, one) in Self.cases.enumerated() {
                let (customer, twin) = (
                    try await norte.makeCustomer("Cambia \(number)"), try await norte.makeCustomer("Queda \(number)")
                )
                kept.append(twin)
                for id in [customer, twin] {
                    let service = try await norte.sell(
                        plans[one.plan], to: id, on: "2026-03-01", billingDay: one.billingDay)
                    if id == customer { changed.append((id, service)) }
                }
            }
            for offset in 0..<75 {
                let day = Day("2026-03-01") + offset
                for (number, one) in Self.cases.enumerated() where one.asked == day.iso {
                    let service = try #require(try await norte.database.service(changed[number].service, on: day))
                    let wanted = try #require(plans[one.to])
                    let plan = try #require(try await norte.database.plan(wanted))
                    let cost = try await PlanChangeCost.find(
                        of: service, to: plan, from: Day(one.from), on: day, of: norte.tenant, in: norte.database)
                    #expect(cost?.day.iso == one.told.day, "\(number)")
                    #expect(cost?.total.minor == one.told.total, "\(number)")
                    #expect(cost?.without.minor == one.told.without, "\(number)")
                    try await norte.happens(
                        PlanChange(plan: plan.id, day: Day(one.from)), to: service.id, on: day.iso)
                }
                try await norte.run(on: day.iso)
                for (number, one) in Self.cases.enumerated() where one.told.day == day.iso {
                    #expect(try await Self.sum(of: changed[number].customer, on: day, norte) == one.told.total)
                    #expect(try await Self.sum(of: kept[number], on: day, norte) == one.told.without)
                }
            }
        }
    }

    private static func sum(of customer: Customer.ID, on day: Day, _ norte: TestTenant) async throws -> Int64 {
        try await norte.invoices(on: day.iso).filter { $0.customer == customer && $0.issuedOn == day }.reduce(0) {
            $0 + ($1.kind == .creditNote ? -$1.total.minor : $1.total.minor)
        }
    }

    @Test func `it is told in the panel before one confirms, and to programs`() async throws {
        try await withBilling { norte, sur in
            let plans = try await Self.plans(of: norte)
            let today = norte.today
            try await norte.charge(from: today.month.first.iso)
            let id = try await norte.sell(plans["Básico"], to: try await norte.makeCustomer(), on: today.iso)
            try await norte.run(on: today.iso)
            let routes: (inout Panel.Routes, Randomness) -> Void = { routes, randomness in
                ServiceRoutes(randomness: randomness, files: .tests).add(to: &routes)
            }
            let ana = try await Person(norte, [.servicesRead, .servicesManage], at: routes)
            let better = try #require(plans["Residencial"])
            let form = "plan=\(better)&day=\(today.iso)"
            let page = try await ana.send("/panel/services/\(id)/plan-changes/new", form).text
            #expect(page.contains("$500.00 al mes") && page.contains("Hoy no se cobra nada."))
            #expect(page.contains("se suman") && page.contains("sin el cambio sería de $300.00"))
            let again = try await ana.send(
                "/panel/services/\(id)/plan-changes/new", "plan=\(plans["Básico"]!)&day=\(today.iso)")
            #expect(again.status == .conflict && again.text.contains("ya tiene ese plan"))
            // Days that are invoiced are not bought once more.
            let days = try #require(plans["Días"])
            let early = try await ana.send(
                "/panel/services/\(id)/plan-changes/new", "plan=\(days)&day=\(today.iso)")
            let next = (today.month + 1).first
            #expect(early.status == .conflict && early.text.contains("pueden empezar el 1 de"))
            let later = try await ana.send("/panel/services/\(id)/plan-changes/new", "plan=\(days)&day=\(next.iso)")
            #expect(later.text.contains("7 días por $50.00") && later.text.contains("después se corta"))
            let eva = try await Person(sur, [.servicesRead, .servicesManage], at: routes)
            #expect(try await eva.send("/panel/services/\(id)/plan-changes/new", form).status == .notFound)
        }
    }
}
