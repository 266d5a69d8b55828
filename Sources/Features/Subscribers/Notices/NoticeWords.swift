import Locale

enum NoticeWords: MessageCatalogue {
    case notices, none, newest, older, waitsUntil, noChannel, failed, seeMore
    case orders, ordersIntro, everyKind, kind, asAll, first, then, save

    var message: Message {
        switch self {
        case .notices: Message(es: "Avisos", en: "Notices", pt: "Avisos")
        case .none:
            Message(
                es: "Todavía no se le ha avisado de nada.", en: "They have not been told anything yet.",
                pt: "Ainda não foi avisado de nada.")
        case .newest: Message(es: "Los más recientes", en: "Newest", pt: "Os mais recentes")
        case .older: Message(es: "Anteriores", en: "Older", pt: "Anteriores")
        case .waitsUntil: Message(es: "sale el {moment}", en: "leaves at {moment}", pt: "sai em {moment}")
        case .noChannel:
            Message(
                es: "Sin canal de aviso: no tiene correo, ni chat vinculado, ni una plantilla para su teléfono.",
                en: "Without a channel: no e-mail, no linked chat, and no template for their telephone.",
                pt: "Sem canal de aviso: não tem e-mail, nem chat vinculado, nem um modelo para seu telefone.")
        case .failed:
            Message(es: "No se pudo entregar.", en: "Could not be delivered.", pt: "Não foi possível entregar.")
        case .seeMore: Message(es: "Ver en el portal", en: "See in the portal", pt: "Ver no portal")
        case .orders:
            Message(es: "Por dónde se avisa", en: "How customers are told", pt: "Por onde se avisa")
        case .ordersIntro:
            Message(
                es:
                    "Cada aviso sale por el primer canal que llega al cliente; si ese falla, por el siguiente. Quien pidió no recibir mensajes no los recibe por chat.",
                en:
                    "Each notice leaves by the first channel that reaches the customer; if it fails, by the next. Who asked for no messages gets none by chat.",
                pt:
                    "Cada aviso sai pelo primeiro canal que chega ao cliente; se ele falhar, pelo seguinte. Quem pediu para não receber mensagens não as recebe por chat."
            )
        case .everyKind: Message(es: "Todos los avisos", en: "All notices", pt: "Todos os avisos")
        case .kind: Message(es: "Aviso", en: "Notice", pt: "Aviso")
        case .asAll: Message(es: "Como todos", en: "Like all", pt: "Como todos")
        case .first: Message(es: "Primero", en: "First", pt: "Primeiro")
        case .then: Message(es: "Después", en: "Then", pt: "Depois")
        case .save: Message(es: "Guardar", en: "Save", pt: "Salvar")
        }
    }
}
