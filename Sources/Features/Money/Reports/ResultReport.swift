import Expenses
import Identifiers
import Locale
import Postgres
import Time

extension Report {
    /// Lo que queda: receipts from customers and other income, less expenses.
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

/// Money received and spent, of one kind.
struct MoneyOfKind: Sendable, RowReadable {
    /// The category of the company's own entries; nil for all money together.
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
        let own = kinds.filter { $0.category != nil }
        func sums(_ some: [MoneyOfKind]) -> (now: Int64, before: Int64) {
            (some.reduce(0) { $0 + $1.now }, some.reduce(0) { $0 + $1.before })
        }
        let (left, entered) = (sums(kinds.filter { $0.category == nil }), sums(own))
        let collected = (now: left.now - entered.now, before: left.before - entered.before)
        let income = sums(own.filter { $0.known?.isIncome == true })
        let spent = sums(own.filter { $0.known?.isIncome != true })
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
                rows: [row(ReportWords.fromCustomers.text(for: desk.reader), collected.now, collected.before)]
                    + own.sorted { $0.now > $1.now }.map { kind in
                        row(kind.known?.text(for: desk.reader) ?? kind.category ?? "", kind.now, kind.before)
                    },
                total: row(ReportWords.left.text(for: desk.reader), left.now, left.before))
        ]
        return figures
    }
}

extension TenantDatabase {
    /// All changes of the money accounts, and the company's own entries by category.
    fileprivate func moneyByKind(in period: ReportPeriod, by currency: Currency) -> SQL {
        let sums: SQL = """
            coalesce(sum(p.amount) FILTER (WHERE p.day >= \(period.from)), 0)::bigint AS now,
            coalesce(sum(p.amount) FILTER (WHERE p.day < \(period.from)), 0)::bigint AS before
            """
        let money: SQL = """
            p.account = 'money' AND p.customer_id IS NULL AND p.currency = \(currency.rawValue)
            AND p.day BETWEEN \(period.before.lowerBound) AND \(period.to)
            AND (p.day >= \(period.from) OR p.day <= \(period.before.upperBound))
            """
        return """
            SELECT NULL::text AS category, \(sums) FROM ledger_postings p WHERE p.tenant_id = \(tenant) AND \(money)
            UNION ALL
            SELECT h.category, \(sums) FROM house_entries h
            JOIN ledger_transactions t ON t.tenant_id = h.tenant_id AND t.source_id = h.entry_id
                AND t.kind IN ('expense', 'other_income', 'reversal')
            JOIN ledger_postings p ON p.tenant_id = t.tenant_id AND p.transaction_id = t.transaction_id
            WHERE h.tenant_id = \(tenant) AND \(money)
            GROUP BY h.category
            """
    }
}
