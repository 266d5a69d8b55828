import Access
import HTTP
import Locale

package enum ImpersonationRefusal: Refusal, Equatable {
    /// The tenant does not allow impersonation.
    case notAllowed

    package var status: Status { .conflict }
    package var code: String { "impersonation_not_allowed" }
    package var message: Message { ImpersonationWords.notAllowed.message }
}

package enum ImpersonationWords: MessageCatalogue {
    case notAllowed

    package var message: Message {
        switch self {
        case .notAllowed:
            Message(
                es: "Esta empresa no permite que la plataforma entre a su panel.",
                en: "This company does not let the platform into its panel.",
                pt: "Esta empresa não permite que a plataforma entre no painel.")
        }
    }
}
