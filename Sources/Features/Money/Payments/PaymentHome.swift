import Access
import Assembly
import Locale
import Nouns
import Panel
import Postgres
import Tenancy

/// What waits to be checked, on the first page.
enum PaymentHome {
    static func parts(for visit: Visit) async throws -> [HomePart] {
        guard visit.may(.paymentsView) else { return [] }
        let currency = visit.tenant.currency
        let pending = try await visit.database.pendingPayments(in: currency)
        return [
            HomePart(
                .tile, 33,
                Tile(
                    Payment.State.pending.text(for: visit.reader), pending.count.text(for: visit.reader),
                    path: "\(Payment.list.path)?state=\(Payment.State.pending.rawValue)",
                    mark: pending.count > 0 ? "in_debt" : "",
                    note: Money(minor: pending.sum, currency).text(for: visit.reader)))
        ]
    }
}

private struct PendingPayments: RowReadable {
    let count: Int
    let sum: Int64

    init(row: Row) throws(DatabaseError) { (count, sum) = (try row.read("count"), try row.read("sum")) }
}

extension TenantDatabase {
    fileprivate func pendingPayments(in currency: Currency) async throws(DatabaseError) -> PendingPayments {
        let found: PendingPayments? = try await first(
            """
            SELECT count(*) AS count,
                coalesce(sum(amount) FILTER (WHERE currency = \(currency.rawValue)), 0)::bigint AS sum
            FROM payments WHERE tenant_id = \(tenant) AND state = 'pending'
            """)
        guard let found else { throw DatabaseError.wrongColumn("An aggregate brought no row") }
        return found
    }
}
