import Access
import Assembly
import Declarations
import HTTP
import Locale
import Panel
import Services
import Tenancy
import Time

/// Reports on pages and in files. The period is held in the URL.
struct ReportRoutes: Sendable {
    static let path = "/panel/reports"

    let files: ListFiles

    func add(to routes: inout Panel.Routes) {
        routes.get("/panel/reports", .reportsView, "Los reportes que hay") { visit in
            try await visit.admit()
            return try await Panel.page(
                ReportsPage(reports: Report.all.filter { visit.may($0.permission) }, visit: visit),
                titled: ReportWords.reports.text(for: visit.reader),
                for: visit)
        }
        for report in Report.all {
            let title = report.title.text(for: Reader(.es, in: .mexico))
            routes.get(report.paths.page, report.permission, title) { visit in try await show(report, visit) }
            routes.get(report.paths.csv, report.permission, "\(title), como CSV") { visit in
                try await export(report, as: .csv, visit)
            }
            routes.get(report.paths.xlsx, report.permission, "\(title), para Excel") { visit in
                try await export(report, as: .xlsx, visit)
            }
        }
    }

    private func show(_ report: Report, _ visit: Visit) async throws -> Response {
        let period = ReportPeriod(visit.request.query, on: visit.today)
        let page = try await visit.reading { desk in
            var beginnings: [ReportBook.Part] = []
            for book in report.books { beginnings.append(try await book.read(period, desk, nil)) }
            return ReportPage(
                report: report, period: period, figures: try await report.read(period, desk), books: beginnings,
                visit: visit)
        }
        return try await Panel.page(page, titled: report.title.text(for: visit.reader), for: visit)
    }

    /// A table of the report; the first one by default.
    private func export(_ report: Report, as format: ListFiles.Format, _ visit: Visit) async throws -> Response {
        let period = ReportPeriod(visit.request.query, on: visit.today)
        let shapes = report.shapes + report.books.map(\.shape)
        let wanted = visit.request.query["table"] ?? shapes[0].name
        guard let place = shapes.firstIndex(where: { $0.name == wanted }) else { throw AccessRefusal.notFound }
        let columns = shapes[place].columns
        let kept = columns.indices.filter { columns[$0].kind != .change }
        let first: FilePart.Reading
        if place < report.shapes.count {
            first = {
                let table = try await visit.reading { try await report.read(period, $0).tables[place] }
                return FilePart(
                    (table.rows + [table.total].compactMap(\.self)).map { row in kept.map { row[$0].cell } })
            }
        } else {
            let book = report.books[place - report.shapes.count]
            first = { try await Self.part(of: book, in: period, after: nil, visit) }
        }
        return try await files.answer(
            "\(report.name)-\(wanted)-\(period.from.iso)-\(period.to.iso)",
            headings: kept.map { columns[$0].words.text(for: visit.reader) }, as: format, for: visit, first: first)
    }

    private static func part(
        of book: ReportBook, in period: ReportPeriod, after: String?, _ visit: Visit
    ) async throws -> FilePart {
        let part = try await visit.reading { try await book.read(period, $0, after) }
        let cells = part.rows.map { $0.map(\.cell) }
        guard let next = part.next else { return FilePart(cells) }
        return FilePart(cells) { try await self.part(of: book, in: period, after: next, visit) }
    }
}
