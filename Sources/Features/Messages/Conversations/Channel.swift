import Locale
import Nouns
import Time

/// Where a conversation is held.
package enum Channel: String, FieldChoice, Hashable {
    case whatsapp, twilio, sms, telegram, email, portal

    package var name: String {
        switch self {
        case .whatsapp, .twilio: "WhatsApp"
        case .sms: "SMS"
        case .telegram: "Telegram"
        case .email: "E-mail"
        case .portal: "Portal"
        }
    }

    package var message: Message { Message(es: .always(name), en: .always(name), pt: .always(name)) }

    /// How long after the customer's last message anything but a template is taken; nil where always.
    package var window: Duration? {
        switch self {
        case .whatsapp, .twilio: .seconds(24 * 3600)
        case .sms, .telegram, .email, .portal: nil
        }
    }

    /// Whether the provider later says what became of a message.
    var tellsFates: Bool { self == .whatsapp || self == .twilio || self == .sms }

    /// Whether we hand it files.
    package var takesFiles: Bool {
        switch self {
        case .whatsapp, .telegram: true
        case .twilio, .sms, .email, .portal: false
        }
    }

    /// How long a text may be, in UTF-16 units, as channels count.
    package var textLimit: Int {
        switch self {
        case .twilio, .sms: 1600
        case .whatsapp, .telegram, .email, .portal: 4096
        }
    }
}
