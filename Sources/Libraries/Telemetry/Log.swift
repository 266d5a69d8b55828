import Time

/// Structured logging, one event with its fields a line. A log is a value: a child that always names its tenant or
/// request is a copy with more fields.
package struct Log: Sendable {
    package enum Level: Int, Sendable, CaseIterable, Comparable {
        case debug, info, notice, warning, error

        package static func < (left: Level, right: Level) -> Bool { left.rawValue < right.rawValue }
    }

    package enum Format: Sendable, Equatable {
        case json
        case human(isColoured: Bool)
    }

    private let sink: any LogSink
    private let format: Format
    private let level: Level
    private let time: TimeSource
    private let fixed: [Field]

    /// Events below the level are not written.
    package init(to sink: any LogSink, as format: Format, from level: Level = .info, time: TimeSource = .system) {
        self.init(sink: sink, format: format, level: level, time: time, fixed: [])
    }

    private init(sink: any LogSink, format: Format, level: Level, time: TimeSource, fixed: [Field]) {
        self.sink = sink
        self.format = format
        self.level = level
        self.time = time
        self.fixed = fixed
    }

    /// A copy with these fields in every event; an event's own field of the same name wins.
    package func with(_ fields: Field...) -> Log {
        let kept = fixed.filter { old in !fields.contains { $0.hasName(of: old) } }
        return Log(sink: sink, format: format, level: level, time: time, fixed: kept + fields)
    }

    package func debug(_ event: StaticString, _ fields: Field...) { write(.debug, event, fields) }
    package func info(_ event: StaticString, _ fields: Field...) { write(.info, event, fields) }
    package func notice(_ event: StaticString, _ fields: Field...) { write(.notice, event, fields) }
    package func warning(_ event: StaticString, _ fields: Field...) { write(.warning, event, fields) }
    package func error(_ event: StaticString, _ fields: Field...) { write(.error, event, fields) }

    private func write(_ level: Level, _ event: StaticString, _ fields: [Field]) {
        guard level >= self.level else { return }
        let line = LogLine(time: time.now(), level: level, event: event, fixed: fixed, fields: fields)
        sink.write(line.bytes(as: format))
    }
}

/// Receives finished lines. Called on event loops, so it must not block.
package protocol LogSink: Sendable {
    /// The line includes its line end.
    func write(_ line: [UInt8])
}
