import Access
import BankAccounts
import Declarations
import Events
import Identifiers
import Ledger
import Locale
import Payments
import Postgres
import Sandbox
import Tenancy
import TenantSupport
import TestSupport
import Time

@testable import BankFiles
@testable import Customers

/// Two companies with the rooms that bank files need.
func withBankFiles(_ body: (TestTenant, TestTenant) async throws -> Void) async throws {
    try await withTenants(declaring: .customers, .ledger, .payments, .bankAccounts, .bankFiles, body: body)
}

extension TestTenant {
    var acts: BankFileActs { BankFileActs(vault: site.vault, randomness: site.randomness) }
    var payments: PaymentActs { PaymentActs(randomness: site.randomness) }
    var today: Day { tenant.timeZone.day(at: now) }

    func newID<Noun>() -> ID<Noun> { .make(milliseconds: now.milliseconds, from: site.randomness) }
    func money(_ minor: Int64) -> Money { Money(minor: minor, tenant.currency) }

    /// Can do all but what the bank shows needs no approval for.
    var accountant: Principal {
        Principal(
            Actor(.staff, id: UUID(high: 2, low: 1), name: "Caro"),
            permissions: [.bankFilesView, .bankFilesAssign, .bankFilesImport, .bankFilesUndo], of: site.catalogue,
            at: now)
    }

    func makeAccount(_ number: String = "0118359719") async throws -> BankAccount {
        var account = BankAccount(id: newID())
        (account.bank, account.holder, account.account) = ("Banco del Ejemplo", "Norte", number)
        return try await account.add(of: tenant, by: commandLine, in: database)
    }

    /// Somebody who owes so much.
    func makeCustomer(_ name: String, owing minor: Int64 = 0) async throws -> Customer {
        var customer = Customer(id: newID(), name: name, state: .active, since: Day(iso: "2026-01-01")!)
        _ = try await Customer.add([customer], distinct: true, to: tenant, by: commandLine, in: database)
        customer = try await database.customer(customer.id)!
        guard minor > 0 else { return customer }
        let id: Transaction.ID = newID()
        try await database.post(
            Transaction(
                id: id, .charge, of: id.uuid, on: today - 20, due: today - 10, note: "F-1",
                [
                    Posting(.receivable(customer.id), money(minor)),
                    Posting(.income("internet"), Money(minor: -minor, tenant.currency)),
                ]), by: .commandLine, at: now)
        return customer
    }

    func reference(of customer: Customer) -> String { PaymentReference(of: customer.number).text }

    func balance(of customer: Customer) async throws -> Int64 {
        let balance = try await database.balance(of: customer.id, in: tenant.currency)
        return balance.owed.minor - balance.inFavour.minor
    }

    /// A file of these rows: day back from today, concept, reference, payer and what came in.
    func file(_ rows: [(Int, String, String, String, String)], account: String = "0118359719") -> [UInt8] {
        let lines = rows.map { back, concept, reference, payer, amount in
            "\((today - back).iso),\(concept),\(reference),\(payer),,\(amount)"
        }
        return Array(
            ("Cuenta:,\(account)\nFecha,Concepto,Referencia,Ordenante,Cargo,Abono\n" + lines.joined(separator: "\n")
                + "\n").utf8)
    }

    func upload(_ content: [UInt8], to account: BankAccount) async throws -> BankFile {
        let file = try await acts.upload(
            content, named: "estado.csv", of: account.id, in: tenant, by: accountant, in: database)
        return try await work(on: file)
    }

    /// As a worker does it.
    func work(on file: BankFile) async throws -> BankFile {
        try await WorkOnBankFile(file.id).go(
            of: tenant, by: acts, readingIn: .tests, knowing: site.catalogue, at: now, in: database)
        return try await database.bankFile(file.id)!
    }

    func commit(_ file: BankFile) async throws -> BankFile {
        try await work(on: acts.commit(file.id, by: accountant, in: database))
    }

    func undo(_ file: BankFile) async throws -> BankFile {
        try await work(on: acts.undo(file.id, by: accountant, in: database))
    }

    func lines(of file: BankFile) async throws -> [BankLine] {
        try await database.bankLines(of: file.id, in: BankLine.State.allCases, after: -1, limit: 1000)
    }

    func states(of file: BankFile) async throws -> [BankLine.State] { try await lines(of: file).map(\.state) }

    func take(
        _ minor: Int64, from customer: Customer, reference: String, back: Int = 1, by principal: Principal? = nil
    ) async throws -> Payment {
        try await payments.register(
            NewPayment(
                id: newID(), customer: customer.id, method: "transfer", amount: money(minor), day: today - back,
                reference: reference), of: tenant, by: principal ?? commandLine, in: database)
    }

    /// A cashier's, which waits for who may look at the bank.
    func claim(_ minor: Int64, from customer: Customer, reference: String, back: Int = 1) async throws -> Payment {
        try await take(
            minor, from: customer, reference: reference, back: back,
            by: Principal(
                Actor(.staff, id: UUID(high: 2, low: 9), name: "Beto"), permissions: [.paymentsRegister],
                of: site.catalogue, at: now))
    }
}
