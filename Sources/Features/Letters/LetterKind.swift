import Locale

/// What a letter is for. Each kind is written by the room whose business it is.
package enum LetterKind: String, Sendable, CaseIterable {
    case invitation
    case passwordLink = "password_link"
    case newDevice = "new_device"
    case portalCode = "portal_code"
    case portalLink = "portal_link"
    case emailConfirmation = "email_confirmation"
    case emailChanged = "email_changed"
    case contractToSign = "contract_to_sign"
    case contractSigned = "contract_signed"

    package var words: LetterKindWords {
        switch self {
        case .invitation: .invitation
        case .passwordLink: .passwordLink
        case .newDevice: .newDevice
        case .portalCode: .portalCode
        case .portalLink: .portalLink
        case .emailConfirmation: .emailConfirmation
        case .emailChanged: .emailChanged
        case .contractToSign: .contractToSign
        case .contractSigned: .contractSigned
        }
    }
}

package enum LetterKindWords: MessageCatalogue {
    case invitation, passwordLink, newDevice, portalCode, portalLink, emailConfirmation, emailChanged
    case contractToSign, contractSigned

    package var message: Message {
        switch self {
        case .invitation: Message(es: "Invitación al panel", en: "Invitation to the panel", pt: "Convite para o painel")
        case .passwordLink:
            Message(
                es: "Enlace para elegir contraseña", en: "Link to choose a password", pt: "Link para escolher senha")
        case .newDevice:
            Message(
                es: "Aviso de equipo nuevo", en: "Notice of a new device", pt: "Aviso de aparelho novo")
        case .portalCode:
            Message(es: "Código para el portal", en: "Code for the portal", pt: "Código para o portal")
        case .portalLink:
            Message(es: "Enlace para el portal", en: "Link for the portal", pt: "Link para o portal")
        case .emailConfirmation:
            Message(es: "Confirmación de correo", en: "Confirmation of an e-mail", pt: "Confirmação de e-mail")
        case .contractToSign: Message(es: "Contrato por firmar", en: "Contract to sign", pt: "Contrato por assinar")
        case .contractSigned: Message(es: "Contrato firmado", en: "Contract signed", pt: "Contrato assinado")
        case .emailChanged:
            Message(es: "Aviso de correo cambiado", en: "Notice of a changed e-mail", pt: "Aviso de e-mail alterado")
        }
    }
}
