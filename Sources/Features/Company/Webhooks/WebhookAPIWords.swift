import Locale

enum WebhookAPIWords: MessageCatalogue {
    case list, create, read, change, remove, rotate, test, deliveries, delivery, replay
    case id, number, name, address, kinds, state, newState, trouble, failures, failingSince, madeAt, oldSecretUntil
    case secret, event, messageID, kind, deliveryState, ofState, attempts, nextAt, status, failure, log, attemptAt
    case milliseconds, answer

    var message: Message {
        switch self {
        case .list: Message(es: "Los webhooks", en: "The webhooks", pt: "Os webhooks")
        case .create: Message(es: "Crea un webhook", en: "Makes a webhook", pt: "Cria um webhook")
        case .read: Message(es: "Un webhook", en: "One webhook", pt: "Um webhook")
        case .change:
            Message(
                es: "Cambia, pausa o reanuda un webhook", en: "Changes, pauses or resumes a webhook",
                pt: "Altera, pausa ou retoma um webhook")
        case .remove: Message(es: "Elimina un webhook", en: "Deletes a webhook", pt: "Exclui um webhook")
        case .rotate:
            Message(
                es: "Crea un secreto nuevo; el anterior también firma durante 24 horas",
                en: "Makes a new secret; the one before signs as well for 24 hours",
                pt: "Cria um segredo novo; o anterior também assina durante 24 horas")
        case .test:
            Message(es: "Envía un evento de prueba", en: "Sends a test event", pt: "Envia um evento de teste")
        case .deliveries:
            Message(
                es: "Los envíos, del más nuevo al más viejo", en: "The deliveries, newest first",
                pt: "Os envios, do mais novo ao mais antigo")
        case .delivery:
            Message(
                es: "Un envío con sus intentos", en: "One delivery with its attempts",
                pt: "Um envio com suas tentativas")
        case .replay:
            Message(
                es: "Envía otra vez el mismo mensaje", en: "Sends the same message once more",
                pt: "Envia de novo a mesma mensagem")
        case .id: Message(es: "Identifica al webhook.", en: "Stands for the webhook.", pt: "Identifica o webhook.")
        case .number:
            Message(
                es: "Su número entre los de la empresa.", en: "Its number among the company's.",
                pt: "Seu número entre os da empresa.")
        case .name: Message(es: "Cómo lo llaman.", en: "What people call it.", pt: "Como o chamam.")
        case .address:
            Message(
                es: "La dirección https a la que se envía.", en: "The https address that is sent to.",
                pt: "O endereço https para o qual se envia.")
        case .kinds:
            Message(
                es: "Los eventos que recibe.", en: "The events it is told of.", pt: "Os eventos que recebe.")
        case .state:
            Message(
                es: "active: se le envía; paused: una persona lo detuvo; disabled: lo detuvo el sistema.",
                en: "active: it is sent to; paused: a person stopped it; disabled: the system stopped it.",
                pt: "active: recebe envios; paused: uma pessoa o parou; disabled: o sistema o parou.")
        case .newState:
            Message(
                es: "paused lo detiene, active lo reanuda.", en: "paused stops it, active resumes it.",
                pt: "paused o para, active o retoma.")
        case .trouble:
            Message(
                es: "gone: respondió 410; failing: no recibió nada durante días.",
                en: "gone: it answered 410; failing: it has taken nothing for days.",
                pt: "gone: respondeu 410; failing: não recebeu nada durante dias.")
        case .failures:
            Message(
                es: "Intentos seguidos que fallaron.", en: "Attempts in a row that failed.",
                pt: "Tentativas seguidas que falharam.")
        case .failingSince: Message(es: "Desde cuándo falla.", en: "Since when it fails.", pt: "Desde quando falha.")
        case .madeAt: Message(es: "Cuándo se creó.", en: "When it was made.", pt: "Quando foi criado.")
        case .oldSecretUntil:
            Message(
                es: "Hasta cuándo firma también el secreto anterior.",
                en: "Until when the secret before signs as well.", pt: "Até quando o segredo anterior também assina.")
        case .secret:
            Message(
                es: "Con qué se firman los mensajes. Se muestra una sola vez, al crearlo; después es null.",
                en: "What messages are signed with. Shown once, when it is made; null ever after.",
                pt: "Com que as mensagens são assinadas. Mostrado uma única vez, ao criá-lo; depois é null.")
        case .event: Message(es: "El id del evento.", en: "The event's id.", pt: "O id do evento.")
        case .messageID:
            Message(
                es: "El webhook-id: el mismo en cada intento.", en: "The webhook-id: the same in each attempt.",
                pt: "O webhook-id: o mesmo em cada tentativa.")
        case .kind: Message(es: "Qué ocurrió.", en: "What happened.", pt: "O que aconteceu.")
        case .deliveryState:
            Message(
                es: "pending: falta enviarlo; delivered: lo recibió; failed: no se intenta más.",
                en: "pending: to be sent; delivered: it was taken; failed: it is not tried any more.",
                pt: "pending: falta enviar; delivered: foi recebido; failed: não se tenta mais.")
        case .ofState:
            Message(es: "Solo los de este estado.", en: "Only those of this state.", pt: "Só os deste estado.")
        case .attempts:
            Message(
                es: "Intentos hechos en esta vuelta.", en: "Attempts made in this round.",
                pt: "Tentativas feitas nesta rodada.")
        case .nextAt:
            Message(
                es: "Cuándo es el próximo intento.", en: "When the next attempt is.",
                pt: "Quando é a próxima tentativa.")
        case .status:
            Message(
                es: "El estado HTTP de la última respuesta.", en: "The HTTP status of the last answer.",
                pt: "O status HTTP da última resposta.")
        case .failure:
            Message(
                es: "Por qué no hubo respuesta entera.", en: "Why there was no whole answer.",
                pt: "Por que não houve resposta inteira.")
        case .log: Message(es: "Los intentos.", en: "The attempts.", pt: "As tentativas.")
        case .attemptAt: Message(es: "Cuándo fue.", en: "When it was.", pt: "Quando foi.")
        case .milliseconds:
            Message(es: "Cuánto tardó.", en: "How long it took.", pt: "Quanto demorou.")
        case .answer:
            Message(
                es: "El comienzo de la respuesta.", en: "The beginning of the answer.", pt: "O começo da resposta.")
        }
    }
}
