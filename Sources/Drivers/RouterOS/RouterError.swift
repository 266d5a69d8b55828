/// Why a command failed.
package enum RouterError: Error, Equatable {
    /// Whether the router may have executed the command.
    package enum Delivery: Sendable, Equatable {
        /// The last byte was never sent; a router does nothing before it has the whole sentence.
        case neverSent
        /// It was sent, but no reply confirms it. Read back before repeating it.
        case maybeDone
    }

    case badCommand(String)
    case notConnected(String)
    /// The device's certificate is not the expected one, or the TLS handshake failed.
    case untrusted(String)
    case loginRefused(String)
    /// The router's traps; never empty.
    case refused([RouterTrap])
    /// The router's `!fatal` before it closes the session.
    case fatal(String, Delivery)
    case deadlineExceeded(Duration, Delivery)
    /// The connection ended, or the router broke the protocol.
    case interrupted(String, Delivery)
    case tooLarge(String, Delivery)
    case cancelled(Delivery)
    /// A feed's rows came faster than they were read; the state must be read anew.
    case readTooSlowly
}

extension RouterError {
    /// False when nothing was executed, so that it may be retried without a read-back.
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

    /// The kind of the first trap.
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
