/// Why a request got no response. A response of any status is not an error.
package enum WebError: Error, Equatable {
    case badAddress(String)
    case badRequest(String)
    /// The egress rules forbid it.
    case refused(String)
    case notResolved(name: String, String)
    case notConnected(String)
    /// The server's certificate is not trusted, or the TLS handshake failed.
    case untrusted(String)
    case deadlineExceeded(Duration)
    case tooLarge(limit: Int)
    /// The connection ended or broke the protocol before the response was complete.
    case interrupted(String)
    /// The request's body could not be produced.
    case bodyFailed(String)
    case cancelled
    case closed

    /// Nothing of the request reached the server, so a retry cannot do it twice.
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
