import API
import Access
import Assembly
import Declarations
import FibreProtocol
import Jobs
import Locale
import Nouns
import Panel
import Postgres
import Routers
import Search
import Services
import Vault
import Zones

extension EventKind {
    package static let oltCreated = EventKind(
        "olt.created", Message(es: "Agregó una OLT", en: "Added an OLT", pt: "Adicionou uma OLT"),
        told: Message(es: "OLT agregada", en: "OLT added", pt: "OLT adicionada"), to: .networkRead)
    package static let oltChanged = EventKind(
        "olt.changed", Message(es: "Cambió una OLT", en: "Changed an OLT", pt: "Alterou uma OLT"),
        told: Message(es: "OLT cambiada", en: "OLT changed", pt: "OLT alterada"), to: .networkRead)
    package static let oltDeleted = EventKind(
        "olt.deleted", Message(es: "Eliminó una OLT", en: "Deleted an OLT", pt: "Excluiu uma OLT"),
        told: Message(es: "OLT eliminada", en: "OLT deleted", pt: "OLT excluída"), to: .networkRead)
    package static let oltUnreachable = EventKind(
        "olt.unreachable", Message(es: "Perdió una OLT", en: "Lost an OLT", pt: "Perdeu uma OLT"),
        told: Message(es: "Una OLT no responde", en: "An OLT does not answer", pt: "Uma OLT não responde"),
        to: .networkRead)
    package static let oltReachable = EventKind(
        "olt.reachable", Message(es: "Recuperó una OLT", en: "Got an OLT back", pt: "Recuperou uma OLT"),
        told: Message(es: "Una OLT responde otra vez", en: "An OLT answers again", pt: "Uma OLT responde de novo"),
        to: .networkRead)
    package static let onuTemplateCreated = EventKind(
        "onu_template.created",
        Message(es: "Agregó una plantilla de ONU", en: "Added an ONU template", pt: "Adicionou um modelo de ONU"))
    package static let onuTemplateChanged = EventKind(
        "onu_template.changed",
        Message(es: "Cambió una plantilla de ONU", en: "Changed an ONU template", pt: "Alterou um modelo de ONU"))
    package static let onuTemplateDeleted = EventKind(
        "onu_template.deleted",
        Message(es: "Eliminó una plantilla de ONU", en: "Deleted an ONU template", pt: "Excluiu um modelo de ONU"))
    package static let onuOrdered = EventKind(
        "onu.ordered",
        Message(es: "Dio una ONU a un servicio", en: "Gave a service an ONU", pt: "Deu uma ONU a um serviço"),
        told: Message(es: "ONU de un servicio", en: "A service's ONU", pt: "ONU de um serviço"), to: .networkRead)
    package static let onuRetried = EventKind(
        "onu.retried",
        Message(
            es: "Intentó otra vez lo que la OLT no aceptó", en: "Tried again what the OLT refused",
            pt: "Tentou outra vez o que a OLT não aceitou"))
    package static let onuReleased = EventKind(
        "onu.released",
        Message(
            es: "Quitó una ONU de su servicio", en: "Took an ONU from its service", pt: "Tirou uma ONU do seu serviço"),
        told: Message(
            es: "ONU quitada de su servicio", en: "ONU taken from its service", pt: "ONU tirada do seu serviço"),
        to: .networkRead)
    package static let onuRestarted = EventKind(
        "onu.restarted", Message(es: "Reinició una ONU", en: "Restarted an ONU", pt: "Reiniciou uma ONU"),
        told: Message(es: "ONU reiniciada", en: "ONU restarted", pt: "ONU reiniciada"), to: .networkRead)
    package static let onuVerified = EventKind(
        "onu.verified",
        Message(
            es: "Verificó una ONU en la OLT", en: "Verified an ONU on the OLT", pt: "Verificou uma ONU na OLT"),
        told: Message(
            es: "ONU verificada en la OLT", en: "ONU verified on the OLT", pt: "ONU verificada na OLT"),
        to: .networkRead)
}

extension Notice {
    package static let readingOLT = Notice(
        "olt_reading",
        Message(
            es: "La OLT se lee ahora; lo que muestre aparece aquí en segundos.",
            en: "The OLT is being read; what it shows appears here within seconds.",
            pt: "A OLT está sendo lida; o que mostrar aparece aqui em segundos."))
}

extension Crew {
    /// Waits for other people's devices.
    package static let fibre = Crew("fibre", places: 16)
}

extension RoomDeclarations {
    package static let fibre = RoomDeclarations(
        "Fibre",
        menu: [
            MenuEntry(
                .menu(.network, 15), Message(es: "OLT y ONU", en: "OLTs and ONUs", pt: "OLT e ONU"), path: OLT.path,
                permission: .networkRead, icon: .network,
                synonyms: Message(
                    es: "fibra óptica gpon ont pon autorizar potencia huawei zte v-sol fiberhome",
                    en: "fibre optic gpon ont pon authorize power huawei zte v-sol fiberhome",
                    pt: "fibra óptica gpon ont pon autorizar potência huawei zte v-sol fiberhome"))
        ],
        notices: [.readingOLT],
        events: [
            .oltCreated, .oltChanged, .oltDeleted, .oltUnreachable, .oltReachable, .onuTemplateCreated,
            .onuTemplateChanged, .onuTemplateDeleted, .onuOrdered, .onuRetried, .onuReleased, .onuRestarted,
            .onuVerified,
        ],
        details: details,
        parts: [
            ServicePart(13, FibrePart.ofService), search,
            NounUse<Zone>(70, "olts") { database, id in
                "FROM olts x WHERE x.tenant_id = \(database.tenant) AND x.zone_id = \(id)"
            },
        ])

    private static let details: [DetailKind] = {
        var details = [
            DetailKind(
                "credentials", Message(es: "Credenciales", en: "Credentials", pt: "Credenciais"),
                values: ["changed": Message(es: "Cambiadas", en: "Changed", pt: "Alteradas")]),
            DetailKind("serial", FibreWords.serial.message), DetailKind("olt", FibreWords.olt.message),
            DetailKind("template", FibreWords.template.message), DetailKind("customer", FibreWords.customer.message),
            DetailKind("port", FibreWords.port.message),
            DetailKind("reason", Message(es: "Motivo", en: "Reason", pt: "Motivo")),
            DetailKind(
                "access", Message(es: "En la red", en: "On the network", pt: "Na rede"),
                values: [
                    "open": Message(es: "Conectado", en: "Connected", pt: "Conectado"),
                    "closed": Message(es: "Cortado", en: "Cut", pt: "Cortado"),
                    "absent": Message(es: "Sin acceso", en: "No access", pt: "Sem acesso"),
                ]),
        ]
        for kind in OLT.detailKinds + ONUTemplate.detailKinds
        where !details.contains(where: { $0.name == kind.name }) {
            details.append(kind)
        }
        return details
    }()

    /// ONUs by serial number, as it is printed or as Huawei writes it, in the search for everything.
    private static let search = DirectSearch(
        32, FibreWords.onus.message, .network, at: ONU.path, for: .networkRead
    ) { visit, text in
        let serial = ONUSerial(text)?.text ?? text.uppercased()
        return """
            SELECT u.onu_id AS id, u.serial AS title, coalesce(c.name, u.description) AS detail, NULL::date AS day
            FROM onus u
            LEFT JOIN services s ON s.tenant_id = \(visit.database.tenant) AND s.service_id = u.service_id
            LEFT JOIN customers c ON c.tenant_id = \(visit.database.tenant) AND c.customer_id = s.customer_id
            WHERE u.tenant_id = \(visit.database.tenant) AND u.serial >= \(serial)
                AND u.serial < \(serial + "\u{10FFFF}")
            ORDER BY u.serial LIMIT 8
            """
    }
}

extension Room {
    /// The app says by which driver OLTs are spoken to.
    package static func fibre(by driver: any OLTDriver) -> Room {
        Room(
            .fibre,
            panel: { routes, context in
                let acts = FibreActs(driver, context)
                OLTRoutes(acts).add(to: &routes)
                TemplateRoutes(acts).add(to: &routes)
                ONURoutes(acts).add(to: &routes)
            },
            api: { routes, context in FibreAPI(FibreActs(driver, context)).add(to: &routes) },
            jobs: { jobs, context in
                let acts = FibreActs(driver, context)
                jobs.add(AlignOLT.self, to: .fibre) { try await $0.run(in: $1, with: acts) }
                jobs.add(KeepConfiguration.self, to: .fibre) { try await $0.run(in: $1, with: acts) }
                jobs.add(KeepConfigurations.self) { try await $0.run(in: $1) }
                jobs.add(RestartONU.self, to: .fibre) { try await $0.run(in: $1, with: acts) }
                jobs.add(WatchOLTs.self, to: .fibre) { try await $0.run(in: $1) }
            },
            nightly: [KeepConfigurations.self])
    }
}

extension FibreActs {
    package init(_ driver: any OLTDriver, _ context: RoomContext) {
        self.init(
            driver, RouterDialer(context.devices, vault: context.vault), vault: context.vault,
            randomness: context.randomness)
    }
}
