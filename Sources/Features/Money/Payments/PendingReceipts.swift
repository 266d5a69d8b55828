import Access
import Assembly
import Customers
import HTML
import Identifiers
import Ledger
import Locale
import Panel
import Postgres
import Time

/// On the portal's first page: what a subscriber paid and nobody has looked at yet, beside what they owe.
struct PendingReceipts: View {
    let receipts: [Receipt]
    let reader: Reader

    struct Receipt: RowReadable, Sendable {
        let amount: Money
        let day: Day

        init(row: Row) throws(DatabaseError) {
            let minor: Int64 = try row.read("amount")
            amount = Money(minor: minor, try row.currency())
            day = try row.read("day")
        }
    }

    static func ofSubscriber(_ visit: Visit, _ customer: UUID) async throws -> [HomePart] {
        let receipts: [Receipt] = try await visit.database.rows(
            """
            SELECT amount, currency, day FROM payments
            WHERE tenant_id = \(visit.database.tenant) AND customer_id = \(customer) AND state = 'pending'
            ORDER BY made_at DESC LIMIT 5
            """)
        return receipts.isEmpty
            ? [] : [HomePart(.top, 10, PendingReceipts(receipts: receipts, reader: visit.reader))]
    }

    var body: Markup {
        section(.class("card notice"), .role("status")) {
            for receipt in receipts {
                p {
                    PaymentWords.toBeChecked.text(
                        for: reader, .text("amount", receipt.amount.exactText(for: reader)),
                        .text("day", receipt.day.text(.short, for: reader)))
                }
            }
        }
    }
}
