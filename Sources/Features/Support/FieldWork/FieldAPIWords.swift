import Locale

enum FieldAPIWords: MessageCatalogue {
    case list, plan, read, appoint, start, finish, cancel, id, service, ticket, state, assignee, day
    case checklist, checked, startedAt, endedAt, madeAt

    var message: Message {
        switch self {
        case .list:
            Message(
                es: "Los trabajos de campo, por número", en: "The field work, by number",
                pt: "Os trabalhos de campo, por número")
        case .plan:
            Message(es: "Agenda un trabajo de campo", en: "Schedules field work", pt: "Agenda um trabalho de campo")
        case .read: Message(es: "Un trabajo de campo", en: "One piece of field work", pt: "Um trabalho de campo")
        case .appoint:
            Message(
                es: "Cambia el día, la hora o el técnico", en: "Changes the day, the time or the technician",
                pt: "Altera o dia, a hora ou o técnico")
        case .start: Message(es: "Comienza un trabajo", en: "Begins a piece of work", pt: "Começa um trabalho")
        case .finish: Message(es: "Finaliza un trabajo", en: "Finishes a piece of work", pt: "Finaliza um trabalho")
        case .cancel: Message(es: "Cancela un trabajo", en: "Calls off a piece of work", pt: "Cancela um trabalho")
        case .id:
            Message(es: "Identifica el trabajo.", en: "Stands for the piece of work.", pt: "Identifica o trabalho.")
        case .service:
            Message(
                es: "El servicio; null si ninguno.", en: "The service; null where none.",
                pt: "O serviço; null se nenhum.")
        case .ticket:
            Message(
                es: "El ticket; null si ninguno.", en: "The ticket; null where none.",
                pt: "O ticket; null se nenhum.")
        case .state:
            Message(
                es: "new, scheduled, in_progress, done o cancelled.",
                en: "new, scheduled, in_progress, done or cancelled.",
                pt: "new, scheduled, in_progress, done ou cancelled.")
        case .assignee:
            Message(
                es: "Quien va; null si nadie todavía.", en: "Who goes; null where nobody yet.",
                pt: "Quem vai; null se ninguém ainda.")
        case .day:
            Message(
                es: "El día; null si está por agendar.", en: "The day; null while it is to be scheduled.",
                pt: "O dia; null se está por agendar.")
        case .checklist: Message(es: "Lo que se revisa.", en: "What is to be checked.", pt: "O que se verifica.")
        case .checked:
            Message(
                es: "Lo revisado: para finalizar, todo.", en: "What was checked: all of it, to finish.",
                pt: "O verificado: para finalizar, tudo.")
        case .startedAt:
            Message(
                es: "Cuándo comenzó; null si no.", en: "When it began; null where not.",
                pt: "Quando começou; null se não.")
        case .endedAt:
            Message(
                es: "Cuándo terminó; null si no.", en: "When it ended; null where not.",
                pt: "Quando terminou; null se não.")
        case .madeAt: Message(es: "Cuándo se agendó.", en: "When it was made.", pt: "Quando foi criado.")
        }
    }
}
