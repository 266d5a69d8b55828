import HTTP
import Locale

/// An answer of ours to a request that cannot be granted; the visitor reads it.
package protocol Refusal: Error {
    var status: Status { get }
    /// For programs: a stable word.
    var code: String { get }
    var message: Message { get }
}

package enum AccessRefusal: Refusal, Equatable {
    case notFound
    case methodNotAllowed
    case methodUnknown
    case tooLarge
    case unknownHost
    case signInRequired
    case notPermitted
    case crossSite
    case tooBusy
    /// The company is suspended, or its trial is over.
    case readOnly

    package var status: Status {
        switch self {
        case .notFound: .notFound
        case .methodNotAllowed: .methodNotAllowed
        case .methodUnknown: .notImplemented
        case .tooLarge: .contentTooLarge
        case .unknownHost: .misdirectedRequest
        case .signInRequired: .unauthorized
        case .notPermitted, .crossSite, .readOnly: .forbidden
        case .tooBusy: .serviceUnavailable
        }
    }

    package var code: String {
        switch self {
        case .notFound: "not_found"
        case .methodNotAllowed: "method_not_allowed"
        case .methodUnknown: "method_unknown"
        case .tooLarge: "too_large"
        case .unknownHost: "unknown_host"
        case .signInRequired: "sign_in_required"
        case .notPermitted: "not_permitted"
        case .crossSite: "cross_site"
        case .tooBusy: "unavailable"
        case .readOnly: "company_suspended"
        }
    }

    package var message: Message {
        switch self {
        case .notFound: AccessWords.notFound.message
        case .methodNotAllowed: AccessWords.methodNotAllowed.message
        case .methodUnknown: AccessWords.methodUnknown.message
        case .tooLarge: AccessWords.tooLarge.message
        case .unknownHost: AccessWords.unknownHost.message
        case .signInRequired: AccessWords.signInRequired.message
        case .notPermitted: AccessWords.notPermitted.message
        case .crossSite: AccessWords.crossSite.message
        case .tooBusy: AccessWords.tooBusy.message
        case .readOnly: AccessWords.readOnly.message
        }
    }
}

/// Our own fault: it is logged whole, and shown as no more than this.
package struct Fault: Refusal {
    package let status = Status.internalServerError
    package let code = "fault"
    package let message = AccessWords.fault.message

    package init() {}
}

/// The request itself was wrong, as HTTP sees it.
package struct BadRequest: Refusal {
    package let status: Status
    package let code = "bad_request"
    package let message = AccessWords.badRequest.message

    package init(_ error: RequestError) { status = error.status }
    package init() { status = .badRequest }
}
