import Declarations
import Locale

enum WebhookWords: MessageCatalogue {
    case webhooks, intro, none, create, newWebhook, change, save, name, address, addressHint, kinds
    case nameMissing, addressWrong, noKinds, tooMany, beyondOwn, stillPending
    case active, paused, disabled, isGone, isFailing, hasFailed
    case secret, secretOf, shownOnce, oldToo, oldUntil, toWebhook, rotate, sendTest, pause, resume, delete
    case deleteTitle, deleteText
    case deliveries, delivery, noDeliveries, when, event, stateHeading, answer, pending, delivered, failed, again
    case replay, sent, attempts, noAttempts, testEvent

    static func name(of kind: String, in catalogue: Catalogue, for reader: Reader) -> String {
        if kind == EventKind.webhookTested.name { return testEvent.text(for: reader) }
        return catalogue.event(kind)?.publication?.words.text(for: reader) ?? kind
    }

    static func names(of kinds: [String], in catalogue: Catalogue, for reader: Reader) -> String {
        kinds.map { name(of: $0, in: catalogue, for: reader) }.joined(separator: " · ")
    }

    /// The response's status, or why there was none.
    static func outcome(_ status: Int?, _ failure: String?) -> String { status.map { "\($0)" } ?? failure ?? "–" }

    var message: Message {
        switch self {
        case .webhooks: Message(es: "Webhooks", en: "Webhooks", pt: "Webhooks")
        case .intro:
            Message(
                es:
                    "Cuando algo ocurre, se avisa a una dirección de su programa (n8n, un CRM). Cada aviso va firmado y se reintenta durante tres días.",
                en:
                    "When something happens, an address of your program (n8n, a CRM) is told. Each message is signed, and retried for three days.",
                pt:
                    "Quando algo acontece, um endereço do seu programa (n8n, um CRM) é avisado. Cada aviso vai assinado e é repetido durante três dias."
            )
        case .none:
            Message(es: "Todavía no hay webhooks.", en: "There are no webhooks yet.", pt: "Ainda não há webhooks.")
        case .create: Message(es: "Crear webhook", en: "Create webhook", pt: "Criar webhook")
        case .newWebhook: Message(es: "Webhook nuevo", en: "New webhook", pt: "Webhook novo")
        case .change: Message(es: "Datos", en: "Details", pt: "Dados")
        case .save: Message(es: "Guardar", en: "Save", pt: "Salvar")
        case .name: Message(es: "Nombre", en: "Name", pt: "Nome")
        case .address: Message(es: "Dirección", en: "Address", pt: "Endereço")
        case .addressHint:
            Message(
                es: "Empieza con https:// y se alcanza desde internet.",
                en: "It begins with https:// and can be reached from the internet.",
                pt: "Começa com https:// e é alcançável pela internet.")
        case .kinds: Message(es: "Eventos", en: "Events", pt: "Eventos")
        case .nameMissing: Message(es: "Escriba un nombre.", en: "Write a name.", pt: "Escreva um nome.")
        case .addressWrong:
            Message(
                es: "Escriba una dirección pública que empiece con https://, sin usuario ni otro puerto que el 443.",
                en: "Write a public address that begins with https://, without a user name or a port other than 443.",
                pt: "Escreva um endereço público que comece com https://, sem usuário nem outra porta que a 443.")
        case .noKinds:
            Message(
                es: "Elija al menos un evento.", en: "Choose at least one event.", pt: "Escolha pelo menos um evento.")
        case .tooMany:
            Message(
                es: "Ya hay tantos webhooks como puede haber. Elimine uno que no use.",
                en: "There are as many webhooks as there can be. Delete one you do not use.",
                pt: "Já há tantos webhooks quantos pode haver. Exclua um que não use.")
        case .beyondOwn:
            Message(
                es: "No puede enviar eventos de lo que usted no puede ver.",
                en: "You cannot have events sent of what you cannot see.",
                pt: "Não é possível enviar eventos do que a sua conta não pode ver.")
        case .stillPending:
            Message(
                es: "Este envío todavía está en camino.", en: "This delivery is still on its way.",
                pt: "Este envio ainda está a caminho.")
        case .active: Message(es: "Activo", en: "Active", pt: "Ativo")
        case .paused: Message(es: "En pausa", en: "Paused", pt: "Em pausa")
        case .disabled: Message(es: "Desactivado", en: "Disabled", pt: "Desativado")
        case .isGone:
            Message(
                es: "Se desactivó porque la dirección respondió que ya no existe (410).",
                en: "It was disabled because the address answered that it is gone (410).",
                pt: "Foi desativado porque o endereço respondeu que já não existe (410).")
        case .isFailing:
            Message(
                es: "Se desactivó porque no recibe nada desde {since}. Corrija la dirección y reanúdelo.",
                en: "It was disabled because it has taken nothing since {since}. Mend the address and resume it.",
                pt: "Foi desativado porque não recebe nada desde {since}. Corrija o endereço e retome-o.")
        case .hasFailed:
            Message(
                es: "Falla desde {since}. Se sigue intentando.",
                en: "It has been failing since {since}. We keep trying.",
                pt: "Falha desde {since}. Continuamos tentando.")
        case .secret: Message(es: "Secreto", en: "Secret", pt: "Segredo")
        case .secretOf:
            Message(es: "Secreto de «{name}»", en: "Secret of “{name}”", pt: "Segredo de “{name}”")
        case .shownOnce:
            Message(
                es: "Con él su programa comprueba las firmas. Cópielo ahora: no se vuelve a mostrar.",
                en: "With it your program checks the signatures. Copy it now: it is not shown again.",
                pt: "Com ele seu programa confere as assinaturas. Copie-o agora: não será mostrado de novo.")
        case .oldToo:
            Message(
                es: "Durante 24 horas los avisos llevan también la firma del anterior.",
                en: "For 24 hours messages carry the signature of the one before as well.",
                pt: "Durante 24 horas os avisos levam também a assinatura do anterior.")
        case .oldUntil:
            Message(
                es: "El secreto anterior también firma hasta {until}.",
                en: "The secret before signs as well until {until}.",
                pt: "O segredo anterior também assina até {until}.")
        case .toWebhook: Message(es: "Ver el webhook", en: "See the webhook", pt: "Ver o webhook")
        case .rotate: Message(es: "Cambiar el secreto", en: "Change the secret", pt: "Trocar o segredo")
        case .sendTest: Message(es: "Enviar una prueba", en: "Send a test", pt: "Enviar um teste")
        case .pause: Message(es: "Pausar", en: "Pause", pt: "Pausar")
        case .resume: Message(es: "Reanudar", en: "Resume", pt: "Retomar")
        case .deleteTitle:
            Message(
                es: "¿Eliminar el webhook {name}?", en: "Delete the webhook {name}?", pt: "Excluir o webhook {name}?")
        case .deleteText:
            Message(
                es: "Su programa deja de recibir avisos, y los que faltan por enviar se pierden.",
                en: "Your program is told nothing any more, and what is still to be sent is lost.",
                pt: "Seu programa deixa de receber avisos, e os que faltam enviar se perdem.")
        case .delete: Message(es: "Eliminar", en: "Delete", pt: "Excluir")
        case .deliveries: Message(es: "Envíos", en: "Deliveries", pt: "Envios")
        case .delivery: Message(es: "Envío", en: "Delivery", pt: "Envio")
        case .noDeliveries:
            Message(es: "Todavía no se envió nada.", en: "Nothing has been sent yet.", pt: "Ainda não se enviou nada.")
        case .when: Message(es: "Fecha", en: "When", pt: "Data")
        case .event: Message(es: "Evento", en: "Event", pt: "Evento")
        case .stateHeading: Message(es: "Estado", en: "State", pt: "Estado")
        case .answer: Message(es: "Respuesta", en: "Answer", pt: "Resposta")
        case .pending: Message(es: "En camino", en: "On its way", pt: "A caminho")
        case .delivered: Message(es: "Entregado", en: "Delivered", pt: "Entregue")
        case .failed: Message(es: "Falló", en: "Failed", pt: "Falhou")
        case .again: Message(es: "otra vez: {when}", en: "again: {when}", pt: "de novo: {when}")
        case .replay: Message(es: "Enviar otra vez", en: "Send again", pt: "Enviar de novo")
        case .sent: Message(es: "Lo que se envía", en: "What is sent", pt: "O que se envia")
        case .attempts: Message(es: "Intentos", en: "Attempts", pt: "Tentativas")
        case .noAttempts: Message(es: "Todavía ninguno.", en: "None yet.", pt: "Ainda nenhuma.")
        case .testEvent: Message(es: "Evento de prueba", en: "Test event", pt: "Evento de teste")
        }
    }
}

extension Webhook.State {
    var words: WebhookWords {
        switch self {
        case .active: .active
        case .paused: .paused
        case .disabled: .disabled
        }
    }
}

extension Delivery.State {
    var words: WebhookWords {
        switch self {
        case .pending: .pending
        case .delivered: .delivered
        case .failed: .failed
        }
    }
}
