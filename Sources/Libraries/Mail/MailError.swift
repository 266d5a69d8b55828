/// Why a message was not handed over.
package enum MailError: Error, Equatable {
    case badAddress
    case notConnected(String)
    /// The server is not who it should be, or speaks no TLS.
    case untrusted(String)
    /// It does not take our name and password, or wants them.
    case notAdmitted(String)
    /// "Not now": a full mailbox, greylisting.
    case postponed(String)
    /// "No": nobody lives there, or the message is unwelcome.
    case refused(String)
    case interrupted(String)

    /// Trying again will not help.
    package var isFinal: Bool {
        switch self {
        case .badAddress, .refused: true
        case .notConnected, .untrusted, .notAdmitted, .postponed, .interrupted: false
        }
    }
}

extension MailError: CustomStringConvertible {
    package var description: String {
        switch self {
        case .badAddress: "The address is none that mail can be sent to"
        case .notConnected(let reason): "The mail server cannot be reached: \(reason)"
        case .untrusted(let reason): "The mail server cannot be trusted: \(reason)"
        case .notAdmitted(let reason): "The mail server does not let us in: \(reason)"
        case .postponed(let reply): "The mail server says: not now: \(reply)"
        case .refused(let reply): "The mail server refuses: \(reply)"
        case .interrupted(let reason): "The mail server fell silent: \(reason)"
        }
    }
}
