import Access
import HTTP
import Locale

package enum StaffRefusal: Refusal, Equatable {
    case emailTaken, disabled, mayMore

    package var status: Status { self == .mayMore ? .forbidden : .conflict }

    package var code: String {
        switch self {
        case .emailTaken: "email_taken"
        case .disabled: "user_disabled"
        case .mayMore: "user_may_more"
        }
    }

    package var message: Message {
        switch self {
        case .emailTaken: StaffRefusalWords.emailTaken.message
        case .disabled: StaffRefusalWords.disabled.message
        case .mayMore: StaffRefusalWords.mayMore.message
        }
    }
}

package enum StaffRefusalWords: MessageCatalogue {
    case emailTaken, disabled, mayMore

    package var message: Message {
        switch self {
        case .emailTaken:
            Message(
                es: "Ya hay un usuario con ese correo.", en: "There is a user with that e-mail already.",
                pt: "Já existe um usuário com esse e-mail.")
        case .disabled:
            Message(
                es: "Este usuario está desactivado. Actívelo primero.", en: "This user is disabled. Enable them first.",
                pt: "Este usuário está desativado. Ative-o primeiro.")
        case .mayMore:
            Message(
                es: "Esta persona tiene permisos que usted no tiene; solo puede cambiarla alguien que los tenga.",
                en: "This person has permissions you lack; only somebody who has them can change the account.",
                pt: "Esta pessoa tem permissões que a sua conta não tem; só quem as tem pode alterá-la.")
        }
    }
}
