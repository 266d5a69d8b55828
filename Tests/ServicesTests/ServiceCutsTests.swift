import Access
import Declarations
import Events
import Identifiers
import Ledger
import Locale
import Postgres
import ShellSupport
import TenantSupport
import Testing
import Time

@testable import Customers
@testable import Plans
@testable import Services

/// Many services at once, and what customers are by their debts.
@Suite struct ServiceCutsTests {
    private typealias Fixture = ServiceTests.Fixture

    private static let run = Act(.servicesSettled, after: [Act.Detail("customers", "9")])

    @Test func `many are cut at once, each with its event, and what cannot be cut stays as it is`() async throws {
        try await ServiceTests.with { fixture, sur in
            let (tenant, database) = (fixture.tenant, fixture.tenant.database)
            var services: [String: Service.ID] = [:]
            for (name, acts) in [
                ("active", []), ("frozen", [("freezes", "")]), ("abused", [("cuts", "reason=abuse&note=Reventa")]),
                ("over", [("cancellations", "reason=price")]), ("pending", nil as [(String, String)]?),
            ] as [(String, [(String, String)]?)] {
                let id = try await fixture.sell()
                services[name] = id
                if let acts {
                    for (segment, form) in [("activations", "")] + acts { try await fixture.act(segment, form, to: id) }
                }
            }
            let andes = try await Fixture(sur)
            let foreign = try await andes.sell()
            try await andes.act("activations", to: foreign)
            let all = Array(services.values) + [foreign]
            let before = try await database.events(limit: 100).count

            let cut = try await database.transaction { database in
                try await ServiceCuts.cut(
                    all, Cut(reason: .unpaid, note: "Corrida"), as: Self.run, of: tenant.tenant,
                    by: tenant.commandLine, in: database)
            }
            #expect(Set(cut) == [services["active"]!, services["frozen"]!])
            for id in cut { #expect(try await fixture.state(id) == ["cut", "closed", "suspended"]) }
            #expect(try await fixture.service(services["pending"]!).state == .pending)
            #expect(try await andes.service(foreign).state == .active)
            let events = try await database.events(limit: 100)
            #expect(events.count == before + 4)
            #expect(
                Dictionary(grouping: events.prefix(4), by: \.kind).mapValues(\.count)
                    == ["service.cut": 2, "customer.changed": 1, "services.settled": 1])

            let again = try await ServiceCuts.cut(
                all, Cut(), as: Self.run, of: tenant.tenant, by: tenant.commandLine, in: database)
            #expect(again == [])
            let back = try await ServiceCuts.reconnect(
                all, cutFor: [.unpaid], as: Self.run, of: tenant.tenant, by: tenant.commandLine, in: database)
            #expect(Set(back) == Set(cut))
            #expect(try await fixture.state(services["active"]!) == ["active", "open", "active"])
            #expect(try await fixture.state(services["frozen"]!)[0] == "frozen")
            #expect(try await fixture.service(services["abused"]!).state == .cut)
        }
    }

    @Test func `what is rolled back with its transaction cuts nothing`() async throws {
        struct Stopped: Error {}
        try await ServiceTests.with { fixture, _ in
            let id = try await fixture.sell()
            try await fixture.act("activations", to: id)
            await #expect(throws: Stopped.self) {
                try await fixture.tenant.database.transaction { database in
                    _ = try await ServiceCuts.cut(
                        [id], Cut(), as: Self.run, of: fixture.tenant.tenant, by: fixture.tenant.commandLine,
                        in: database)
                    throw Stopped()
                }
            }
            #expect(try await fixture.state(id) == ["active", "open", "active"])
        }
    }

    @Test func `who owes is in debt, and is not once it is paid`() async throws {
        try await ServiceTests.with { fixture, _ in
            let (tenant, database) = (fixture.tenant, fixture.tenant.database)
            let id = try await fixture.sell()
            try await fixture.act("activations", to: id)
            func post(_ kind: Transaction.Kind, _ postings: [Posting]) async throws {
                let transaction = Transaction.ID.make(
                    milliseconds: tenant.now.milliseconds, from: tenant.site.randomness)
                try await database.post(
                    Transaction(id: transaction, kind, of: transaction.uuid, on: fixture.today, postings),
                    by: .commandLine, at: tenant.now)
                try await SettleServices.settle(of: tenant.tenant, by: tenant.commandLine, in: database)
            }
            let debt = Money(minor: 30_000, .mxn)
            try await post(
                .charge, [Posting(.receivable(fixture.customer), debt), Posting(.income("plan"), try -debt)])
            #expect(try await fixture.state(id)[2] == "in_debt")
            #expect(
                try await fixture.ana.see("/panel/customers/\(fixture.customer)").text.contains("Saldo <strong>$300.00")
            )
            try await fixture.act("cuts", "reason=unpaid", to: id)
            #expect(try await fixture.state(id)[2] == "suspended")
            try await fixture.act("reconnections", to: id)
            #expect(try await fixture.state(id)[2] == "in_debt")
            try await post(.payment, [Posting(.money("cash"), debt), Posting(.credit(fixture.customer), try -debt)])
            #expect(try await fixture.state(id)[2] == "active")
        }
    }

    @Test func `a customer's page has their services, what can be done and what happened, for those who may see it`()
        async throws
    {
        try await ServiceTests.with { fixture, _ in
            let id = try await fixture.sell()
            try await fixture.act("activations", to: id)
            let path = "/panel/customers/\(fixture.customer)"
            let page = try await fixture.ana.see(path).text
            for words in [
                "Básico (1)", "\(id)/cuts/new", "\(id)/plan-changes/new", "Activó un servicio", "Creó un cliente",
            ] { #expect(page.contains(words), "\(words)") }
            // Who cuts reads first that there is nothing to cut for.
            #expect(try await fixture.ana.see("/panel/services/\(id)/cuts/new").text.contains("no debe nada"))
            try await fixture.act("cuts", "reason=unpaid", to: id)
            let cut = try await fixture.ana.see(path).text
            #expect(cut.contains("\(id)/reconnections/new") && !cut.contains("\(id)/cuts/new"))
            #expect(cut.contains("Ordenó cortar un servicio") && cut.contains("Falta de pago"))
            let eva = try await ServiceTests.person(fixture.tenant, [.customersRead])
            let seen = try await eva.see(path).text
            #expect(!seen.contains("Básico") && !seen.contains("Ordenó cortar un servicio") && !seen.contains("Cortar"))
        }
    }
}
