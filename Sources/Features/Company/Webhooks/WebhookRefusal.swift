import Access
import HTTP
import Locale

enum WebhookRefusal: Refusal, Equatable {
    case addressRefused
    case tooMany
    /// Nobody can have a program receive what they may not see themselves.
    case beyondOwn
    case notDelivered

    var status: Status {
        switch self {
        case .addressRefused: .unprocessableContent
        case .tooMany: .conflict
        case .beyondOwn: .forbidden
        case .notDelivered: .conflict
        }
    }

    var code: String {
        switch self {
        case .addressRefused: "address_refused"
        case .tooMany: "too_many_webhooks"
        case .beyondOwn: "beyond_own_permissions"
        case .notDelivered: "delivery_pending"
        }
    }

    var message: Message {
        switch self {
        case .addressRefused: WebhookWords.addressWrong.message
        case .tooMany: WebhookWords.tooMany.message
        case .beyondOwn: WebhookWords.beyondOwn.message
        case .notDelivered: WebhookWords.stillPending.message
        }
    }
}
