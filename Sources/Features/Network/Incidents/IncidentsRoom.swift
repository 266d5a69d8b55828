import API
import Access
import Assembly
import Bot
import Collection
import Customers
import Declarations
import HTML
import Identifiers
import Letters
import Locale
import Monitoring
import Notices
import Nouns
import Panel
import Postgres
import Routers
import Services
import Tenancy
import Topology
import Zones

extension EventKind {
    package static let incidentOpened = EventKind(
        "incident.opened", Message(es: "Abrió una falla", en: "Opened an incident", pt: "Abriu uma falha"),
        told: Message(es: "Falla abierta", en: "Incident opened", pt: "Falha aberta"), to: .networkRead)
    package static let incidentMoved = EventKind(
        "incident.moved",
        Message(
            es: "Halló más arriba la causa de una falla", en: "Found an incident's cause higher up",
            pt: "Achou mais acima a causa de uma falha"),
        told: Message(es: "Causa de una falla hallada", en: "Incident's cause found", pt: "Causa de uma falha achada"),
        to: .networkRead)
    package static let incidentOverran = EventKind(
        "incident.overran",
        Message(
            es: "Vio pasarse de la hora un mantenimiento", en: "Saw a maintenance overrun",
            pt: "Viu uma manutenção passar da hora"),
        told: Message(
            es: "Mantenimiento que se pasó de la hora", en: "Maintenance overran", pt: "Manutenção que passou da hora"),
        to: .networkRead)
    package static let incidentEscalated = EventKind(
        "incident.escalated",
        Message(
            es: "Repitió la alerta de una falla que nadie reconoce",
            en: "Alerted again of an incident nobody acknowledges",
            pt: "Repetiu o alerta de uma falha que ninguém reconhece"),
        told: Message(
            es: "Falla que nadie reconoce", en: "Incident nobody acknowledges", pt: "Falha que ninguém reconhece"),
        to: .networkRead)
    package static let incidentAcknowledged = EventKind(
        "incident.acknowledged",
        Message(es: "Reconoció una falla", en: "Acknowledged an incident", pt: "Reconheceu uma falha"),
        told: Message(es: "Falla reconocida", en: "Incident acknowledged", pt: "Falha reconhecida"), to: .networkRead)
    package static let incidentUpdated = EventKind(
        "incident.updated",
        Message(es: "Dio novedades de una falla", en: "Gave news of an incident", pt: "Deu novidades de uma falha"),
        told: Message(es: "Novedades de una falla", en: "News of an incident", pt: "Novidades de uma falha"),
        to: .networkRead)
    package static let incidentResolved = EventKind(
        "incident.resolved",
        Message(es: "Dio por resuelta una falla", en: "Resolved an incident", pt: "Resolveu uma falha"),
        told: Message(es: "Falla resuelta", en: "Incident resolved", pt: "Falha resolvida"), to: .networkRead)
    package static let incidentRetracted = EventKind(
        "incident.retracted",
        Message(
            es: "Retiró una falla declarada por error", en: "Withdrew an incident declared by mistake",
            pt: "Retirou uma falha declarada por engano"))
    package static let maintenanceAnnounced = EventKind(
        "maintenance.announced",
        Message(es: "Programó un mantenimiento", en: "Announced maintenance", pt: "Programou uma manutenção"),
        told: Message(es: "Mantenimiento programado", en: "Maintenance announced", pt: "Manutenção programada"),
        to: .networkRead)
    package static let maintenanceCancelled = EventKind(
        "maintenance.cancelled",
        Message(es: "Canceló un mantenimiento", en: "Called off maintenance", pt: "Cancelou uma manutenção"),
        told: Message(es: "Mantenimiento cancelado", en: "Maintenance called off", pt: "Manutenção cancelada"),
        to: .networkRead)
    package static let outagePolicyChanged = EventKind(
        "outage_policy.changed",
        Message(es: "Cambió la política de fallas", en: "Changed the outage policy", pt: "Alterou a política de falhas")
    )
}

extension Notice {
    package static let incidentDeclared = Notice(
        "incident_declared",
        Message(
            es: "Falla declarada: los afectados se avisan y su cobranza espera.",
            en: "Incident declared: those affected are told and their collection waits.",
            pt: "Falha declarada: os afetados são avisados e a cobrança deles espera."))
}

extension LetterKind {
    package static let incident = LetterKind(
        "incident", Message(es: "Alerta de falla", en: "Alert of an incident", pt: "Alerta de falha"))
}

extension NoticeKind {
    package static let outage = NoticeKind(
        "outage", Message(es: "Falla", en: "Outage", pt: "Falha"), blanks: ["lugar", "desde", "hora", "duracion"]
    ) { notice, database in
        try await database.incident(Incident.ID(notice.about))?.state != .resolved
    }
    package static let outageOver = NoticeKind(
        "outage_over", Message(es: "Servicio restablecido", en: "Service is back", pt: "Serviço restabelecido"),
        blanks: ["lugar", "desde", "hora", "duracion"]
    ) { notice, database in
        try await !database.missed(notice.customer, noticeOf: Incident.ID(notice.about))
    }
}

extension RoomDeclarations {
    package static let incidents = RoomDeclarations(
        "Incidents",
        menu: [
            MenuEntry(
                .menu(.monitoring, 10), NocWords.title.message, path: NocRoutes.path, permission: .networkRead,
                icon: .screen,
                synonyms: Message(
                    es: "noc tablero monitoreo", en: "noc board monitoring", pt: "noc painel monitoramento")),
            MenuEntry(
                .menu(.monitoring, 20), IncidentWords.incidents.message, path: Incident.path, permission: .networkRead,
                icon: .alert,
                synonyms: Message(
                    es: "caídas incidentes falla general sin internet", en: "outages down", pt: "quedas incidentes")),
            MenuEntry(
                .menu(.monitoring, 30), IncidentWords.maintenances.message, path: Maintenance.path,
                permission: .networkRead, icon: .calendar,
                synonyms: Message(es: "ventana programado", en: "window planned", pt: "janela programada")),
        ],
        notices: [.incidentDeclared],
        events: [
            .incidentOpened, .incidentMoved, .incidentOverran, .incidentEscalated, .incidentAcknowledged,
            .incidentUpdated, .incidentResolved, .incidentRetracted, .maintenanceAnnounced, .maintenanceCancelled,
            .outagePolicyChanged,
        ],
        details: details, letters: [.incident], parts: parts + NocCommands.all + NocCommands.notices)

    private static let parts: [any RoomPart] = [
        NoticeKind.outage, NoticeKind.outageOver, customerFact,
        BotInterruption(10) { turn, customer in
            let facts = try await turn.database.connectionFacts(of: customer.id, on: turn.today, at: turn.now)
            return ConnectionVerdict.decide(facts).told(by: turn.company)
        },
        NounUse<Site>(30, "incidents") { database, id in
            """
            FROM (SELECT site_id FROM incidents WHERE tenant_id = \(database.tenant) UNION ALL
                SELECT site_id FROM maintenances WHERE tenant_id = \(database.tenant)) x WHERE x.site_id = \(id)
            """
        },
        NounUse<Zone>(70, "incidents") { database, id in
            """
            FROM (SELECT zone_id FROM incidents WHERE tenant_id = \(database.tenant) UNION ALL
                SELECT zone_id FROM maintenances WHERE tenant_id = \(database.tenant)) x WHERE x.zone_id = \(id)
            """
        },
    ]

    private static let details: [DetailKind] = {
        var details: [DetailKind] = [DetailKind("down_minutes", IncidentWords.lasted.message)]
        let fields =
            NewIncident.detailKinds + IncidentNews.detailKinds + NewMaintenance.detailKinds
            + OutagePolicy.detailKinds
        for kind in fields where !details.contains(where: { $0.name == kind.name }) { details.append(kind) }
        return details
    }()

    /// «Falla en Cerro desde las 10:42», in the heading of the customer's pages.
    private static let customerFact: any RoomPart = CustomerFacts(
        5, for: .networkRead,
        reading: { visit, customer in [visit.database.openIncidentsStatement(of: customer.id)] },
        { rows, visit, _ in
            try (rows[0].read() as [Incident]).prefix(1).map { incident in
                CustomerFact(
                    VerdictWords.title.text(for: visit.reader),
                    ConnectionVerdict.outage(incident).text(of: visit.tenant, for: visit.reader), .bad,
                    at: incident.panelPath)
            }
        })
}

extension Room {
    package static let incidents = Room(
        .incidents,
        panel: { routes, context in
            IncidentRoutes(files: context.files, randomness: context.randomness).add(to: &routes)
            NocRoutes.add(to: &routes)
        },
        api: { routes, context in IncidentAPI(randomness: context.randomness).add(to: &routes) },
        onPortal: { visit, subscriber in
            let facts = try await visit.database.connectionFacts(
                of: Customer.ID(subscriber), on: visit.today, at: visit.now)
            guard let text = ConnectionVerdict.decide(facts).told(by: visit.tenant) else { return [] }
            return [HomePart(.standing, 2, PortalOutage(text: text))]
        },
        jobs: { jobs, context in
            let acts = IncidentFollowing(context)
            jobs.add(FollowIncident.self) { try await $0.run(in: $1, by: acts) }
            jobs.add(LookAtOutages.self) { try await $0.run(in: $1, by: acts) }
            jobs.add(FollowEndedIncidents.self) { try await $0.run(in: $1) }
        }, nightly: [FollowEndedIncidents.self], letters: IncidentLetters.add)
}

extension IncidentFollowing {
    package init(_ context: RoomContext) {
        self.init(
            context.catalogue,
            origin: { tenant in context.mailing == nil ? nil : context.directory.address(of: tenant) },
            randomness: context.randomness)
    }
}

/// On the portal, in the place of what is said of the service.
private struct PortalOutage: View {
    let text: String

    var body: Markup { section(.class("card")) { p(.class("warning"), .role("status")) { text } } }
}
