import Access
import HTTP
import Locale

package enum SubscriberRefusal: Refusal, Equatable {
    /// The same answer for a wrong code, an expired one, and an unknown contact.
    case wrongCode
    case codeIsOver
    case tooManyTries
    case linkIsOver
    case tooManyLetters

    package var status: Status {
        switch self {
        case .wrongCode: .unprocessableContent
        case .codeIsOver, .linkIsOver: .gone
        case .tooManyTries, .tooManyLetters: .tooManyRequests
        }
    }

    package var code: String {
        switch self {
        case .wrongCode: "wrong_code"
        case .codeIsOver: "code_is_over"
        case .tooManyTries: "too_many_tries"
        case .linkIsOver: "link_is_over"
        case .tooManyLetters: "too_many_letters"
        }
    }

    package var message: Message {
        switch self {
        case .wrongCode: SubscriberRefusalWords.wrongCode.message
        case .codeIsOver: SubscriberRefusalWords.codeIsOver.message
        case .tooManyTries: SubscriberRefusalWords.tooManyTries.message
        case .linkIsOver: SubscriberRefusalWords.linkIsOver.message
        case .tooManyLetters: SubscriberRefusalWords.tooManyLetters.message
        }
    }
}

package enum SubscriberRefusalWords: MessageCatalogue {
    case wrongCode, codeIsOver, tooManyTries, linkIsOver, tooManyLetters

    package var message: Message {
        switch self {
        case .wrongCode:
            Message(
                es: "El código no es correcto. Revíselo y vuelva a escribirlo.",
                en: "The code is not right. Check it and write it again.",
                pt: "O código não está correto. Confira e escreva de novo.")
        case .codeIsOver:
            Message(
                es: "El código venció o se probó demasiadas veces. Pida uno nuevo.",
                en: "The code has expired or was tried too often. Ask for a new one.",
                pt: "O código expirou ou foi tentado vezes demais. Peça um novo.")
        case .tooManyTries:
            Message(
                es: "Demasiados intentos. Espere 15 minutos y vuelva a probar.",
                en: "Too many attempts. Wait 15 minutes and try again.",
                pt: "Tentativas demais. Espere 15 minutos e tente novamente.")
        case .linkIsOver:
            Message(
                es: "Este enlace ya se usó o venció. Pida uno nuevo.",
                en: "This link was used or has expired. Ask for a new one.",
                pt: "Este link já foi usado ou expirou. Peça um novo.")
        case .tooManyLetters:
            Message(
                es: "Ya enviamos varios mensajes. Espere una hora y vuelva a probar.",
                en: "We have sent several messages already. Wait an hour and try again.",
                pt: "Já enviamos várias mensagens. Espere uma hora e tente novamente.")
        }
    }
}
