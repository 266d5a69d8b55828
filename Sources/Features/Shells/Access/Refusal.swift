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
    /// More than the sandbox may take for one file or text.
    case tooHeavy
    /// The company is suspended, or its trial is over.
    case readOnly
    /// Somebody else made the same, or took away what this builds on, at the same moment.
    case madeMeanwhile, goneMeanwhile
    /// The connection to the database broke while the act was being stored.
    case outcomeUnknown
    /// It ended the program three times, and waits until somebody has looked.
    case closedForRepair
    /// Nothing can be stored until somebody makes room on the server's disk.
    case diskFull

    package var status: Status {
        switch self {
        case .notFound: .notFound
        case .methodNotAllowed: .methodNotAllowed
        case .methodUnknown: .notImplemented
        case .tooLarge: .contentTooLarge
        case .unknownHost: .misdirectedRequest
        case .signInRequired: .unauthorized
        case .notPermitted, .crossSite, .readOnly: .forbidden
        case .tooBusy, .closedForRepair, .diskFull: .serviceUnavailable
        case .tooHeavy: .unprocessableContent
        case .madeMeanwhile, .goneMeanwhile: .conflict
        case .outcomeUnknown: .internalServerError
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
        case .tooHeavy: "too_heavy"
        case .readOnly: "company_suspended"
        case .madeMeanwhile: "made_meanwhile"
        case .goneMeanwhile: "gone_meanwhile"
        case .outcomeUnknown: "outcome_unknown"
        case .closedForRepair: "closed_for_repair"
        case .diskFull: "disk_full"
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
        case .tooHeavy: AccessWords.tooHeavy.message
        case .readOnly: AccessWords.readOnly.message
        case .madeMeanwhile: AccessWords.madeMeanwhile.message
        case .goneMeanwhile: AccessWords.goneMeanwhile.message
        case .outcomeUnknown: AccessWords.outcomeUnknown.message
        case .closedForRepair: AccessWords.closedForRepair.message
        case .diskFull: AccessWords.diskFull.message
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
