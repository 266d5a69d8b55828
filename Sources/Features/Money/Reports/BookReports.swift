import Identifiers
import Ledger
import Locale
import Payments
import Postgres
import Time

extension Report {
    /// Libro de caja: each money account's opening balance, inflow, outflow and closing balance.
    static let cash = Report(
        name: "cash",
        paths: Paths(page: "/panel/reports/cash", csv: "/panel/reports/cash.csv", xlsx: "/panel/reports/cash.xlsx"),
        permission: .ledgerView, title: .cashBook, intro: .cashBookIntro,
        shapes: [
            ReportShape(
                name: "by_method", title: .byMethod,
                columns: [
                    ReportShape.Column("label", .method, .text), ReportShape.Column("opening", .opening, .money),
                    ReportShape.Column("came_in", .cameIn, .money), ReportShape.Column("went_out", .wentOut, .money),
                    ReportShape.Column("closing", .closing, .money),
                ])
        ],
        books: [
            ReportBook(
                shape: ReportShape(
                    name: "book", title: .movements,
                    columns: [
                        ReportShape.Column("day", .day, .day), ReportShape.Column("method", .method, .text),
                        ReportShape.Column("what", .what, .text), ReportShape.Column("note", .reference, .text),
                        ReportShape.Column("customer", .customer, .text), ReportShape.Column("author", .author, .text),
                        ReportShape.Column("came_in", .cameIn, .money),
                        ReportShape.Column("went_out", .wentOut, .money),
                    ]), read: BookLine.ofMoney)
        ], read: BookLine.sumsOfMoney)

    /// Libro diario: all entries with debits and credits.
    static let journal = Report(
        name: "journal",
        paths: Paths(
            page: "/panel/reports/journal", csv: "/panel/reports/journal.csv", xlsx: "/panel/reports/journal.xlsx"),
        permission: .ledgerView, title: .journal, intro: .journalIntro,
        shapes: [
            ReportShape(
                name: "by_account", title: .byAccount,
                columns: [
                    ReportShape.Column("account", .account, .text), ReportShape.Column("debit", .debit, .money),
                    ReportShape.Column("credit", .credit, .money),
                ])
        ],
        books: [
            ReportBook(
                shape: ReportShape(
                    name: "book", title: .entries,
                    columns: [
                        ReportShape.Column("day", .day, .day), ReportShape.Column("entry", .entry, .text),
                        ReportShape.Column("what", .what, .text), ReportShape.Column("note", .reference, .text),
                        ReportShape.Column("account", .account, .text),
                        ReportShape.Column("customer", .customer, .text),
                        ReportShape.Column("author", .author, .text), ReportShape.Column("debit", .debit, .money),
                        ReportShape.Column("credit", .credit, .money),
                    ]), read: BookLine.ofJournal)
        ], read: BookLine.sumsOfAccounts)
}

/// A line of the journal: a posting with its transaction.
struct BookLine: Sendable, RowReadable {
    private let transaction: UUID
    private let line: Int32
    private let day: Day
    private let kind: String
    private let note: String
    private let author: String
    private let account: String
    private let name: String
    private let customer: String?
    private let amount: Int64

    init(row: Row) throws(DatabaseError) {
        transaction = try row.read("transaction_id")
        line = try row.read("line")
        day = try row.read("day")
        kind = try row.read("kind")
        note = try row.read("note")
        author = try row.read("actor")
        account = try row.read("account")
        name = try row.read("name")
        customer = try row.read("customer")
        amount = try row.read("amount")
    }

    private func what(for reader: Reader) -> ReportValue {
        .text(Transaction.Kind(rawValue: kind)?.words.text(for: reader) ?? kind)
    }

    private var place: String { "\(day.iso) \(transaction) \(line)" }

    /// Debits in one column, credits in the other.
    private static func sides(of amount: Int64, at desk: ReportDesk) -> [ReportValue] {
        [desk.money(max(amount, 0)), desk.money(max(-amount, 0))]
    }

    @Sendable static func ofMoney(
        _ period: ReportPeriod, at desk: ReportDesk, after: String?
    ) async throws -> ReportBook.Part {
        let names = try await methods(at: desk)
        return try await book(period, "AND p.account = 'money'", at: desk, after: after) { line in
            [
                .day(line.day), .text(names[line.name] ?? line.name), line.what(for: desk.reader), .text(line.note),
                .text(line.customer ?? ""), .text(line.author),
            ] + sides(of: line.amount, at: desk)
        }
    }

    @Sendable static func ofJournal(
        _ period: ReportPeriod, at desk: ReportDesk, after: String?
    ) async throws -> ReportBook.Part {
        let names = try await methods(at: desk)
        return try await book(period, .nothing, at: desk, after: after) { line in
            [
                .day(line.day), .text("\(line.transaction)"), line.what(for: desk.reader), .text(line.note),
                .text(accountName(line.account, line.name, names, desk.reader)), .text(line.customer ?? ""),
                .text(line.author),
            ] + sides(of: line.amount, at: desk)
        }
    }

    private static func book(
        _ period: ReportPeriod, _ which: SQL, at desk: ReportDesk, after: String?,
        _ row: (BookLine) -> [ReportValue]
    ) async throws -> ReportBook.Part {
        let place = after.flatMap { Place($0) }
        let lines: [BookLine] = try await desk.database.rows(
            desk.database.bookLines(period, which, by: desk.currency, after: place))
        return (lines.map(row), lines.count < ReportBook.partSize ? nil : lines.last?.place)
    }

    struct Place: Sendable {
        let day: Day
        let transaction: UUID
        let line: Int32

        init?(_ text: String) {
            let parts = text.split(separator: " ")
            guard parts.count == 3, let day = Day(iso: String(parts[0])), let transaction = UUID(String(parts[1])),
                let line = Int32(parts[2])
            else { return nil }
            (self.day, self.transaction, self.line) = (day, transaction, line)
        }
    }

    private static func methods(at desk: ReportDesk) async throws -> [String: String] {
        let methods = try await desk.database.paymentMethods(of: desk.tenant)
        return Dictionary(methods.map { ($0.word, $0.name) }) { first, _ in first }
    }

    private static func accountName(
        _ account: String, _ name: String, _ methods: [String: String], _ reader: Reader
    ) -> String {
        let kind = AccountWords(rawValue: account)?.text(for: reader) ?? account
        let own = account == "money" ? methods[name] ?? name : name
        return own.isEmpty ? kind : "\(kind) · \(own)"
    }

    @Sendable static func sumsOfMoney(_ period: ReportPeriod, at desk: ReportDesk) async throws -> ReportFigures {
        let names = try await methods(at: desk)
        let sums: [MoneySum] = try await desk.database.rows(desk.database.moneySums(period, by: desk.currency))
        let all = MoneySum(of: sums)
        var figures = ReportFigures()
        func row(_ name: String, _ sum: MoneySum) -> [ReportValue] {
            [
                .text(name), desk.money(sum.opening), desk.money(sum.cameIn), desk.money(sum.wentOut),
                desk.money(sum.closing),
            ]
        }
        figures.facts = [
            .init(.opening, desk.money(all.opening)), .init(.cameIn, desk.money(all.cameIn)),
            .init(.wentOut, desk.money(all.wentOut)), .init(.closing, desk.money(all.closing)),
        ]
        figures.tables = [
            .init(
                rows: sums.map { row(names[$0.name] ?? $0.name, $0) },
                total: row(ReportWords.total.text(for: desk.reader), all))
        ]
        return figures
    }

    @Sendable static func sumsOfAccounts(_ period: ReportPeriod, at desk: ReportDesk) async throws -> ReportFigures {
        let names = try await methods(at: desk)
        let sums: [AccountSum] = try await desk.database.rows(desk.database.accountSums(period, by: desk.currency))
        let (debits, credits) = (sums.reduce(0) { $0 + $1.debit }, sums.reduce(0) { $0 + $1.credit })
        var figures = ReportFigures()
        figures.facts = [.init(.debit, desk.money(debits)), .init(.credit, desk.money(credits))]
        figures.tables = [
            .init(
                rows: sums.map { sum in
                    [
                        .text(accountName(sum.account, sum.name, names, desk.reader)), desk.money(sum.debit),
                        desk.money(sum.credit),
                    ]
                },
                total: [
                    .text(ReportWords.total.text(for: desk.reader)), desk.money(debits), desk.money(credits),
                ])
        ]
        return figures
    }
}

private struct MoneySum: RowReadable {
    let name: String
    let opening: Int64
    let cameIn: Int64
    let wentOut: Int64

    var closing: Int64 { opening + cameIn - wentOut }

    init(row: Row) throws(DatabaseError) {
        name = try row.read("name")
        opening = try row.read("opening")
        cameIn = try row.read("came_in")
        wentOut = try row.read("went_out")
    }

    init(of sums: [MoneySum]) {
        name = ""
        opening = sums.reduce(0) { $0 + $1.opening }
        cameIn = sums.reduce(0) { $0 + $1.cameIn }
        wentOut = sums.reduce(0) { $0 + $1.wentOut }
    }
}

private struct AccountSum: RowReadable {
    let account: String
    let name: String
    let debit: Int64
    let credit: Int64

    init(row: Row) throws(DatabaseError) {
        account = try row.read("account")
        name = try row.read("name")
        debit = try row.read("debit")
        credit = try row.read("credit")
    }
}

extension TenantDatabase {
    /// By day, each transaction's lines together. A company account's line names the customer concerned. The part is
    /// selected first; its LIMIT is a literal, since a bound one is planned as a tenth of all rows.
    fileprivate func bookLines(
        _ period: ReportPeriod, _ which: SQL, by currency: Currency, after place: BookLine.Place?
    ) -> SQL {
        let position: SQL =
            place.map {
                """
                AND (t.day, t.transaction_id) >= (\($0.day), \($0.transaction))
                AND (t.day, t.transaction_id, p.line::integer) > (\($0.day), \($0.transaction), \($0.line))
                """
            } ?? .nothing
        return """
            SELECT b.*, c.number || ' · ' || c.name AS customer
            FROM (
                SELECT t.transaction_id, p.line::integer AS line, t.day, t.kind, t.note, t.actor, p.account, p.name,
                    p.customer_id, p.amount
                FROM ledger_transactions t
                JOIN ledger_postings p ON p.tenant_id = t.tenant_id AND p.transaction_id = t.transaction_id
                WHERE t.tenant_id = \(tenant) AND t.day BETWEEN \(period.from) AND \(period.to)
                    AND p.currency = \(currency.rawValue) \(which) \(position)
                ORDER BY t.day, t.transaction_id, p.line LIMIT 1000) b
            CROSS JOIN LATERAL (
                SELECT coalesce(b.customer_id, (
                    SELECT q.customer_id FROM ledger_postings q
                    WHERE q.tenant_id = \(tenant) AND q.transaction_id = b.transaction_id AND q.customer_id IS NOT NULL
                    ORDER BY q.line LIMIT 1)) AS customer_id) w
            LEFT JOIN customers c ON c.tenant_id = \(tenant) AND c.customer_id = w.customer_id
            ORDER BY b.day, b.transaction_id, b.line
            """
    }

    fileprivate func moneySums(_ period: ReportPeriod, by currency: Currency) -> SQL {
        """
        SELECT p.name, coalesce(sum(p.amount) FILTER (WHERE p.day < \(period.from)), 0)::bigint AS opening,
            coalesce(sum(p.amount) FILTER (WHERE p.day >= \(period.from) AND p.amount > 0), 0)::bigint AS came_in,
            coalesce(-sum(p.amount) FILTER (WHERE p.day >= \(period.from) AND p.amount < 0), 0)::bigint AS went_out
        FROM ledger_postings p
        WHERE p.tenant_id = \(tenant) AND p.account = 'money' AND p.customer_id IS NULL AND p.day <= \(period.to)
            AND p.currency = \(currency.rawValue)
        GROUP BY p.name ORDER BY p.name
        """
    }

    fileprivate func accountSums(_ period: ReportPeriod, by currency: Currency) -> SQL {
        """
        SELECT p.account, p.name, coalesce(sum(p.amount) FILTER (WHERE p.amount > 0), 0)::bigint AS debit,
            coalesce(-sum(p.amount) FILTER (WHERE p.amount < 0), 0)::bigint AS credit
        FROM ledger_postings p
        WHERE p.tenant_id = \(tenant) AND p.day BETWEEN \(period.from) AND \(period.to)
            AND p.currency = \(currency.rawValue)
        GROUP BY p.account, p.name ORDER BY p.account, p.name
        """
    }
}

/// The accounts' names for an accountant.
enum AccountWords: String, MessageCatalogue {
    case receivable, credit, income, tax, money, withholding, fee, discount
    case writeOff = "write_off"
    case opening, expense

    var message: Message {
        switch self {
        case .receivable: Message(es: "Clientes", en: "Receivables", pt: "Clientes")
        case .credit: Message(es: "Anticipos de clientes", en: "Customers' credit", pt: "Adiantamentos de clientes")
        case .income: Message(es: "Ingresos", en: "Income", pt: "Receitas")
        case .tax: Message(es: "Impuestos por pagar", en: "Taxes payable", pt: "Impostos a pagar")
        case .money: Message(es: "Caja y bancos", en: "Cash and banks", pt: "Caixa e bancos")
        case .withholding: Message(es: "Retenciones a favor", en: "Withheld taxes", pt: "Retenções a favor")
        case .fee: Message(es: "Comisiones bancarias", en: "Bank fees", pt: "Tarifas bancárias")
        case .discount: Message(es: "Descuentos", en: "Discounts", pt: "Descontos")
        case .writeOff: Message(es: "Incobrables", en: "Write-offs", pt: "Incobráveis")
        case .expense: Message(es: "Gastos", en: "Expenses", pt: "Despesas")
        case .opening: Message(es: "Saldos de apertura", en: "Opening balances", pt: "Saldos de abertura")
        }
    }
}
