import API
import Assembly
import Declarations
import Jobs
import Locale
import Nouns
import Panel
import Routers
import Services
import Vault

extension EventKind {
    package static let serviceVerified = EventKind(
        "service.verified",
        Message(
            es: "Verificó un servicio en el router", en: "Verified a service on the router",
            pt: "Verificou um serviço no roteador"),
        told: Message(
            es: "Servicio verificado en el router", en: "Service verified on the router",
            pt: "Serviço verificado no roteador"), to: .networkRead)
    package static let routerUnreachable = EventKind(
        "router.unreachable",
        Message(es: "Perdió un router", en: "Lost a router", pt: "Perdeu um roteador"),
        told: Message(es: "Un router no responde", en: "A router does not answer", pt: "Um roteador não responde"),
        to: .networkRead)
    package static let routerReachable = EventKind(
        "router.reachable",
        Message(es: "Recuperó un router", en: "Got a router back", pt: "Recuperou um roteador"),
        told: Message(
            es: "Un router responde otra vez", en: "A router answers again", pt: "Um roteador responde de novo"),
        to: .networkRead)
    package static let poolFilling = EventKind(
        "router.pool_filling",
        Message(
            es: "Vio llenarse un pool de direcciones", en: "Saw an address pool fill up",
            pt: "Viu um pool de endereços encher"),
        told: Message(
            es: "Un pool de direcciones se llena", en: "An address pool is filling up",
            pt: "Um pool de endereços está enchendo"), to: .networkRead)
    package static let differenceApproved = EventKind(
        "difference.repair_asked",
        Message(
            es: "Pidió reparar una diferencia", en: "Asked to repair a difference",
            pt: "Pediu para reparar uma diferença"))
}

extension Notice {
    package static let repairing = Notice(
        "network_repairing",
        Message(
            es: "Se repara ahora; quedará verde cuando el router lo confirme.",
            en: "It is being repaired; it turns green when the router confirms it.",
            pt: "Está sendo reparado; ficará verde quando o roteador confirmar."))
}

extension RoomDeclarations {
    package static let reconciler = RoomDeclarations(
        "Reconciler",
        menu: [
            MenuEntry(
                .menu(.network, 40), Message(es: "Cola de comandos", en: "Command queue", pt: "Fila de comandos"),
                path: CommandRoutes.path, permission: .networkRead, icon: .versions,
                synonyms: Message(es: "cortes enviados router", en: "cuts sent router", pt: "cortes enviados roteador")),
            MenuEntry(
                .menu(.network, 50), Message(es: "Diferencias", en: "Differences", pt: "Diferenças"),
                path: DifferenceRoutes.path, permission: .networkRead, icon: .alert,
                synonyms: Message(es: "reparar router real", en: "repair router real", pt: "reparar roteador real")),
            MenuEntry(
                .menu(.network, 55), Message(es: "Quién tuvo una IP", en: "Who had an IP", pt: "Quem teve um IP"),
                path: AddressRoutes.path, permission: .networkRead, icon: .search,
                synonyms: Message(
                    es: "dirección historial mac", en: "address history mac", pt: "endereço histórico mac")),
        ],
        notices: [.repairing],
        events: [.serviceVerified, .routerUnreachable, .routerReachable, .differenceApproved, .poolFilling],
        details: [
            DetailKind(
                "access", Message(es: "En la red", en: "On the network", pt: "Na rede"),
                values: Dictionary(
                    uniqueKeysWithValues: NetworkState.Access.allCases.map { ($0.rawValue, $0.message) })),
            DetailKind("pool", Message(es: "Pool", en: "Pool", pt: "Pool")),
            DetailKind("percent", Message(es: "Lleno (%)", en: "Full (%)", pt: "Cheio (%)")),
            DetailKind("router", Message(es: "Router", en: "Router", pt: "Roteador")),
            DetailKind("revision", Message(es: "Revisión", en: "Revision", pt: "Revisão")),
            DetailKind("differences", Message(es: "Diferencias", en: "Differences", pt: "Diferenças")),
        ],
        parts: [
            ServiceSight(10, ReconcilerWords.network.message, NetworkState.sight, show: NetworkState.seen),
            ServicePart(10, NetworkPart.ofService), RouterPart(10, NetworkPart.ofRouter),
            NetworkSearch.part, PlanChangePart(20, NetworkPart.ofPlanChange),
            ActivationPart(10, NetworkPart.ofActivation),
        ])
}

extension Crew {
    package static let network = Crew("network", places: 64)
}

extension Room {
    package static let reconciler = Room(
        .reconciler,
        panel: { routes, context in
            ActivationRoutes(RouterActs(context)).add(to: &routes)
            CommandRoutes().add(to: &routes)
            DifferenceRoutes().add(to: &routes)
            AddressRoutes().add(to: &routes)
        },
        api: { routes, _ in ReconcilerAPI().add(to: &routes) },
        onPortal: QueuedReconnection.ofSubscriber,
        jobs: { jobs, context in
            let dialer = RouterDialer(context.devices, vault: context.vault)
            jobs.add(LookAtService.self, to: .network) { try await $0.run(in: $1) }
            jobs.add(CompareRouters.self, to: .network) { try await $0.run(in: $1) }
            jobs.add(AlignRouter.self, to: .network) { try await $0.run(in: $1, with: dialer) }
        },
        nightly: [CompareRouters.self])
}
