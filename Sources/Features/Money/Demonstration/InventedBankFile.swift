import Access
import BankAccounts
import BankFiles
import Customers
import Declarations
import Identifiers
import Locale
import Postgres
import Tenancy
import Time

/// A demo bank file as of yesterday, for trying out reconciliation: most of its deposits have a customer's reference,
/// some only a name, and some neither.
package enum InventedBankFile {
    private static let most = 40

    /// False without an account or debts, or when a file was already uploaded.
    package static func upload(
        to tenant: Tenant, by principal: Principal, through acts: BankFileActs, in database: TenantDatabase
    ) async throws -> Bool {
        let accounts = try await database.bankAccounts().filter { !$0.account.isEmpty }
        let debtors: [InventedDebtor] = try await database.rows(
            """
            SELECT c.number, c.name, b.balance FROM customer_balances b
            JOIN customers c ON c.tenant_id = \(database.tenant) AND c.customer_id = b.customer_id
            WHERE b.tenant_id = \(database.tenant) AND b.currency = \(tenant.currency.rawValue) AND b.balance > 0
                AND c.merged_into IS NULL AND NOT EXISTS (
                    SELECT FROM bank_files f WHERE f.tenant_id = \(database.tenant))
            ORDER BY c.number LIMIT \(most)
            """)
        guard let account = accounts.first, !debtors.isEmpty else { return false }
        _ = try await acts.upload(
            Array(text(of: account, debtors, in: tenant, on: tenant.timeZone.day(at: principal.now)).utf8),
            named: "estado-de-cuenta.csv", of: account.id, in: tenant, by: principal, in: database)
        return true
    }

    private static func text(
        of account: BankAccount, _ debtors: [InventedDebtor], in tenant: Tenant, on today: Day
    ) -> String {
        var (balance, rows) = (Int64(25_000_00), [String]())
        func add(_ back: Int, _ concept: String, _ reference: String, _ payer: String, _ minor: Int64) {
            balance += minor
            let amount = amountText(abs(minor), tenant.currency)
            rows.append(
                "\((today - back).iso),\(concept),\(reference),\(payer),\(minor < 0 ? amount : ""),"
                    + "\(minor < 0 ? "" : amount),\(amountText(balance, tenant.currency))")
        }
        for (place, debtor) in debtors.enumerated() {
            let back = 5 - 4 * place / debtors.count
            // Every fifth forgot the reference, and of those every second is paid for by somebody else.
            switch (place % 5 == 4, place % 10 == 9) {
            case (false, _):
                add(back, "SPEI RECIBIDO", PaymentReference(of: debtor.number).text, debtor.name, debtor.balance)
            case (true, false): add(back, "SPEI RECIBIDO", "", debtor.name.uppercased(), debtor.balance)
            case (true, true): add(back, "DEPOSITO EN EFECTIVO", "", "", debtor.balance)
            }
        }
        add(1, "COMISION POR MANEJO DE CUENTA", "", "", -250_00)
        add(1, "INTERESES GANADOS", "", "", 12_34)
        let head = "Cuenta:,\(account.account)\nFecha,Concepto,Referencia,Ordenante,Cargo,Abono,Saldo\n"
        return head + rows.joined(separator: "\n") + "\n"
    }

    /// Without the currency.
    private static func amountText(_ minor: Int64, _ currency: Currency) -> String {
        String(Money(minor: minor, currency).plainText.prefix { $0 != " " })
    }
}

private struct InventedDebtor: RowReadable {
    let number: Int
    let name: String
    let balance: Int64

    init(row: Row) throws(DatabaseError) {
        (number, name, balance) = (try row.read("number"), try row.read("name"), try row.read("balance"))
    }
}
