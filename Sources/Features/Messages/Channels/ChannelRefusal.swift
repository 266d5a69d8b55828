import Access
import ChannelProtocol
import HTTP
import Locale

/// Why an account is not connected as it was asked for.
package enum ChannelRefusal: Refusal, Equatable {
    case keysMissing, tooMany, sameNumber
    case failed(ChannelFailure, ChannelProvider)

    package var status: Status { self == .sameNumber ? .conflict : .unprocessableContent }

    package var code: String {
        switch self {
        case .keysMissing: "keys_missing"
        case .tooMany: "too_many_channels"
        case .sameNumber: "channel_connected"
        case .failed(let failure, _): "channel_\(failure.reason.rawValue)"
        }
    }

    package var message: Message {
        switch self {
        case .keysMissing:
            Message(
                es: "Escriba todas las claves que se piden.", en: "Write all the keys that are asked for.",
                pt: "Escreva todas as chaves pedidas.")
        case .tooMany:
            Message(
                es: "Una empresa conecta hasta diez números y bots.",
                en: "A company connects up to ten numbers and bots.",
                pt: "Uma empresa conecta até dez números e bots.")
        case .sameNumber:
            Message(
                es: "Ese número ya está conectado.", en: "That number is connected already.",
                pt: "Esse número já está conectado.")
        case .failed(let failure, let provider): failure.reason.message(of: provider)
        }
    }
}

extension ChannelFailure.Reason {
    /// What to do about it, in the words of who sets an account up.
    func message(of provider: ChannelProvider) -> Message {
        let name = provider.name
        switch self {
        case .tokenRefused:
            return Message(
                es: .always(
                    "\(name) no reconoce el token: está incompleto, venció o se revocó. Genere otro y péguelo entero."),
                en: .always(
                    "\(name) does not know the token: it is incomplete, expired or was revoked. Make another and paste all of it."
                ),
                pt: .always(
                    "\(name) não reconhece o token: está incompleto, venceu ou foi revogado. Gere outro e cole-o inteiro."
                ))
        case .notAllowed:
            return Message(
                es: .always(
                    "El token no tiene permiso para este número. Déle a su usuario del sistema los permisos whatsapp_business_messaging y whatsapp_business_management."
                ),
                en: .always(
                    "The token has no permission for this number. Give its system user whatsapp_business_messaging and whatsapp_business_management."
                ),
                pt: .always(
                    "O token não tem permissão para este número. Dê ao usuário do sistema whatsapp_business_messaging e whatsapp_business_management."
                ))
        case .numberUnknown:
            return Message(
                es:
                    "Ese identificador de número no existe o el token no lo ve. Copie el «Identificador de número de teléfono», no el número.",
                en:
                    "That number's identifier does not exist or the token does not see it. Copy the “Phone number ID”, not the number.",
                pt:
                    "Esse identificador de número não existe ou o token não o vê. Copie o “Identificador do número de telefone”, não o número."
            )
        case .secretWrong:
            return Message(
                es:
                    "La clave secreta no es la de la aplicación de ese token. Está en Meta, en Configuración de la app, Básica.",
                en: "The secret is not that of the app of this token. It is at Meta under App settings, Basic.",
                pt: "A chave secreta não é a do aplicativo desse token. Está na Meta, em Configurações do app, Básico.")
        case .accountBlocked:
            return Message(
                es: .always("\(name) bloqueó la cuenta de la empresa. Revise los avisos en su panel de \(name)."),
                en: .always("\(name) blocked the company's account. Look at the notices in its own panel."),
                pt: .always("\(name) bloqueou a conta da empresa. Confira os avisos no painel do \(name)."))
        case .accountUnpaid:
            return Message(
                es: .always("La cuenta tiene un problema de pago en \(name)."),
                en: .always("The account has a payment problem at \(name)."),
                pt: .always("A conta tem um problema de pagamento no \(name)."))
        case .spamLimit:
            return Message(
                es: .always(
                    "\(name) frenó el número porque muchas personas lo reportaron. Envíe solo lo que se espera y pruebe más tarde."
                ),
                en: .always(
                    "\(name) holds the number back because many people reported it. Send only what is expected, and try later."
                ),
                pt: .always(
                    "\(name) segurou o número porque muitas pessoas o denunciaram. Envie só o esperado e tente mais tarde."
                ))
        case .notConnected, .busy, .troubled, .unknown, .recipientBusy:
            return Message(
                es: .always("\(name) no responde en este momento. Intente de nuevo en unos minutos."),
                en: .always("\(name) does not answer at the moment. Try again in a few minutes."),
                pt: .always("\(name) não responde no momento. Tente de novo em alguns minutos."))
        case .windowClosed, .undeliverable, .recipientBlocked, .notWanted, .templateUnknown, .templateWrong,
            .templatePaused, .fileRefused, .fileTooLarge, .refused:
            return Message(
                es: .always("\(name) no aceptó los datos de la cuenta. Revíselos."),
                en: .always("\(name) did not take the account's data. Check them."),
                pt: .always("\(name) não aceitou os dados da conta. Confira."))
        }
    }
}
