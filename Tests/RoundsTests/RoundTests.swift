import API
import Access
import Collection
import Declarations
import Events
import HTTP
import Identifiers
import Ledger
import Locale
import Panel
import Payments
import Postgres
import ShellSupport
import Tenancy
import TenantSupport
import TestSupport
import Testing
import Time
import Zones

@testable import Customers
@testable import Rounds

@Suite struct RoundTests {
    private static func withRounds(_ body: (TestTenant, TestTenant) async throws -> Void) async throws {
        try await withTenants(
            declaring: .customers, .zones, .ledger, .payments, .collection, .rounds, body: body)
    }

    private static func person(_ tenant: TestTenant, _ permissions: [Permission]) async throws -> Person {
        try await Person(tenant, permissions, as: "Beto") { routes, randomness in
            RoundRoutes(randomness: randomness).add(to: &routes)
        }
    }

    @Test func `a collector sees who owes by street, and who was seen to today stands last`() async throws {
        try await Self.withRounds { norte, sur in
            let (luis, eva, ana) = (
                try await norte.debtor("Luis", at: "Calle B 2"), try await norte.debtor("Eva", at: "Calle A 1"),
                try await norte.debtor("Ana", at: "Calle C 3", owing: 0)
            )
            let beto = try await Self.person(norte, [.roundsWalk, .paymentsRegister])
            let page = try await beto.see("/panel/rounds").text
            #expect(page.contains("2 por visitar, $1,000.00 vencido") && !page.contains("Ana"))
            let places = ["Eva", "Luis"].map { page.firstRange(of: ">\($0)<")?.lowerBound }
            #expect(try #require(places[0]) < #require(places[1]))
            #expect(page.contains("/panel/customers/\(luis)/payments/new") && !page.contains("\(ana)"))

            let form = try await beto.see("/panel/customers/\(eva)/failed-visits/new")
            let sent = "form=\(try #require(form.hidden("form")))&note=Casa+cerrada"
            for _ in 0..<2 {
                #expect(try await beto.send("/panel/customers/\(eva)/failed-visits", sent).place == "/panel/rounds")
            }
            let after = try await beto.see("/panel/rounds").text
            #expect(after.contains("1 por visitar, $500.00 vencido") && after.contains("Casa cerrada"))
            let order = ["Luis", "Eva"].map { after.firstRange(of: ">\($0)<")?.lowerBound }
            #expect(try #require(order[0]) < #require(order[1]))
            let told = try await norte.database.events(limit: 10).filter { $0.kind == "customer.not_found" }
            #expect(told.count == 1)

            // Tomorrow they are visited again; the neighbour's collector sees none of it.
            norte.site.clock.advance(by: .seconds(86_400))
            let tomorrow = try await Self.person(norte, [.roundsWalk])
            #expect(try await tomorrow.see("/panel/rounds").text.contains("2 por visitar"))
            let eve = try await Self.person(sur, [.roundsWalk])
            #expect(try await eve.see("/panel/rounds").text.contains("Nadie debe nada vencido"))
            #expect(try await eve.send("/panel/customers/\(eva)/failed-visits", "form=x&note=").status == .notFound)
        }
    }

    @Test func `what nobody has verified is said as that, and sends nobody to the door`() async throws {
        try await Self.withRounds { norte, _ in
            let (luis, _) = (
                try await norte.debtor("Luis", at: "Calle B 2"), try await norte.debtor("Eva", at: "Calle A 1")
            )
            try await norte.database.execute(
                """
                INSERT INTO payments (
                    tenant_id, payment_id, entry, series, number, customer_id, method, method_name, amount, currency,
                    day, reference, note, chosen, state, held_for, actor, made_at)
                VALUES (
                    \(norte.database.tenant), gen_random_uuid(), 1, '', 1, \(luis), 'transfer', 'Transferencia', 50000,
                    'MXN', \(norte.tenant.timeZone.day(at: norte.now)), '', '', '{}', 'pending', 'approval', 'Caja',
                    \(norte.now))
                """)
            let beto = try await Self.person(norte, [.roundsWalk])
            let page = try await beto.see("/panel/rounds").text
            #expect(page.contains("1 por visitar, $500.00 vencido"))
            #expect(page.contains("Por verificar $500.00") && !page.contains("Pagó hoy"))
            let order = ["Eva", "Luis"].map { page.firstRange(of: ">\($0)<")?.lowerBound }
            #expect(try #require(order[0]) < #require(order[1]))
        }
    }

    @Test func `words are whole in every language`() {
        #expect(RoundWords.problems == [])
        #expect(RoundAPIWords.problems == [])
    }
}

extension TestTenant {
    fileprivate func debtor(_ name: String, at address: String, owing minor: Int64 = 50_000) async throws -> Customer.ID
    {
        var customer = Customer(
            id: .make(milliseconds: now.milliseconds, from: site.randomness), name: name, state: .active,
            since: Day(iso: "2026-01-01")!)
        customer.address = address
        _ = try await Customer.add([customer], distinct: true, to: tenant, by: commandLine, in: database)
        guard minor > 0 else { return customer.id }
        let id: Transaction.ID = .make(milliseconds: now.milliseconds, from: site.randomness)
        let today = tenant.timeZone.day(at: now)
        try await database.post(
            Transaction(
                id: id, .charge, of: id.uuid, on: today - 20, due: today - 10, note: "F-1",
                [
                    Posting(.receivable(customer.id), Money(minor: minor, tenant.currency)),
                    Posting(.income("internet"), Money(minor: -minor, tenant.currency)),
                ]), by: .commandLine, at: now)
        return customer.id
    }
}
