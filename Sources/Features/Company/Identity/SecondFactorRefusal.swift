import Access
import HTTP
import Locale

package enum SecondFactorRefusal: Refusal, Equatable {
    case isOn, isRequired

    package var status: Status { .conflict }

    package var code: String { self == .isOn ? "second_factor_on" : "second_factor_required" }

    package var message: Message { (self == .isOn ? SecondFactorWords.isOn : .isRequired).message }
}

package enum SecondFactorWords: MessageCatalogue {
    case isOn, isRequired

    package var message: Message {
        switch self {
        case .isOn:
            Message(
                es: "La verificación en dos pasos ya está activada.", en: "Two-step verification is on already.",
                pt: "A verificação em duas etapas já está ativada.")
        case .isRequired:
            Message(
                es: "Su empresa exige la verificación en dos pasos: no puede desactivarla.",
                en: "Your company asks for two-step verification: you cannot turn it off.",
                pt: "Sua empresa exige a verificação em duas etapas: não é possível desativá-la.")
        }
    }
}
