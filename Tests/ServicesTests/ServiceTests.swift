import API
import Access
import Declarations
import Events
import HTTP
import Identifiers
import JSON
import Ledger
import Locale
import Nouns
import Panel
import Postgres
import ShellSupport
import Tenancy
import TenantSupport
import Testing
import Time
import Zones

@testable import Customers
@testable import Plans
@testable import Services

@Suite struct ServiceTests {
    /// Norte with two plans, a customer, and somebody who may do everything.
    struct Fixture {
        let tenant: TestTenant
        let ana: Person
        let basic: Plan.ID
        let better: Plan.ID
        let customer: Customer.ID

        init(_ tenant: TestTenant) async throws {
            self.tenant = tenant
            ana = try await ServiceTests.person(tenant, tenant.everything)
            let file = "name,price,download,upload\nBásico,300,8M,3M\nResidencial,500,12M,4M"
            _ = try await PlanFile(
                Array(file.utf8), of: tenant.tenant, at: tenant.now, from: tenant.site.randomness
            ).apply(by: tenant.commandLine, in: tenant.database)
            let plans = try await tenant.database.plans()
            (basic, better) = (plans[0].id, plans[1].id)
            let made = try await ana.send(
                "/panel/customers", "name=Eva+Luz&phone=%2B52+55+0000+0001&address=Calle+1")
            customer = try #require(made.place.flatMap { Customer.ID(String($0.suffix(36))) })
        }

        var today: Day { tenant.tenant.timeZone.day(at: tenant.now) }

        func sell(_ plan: Plan.ID? = nil) async throws -> Service.ID {
            let made = try await ana.send(
                "/panel/customers/\(customer)/services", "plan=\(plan ?? basic)&address=Calle+1&billing_day=8")
            return try #require(made.place.flatMap { Service.ID(String($0.suffix(36))) }, "\(made.text)")
        }

        /// Does it by its form, and expects it to be taken.
        func act(_ segment: String, _ form: String = "", to id: Service.ID) async throws {
            let answer = try await ana.send("/panel/services/\(id)/\(segment)", form)
            #expect(answer.status == .seeOther, "\(segment) \(form): \(answer.text.firstError)")
        }

        func refuse(_ segment: String, _ form: String = "", to id: Service.ID, _ status: Status, _ told: String)
            async throws
        {
            let answer = try await ana.send("/panel/services/\(id)/\(segment)", form)
            #expect(
                answer.status == status && answer.text.contains(told), "\(segment) \(form): \(answer.text.firstError)")
        }

        func service(_ id: Service.ID) async throws -> Service {
            try #require(try await tenant.database.service(id, on: today))
        }

        func state(_ id: Service.ID) async throws -> [String] {
            let desired: DesiredRow? = try await tenant.database.first(
                """
                SELECT access, revision FROM desired_services
                WHERE tenant_id = \(tenant.database.tenant) AND service_id = \(id)
                """)
            let customer = try await tenant.database.customer(customer)
            return [
                try await service(id).state.rawValue, desired?.access ?? "", customer?.state.rawValue ?? "",
            ]
        }
    }

    fileprivate struct DesiredRow: RowReadable {
        let access: String
        let revision: Int

        init(row: Row) throws(DatabaseError) {
            access = try row.read("access")
            revision = try row.read("revision")
        }
    }

    static func person(_ tenant: TestTenant, _ permissions: [Permission]) async throws -> Person {
        try await Person(tenant, permissions) { routes, randomness in
            CustomerRoutes(randomness: randomness, files: .tests).add(to: &routes)
            ServiceRoutes(randomness: randomness, files: .tests).add(to: &routes)
        }
    }

    static func with(_ body: (Fixture, TestTenant) async throws -> Void) async throws {
        try await withTenants(declaring: .customers, .ledger, .plans, .services, .zones) { norte, sur in
            try await body(Fixture(norte), sur)
        }
    }

    @Test func `a service is sold, installed, cut, reconnected, frozen and cancelled, and its customer follows`()
        async throws
    {
        try await Self.with { fixture, sur in
            #expect(
                try await fixture.ana.see("/panel/customers/\(fixture.customer)/services").text
                    .contains("Este cliente no tiene servicios."))
            let id = try await fixture.sell()
            #expect(try await fixture.state(id) == ["pending", "absent", "awaiting_installation"])
            try await fixture.refuse("cuts", "reason=unpaid", to: id, .conflict, "todavía no está instalado")
            try await fixture.act("activations", to: id)
            #expect(try await fixture.state(id) == ["active", "open", "active"])
            try await fixture.refuse("activations", to: id, .conflict, "ya está activado")

            try await fixture.refuse("cuts", "reason=abuse", to: id, .unprocessableContent, "hace falta una nota")
            try await fixture.act("cuts", "reason=unpaid", to: id)
            #expect(try await fixture.state(id) == ["cut", "closed", "suspended"])
            try await fixture.refuse("cuts", "reason=unpaid", to: id, .conflict, "ya está cortado")
            try await fixture.act("reconnections", to: id)
            #expect(try await fixture.state(id) == ["active", "open", "active"])
            #expect(try await fixture.ana.send("/panel/services/\(id)/reconnections").status == .conflict)

            // A cut is taken back from its notice, once, by who ordered it.
            let cut = try await fixture.ana.send("/panel/services/\(id)/cuts", "reason=unpaid")
            let undo = try #require(cut.headers["Location"]?.split(separator: "undo=").last)
            let eva = try await Self.person(fixture.tenant, [.servicesRead, .servicesCut])
            #expect(try await eva.send("/panel/services/cuts/undo", "undo=\(undo)").status == .conflict)
            #expect(try await fixture.ana.send("/panel/services/cuts/undo", "undo=\(undo)").status == .seeOther)
            #expect(try await fixture.state(id) == ["active", "open", "active"])
            #expect(try await fixture.ana.send("/panel/services/cuts/undo", "undo=\(undo)").status == .conflict)

            try await fixture.act("freezes", "reason=Viaje", to: id)
            #expect(try await fixture.state(id) == ["frozen", "closed", "frozen"])
            try await fixture.refuse("freezes", to: id, .conflict, "ya está congelado")
            try await fixture.act("freeze-ends", to: id)
            #expect(try await fixture.state(id) == ["active", "open", "active"])

            try await fixture.act("cancellations", "reason=price", to: id)
            #expect(try await fixture.state(id) == ["cancelled", "absent", "cancelled"])
            for (segment, form) in [
                ("cuts", "reason=unpaid"), ("freezes", ""), ("plan-changes", "plan=\(fixture.better)"),
                ("cancellations", "reason=price"), ("moves", "address=X"),
            ] {
                try await fixture.refuse(segment, form, to: id, .conflict, "El servicio está cancelado.")
            }
            let kinds = try await fixture.tenant.database.events(limit: 100).map(\.kind).filter {
                $0.hasPrefix("service.")
            }
            #expect(
                kinds.reversed() == [
                    "service.created", "service.activated", "service.cut", "service.reconnected", "service.cut",
                    "service.reconnected", "service.frozen",
                    "service.unfrozen", "service.cancelled",
                ])
            let page = try await fixture.ana.see("/panel/services/\(id)").text
            for words in ["Plan Básico", "Activado", "Cortado: Falta de pago", "Reconectado", "Cancelado: Precio"] {
                #expect(page.contains(words), "\(words)")
            }
            #expect(try await sur.database.service(id, on: fixture.today) == nil)
        }
    }

    @Test func `a plan change holds from its day, at the price of that moment, and the past stays as it was`()
        async throws
    {
        try await Self.with { fixture, _ in
            let id = try await fixture.sell()
            try await fixture.act("activations", to: id)
            let day = fixture.today + 5
            // Shown first, and nothing is changed by looking.
            let form = try await fixture.ana.see("/panel/services/\(id)/plan-changes/new").text
            #expect(form.contains("Ver cuánto cuesta"))
            try await fixture.refuse(
                "plan-changes/new", "plan=\(fixture.basic)", to: id, .conflict, "ya tiene ese plan")
            let shown = try await fixture.ana.send(
                "/panel/services/\(id)/plan-changes/new", "plan=\(fixture.better)&day=\(day.iso)")
            #expect(shown.status == .ok && shown.text.contains("$500.00 al mes"))
            #expect(try await fixture.tenant.database.service(id, on: day)?.planName == "Básico")
            try await fixture.refuse("plan-changes", "plan=\(fixture.basic)", to: id, .conflict, "ya tiene ese plan")
            try await fixture.act("plan-changes", "plan=\(fixture.better)&day=\(day.iso)", to: id)
            #expect(try await fixture.service(id).planName == "Básico")
            let later = try await fixture.tenant.database.service(id, on: day)
            #expect(later?.planName == "Residencial" && later?.price.minor == 50000)

            try await fixture.act("price-changes", "price=0", to: id)
            #expect(try await fixture.service(id).price.isZero)
            #expect(try await fixture.state(id)[2] == "courtesy")
            #expect(try await fixture.tenant.database.service(id, on: day)?.price.minor == 50000)
            #expect(try await fixture.tenant.database.service(id, on: fixture.today - 1)?.planName == "Básico")

            let past = (fixture.today - 1).iso
            try await fixture.refuse(
                "plan-changes", "plan=\(fixture.basic)&day=\(past)", to: id, .unprocessableContent, "Ese día ya pasó.")
            try await fixture.refuse(
                "plan-changes", "plan=\(fixture.basic)&day=2099-01-01", to: id, .unprocessableContent, "más de un año")

            fixture.tenant.site.clock.advance(by: .seconds(6 * 86_400))
            try await SettleServices.settle(
                of: fixture.tenant.tenant, by: fixture.tenant.commandLine, in: fixture.tenant.database)
            #expect(try await fixture.state(id)[2] == "active")
        }
    }

    @Test func `what was written down for a later day comes true on that day, once`() async throws {
        try await Self.with { fixture, _ in
            let (tenant, database) = (fixture.tenant, fixture.tenant.database)
            let id = try await fixture.sell()
            try await fixture.act("activations", to: id)
            let day = fixture.today
            try await fixture.act("freezes", "day=\((day + 2).iso)&to_day=\((day + 3).iso)", to: id)
            try await fixture.act("cancellations", "day=\((day + 6).iso)&reason=moved", to: id)
            var states: [String] = []
            for _ in 0..<8 {
                try await SettleServices.settle(of: tenant.tenant, by: tenant.commandLine, in: database)
                try await SettleServices.settle(of: tenant.tenant, by: tenant.commandLine, in: database)
                states.append(try await fixture.state(id).joined(separator: " "))
                tenant.site.clock.advance(by: .seconds(86_400))
            }
            #expect(
                states == [
                    "active open active", "active open active", "frozen closed frozen", "frozen closed frozen",
                    "active open active", "active open active", "cancelled absent cancelled",
                    "cancelled absent cancelled",
                ])
            let desired: DesiredRow? = try await database.first(
                """
                SELECT access, revision FROM desired_services
                WHERE tenant_id = \(database.tenant) AND service_id = \(id)
                """)
            #expect(desired?.revision == 5)
        }
    }

    @Test func `of twenty who cut a service at once one does`() async throws {
        try await Self.with { fixture, _ in
            let id = try await fixture.sell()
            try await fixture.act("activations", to: id)
            let statuses = try await withThrowingTaskGroup(of: Status.self) { group in
                for _ in 0..<20 {
                    group.addTask { try await fixture.ana.send("/panel/services/\(id)/cuts", "reason=unpaid").status }
                }
                return try await group.reduce(into: []) { $0.append($1) }.sorted { $0.code < $1.code }
            }
            #expect(statuses == [.seeOther] + Array(repeating: .conflict, count: 19))
            let cuts: Int? = try await fixture.tenant.database.value(
                "SELECT count(*) FROM cuts WHERE tenant_id = \(fixture.tenant.database.tenant) AND service_id = \(id)")
            #expect(cuts == 1)
        }
    }

    @Test func `a move keeps the old address in the history, and charges and promotions are added and taken off`()
        async throws
    {
        try await Self.with { fixture, _ in
            let id = try await fixture.sell()
            try await fixture.act("moves", "address=Calle+2&coordinates=19.4326,+-99.1332", to: id)
            let moved = try await fixture.service(id)
            #expect(moved.address == "Calle 2" && moved.coordinates?.text == "19.432600, -99.133200")
            try await fixture.refuse(
                "moves", "address=Calle+3&coordinates=200,+1", to: id, .unprocessableContent, "latitud y longitud")
            try await fixture.act("charges", "kind=rent&name=Antena&amount=50", to: id)
            try await fixture.refuse(
                "charges", "kind=rent&name=Antena&amount=0", to: id, .unprocessableContent, "mayor que cero")
            try await fixture.act("promotions", "percent=50&periods=3", to: id)
            try await fixture.refuse(
                "promotions", "percent=50&amount=10&periods=3", to: id, .unprocessableContent, "uno de los dos")
            let page = try await fixture.ana.see("/panel/services/\(id)").text
            #expect(page.contains("Mudado a Calle 2") && page.contains("Antena · $50.00") && page.contains("50 %"))
            let end = try #require(page.firstMatch(of: /action="([^"]*\/charges\/[^"]*\/end)"/)).1
            #expect(try await fixture.ana.send(String(end)).status == .seeOther)
            #expect(try await fixture.ana.send(String(end)).status == .conflict)
            #expect(!(try await fixture.ana.see("/panel/services/\(id)").text.contains("Antena")))
        }
    }

    @Test func `tax details are checked by the company's country, and a service is invoiced in one's name`()
        async throws
    {
        try await Self.with { fixture, sur in
            let path = "/panel/customers/\(fixture.customer)/fiscal"
            let form = "legal_name=ESCUELA+KEMPER+URGATE&tax=plan&tax_id="
            let wrong = try await fixture.ana.send(path, form + "123")
            #expect(wrong.status == .unprocessableContent && wrong.text.contains("identificación fiscal del país"))
            #expect(try await fixture.ana.send(path, form + "eku9003173c9").status == .seeOther)
            let profile = try #require(try await fixture.tenant.database.fiscalProfiles(of: fixture.customer).first)
            #expect(profile.taxID == "EKU9003173C9")
            let id = try await fixture.sell()
            let changed = try await fixture.ana.send(
                "/panel/services/\(id)", "address=Calle+1&billing_day=31&profile=\(profile.id)")
            #expect(changed.status == .seeOther)
            #expect(try await fixture.service(id).profile == profile.id)
            #expect(try await fixture.service(id).billingDay == 31)

            let other = try await fixture.ana.send("/panel/customers", "name=Otro")
            let stranger = try #require(other.place)
            let sold = try await fixture.ana.send(
                "\(stranger)/services", "plan=\(fixture.basic)&billing_day=1&profile=\(profile.id)")
            #expect(sold.status == .unprocessableContent && sold.text.contains("no son de este cliente"))
            let andes = try await Fixture(sur)
            let ruc = "/panel/customers/\(andes.customer)/fiscal"
            #expect(try await andes.ana.send(ruc, form + "20100070971").text.contains("dígito verificador"))
            #expect(try await andes.ana.send(ruc, form + "20100070970").status == .seeOther)
            #expect(try await andes.ana.send("/panel/fiscal/\(profile.id)", form + "20100070970").status == .notFound)
        }
    }

    @Test func `no form, program or file says what a customer is`() async throws {
        try await Self.with { fixture, _ in
            let form = try await fixture.ana.see("/panel/customers/\(fixture.customer)/edit").text
            #expect(!form.contains(#"name="state""#))
            let sent = try await fixture.ana.send("/panel/customers/\(fixture.customer)", "name=Eva&state=courtesy")
            #expect(sent.status == .badRequest)
            let program = try await Program(fixture.tenant, fixture.tenant.everything) { routes, randomness in
                CustomerAPI(randomness: randomness).add(to: &routes)
            }
            let made = try await program.create("/api/v1/customers", #"{"name":"Ida","state":"active"}"#)
            #expect(made.status == .unprocessableContent && made.text.contains("/state"))
            #expect(try await fixture.tenant.database.customer(fixture.customer)?.state == .prospect)
        }
    }

    @Test func `programs sell services and act on them, and read no neighbour's`() async throws {
        try await Self.with { fixture, sur in
            func program(_ tenant: TestTenant) async throws -> Program {
                try await Program(tenant, tenant.everything) { ServiceAPI(randomness: $1).add(to: &$0) }
            }
            let own = try await program(fixture.tenant)
            let services = "/api/v1/customers/\(fixture.customer)/services"
            #expect(try await own.create(services, "{}").status == .unprocessableContent)
            let made = try await own.create(services, #"{"plan":"\#(fixture.basic)","billing_day":31}"#)
            #expect(made.status == .created && made.text.contains(#""state":"pending""#), "\(made.text)")
            let path = try #require(made.headers["Location"])
            let active = try await own.create(path + "/activations", "{}")
            #expect(active.text.contains(#""state":"active""#), "\(active.text)")
            let cut = try await own.create(path + "/cuts", #"{"reason":"requested"}"#)
            #expect(cut.text.contains(#""state":"cut""#))
            #expect(try await own.ask(path + "/cut", method: "DELETE").status == .noContent)
            #expect(try await own.ask(path + "/cut", method: "DELETE").status == .conflict)
            let tag = try await own.ask(path).headers["ETag"]
            let refused = try await own.change(path, #"{"plan":"\#(fixture.better)"}"#, tag: tag)
            #expect(refused.status == .unprocessableContent && refused.text.contains("plan_by_change"))
            let changed = try await own.create(path + "/plan-changes", #"{"plan":"\#(fixture.better)"}"#)
            #expect(changed.text.contains(#""price":50000"#))
            for amount in ["-1", "1000000000000000000", "1.5", #""5""#] {
                let answer = try await own.create(path + "/price-changes", #"{"price":\#(amount)}"#)
                #expect([.unprocessableContent, .badRequest].contains(answer.status), "\(amount)")
            }
            #expect(try await own.ask("/api/v1/services?state=active").text.contains(path.suffix(36)))
            let theirs = try await program(sur)
            #expect(try await theirs.ask(path).status == .notFound)
            #expect(try await theirs.create(path + "/cuts", #"{"reason":"unpaid"}"#).status == .notFound)
            #expect(!(try await theirs.ask("/api/v1/services").text.contains(path.suffix(36))))
        }
    }

    @Test func `whoever may only look is shown no act and does none`() async throws {
        try await Self.with { fixture, _ in
            let id = try await fixture.sell()
            try await fixture.act("activations", to: id)
            let eva = try await Self.person(fixture.tenant, [.servicesRead, .customersRead, .customersExport])
            let page = try await eva.see("/panel/services/\(id)").text
            #expect(page.contains("Básico") && !page.contains("Cortar servicio") && !page.contains("Editar"))
            for segment in ["cuts", "activations", "moves", "price-changes", "charges"] {
                #expect(try await eva.send("/panel/services/\(id)/\(segment)").status == .forbidden)
                #expect(try await eva.see("/panel/services/\(id)/\(segment)/new").status == .forbidden)
            }
            let list = try await eva.see("/panel/services?q=eva").text
            #expect(list.contains("Eva Luz") && list.contains("$300.00"))
            #expect(!(try await eva.see("/panel/services?q=nadie").text.contains("Eva Luz")))
            let file = try await eva.download("/panel/services.csv").text
            #expect(file.contains("Eva Luz") && file.contains("Básico"))
        }
    }

    @Test func `a plan on sale no more is sold to nobody`() async throws {
        try await Self.with { fixture, _ in
            let database = fixture.tenant.database
            _ = try await Plan.retire(fixture.better, by: fixture.tenant.commandLine, in: database)
            let sold = try await fixture.ana.send(
                "/panel/customers/\(fixture.customer)/services", "plan=\(fixture.better)&billing_day=1")
            #expect(sold.status == .conflict && sold.text.contains("ya no se vende"))
            let id = try await fixture.sell()
            try await fixture.refuse("plan-changes", "plan=\(fixture.better)", to: id, .conflict, "ya no se vende")
        }
    }

    @Test func `the room's words are whole in every language`() {
        var problems = ServiceWords.problems + ServiceAPIWords.problems + ServiceRefusal.problems
        problems += FiscalRefusal.problems + PriceRiseWords.problems
        problems += PriceRise.fields.flatMap(\.problems)
        problems += Service.fields.flatMap(\.problems)
        problems += FiscalProfile.fields.flatMap(\.problems)
        problems += Cut.fields.flatMap(\.problems)
        problems += Cancellation.fields.flatMap(\.problems)
        problems += ServiceCharge.fields.flatMap(\.problems)
        problems += ServicePromotion.fields.flatMap(\.problems)
        problems += Freeze.fields.flatMap(\.problems)
        problems += Move.fields.flatMap(\.problems)
        #expect(problems == [])
    }
}

extension String {
    /// What a page says is wrong, for messages of tests.
    fileprivate var firstError: String {
        split(separator: #"class="error">"#).dropFirst().first.map { String($0.prefix { $0 != "<" }) } ?? ""
    }
}
