/// Why a request brought no answer. An answer of whatever status is not an error.
package enum WebError: Error, Equatable {
    case badAddress(String)
    case badRequest(String)
    /// The egress rules forbid it.
    case refused(String)
    case notResolved(name: String, String)
    case notConnected(String)
    /// The other side is not who it should be, or TLS could not be agreed on.
    case untrusted(String)
    case deadlineExceeded(Duration)
    case tooLarge(limit: Int)
    /// The connection ended, or made no sense, before the answer was whole.
    case interrupted(String)
    /// The body that was to be sent could not be produced.
    case bodyFailed(String)
    case cancelled
    case closed

    /// Nothing of the request reached the other side, so that doing it again cannot do it twice.
    package var neverArrived: Bool {
        switch self {
        case .badAddress, .badRequest, .refused, .notResolved, .notConnected, .untrusted: true
        case .deadlineExceeded, .tooLarge, .interrupted, .bodyFailed, .cancelled, .closed: false
        }
    }
}

extension WebError: CustomStringConvertible {
    package var description: String {
        switch self {
        case .badAddress(let reason): "The address cannot be used: \(reason)."
        case .badRequest(let reason): "The request cannot be sent: \(reason)."
        case .refused(let reason): "The request is not allowed: \(reason)."
        case .notResolved(let name, let reason): "The name \(name) was not found: \(reason)."
        case .notConnected(let reason): "No connection: \(reason)."
        case .untrusted(let reason): "No trusted connection: \(reason)."
        case .deadlineExceeded(let span): "No complete answer within \(span)."
        case .tooLarge(let limit): "The answer is larger than \(limit) bytes."
        case .interrupted(let reason): "The exchange was interrupted: \(reason)."
        case .bodyFailed(let reason): "The body of the request could not be produced: \(reason)."
        case .cancelled: "The request was cancelled."
        case .closed: "The client was closed."
        }
    }
}
