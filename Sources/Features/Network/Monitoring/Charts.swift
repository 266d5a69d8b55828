import Access
import HTML
import Locale
import Nouns
import Panel
import Tenancy
import Time

/// A line chart drawn by the server, with the figures below it, and as a table for those who do not see it.
struct LineChart: View {
    struct Line: Sendable {
        let name: String
        let points: [Measurement]
    }

    let id: String
    let title: String
    let metric: Metric
    let lines: [Line]
    let span: ChartSpan
    let end: Instant
    let zone: TimeZone
    let reader: Reader

    private static let (width, height) = (720, 180)
    private static let (left, right, top, bottom) = (64, 8, 10, 22)

    var body: Markup {
        let scale = Scale(lines, metric)
        figure(.class("chart lines")) {
            figcaption { title }
            svg(
                .viewBox("0 0 \(Self.width) \(Self.height)"), .role("img"),
                .aria("labelledby", "\(id)-title \(id)-says")
            ) {
                HTML.title(.id("\(id)-title")) { title }
                desc(.id("\(id)-says")) { says }
                for level in scale.levels { grid(level, scale) }
                for tick in 0...4 { moment(tick) }
                for (index, line) in lines.enumerated() { drawn(line, scale, index) }
            }
            figures
        }
    }

    /// What the chart shows, in a sentence.
    private var says: String {
        lines.map { line in
            let last = line.points.last.map { metric.text($0.mean, for: reader) } ?? "–"
            return "\(line.name.isEmpty ? title : line.name): \(last)"
        }.joined(separator: "; ")
    }

    private func x(_ at: Instant) -> Int {
        let (all, part) = (Double((span.length).components.seconds), Double((end - at).components.seconds))
        return Self.left + Int(Double(Self.width - Self.left - Self.right) * (1 - part / all))
    }

    private func y(_ value: Double, _ scale: Scale) -> Int {
        let part = (value - scale.least) / (scale.most - scale.least)
        return Self.height - Self.bottom - Int(Double(Self.height - Self.top - Self.bottom) * min(max(part, 0), 1))
    }

    private func grid(_ level: Double, _ scale: Scale) -> Markup {
        let place = y(level, scale)
        return .group([
            line(.class("axis"), .x1(Self.left), .x2(Self.width - Self.right), .y1(place), .y2(place)),
            svgText(.class("level"), .x(Self.left - 6), .y(place + 3)) { metric.text(level, for: reader) },
        ])
    }

    private func moment(_ tick: Int) -> Markup {
        let seconds = span.length.components.seconds
        let at = end - .seconds(seconds * Int64(4 - tick) / 4)
        let place = x(at)
        return svgText(
            .class(tick == 0 ? "first" : tick == 4 ? "last" : ""), .x(place), .y(Self.height - 6)
        ) {
            span == .day
                ? zone.local(at: at).time.text(for: reader) : zone.day(at: at).text(.short, for: reader)
        }
    }

    /// Interrupted where nothing was measured for three steps.
    private func drawn(_ line: Line, _ scale: Scale, _ index: Int) -> Markup {
        var pieces: [[String]] = []
        var last: Instant?
        for point in line.points {
            let text = "\(x(point.at)),\(y(point.mean, scale))"
            if let last, point.at - last <= .seconds(Int64(span.step) * 3) {
                pieces[pieces.count - 1].append(text)
            } else {
                pieces.append([text])
            }
            last = point.at
        }
        return .group(
            pieces.map { piece in
                // A single point is drawn as a short line.
                let points = piece.count == 1 ? piece + piece : piece
                return polyline(.class("line line-\(index % 4)"), .points(points.joined(separator: " ")))
            })
    }

    private static let columns: [ChartWords] = [.last, .mean, .least, .most]

    private var figures: Markup {
        div(.class("table"), .role("region"), .tabindex(0), .aria("label", title)) {
            table {
                caption { title }
                thead {
                    tr {
                        for words in [ChartWords.line] + Self.columns {
                            th(.scope("col")) { words.text(for: reader) }
                        }
                    }
                }
                tbody {
                    for (index, line) in lines.enumerated() {
                        tr {
                            th(.scope("row")) {
                                HTML.span(.class("swatch line-\(index % 4)"), .aria("hidden", "true"))
                                line.name.isEmpty ? title : line.name
                            }
                            for (words, value) in zip(Self.columns, values(of: line)) {
                                td(.class("figures"), .data("label", words.text(for: reader))) {
                                    metric.text(value, for: reader)
                                }
                            }
                        }
                    }
                }
            }
        }
    }

    private func values(of line: Line) -> [Double] {
        let count = max(1, line.points.reduce(0) { $0 + $1.count })
        return [
            line.points.last?.mean ?? 0, line.points.reduce(0.0) { $0 + Double($1.sum) } / Double(count),
            Double(line.points.map(\.least).min() ?? 0), Double(line.points.map(\.most).max() ?? 0),
        ]
    }

    /// The values between which the chart is drawn, and the lines across it.
    private struct Scale {
        let least: Double
        let most: Double
        var levels: [Double] { (0...3).map { least + (most - least) * Double($0) / 3 } }

        init(_ lines: [Line], _ metric: Metric) {
            let means = lines.flatMap { $0.points.map(\.mean) }
            switch metric {
            case .available, .loss, .ccq, .capacity, .cpu, .memory: (least, most) = (0, 100)
            case .signal, .noise:
                let (low, high) = (means.min() ?? -90, means.max() ?? -40)
                (least, most) = (
                    (low / 10).rounded(.down) * 10,
                    max((high / 10).rounded(.up) * 10, (low / 10).rounded(.down) * 10 + 10)
                )
            default: (least, most) = (0, max((means.max() ?? 0) * 1.1, 1))
            }
        }
    }
}

/// The charts on a device's page.
struct DeviceCharts: View {
    let device: Device
    let span: ChartSpan
    let measurements: [Measurement]
    let visit: Visit

    /// Interfaces shown, those with the most traffic.
    private static let interfaces = 4
    private static let order: [[Metric]] = [
        [.available], [.signal], [.latency], [.trafficIn], [.trafficOut], [.ccq], [.capacity], [.jitter], [.loss],
        [.noise], [.stations], [.cpu], [.memory], [.temperature], [.voltage], [.radioSent], [.radioReceived],
    ]

    private var reader: Reader { visit.reader }

    var body: Markup {
        section(.class("card"), .aria("label", ChartWords.charts.text(for: reader))) {
            h2 { ChartWords.charts.text(for: reader) }
            nav(.class("acts"), .aria("label", ChartWords.spans.text(for: reader))) {
                for other in ChartSpan.allCases {
                    a(
                        .class(other == span ? "button primary" : "button"),
                        other == span ? .aria("current", "true") : .absent,
                        .href("\(device.panelPath)?span=\(other.rawValue)")
                    ) { other.words.text(for: reader) }
                }
            }
            if measurements.isEmpty { p(.class("hint")) { ChartWords.none.text(for: reader) } }
            for metrics in Self.order {
                for metric in metrics { chart(metric) }
            }
        }
    }

    @MarkupBuilder private func chart(_ metric: Metric) -> Markup {
        let lines = lines(of: metric)
        if !lines.isEmpty {
            LineChart(
                id: "chart-\(metric.rawValue)", title: metric.text(for: reader), metric: metric, lines: lines,
                span: span,
                end: visit.now, zone: visit.tenant.timeZone, reader: reader)
        }
    }

    private func lines(of metric: Metric) -> [LineChart.Line] {
        let own = Dictionary(grouping: measurements.filter { $0.metric == metric }, by: \.interface)
        let sorted = own.sorted { left, right in
            let (one, other) = (left.value.reduce(0.0) { $0 + $1.mean }, right.value.reduce(0.0) { $0 + $1.mean })
            return one == other ? left.key < right.key : one > other
        }
        return sorted.prefix(Self.interfaces).map { LineChart.Line(name: $0.key, points: $0.value) }
    }
}

extension ChartSpan {
    var words: ChartWords {
        switch self {
        case .day: .day
        case .week: .week
        case .month: .month
        case .year: .year
        }
    }
}

enum ChartWords: MessageCatalogue {
    case charts, spans, none, line, last, mean, least, most, day, week, month, year

    var message: Message {
        switch self {
        case .charts: Message(es: "Gráficas", en: "Charts", pt: "Gráficos")
        case .spans: Message(es: "Período", en: "Span", pt: "Período")
        case .none:
            Message(
                es: "Todavía no hay mediciones de este período.", en: "Nothing was measured in this span yet.",
                pt: "Ainda não há medições deste período.")
        case .line: Message(es: "Medición", en: "Measurement", pt: "Medição")
        case .last: Message(es: "Última", en: "Last", pt: "Última")
        case .mean: Message(es: "Media", en: "Mean", pt: "Média")
        case .least: Message(es: "Mínima", en: "Least", pt: "Mínima")
        case .most: Message(es: "Máxima", en: "Most", pt: "Máxima")
        case .day: Message(es: "Día", en: "Day", pt: "Dia")
        case .week: Message(es: "Semana", en: "Week", pt: "Semana")
        case .month: Message(es: "Mes", en: "Month", pt: "Mês")
        case .year: Message(es: "Año", en: "Year", pt: "Ano")
        }
    }
}
