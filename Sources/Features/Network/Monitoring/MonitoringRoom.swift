import API
import Assembly
import Declarations
import Jobs
import Locale
import Nouns
import Panel
import Routers
import Vault

extension EventKind {
    package static let deviceCreated = EventKind(
        "device.created", Message(es: "Agregó un equipo", en: "Added a device", pt: "Adicionou um equipamento"),
        told: Message(es: "Equipo agregado", en: "Device added", pt: "Equipamento adicionado"), to: .networkRead)
    package static let deviceChanged = EventKind(
        "device.changed", Message(es: "Cambió un equipo", en: "Changed a device", pt: "Alterou um equipamento"),
        told: Message(es: "Equipo cambiado", en: "Device changed", pt: "Equipamento alterado"), to: .networkRead)
    package static let deviceDeleted = EventKind(
        "device.deleted", Message(es: "Eliminó un equipo", en: "Deleted a device", pt: "Excluiu um equipamento"),
        told: Message(es: "Equipo eliminado", en: "Device deleted", pt: "Equipamento excluído"), to: .networkRead)
    package static let deviceDown = EventKind(
        "device.down", Message(es: "Vio caer un equipo", en: "Saw a device go down", pt: "Viu um equipamento cair"),
        told: Message(es: "Equipo caído", en: "Device down", pt: "Equipamento fora do ar"), to: .networkRead)
    package static let deviceUp = EventKind(
        "device.up",
        Message(es: "Vio volver un equipo", en: "Saw a device come back", pt: "Viu um equipamento voltar"),
        told: Message(es: "Equipo en línea otra vez", en: "Device up again", pt: "Equipamento on-line de novo"),
        to: .networkRead)
    package static let monitorTurnedOn = EventKind(
        "monitor.turned_on", Message(es: "Encendió el monitor", en: "Turned the monitor on", pt: "Ligou o monitor"),
        told: Message(es: "Monitor encendido", en: "Monitor on", pt: "Monitor ligado"), to: .networkRead)
    package static let monitorTurnedOff = EventKind(
        "monitor.turned_off",
        Message(es: "Apagó el monitor", en: "Turned the monitor off", pt: "Desligou o monitor"),
        told: Message(es: "Monitor apagado", en: "Monitor off", pt: "Monitor desligado"), to: .networkRead)
    package static let monitorCutOff = EventKind(
        "monitor.cut_off",
        Message(
            es: "Notó que el servidor del monitor se quedó sin red", en: "Found the monitor's server without a network",
            pt: "Notou que o servidor do monitor ficou sem rede"),
        told: Message(es: "Monitor sin red", en: "Monitor without a network", pt: "Monitor sem rede"),
        to: .networkRead)
}

extension Notice {
    package static let polling = Notice(
        "polling",
        Message(
            es: "Se consultan los equipos; en unos segundos se ve aquí.",
            en: "The devices are being polled; it shows here in a few seconds.",
            pt: "Os equipamentos estão sendo consultados; em alguns segundos aparece aqui."))
}

extension Crew {
    /// Polls wait for other people's devices.
    package static let monitoring = Crew("monitoring", places: 16)
}

extension RoomDeclarations {
    package static let monitoring = RoomDeclarations(
        "Monitoring",
        menu: [
            MenuEntry(
                .menu(.monitoring, 50), DeviceWords.devices.message, path: Device.path, permission: .networkRead,
                icon: .network,
                synonyms: Message(
                    es: "antenas switches monitor caídos ping snmp", en: "antennas switches monitor down ping snmp",
                    pt: "antenas switches monitor fora do ar ping snmp"))
        ],
        notices: [.polling],
        events: [
            .deviceCreated, .deviceChanged, .deviceDeleted, .deviceDown, .deviceUp, .monitorTurnedOn, .monitorTurnedOff,
            .monitorCutOff,
        ],
        details: [
            DetailKind(
                "credentials", Message(es: "Credenciales", en: "Credentials", pt: "Credenciais"),
                values: ["changed": Message(es: "Cambiadas", en: "Changed", pt: "Alteradas")]),
            DetailKind("trouble", DeviceWords.proof.message) { value, _, reader in
                DeviceTrouble(rawValue: value)?.text(for: reader) ?? value
            },
        ] + Device.detailKinds,
        parts: [RouterFollower(10, DeviceActs.follow)])
}

extension Room {
    package static let monitoring = Room(
        .monitoring, panel: { routes, context in DeviceRoutes(DeviceActs(context)).add(to: &routes) },
        api: { routes, context in DeviceAPI(DeviceActs(context)).add(to: &routes) },
        jobs: { jobs, context in
            let acts = DeviceActs(context)
            jobs.add(PollDevices.self, to: .monitoring) { try await $0.run(in: $1, with: acts) }
            jobs.add(KeepPolling.self) { try await $0.run(in: $1) }
        },
        nightly: [KeepPolling.self])
}

extension DeviceActs {
    package init(_ context: RoomContext) {
        self.init(
            RouterDialer(context.devices, vault: context.vault), vault: context.vault, randomness: context.randomness)
    }
}
