import Access
import BankAccounts
import Customers
import Declarations
import Events
import Identifiers
import Locale
import Payments
import Postgres
import ReceiptTexts
import Sandbox
import Tenancy
import Time

/// Receipts of invented customers, one in each state: clear, doubtful, sent twice, approved and rejected.
package enum InventedReceipts {
    /// None where a receipt is there already.
    package static func send(
        in tenant: Tenant, by principal: Principal, with tools: ReceiptTools, in database: TenantDatabase
    ) async throws {
        let debtors: [InventedPayer] = try await database.rows(
            """
            SELECT c.customer_id, c.name, b.balance FROM customer_balances b
            JOIN customers c ON c.tenant_id = \(database.tenant) AND c.customer_id = b.customer_id
            WHERE b.tenant_id = \(database.tenant) AND b.currency = \(tenant.currency.rawValue) AND b.balance > 0
                AND c.merged_into IS NULL AND c.payer_id IS NULL AND NOT EXISTS (
                    SELECT FROM receipt_readings r WHERE r.tenant_id = \(database.tenant))
            ORDER BY c.number DESC LIMIT 5
            """)
        guard debtors.count == 5, let account = try await database.bankAccounts(shownOnly: false).first else { return }
        let number = [account.interbank, account.account, account.card].first { !$0.isEmpty } ?? ""
        let today = tenant.timeZone.day(at: principal.now)
        var sent: [Payment] = []
        for (place, debtor) in debtors.enumerated() {
            var drawing = Drawing(
                amount: Money(minor: debtor.balance, tenant.currency).exactText(for: tenant.reader), day: today - 1,
                key: "NVL\(48_210_034 + 7_654_321 * place)\(1_000 + 377 * place)", tail: String(number.suffix(4)))
            if place == 1 { drawing.state = "Programada" }
            let subscriber = Principal(
                Actor(.subscriber, id: debtor.customer.uuid, name: debtor.name), permissions: [],
                of: principal.catalogue, at: principal.now)
            let taken = try await ReceiptActs(tools).take(
                drawing.file, as: .make(milliseconds: principal.now.milliseconds, from: tools.randomness),
                of: debtor.customer, expecting: nil, in: tenant, by: subscriber, in: database)
            if let payment = taken.payment { sent.append(payment) }
        }
        guard sent.count == 5 else { return }
        _ = try await tools.acts.approve(sent[3].id, by: principal, in: database)
        let reason = ReceiptWords.otherAccount.text(for: tenant.reader)
        _ = try await tools.acts.reject(sent[4].id, because: reason, by: principal, in: database)
    }

    private struct Drawing {
        let amount: String
        let day: Day
        let key: String
        let tail: String
        var state = "Liquidada"

        var file: [UInt8] {
            let rows = [
                ("Fecha", "\(day.dayOfMonth)/\(day.month.number)/\(day.year)"), ("Clave de rastreo", key),
                ("Cuenta destino", "****\(tail)"), ("Estatus", state),
            ]
            var marks = "<rect width='1000' height='130' fill='#00558c'/>"
            marks += "<text x='80' y='85' font-size='54' fill='#fff'>Banco del Valle</text>"
            marks += "<text x='500' y='290' font-size='84' text-anchor='middle'>\(amount)</text>"
            for (place, row) in rows.enumerated() {
                let y = 420 + 95 * place
                marks += "<text x='80' y='\(y)' font-size='36'>\(row.0)</text>"
                marks += "<text x='920' y='\(y)' font-size='36' text-anchor='end'>\(row.1)</text>"
            }
            return Array(
                """
                <svg xmlns='http://www.w3.org/2000/svg' width='1000' height='900' font-family='Open Sans'>\
                <rect width='1000' height='900' fill='#fff'/>\(marks)</svg>
                """.utf8)
        }
    }
}

private struct InventedPayer: RowReadable {
    let customer: Customer.ID
    let name: String
    let balance: Int64

    init(row: Row) throws(DatabaseError) {
        (customer, name, balance) = (
            try row.read("customer_id"), try row.read("name"), try row.read("balance")
        )
    }
}
