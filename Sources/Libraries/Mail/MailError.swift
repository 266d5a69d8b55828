/// Why a message was not sent.
package enum MailError: Error, Equatable {
    case badAddress
    case notConnected(String)
    /// The server's certificate is not trusted, or it speaks no TLS.
    case untrusted(String)
    /// Authentication failed or is required.
    case notAdmitted(String)
    /// A temporary refusal (4xx): a full mailbox, greylisting.
    case postponed(String)
    /// A permanent refusal (5xx): an unknown recipient, or an unwelcome message.
    case refused(String)
    case interrupted(String)

    /// Retrying will not help.
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
