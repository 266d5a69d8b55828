import HTTP
import Locale

/// A refusal of a request, shown to the visitor.
package protocol Refusal: Error {
    var status: Status { get }
    /// A stable identifier for programs.
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
    /// Exceeds the sandbox's limits for one file or text.
    case tooHeavy
    /// The company is suspended, or its trial has ended.
    case readOnly
    /// A concurrent act created the same thing, or deleted what this one refers to.
    case madeMeanwhile, goneMeanwhile
    /// The database connection broke during the commit.
    case outcomeUnknown
    /// The route crashed the program three times and is closed until somebody has looked.
    case closedForRepair
    /// The server's disk is full.
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

/// An error of ours: logged in full, and shown only as this.
package struct Fault: Refusal {
    package let status = Status.internalServerError
    package let code = "fault"
    package let message = AccessWords.fault.message

    package init() {}
}

/// A malformed request, on the HTTP level.
package struct BadRequest: Refusal {
    package let status: Status
    package let code = "bad_request"
    package let message = AccessWords.badRequest.message

    package init(_ error: RequestError) { status = error.status }
    package init() { status = .badRequest }
}
