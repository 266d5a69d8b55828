import API
import Access
import Assembly
import Declarations
import Events
import HTTP
import Identifiers
import JSON
import Locale
import Nouns
import Panel
import Postgres
import ShellSupport
import TenantSupport
import Testing

@testable import Plans
@testable import Tenancy

@Suite struct PlanTests {
    private static let basic =
        "name=B%C3%A1sico&price=300&tax=company&charge=in_advance&download=8M&upload=3M&is_collected=yes"

    private static func person(_ tenant: TestTenant, _ permissions: [Permission] = [.plansRead, .plansManage])
        async throws -> Person
    {
        try await Person(tenant, permissions) { routes, randomness in
            PlanRoutes(randomness: randomness).add(to: &routes)
        }
    }

    private static func program(_ tenant: TestTenant) async throws -> Program {
        try await Program(tenant, [.plansRead, .plansManage]) { PlanAPI(randomness: $1).add(to: &$0) }
    }

    @Test func `a plan is made, found, changed and shown with its price and speeds, and the neighbour sees nothing`()
        async throws
    {
        try await withTenants(declaring: .plans) { norte, sur in
            let ana = try await Self.person(norte)
            #expect(try await ana.see("/panel/plans").text.contains("Todavía no hay planes"))
            #expect(try await ana.send("/panel/plans", Self.basic).status == .seeOther)
            let plan = try #require(try await norte.database.plans().first)
            #expect(plan.price == Money(minor: 30000, .mxn) && plan.isCollected)
            #expect(plan.download.kilobits == 8000 && plan.provisionedDownload.kilobits == 8000)
            let list = try await ana.see("/panel/plans?q=basico").text
            #expect(list.contains("Básico") && list.contains("$300.00") && list.contains("8M"))
            #expect(!(try await ana.see("/panel/plans?q=residencial").text.contains("Básico")))

            let form = try await ana.see("/panel/plans/\(plan.id)").text
            #expect(form.contains(#"value="$300.00""#))
            let changed = try await ana.send(
                "/panel/plans/\(plan.id)", Self.basic.replacing("price=300", with: "price=1%2C350.50"))
            #expect(changed.status == .seeOther)
            #expect(try await norte.database.plan(plan.id)?.price.minor == 135_050)
            #expect(try await norte.database.events(limit: 10).map(\.kind).contains("plan.changed"))

            #expect(try await sur.database.plans(retiredToo: true).isEmpty)
            let stranger = try await Self.person(sur)
            #expect(try await stranger.see("/panel/plans/\(plan.id)").status == .notFound)
            #expect(try await stranger.send("/panel/plans/\(plan.id)", Self.basic).status == .notFound)
        }
    }

    struct Wrong: Sendable, CustomTestStringConvertible {
        let change: (from: String, to: String)
        let told: String

        init(_ from: String, _ to: String, _ told: String) { (change, self.told) = ((from, to), told) }

        var testDescription: String { change.to }
    }

    private static let wrong: [Wrong] = [
        Wrong("price=300", "price=-1", "No puede ser un importe negativo."),
        Wrong("price=300", "price=1000000000000000000", "El importe es demasiado grande."),
        Wrong("price=300", "price=1.2.3", "Los separadores de miles no están cada tres cifras."),
        Wrong("price=300", "price=PEN+3", "El importe es en otra moneda."),
        Wrong("price=300", "price=", "Falta este campo."),
        Wrong("download=8M", "download=r%C3%A1pido", "Debe ser una velocidad como 8M, 512k o 1G."),
        Wrong("download=8M", "download=", "Falta este campo."),
        Wrong("download=8M", "download=999999999999999999999G", "Debe ser una velocidad como 8M, 512k o 1G."),
        Wrong("charge=in_advance", "charge=by_days", "Diga cuántos días dura cada pago."),
        Wrong("tax=company", "tax=company&early_discount=400&early_days=5", "El descuento no puede ser mayor"),
        Wrong("tax=company", "tax=company&early_discount=40", "El descuento por pronto pago necesita"),
        Wrong("tax=company", "tax=company&burst_download=10M", "Una ráfaga necesita"),
        Wrong(
            "tax=company",
            "tax=company&burst_download=8M&burst_upload=8M&threshold_download=4M&threshold_upload=2M&burst_seconds=8",
            "La ráfaga debe ser más rápida"),
        Wrong("name=B%C3%A1sico", "name=", "Falta este campo."),
    ]

    @Test(arguments: wrong)
    func `what cannot be sold is told beside its field, and nothing is kept`(row: Wrong) async throws {
        try await withTenants(declaring: .plans) { norte, _ in
            let ana = try await Self.person(norte)
            let form = Self.basic.replacing(row.change.from, with: row.change.to)
            let answer = try await ana.send("/panel/plans", form)
            #expect(answer.status == .unprocessableContent)
            #expect(answer.text.contains(row.told))
            #expect(try await norte.database.plans().isEmpty)
        }
    }

    @Test func `a plan that was sold is retired, not deleted, and its name is free again`() async throws {
        try await withTenants(declaring: .plans) { norte, sur in
            let ana = try await Self.person(norte)
            _ = try await ana.send("/panel/plans", Self.basic)
            let plan = try #require(try await norte.database.plans().first)
            #expect(try await ana.send("/panel/plans", Self.basic).status == .conflict)
            try await Self.sell(plan, at: norte)

            let refused = try await ana.send("/panel/plans/\(plan.id)/delete")
            #expect(refused.status == .conflict)
            #expect(refused.text.contains("El plan se ha vendido y no puede eliminarse. Retírelo"))
            #expect(try await ana.see("/panel/plans/\(plan.id)/retire").text.contains("¿Retirar el plan Básico?"))
            #expect(try await ana.send("/panel/plans/\(plan.id)/retire").status == .seeOther)
            #expect(try await norte.database.plans().isEmpty)
            #expect(try await ana.see("/panel/plans?state=retired").text.contains("Básico"))
            #expect(!(try await ana.see("/panel/plans?state=in_use").text.contains("Básico")))
            #expect(try await ana.send("/panel/plans/\(plan.id)/retire").status == .conflict)

            #expect(try await ana.send("/panel/plans", Self.basic).status == .seeOther)
            #expect(try await ana.send("/panel/plans/\(plan.id)/sell").status == .conflict)
            let second = try #require(try await norte.database.plans().first)
            #expect(try await ana.send("/panel/plans/\(second.id)/delete").status == .seeOther)
            #expect(try await ana.send("/panel/plans/\(plan.id)/sell").status == .seeOther)
            #expect(try await norte.database.plans().map(\.id) == [plan.id])
            #expect(try await sur.database.plans(retiredToo: true).isEmpty)
        }
    }

    /// Somebody has the plan.
    private static func sell(_ plan: Plan, at tenant: TestTenant) async throws {
        let id = tenant.database.tenant
        let (customer, service) = (UUID(high: 1, low: 1), UUID(high: 1, low: 2))
        _ = try await tenant.database.batch([
            """
            INSERT INTO customers (tenant_id, customer_id, number, name, phone, address, neighbourhood, state, since)
            VALUES (\(id), \(customer), 1, 'Eva', '', '', '', 'active', '2026-01-01')
            """,
            """
            INSERT INTO services (tenant_id, service_id, number, customer_id, address, neighbourhood, contact,
                contact_phone, billing_day, state, made_at)
            VALUES (\(id), \(service), 1, \(customer), '', '', '', '', 1, 'active', \(tenant.now))
            """,
            """
            INSERT INTO service_terms (tenant_id, service_id, sequence, from_day, plan_id, price, currency, author, made_at)
            VALUES (\(id), \(service), 1, '2026-01-01', \(plan.id), 30000, 'MXN', 'Ana', \(tenant.now))
            """,
        ])
    }

    @Test func `of twelve who make a plan of the same name at once one does`() async throws {
        try await withTenants(declaring: .plans) { norte, _ in
            let ana = try await Self.person(norte)
            let statuses = try await withThrowingTaskGroup(of: Status.self) { group in
                for _ in 0..<12 { group.addTask { try await ana.send("/panel/plans", Self.basic).status } }
                return try await group.reduce(into: []) { $0.append($1) }.sorted { $0.code < $1.code }
            }
            #expect(statuses == [.seeOther] + Array(repeating: .conflict, count: 11))
        }
    }

    @Test func `programs read and write plans in minor units, and retire them`() async throws {
        try await withTenants(declaring: .plans) { norte, sur in
            let program = try await Self.program(norte)
            let body = #"{"name":"Residencial","price":50000,"download":12000,"upload":4000,"is_collected":true}"#
            let made = try await program.create("/api/v1/plans", body)
            #expect(made.status == .created, "\(made.text)")
            #expect(made.text.contains(#""price":50000"#) && made.text.contains(#""currency":"MXN""#))
            let path = try #require(made.headers["Location"])
            let changed = try await program.change(path, #"{"price":55000}"#, tag: made.headers["ETag"])
            #expect(changed.status == .ok && changed.text.contains(#""price":55000"#))
            for wrong in [#"{"price":-1}"#, #"{"price":1000000000001}"#, #"{"price":1.5}"#, #"{"price":"5"}"#] {
                let tag = changed.headers["ETag"]
                #expect(try await program.change(path, wrong, tag: tag).status == .unprocessableContent, "\(wrong)")
            }
            let retired = try await program.create(path + "/retirement", "{}")
            #expect(retired.text.contains(#""state":"retired""#))
            #expect(try await program.ask(path + "/retirement", method: "DELETE").status == .noContent)
            #expect(try await program.ask("/api/v1/plans").text.contains("Residencial"))
            let stranger = try await Self.program(sur)
            #expect(try await stranger.ask(path).status == .notFound)
            #expect(!(try await stranger.ask("/api/v1/plans").text.contains("Residencial")))
        }
    }

    @Test func `a company's file of plans applied twice changes nothing, and retired plans stay retired`() async throws
    {
        try await withTenants(declaring: .plans) { norte, sur in
            let file = """
                name,price,charge,download,upload,is_collected
                Básico,300,in_advance,8M,3M,yes
                Empresarial,"1,000",in_advance,20M,8M,yes
                Socios,400,in_advance,15M,10M,
                """
            func apply(_ text: String) async throws -> [String] {
                try await PlanFile(Array(text.utf8), of: norte.tenant, at: norte.now, from: norte.site.randomness)
                    .apply(by: norte.commandLine, in: norte.database)
            }
            #expect(try await apply(file) == ["Básico", "Empresarial", "Socios"])
            #expect(try await apply(file) == [])
            let plans = try await norte.database.plans()
            #expect(plans.map(\.price.minor) == [30000, 100_000, 40000])
            #expect(plans.map(\.isCollected) == [true, true, false])
            #expect(try await apply(file.replacing("300", with: "350")) == ["Básico"])
            // What has no column stays, and prices of another currency are not taken over.
            #expect(try await apply("name,price,download,upload\nBásico,350,8M,3M") == [])
            var abroad = norte.tenant
            abroad.currency = .usd
            await #expect(throws: TenantFileFault.self) {
                try await PlanFile(Array(file.utf8), of: abroad, at: norte.now, from: norte.site.randomness)
                    .apply(by: norte.commandLine, in: norte.database)
            }
            #expect(try await norte.database.plans().first?.currency == norte.tenant.currency)
            _ = try await Plan.retire(plans[0].id, by: norte.commandLine, in: norte.database)
            #expect(try await apply(file) == [])
            #expect(try await norte.database.plans().map(\.name) == ["Empresarial", "Socios"])
            await #expect(throws: TenantFileFault.self) { try await apply("name,price\nBásico,gratis") }
            await #expect(throws: TenantFileFault.self) { try await apply("nombre,coste\nBásico,1") }
            #expect(try await sur.database.plans().isEmpty)
        }
    }

    @Test func `whoever may only see plans reads them and changes none`() async throws {
        try await withTenants(declaring: .plans) { norte, _ in
            let ana = try await Self.person(norte)
            _ = try await ana.send("/panel/plans", Self.basic)
            let plan = try #require(try await norte.database.plans().first)
            let eva = try await Self.person(norte, [.plansRead])
            let page = try await eva.see("/panel/plans/\(plan.id)")
            #expect(page.status == .ok && page.text.contains("$300.00") && !page.text.contains("<form class=\"card"))
            #expect(try await eva.send("/panel/plans/\(plan.id)", Self.basic).status == .forbidden)
            #expect(try await eva.send("/panel/plans", Self.basic).status == .forbidden)
        }
    }

    @Test func `the room's words are whole in every language`() {
        let fields = Plan.fields.flatMap(\.problems)
        #expect(PlanWords.problems + PlanAPIWords.problems + PlanRefusal.problems + fields == [])
    }
}
