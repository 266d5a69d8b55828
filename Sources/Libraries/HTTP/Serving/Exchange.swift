import Addresses
import Loop

/// One request and what became of it, for the access log and the metrics.
package struct Exchange: Sendable {
    package enum Outcome: Sendable, Equatable {
        case answered
        /// Refused by the server itself, before or in spite of the handler.
        case refused(RequestError)
        case handlerTimedOut
        /// The client went away, or took too long, before all of the answer was sent.
        case interrupted
    }

    /// Nil when no request could be read.
    package let request: Request?
    package let client: IPAddress
    /// Nil when nothing was answered.
    package let status: Status?
    /// Of the body; what TCP and TLS add is not counted, nor are heads.
    package let bytesSent: Int
    package let duration: Duration
    package let outcome: Outcome
}
