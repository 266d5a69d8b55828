import Access
import Declarations
import Identifiers
import Locale
import Postgres
import Tenancy
import Time
import Workbooks

/// A report: its URLs and its figures for a period.
struct Report: Sendable {
    typealias Reading = @Sendable (ReportPeriod, ReportDesk) async throws -> ReportFigures

    /// In URLs, files and the API.
    let name: String
    let paths: Paths
    /// A report on the whole company is not for people limited to zones.
    var permission = Permission.reportsView
    let title: ReportWords
    let intro: ReportWords
    let shapes: [ReportShape]
    /// Tables of any length, read in parts: complete in files, the beginning on the page.
    let books: [ReportBook]
    let read: Reading

    struct Paths: Sendable {
        let page: StaticString
        let csv: StaticString
        let xlsx: StaticString
    }

    static let all: [Report] = [.collected, .due, .result, .churn, .sales, .cash, .journal]

    var pagePath: String { paths.page.description }
}

/// A report's database and reader.
struct ReportDesk: Sendable {
    let database: TenantDatabase
    let tenant: Tenant
    let reader: Reader
    let today: Day

    var currency: Currency { tenant.currency }

    func money(_ minor: Int64) -> ReportValue { .money(Money(minor: minor, currency)) }
}

extension Visit {
    /// On a connection of its own, so that a long read delays nobody.
    func reading<Result: Sendable>(_ work: (ReportDesk) async throws -> Result) async throws -> Result {
        let (tenant, reader, today) = (tenant, reader, tenant.timeZone.day(at: now))
        return try await database.transaction { database in
            try await work(ReportDesk(database: database, tenant: tenant, reader: reader, today: today))
        }
    }
}

/// The columns of a report's table.
struct ReportShape: Sendable {
    let name: String
    let title: ReportWords
    let columns: [Column]

    struct Column: Sendable {
        let name: String
        let words: ReportWords
        let kind: Kind

        init(_ name: String, _ words: ReportWords, _ kind: Kind) {
            (self.name, self.words, self.kind) = (name, words, kind)
        }

        enum Kind: Sendable {
            case text, count, money, day
            /// The change between two amounts in percent, on the page only.
            case change
        }
    }
}

enum ReportValue: Sendable, Equatable {
    case text(String)
    case count(Int)
    case money(Money)
    case day(Day)
    case change(now: Int64, before: Int64)
    case none

    func text(for reader: Reader) -> String {
        switch self {
        case .text(let text): return text
        case .count(let count): return count.text(for: reader)
        case .money(let money): return money.exactText(for: reader)
        case .day(let day): return day.text(.short, for: reader)
        case .change(let now, let before):
            guard before > 0 else { return "–" }
            let percent = (Double(now) - Double(before)) / Double(before) * 100
            guard abs(percent) < 100_000 else { return "–" }
            let rounded = Int(percent.rounded())
            return "\(rounded > 0 ? "+" : "")\(rounded.text(for: reader)) %"
        case .none: return "–"
        }
    }

    var cell: Workbook.Cell {
        switch self {
        case .text(let text): .text(text)
        case .count(let count): .number(count)
        case .money(let money): .amount(money.minor, digits: money.currency.minorDigits)
        case .day(let day): .day(day)
        case .change, .none: .text("")
        }
    }
}

/// A report's figures.
struct ReportFigures: Sendable {
    /// The key figures, with those of the period before.
    var facts: [Fact] = []
    var chart: Chart?
    /// One for each of the report's shapes, in order.
    var tables: [Table] = []

    struct Fact: Sendable {
        let words: ReportWords
        let value: ReportValue
        let before: ReportValue?

        init(_ words: ReportWords, _ value: ReportValue, before: ReportValue? = nil) {
            (self.words, self.value, self.before) = (words, value, before)
        }
    }

    struct Chart: Sendable {
        let title: ReportWords
        let bars: [(label: String, short: String, value: Money)]
    }

    struct Table: Sendable {
        var rows: [[ReportValue]] = []
        var total: [ReportValue]?
    }
}

/// A table of any length. `after` is where the last part ended.
struct ReportBook: Sendable {
    typealias Part = (rows: [[ReportValue]], next: String?)

    let shape: ReportShape
    let read: @Sendable (ReportPeriod, ReportDesk, _ after: String?) async throws -> Part

    static let partSize = 1000
}
