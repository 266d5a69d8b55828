import Assembly
import Declarations
import Jobs
import Locale
import Nouns
import Panel
import Reconciler

extension Permission {
    package static let leaksView = Permission("leaks.view")
}

extension Notice {
    package static let findingLeaks = Notice(
        "finding_leaks",
        Message(
            es: "Se están buscando; vuelva a abrir la página en un momento.",
            tu: "Se están buscando; vuelve a abrir la página en un momento.",
            vos: "Se están buscando; volvé a abrir la página en un momento.",
            en: "They are being looked for; open the page again in a moment.",
            pt: "Estão sendo procurados; abra a página de novo em instantes."))
}

extension RoomDeclarations {
    package static let leaks = RoomDeclarations(
        "Leaks",
        permissions: [
            GrantablePermission(
                .leaksView,
                Message(es: "Ver la fuga de ingresos", en: "See revenue leaks", pt: "Ver o vazamento de receita"),
                heldBy: [.accountant], isWithinZones: true, lent: .toReaders)
        ],
        menu: [
            MenuEntry(
                .menu(.network, 60), Message(es: "Fuga de ingresos", en: "Revenue leaks", pt: "Vazamento de receita"),
                path: LeakRoutes.path, permission: .leaksView, icon: .alert,
                synonyms: Message(
                    es: "pérdidas dinero gratis sin contrato", en: "losses money free", pt: "perdas dinheiro grátis"))
        ],
        notices: [.findingLeaks])
}

extension Room {
    package static let leaks = Room(
        .leaks, panel: { routes, _ in LeakRoutes().add(to: &routes) }, api: { routes, _ in LeakAPI().add(to: &routes) },
        home: LeakRoutes.parts,
        jobs: { jobs, _ in jobs.add(FindLeaks.self, to: .network) { try await $0.run(in: $1) } },
        nightly: [FindLeaks.self])
}

enum LeakWords: MessageCatalogue {
    case title, intro, none, find, byKind, each, kind, count, monthly, customer, about, since, unknown, seeAll, api
    case apiCurrency, apiService, apiMonthly

    var message: Message {
        switch self {
        case .title: Message(es: "Fuga de ingresos", en: "Revenue leaks", pt: "Vazamento de receita")
        case .intro:
            Message(
                es: "Dinero que se pierde cada mes sin que nadie lo note. Se busca cada noche.",
                en: "Money lost each month without anybody noticing. It is looked for each night.",
                pt: "Dinheiro que se perde a cada mês sem que ninguém note. Procura-se toda noite.")
        case .none:
            Message(es: "No se encontró ninguna fuga.", en: "No leak was found.", pt: "Nenhum vazamento encontrado.")
        case .find: Message(es: "Buscar ahora", en: "Look now", pt: "Procurar agora")
        case .byKind: Message(es: "Por tipo", en: "By kind", pt: "Por tipo")
        case .each: Message(es: "Una por una", en: "One by one", pt: "Uma por uma")
        case .kind: Message(es: "Tipo", en: "Kind", pt: "Tipo")
        case .count: Message(es: "Cuántos", en: "How many", pt: "Quantos")
        case .monthly: Message(es: "Al mes", en: "A month", pt: "Por mês")
        case .customer: Message(es: "Cliente", en: "Customer", pt: "Cliente")
        case .about: Message(es: "De qué se trata", en: "What it is", pt: "Do que se trata")
        case .since: Message(es: "Desde", en: "Since", pt: "Desde")
        case .unknown: Message(es: "Desconocido", en: "Unknown", pt: "Desconhecido")
        case .seeAll: Message(es: "Ver todas", en: "See all", pt: "Ver todos")
        case .api: Message(es: "Las fugas de ingresos", en: "The revenue leaks", pt: "Os vazamentos de receita")
        case .apiCurrency: Message(es: "La moneda.", en: "The currency.", pt: "A moeda.")
        case .apiService:
            Message(
                es: "El servicio; null si no hay.", en: "The service; null where there is none.",
                pt: "O serviço; null se não há.")
        case .apiMonthly:
            Message(
                es: "Lo que se pierde al mes, en unidades menores.", en: "What is lost a month, in minor units.",
                pt: "O que se perde por mês, em unidades menores.")
        }
    }
}
