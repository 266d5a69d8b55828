import Access
import Declarations
import HTML
import HTTP
import Locale
import Panel
import Tenancy
import Time

/// All reports, with descriptions.
struct ReportsPage: View {
    let reports: [Report]
    let visit: Visit

    var body: Markup {
        PageHeading(ReportWords.reports.text(for: visit.reader))
        ul(.class("cards")) {
            for report in reports {
                li(.class("card")) {
                    h2 { a(.href(report.pagePath)) { report.title.text(for: visit.reader) } }
                    p { report.intro.text(for: visit.reader) }
                }
            }
        }
    }
}

/// A report's period: key figures, chart, and tables with downloads.
struct ReportPage: View {
    let report: Report
    let period: ReportPeriod
    let figures: ReportFigures
    let books: [ReportBook.Part]
    let visit: Visit

    private static let shownOfBook = 100

    private var reader: Reader { visit.reader }

    var body: Markup {
        Crumb(ReportWords.reports.text(for: reader), path: ReportRoutes.path)
        PageHeading(report.title.text(for: reader))
        p(.class("hint lead")) { report.intro.text(for: reader) }
        PeriodPicker(path: report.pagePath, period: period, reader: reader)
        facts
        if let chart = figures.chart { drawing(of: chart) }
        for (shape, table) in zip(report.shapes, figures.tables) {
            ReportTableView(
                shape: shape, rows: table.rows, total: table.total, links: links(to: shape), reader: reader)
        }
        for (book, part) in zip(report.books, books) {
            ReportTableView(
                shape: book.shape, rows: Array(part.rows.prefix(Self.shownOfBook)), total: nil,
                links: links(to: book.shape), reader: reader)
            if part.rows.count > Self.shownOfBook {
                p(.class("notice")) { ReportWords.restInFile.text(for: reader, .number("number", Self.shownOfBook)) }
            }
        }
    }

    @MarkupBuilder private var facts: Markup {
        if !figures.facts.isEmpty {
            dl(.class("facts card")) {
                for fact in figures.facts {
                    div {
                        dt { fact.words.text(for: reader) }
                        dd {
                            strong { fact.value.text(for: reader) }
                            if let before = fact.before {
                                small {
                                    " "
                                    ReportWords.beforeWas.text(for: reader, .text("amount", before.text(for: reader)))
                                }
                            }
                        }
                    }
                }
            }
        }
    }

    private func drawing(of chart: ReportFigures.Chart) -> Markup {
        let largest = chart.bars.max { $0.value.minor < $1.value.minor }
        return section(.class("card")) {
            BarChart(
                id: "report-\(report.name)", chart.title.text(for: reader),
                summary: ReportWords.chartSays.text(
                    for: reader, .text("label", largest?.label ?? ""),
                    .text("amount", largest?.value.exactText(for: reader) ?? "")),
                chart.bars.map {
                    BarChart.Bar($0.label, short: $0.short, Int($0.value.minor), text: $0.value.exactText(for: reader))
                }, reader: reader)
        }
    }

    private func links(to shape: ReportShape) -> [(text: String, path: String)] {
        ListFiles.Format.allCases.map { format in
            let path = (format == .csv ? report.paths.csv : report.paths.xlsx).description
            let fields = Fields(
                period.fields.all.map { ($0.name, $0.value) } + [("table", shape.name)])
            return (format.rawValue.uppercased(), fields.query(of: path))
        }
    }
}

/// Selects a report's period.
struct PeriodPicker: View {
    let path: String
    let period: ReportPeriod
    let reader: Reader

    var body: Markup {
        nav(.class("page-tabs"), .aria("label", ReportWords.period.text(for: reader))) {
            for preset in ReportPeriod.Preset.allCases {
                a(
                    .href("\(path)?period=\(preset.rawValue)"),
                    .when(preset == period.preset, .aria("current", "page"))
                ) {
                    preset.words.text(for: reader)
                }
            }
        }
        form(.class("filter"), .method(.get), .action(path)) {
            FormField(ReportWords.from.text(for: reader), name: "from") { wiring in
                input(wiring, .type("date"), .value(period.from.iso))
            }
            FormField(ReportWords.to.text(for: reader), name: "to") { wiring in
                input(wiring, .type("date"), .value(period.to.iso))
            }
            button(.type("submit")) { ReportWords.show.text(for: reader) }
        }
        p(.class("hint")) {
            ReportWords.comparedWith.text(
                for: reader, .text("from", period.before.lowerBound.text(.short, for: reader)),
                .text("to", period.before.upperBound.text(.short, for: reader)))
        }
    }
}

struct ReportTableView: View {
    let shape: ReportShape
    let rows: [[ReportValue]]
    let total: [ReportValue]?
    let links: [(text: String, path: String)]
    let reader: Reader

    var body: Markup {
        let title = shape.title.text(for: reader)
        h2 { title }
        if rows.isEmpty {
            p { ReportWords.nothing.text(for: reader) }
        } else {
            div(.class("table amounts"), .role("region"), .tabindex(0), .aria("label", title)) {
                table {
                    caption { title }
                    thead {
                        tr {
                            for column in shape.columns {
                                th(.scope("col"), .class(column.isNumber ? "number" : "")) {
                                    column.words.text(for: reader)
                                }
                            }
                        }
                    }
                    tbody { for row in rows { line(row) } }
                    if let total { tfoot { line(total) } }
                }
            }
            p(.class("buttons")) {
                for link in links {
                    a(.class("button"), .href(link.path), .download()) {
                        link.text
                        span(.class("unseen")) { " · \(title)" }
                    }
                }
            }
        }
    }

    private func line(_ row: [ReportValue]) -> Markup {
        tr {
            for (column, value) in zip(shape.columns, row) {
                if column.isNumber {
                    td(.class("number")) { value.text(for: reader) }
                } else {
                    td { value.text(for: reader) }
                }
            }
        }
    }
}

extension ReportShape.Column {
    fileprivate var isNumber: Bool {
        switch kind {
        case .count, .money, .change: true
        case .text, .day: false
        }
    }
}
