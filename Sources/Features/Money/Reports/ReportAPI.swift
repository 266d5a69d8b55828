import API
import Access
import Expenses
import HTTP
import JSON
import Ledger
import Locale
import Nouns
import Services
import Tenancy
import Time

/// Reports in the API: the same tables as on the page, with amounts in minor units.
struct ReportAPI: Sendable {
    func add(to routes: inout API.Routes) {
        routes.query("/api/v1/reports/collected", .reportsView, ReportWords.collected, by: PeriodQuery.self) {
            try await ReportResource<CollectedAPI>($0, $1)
        }
        routes.query("/api/v1/reports/due", .reportsView, ReportWords.due, by: PeriodQuery.self) {
            try await ReportResource<DueAPI>($0, $1)
        }
        routes.query("/api/v1/reports/result", .expensesView, ReportWords.result, by: PeriodQuery.self) {
            try await ReportResource<ResultAPI>($0, $1)
        }
        routes.query("/api/v1/reports/churn", .reportsView, ReportWords.churn, by: PeriodQuery.self) {
            try await ReportResource<ChurnAPI>($0, $1)
        }
        routes.query("/api/v1/reports/sales", .reportsView, ReportWords.sales, by: PeriodQuery.self) {
            try await ReportResource<SalesAPI>($0, $1)
        }
        routes.query("/api/v1/reports/cash", .ledgerView, ReportWords.cashBook, by: PeriodQuery.self) {
            try await ReportResource<CashAPI>($0, $1)
        }
        routes.query("/api/v1/reports/journal", .ledgerView, ReportWords.journal, by: PeriodQuery.self) {
            try await ReportResource<JournalAPI>($0, $1)
        }
    }
}

/// The first and last day; by default the month up to today.
struct PeriodQuery: Input {
    static let schema = Schema.object(
        "ReportPeriod", [.optional("from", .day, ReportWords.from), .optional("to", .day, ReportWords.to)])

    let from: Day?
    let to: Day?

    init(_ members: Members) { (from, to) = (members.day("from"), members.day("to")) }

    func period(on today: Day) -> ReportPeriod {
        guard from != nil || to != nil else { return ReportPeriod(.thisMonth, on: today) }
        let to = to ?? today
        let from = from ?? to.month.first
        return ReportPeriod(from: min(from, to), to: max(from, to))
    }
}

/// A report of the API, with its schema's name.
protocol ReportInAPI: Sendable {
    static var noun: String { get }
    static var report: Report { get }
}

enum CollectedAPI: ReportInAPI {
    static let noun = "CollectedReport"
    static let report = Report.collected
}

enum DueAPI: ReportInAPI {
    static let noun = "DueReport"
    static let report = Report.due
}

enum ResultAPI: ReportInAPI {
    static let noun = "ResultReport"
    static let report = Report.result
}

enum ChurnAPI: ReportInAPI {
    static let noun = "ChurnReport"
    static let report = Report.churn
}

enum SalesAPI: ReportInAPI {
    static let noun = "SalesReport"
    static let report = Report.sales
}

enum CashAPI: ReportInAPI {
    static let noun = "CashReport"
    static let report = Report.cash
}

enum JournalAPI: ReportInAPI {
    static let noun = "JournalReport"
    static let report = Report.journal
}

private struct ReportResource<Source: ReportInAPI>: Resource {
    let period: ReportPeriod
    let figures: ReportFigures
    let currency: Currency

    init(_ visit: Visit, _ query: PeriodQuery) async throws {
        let period = query.period(on: visit.today)
        (self.period, currency) = (period, visit.tenant.currency)
        figures = try await visit.reading { try await Source.report.read(period, $0) }
    }

    static var schema: Schema {
        Schema.object(
            Source.noun,
            [
                .required("from", .day, ReportWords.from), .required("to", .day, ReportWords.to),
                .required("compared_from", .day, ReportWords.comparedFrom),
                .required("compared_to", .day, ReportWords.comparedTo),
                .required("currency", .text, ReportWords.currency),
            ]
                + Source.report.shapes.map { shape in
                    .required(shape.name, .list(of: shape.schema(of: Source.noun)), shape.title)
                })
    }

    var path: String { "/api/v1/reports/\(Source.report.name)" }

    func write(to json: inout JSONWriter) {
        json.object { json in
            json.member("from", period.from.iso)
            json.member("to", period.to.iso)
            json.member("compared_from", period.before.lowerBound.iso)
            json.member("compared_to", period.before.upperBound.iso)
            json.member("currency", currency.code)
            for (place, shape) in Source.report.shapes.enumerated() {
                let rows = place < figures.tables.count ? figures.tables[place].rows : []
                json.name(shape.name)
                json.array { json in for row in rows { shape.write(row, to: &json) } }
            }
        }
    }
}

extension ReportShape {
    fileprivate func schema(of noun: String) -> Schema {
        .object(
            "\(noun)_\(name)",
            columns.compactMap { column in
                column.kind.schema.map { .required(column.name, $0, column.words) }
            })
    }

    fileprivate func write(_ row: [ReportValue], to json: inout JSONWriter) {
        json.object { json in
            for (column, value) in zip(columns, row) where column.kind.schema != nil {
                switch value {
                case .text(let text): json.member(named: column.name, text)
                case .count(let count): json.member(named: column.name, count)
                case .money(let money): json.member(named: column.name, Int(money.minor))
                case .day(let day): json.member(named: column.name, day.iso)
                case .change, .none: break
                }
            }
        }
    }
}

extension ReportShape.Column.Kind {
    fileprivate var schema: Schema? {
        switch self {
        case .text: .text
        case .count: .integer(0...Int.max)
        case .money: .integer(Int.min...Int.max)
        case .day: .day
        case .change: nil
        }
    }
}
