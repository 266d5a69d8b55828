import Expenses
import Identifiers
import Locale
import Postgres
import Time

extension Report {
    /// Lo que queda: what came in from customers and otherwise, less what was spent.
    static let result = Report(
        name: "result",
        paths: Paths(
            page: "/panel/reports/result", csv: "/panel/reports/result.csv", xlsx: "/panel/reports/result.xlsx"),
        permission: .expensesView, title: .result, intro: .resultIntro,
        shapes: [
            ReportShape(
                name: "by_category", title: .byCategory,
                columns: [
                    ReportShape.Column("label", .category, .text), ReportShape.Column("amount", .amount, .money),
                    ReportShape.Column("before", .before, .money), ReportShape.Column("change", .change, .change),
                ])
        ],
        books: [], read: MoneyOfKind.read)
}

/// What came into the accounts of money or left them, of one kind.
struct MoneyOfKind: Sendable, RowReadable {
    /// Of the company's own entries their category; nil of what is customers'.
    private let category: String?
    private let now: Int64
    private let before: Int64

    init(row: Row) throws(DatabaseError) {
        category = try row.read("category")
        now = try row.read("now")
        before = try row.read("before")
    }

    private var known: HouseEntry.Category? { category.flatMap(HouseEntry.Category.init) }

    @Sendable static func read(_ period: ReportPeriod, at desk: ReportDesk) async throws -> ReportFigures {
        let kinds: [MoneyOfKind] = try await desk.database.rows(
            desk.database.moneyByKind(in: period, by: desk.currency))
        func sums(_ matches: (MoneyOfKind) -> Bool) -> (now: Int64, before: Int64) {
            let some = kinds.filter(matches)
            return (some.reduce(0) { $0 + $1.now }, some.reduce(0) { $0 + $1.before })
        }
        let collected = sums { $0.category == nil }
        let income = sums { $0.known?.isIncome == true }
        let spent = sums { $0.category != nil && $0.known?.isIncome != true }
        let left = sums { _ in true }
        var figures = ReportFigures()
        figures.facts = [
            .init(.fromCustomers, desk.money(collected.now), before: desk.money(collected.before)),
            .init(.otherIncome, desk.money(income.now), before: desk.money(income.before)),
            .init(.spent, desk.money(-spent.now), before: desk.money(-spent.before)),
            .init(.left, desk.money(left.now), before: desk.money(left.before)),
        ]
        figures.chart = .init(
            title: .result,
            bars: [
                (ReportWords.fromCustomers, collected.now), (.otherIncome, income.now), (.spent, spent.now),
                (.left, left.now),
            ]
            .map { words, amount in
                let name = words.text(for: desk.reader)
                return (name, name, Money(minor: amount, desk.currency))
            })
        func row(_ name: String, _ now: Int64, _ before: Int64) -> [ReportValue] {
            [.text(name), desk.money(now), desk.money(before), .change(now: now, before: before)]
        }
        figures.tables = [
            .init(
                rows: kinds.sorted { $0.now > $1.now }.map { kind in
                    let name =
                        kind.category == nil
                        ? ReportWords.fromCustomers.text(for: desk.reader)
                        : kind.known?.text(for: desk.reader) ?? kind.category ?? ""
                    return row(name, kind.now, kind.before)
                },
                total: row(ReportWords.left.text(for: desk.reader), left.now, left.before))
        ]
        return figures
    }
}

extension TenantDatabase {
    /// Of each posting of money what it is against: an entry of the company's, or a customer.
    fileprivate func moneyByKind(in period: ReportPeriod, by currency: Currency) -> SQL {
        """
        SELECT h.category, coalesce(sum(p.amount) FILTER (WHERE p.day >= \(period.from)), 0)::bigint AS now,
            coalesce(sum(p.amount) FILTER (WHERE p.day < \(period.from)), 0)::bigint AS before
        FROM ledger_postings p
        JOIN ledger_transactions t ON t.tenant_id = p.tenant_id AND t.transaction_id = p.transaction_id
        LEFT JOIN house_entries h ON h.tenant_id = t.tenant_id AND h.entry_id = t.source_id
        WHERE p.tenant_id = \(tenant) AND p.account = 'money' AND p.customer_id IS NULL
            AND p.currency = \(currency.rawValue) AND p.day BETWEEN \(period.before.lowerBound) AND \(period.to)
            AND (p.day >= \(period.from) OR p.day <= \(period.before.upperBound))
        GROUP BY h.category
        """
    }
}
