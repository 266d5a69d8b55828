import Identifiers
import JSON
import Time

/// One event being formatted.
struct LogLine {
    let time: Instant
    let level: Log.Level
    let event: StaticString
    let fixed: [Log.Field]
    let fields: [Log.Field]

    func bytes(as format: Log.Format) -> [UInt8] {
        switch format {
        case .json: json
        case .human(let isColoured): human(isColoured: isColoured)
        }
    }

    /// Fixed fields first, except those that the event overrides.
    private func forEachField(_ body: (Log.Field) -> Void) {
        for old in fixed where !fields.contains(where: { $0.hasName(of: old) }) { body(old) }
        for field in fields { body(field) }
    }
}

extension LogLine {
    private var json: [UInt8] {
        var json = JSONWriter(reserving: 480)
        json.object { json in
            json.member("time", ascii: time.appendRFC3339)
            json.member("level", level.name)
            json.member("event", event)
            forEachField { field in
                switch field.value {
                case .text(let text): json.member(field.name, visible(text))
                case .id(let id): json.member(field.name, ascii: id.appendText)
                case .number(let number): json.member(field.name, Int(number))
                case .bool(let value): json.member(field.name, value)
                case .duration(let span): json.member(field.name, span.milliseconds)
                }
            }
        }
        json.endLine()
        return json.bytes
    }
}

extension LogLine {
    /// `15:04:05.250 INFO    request_answered  tenant=norte status=200 took=1.25ms`
    private func human(isColoured: Bool) -> [UInt8] {
        var line: [UInt8] = []
        line.reserveCapacity(320)
        var moment: [UInt8] = []
        time.appendRFC3339(to: &moment)
        // The reader knows the day, so only the time is shown.
        line.append(contentsOf: moment.dropFirst(moment.count - 13).dropLast())
        line.append(UInt8(ascii: " "))
        line.append(level.name.padded(to: 8).utf8, in: isColoured ? level.colour : nil)
        line.append(contentsOf: event.description.padded(to: 24).utf8)
        forEachField { field in
            line.append(UInt8(ascii: " "))
            line.append((field.name.description + "=").utf8, in: isColoured ? "2" : nil)
            switch field.value {
            case .text(let text): line.append(contentsOf: quotedIfNeeded(text).utf8)
            case .id(let id): id.appendText(to: &line)
            case .number(let number): line.append(contentsOf: number.description.utf8)
            case .bool(let value): line.append(contentsOf: (value ? "yes" : "no").utf8)
            case .duration(let span): line.append(contentsOf: "\(span.milliseconds)ms".utf8)
            }
        }
        line.append(UInt8(ascii: "\n"))
        return line
    }
}

extension Log.Level {
    fileprivate var name: String {
        switch self {
        case .debug: "debug"
        case .info: "info"
        case .notice: "notice"
        case .warning: "warning"
        case .error: "error"
        }
    }

    /// The terminal's ANSI colour number.
    fileprivate var colour: String {
        switch self {
        case .debug: "2"
        case .info: "36"
        case .notice: "32"
        case .warning: "33"
        case .error: "1;31"
        }
    }
}

extension String {
    fileprivate func padded(to width: Int) -> String {
        utf8.count < width ? self + String(repeating: " ", count: width - utf8.count) : self
    }
}

extension [UInt8] {
    fileprivate mutating func append(_ text: some Sequence<UInt8>, in colour: String?) {
        if let colour { append(contentsOf: "\u{1B}[\(colour)m".utf8) }
        append(contentsOf: text)
        if colour != nil { append(contentsOf: "\u{1B}[0m".utf8) }
    }
}

extension Duration {
    /// Rounded to microseconds.
    var milliseconds: Double {
        let (seconds, attoseconds) = components
        return Double(seconds * 1_000_000 + attoseconds / 1_000_000_000_000) / 1000
    }
}
