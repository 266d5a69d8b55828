import Access
import HTTP
import Locale

package enum ExternalRefusal: Refusal, Equatable {
    /// The attempt is not this browser's, or was already used.
    case otherBrowser
    case nobodys, otherAddress, otherDomain, unverified, somebodyElses
    case declined, unavailable, notBelieved
    /// Shown to administrators: without a client id at the provider, nobody can sign in there.
    case clientMissing

    package var status: Status {
        switch self {
        case .otherBrowser, .declined, .notBelieved: .badRequest
        case .nobodys, .otherAddress, .otherDomain, .unverified: .forbidden
        case .somebodyElses: .conflict
        case .unavailable: .badGateway
        case .clientMissing: .unprocessableContent
        }
    }

    package var code: String {
        switch self {
        case .otherBrowser: "no_such_attempt"
        case .nobodys: "identity_not_linked"
        case .otherAddress: "other_address"
        case .otherDomain: "other_domain"
        case .unverified: "email_not_verified"
        case .somebodyElses: "identity_taken"
        case .declined: "declined"
        case .unavailable: "provider_unavailable"
        case .notBelieved: "token_refused"
        case .clientMissing: "client_missing"
        }
    }

    package var message: Message {
        switch self {
        case .otherBrowser: ExternalWords.otherBrowser.message
        case .nobodys: ExternalWords.nobodys.message
        case .otherAddress: ExternalWords.otherAddress.message
        case .otherDomain: ExternalWords.otherDomain.message
        case .unverified: ExternalWords.unverified.message
        case .somebodyElses: ExternalWords.somebodyElses.message
        case .declined: ExternalWords.declined.message
        case .unavailable: ExternalWords.unavailable.message
        case .notBelieved: ExternalWords.notBelieved.message
        case .clientMissing: ExternalWords.clientMissing.message
        }
    }
}

package enum ExternalWords: MessageCatalogue {
    case otherBrowser, nobodys, otherAddress, otherDomain, unverified, somebodyElses, declined, unavailable, notBelieved
    case clientMissing

    package var message: Message {
        switch self {
        case .otherBrowser:
            Message(
                es: "Este intento de entrar venció o ya se usó. Empiece de nuevo.",
                en: "This attempt to sign in has expired or was used. Start again.",
                pt: "Esta tentativa de entrar expirou ou já foi usada. Comece de novo.")
        case .nobodys:
            Message(
                es:
                    "Esa cuenta de Google no está vinculada a ningún usuario. Entre con su correo y vincúlela en «Mi cuenta».",
                en: "That Google account is linked to no user. Sign in with your e-mail and link it in “My account”.",
                pt:
                    "Essa conta do Google não está vinculada a nenhum usuário. Entre com seu e-mail e vincule-a em “Minha conta”."
            )
        case .otherAddress:
            Message(
                es: "La invitación es para otro correo que el de esa cuenta de Google.",
                en: "The invitation is for another e-mail than that of this Google account.",
                pt: "O convite é para outro e-mail que não o dessa conta do Google.")
        case .otherDomain:
            Message(
                es: "Su empresa solo acepta cuentas de Google de su propio dominio.",
                en: "Your company accepts Google accounts of its own domain only.",
                pt: "Sua empresa só aceita contas do Google do próprio domínio.")
        case .unverified:
            Message(
                es: "Google no ha verificado el correo de esa cuenta.",
                en: "Google has not verified the e-mail of that account.",
                pt: "O Google não verificou o e-mail dessa conta.")
        case .somebodyElses:
            Message(
                es: "Esa cuenta de Google ya está vinculada a otro usuario, o usted ya vinculó otra.",
                en: "That Google account is linked to another user, or you have linked another one.",
                pt: "Essa conta do Google já está vinculada a outro usuário, ou já há outra vinculada à sua.")
        case .declined:
            Message(
                es: "Google no confirmó quién es usted.", en: "Google did not confirm who you are.",
                pt: "O Google não confirmou quem você é.")
        case .unavailable:
            Message(
                es: "Google no responde en este momento. Entre con su correo y contraseña.",
                en: "Google does not answer right now. Sign in with your e-mail and password.",
                pt: "O Google não responde agora. Entre com seu e-mail e senha.")
        case .clientMissing:
            Message(
                es: "Escriba el ID y el secreto del cliente que creó en Google.",
                en: "Write the ID and the secret of the client you made at Google.",
                pt: "Escreva o ID e o segredo do cliente que criou no Google.")
        case .notBelieved:
            Message(
                es: "La respuesta de Google no es válida. Empiece de nuevo.",
                en: "The answer from Google is not valid. Start again.",
                pt: "A resposta do Google não é válida. Comece de novo.")
        }
    }
}
