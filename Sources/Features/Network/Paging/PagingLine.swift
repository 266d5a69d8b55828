import JSON
import Locale
import Time
import WebClient

/// An event of PagerDuty's Events API v2. Those with one deduplication key are one alert there.
struct PagerEvent: Sendable {
    enum Action: String, Sendable { case trigger, acknowledge, resolve }

    let action: Action
    let deduplication: String
    let summary: String
    let source: String
    let severity: String
    let at: Instant
    /// The incident's page in the panel.
    let link: String?

    init(
        _ action: Action, deduplication: String, summary: String, source: String, severity: String, at: Instant,
        link: String? = nil
    ) {
        (self.action, self.deduplication, self.summary, self.source) = (action, deduplication, summary, source)
        (self.severity, self.at, self.link) = (severity, at, link)
    }

    func body(with key: String) -> [UInt8] {
        var json = JSONWriter(reserving: 1024)
        json.object { json in
            json.member("routing_key", key)
            json.member("event_action", action.rawValue)
            json.member("dedup_key", deduplication)
            guard action == .trigger else { return }
            json.member("client", "Mastil")
            if let link { json.member("client_url", link) }
            json.object("payload") { json in
                json.member("summary", summary.prefix(scalars: 1000))
                json.member("source", source.prefix(scalars: 200))
                json.member("severity", severity)
                json.member("timestamp", at.rfc3339)
                json.member("class", "outage")
            }
        }
        return json.bytes
    }
}

/// Why an event was not taken.
struct PagingFailure: Error, Equatable {
    let text: String
    /// Sending it again may help.
    let isPassing: Bool
}

/// Sends events to the addresses that companies give.
package struct PagingLine: Sendable {
    private let client: HTTPClient
    private let egress: Egress
    private let trust: WebRequest.Trust

    package init(_ client: HTTPClient, egress: Egress, trust: WebRequest.Trust = .system) {
        (self.client, self.egress, self.trust) = (client, egress, trust)
    }

    func mayReach(_ address: String) -> Bool { (try? egress.check(address)) != nil }

    func send(_ event: PagerEvent, to address: String, with key: String) async throws(PagingFailure) {
        let answer: WebResponse
        do {
            answer = try await client.send(
                WebRequest(
                    "POST", address, egress: egress, headers: ["Content-Type": "application/json"],
                    body: .bytes(event.body(with: key)), trust: trust, deadline: .seconds(15), bodyLimit: 64 << 10))
        } catch {
            throw PagingFailure(text: "\(error)".prefix(scalars: 300), isPassing: true)
        }
        guard !(200..<300).contains(answer.status) else { return }
        let isPassing = answer.status == 429 || answer.status >= 500
        throw PagingFailure(
            text: "\(answer.status) \(Self.said(answer.body))".prefix(scalars: 300), isPassing: isPassing)
    }

    /// The reasons that an answer gives, on one line.
    private static func said(_ body: [UInt8]) -> String {
        let text = String(decoding: body.prefix(600).filter { $0 != 0 }, as: UTF8.self)
        return text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    }
}
