import Locale

enum CampaignWords: MessageCatalogue {
    case campaigns, new, none, intro, keep, edit, every
    case number, title, titleHint, purpose, purposeHint, subject, subjectHint, text, textHint, zone, plan, standing,
        debt
    case reach, perHour, perHourHint, state, recipients, left
    case customerNumber, customer, fate, channel, failure, noRecipients
    case start, startTitle, startText, pause, goOn, stop, stopTitle, stopText
    case forecast, written, optedOut, unreached, cost, costOf, free, lasts, minutes, hours, partial, preview
    case warnCompany, warnLink, warnCapitals, warnUnreached, warnCap
    case results, failing, causes, allRecipients, author, started, next, ended
    case linkingTitle, linkingSubject, linkingText

    var message: Message { writing ?? outcome }

    /// Writing one, and its list.
    private var writing: Message? {
        switch self {
        case .campaigns: Message(es: "Campañas", en: "Campaigns", pt: "Campanhas")
        case .new: Message(es: "Nueva campaña", en: "New campaign", pt: "Nova campanha")
        case .none:
            Message(
                es: "Todavía no hay campañas.", en: "There are no campaigns yet.", pt: "Ainda não há campanhas.")
        case .intro:
            Message(
                es: "Un mensaje a muchos clientes, al ritmo que diga y fuera de las horas de silencio.",
                en: "One message to many customers, at the pace you set and outside quiet hours.",
                pt: "Uma mensagem a muitos clientes, no ritmo escolhido e fora das horas de silêncio.")
        case .keep: Message(es: "Guardar y revisar", en: "Save and look", pt: "Salvar e revisar")
        case .edit: Message(es: "Cambiar", en: "Change", pt: "Alterar")
        case .every: Message(es: "Todos", en: "All", pt: "Todos")
        case .number: Message(es: "N.º", en: "No.", pt: "N.º")
        case .title: Message(es: "Nombre", en: "Name", pt: "Nome")
        case .titleHint:
            Message(es: "Solo la ve su personal.", en: "Only your staff see it.", pt: "Só a sua equipe a vê.")
        case .purpose: Message(es: "Para qué", en: "Purpose", pt: "Para quê")
        case .purposeHint:
            Message(
                es: "Las invitaciones van solo a quien no tiene un chat vinculado y llevan un código de un solo uso.",
                en: "Invitations go only to customers without a linked chat and carry a one-time code.",
                pt: "Os convites vão só a quem não tem um chat vinculado e levam um código de uso único.")
        case .subject: Message(es: "Asunto", en: "Subject", pt: "Assunto")
        case .subjectHint: Message(es: "Va en los correos.", en: "For e-mails.", pt: "Vai nos e-mails.")
        case .text: Message(es: "Texto", en: "Text", pt: "Texto")
        case .textHint:
            Message(
                es: "Puede usar [nombre], [empresa], [saldo] y, en las invitaciones, [codigo].",
                tu: "Puedes usar [nombre], [empresa], [saldo] y, en las invitaciones, [codigo].",
                vos: "Podés usar [nombre], [empresa], [saldo] y, en las invitaciones, [codigo].",
                en: "You may use [nombre], [empresa], [saldo] and, in invitations, [codigo].",
                pt: "Pode usar [nombre], [empresa], [saldo] e, nos convites, [codigo].")
        case .zone: Message(es: "Zona", en: "Zone", pt: "Zona")
        case .plan: Message(es: "Plan", en: "Plan", pt: "Plano")
        case .standing: Message(es: "Clientes", en: "Customers", pt: "Clientes")
        case .debt: Message(es: "Deuda", en: "Debt", pt: "Dívida")
        case .reach: Message(es: "Canal", en: "Channel", pt: "Canal")
        case .perHour: Message(es: "Clientes por hora", en: "Customers an hour", pt: "Clientes por hora")
        case .perHourHint:
            Message(
                es: "Despacio es mejor: WhatsApp castiga los envíos de golpe.",
                en: "Slower is better: WhatsApp punishes bursts.",
                pt: "Devagar é melhor: o WhatsApp pune envios em massa.")
        case .state: Message(es: "Estado", en: "Status", pt: "Situação")
        case .recipients: Message(es: "Destinatarios", en: "Recipients", pt: "Destinatários")
        case .left: Message(es: "Faltan", en: "Left", pt: "Faltam")
        case .customerNumber: Message(es: "N.º", en: "No.", pt: "N.º")
        case .customer: Message(es: "Cliente", en: "Customer", pt: "Cliente")
        case .fate: Message(es: "Qué pasó", en: "Outcome", pt: "O que houve")
        case .channel: Message(es: "Canal", en: "Channel", pt: "Canal")
        case .failure: Message(es: "Motivo", en: "Reason", pt: "Motivo")
        case .noRecipients: Message(es: "Nadie por aquí.", en: "Nobody here.", pt: "Ninguém por aqui.")
        default: nil
        }
    }

    /// Starting one, and what becomes of it.
    private var outcome: Message {
        switch self {
        case .start: Message(es: "Empezar", en: "Start", pt: "Começar")
        case .startTitle: Message(es: "¿Empezar «{name}»?", en: "Start “{name}”?", pt: "Começar «{name}»?")
        case .startText:
            Message(
                es: .count(
                    one: "Se escribirá a {count} cliente. Costo estimado: {cost}. Ya no se podrá cambiar el texto.",
                    many:
                        "Se escribirá a {count} de clientes. Costo estimado: {cost}. Ya no se podrá cambiar el texto.",
                    other: "Se escribirá a {count} clientes. Costo estimado: {cost}. Ya no se podrá cambiar el texto."),
                en: .count(
                    one:
                        "{count} customer will be written to. Estimated cost: {cost}. The text can no longer be changed.",
                    other:
                        "{count} customers will be written to. Estimated cost: {cost}. The text can no longer be changed."
                ),
                pt: .count(
                    one: "{count} cliente receberá a mensagem. Custo estimado: {cost}. O texto não poderá mais mudar.",
                    many:
                        "{count} de clientes receberão a mensagem. Custo estimado: {cost}. O texto não poderá mais mudar.",
                    other:
                        "{count} clientes receberão a mensagem. Custo estimado: {cost}. O texto não poderá mais mudar.")
            )
        case .pause: Message(es: "Pausar", en: "Pause", pt: "Pausar")
        case .goOn: Message(es: "Continuar", en: "Continue", pt: "Continuar")
        case .stop: Message(es: "Detener", en: "Stop", pt: "Parar")
        case .stopTitle: Message(es: "¿Detener «{name}»?", en: "Stop “{name}”?", pt: "Parar «{name}»?")
        case .stopText:
            Message(
                es: .count(
                    one: "{count} cliente ya no recibirá el mensaje. No se puede reanudar.",
                    many: "{count} de clientes ya no recibirán el mensaje. No se puede reanudar.",
                    other: "{count} clientes ya no recibirán el mensaje. No se puede reanudar."),
                en: .count(
                    one: "{count} customer will not get the message. It cannot be resumed.",
                    other: "{count} customers will not get the message. It cannot be resumed."),
                pt: .count(
                    one: "{count} cliente não receberá mais a mensagem. Não pode ser retomada.",
                    many: "{count} de clientes não receberão mais a mensagem. Não pode ser retomada.",
                    other: "{count} clientes não receberão mais a mensagem. Não pode ser retomada."))
        case .forecast: Message(es: "Si empieza ahora", en: "If it starts now", pt: "Se começar agora")
        case .written: Message(es: "Se escribe a", en: "Written to", pt: "Recebem")
        case .optedOut:
            Message(es: "Pidieron no recibir mensajes", en: "Asked for no messages", pt: "Pediram para não receber")
        case .unreached: Message(es: "Sin ningún canal", en: "Without any channel", pt: "Sem nenhum canal")
        case .cost: Message(es: "Costo estimado", en: "Estimated cost", pt: "Custo estimado")
        case .costOf:
            Message(
                es: "{sum}: {number} con la plantilla {template} a {price}",
                en: "{sum}: {number} with the template {template} at {price}",
                pt: "{sum}: {number} com o modelo {template} a {price}")
        case .free:
            Message(
                es: "Sin costo: ninguna plantilla de WhatsApp", en: "Free: no WhatsApp templates",
                pt: "Sem custo: nenhum modelo do WhatsApp")
        case .lasts: Message(es: "Tarda", en: "Takes", pt: "Leva")
        case .minutes:
            Message(
                es: .count(one: "{count} minuto", many: "{count} de minutos", other: "{count} minutos"),
                en: .count(one: "{count} minute", other: "{count} minutes"),
                pt: .count(one: "{count} minuto", many: "{count} de minutos", other: "{count} minutos"))
        case .hours:
            Message(
                es: .count(one: "{count} hora", many: "{count} de horas", other: "{count} horas"),
                en: .count(one: "{count} hour", other: "{count} hours"),
                pt: .count(one: "{count} hora", many: "{count} de horas", other: "{count} horas"))
        case .partial:
            Message(
                es: "Canales y costo de los primeros {number} clientes.",
                en: "Channels and cost of the first {number} customers.",
                pt: "Canais e custo dos primeiros {number} clientes.")
        case .preview: Message(es: "Vista previa", en: "Preview", pt: "Prévia")
        case .warnCompany:
            Message(
                es: "El texto no dice de qué empresa viene: agregue [empresa].",
                tu: "El texto no dice de qué empresa viene: agrega [empresa].",
                vos: "El texto no dice de qué empresa viene: agregá [empresa].",
                en: "The text does not say which company writes: add [empresa].",
                pt: "O texto não diz de que empresa vem: acrescente [empresa].")
        case .warnLink:
            Message(
                es: "Un enlace empieza con http:// y no con https://.",
                en: "A link begins with http:// instead of https://.",
                pt: "Um link começa com http:// e não com https://.")
        case .warnCapitals:
            Message(
                es: "Casi todo está en mayúsculas: parece correo no deseado.",
                en: "Nearly all is in capitals: it looks like spam.",
                pt: "Quase tudo está em maiúsculas: parece spam.")
        case .warnUnreached:
            Message(
                es: .count(
                    one: "A {count} cliente no se le llega: no tiene correo, ni chat, ni hay una plantilla para él.",
                    many: "A {count} de clientes no se les llega: no tienen correo, ni chat, ni hay una plantilla.",
                    other: "A {count} clientes no se les llega: no tienen correo, ni chat, ni hay una plantilla."),
                en: .count(
                    one: "{count} customer cannot be reached: no e-mail, no chat, and no template.",
                    other: "{count} customers cannot be reached: no e-mail, no chat, and no template."),
                pt: .count(
                    one: "{count} cliente não é alcançado: não tem e-mail, nem chat, nem há um modelo.",
                    many: "{count} de clientes não são alcançados: não têm e-mail, nem chat, nem há um modelo.",
                    other: "{count} clientes não são alcançados: não têm e-mail, nem chat, nem há um modelo."))
        case .warnCap:
            Message(
                es: "Cuesta más de lo que queda del tope del mes: al llegar al tope no salen más plantillas.",
                en: "It costs more than is left of the month's cap: at the cap no more templates leave.",
                pt: "Custa mais do que resta do limite do mês: no limite não saem mais modelos.")
        case .results: Message(es: "Resultados", en: "Results", pt: "Resultados")
        case .failing:
            Message(
                es: "La campaña se pausó sola: {number} mensajes seguidos fallaron. Corrija la causa y continúe.",
                tu: "La campaña se pausó sola: {number} mensajes seguidos fallaron. Corrige la causa y continúa.",
                vos: "La campaña se pausó sola: {number} mensajes seguidos fallaron. Corregí la causa y continuá.",
                en: "The campaign paused by itself: {number} messages in a row failed. Mend the cause and continue.",
                pt: "A campanha pausou sozinha: {number} mensagens seguidas falharam. Corrija a causa e continue.")
        case .causes: Message(es: "Por qué fallaron", en: "Why they failed", pt: "Por que falharam")
        case .allRecipients:
            Message(
                es: .count(
                    one: "Ver {count} destinatario", many: "Ver los {count} de destinatarios",
                    other: "Ver los {count} destinatarios"),
                en: .count(one: "See {count} recipient", other: "See the {count} recipients"),
                pt: .count(
                    one: "Ver {count} destinatário", many: "Ver os {count} de destinatários",
                    other: "Ver os {count} destinatários"))
        case .author: Message(es: "La escribió", en: "Written by", pt: "Escrita por")
        case .started: Message(es: "Empezó", en: "Started", pt: "Começou")
        case .next: Message(es: "Sigue", en: "Goes on", pt: "Continua")
        case .ended: Message(es: "Terminó", en: "Ended", pt: "Terminou")
        case .linkingTitle:
            Message(es: "Vincular los chats", en: "Link the chats", pt: "Vincular os chats")
        case .linkingSubject:
            Message(
                es: "Reciba sus avisos por chat", tu: "Recibe tus avisos por chat", vos: "Recibí tus avisos por chat",
                en: "Get your notices by chat", pt: "Receba seus avisos por chat")
        default:
            Message(
                es: "Hola [nombre]. Para recibir los avisos de [empresa] por chat, escríbanos: vincular [codigo]",
                tu: "Hola [nombre]. Para recibir los avisos de [empresa] por chat, escríbenos: vincular [codigo]",
                vos: "Hola [nombre]. Para recibir los avisos de [empresa] por chat, escribinos: vincular [codigo]",
                en: "Hello [nombre]. To get the notices of [empresa] by chat, write to us: link [codigo]",
                pt: "Olá [nombre]. Para receber os avisos de [empresa] por chat, escreva: vincular [codigo]")
        }
    }
}
