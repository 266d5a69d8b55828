import Locale

enum HomeWords: MessageCatalogue {
    case home, welcome, nothingHere, noCustomers, newCustomer, customers, active, inDebt, suspended, newThisMonth
    case lastMonth, newByMonth, newByMonthSays, byState, latest, noEvents, wholeAudit, atWork

    var message: Message {
        switch self {
        case .home: Message(es: "Inicio", en: "Home", pt: "Início")
        case .welcome: Message(es: "Hola, {name}", en: "Hello, {name}", pt: "Olá, {name}")
        case .nothingHere:
            Message(
                es: "Aquí verá cómo está la empresa cuando quien la administra le dé permisos.",
                en: "You will see how the company stands here once its administrator gives you permissions.",
                pt: "Aqui verá como está a empresa quando quem a administra lhe der permissões.")
        case .noCustomers:
            Message(
                es: "Todavía no hay clientes. Empiece por el primero.",
                en: "There are no customers yet. Start with one.",
                pt: "Ainda não há clientes. Comece pelo primeiro.")
        case .newCustomer: Message(es: "Crear cliente", en: "Create customer", pt: "Criar cliente")
        case .customers: Message(es: "Clientes", en: "Customers", pt: "Clientes")
        case .active: Message(es: "Activos", en: "Active", pt: "Ativos")
        case .inDebt: Message(es: "Con deuda", en: "In debt", pt: "Com dívida")
        case .suspended: Message(es: "Suspendidos", en: "Suspended", pt: "Suspensos")
        case .newThisMonth: Message(es: "Altas del mes", en: "New this month", pt: "Novos no mês")
        case .lastMonth:
            Message(es: "{number} el mes pasado", en: "{number} last month", pt: "{number} no mês passado")
        case .newByMonth: Message(es: "Altas por mes", en: "New customers by month", pt: "Novos clientes por mês")
        case .newByMonthSays:
            Message(
                es: "{total} altas en doce meses; el mes con más fue {month}, con {most}.",
                en: "{total} new customers in twelve months; the best month was {month}, with {most}.",
                pt: "{total} novos clientes em doze meses; o melhor mês foi {month}, com {most}.")
        case .byState: Message(es: "Clientes por estado", en: "Customers by status", pt: "Clientes por situação")
        case .latest: Message(es: "Lo último", en: "Latest", pt: "Últimas ações")
        case .noEvents:
            Message(
                es: "Nadie ha hecho nada todavía.", en: "Nobody has done anything yet.", pt: "Ninguém fez nada ainda.")
        case .wholeAudit: Message(es: "Ver la auditoría", en: "See the audit trail", pt: "Ver a auditoria")
        case .atWork: Message(es: "En el panel ahora", en: "In the panel now", pt: "No painel agora")
        }
    }
}
