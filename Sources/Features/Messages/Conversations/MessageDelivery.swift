import Identifiers
import Locale
import Postgres
import Time

/// What became of a message of ours, as the provider tells it.
package struct MessageDelivery: Sendable {
    package let providerID: String
    package let state: State
    package let at: Instant
    /// In the provider's words.
    package let detail: String

    package enum State: Sendable, Equatable {
        case sent, delivered, read
        case failed(MessageFailure)
    }

    package init(of providerID: String, _ state: State, at: Instant, detail: String = "") {
        (self.providerID, self.state, self.at, self.detail) = (providerID, state, at, detail)
    }
}

/// Why a message was not sent.
package enum MessageFailure: String, MessageCatalogue {
    case windowClosed = "window_closed"
    case templateRefused = "template_refused"
    case notOnChannel = "not_on_channel"
    case blocked
    case wrongNumber = "wrong_number"
    case tooManyMessages = "too_many_messages"
    case accountRefused = "account_refused"
    case notConnected = "not_connected"
    case contentRefused = "content_refused"
    case capReached = "cap_reached"
    /// It may have been sent: asking again could send it twice.
    case outcomeUnknown = "outcome_unknown"
    case unreachable
    case unknown

    package var message: Message {
        switch self {
        case .windowClosed:
            Message(
                es: "Pasaron 24 horas desde su último mensaje: solo se entrega una plantilla.",
                en: "24 hours passed since their last message: only a template is delivered.",
                pt: "Passaram 24 horas desde a última mensagem: só um modelo é entregue.")
        case .templateRefused:
            Message(
                es: "La plantilla no existe, está pausada o le faltan datos.",
                en: "The template does not exist, is paused or lacks values.",
                pt: "O modelo não existe, está pausado ou faltam dados.")
        case .notOnChannel:
            Message(
                es: "Ese número no tiene este canal.", en: "That number does not have this channel.",
                pt: "Esse número não tem este canal.")
        case .blocked:
            Message(
                es: "La persona bloqueó a la empresa.", en: "The person has blocked the company.",
                pt: "A pessoa bloqueou a empresa.")
        case .wrongNumber:
            Message(es: "El número no es válido.", en: "The number is not valid.", pt: "O número não é válido.")
        case .tooManyMessages:
            Message(
                es: "El canal no acepta más mensajes por ahora.", en: "The channel takes no more messages for now.",
                pt: "O canal não aceita mais mensagens por ora.")
        case .accountRefused:
            Message(
                es: "El canal rechazó la cuenta de la empresa. Revise su conexión.",
                en: "The channel refused the company's account. Check its connection.",
                pt: "O canal recusou a conta da empresa. Confira a conexão.")
        case .notConnected:
            Message(
                es: "La empresa no tiene conectado este canal.", en: "The company has not connected this channel.",
                pt: "A empresa não conectou este canal.")
        case .contentRefused:
            Message(
                es: "El canal no aceptó el contenido del mensaje.",
                en: "The channel did not take the message's content.",
                pt: "O canal não aceitou o conteúdo da mensagem.")
        case .capReached:
            Message(
                es: "Se alcanzó el tope de gasto en mensajes.", en: "The cap on what messages cost was reached.",
                pt: "O limite de gasto com mensagens foi atingido.")
        case .outcomeUnknown:
            Message(
                es: "No se sabe si llegó: el canal no contestó a tiempo.",
                en: "It is not known whether it arrived: the channel did not answer in time.",
                pt: "Não se sabe se chegou: o canal não respondeu a tempo.")
        case .unreachable:
            Message(
                es: "El canal no contesta.", en: "The channel does not answer.", pt: "O canal não responde.")
        case .unknown:
            Message(
                es: "El canal no lo envió.", en: "The channel did not send it.", pt: "O canal não a enviou.")
        }
    }

    /// Naming the channel where that is what is missing.
    package func message(on channel: Channel) -> Message {
        guard self == .notOnChannel else { return message }
        return Message(
            es: .always("Ese número no tiene \(channel.name)."),
            en: .always("That number does not have \(channel.name)."),
            pt: .always("Esse número não tem \(channel.name)."))
    }

    /// The provider's own words would add nothing for who reads it.
    var saysAll: Bool {
        switch self {
        case .windowClosed, .notOnChannel, .blocked, .wrongNumber, .tooManyMessages, .notConnected, .capReached,
            .outcomeUnknown, .unreachable:
            true
        case .templateRefused, .accountRefused, .contentRefused, .unknown: false
        }
    }

    /// Nothing else will be delivered to that correspondent either.
    var isOfCorrespondent: Bool {
        switch self {
        case .notOnChannel, .blocked, .wrongNumber: true
        default: false
        }
    }
}
