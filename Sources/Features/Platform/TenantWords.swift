import Locale

/// What the console says of a company's state and plan.
enum TenantWords: MessageCatalogue {
    case plan, noPlan, routers, trialEnds, limited, suspend, suspendHint, resume, resumeHint, reasonHint, reasonMissing

    var message: Message {
        switch self {
        case .plan: Message(es: "Plan", en: "Plan", pt: "Plano")
        case .noPlan: Message(es: "Sin plan", en: "No plan", pt: "Sem plano")
        case .routers: Message(es: "Routers, hasta", en: "Routers, at most", pt: "Roteadores, até")
        case .trialEnds: Message(es: "La prueba termina", en: "The trial ends", pt: "O teste termina")
        case .limited: Message(es: "{used} de {most}", en: "{used} of {most}", pt: "{used} de {most}")
        case .suspend: Message(es: "Suspender la empresa", en: "Suspend the company", pt: "Suspender a empresa")
        case .suspendHint:
            Message(
                es:
                    "Su personal verá todo y no podrá cambiar nada. A sus clientes no se les corta ni se les borra nada.",
                en: "Its staff will see everything and change nothing. Nothing of its customers is cut or deleted.",
                pt: "A equipe verá tudo e não poderá alterar nada. Nada dos clientes é cortado nem apagado.")
        case .resume: Message(es: "Reactivar la empresa", en: "Resume the company", pt: "Reativar a empresa")
        case .resumeHint:
            Message(
                es: "Todo vuelve a funcionar como antes.", en: "Everything works again as before.",
                pt: "Tudo volta a funcionar como antes.")
        case .reasonHint:
            Message(
                es: "Lo leerá la empresa y queda en la auditoría.",
                en: "The company will read it, and the audit trail keeps it.",
                pt: "A empresa vai ler, e fica na auditoria.")
        case .reasonMissing: Message(es: "Escriba el motivo.", en: "Write the reason.", pt: "Escreva o motivo.")
        }
    }
}
