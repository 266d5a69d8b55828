import Access
import HTTP
import Locale

package enum SignInRefusal: Refusal, Equatable {
    case linkIsOver
    /// The same answer for an unknown account, a wrong password, and an account without one.
    case wrong
    case tooManyTries
    /// For a signed-in person.
    case wrongPassword
    case wrongCode
    /// The second step expired, or was completed.
    case stepIsOver

    package var status: Status {
        switch self {
        case .linkIsOver, .stepIsOver: .gone
        case .wrong, .wrongPassword, .wrongCode: .unprocessableContent
        case .tooManyTries: .tooManyRequests
        }
    }

    package var code: String {
        switch self {
        case .linkIsOver: "link_is_over"
        case .wrong: "wrong_credentials"
        case .tooManyTries: "too_many_tries"
        case .wrongPassword: "wrong_password"
        case .wrongCode: "wrong_code"
        case .stepIsOver: "step_is_over"
        }
    }

    package var message: Message {
        switch self {
        case .linkIsOver: SignInWords.linkIsOver.message
        case .wrong: SignInWords.wrong.message
        case .tooManyTries: SignInWords.tooManyTries.message
        case .wrongPassword: SignInWords.wrongPassword.message
        case .wrongCode: SignInWords.wrongCode.message
        case .stepIsOver: SignInWords.stepIsOver.message
        }
    }
}

package enum SignInWords: MessageCatalogue {
    case linkIsOver, wrong, tooManyTries, wrongPassword, wrongCode, stepIsOver

    package var message: Message {
        switch self {
        case .wrongPassword:
            Message(
                es: "La contraseña no es correcta.", en: "The password is not right.", pt: "A senha não está correta.")
        case .wrongCode:
            Message(
                es: "El código no es correcto, venció o ya se usó. Espere el siguiente y escríbalo.",
                en: "The code is not right, has expired or was used. Wait for the next one and type it.",
                pt: "O código não está correto, expirou ou já foi usado. Espere o próximo e digite-o.")
        case .stepIsOver:
            Message(
                es: "Pasó demasiado tiempo. Inicie sesión de nuevo.", en: "Too much time has passed. Sign in again.",
                pt: "Passou tempo demais. Entre novamente.")
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
