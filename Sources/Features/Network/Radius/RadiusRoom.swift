import API
import Access
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
    package static let accessServerCreated = EventKind(
        "access_server.created", Message(es: "Agregó un NAS", en: "Added a NAS", pt: "Adicionou um NAS"))
    package static let accessServerChanged = EventKind(
        "access_server.changed", Message(es: "Cambió un NAS", en: "Changed a NAS", pt: "Alterou um NAS"))
    package static let accessServerSecretChanged = EventKind(
        "access_server.secret_changed",
        Message(es: "Dio otro secreto a un NAS", en: "Gave a NAS another secret", pt: "Deu outro segredo a um NAS"))
    package static let accessServerDeleted = EventKind(
        "access_server.deleted", Message(es: "Eliminó un NAS", en: "Deleted a NAS", pt: "Excluiu um NAS"))
    package static let radiusAccessPut = EventKind(
        "radius_access.put",
        Message(
            es: "Dio acceso por RADIUS a un servicio", en: "Gave a service access by RADIUS",
            pt: "Deu acesso por RADIUS a um serviço"))
    package static let radiusAccessRemoved = EventKind(
        "radius_access.removed",
        Message(
            es: "Quitó el acceso por RADIUS a un servicio", en: "Took away a service's access by RADIUS",
            pt: "Tirou o acesso por RADIUS de um serviço"))
    package static let radiusPasswordRead = EventKind(
        "radius_access.password_read",
        Message(
            es: "Vio la contraseña RADIUS de un servicio", en: "Saw a service's RADIUS password",
            pt: "Viu a senha RADIUS de um serviço"))
    package static let radiusSessionEnded = EventKind(
        "radius_session.ended",
        Message(
            es: "Cerró la sesión de un servicio, y el NAS lo confirmó",
            en: "Ended a service's session, and the NAS confirmed it",
            pt: "Fechou a sessão de um serviço, e o NAS confirmou"),
        told: Message(
            es: "Sesión de un servicio cerrada", en: "A service's session ended", pt: "Sessão de um serviço fechada"),
        to: .networkRead)
}

extension RoomDeclarations {
    package static let radius = RoomDeclarations(
        "Radius",
        menu: [
            MenuEntry(
                .menu(.network, 75), Message(es: "RADIUS", en: "RADIUS", pt: "RADIUS"), path: AccessServer.path,
                permission: .networkRead, icon: .domains,
                synonyms: Message(
                    es: "nas sesiones freeradius en línea rechazos", en: "nas sessions freeradius on line refusals",
                    pt: "nas sessões freeradius on-line recusas"))
        ],
        events: [
            .accessServerCreated, .accessServerChanged, .accessServerSecretChanged, .accessServerDeleted,
            .radiusAccessPut, .radiusAccessRemoved, .radiusPasswordRead, .radiusSessionEnded,
        ],
        details: details, parts: [ServicePart(11, RadiusPart.ofService), ServicePart(12, ServiceTraffic.ofService)])

    private static let details: [DetailKind] = {
        var details = [
            DetailKind(
                "credentials", Message(es: "Credenciales", en: "Credentials", pt: "Credenciais"),
                values: ["changed": Message(es: "Cambiadas", en: "Changed", pt: "Alteradas")]),
            DetailKind(
                "answer", Message(es: "Respuesta del NAS", en: "Answer of the NAS", pt: "Resposta do NAS")),
            DetailKind("cause", Message(es: "Fin de la sesión", en: "How it ended", pt: "Fim da sessão")),
        ]
        for kind in (AccessServer.detailKinds + RadiusAccess.detailKinds)
        where !details.contains(where: { $0.name == kind.name }) {
            details.append(kind)
        }
        return details
    }()
}

extension Crew {
    static let radius = Crew("radius", places: 32)
}

extension Room {
    package static let radius = Room(
        .radius,
        panel: { routes, context in AccessServerRoutes(RadiusActs(context)).add(to: &routes) },
        api: { routes, context in RadiusAPI(RadiusActs(context)).add(to: &routes) },
        onPortal: ServiceTraffic.ofSubscriber,
        jobs: { jobs, context in
            let acts = RadiusActs(context)
            jobs.add(EndSessions.self, to: .radius) { try await $0.run(in: $1, by: acts) }
            jobs.add(WatchSessions.self, to: .radius) { try await $0.run(in: $1) }
        })
}

extension RadiusActs {
    package init(_ context: RoomContext) {
        self.init(
            RouterDialer(context.devices, vault: context.vault), vault: context.vault, randomness: context.randomness)
    }
}
