import Access
import Assembly
import Collection
import Customers
import Events
import HTTP
import Identifiers
import Invoices
import Ledger
import Locale
import Nouns
import Panel
import Payments
import Postgres
import ShellSupport
import Tenancy
import TenantSupport
import TestSupport
import Testing
import Time

@testable import Plans
@testable import Services
@testable import mastil

/// One customer who pays for others: a parish for its chapels, a father for his daughters.
@Suite struct PayerTests {
    @Test(arguments: [false, true])
    func `what the services of those paid for cost is on the payer's account, in one invoice or several`(
        isApart: Bool
    ) async throws {
        try await withTenants(in: Rooms.declarations) { norte, sur in
            let program = try await ShellSupport.Program(norte, norte.everything) { routes, _ in
                routes = norte.site.context(of: Rooms.list).apiRoutes
            }
            func make(_ path: String, _ body: String) async throws -> String {
                let answer = try await program.create(path, body)
                #expect(answer.status == .created, "\(path): \(answer.text)")
                return answer.headers["Location"].map { String($0.suffix(36)) } ?? ""
            }
            let plan = try await make(
                "/api/v1/plans", #"{"name":"Básico","price":30000,"download":8000,"upload":3000}"#)
            let payer = try await make("/api/v1/customers", #"{"name":"Parroquia"}"#)
            let chapel = try await make("/api/v1/customers", #"{"name":"Capilla"}"#)
            let today = norte.tenant.timeZone.day(at: norte.now)
            var services: [String] = []
            for customer in [payer, chapel] {
                services.append(
                    try await make(
                        "/api/v1/customers/\(customer)/services",
                        #"{"plan":"\#(plan)","billing_day":\#(today.dayOfMonth)}"#))
                _ = try await make("/api/v1/services/\(services.last ?? "")/activations", "{}")
            }
            let said = try await program.create(
                "/api/v1/customers/\(chapel)/payer", #"{"payer":"\#(payer)","is_billed_apart":\#(isApart)}"#)
            #expect(said.status == .created)
            #expect(try await program.ask("/api/v1/customers/\(chapel)/payer").text.contains(payer))
            #expect(try await program.ask("/api/v1/customers/\(payer)/payer").status == .notFound)
            // Nobody pays for who pays, nor the other way round.
            for (customer, other, code) in [
                (payer, chapel, "payer_has_payer"), (chapel, chapel, "same_customer"), (payer, payer, "same_customer"),
            ] {
                let refused = try await program.create("/api/v1/customers/\(customer)/payer", #"{"payer":"\#(other)"}"#)
                #expect(refused.text.contains(code))
            }

            try await BillingSettings(firstDay: today.month.first).put(
                of: norte.tenant, by: norte.commandLine, in: norte.database)
            let asked = try await program.create("/api/v1/billing-runs", "{}")
            #expect(asked.status == .accepted)
            let run = try #require(asked.headers["Location"].flatMap { AskedBilling.ID(String($0.suffix(36))) })
            try await GoOnBilling(run).go(
                of: norte.tenant, at: norte.now, from: norte.site.randomness, in: norte.database)
            #expect(try await program.ask("/api/v1/billing-runs/\(run)").text.contains(#""state":"done""#))
            let (account, user) = (try #require(Customer.ID(payer)), try #require(Customer.ID(chapel)))
            let invoices = try await norte.database.invoices(of: account, on: today, limit: 9)
            #expect(invoices.map(\.total.minor) == (isApart ? [30_000, 30_000] : [60_000]))
            #expect(try await norte.database.invoices(of: user, on: today, limit: 9).isEmpty)
            func owed(_ customer: Customer.ID) async throws -> Int64 {
                try await norte.database.balance(of: customer, in: norte.tenant.currency).balance.minor
            }
            #expect(try await owed(account) == 60_000)
            #expect(try await owed(user) == 0)

            // Seen on both pages and on the invoice.
            let gate = norte.gate(
                norte.site.context(of: Rooms.list).panelRoutes, credential: Panel.credential, refuse: Panel.refuse)
            let cookie = try await norte.signIn(norte.everything, as: "Olga")
            func see(_ path: String) async throws -> String {
                try await norte.ask(gate, path, headers: ["Cookie": cookie]).text
            }
            #expect(try await see("/panel/customers/\(chapel)").contains("Parroquia"))
            #expect(try await see("/panel/customers/\(payer)").contains("Paga también por:"))
            let own = try #require(invoices.first { invoice in !isApart || invoice.sequence == 2 })
            let folios = try await see("/panel/customers/\(chapel)/invoices")
            #expect(folios.contains("/panel/invoices/"))
            let pages = try await [see("/panel/invoices/\(own.id)"), see("/panel/invoices/\(invoices[0].id)")]
            #expect(pages.contains { $0.contains("Paga los servicios de:") && $0.contains("Capilla") })

            // What is paid for the chapel is paid on the account, and whoever cuts looks at it.
            let paid = try await program.create(
                "/api/v1/payments", #"{"customer":"\#(chapel)","method":"cash","amount":20000}"#)
            #expect(paid.status == .created && paid.text.contains(payer))
            #expect(try await owed(account) == 40_000)
            let decision = try await norte.database.decision(
                about: try #require(Service.ID(services[1])), of: user, on: today, of: norte.tenant, at: norte.now)
            #expect(decision?.owed.minor == 40_000)
            #expect(try await sur.database.customer(user) == nil)
            #expect(try await program.ask("/api/v1/customers/\(chapel)/payer", method: "DELETE").status == .noContent)
            #expect(try await norte.database.account(of: user) == user)
        }
    }
}
