import Access
import HTTP
import Locale

package enum SignInRefusal: Refusal, Equatable {
    case linkIsOver
    /// One answer for an unknown account, a wrong password, and an account that has none.
    case wrong
    case tooManyTries

    package var status: Status {
        switch self {
        case .linkIsOver: .gone
        case .wrong: .unprocessableContent
        case .tooManyTries: .tooManyRequests
        }
    }

    package var code: String {
        switch self {
        case .linkIsOver: "link_is_over"
        case .wrong: "wrong_credentials"
        case .tooManyTries: "too_many_tries"
        }
    }

    package var message: Message {
        switch self {
        case .linkIsOver: SignInWords.linkIsOver.message
        case .wrong: SignInWords.wrong.message
        case .tooManyTries: SignInWords.tooManyTries.message
        }
    }
}

package enum SignInWords: MessageCatalogue {
    case linkIsOver, wrong, tooManyTries

    package var message: Message {
        switch self {
        case .linkIsOver:
            Message(
                es: "Este enlace ya se usó o venció. Pida uno nuevo.",
                en: "This link was used or has expired. Ask for a new one.",
                pt: "Este link já foi usado ou expirou. Peça um novo.")
        case .wrong:
            Message(
                es: "El correo o la contraseña no son correctos.", en: "The e-mail or the password is not right.",
                pt: "O e-mail ou a senha não estão corretos.")
        case .tooManyTries:
            Message(
                es: "Demasiados intentos. Espere 15 minutos y vuelva a probar.",
                en: "Too many attempts. Wait 15 minutes and try again.",
                pt: "Tentativas demais. Espere 15 minutos e tente novamente.")
        }
    }
}
