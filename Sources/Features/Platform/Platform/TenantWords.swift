import Locale

/// The console's texts on a company's state and plan.
enum TenantWords: MessageCatalogue {
    case plan, noPlan, routers, trialEnds, suspend, suspendHint, activate, resume, resumeHint, reasonHint,
        reasonMissing
    case price, priceHint, priceCurrency, cycle, noPrice
    case changePlan, customersLimit, staffLimit, limitHint, limitWrong, trialHint, dayWrong, save, cancel

    var message: Message {
        switch self {
        case .plan: Message(es: "Plan", en: "Plan", pt: "Plano")
        case .noPlan: Message(es: "Sin plan", en: "No plan", pt: "Sem plano")
        case .routers: Message(es: "Routers, hasta", en: "Routers, at most", pt: "Roteadores, até")
        case .trialEnds: Message(es: "La prueba termina", en: "The trial ends", pt: "O teste termina")
        case .price: Message(es: "Precio", en: "Price", pt: "Preço")
        case .priceHint:
            Message(
                es: "Lo que la empresa paga por cada ciclo. Vacío: no se acordó ninguno.",
                en: "What the company pays for each cycle. Empty: none was agreed.",
                pt: "O que a empresa paga por ciclo. Vazio: nenhum foi combinado.")
        case .priceCurrency: Message(es: "Moneda del precio", en: "Currency of the price", pt: "Moeda do preço")
        case .cycle: Message(es: "Ciclo de cobro", en: "Billing cycle", pt: "Ciclo de cobrança")
        case .noPrice: Message(es: "Sin acordar", en: "Not agreed", pt: "Não combinado")
        case .changePlan: Message(es: "Cambiar el plan", en: "Change the plan", pt: "Alterar o plano")
        case .customersLimit: Message(es: "Clientes, hasta", en: "Customers, at most", pt: "Clientes, até")
        case .staffLimit:
            Message(es: "Usuarios activos, hasta", en: "Active users, at most", pt: "Usuários ativos, até")
        case .limitHint:
            Message(
                es: "Vacío es sin límite. Un límite menor que lo que ya usa no borra nada: solo impide agregar más.",
                en:
                    "Empty means no limit. One below what is used deletes nothing: it only keeps more from being added.",
                pt: "Vazio é sem limite. Um limite menor que o uso atual não apaga nada: só impede adicionar mais.")
        case .limitWrong:
            Message(
                es: "Escriba un número entero de 0 a 1000000, o déjelo vacío.",
                en: "Write a whole number from 0 to 1000000, or leave it empty.",
                pt: "Escreva um número inteiro de 0 a 1000000, ou deixe vazio.")
        case .trialHint:
            Message(
                es: "Último día en que puede cambiar cosas. Vacío: la prueba no termina sola.",
                en: "The last day on which it can change things. Empty: the trial does not end by itself.",
                pt: "Último dia em que pode alterar coisas. Vazio: o teste não termina sozinho.")
        case .dayWrong:
            Message(
                es: "Escriba una fecha que exista, como 2026-11-20.",
                en: "Write a date that exists, such as 2026-11-20.",
                pt: "Escreva uma data que exista, como 2026-11-20.")
        case .save: Message(es: "Guardar", en: "Save", pt: "Salvar")
        case .cancel: Message(es: "Cancelar", en: "Cancel", pt: "Cancelar")
        case .suspend: Message(es: "Suspender la empresa", en: "Suspend the company", pt: "Suspender a empresa")
        case .suspendHint:
            Message(
                es:
                    "Su personal verá todo y no podrá cambiar nada. A sus clientes no se les corta ni se les borra nada.",
                en: "Its staff will see everything and change nothing. Nothing of its customers is cut or deleted.",
                pt: "A equipe verá tudo e não poderá alterar nada. Nada dos clientes é cortado nem apagado.")
        case .activate:
            Message(
                es: "Pasar a activa: contrató el plan, y se le factura cuando acabe la prueba",
                en: "Make it active: it bought the plan, and is billed when the trial is over",
                pt: "Tornar ativa: contratou o plano, e é faturada quando o teste acabar")
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
