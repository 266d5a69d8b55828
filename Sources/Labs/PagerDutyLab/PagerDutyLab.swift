import HTML
import HTTP
import JSON
import Synchronization

/// A simulated PagerDuty: its Events API v2, and a page of the alerts that it made of the events.
///
/// `POST /lab/faults` with `status=429` and `times=2` refuses so many events.
package final class PagerDutyLab: Sendable {
    package struct Alert: Sendable, Equatable {
        package let key: String
        package let summary: String
        package let severity: String
        package fileprivate(set) var state: String
        /// Events that it was made of.
        package fileprivate(set) var events: [String]
    }

    private struct State: Sendable {
        var alerts: [Alert] = []
        var refusing: (status: Int, times: Int)?
    }

    private let keys: Set<String>
    private let state = Mutex(State())

    /// The integration keys of the account.
    package init(keys: [String]) { self.keys = Set(keys) }

    package var alerts: [Alert] { state.withLock(\.alerts) }

    package func refuse(with status: Int, times: Int) { state.withLock { $0.refusing = (status, times) } }

    package func answer(_ request: Request) async -> Response {
        do {
            switch request.path.all {
            case []: return page
            case ["v2", "enqueue"] where request.method == .post:
                return take(try .parse(try await request.body.bytes(upTo: 512 << 10)))
            case ["lab", "faults"] where request.method == .post:
                let form = try await request.body.form(upTo: 1024)
                refuse(
                    with: min(max(Int(form["status"] ?? "") ?? 500, 400), 599),
                    times: min(max(Int(form["times"] ?? "") ?? 1, 0), 1000))
                return .text("ok")
            default: return .text("unknown", status: .notFound)
            }
        } catch {
            return Self.said("invalid event", "unreadable", .badRequest)
        }
    }

    private func take(_ event: JSONValue) -> Response {
        func text(_ name: String, in value: JSONValue) -> String? {
            guard case .object(let object) = value, case .string(let text)? = object[name] else { return nil }
            return text
        }
        guard let key = text("routing_key", in: event), keys.contains(key) else {
            return Self.said("invalid event", "Invalid routing key", .badRequest)
        }
        guard let action = text("event_action", in: event), let alert = text("dedup_key", in: event),
            alert.utf8.count <= 255
        else { return Self.said("invalid event", "Event object is invalid", .badRequest) }
        return state.withLock { state in
            if let (status, times) = state.refusing, times > 0 {
                state.refusing = (status, times - 1)
                return Self.said("throttle exceeded", "Requests for this service are limited", Status(status))
            }
            // An alert that is resolved is over: the same key then opens another.
            let open = state.alerts.lastIndex { $0.key == alert && $0.state != "resolved" }
            switch action {
            case "trigger":
                guard case .object(let object) = event, let payload = object["payload"],
                    let summary = text("summary", in: payload), text("source", in: payload) != nil,
                    let severity = text("severity", in: payload),
                    ["critical", "error", "warning", "info"].contains(severity), summary.unicodeScalars.count <= 1024
                else { return Self.said("invalid event", "'payload' is missing or invalid", .badRequest) }
                if let open {
                    state.alerts[open].events.append(action)
                } else {
                    state.alerts.append(
                        Alert(key: alert, summary: summary, severity: severity, state: "triggered", events: [action]))
                }
            case "acknowledge", "resolve":
                // Of an alert that is not open they change nothing.
                guard let open else { break }
                state.alerts[open].state = "\(action)d"
                state.alerts[open].events.append(action)
            default: return Self.said("invalid event", "'event_action' is invalid", .badRequest)
            }
            return Self.said("success", "Event processed", Status(202), alert)
        }
    }

    private static func said(
        _ status: String, _ message: String, _ code: Status, _ key: String? = nil
    ) -> Response {
        var json = JSONWriter(reserving: 128)
        json.object { json in
            json.member("status", status)
            json.member("message", message)
            if let key { json.member("dedup_key", key) }
        }
        return .json(json.bytes, status: code)
    }

    private var page: Response {
        var bytes: [UInt8] = []
        html(lang: "es") {
            head {
                meta(.charset("utf-8"))
                meta(.name("viewport"), .content("width=device-width, initial-scale=1"))
                title { "PagerDuty de prueba" }
            }
            body {
                h1 { "PagerDuty de prueba" }
                p { alerts.isEmpty ? "Nadie ha enviado alertas." : "Alertas recibidas:" }
                ul {
                    for alert in alerts.suffix(100).reversed() {
                        li { "\(alert.summary) · \(alert.severity) · \(alert.state)" }
                    }
                }
            }
        }.render(into: &bytes)
        return .html(bytes)
    }
}
