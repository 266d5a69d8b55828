/// Why a command brought no answer, or not the one that was wanted.
package enum RouterError: Error, Equatable {
    /// Whether the router may have done what it was told.
    package enum Delivery: Sendable, Equatable {
        /// Its last byte never left us: a router does nothing before it has the whole sentence.
        case neverSent
        /// It left, and no answer says what became of it. To be read back before it is repeated.
        case maybeDone
    }

    case badCommand(String)
    case notConnected(String)
    /// The device's certificate is not the expected one, or the TLS handshake failed.
    case untrusted(String)
    case loginRefused(String)
    /// The router's no; never empty.
    case refused([RouterTrap])
    /// The router's last word before it closes the session.
    case fatal(String, Delivery)
    case deadlineExceeded(Duration, Delivery)
    /// The connection ended, or what came made no sense.
    case interrupted(String, Delivery)
    case tooLarge(String, Delivery)
    case cancelled(Delivery)
    /// Rows came faster than they were read. What they would have told has to be read anew.
    case readTooSlowly
}

extension RouterError {
    /// Nothing was done, and it may be tried again without looking first.
    package var mayHaveBeenDone: Bool {
        switch self {
        case .badCommand, .notConnected, .untrusted, .loginRefused: false
        case .refused(let traps): traps.contains { $0.kind == .interrupted || $0.kind == .timedOut }
        case .fatal(_, let delivery), .deadlineExceeded(_, let delivery), .interrupted(_, let delivery),
            .tooLarge(_, let delivery), .cancelled(let delivery):
            delivery == .maybeDone
        case .readTooSlowly: true
        }
    }

    /// The first refusal's kind.
    package var trapKind: RouterTrap.Kind? { if case .refused(let traps) = self { traps.first?.kind } else { nil } }
}

extension RouterError: CustomStringConvertible {
    package var description: String {
        switch self {
        case .badCommand(let reason): "The command cannot be sent: \(reason)."
        case .notConnected(let reason): "No connection to the router: \(reason)."
        case .untrusted(let reason): "No trusted connection to the router: \(reason)."
        case .loginRefused(let reason): "The router refused the login: \(reason)."
        case .refused(let traps): "The router refused: \(traps.map(\.message).joined(separator: "; "))."
        case .fatal(let reason, let delivery): "The router closed the session: \(reason) (\(delivery.text))."
        case .deadlineExceeded(let span, let delivery): "No answer within \(span) (\(delivery.text))."
        case .interrupted(let reason, let delivery): "The session broke: \(reason) (\(delivery.text))."
        case .tooLarge(let reason, let delivery): "The answer is too large: \(reason) (\(delivery.text))."
        case .cancelled(let delivery): "The command was cancelled (\(delivery.text))."
        case .readTooSlowly: "The router told more than was read."
        }
    }
}

extension RouterError.Delivery {
    fileprivate var text: String {
        switch self {
        case .neverSent: "the command was not sent"
        case .maybeDone: "the command may have been done"
        }
    }
}
