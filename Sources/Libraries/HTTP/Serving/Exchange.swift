import Addresses
import Loop

/// A request and its outcome, for the access log and the metrics.
package struct Exchange: Sendable {
    package enum Outcome: Sendable, Equatable {
        case answered
        /// Refused by the server itself, before the handler or in place of its answer.
        case refused(RequestError)
        case handlerTimedOut
        /// The client disconnected, or was too slow to take the whole answer.
        case interrupted
    }

    /// Nil when no request could be read.
    package let request: Request?
    package let client: IPAddress
    /// Nil when nothing was answered.
    package let status: Status?
    /// Body bytes only, without heads, TCP or TLS overhead.
    package let bytesSent: Int
    package let duration: Duration
    package let outcome: Outcome
}
