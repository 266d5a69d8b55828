import Access
import AntennaProtocol
import Assembly
import Declarations
import Fleet
import Identifiers
import Jobs
import Locale
import Nouns
import Panel
import Postgres
import Routers
import Tickets
import Vault

extension Permission {
    package static let antennasManage = Permission("antennas.manage")
}

extension EventKind {
    package static let antennaAccessChanged = EventKind(
        "antenna_access.changed",
        Message(
            es: "Cambió cómo se entra a las antenas", en: "Changed how antennas are entered",
            pt: "Alterou como se entra nas antenas"))
    package static let antennaJobStarted = EventKind(
        "antenna_job.started",
        Message(
            es: "Empezó un trabajo en antenas", en: "Started a job on antennas", pt: "Começou um trabalho em antenas"))
    package static let antennaJobApplied = EventKind(
        "antenna_job.applied",
        Message(
            es: "Aplicó un trabajo en antenas", en: "Applied a job on antennas", pt: "Aplicou um trabalho em antenas"))
    package static let antennaJobStopped = EventKind(
        "antenna_job.stopped",
        Message(
            es: "Detuvo un trabajo en antenas", en: "Stopped a job on antennas", pt: "Parou um trabalho em antenas"))
    package static let antennaJobRetried = EventKind(
        "antenna_job.retried",
        Message(
            es: "Reintentó un trabajo en antenas", en: "Retried a job on antennas",
            pt: "Tentou de novo um trabalho em antenas"))
    package static let antennaJobDone = EventKind(
        "antenna_job.done",
        Message(
            es: "Terminó un trabajo en antenas", en: "Finished a job on antennas",
            pt: "Concluiu um trabalho em antenas"),
        told: Message(
            es: "Trabajo en antenas terminado", en: "Job on antennas finished", pt: "Trabalho em antenas concluído"),
        to: .fleetRead)
}

extension Notice {
    package static let antennasBeingRead = Notice(
        "antennas_being_read",
        Message(
            es: "Las antenas se revisan ahora; vuelva a cargar la página en un momento.",
            tu: "Las antenas se revisan ahora; vuelve a cargar la página en un momento.",
            vos: "Las antenas se revisan ahora; volvé a cargar la página en un momento.",
            en: "The antennas are being looked at; reload the page in a moment.",
            pt: "As antenas estão sendo revisadas; recarregue a página em um momento."))
}

extension Crew {
    /// Antennas may be slow to answer.
    static let antennas = Crew("antennas", places: 4)
}

extension RoomDeclarations {
    package static let antennas = RoomDeclarations(
        "Antennas",
        permissions: [
            GrantablePermission(
                .antennasManage,
                Message(
                    es: "Entrar a las antenas y hacer trabajos en ellas", en: "Enter antennas and do jobs on them",
                    pt: "Entrar nas antenas e fazer trabalhos nelas"),
                heldBy: [.noc])
        ],
        menu: [
            MenuEntry(
                .menu(.network, 16), AntennaWords.title.message, path: Antenna.path, permission: .fleetRead,
                icon: .network,
                synonyms: Message(
                    es: "ubiquiti ssh firmware reiniciar agente udapi running.cfg faltan",
                    en: "ubiquiti ssh firmware restart agent udapi running.cfg missing",
                    pt: "ubiquiti ssh firmware reiniciar agente udapi running.cfg faltam"))
        ],
        notices: [.antennasBeingRead],
        events: [
            .antennaAccessChanged, .antennaJobStarted, .antennaJobApplied, .antennaJobStopped, .antennaJobRetried,
            .antennaJobDone,
        ],
        details: AntennaAccess.detailKinds + NewAntennaJob.detailKinds + [
            DetailKind(
                "credentials", AntennaWords.credentials.message,
                values: ["changed": Message(es: "Cambiadas", en: "Changed", pt: "Alteradas")]),
            DetailKind("count", AntennaWords.antennas.message),
            DetailKind("antennas_done", AntennaLine.State.done.message),
            DetailKind("antennas_already", AntennaLine.State.already.message),
            DetailKind("antennas_failed", AntennaLine.State.failed.message),
        ],
        parts: [
            FleetRemedy(10) { visit in
                guard visit.mayAct(with: .antennasManage) else { return nil }
                return (AntennaWords.putRight.text(for: visit.reader), "\(AntennaJob.path)/new")
            }
        ])
}

extension Room {
    /// `driver` makes what speaks to the antennas.
    package static func antennas(_ driver: @escaping @Sendable (DeviceAccess) -> any AntennaDriver) -> Room {
        Room(
            .antennas,
            panel: { routes, context in
                AntennaRoutes(AntennaActs(context, driver), files: context.files).add(to: &routes)
            },
            jobs: { jobs, context in
                let acts = AntennaActs(context, driver)
                jobs.add(WorkOnAntennas.self, to: .antennas) { try await $0.run(in: $1, with: acts) }
            })
    }
}

extension AntennaActs {
    init(_ context: RoomContext, _ driver: @Sendable (DeviceAccess) -> any AntennaDriver) {
        self.init(
            AntennaReach(
                driver(context.devices), dialer: RouterDialer(context.devices, vault: context.vault),
                vault: context.vault), randomness: context.randomness)
    }
}
