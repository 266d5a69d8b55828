import Locale

enum ImpersonationRecordWords: MessageCatalogue {
    case visits, intro, unseen, seen, none, open, over, reason, end, entered, notEntered, endedBy, until
    case permission, allowed, forbidden, allow, forbid

    var message: Message {
        switch self {
        case .visits:
            Message(es: "Visitas de la plataforma", en: "Visits of the platform", pt: "Visitas da plataforma")
        case .intro:
            Message(
                es:
                    "Quien opera el sistema puede entrar a este panel para ayudarle: con un motivo, por poco tiempo y a la vista de todos.",
                en:
                    "Whoever runs the system can enter this panel to help you: for a reason, for a short time and in plain sight.",
                pt:
                    "Quem opera o sistema pode entrar neste painel para ajudar: com um motivo, por pouco tempo e à vista de todos."
            )
        case .unseen:
            Message(
                es: "Hubo una visita desde la última vez que miró esta página.",
                en: "There was a visit since you last looked at this page.",
                pt: "Houve uma visita desde a última vez que você olhou esta página.")
        case .seen: Message(es: "Enterado", en: "I have seen it", pt: "Estou ciente")
        case .none:
            Message(
                es: "Nadie de la plataforma ha entrado a este panel.",
                en: "Nobody of the platform has entered this panel.",
                pt: "Ninguém da plataforma entrou neste painel.")
        case .open: Message(es: "Dentro ahora", en: "Inside now", pt: "Dentro agora")
        case .over: Message(es: "Terminada", en: "Over", pt: "Encerrada")
        case .reason: Message(es: "Motivo", en: "Reason", pt: "Motivo")
        case .end: Message(es: "Terminar la visita", en: "End the visit", pt: "Encerrar a visita")
        case .entered: Message(es: "Entró", en: "Entered", pt: "Entrou")
        case .notEntered: Message(es: "No llegó a entrar", en: "Did not enter", pt: "Não chegou a entrar")
        case .endedBy: Message(es: "La terminó {name}", en: "Ended by {name}", pt: "Encerrada por {name}")
        case .until: Message(es: "Hasta", en: "Until", pt: "Até")
        case .permission:
            Message(
                es: "Permitir que la plataforma entre", en: "Let the platform in", pt: "Permitir que a plataforma entre"
            )
        case .allowed:
            Message(
                es: "Está permitido. Si lo quita, las visitas abiertas terminan y nadie de la plataforma podrá entrar.",
                en: "It is allowed. If you take this back, open visits end and nobody of the platform can enter.",
                pt: "Está permitido. Se retirar, as visitas abertas terminam e ninguém da plataforma poderá entrar.")
        case .forbidden:
            Message(
                es: "No está permitido: nadie de la plataforma puede entrar.",
                en: "It is not allowed: nobody of the platform can enter.",
                pt: "Não está permitido: ninguém da plataforma pode entrar.")
        case .allow: Message(es: "Permitir", en: "Allow", pt: "Permitir")
        case .forbid: Message(es: "No permitir", en: "Do not allow", pt: "Não permitir")
        }
    }
}
