import API
import Access
import BankAccounts
import Customers
import Declarations
import Identifiers
import Invoices
import Ledger
import Locale
import Payments
import Postgres
import ShellSupport
import Tenancy
import TenantSupport
import TestSupport
import Testing
import Time

@testable import Collection

/// An amount that is told is the amount that counts, wherever it is read.
@Suite struct AmountTests {
    /// Cut on the 8th for 300 that were due on the 7th; 500 more are due on the 20th.
    private static func cut(at tenant: TestTenant) async throws -> (customer: Customer.ID, message: String) {
        tenant.move(to: "2026-12-01")
        try await tenant.policy()
        let (beto, _) = try await tenant.makeCustomer("Beto Ruiz")
        try await tenant.charge(to: beto, on: "2026-12-01", due: "2026-12-07")
        for day in ["01", "03", "06", "07", "08"] {
            tenant.move(to: "2026-12-\(day)")
            if day == "06" { try await tenant.charge(50_000, to: beto, on: "2026-12-06", due: "2026-12-20") }
            try await tenant.run()
        }
        let steps = try await tenant.database.collectionSteps(of: beto, until: tenant.now, limit: 1)
        return (beto, try #require(steps.first).message)
    }

    @Test func `the message of a cut, the portal, the list and the till name one total, and it reconnects`()
        async throws
    {
        try await withCollectors { norte, _ in
            let (beto, message) = try await Self.cut(at: norte)
            #expect(message.contains("Total para reconectar: $380.00 (deuda $300.00 + reconexión $80.00)"))
            let portal = try await Subscriber(beto, at: norte)
            #expect(
                try await portal.see("/portal/collection").text.contains(
                    "Total para reconectar: $380.00 (deuda $300.00 + reconexión $80.00)"))
            let ana = try await Person(norte, norte.everything) { routes, randomness in
                DebtorRoutes.add(to: &routes, files: .tests)
                PaymentRoutes(
                    PaymentActs(randomness: randomness), ReceiptPrinter(in: .tests), vault: norte.site.vault,
                    randomness: randomness, files: .tests
                ).add(to: &routes)
            }
            #expect(try await ana.see("/panel/collection?list=cut").text.contains("$380.00"))
            let till = try await ana.see("/panel/customers/\(beto)/payments/new").text
            #expect(till.contains("$800.00") && till.contains("$380.00") && !till.contains("$880.00"))
            let paid = try await norte.pay(37_999, by: beto)
            #expect(try await ana.see("/panel/payments/\(paid.id)").text.contains("Faltan $0.01 para reconectar."))
            let missing = try await portal.see("/portal/collection").text
            #expect(missing.contains("Total para reconectar: $0.01 (deuda $0.00 + reconexión $0.01)"))
            try await norte.pay(1, by: beto)
            #expect(try await norte.steps(of: beto).last == "reconnected 2026-12-08")
            #expect(try await norte.balance(of: beto) == 50_000)
        }
    }

    @Test func `a warning names what keeps the service, not what is due after the cut`() async throws {
        try await withCollectors { norte, _ in
            let (beto, _) = try await Self.cut(at: norte)
            let messages = try await norte.database.collectionSteps(of: beto, until: norte.now, limit: 9)
            let warning = try #require(messages.first { $0.kind == .warning })
            #expect(warning.message.contains("su pago de $300.00"))
        }
    }

    @Test func `what is owed from before collection began is owed in the portal too`() async throws {
        try await withCollectors { norte, _ in
            norte.move(to: "2026-12-20")
            try await norte.policy { $0.startMonth = "2027-01" }
            let (beto, _) = try await norte.makeCustomer()
            try await norte.charge(to: beto, on: "2026-12-01", due: "2026-12-07")
            let page = try await Subscriber(beto, at: norte).see("/portal/collection").text
            #expect(page.contains("Debe $300.00") && !page.contains("No debe nada"))
        }
    }

    @Test func `messages and the portal name the accounts that are shown, and the customer's reference`() async throws {
        try await withCollectors { norte, _ in
            let account = try #require(try await norte.database.bankAccounts().first)
            var hidden = BankAccount(id: norte.newID())
            (hidden.bank, hidden.holder, hidden.account, hidden.isShown) = ("Oculto", "Redes S.A.", "999", false)
            _ = try await hidden.add(of: norte.tenant, by: norte.commandLine, in: norte.database)
            let (beto, message) = try await Self.cut(at: norte)
            let number = try #require(try await norte.database.customer(beto)).number
            let reference = PaymentReference(of: number).text
            #expect(message.contains("Banco Norte · Redes S.A. · Cuenta 0118359719"))
            #expect(message.contains("Su referencia de pago: \(reference)"))
            let page = try await Subscriber(beto, at: norte).see("/portal/collection").text
            #expect(page.contains("0118359719") && page.contains(reference))
            #expect(!page.contains("Oculto") && !message.contains("Oculto"))
            // An account that is gone is told to nobody.
            try await BankAccount.delete(account.id, by: norte.commandLine, in: norte.database)
            try await norte.pay(100, by: beto)
            let last = try #require(
                try await norte.database.collectionSteps(of: beto, until: norte.now, limit: 1).first)
            #expect(last.kind == .missing && !last.message.contains("Banco Norte"))
        }
    }
}
