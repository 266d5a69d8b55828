import API
import Access
import Identifiers
import JSON
import Locale
import Monitoring
import Nouns
import Postgres
import Routers
import Tenancy
import Time

/// The signals of a device, in the API.
enum SignalAPI {
    static func add(to routes: inout API.Routes) {
        routes.get("/api/v1/devices/:id/signals", .networkRead, SignalAPIWords.list) { (visit, id: Device.ID) in
            guard try await visit.database.device(id) != nil else { return SignalsOfDevice?.none }
            return SignalsOfDevice(
                device: id, signals: try await visit.database.signals(of: id, limit: DeviceSignal.kept))
        }
    }
}

private struct SignalsOfDevice: Resource {
    let device: Device.ID
    let signals: [DeviceSignal]

    static let schema = Schema.object(
        "DeviceSignals",
        [
            .required(
                "items",
                .list(
                    of: .object(
                        "DeviceSignal",
                        [
                            .required("at", .text, SignalAPIWords.at),
                            .required(
                                "kind", .words(DeviceSignal.Kind.allCases.map(\.rawValue)), SignalAPIWords.kind),
                            .required("severity", Schema.integer(0...7).orNull, SignalAPIWords.severity),
                            .required("text", .text, SignalAPIWords.text),
                        ])), SignalAPIWords.list)
        ])

    var path: String { "/api/v1/devices/\(device)/signals" }

    func write(to json: inout JSONWriter) {
        json.object { json in
            json.array("items") { json in
                for signal in signals {
                    json.object { json in
                        json.member("at", signal.at.rfc3339)
                        json.member("kind", signal.kind.rawValue)
                        json.member("severity", signal.severity)
                        json.member("text", signal.text)
                    }
                }
            }
        }
    }
}

enum SignalAPIWords: MessageCatalogue {
    case list, at, kind, severity, text

    var message: Message {
        switch self {
        case .list:
            Message(
                es: "Lo que el equipo dijo por sí mismo, por SNMP o syslog, lo más nuevo primero",
                en: "What the device said by itself, by SNMP or syslog, the newest first",
                pt: "O que o equipamento disse por si mesmo, por SNMP ou syslog, o mais novo primeiro")
        case .at: Message(es: "Cuándo se oyó.", en: "When it was heard.", pt: "Quando se ouviu.")
        case .kind: Message(es: "Qué es.", en: "What it is.", pt: "O que é.")
        case .severity:
            Message(
                es: "De syslog: 0 es una emergencia, 7 es para depurar.",
                en: "Of syslog: 0 is an emergency, 7 is for debugging.",
                pt: "Do syslog: 0 é uma emergência, 7 é para depurar.")
        case .text:
            Message(
                es: "El enlace, o el texto.", en: "The link, or the text.", pt: "O link, ou o texto.")
        }
    }
}
