import Access
import Customers
import Declarations
import HTML
import HTTP
import Identifiers
import Locale
import Nouns
import Panel
import Portal
import Postgres
import Subscribers
import Tenancy
import Time

/// A customer's account as a tab of their pages.
package struct StatementRoutes: Sendable {
    private let files: ListFiles

    package init(files: ListFiles) { self.files = files }

    package func add(to routes: inout Panel.Routes) {
        routes.get("/panel/customers/:id/account", .accountsView, "El estado de cuenta de un cliente", show)
        routes.get("/panel/customers/:id/account.csv", .accountsView, "El estado de cuenta como CSV") {
            (visit, id: Customer.ID) in try await export(visit, id, as: .csv)
        }
        routes.get("/panel/customers/:id/account.xlsx", .accountsView, "El estado de cuenta para Excel") {
            (visit, id: Customer.ID) in try await export(visit, id, as: .xlsx)
        }
    }

    private func show(_ visit: Visit, id: Customer.ID) async throws -> Response {
        let customer = try await found(id, visit)
        let period = StatementPeriod(visit.request.query, for: visit)
        let page = StatementPage(
            heading: try await CustomerHeading(customer, for: visit), customer: customer,
            statement: try await visit.statement(of: id, period), period: period,
            currencies: try await visit.database.currencies(of: id), visit: visit)
        return try await Panel.page(page, titled: customer.name, for: visit)
    }

    private func export(_ visit: Visit, _ id: Customer.ID, as format: ListFiles.Format) async throws -> Response {
        _ = try await found(id, visit)
        let period = StatementPeriod(visit.request.query, for: visit)
        let statement = try await visit.database.wholeStatement(of: id, period, asOf: period.moment(for: visit))
        let rows = statement.lines.enumerated().map { StatementFileRow(number: $0 + 1, line: $1, reader: visit.reader) }
        return try await files.answer(ListQuery(StatementFileRow.list), as: format, for: visit) { query in
            guard case .integer(let last)? = query.place?.key else { return rows }
            return Array(rows.dropFirst(last))
        }
    }

    private func found(_ id: Customer.ID, _ visit: Visit) async throws -> Customer {
        guard let customer = try await visit.database.customer(id) else { throw AccessRefusal.notFound }
        return customer
    }
}

/// A subscriber's own account. The customer comes from the session alone.
package enum PortalStatementRoutes {
    static let path = "/portal/account"

    package static func add(to routes: inout Portal.Routes) {
        routes.get("/portal/account", .portal, "El estado de cuenta del cliente") { visit in
            let subscriber = try await visit.subscriber()
            let period = StatementPeriod(visit.request.query, for: visit)
            let page = PortalStatementPage(
                statement: try await visit.statement(of: subscriber.id, period), period: period,
                currencies: try await visit.database.currencies(of: subscriber.id), visit: visit)
            return try await Portal.page(page, on: .details, for: visit)
        }
    }
}

extension Visit {
    fileprivate func statement(of customer: Customer.ID, _ period: StatementPeriod) async throws -> Statement {
        try await database.statement(
            of: customer, in: period.currency, from: period.from, to: period.to, asOf: period.moment(for: self))
    }
}

struct StatementPage: View {
    let heading: CustomerHeading
    let customer: Customer
    let statement: Statement
    let period: StatementPeriod
    let currencies: [Currency]
    let visit: Visit

    var body: Markup {
        let path = "/panel/customers/\(customer.id)/account"
        heading
        h2 { LedgerWords.statement.text(for: visit.reader) }
        StatementView(statement: statement, period: period, path: path, currencies: currencies, visit: visit)
        div(.class("acts")) {
            for format in ListFiles.Format.allCases {
                a(.class("button"), .href(period.fields.query(of: "\(path).\(format.rawValue)")), .download()) {
                    format.rawValue.uppercased()
                }
            }
        }
    }
}

struct PortalStatementPage: View {
    let statement: Statement
    let period: StatementPeriod
    let currencies: [Currency]
    let visit: Visit

    var body: Markup {
        h1 { LedgerWords.statement.text(for: visit.reader) }
        StatementView(
            statement: statement, period: period, path: PortalStatementRoutes.path, currencies: currencies,
            visit: visit)
    }
}

/// A statement's line in a file.
private struct StatementFileRow: Sendable {
    let id = UUID(high: 0, low: 0)
    let number: Int
    let line: Statement.Line
    let reader: Reader

    static let list = List<StatementFileRow>(
        "estado-de-cuenta", at: "", LedgerWords.statement.message,
        of: [
            Field("number", .count(0...Int.max), LedgerWords.line.message, get: { .integer($0.number) })
                .sorted(by: "number"),
            Field("day", .day, LedgerWords.day.message, get: { .day($0.line.day) }),
            text("what", .what) { "\($0.line.kind.words.text(for: $0.reader))" },
            text("note", .note) { $0.line.note },
            Field("due", .day, LedgerWords.due.message, get: { $0.line.isCharge ? .day($0.line.due) : .none }),
            text("charge", .charge) { $0.line.change.isPositive ? $0.line.change.decimalText : "" },
            text("payment", .payment) {
                $0.line.change.isNegative ? $0.line.change.magnitude.decimalText : ""
            },
            text("balance", .balance) { $0.line.balance.decimalText },
            text("currency", .currency) { $0.line.balance.currency.code },
        ], by: "number", id: \.id)

    private static func text(
        _ name: String, _ words: LedgerWords, _ get: @escaping @Sendable (borrowing StatementFileRow) -> String
    ) -> Field<StatementFileRow> {
        Field(name, .line(0...500), words.message, get: { .text(get($0)) })
    }
}
