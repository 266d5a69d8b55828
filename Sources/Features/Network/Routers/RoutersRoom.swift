import API
import Assembly
import Declarations
import Identifiers
import Locale
import Nouns
import Panel
import Vault

extension Permission {
    package static let networkRead = Permission("network.read")
    package static let networkOperate = Permission("network.operate")
    package static let networkManage = Permission("network.manage")
}

extension EventKind {
    package static let routerCreated = EventKind(
        "router.created", Message(es: "Agregó un router", en: "Added a router", pt: "Adicionou um roteador"),
        told: Message(es: "Router agregado", en: "Router added", pt: "Roteador adicionado"), to: .networkRead)
    package static let routerChanged = EventKind(
        "router.changed", Message(es: "Cambió un router", en: "Changed a router", pt: "Alterou um roteador"),
        told: Message(es: "Router cambiado", en: "Router changed", pt: "Roteador alterado"), to: .networkRead)
    package static let routerDeleted = EventKind(
        "router.deleted", Message(es: "Eliminó un router", en: "Deleted a router", pt: "Excluiu um roteador"),
        told: Message(es: "Router eliminado", en: "Router deleted", pt: "Roteador excluído"), to: .networkRead)
    package static let routerPaused = EventKind(
        "router.paused", Message(es: "Puso en pausa un router", en: "Paused a router", pt: "Pausou um roteador"),
        told: Message(es: "Router en pausa", en: "Router paused", pt: "Roteador em pausa"), to: .networkRead)
    package static let routerResumed = EventKind(
        "router.resumed",
        Message(es: "Quitó la pausa de un router", en: "Resumed a router", pt: "Retomou um roteador"),
        told: Message(es: "Router sin pausa", en: "Router resumed", pt: "Roteador retomado"), to: .networkRead)
    package static let routerProfilesChanged = EventKind(
        "router.profiles_changed",
        Message(
            es: "Cambió los perfiles de los planes en un router", en: "Changed the plans' profiles on a router",
            pt: "Alterou os perfis dos planos em um roteador"))
    package static let routerServicesMoved = EventKind(
        "router.services_moved",
        Message(
            es: "Pasó los servicios de un router a otro", en: "Moved a router's services to another",
            pt: "Passou os serviços de um roteador a outro"),
        told: Message(
            es: "Servicios de un router pasados a otro", en: "A router's services moved to another",
            pt: "Serviços de um roteador passados a outro"), to: .networkRead)
    package static let accessLeft = EventKind(
        "access_point.left",
        Message(
            es: "Retiró un servicio del router que dejó", en: "Took a service off the router that it left",
            pt: "Retirou um serviço do roteador que deixou"),
        told: Message(
            es: "Servicio retirado del router que dejó", en: "Service taken off the router that it left",
            pt: "Serviço retirado do roteador que deixou"), to: .networkRead)
    package static let deviceRangesChanged = EventKind(
        "device_ranges.changed",
        Message(
            es: "Cambió las redes de equipos", en: "Changed the device networks",
            pt: "Alterou as redes de equipamentos"))
    package static let accessPointBound = EventKind(
        "access_point.bound",
        Message(
            es: "Ligó un servicio a un router", en: "Bound a service to a router", pt: "Ligou um serviço a um roteador"),
        told: Message(
            es: "Servicio ligado a un router", en: "Service bound to a router", pt: "Serviço ligado a um roteador"),
        to: .networkRead)
    package static let accessPointRemoved = EventKind(
        "access_point.removed",
        Message(
            es: "Desligó un servicio de su router", en: "Unbound a service from its router",
            pt: "Desligou um serviço do seu roteador"),
        told: Message(
            es: "Servicio desligado de su router", en: "Service unbound from its router",
            pt: "Serviço desligado do seu roteador"), to: .networkRead)
}

extension Notice {
    package static let comparing = Notice(
        "router_comparing",
        Message(
            es: "El router se revisa ahora; lo que difiera aparece en Diferencias.",
            en: "The router is being compared; what differs appears under Differences.",
            pt: "O roteador está sendo revisado; o que divergir aparece em Diferenças."))
}

extension Notice {
    package static let moving = Notice(
        "router_moving",
        Message(
            es: "Los servicios pasan ahora al otro router; aquí se ve cuántos ya están verificados.",
            en: "The services go to the other router now; here you see how many are verified.",
            pt: "Os serviços passam agora ao outro roteador; aqui se vê quantos já estão verificados."))
}

extension RoomDeclarations {
    package static let routers = RoomDeclarations(
        "Routers",
        permissions: [
            GrantablePermission(
                .networkRead, Message(es: "Ver la red", en: "See the network", pt: "Ver a rede"),
                heldBy: [.technician, .support, .noc], isWithinZones: true, lent: .toReaders),
            GrantablePermission(
                .networkOperate,
                Message(
                    es: "Ligar servicios, probar routers y reparar diferencias",
                    en: "Bind services, try routers and repair differences",
                    pt: "Ligar serviços, testar roteadores e reparar diferenças"),
                heldBy: [.technician, .noc], isWithinZones: true),
            GrantablePermission(
                .networkManage,
                Message(
                    es: "Agregar y cambiar routers", en: "Add and change routers", pt: "Adicionar e alterar roteadores"),
                heldBy: [.noc]),
        ],
        menu: [
            MenuEntry(
                .menu(.network, 10), Message(es: "Routers", en: "Routers", pt: "Roteadores"), path: Router.path,
                permission: .networkRead, icon: .domains,
                synonyms: Message(es: "mikrotik equipos red", en: "mikrotik devices", pt: "mikrotik equipamentos")),
            MenuEntry(
                .settings(.integrations, 60),
                Message(es: "Redes de equipos", en: "Device networks", pt: "Redes de equipamentos"),
                path: RangeRoutes.path, permission: .networkManage, icon: .security,
                synonyms: Message(es: "ip rangos permitidos", en: "ip ranges allowed", pt: "ip faixas permitidas")),
        ],
        notices: [.comparing, .moving],
        events: [
            .routerCreated, .routerChanged, .routerDeleted, .routerPaused, .routerResumed, .routerProfilesChanged,
            .deviceRangesChanged, .accessPointBound, .accessPointRemoved, .routerServicesMoved, .accessLeft,
        ],
        details: details, parts: [Router.search])

    private static let details: [DetailKind] = {
        var details = [
            DetailKind(
                "credentials", Message(es: "Credenciales", en: "Credentials", pt: "Credenciais"),
                values: ["changed": Message(es: "Cambiadas", en: "Changed", pt: "Alteradas")]),
            DetailKind("profiles", Message(es: "Perfiles", en: "Profiles", pt: "Perfis")),
            DetailKind("to_router", Message(es: "Router que los recibe", en: "To router", pt: "Para o roteador")),
            DetailKind("services", Message(es: "Servicios", en: "Services", pt: "Serviços")),
            DetailKind("ranges", Message(es: "Redes", en: "Networks", pt: "Redes")),
        ]
        for kind in (Router.detailKinds + AccessPoint.detailKinds)
        where !details.contains(where: { $0.name == kind.name }) {
            details.append(kind)
        }
        return details
    }()
}

extension Room {
    package static let routers = Room(
        .routers, panel: { routes, context in RouterRoutes(RouterActs(context)).add(to: &routes) },
        api: { routes, context in RouterAPI(RouterActs(context)).add(to: &routes) }, home: RouterHome.parts)
}

extension RouterActs {
    package init(_ context: RoomContext) {
        self.init(RouterDialer(context.devices, vault: context.vault), randomness: context.randomness)
    }
}
