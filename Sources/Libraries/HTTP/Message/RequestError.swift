/// Why a request cannot be served. The texts are fixed sentences and never quote the request.
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
    /// The client disconnected, or the request's task was cancelled. No answer is possible.
    case interrupted
    case storageFailed(code: Int32)
    /// The queue for the disk is full.
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
