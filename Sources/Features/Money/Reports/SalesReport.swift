import Identifiers
import Locale
import Postgres
import Time

extension Report {
    /// Libro de ventas: invoices and their taxes by rate.
    static let sales = Report(
        name: "sales",
        paths: Paths(
            page: "/panel/reports/sales", csv: "/panel/reports/sales.csv", xlsx: "/panel/reports/sales.xlsx"),
        title: .sales, intro: .salesIntro,
        shapes: [
            ReportShape(
                name: "by_kind", title: .byDocument,
                columns: [
                    ReportShape.Column("label", .document, .text), ReportShape.Column("documents", .documents, .count),
                ] + Sales.amounts),
            ReportShape(
                name: "by_tax", title: .byTax,
                columns: [
                    ReportShape.Column("label", .tax, .text), ReportShape.Column("base", .base, .money),
                    ReportShape.Column("tax", .taxAmount, .money),
                ]),
        ],
        books: [
            ReportBook(
                shape: ReportShape(
                    name: "book", title: .salesBook,
                    columns: [
                        ReportShape.Column("day", .day, .day), ReportShape.Column("folio", .folio, .text),
                        ReportShape.Column("document", .document, .text), ReportShape.Column("state", .state, .text),
                        ReportShape.Column("receiver", .receiver, .text),
                        ReportShape.Column("tax_id", .taxID, .text),
                    ] + Sales.amounts), read: Sales.book)
        ], read: Sales.read)
}

/// Invoices or credit notes, or the voided ones among them.
struct Sales: Sendable, RowReadable {
    private let kind: Kind
    private let count: Int
    private let parts: [Int64]

    private enum Kind: String {
        case invoice
        case creditNote = "credit_note"
        case voided

        var words: ReportWords {
            switch self {
            case .invoice: .invoices
            case .creditNote: .creditNotes
            case .voided: .voided
            }
        }
    }

    static let amounts = [
        ReportShape.Column("net", .beforeTax, .money), ReportShape.Column("tax_amount", .taxAmount, .money),
        ReportShape.Column("rounding", .rounding, .money), ReportShape.Column("total", .total, .money),
    ]

    init(row: Row) throws(DatabaseError) {
        kind = try row.word("kind")
        count = try row.read("count")
        parts = [try row.read("net"), try row.read("tax"), try row.read("rounding"), try row.read("total")]
    }

    @Sendable static func read(_ period: ReportPeriod, at desk: ReportDesk) async throws -> ReportFigures {
        let sales: [Sales] = try await desk.database.rows(
            desk.database.sales(period.from...period.to, by: desk.currency))
        let earlier: [Sales] = try await desk.database.rows(desk.database.sales(period.before, by: desk.currency))
        let taxes: [SalesTax] = try await desk.database.rows(
            desk.database.salesTaxes(period.from...period.to, by: desk.currency))
        func sum(_ rows: [Sales], _ part: Int) -> Int64 { rows.reduce(0) { $0 + $1.parts[part] } }
        var figures = ReportFigures()
        figures.facts = [
            .init(.beforeTax, desk.money(sum(sales, 0)), before: desk.money(sum(earlier, 0))),
            .init(.taxAmount, desk.money(sum(sales, 1)), before: desk.money(sum(earlier, 1))),
            .init(.invoiced, desk.money(sum(sales, 3)), before: desk.money(sum(earlier, 3))),
        ]
        let total = ReportValue.text(ReportWords.total.text(for: desk.reader))
        figures.tables = [
            .init(
                rows: sales.map { row in
                    [.text(row.kind.words.text(for: desk.reader)), .count(row.count)] + row.parts.map(desk.money)
                },
                total: [total, .count(sales.reduce(0) { $0 + $1.count })]
                    + (0..<4).map { desk.money(sum(sales, $0)) }),
            .init(
                rows: taxes.map { tax in
                    let rate = Percentage(millionths: tax.rate).text(for: desk.reader)
                    return [.text("\(tax.name) \(rate)"), desk.money(tax.base), desk.money(tax.amount)]
                },
                total: [
                    total, desk.money(taxes.reduce(0) { $0 + $1.base }), desk.money(taxes.reduce(0) { $0 + $1.amount }),
                ]),
        ]
        return figures
    }

    /// In order of issue.
    @Sendable static func book(
        _ period: ReportPeriod, at desk: ReportDesk, after: String?
    ) async throws -> ReportBook.Part {
        let rows = try await desk.database.results(
            desk.database.salesBook(period, by: desk.currency, after: after.flatMap { Int($0) } ?? 0))
        var last = 0
        let values = try rows.map { row in
            let (day, folio, kind): (Day, String, String) = (
                try row.read("issued_on"), try row.read("folio"), try row.read("kind")
            )
            let (name, taxID, isVoid): (String, String, Bool) = (
                try row.read("receiver_name"), try row.read("receiver_tax_id"), try row.read("is_void")
            )
            let parts: [Int64] = [
                try row.read("net"), try row.read("tax"), try row.read("rounding"), try row.read("total"),
            ]
            last = try row.read("sequence")
            let words: ReportWords = kind == "credit_note" ? .creditNote : .invoice
            return [
                .day(day), .text(folio), .text(words.text(for: desk.reader)),
                .text(isVoid ? ReportWords.voided.text(for: desk.reader) : ""), .text(name), .text(taxID),
            ] + parts.map(desk.money)
        }
        return (values, values.count < ReportBook.partSize ? nil : "\(last)")
    }
}

private struct SalesTax: RowReadable {
    let name: String
    let rate: Int64
    let base: Int64
    let amount: Int64

    init(row: Row) throws(DatabaseError) {
        name = try row.read("name")
        rate = try row.read("rate")
        base = try row.read("base")
        amount = try row.read("amount")
    }
}

extension TenantDatabase {
    /// Credit notes count negative, and voided documents not at all.
    private var sign: SQL {
        "CASE WHEN i.voided_at IS NOT NULL THEN 0 WHEN i.kind = 'credit_note' THEN -1 ELSE 1 END"
    }

    fileprivate func sales(_ days: ClosedRange<Day>, by currency: Currency) -> SQL {
        """
        SELECT CASE WHEN i.voided_at IS NULL THEN i.kind ELSE 'voided' END AS kind, count(*) AS count,
            sum(i.net * \(sign))::bigint AS net, sum(i.tax * \(sign))::bigint AS tax,
            sum(i.rounding * \(sign))::bigint AS rounding, sum(i.total * \(sign))::bigint AS total
        FROM invoices i
        WHERE i.tenant_id = \(tenant) AND i.issued_on BETWEEN \(days.lowerBound) AND \(days.upperBound)
            AND i.currency = \(currency.rawValue)
        GROUP BY 1 ORDER BY CASE WHEN min(i.voided_at) IS NULL THEN min(i.kind) ELSE 'a' END DESC
        """
    }

    fileprivate func salesTaxes(_ days: ClosedRange<Day>, by currency: Currency) -> SQL {
        """
        SELECT t.name, t.rate, round(sum(t.base * \(sign)) * \(currency.minorPerUnit) / 1000000)::bigint AS base,
            sum(t.amount * \(sign))::bigint AS amount
        FROM invoices i
        CROSS JOIN LATERAL jsonb_to_recordset(i.taxes) AS t(name text, rate bigint, base bigint, amount bigint)
        WHERE i.tenant_id = \(tenant) AND i.issued_on BETWEEN \(days.lowerBound) AND \(days.upperBound)
            AND i.currency = \(currency.rawValue) AND i.voided_at IS NULL
        GROUP BY t.name, t.rate ORDER BY t.name, t.rate DESC
        """
    }

    fileprivate func salesBook(_ period: ReportPeriod, by currency: Currency, after sequence: Int) -> SQL {
        """
        SELECT i.issued_on, i.sequence, i.kind, i.series || '-' || lpad(i.number::text, greatest(6, length(i.number::text)), '0') AS folio,
            i.receiver_name, i.receiver_tax_id, i.voided_at IS NOT NULL AS is_void, i.net * \(sign) AS net,
            i.tax * \(sign) AS tax, i.rounding * \(sign) AS rounding, i.total * \(sign) AS total
        FROM invoices i
        WHERE i.tenant_id = \(tenant) AND i.issued_on BETWEEN \(period.from) AND \(period.to)
            AND i.currency = \(currency.rawValue) AND i.sequence > \(sequence)
        ORDER BY i.sequence LIMIT \(ReportBook.partSize)
        """
    }
}
