import API
import Access
import Crypto
import Declarations
import Events
import HTTP
import Identifiers
import Identity
import Locale
import Nouns
import Panel
import Portal
import Postgres
import ShellSupport
import Subscribers
import Tenancy
import TenantSupport
import TestSupport
import Testing
import Time
import Zones

@testable import Customers
@testable import Ledger

@Suite struct StatementTests {
    private static func day(_ iso: String) -> Day { Day(iso: iso)! }

    private static func statement(
        _ tenant: TestTenant, of customer: Customer.ID, from: String = "2026-01-01", to: String = "2026-12-31",
        asOf moment: Instant? = nil
    ) async throws -> Statement {
        try await tenant.database.statement(
            of: customer, in: tenant.currency, from: day(from), to: day(to), asOf: moment ?? tenant.now)
    }

    private static func person(_ tenant: TestTenant, _ permissions: [Permission]) async throws -> Person {
        try await Person(tenant, permissions) { routes, randomness in
            StatementRoutes(files: .tests).add(to: &routes)
            BalanceRoutes.add(to: &routes)
            ClosingRoutes(randomness: randomness).add(to: &routes)
        }
    }

    @Test func `a statement runs from the balance before to the balance after`() async throws {
        try await withBooks { norte, sur in
            let beto = try await norte.makeCustomer()
            try await norte.post(
                norte.invoice(50_000, to: beto, on: "2026-09-01", due: "2026-09-10"),
                norte.invoice(50_000, to: beto, on: "2026-10-01", due: "2026-10-10"))
            let paid = try await norte.pay(70_000, by: beto, on: "2026-10-05")
            try await norte.post(norte.invoice(50_000, to: beto, on: "2026-11-01", due: "2026-11-10"))
            let october = try await Self.statement(norte, of: beto, from: "2026-10-01", to: "2026-10-31")
            #expect(october.opening.minor == 50_000 && october.closing.minor == 30_000)
            #expect(october.lines.map(\.change.minor) == [50_000, -70_000])
            #expect(october.lines.map(\.balance.minor) == [100_000, 30_000])
            #expect(october.charged.minor == 50_000 && october.paid.minor == 70_000)
            // Of October's invoice 300.00 were open after its last day.
            #expect(october.overdue.minor == 30_000)
            #expect(try await Self.statement(norte, of: beto, to: "2026-10-10").overdue.isZero)
            #expect(
                try await norte.database.balance(of: beto, in: norte.currency, on: Self.day("2026-10-04")).balance.minor
                    == 100_000)
            try await norte.undo(paid)
            let year = try await Self.statement(norte, of: beto)
            #expect(year.lines.map(\.isReversed) == [false, false, true, false, false])
            #expect(year.lines.last?.kind == .reversal && year.closing.minor == 150_000)
            #expect(try await Self.statement(sur, of: beto).lines.isEmpty)
        }
    }

    @Test func `a statement of the past comes out as it was, whatever was entered since`() async throws {
        try await withBooks { norte, _ in
            let beto = try await norte.makeCustomer()
            try await norte.post(norte.invoice(50_000, to: beto, on: "2026-10-01", due: "2026-10-10"))
            let then = norte.now
            let before = try await Self.statement(norte, of: beto, asOf: then)
            norte.site.clock.advance(by: .seconds(86_400))
            // Entered later, for days before.
            try await norte.pay(50_000, by: beto, on: "2026-10-02")
            let after = try await Self.statement(norte, of: beto, asOf: then)
            #expect(before.lines == after.lines && after.overdue.minor == 50_000)
            #expect(try await Self.statement(norte, of: beto).overdue.isZero)
            #expect(
                try await norte.database.balance(of: beto, in: norte.currency, at: then).balance.minor == 50_000)
        }
    }

    @Test func `the account stands on the customer's page, in files and for programs, for those who may see it`()
        async throws
    {
        try await withBooks { norte, sur in
            let beto = try await norte.makeCustomer()
            try await norte.post(norte.invoice(50_000, to: beto, on: "2026-10-01", due: "2026-10-10", note: "F-77"))
            try await norte.pay(70_000, by: beto, on: "2026-10-05")
            let path = "/panel/customers/\(beto)/account"
            let ana = try await Self.person(norte, [.accountsView, .customersRead])
            let page = try await ana.see(path + "?from=2026-10-01&to=2026-10-31")
            for text in ["F-77", "$500.00", "$700.00", "$200.00 a favor", "Estado de cuenta"] {
                #expect(page.text.contains(text), "\(text)")
            }
            // A date that is none, and days in the wrong order.
            #expect(try await ana.see(path + "?from=ayer&to=2026-02-30&as_of=x&currency=XXX").status == .ok)
            #expect(try await ana.see(path + "?from=2026-12-31&to=2026-01-01").text.contains("F-77"))
            #expect(try await ana.see(path + "?as_of=2026-01-01").text.contains("F-77") == false)
            let csv = try await ana.download(path + ".csv?from=2026-10-01&to=2026-10-31")
            #expect(csv.text.contains("F-77,2026-10-10,500.00,,500.00,MXN"))
            #expect(csv.text.contains(",,700.00,-200.00,MXN"))
            #expect(try await ana.see(path + ".xlsx").status == .ok)
            let stranger = try await Self.person(norte, [.customersRead])
            #expect(try await stranger.see(path).status == .forbidden)
            let neighbour = try await Self.person(sur, [.accountsView, .customersRead])
            #expect(try await neighbour.see(path).status == .notFound)

            let program = try await Program(norte, [.accountsView]) { routes, _ in LedgerAPI.add(to: &routes) }
            let balance = try await program.ask("/api/v1/customers/\(beto)/balance")
            #expect(balance.text.contains(#""owed":0,"in_favour":20000"#))
            let lines = try await program.ask("/api/v1/customers/\(beto)/statement?from=2026-10-01&to=2026-10-31")
            #expect(lines.text.contains(#""change":-70000,"balance":-20000"#))
            let other = try await Program(sur, [.accountsView]) { routes, _ in LedgerAPI.add(to: &routes) }
            #expect(try await other.ask("/api/v1/customers/\(beto)/balance").status == .notFound)
            #expect(try await other.ask("/api/v1/customers/\(beto)/statement").status == .notFound)
        }
    }

    @Test func `a subscriber reads their own account and nobody else's`() async throws {
        try await withTenants(declaring: .customers, .zones, .ledger, .subscribers) { norte, _ in
            let (beto, eva) = (try await norte.makeCustomer(), try await norte.makeCustomer("Eva"))
            try await norte.post(
                norte.invoice(50_000, to: beto, note: "F-BETO"), norte.invoice(60_000, to: eva, note: "F-EVA"))
            let link = try await PortalLink.make(
                for: beto, by: norte.commandLine, from: norte.site.randomness, in: norte.database)
            let (session, _) = try await PortalEntry.enter(
                with: link.secret.text, at: .init(device: "", address: ""), now: norte.now,
                randomness: norte.site.randomness, in: norte.database)
            var routes = Portal.Routes()
            PortalStatementRoutes.add(to: &routes)
            let gate = norte.gate(routes, credential: Portal.credential, refuse: Portal.refuse)
            let page = try await norte.ask(
                gate, "/portal/account?customer=\(eva)", headers: ["Cookie": "portal=\(session.secret.text)"])
            #expect(page.text.contains("F-BETO") && !page.text.contains("F-EVA"))
        }
    }

    @Test func `the list of balances shows the largest debts first, page by page`() async throws {
        try await withBooks { norte, sur in
            for index in 1...60 {
                let customer = try await norte.makeCustomer("Deudor \(index)")
                // Two owe the same at the end of the first page.
                try await norte.post(norte.invoice(Int64(index == 11 ? 10 : index) * 100, to: customer))
            }
            let rich = try await norte.makeCustomer("Con saldo")
            try await norte.post(norte.payment(5_000, by: rich))
            let ana = try await Self.person(norte, [.accountsView])
            let first = try await ana.see("/panel/accounts")
            #expect(first.text.contains("60 clientes: $1,829.00") && first.text.contains("Deudor 60"))
            let next = try #require(
                first.text.split(separator: "href=\"").first { $0.hasPrefix("/panel/accounts?after=") }?
                    .prefix { $0 != "\"" })
            let second = try await ana.see(String(next))
            let names = (1...60).filter { index in
                [first, second].filter { $0.text.contains(">Deudor \(index)<") }.count == 1
            }
            #expect(names.count == 60)
            #expect(try await ana.see("/panel/accounts?side=in_favour").text.contains("$50.00 a favor"))
            #expect(try await ana.see("/panel/accounts?after=1_2").status == .badRequest)
            let neighbour = try await Self.person(sur, [.accountsView])
            #expect(try await neighbour.see("/panel/accounts").text.contains("Nadie debe."))
        }
    }

    @Test func `periods are closed on the page of the ledger, by those who may`() async throws {
        try await withBooks { norte, sur in
            _ = try await norte.prove()
            let owner = try await Self.person(norte, [.ledgerView, .ledgerClose])
            let page = try await owner.see("/panel/ledger")
            #expect(page.text.contains("Cuadra") && page.text.contains("Cerrar periodo"))
            #expect(try await owner.send("/panel/ledger/closings", "day=2026-09-30&reason=").status == .seeOther)
            #expect(try await norte.database.closedThrough() == Self.day("2026-09-30"))
            #expect(try await sur.database.closedThrough() == nil)
            let refused = try await owner.send("/panel/ledger/closings", "day=2026-08-31&reason=")
            #expect(refused.status == .unprocessableContent && refused.text.contains("Escriba el motivo."))
            #expect(
                try await owner.send("/panel/ledger/closings", "day=2026-99-99").status == .unprocessableContent)
            #expect(
                try await norte.database.events(limit: 1).map(\.kind) == ["ledger.closed"])
            let accountant = try await Self.person(norte, [.ledgerView])
            #expect(try await accountant.see("/panel/ledger").text.contains("Cerrar periodo") == false)
            #expect(
                try await accountant.send("/panel/ledger/closings", "day=2026-10-31&reason=").status == .forbidden)
        }
    }

    @Test func `every word of the pages is there in every language`() {
        #expect(LedgerWords.problems + TransactionWords.problems + LedgerAPIWords.problems == [])
    }
}
