import HTML
import Locale

/// A bar chart drawn by the server, such as one bar for each month of a year. Screen readers get its summary and the
/// same figures as a table.
package struct BarChart: View {
    package struct Bar: Sendable {
        let label: String
        let shortLabel: String
        let value: Int
        /// The formatted value for the table; nil for a plain number.
        let text: String?

        package init(_ label: String, short: String, _ value: Int, text: String? = nil) {
            self.label = label
            shortLabel = short
            self.value = value
            self.text = text
        }
    }

    private let id: String
    private let title: String
    private let summary: String
    private let bars: [Bar]
    private let reader: Reader

    /// `summary` describes the chart in a sentence.
    package init(id: String, _ title: String, summary: String, _ bars: [Bar], reader: Reader) {
        self.id = id
        self.title = title
        self.summary = summary
        self.bars = bars
        self.reader = reader
    }

    private static let width = 360
    private static let floor = 132
    private static let ceiling = 18

    package var body: Markup {
        figure(.class("chart")) {
            figcaption { title }
            svg(
                .viewBox("0 0 \(Self.width) 152"), .role("img"),
                .aria("labelledby", "\(id)-title \(id)-says")
            ) {
                HTML.title(.id("\(id)-title")) { title }
                desc(.id("\(id)-says")) { summary }
                line(.class("axis"), .x1(0), .x2(Self.width), .y1(zero), .y2(zero))
                for (index, bar) in bars.enumerated() { column(bar, at: index) }
            }
            ChartTable(
                title: title, rows: bars.map { ($0.label, $0.text ?? $0.value.text(for: reader)) }, reader: reader)
        }
    }

    private var most: Double { Double(max(1, bars.map(\.value).max() ?? 1)) }
    private var least: Double { Double(min(0, bars.map(\.value).min() ?? 0)) }

    /// A value's height in SVG units.
    private func height(of value: Double) -> Int { Int(Double(Self.floor - Self.ceiling) * value / (most - least)) }

    /// The axis: at the bottom, unless a value is negative.
    private var zero: Int { Self.floor - height(of: -least) }

    private func column(_ bar: Bar, at index: Int) -> Markup {
        let step = Self.width / max(1, bars.count)
        let height = height(of: Double(bar.value))
        let middle = step * index + step / 2
        return .group([
            rect(
                .class(index == bars.count - 1 ? "bar now" : "bar"), .x(step * index + step / 6),
                .y(min(zero, zero - height)), .width(max(1, step * 2 / 3)), .height(abs(height)), .rx(2)),
            // Amounts are too long to stand on bars.
            bar.value > 0 && bar.text == nil
                ? svgText(.class("figure"), .x(middle), .y(zero - height - 5)) { bar.value.text(for: reader) }
                : .nothing,
            bar.shortLabel.isEmpty ? .nothing : svgText(.x(middle), .y(Self.floor + 14)) { bar.shortLabel },
        ])
    }
}

/// Compares shares of a whole: a line for each, as long as its share.
package struct ShareChart: View {
    package struct Share: Sendable {
        let label: String
        let mark: String
        let value: Int
        let path: String

        /// `mark` is the colour's name in the style sheet.
        package init(_ label: String, mark: String, _ value: Int, path: String) {
            self.label = label
            self.mark = mark
            self.value = value
            self.path = path
        }
    }

    private let title: String
    private let shares: [Share]
    private let reader: Reader

    package init(_ title: String, _ shares: [Share], reader: Reader) {
        self.title = title
        self.shares = shares
        self.reader = reader
    }

    package var body: Markup {
        let total = max(1, shares.reduce(0) { $0 + $1.value })
        figure(.class("chart shares")) {
            figcaption { title }
            ul {
                for share in shares {
                    li {
                        a(.class("state"), .data("state", share.mark), .href(share.path)) { share.label }
                        span(.class("number")) { share.value.text(for: reader) }
                        svg(
                            .class("share"), .data("state", share.mark), .viewBox("0 0 1000 6"),
                            .preserveAspectRatio("none"), .aria("hidden", "true")
                        ) {
                            rect(.class("rail"), .width(1000), .height(6))
                            rect(.class("bar"), .width(1000 * share.value / total), .height(6))
                        }
                    }
                }
            }
        }
    }
}

private struct ChartTable: View {
    let title: String
    let rows: [(label: String, value: String)]
    let reader: Reader

    var body: Markup {
        details {
            summary { PanelWords.chartTable.text(for: reader) }
            table {
                caption { title }
                tbody {
                    for row in rows {
                        tr {
                            th(.scope("row")) { row.label }
                            td(.class("number")) { row.value }
                        }
                    }
                }
            }
        }
    }
}
