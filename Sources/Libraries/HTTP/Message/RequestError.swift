/// Why a request cannot be served as it was sent. The texts are fixed sentences, never bytes of the request.
package enum RequestError: Error, Sendable, Equatable {
    case malformed(String)
    case timedOut
    case bodyTooLarge(limit: Int)
    case targetTooLong(limit: Int)
    case unsupportedMediaType(expected: String)
    case expectationFailed
    case headersTooLarge
    case notImplemented(String)
    case versionNotSupported
    /// The client went away, or the work on its request was cancelled. Nobody is left to read an answer.
    case interrupted
    case storageFailed(code: Int32)
    /// Too much waits for the disk already.
    case overloaded

    package var status: Status {
        switch self {
        case .malformed, .interrupted: .badRequest
        case .timedOut: .requestTimeout
        case .bodyTooLarge: .contentTooLarge
        case .targetTooLong: .targetTooLong
        case .unsupportedMediaType: .unsupportedMediaType
        case .expectationFailed: .expectationFailed
        case .headersTooLarge: .headersTooLarge
        case .notImplemented: .notImplemented
        case .versionNotSupported: .versionNotSupported
        case .storageFailed: .internalServerError
        case .overloaded: .serviceUnavailable
        }
    }

    package var detail: String {
        switch self {
        case .malformed(let sentence), .notImplemented(let sentence): sentence
        case .timedOut: "The request did not arrive in time."
        case .bodyTooLarge(let limit): "The body is larger than the \(limit) bytes allowed here."
        case .targetTooLong(let limit): "The target is longer than \(limit) bytes."
        case .unsupportedMediaType(let expected): "The body must be \(expected)."
        case .expectationFailed: "The only expectation known is 100-continue."
        case .headersTooLarge: "The headers are too many or too long."
        case .versionNotSupported: "Only HTTP/1.1 and HTTP/1.0 are spoken here."
        case .interrupted: "The request was interrupted."
        case .storageFailed: "The upload could not be stored."
        case .overloaded: "The server is busy; please try again in a moment."
        }
    }
}
