import Access
import HTTP
import Locale

package enum DomainRefusal: Refusal, Equatable {
    case notAName, ours, known, tooMany
    /// Another company has, or recently had, the domain; which one is not revealed.
    case taken

    package var status: Status { self == .notAName ? .unprocessableContent : .conflict }

    package var code: String {
        switch self {
        case .notAName: "not_a_domain"
        case .ours: "domain_of_platform"
        case .known: "domain_known"
        case .tooMany: "domain_limit"
        case .taken: "domain_taken"
        }
    }

    package var message: Message {
        switch self {
        case .notAName: DomainWords.notAName.message
        case .ours: DomainWords.ours.message
        case .known: DomainWords.known.message
        case .tooMany: DomainWords.tooMany.message
        case .taken: DomainWords.taken.message
        }
    }
}
