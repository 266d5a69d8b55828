import API
import Access
import Assembly
import Customers
import Declarations
import Locale
import Nouns
import Panel

extension Permission {
    package static let roundsWalk = Permission("rounds.walk")
}

extension EventKind {
    package static let customerNotFound = EventKind(
        "customer.not_found",
        Message(es: "No localizó a un cliente", en: "Did not find a customer", pt: "Não encontrou um cliente"),
        told: Message(es: "Cliente no localizado", en: "Customer not found", pt: "Cliente não encontrado"),
        to: .roundsWalk)
}

extension RoomDeclarations {
    package static let rounds = RoomDeclarations(
        "Rounds",
        permissions: [
            GrantablePermission(
                .roundsWalk,
                Message(
                    es: "Ver la ruta de cobro y anotar visitas", en: "See the collecting round and note visits",
                    pt: "Ver a rota de cobrança e anotar visitas"),
                heldBy: [.collector], isWithinZones: true)
        ],
        menu: [
            MenuEntry(
                .menu(.collection, 22), RoundWords.round.message, path: RoundRoutes.path, permission: .roundsWalk,
                icon: .collection),
            MenuEntry(
                .task([.collector], 5), RoundWords.mine.message, path: RoundRoutes.path, permission: .roundsWalk,
                icon: .collection),
        ],
        events: [.customerNotFound],
        details: FailedVisit.detailKinds)
}

extension Room {
    package static let rounds = Room(
        .rounds,
        panel: { routes, context in RoundRoutes(randomness: context.randomness).add(to: &routes) },
        api: { routes, context in RoundAPI(randomness: context.randomness).add(to: &routes) })
}

enum RoundWords: MessageCatalogue {
    case round, mine, intro, nothing, nothingInZone, zone, every, filter, overdue, since, take, promise, notFound, paid,
        unverified
    case promised, missed, more, noteOf, record, left

    var message: Message {
        switch self {
        case .round: Message(es: "Ruta de cobro", en: "Collecting round", pt: "Rota de cobrança")
        case .mine: Message(es: "Mi ruta", en: "My round", pt: "Minha rota")
        case .intro:
            Message(
                es: "Clientes con deuda vencida, por zona y calle.",
                en: "Customers with overdue debt, by zone and street.",
                pt: "Clientes com dívida vencida, por zona e rua.")
        case .nothing:
            Message(
                es: "Nadie debe nada vencido.", en: "Nobody owes anything overdue.", pt: "Ninguém deve nada vencido.")
        case .nothingInZone:
            Message(
                es: "En esta zona nadie debe nada vencido.", en: "Nobody in this zone owes anything overdue.",
                pt: "Nesta zona ninguém deve nada vencido.")
        case .zone: Message(es: "Zona", en: "Zone", pt: "Zona")
        case .every: Message(es: "Todas", en: "All", pt: "Todas")
        case .filter: Message(es: "Filtrar", en: "Filter", pt: "Filtrar")
        case .overdue: Message(es: "Debe", en: "Owes", pt: "Deve")
        case .since: Message(es: "desde el {day}", en: "since {day}", pt: "desde {day}")
        case .take: Message(es: "Cobrar", en: "Take payment", pt: "Cobrar")
        case .promise: Message(es: "Promesa", en: "Promise", pt: "Promessa")
        case .notFound: Message(es: "No localizado", en: "Not found", pt: "Não encontrado")
        case .paid: Message(es: "Pagó hoy {amount}", en: "Paid {amount} today", pt: "Pagou hoje {amount}")
        case .unverified:
            Message(es: "Por verificar {amount}", en: "{amount} to be verified", pt: "A verificar {amount}")
        case .promised: Message(es: "Promesa hasta el {day}", en: "Promise until {day}", pt: "Promessa até {day}")
        case .missed: Message(es: "No localizado: {moment}", en: "Not found: {moment}", pt: "Não encontrado: {moment}")
        case .more:
            Message(
                es: "Se muestran los primeros {number}: elija una zona.",
                en: "The first {number} are shown: choose a zone.",
                pt: "São mostrados os primeiros {number}: escolha uma zona.")
        case .noteOf:
            Message(es: "No se localizó a {name}", en: "{name} was not found", pt: "{name} não foi encontrado")
        case .record: Message(es: "Anotar visita", en: "Note the visit", pt: "Anotar a visita")
        case .left:
            Message(
                es: "{number} por visitar, {amount} vencido", en: "{number} to visit, {amount} overdue",
                pt: "{number} a visitar, {amount} vencido")
        }
    }
}
