import API
import Access
import Identifiers
import JSON
import Locale
import Nouns
import Postgres
import Routers
import Services
import Tenancy
import Time

/// Access servers, services' ways in by them, and who is on line, as programs see them.
struct RadiusAPI: Sendable {
    private static let most = 1000

    private let acts: RadiusActs

    init(_ acts: RadiusActs) { self.acts = acts }

    func add(to routes: inout API.Routes) {
        routes.list("/api/v1/access-servers", .networkRead, RadiusAPIWords.list, by: NoInput.self) { visit, _, page in
            try await visit.database.accessServers(after: page.after, limit: page.limit)
        }
        routes.post("/api/v1/access-servers", .networkManage, RadiusAPIWords.create) {
            (visit, new: NewNoun<AccessServer>) in
            try await acts.add(
                new.noun(from: acts.blank(at: visit.now)), to: visit.tenant, by: visit.principal, in: visit.database)
        }
        routes.get("/api/v1/access-servers/:id", .networkRead, RadiusAPIWords.read) { (visit, id: AccessServer.ID) in
            try await visit.database.accessServer(id)
        }
        routes.patch(
            "/api/v1/access-servers/:id", .networkManage, RadiusAPIWords.change,
            of: { (visit, id: AccessServer.ID) in try await visit.database.accessServer(id, locked: true) }
        ) { (visit, server, changes: NounChanges<AccessServer>) in
            try await acts.change(server, to: changes.applied(to: server), by: visit.principal, in: visit.database)
        }
        routes.delete("/api/v1/access-servers/:id", .networkManage, RadiusAPIWords.delete) {
            (visit, id: AccessServer.ID) in
            try await acts.delete(id, by: visit.principal, in: visit.database)
        }
        routes.post("/api/v1/access-servers/:id/secrets", .networkManage, RadiusAPIWords.renew) {
            (visit, _: NoInput, id: AccessServer.ID) in
            try await acts.renewSecret(of: id, by: visit.principal, in: visit.database)
        }
        routes.get("/api/v1/radius-sessions", .networkRead, RadiusAPIWords.sessions) { visit in
            OpenSessions(items: try await visit.database.openSessions(limit: Self.most))
        }
        routes.get("/api/v1/radius-rejections", .networkRead, RadiusAPIWords.rejections) { visit in
            Rejections(items: try await visit.database.rejections(limit: Self.most))
        }
        routes.get("/api/v1/services/:id/traffic", .networkRead, RadiusAPIWords.traffic) { (visit, id: Service.ID) in
            guard try await visit.database.service(id, on: visit.today) != nil else { return ServiceTraffic?.none }
            return try await ServiceTraffic.lately(of: [id], visit)
        }
        routes.get("/api/v1/services/:id/radius-access", .networkRead, RadiusAPIWords.access) {
            (visit, id: Service.ID) in
            try await visit.database.radiusAccess(id)
        }
        routes.post("/api/v1/services/:id/radius-access", .networkOperate, RadiusAPIWords.put) {
            (visit, new: NewNoun<RadiusAccess>, id: Service.ID) in
            let service = try await found(id, visit)
            let known = try await visit.database.radiusAccess(id)
            return try await acts.put(
                new.noun(from: known ?? RadiusAccess(service: id)), of: service, by: visit.principal,
                in: visit.database)
        }
        routes.delete("/api/v1/services/:id/radius-access", .networkOperate, RadiusAPIWords.remove) {
            (visit, id: Service.ID) in
            try await acts.remove(try await found(id, visit), by: visit.principal, in: visit.database)
        }
    }

    private func found(_ id: Service.ID, _ visit: Visit) async throws -> Service {
        guard let service = try await visit.database.service(id, on: visit.today) else { throw AccessRefusal.notFound }
        return service
    }
}

extension AccessServer: ListedResource, OneTimeResource {
    package static let schema = Schema.object(
        "AccessServer",
        [
            .required("id", .id, RadiusAPIWords.id),
            .required("seen_at", Schema.text.orNull, RadiusAPIWords.seen),
            .required("secret", Schema.text.orNull, RadiusAPIWords.secret),
        ] + schemaFields)

    package var path: String { "/api/v1/access-servers/\(id)" }
    package var position: Int { number }

    package var lasting: AccessServer {
        var lasting = self
        lasting.newSecret = nil
        return lasting
    }
}

extension RadiusAccess: Resource {
    package static let schema = Schema.object(
        "RadiusAccess",
        [
            .required("service", .id, RadiusAPIWords.service),
            .required("ends_at", Schema.text.orNull, RadiusAPIWords.endsAt),
            .required("accepted_at", Schema.text.orNull, RadiusAPIWords.accepted),
        ] + schemaFields)

    package var path: String { "/api/v1/services/\(service)/radius-access" }
}

private struct OpenSessions: Resource {
    let items: [RadiusSession]

    static let schema = Schema.object(
        "RadiusSessions",
        [
            .required(
                "items",
                .list(
                    of: .object(
                        "RadiusSession",
                        [
                            .required("id", .id, RadiusAPIWords.session),
                            .required("access_server", .id, RadiusAPIWords.id),
                            .required("service", Schema.id.orNull, RadiusAPIWords.service),
                            .required("login", .text, RadiusWords.login),
                            .required("address", .text, RadiusWords.address),
                            .required("mac", .text, RadiusWords.caller),
                            .required("started_at", .text, RadiusWords.since),
                            .required("seen_at", .text, RadiusAPIWords.seen),
                            .required("seconds", .integer(0...Int.max), RadiusAPIWords.seconds),
                            .required("bytes_sent", .integer(0...Int.max), RadiusAPIWords.sent),
                            .required("bytes_received", .integer(0...Int.max), RadiusAPIWords.received),
                        ])), RadiusAPIWords.sessions)
        ])

    var path: String { "/api/v1/radius-sessions" }

    func write(to json: inout JSONWriter) {
        json.object { json in
            json.array("items") { json in
                for one in items {
                    json.object { json in
                        json.member("id", one.id.description)
                        json.member("access_server", one.server.description)
                        json.member("service", one.service?.description)
                        json.member("login", one.login)
                        json.member("address", one.address)
                        json.member("mac", one.caller)
                        json.member("started_at", one.startedAt.rfc3339)
                        json.member("seen_at", one.seenAt.rfc3339)
                        json.member("seconds", one.seconds)
                        json.member("bytes_sent", one.sent)
                        json.member("bytes_received", one.received)
                    }
                }
            }
        }
    }
}

private struct Rejections: Resource {
    let items: [RadiusRejection]

    static let schema = Schema.object(
        "RadiusRejections",
        [
            .required(
                "items",
                .list(
                    of: .object(
                        "RadiusRejection",
                        [
                            .required("access_server", .id, RadiusAPIWords.id),
                            .required("service", Schema.id.orNull, RadiusAPIWords.service),
                            .required("login", .text, RadiusWords.login),
                            .required(
                                "reason", .words(RadiusRejection.Reason.allCases.map(\.rawValue)), RadiusWords.reason),
                            .required("times", .integer(1...Int.max), RadiusWords.times),
                            .required("mac", .text, RadiusWords.caller),
                            .required("last_at", .text, RadiusWords.last),
                        ])), RadiusAPIWords.rejections)
        ])

    var path: String { "/api/v1/radius-rejections" }

    func write(to json: inout JSONWriter) {
        json.object { json in
            json.array("items") { json in
                for one in items {
                    json.object { json in
                        json.member("access_server", one.server.description)
                        json.member("service", one.service?.description)
                        json.member("login", one.login)
                        json.member("reason", one.reason.rawValue)
                        json.member("times", one.times)
                        json.member("mac", one.caller)
                        json.member("last_at", one.lastAt.rfc3339)
                    }
                }
            }
        }
    }
}

enum RadiusAPIWords: MessageCatalogue {
    case list, create, read, change, delete, renew, sessions, rejections, access, put, remove, id, seen, secret, service
    case endsAt, accepted, session, seconds, sent, received, traffic, day

    var message: Message {
        switch self {
        case .list:
            Message(
                es: "Lista de equipos NAS", en: "The access servers (NAS)", pt: "Lista de equipamentos NAS")
        case .create:
            Message(
                es: "Agrega un NAS y responde, una sola vez, su secreto",
                en: "Adds a NAS and answers, this once, its secret",
                pt: "Adiciona um NAS e responde, uma única vez, o seu segredo")
        case .read: Message(es: "Un NAS", en: "One NAS", pt: "Um NAS")
        case .change: Message(es: "Cambia un NAS", en: "Changes a NAS", pt: "Altera um NAS")
        case .delete: Message(es: "Elimina un NAS", en: "Deletes a NAS", pt: "Exclui um NAS")
        case .renew:
            Message(
                es: "Da otro secreto a un NAS; el anterior ya no vale",
                en: "Gives a NAS another secret; the one before is worth nothing any more",
                pt: "Dá outro segredo a um NAS; o anterior já não vale")
        case .sessions:
            Message(
                es: "Quién está en línea por RADIUS, lo más reciente primero",
                en: "Who is on line by RADIUS, the latest first",
                pt: "Quem está on-line por RADIUS, o mais recente primeiro")
        case .rejections:
            Message(
                es: "A quién se rechazó y por qué, lo más reciente primero",
                en: "Who was refused and why, the latest first",
                pt: "Quem foi recusado e por quê, o mais recente primeiro")
        case .access:
            Message(
                es: "Cómo entra un servicio por RADIUS", en: "How a service goes on line by RADIUS",
                pt: "Como um serviço entra por RADIUS")
        case .put:
            Message(
                es: "Da acceso por RADIUS a un servicio, o lo cambia",
                en: "Lets a service in by RADIUS, or changes how", pt: "Dá acesso por RADIUS a um serviço, ou o altera")
        case .remove:
            Message(
                es: "Quita el acceso por RADIUS a un servicio", en: "Takes away a service's access by RADIUS",
                pt: "Tira o acesso por RADIUS de um serviço")
        case .id: Message(es: "Identifica al NAS.", en: "Stands for the NAS.", pt: "Identifica o NAS.")
        case .seen:
            Message(
                es: "Cuándo informó por última vez.", en: "When it last reported.", pt: "Quando informou por último.")
        case .secret:
            Message(
                es: "Solo en la respuesta que lo crea.", en: "Only in the answer that makes it.",
                pt: "Só na resposta que o cria.")
        case .service: Message(es: "De qué servicio es.", en: "Whose it is.", pt: "De qual serviço é.")
        case .endsAt:
            Message(
                es: "Cuándo termina la prueba.", en: "When the trial ends.", pt: "Quando termina o teste.")
        case .accepted:
            Message(
                es: "Cuándo entró por última vez.", en: "When it last got in.", pt: "Quando entrou por último.")
        case .traffic:
            Message(
                es: "Lo que movió un servicio en cada uno de los últimos 30 días",
                en: "What a service moved on each of the last 30 days",
                pt: "O que um serviço movimentou em cada um dos últimos 30 dias")
        case .day:
            Message(
                es: "Un día del calendario de la empresa.", en: "A day of the company's calendar.",
                pt: "Um dia do calendário da empresa.")
        case .session: Message(es: "Identifica la sesión.", en: "Stands for the session.", pt: "Identifica a sessão.")
        case .seconds:
            Message(es: "Cuánto lleva, en segundos.", en: "How long it lasts, in seconds.", pt: "Há quantos segundos.")
        case .sent: Message(es: "Bytes del cliente.", en: "Bytes from the customer.", pt: "Bytes do cliente.")
        case .received:
            Message(es: "Bytes hacia el cliente.", en: "Bytes to the customer.", pt: "Bytes para o cliente.")
        }
    }
}
