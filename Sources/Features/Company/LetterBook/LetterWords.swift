import Locale

enum LetterWords: MessageCatalogue {
    case title, intro, recipient, what, when, state, reason, none, resend, waiting, sent, failed

    var message: Message {
        switch self {
        case .title: Message(es: "Correos enviados", en: "Sent mail", pt: "E-mails enviados")
        case .intro:
            Message(
                es: "Lo que el sistema envió en los últimos 90 días, y qué respondió el servidor de correo.",
                en: "What the system sent in the last 90 days, and what the mail server answered.",
                pt: "O que o sistema enviou nos últimos 90 dias, e o que o servidor de e-mail respondeu.")
        case .recipient: Message(es: "Para", en: "To", pt: "Para")
        case .what: Message(es: "Qué es", en: "What it is", pt: "O que é")
        case .when: Message(es: "Fecha", en: "When", pt: "Data")
        case .state: Message(es: "Estado", en: "Status", pt: "Situação")
        case .reason: Message(es: "Respuesta", en: "Answer", pt: "Resposta")
        case .none:
            Message(
                es: "Todavía no se ha enviado ningún correo.", en: "No mail has been sent yet.",
                pt: "Nenhum e-mail foi enviado ainda.")
        case .resend: Message(es: "Enviar otra vez", en: "Send again", pt: "Enviar de novo")
        case .waiting: Message(es: "En camino", en: "On its way", pt: "A caminho")
        case .sent: Message(es: "Enviado", en: "Sent", pt: "Enviado")
        case .failed: Message(es: "Falló", en: "Failed", pt: "Falhou")
        }
    }
}
