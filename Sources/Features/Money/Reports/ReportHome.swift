import Access
import Assembly
import HTML
import Locale
import Panel
import Postgres
import Services
import Tenancy
import Time

/// The day's money on the first page: cobrado hoy, por cobrar, morosos.
enum ReportHome {
    static func parts(for visit: Visit) async throws -> [HomePart] {
        guard visit.may(.reportsView) else { return [] }
        let today = try await visit.database.moneyToday(on: visit.today, in: visit.tenant.currency)
        func text(_ minor: Int64) -> String { Money(minor: minor, visit.tenant.currency).text(for: visit.reader) }
        let tiles = [
            Tile(
                ReportWords.collectedToday.text(for: visit.reader), text(today.collected),
                path: "\(Report.collected.pagePath)?from=\(visit.today.iso)&to=\(visit.today.iso)",
                note: ReportWords.yesterdayWas.text(for: visit.reader, .text("amount", text(today.collectedYesterday)))),
            Tile(
                ReportWords.receivable.text(for: visit.reader), text(today.receivable), path: Report.due.pagePath),
            Tile(
                ReportWords.late.text(for: visit.reader), today.late.text(for: visit.reader), path: Report.due.pagePath,
                mark: today.late > 0 ? "in_debt" : "",
                note: ReportWords.overdueOf.text(for: visit.reader, .text("amount", text(today.overdue)))),
        ]
        return tiles.enumerated().map { HomePart(.tile, 30 + $0, $1) }
    }
}

struct MoneyToday: Sendable, RowReadable {
    let collected: Int64
    let collectedYesterday: Int64
    let receivable: Int64
    let overdue: Int64
    let late: Int

    init(row: Row) throws(DatabaseError) {
        collected = try row.read("collected")
        collectedYesterday = try row.read("yesterday")
        receivable = try row.read("receivable")
        overdue = try row.read("overdue")
        late = try row.read("late")
    }
}

extension TenantDatabase {
    func moneyToday(on today: Day, in currency: Currency) async throws(DatabaseError) -> MoneyToday {
        let coin = currency.rawValue
        let found: MoneyToday? = try await first(
            """
            SELECT paid.collected, paid.yesterday, due.receivable, due.overdue, due.late
            FROM (
                SELECT coalesce(sum(amount) FILTER (WHERE day = \(today)), 0)::bigint AS collected,
                    coalesce(sum(amount) FILTER (WHERE day < \(today)), 0)::bigint AS yesterday
                FROM payments
                WHERE tenant_id = \(tenant) AND day BETWEEN \(today - 1) AND \(today) AND state = 'applied'
                    AND currency = \(coin)) paid
            CROSS JOIN (
                SELECT coalesce(sum(open), 0)::bigint AS receivable,
                    coalesce(sum(open) FILTER (WHERE due_on < \(today)), 0)::bigint AS overdue,
                    count(DISTINCT customer_id) FILTER (WHERE due_on < \(today)) AS late
                FROM ledger_charges
                WHERE tenant_id = \(tenant) AND currency = \(coin) AND open > 0) due
            """)
        guard let found else { throw DatabaseError.wrongColumn("An aggregate brought no row") }
        return found
    }
}
