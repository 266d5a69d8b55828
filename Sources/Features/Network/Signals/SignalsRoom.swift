import API
import Access
import Assembly
import Declarations
import HTML
import Identifiers
import JSON
import Locale
import Monitoring
import Nouns
import Panel
import Postgres
import Routers
import Tenancy
import Time

extension RoomDeclarations {
    package static let signals = RoomDeclarations(
        "Signals",
        parts: [
            DevicePart(20) { device, visit in
                let signals = try await visit.database.signals(of: device.id, limit: 20)
                return signals.isEmpty ? .nothing : SignalsCard(signals: signals, visit: visit).body
            }
        ])
}

extension Room {
    package static let signals = Room(.signals, api: { routes, _ in SignalAPI.add(to: &routes) })
}

/// The newest signals, on the device's page.
private struct SignalsCard: View {
    let signals: [DeviceSignal]
    let visit: Visit

    var body: Markup {
        section(.class("card"), .aria("label", SignalWords.signals.text(for: visit.reader))) {
            h2 { SignalWords.signals.text(for: visit.reader) }
            ul(.class("plain lines")) {
                for signal in signals {
                    li {
                        span {
                            span(.class("state"), .data("tone", signal.tone.rawValue)) {
                                signal.kind.text(for: visit.reader)
                            }
                            " \(signal.text)"
                        }
                        span { signal.at.text(.short, in: visit.tenant.timeZone, for: visit.reader) }
                    }
                }
            }
        }
    }
}

extension DeviceSignal {
    /// Of syslog, errors and worse stand out.
    fileprivate var tone: Tone {
        guard let severity else { return kind.tone }
        return severity <= 3 ? .bad : severity == 4 ? .warning : .quiet
    }
}

enum SignalWords: MessageCatalogue {
    case signals

    var message: Message {
        switch self {
        case .signals:
            Message(es: "Mensajes del equipo", en: "Messages of the device", pt: "Mensagens do equipamento")
        }
    }
}
