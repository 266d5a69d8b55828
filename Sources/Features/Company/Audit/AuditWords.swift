import Locale

enum AuditWords: MessageCatalogue {
    case audit, intro, when, who, what, whom, changes, none, filter, everything, system, signed, notSigned
    case entry, address, from, to, export, latest, noEvents, wholeAudit

    var message: Message {
        switch self {
        case .audit: Message(es: "Auditoría", en: "Audit trail", pt: "Auditoria")
        case .latest: Message(es: "Lo último", en: "Latest", pt: "Últimas ações")
        case .noEvents:
            Message(
                es: "Nadie ha hecho nada todavía.", en: "Nobody has done anything yet.", pt: "Ninguém fez nada ainda.")
        case .wholeAudit: Message(es: "Ver la auditoría", en: "See the audit trail", pt: "Ver a auditoria")
        case .intro:
            Message(
                es: "Quién hizo qué y cuándo. Nadie puede cambiarlo ni borrarlo.",
                en: "Who did what, and when. Nobody can change or delete it.",
                pt: "Quem fez o quê e quando. Ninguém pode alterar nem apagar.")
        case .when: Message(es: "Fecha", en: "When", pt: "Data")
        case .who: Message(es: "Quién", en: "Who", pt: "Quem")
        case .what: Message(es: "Qué hizo", en: "What they did", pt: "O que fez")
        case .whom: Message(es: "A quién o qué", en: "To whom or what", pt: "A quem ou o quê")
        case .changes: Message(es: "Cambios", en: "Changes", pt: "Alterações")
        case .none:
            Message(
                es: "No hay registros con este filtro.", en: "No entries match this filter.",
                pt: "Nenhum registro com este filtro.")
        case .signed:
            Message(
                es: "Sello digital: hasta el registro {entry}, el {when}.",
                en: "Digitally sealed: up to entry {entry}, on {when}.",
                pt: "Selo digital: até o registro {entry}, em {when}.")
        case .notSigned:
            Message(
                es: "Todavía no hay un sello digital; se pone cada noche.",
                en: "There is no digital seal yet; one is set every night.",
                pt: "Ainda não há um selo digital; ele é posto toda noite.")
        case .filter: Message(es: "Filtrar", en: "Filter", pt: "Filtrar")
        case .system: Message(es: "Sistema", en: "System", pt: "Sistema")
        case .entry: Message(es: "Registro", en: "Entry", pt: "Registro")
        case .address: Message(es: "Dirección IP", en: "IP address", pt: "Endereço IP")
        case .from: Message(es: "Desde", en: "From", pt: "De")
        case .to: Message(es: "Hasta", en: "To", pt: "Até")
        case .export: Message(es: "Descargar como CSV", en: "Download as CSV", pt: "Baixar como CSV")
        case .everything: Message(es: "Todo", en: "Everything", pt: "Tudo")
        }
    }
}
