import API
import Access
import HTTP
import Identifiers
import JSON
import Locale
import Nouns
import Postgres
import Routers
import Services
import Tenancy
import Time

/// Incidents and maintenance in the API.
struct IncidentAPI: Sendable {
    let randomness: Randomness

    func add(to routes: inout API.Routes) {
        routes.list("/api/v1/incidents", .networkRead, IncidentAPIWords.list, by: IncidentFilter.self) {
            visit, filter, page in
            try await visit.database.incidents(in: filter.state, after: page.after, limit: page.limit)
        }
        routes.post("/api/v1/incidents", .networkOperate, IncidentAPIWords.declare) {
            (visit, new: NewNoun<NewIncident>) in
            try await new.noun(from: NewIncident()).declare(
                as: .make(milliseconds: visit.now.milliseconds, from: randomness), by: visit.principal,
                in: visit.database)
        }
        routes.get("/api/v1/incidents/:id", .networkRead, IncidentAPIWords.read) { (visit, id: Incident.ID) in
            try await visit.database.incident(id)
        }
        routes.post("/api/v1/incidents/:id/acknowledgements", .networkOperate, IncidentAPIWords.acknowledge) {
            (visit, _: NoInput, id: Incident.ID) in
            try await Incident.acknowledge(id, by: visit.principal, in: visit.database)
        }
        routes.post("/api/v1/incidents/:id/news", .networkOperate, IncidentAPIWords.tell) {
            (visit, news: NewNoun<IncidentNews>, id: Incident.ID) in
            try await Incident.tell(
                news.noun(from: IncidentNews()), of: id, by: visit.principal, in: visit.database)
        }
        routes.post("/api/v1/incidents/:id/resolutions", .networkOperate, IncidentAPIWords.resolve) {
            (visit, _: NoInput, id: Incident.ID) in
            try await Incident.resolve(id, by: visit.principal, in: visit.database)
        }
        routes.list("/api/v1/maintenances", .networkRead, IncidentAPIWords.maintenances, by: NoInput.self) {
            visit, _, page in
            try await visit.database.maintenances(after: page.after, limit: page.limit)
        }
        routes.post("/api/v1/maintenances", .networkOperate, IncidentAPIWords.announce) {
            (visit, new: NewNoun<NewMaintenance>) in
            try await new.noun(from: NewMaintenance(on: visit.today)).announce(
                as: .make(milliseconds: visit.now.milliseconds, from: randomness), of: visit.tenant,
                by: visit.principal, in: visit.database)
        }
        routes.get("/api/v1/maintenances/:id", .networkRead, IncidentAPIWords.maintenance) {
            (visit, id: Maintenance.ID) in
            try await visit.database.maintenance(id)
        }
        routes.post("/api/v1/maintenances/:id/cancellations", .networkOperate, IncidentAPIWords.cancel) {
            (visit, _: NoInput, id: Maintenance.ID) in
            try await Maintenance.cancel(id, by: visit.principal, in: visit.database)
        }
    }
}

struct IncidentFilter: Input {
    static let schema = Schema.object(
        "IncidentFilter",
        [.optional("state", .words(Incident.State.allCases.map(\.rawValue)), IncidentAPIWords.state)])

    let state: Incident.State?

    init(_ members: Members) { state = members.word("state") }
}

extension Incident: ListedResource {
    package static let schema = Schema.object(
        "Incident",
        [
            .required("id", .id, IncidentAPIWords.id), .required("number", .integer(1...Int.max), IncidentWords.number),
            .required("cause", .words(Cause.allCases.map(\.rawValue)), IncidentAPIWords.cause),
            .required("title", .text, IncidentWords.title),
            .required("site", Schema.id.orNull, IncidentAPIWords.site),
            .required("zone", Schema.id.orNull, IncidentAPIWords.zone),
            .required("device", Schema.id.orNull, IncidentAPIWords.device),
            .required("state", .words(State.allCases.map(\.rawValue)), IncidentAPIWords.state),
            .required("note", .text, IncidentWords.note), .required("started_at", .text, IncidentAPIWords.startedAt),
            .required("expected_at", Schema.text.orNull, IncidentAPIWords.expectedAt),
            .required("in_maintenance", .flag, IncidentAPIWords.inMaintenance),
            .required("acknowledged_at", Schema.text.orNull, IncidentAPIWords.acknowledgedAt),
            .required("resolved_at", Schema.text.orNull, IncidentAPIWords.resolvedAt),
            .required("part_of", Schema.id.orNull, IncidentAPIWords.partOf),
            .required("customers", .integer(0...Int.max), IncidentWords.affected),
            .required("told", .integer(0...Int.max), IncidentAPIWords.told),
        ])

    package var path: String { "/api/v1/incidents/\(id)" }
    package var position: Int { number }
}

extension Maintenance: ListedResource {
    package static let schema = Schema.object(
        "Maintenance",
        [
            .required("id", .id, IncidentAPIWords.maintenanceID),
            .required("number", .integer(1...Int.max), IncidentWords.number),
            .required("title", .text, IncidentWords.maintenanceTitle),
            .required("site", Schema.id.orNull, IncidentAPIWords.site),
            .required("zone", Schema.id.orNull, IncidentAPIWords.zone),
            .required("starts_at", .text, IncidentAPIWords.startedAt),
            .required("ends_at", .text, IncidentAPIWords.endsAt), .required("note", .text, IncidentWords.note),
            .required("cancelled_at", Schema.text.orNull, IncidentAPIWords.cancelledAt),
        ])

    package var path: String { "/api/v1/maintenances/\(id)" }
    package var position: Int { number }
}

enum IncidentAPIWords: MessageCatalogue {
    case list, declare, read, acknowledge, tell, resolve, maintenances, announce, maintenance, cancel, id, maintenanceID
    case cause, site, zone, device, state, startedAt, expectedAt, inMaintenance, acknowledgedAt, resolvedAt, partOf,
        told
    case endsAt, cancelledAt

    var message: Message {
        switch self {
        case .list: Message(es: "Las fallas, por número", en: "The incidents, by number", pt: "As falhas, por número")
        case .declare: Message(es: "Declara una falla", en: "Declares an incident", pt: "Declara uma falha")
        case .read: Message(es: "Una falla", en: "One incident", pt: "Uma falha")
        case .acknowledge: Message(es: "Reconoce una falla", en: "Acknowledges an incident", pt: "Reconhece uma falha")
        case .tell:
            Message(
                es: "Dice cuánto falta en una falla", en: "Says how long an incident will take",
                pt: "Diz quanto falta em uma falha")
        case .resolve:
            Message(
                es: "Da por resuelta una falla", en: "Marks an incident as resolved",
                pt: "Marca uma falha como resolvida")
        case .maintenances:
            Message(
                es: "Los mantenimientos, por número", en: "The maintenance, by number", pt: "As manutenções, por número"
            )
        case .announce:
            Message(es: "Programa un mantenimiento", en: "Announces maintenance", pt: "Programa uma manutenção")
        case .maintenance: Message(es: "Un mantenimiento", en: "One maintenance", pt: "Uma manutenção")
        case .cancel:
            Message(es: "Cancela un mantenimiento", en: "Calls off a maintenance", pt: "Cancela uma manutenção")
        case .id: Message(es: "Identifica la falla.", en: "Stands for the incident.", pt: "Identifica a falha.")
        case .maintenanceID:
            Message(
                es: "Identifica el mantenimiento.", en: "Stands for the maintenance.", pt: "Identifica a manutenção.")
        case .cause:
            Message(
                es: "reported: la declaró alguien; device: la vio el monitor.",
                en: "reported: somebody declared it; device: the monitor saw it.",
                pt: "reported: alguém a declarou; device: o monitor a viu.")
        case .site:
            Message(
                es: "El sitio que cayó; null si no es uno.", en: "The site that is down; null where none.",
                pt: "O local que caiu; null se não é um.")
        case .zone:
            Message(
                es: "La zona; null si no es una.", en: "The zone; null where none.", pt: "A zona; null se não é uma.")
        case .device:
            Message(
                es: "El equipo que cayó; null si no es uno.", en: "The device that is down; null where none.",
                pt: "O equipamento que caiu; null se não é um.")
        case .state:
            Message(
                es: "Abierta, reconocida o resuelta.", en: "Open, acknowledged or resolved.",
                pt: "Aberta, reconhecida ou resolvida.")
        case .startedAt: Message(es: "Desde cuándo.", en: "Since when.", pt: "Desde quando.")
        case .expectedAt:
            Message(
                es: "Cuándo se espera que termine; null si no se sabe.",
                en: "When it should be over; null where not known.", pt: "Quando deve terminar; null se não se sabe.")
        case .inMaintenance:
            Message(
                es: "Si empezó en un mantenimiento que sigue: a nadie se avisa.",
                en: "Whether it began in a maintenance that goes on: nobody is told.",
                pt: "Se começou em uma manutenção que continua: ninguém é avisado.")
        case .acknowledgedAt:
            Message(
                es: "Cuándo se reconoció; null si no.", en: "When it was acknowledged; null where not.",
                pt: "Quando foi reconhecida; null se não.")
        case .resolvedAt:
            Message(
                es: "Cuándo terminó; null si sigue.", en: "When it was over; null where it goes on.",
                pt: "Quando terminou; null se continua.")
        case .partOf:
            Message(
                es: "La falla de la que es parte; null si de ninguna.",
                en: "The incident it is part of; null where none.", pt: "A falha da qual é parte; null se de nenhuma.")
        case .told:
            Message(
                es: "Clientes a los que salió el aviso.", en: "Customers to whom the notice was sent.",
                pt: "Clientes a quem o aviso foi enviado.")
        case .endsAt: Message(es: "Hasta cuándo.", en: "Until when.", pt: "Até quando.")
        case .cancelledAt:
            Message(
                es: "Cuándo se canceló; null si no.", en: "When it was called off; null where not.",
                pt: "Quando foi cancelada; null se não.")
        }
    }
}
