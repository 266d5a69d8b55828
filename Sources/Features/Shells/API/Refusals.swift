import Access
import HTTP
import Locale
import Nouns

enum ChangeRefusal: Refusal, Equatable {
    case conditionMissing, changedMeanwhile

    var status: Status { self == .conditionMissing ? .preconditionRequired : .preconditionFailed }
    var code: String { self == .conditionMissing ? "if_match_missing" : "changed_meanwhile" }
    var message: Message {
        (self == .conditionMissing ? ProblemWords.preconditionRequired : .preconditionFailed).message
    }
}

enum IdempotencyRefusal: Refusal, Equatable {
    case keyMissing, keyMalformed, otherRequest

    var status: Status { self == .otherRequest ? .unprocessableContent : .badRequest }

    var code: String {
        switch self {
        case .keyMissing: "idempotency_key_missing"
        case .keyMalformed: "idempotency_key_malformed"
        case .otherRequest: "idempotency_key_reused"
        }
    }

    var message: Message {
        switch self {
        case .keyMissing: APIWords.keyMissing.message
        case .keyMalformed: APIWords.keyMalformed.message
        case .otherRequest: APIWords.keyReused.message
        }
    }
}

enum CursorRefusal: Refusal, Equatable {
    case malformed

    var status: Status { .badRequest }
    var code: String { "invalid_cursor" }
    var message: Message { ViolationWords.notAToken.message }
}
