import Access
import HTML
import Locale
import Tenancy

/// Tells everybody in the company about its standing; usually empty.
struct StandingBar: View {
    let visit: Visit

    var body: Markup {
        switch visit.standing {
        case .suspended(let reason):
            bar(
                StandingWords.suspended.text(for: visit.reader),
                reason.isEmpty ? nil : StandingWords.reason.text(for: visit.reader, .text("reason", reason)))
        case .trialOver: bar(StandingWords.trialOver.text(for: visit.reader), nil)
        case .trial(.some(0)): bar(StandingWords.trialLastDay.text(for: visit.reader), nil)
        case .trial(.some(let days)) where days <= 7:
            bar(StandingWords.trialEnding.text(for: visit.reader, .count(days)), nil)
        case .trial, .active, .closed: Markup.nothing
        }
    }

    private func bar(_ text: String, _ reason: String?) -> Markup {
        aside(.class("notice notice-warn"), .aria("label", StandingWords.label.text(for: visit.reader))) {
            p { text }
            if let reason { p { reason } }
        }
    }
}

enum StandingWords: MessageCatalogue {
    case label, suspended, reason, trialOver, trialLastDay, trialEnding

    var message: Message {
        switch self {
        case .label: Message(es: "Estado de la empresa", en: "The company's status", pt: "Situação da empresa")
        case .suspended:
            Message(
                es: "La empresa está suspendida: puede ver todo, pero no cambiar nada. Nada se cortó ni se borró.",
                tu: "La empresa está suspendida: puedes ver todo, pero no cambiar nada. Nada se cortó ni se borró.",
                vos: "La empresa está suspendida: podés ver todo, pero no cambiar nada. Nada se cortó ni se borró.",
                en: "The company is suspended: you can see everything and change nothing. Nothing was cut or deleted.",
                pt: "A empresa está suspensa: é possível ver tudo, mas não alterar nada. Nada foi cortado nem apagado.")
        case .reason: Message(es: "Motivo: {reason}", en: "Reason: {reason}", pt: "Motivo: {reason}")
        case .trialOver:
            Message(
                es: "La prueba terminó: puede ver todo, pero no cambiar nada. Nada se cortó ni se borró.",
                tu: "La prueba terminó: puedes ver todo, pero no cambiar nada. Nada se cortó ni se borró.",
                vos: "La prueba terminó: podés ver todo, pero no cambiar nada. Nada se cortó ni se borró.",
                en: "The trial is over: you can see everything and change nothing. Nothing was cut or deleted.",
                pt: "O teste terminou: é possível ver tudo, mas não alterar nada. Nada foi cortado nem apagado.")
        case .trialLastDay:
            Message(
                es: "La prueba termina hoy. Después podrá ver todo, pero no cambiar nada.",
                tu: "La prueba termina hoy. Después podrás ver todo, pero no cambiar nada.",
                vos: "La prueba termina hoy. Después vas a poder ver todo, pero no cambiar nada.",
                en: "The trial ends today. After it you can see everything and change nothing.",
                pt: "O teste termina hoje. Depois será possível ver tudo, mas não alterar nada.")
        case .trialEnding:
            Message(
                es: .count(
                    one: "La prueba termina en un día.", many: "La prueba termina en {count} de días.",
                    other: "La prueba termina en {count} días."),
                en: .count(one: "The trial ends in one day.", other: "The trial ends in {count} days."),
                pt: .count(
                    one: "O teste termina em {count} dia.", many: "O teste termina em {count} de dias.",
                    other: "O teste termina em {count} dias."))
        }
    }
}
