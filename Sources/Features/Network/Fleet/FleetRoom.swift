import API
import Access
import Assembly
import Declarations
import FleetProtocol
import Identifiers
import Locale
import Loop
import Nouns
import Panel
import Postgres
import Routers
import Services
import Vault
import WebClient

extension Permission {
    package static let fleetRead = Permission("fleet.read")
    package static let fleetManage = Permission("fleet.manage")
}

extension EventKind {
    package static let controllerCreated = EventKind(
        "fleet_controller.created", Message(es: "Conectó un UISP", en: "Connected a UISP", pt: "Conectou um UISP"),
        told: Message(es: "UISP conectado", en: "UISP connected", pt: "UISP conectado"), to: .fleetRead)
    package static let controllerChanged = EventKind(
        "fleet_controller.changed",
        Message(
            es: "Cambió una conexión con UISP", en: "Changed a connection to UISP", pt: "Alterou uma conexão com o UISP"
        ),
        told: Message(
            es: "Conexión con UISP cambiada", en: "Connection to UISP changed", pt: "Conexão com o UISP alterada"),
        to: .fleetRead)
    package static let controllerDeleted = EventKind(
        "fleet_controller.deleted",
        Message(
            es: "Eliminó una conexión con UISP", en: "Deleted a connection to UISP",
            pt: "Excluiu uma conexão com o UISP"),
        told: Message(
            es: "Conexión con UISP eliminada", en: "Connection to UISP deleted", pt: "Conexão com o UISP excluída"),
        to: .fleetRead)
    package static let fleetDeviceAuthorized = EventKind(
        "fleet_device.authorized",
        Message(
            es: "Autorizó un equipo en UISP", en: "Authorized a device in UISP", pt: "Autorizou um equipamento no UISP"),
        told: Message(
            es: "Equipo autorizado en UISP", en: "Device authorized in UISP", pt: "Equipamento autorizado no UISP"),
        to: .fleetRead)
    package static let fleetDeviceLinked = EventKind(
        "fleet_device.linked",
        Message(
            es: "Ligó un equipo de UISP a un servicio", en: "Linked a UISP device to a service",
            pt: "Vinculou um equipamento do UISP a um serviço"),
        told: Message(
            es: "Equipo de UISP ligado a un servicio", en: "UISP device linked to a service",
            pt: "Equipamento do UISP vinculado a um serviço"), to: .fleetRead)
    package static let fleetDeviceRemoved = EventKind(
        "fleet_device.removed",
        Message(
            es: "Eliminó un equipo de UISP", en: "Removed a device from UISP", pt: "Removeu um equipamento do UISP"),
        told: Message(
            es: "Equipo eliminado de UISP", en: "Device removed from UISP", pt: "Equipamento removido do UISP"),
        to: .fleetRead)
    package static let fleetKeyRenewed = EventKind(
        "fleet_device.key_renewed",
        Message(
            es: "Renovó la clave de un equipo en UISP", en: "Renewed a device's key in UISP",
            pt: "Renovou a chave de um equipamento no UISP"),
        told: Message(
            es: "Clave de un equipo renovada", en: "A device's key renewed", pt: "Chave de um equipamento renovada"),
        to: .fleetRead)
    package static let fleetDeviceClosed = EventKind(
        "fleet_device.closed",
        Message(
            es: "Dio por atendido un equipo de UISP", en: "Marked a UISP device as looked at",
            pt: "Marcou como atendido um equipamento do UISP"))
    package static let fleetDevicesVanished = EventKind(
        "fleet_devices.vanished",
        Message(
            es: "Vio desaparecer equipos de UISP", en: "Saw devices vanish from UISP",
            pt: "Viu equipamentos desaparecerem do UISP"),
        told: Message(
            es: "Equipos desaparecidos de UISP", en: "Devices vanished from UISP",
            pt: "Equipamentos desaparecidos do UISP"), to: .fleetRead)
    package static let fleetIntrudersFound = EventKind(
        "fleet_intruders.found",
        Message(es: "Encontró intrusos en UISP", en: "Found intruders in UISP", pt: "Encontrou intrusos no UISP"),
        told: Message(es: "Intrusos en UISP", en: "Intruders in UISP", pt: "Intrusos no UISP"), to: .fleetRead)
}

extension Notice {
    package static let fleetBeingRead = Notice(
        "fleet_being_read",
        Message(
            es: "UISP se lee ahora; vuelva a cargar la página en un momento.",
            en: "UISP is being read; reload the page in a moment.",
            pt: "O UISP está sendo lido; recarregue a página em um momento."))
    package static let fleetBeingCompared = Notice(
        "fleet_being_compared",
        Message(
            es: "El cruce se hace ahora; vuelva a cargar la página en un momento.",
            en: "Everything is being compared; reload the page in a moment.",
            pt: "O cruzamento está sendo feito; recarregue a página em um momento."))
    package static let fleetAuthorized = Notice(
        "fleet_authorized",
        Message(es: "Equipo autorizado", en: "Device authorized", pt: "Equipamento autorizado"))
}

extension Crew {
    /// Controllers may be slow to answer.
    static let fleet = Crew("fleet", places: 8)
}

extension RoomDeclarations {
    package static let fleet = RoomDeclarations(
        "Fleet",
        permissions: [
            GrantablePermission(
                .fleetRead,
                Message(es: "Ver UISP y antenas", en: "See UISP and antennas", pt: "Ver UISP e antenas"),
                heldBy: [.technician, .support, .noc], lent: .toReaders),
            GrantablePermission(
                .fleetManage,
                Message(
                    es: "Conectar UISP, autorizar y eliminar equipos", en: "Connect UISP, authorize and remove devices",
                    pt: "Conectar UISP, autorizar e remover equipamentos"),
                heldBy: [.noc]),
        ],
        menu: [
            MenuEntry(
                .menu(.network, 15), FleetWords.title.message, path: FleetDevice.path, permission: .fleetRead,
                icon: .network,
                synonyms: Message(
                    es: "ubiquiti unms airmax fantasma intruso adopción cruce faltan",
                    en: "ubiquiti unms airmax phantom intruder adoption cross reference missing",
                    pt: "ubiquiti unms airmax fantasma intruso adoção cruzamento faltam"))
        ],
        notices: [.fleetBeingRead, .fleetBeingCompared, .fleetAuthorized],
        events: [
            .controllerCreated, .controllerChanged, .controllerDeleted, .fleetDeviceAuthorized, .fleetDeviceLinked,
            .fleetDeviceRemoved, .fleetKeyRenewed, .fleetDeviceClosed, .fleetDevicesVanished, .fleetIntrudersFound,
        ],
        details: details)

    private static let details: [DetailKind] = {
        var details = [
            DetailKind(
                "credentials", Message(es: "Credenciales", en: "Credentials", pt: "Credenciais"),
                values: ["changed": Message(es: "Cambiadas", en: "Changed", pt: "Alteradas")]),
            DetailKind("mac", FleetWords.mac.message),
            DetailKind("site", FleetWords.site.message),
            DetailKind("service", Message(es: "Servicio", en: "Service", pt: "Serviço")),
            DetailKind("reason", FleetWords.reason.message),
            DetailKind("count", Message(es: "Cuántos", en: "How many", pt: "Quantos")),
            DetailKind("names", Message(es: "Cuáles", en: "Which", pt: "Quais")),
            DetailKind("standing", FleetWords.standing.message) { value, _, reader in
                FleetDevice.Standing(rawValue: value)?.text(for: reader) ?? value
            },
        ]
        for kind in Controller.detailKinds where !details.contains(where: { $0.name == kind.name }) {
            details.append(kind)
        }
        return details
    }()
}

extension Room {
    /// `controller` makes the driver that speaks to UISP.
    package static func fleet(_ controller: @escaping @Sendable (HTTPClient) -> any FleetController) -> Room {
        Room(
            .fleet,
            panel: { routes, context in
                let acts = FleetActs(context, controller)
                ControllerRoutes(acts).add(to: &routes)
                CrossRoutes(acts, files: context.files).add(to: &routes)
                FleetRoutes(acts, files: context.files).add(to: &routes)
            },
            api: { routes, context in FleetAPI(FleetActs(context, controller)).add(to: &routes) },
            jobs: { jobs, context in
                let (acts, pool) = (FleetActs(context, controller), context.devices.loops.blocking)
                jobs.add(SyncFleet.self) { try await $0.run(in: $1) }
                jobs.add(SyncController.self, to: .fleet) { try await $0.run(in: $1, with: acts) }
                jobs.add(CompareFleet.self, to: .fleet) { try await $0.run(in: $1, with: acts, workingOn: pool) }
            },
            nightly: [CompareFleet.self])
    }
}

extension FleetActs {
    init(_ context: RoomContext, _ controller: @Sendable (HTTPClient) -> any FleetController) {
        self.init(
            FleetReach(
                controller(context.web.client), dialer: RouterDialer(context.devices, vault: context.vault),
                vault: context.vault, web: context.web), randomness: context.randomness)
    }
}
