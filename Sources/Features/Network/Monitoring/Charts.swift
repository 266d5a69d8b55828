import Access
import Glibc
import HTML
import JSON
import Locale
import Nouns
import Panel
import Tenancy
import Time

/// A line chart drawn by the server, with the figures below it, and as a table for those who do not see it. It is drawn
/// twice, for wide screens and for telephones, so that its words have the size of text on both; scripts make some
/// charts zoomable.
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
    var isZoomable = false

    private static let drawings = [
        Drawing(name: "wide", width: 720, isNarrow: false), Drawing(name: "narrow", width: 340, isNarrow: true),
    ]

    var body: Markup {
        let scale = Scale(lines, metric)
        figure(.class("chart lines"), isZoomable ? zooming : .absent) {
            figcaption { title }
            for drawing in Self.drawings { picture(drawing, scale) }
            figures
        }
    }

    private func picture(_ drawing: Drawing, _ scale: Scale) -> Markup {
        let own = "\(id)-\(drawing.name)"
        return svg(
            .class(drawing.name), .viewBox("0 0 \(drawing.width) \(Drawing.height)"), .role("img"),
            .aria("labelledby", "\(own)-title \(own)-says")
        ) {
            HTML.title(.id("\(own)-title")) { title }
            desc(.id("\(own)-says")) { says }
            for level in scale.levels { grid(level, scale, drawing) }
            for moment in moments(drawing) { tick(moment, drawing) }
            for (index, line) in lines.enumerated() { drawn(line, scale, index, drawing) }
        }
    }

    private struct Drawing {
        let name: String
        let width: Int
        let isNarrow: Bool

        static let height = 180
        static let (left, right, top, bottom) = (66, 8, 10, 24)
        /// Half of what a moment's words take.
        static let halfWord = 34

        var room: Int { width - Self.left - Self.right }
    }

    /// What the chart shows, in a sentence.
    private var says: String {
        lines.map { line in
            let last = line.points.last.map { metric.text($0.mean, for: reader) } ?? "–"
            return "\(line.name.isEmpty ? title : line.name): \(last)"
        }.joined(separator: "; ")
    }

    private func x(_ at: Instant, _ drawing: Drawing) -> Int {
        let (all, part) = (Double(span.length.components.seconds), Double((end - at).components.seconds))
        return Drawing.left + Int(Double(drawing.room) * (1 - part / all))
    }

    private func y(_ value: Double, _ scale: Scale) -> Int {
        let part = (value - scale.least) / (scale.most - scale.least)
        let room = Double(Drawing.height - Drawing.top - Drawing.bottom)
        return Drawing.height - Drawing.bottom - Int(room * min(max(part, 0), 1))
    }

    private func grid(_ level: Double, _ scale: Scale, _ drawing: Drawing) -> Markup {
        let place = y(level, scale)
        return .group([
            line(.class("axis"), .x1(Drawing.left), .x2(drawing.width - Drawing.right), .y1(place), .y2(place)),
            svgText(.class("level"), .x(Drawing.left - 6), .y(place + 4)) { metric.text(level, for: reader) },
        ])
    }

    /// Those whose words have room.
    private func moments(_ drawing: Drawing) -> [Instant] {
        span.moments(until: end, in: zone, sparsely: drawing.isNarrow).filter { moment in
            let place = x(moment, drawing)
            return place >= Drawing.left + Drawing.halfWord && place <= drawing.width - Drawing.halfWord
        }
    }

    private func tick(_ at: Instant, _ drawing: Drawing) -> Markup {
        let (place, floor) = (x(at, drawing), Drawing.height - Drawing.bottom)
        return .group([
            line(.class("axis"), .x1(place), .x2(place), .y1(floor), .y2(floor + 5)),
            svgText(.x(place), .y(Drawing.height - 6)) {
                span == .day
                    ? zone.local(at: at).time.text(for: reader) : zone.day(at: at).text(.short, for: reader)
            },
        ])
    }

    /// Interrupted where nothing was measured for three steps.
    private func drawn(_ line: Line, _ scale: Scale, _ index: Int, _ drawing: Drawing) -> Markup {
        var pieces: [[String]] = []
        var last: Instant?
        for point in line.points {
            let text = "\(x(point.at, drawing)),\(y(point.mean, scale))"
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

    /// The values between which the chart is drawn, and the lines across it, which have round figures.
    struct Scale {
        let least: Double
        let most: Double
        let levels: [Double]

        init(_ lines: [Line], _ metric: Metric) {
            let means = lines.flatMap { $0.points.map { metric.shown($0.mean) } }
            var (low, high, step) = (0.0, 100.0, 25.0)
            switch metric {
            case .available, .loss, .ccq, .capacity, .cpu, .memory: break
            case .signal, .noise:
                let (weakest, strongest) = (means.min() ?? -90, means.max() ?? -40)
                step = strongest - weakest > 40 ? 20 : 10
                low = (weakest / step).rounded(.down) * step
                high = max((strongest / step).rounded(.up) * step, low + step)
            default:
                let top = max(means.max() ?? 0, metric == .stations ? 4 : 0.01)
                step = Self.round(top / 4)
                high = (top / step).rounded(.up) * step
            }
            (least, most) = (metric.stored(low), metric.stored(high))
            levels = (0...Int(((high - low) / step).rounded())).map { metric.stored(low + step * Double($0)) }
        }

        /// The next of 1, 2 and 5 times a power of ten.
        private static func round(_ step: Double) -> Double {
            let power = pow(10, log10(step).rounded(.down))
            return [1, 2, 5, 10].map { $0 * power }.first { $0 >= step * 0.9999 } ?? step
        }
    }
}

extension LineChart {
    /// The same points for a script: names, and rows of a moment and the lines' values. A moment is the company's clock
    /// as if it were UTC's.
    private var zooming: Attribute {
        var json = JSONWriter()
        json.object { json in
            json.member("unit", metric.unit)
            json.array("names") { json in for line in lines { json.string(line.name.isEmpty ? title : line.name) } }
            json.array("rows") { json in
                for (at, values) in rows {
                    json.array { json in
                        json.integer((at.seconds + Int64(zone.local(at: at).offset)) * 1000)
                        for value in values {
                            if let value { json.number((value * 1000).rounded() / 1000) } else { json.null() }
                        }
                    }
                }
            }
            json.object("words") { json in
                json.member("nearer", ChartWords.nearer.text(for: reader))
                json.member("farther", ChartWords.farther.text(for: reader))
                json.member("earlier", ChartWords.earlier.text(for: reader))
                json.member("later", ChartWords.later.text(for: reader))
                json.member("whole", ChartWords.whole.text(for: reader))
            }
        }
        return .data("zoom", String(decoding: json.bytes, as: UTF8.self))
    }

    private var rows: [(at: Instant, values: [Double?])] {
        var rows: [Instant: [Double?]] = [:]
        for (index, line) in lines.enumerated() {
            for point in line.points {
                rows[point.at, default: Array(repeating: nil, count: lines.count)][index] = metric.shown(point.mean)
            }
        }
        return rows.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
    }
}

extension ChartSpan {
    /// The round moments that a chart of the span names, by the company's clock.
    func moments(until end: Instant, in zone: TimeZone, sparsely isSparse: Bool) -> [Instant] {
        let begin = end - length
        let (first, last) = (zone.day(at: begin), zone.day(at: end))
        let days = (0...max(0, last - first)).map { first + $0 }
        let moments: [Instant] =
            switch self {
            case .day:
                days.flatMap { day in
                    stride(from: 0, to: 24, by: isSparse ? 6 : 3).compactMap { hour in
                        TimeOfDay(hour: hour, minute: 0).map { zone.instant(of: day, at: $0) }
                    }
                }
            case .week: days.filter { (last - $0) % (isSparse ? 2 : 1) == 0 }.map { $0.start(in: zone) }
            case .month:
                days.filter { $0.dayOfMonth < 31 && ($0.dayOfMonth - 1) % (isSparse ? 10 : 5) == 0 }
                    .map { $0.start(in: zone) }
            case .year:
                days.filter { $0.dayOfMonth == 1 && ($0.month.number - 1) % (isSparse ? 4 : 2) == 0 }
                    .map { $0.start(in: zone) }
            }
        return moments.filter { $0 > begin && $0 <= end }
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

    private static let zoomable: Set<Metric> = [.latency, .trafficIn, .trafficOut]

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
        if let library = Asset.dygraphs.address,
            measurements.contains(where: { $0.metric.map(Self.zoomable.contains) ?? false })
        {
            script(
                src: Asset.charts.href, .defer(), .data("library", library),
                .data("style", Asset.dygraphsStyle.href))
        }
    }

    @MarkupBuilder private func chart(_ metric: Metric) -> Markup {
        let lines = lines(of: metric)
        if !lines.isEmpty {
            LineChart(
                id: "chart-\(metric.rawValue)", title: metric.text(for: reader), metric: metric, lines: lines,
                span: span,
                end: visit.now, zone: visit.tenant.timeZone, reader: reader,
                isZoomable: Self.zoomable.contains(metric))
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
    case nearer, farther, earlier, later, whole

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
        case .nearer: Message(es: "Acercar", en: "Zoom in", pt: "Aproximar")
        case .farther: Message(es: "Alejar", en: "Zoom out", pt: "Afastar")
        case .earlier: Message(es: "Antes", en: "Earlier", pt: "Antes")
        case .later: Message(es: "Después", en: "Later", pt: "Depois")
        case .whole: Message(es: "Todo el período", en: "Whole span", pt: "Todo o período")
        }
    }
}
