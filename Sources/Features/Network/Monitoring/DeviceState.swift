import Locale
import Nouns
import Time

/// What polls have shown of a device, with the dates of what is said.
package struct DeviceState: Sendable, Equatable {
    package enum Standing: String, FieldChoice {
        case unknown, up, down

        package var message: Message {
            switch self {
            case .unknown: Message(es: "Sin datos", en: "No data", pt: "Sem dados")
            case .up: Message(es: "En línea", en: "Online", pt: "On-line")
            case .down: Message(es: "Caído", en: "Down", pt: "Fora do ar")
            }
        }

        package var tone: Tone {
            switch self {
            case .unknown: .quiet
            case .up: .good
            case .down: .bad
            }
        }
    }

    package var standing = Standing.unknown
    /// Polls in a row that were not answered, since `failedAt`.
    package var failedPolls = 0
    package var failedAt: Instant?
    /// The beginning of the standing: for a device that is down, the first poll that it did not answer.
    package var since: Instant?
    package var polledAt: Instant?
    package var answeredAt: Instant?
    /// In microseconds, from the question's sending to its answer.
    package var latency: Int?
    /// What was asked to measure it: a method's word.
    package var latencyBy = ""
    package var answeredBy = ""
    package var trouble = ""
    package var identity = ""
    package var model = ""
    /// In seconds.
    package var uptime: Int?
    var counters = ""

    package init() {}

    /// A device is down after this many polls in a row without an answer.
    package static let patience = 2

    /// The change that a company is told of.
    package enum Change: Sendable, Equatable { case wentDown, cameUp }

    /// Notes an answered poll. The latency is the method's own unless it was measured by another.
    mutating func answered(
        by method: Device.Method, latency: Int?, measuredBy other: Device.Method? = nil, at now: Instant
    ) -> Change? {
        let before = standing
        if standing != .up { (standing, since) = (.up, now) }
        (failedPolls, failedAt, trouble) = (0, nil, "")
        (polledAt, answeredAt, answeredBy) = (now, now, method.rawValue)
        if let latency { (self.latency, latencyBy) = (latency, (other ?? method).rawValue) }
        return before == .down ? .cameUp : nil
    }

    /// Notes a poll that this server could not make.
    mutating func unknown(because reason: String, at now: Instant) {
        if standing != .unknown || since == nil { (standing, since) = (.unknown, now) }
        (failedPolls, failedAt, polledAt, trouble) = (0, nil, now, reason)
    }

    /// Notes a poll without an answer. The first one changes nothing but the count.
    mutating func failed(because reason: String, at now: Instant) -> Change? {
        if failedPolls == 0 { failedAt = now }
        failedPolls = min(failedPolls + 1, 1_000_000)
        (polledAt, trouble, latency, latencyBy) = (now, reason, nil, "")
        if since == nil { since = now }
        guard failedPolls >= Self.patience, standing != .down else { return nil }
        (standing, since) = (.down, failedAt ?? now)
        return .wentDown
    }

    /// The latency with what measured it: "0.4 ms (ping)".
    package var latencyText: String {
        guard let latency else { return "" }
        let way = Device.Method(rawValue: latencyBy).map { " (\($0.way))" } ?? ""
        return Self.text(ofLatency: latency) + way
    }

    /// Microseconds as milliseconds: "0.4 ms", "12 ms".
    package static func text(ofLatency microseconds: Int) -> String {
        if microseconds >= 10_000 { return "\((microseconds + 500) / 1000) ms" }
        let tenths = (microseconds + 50) / 100
        return "\(tenths / 10).\(tenths % 10) ms"
    }
}
