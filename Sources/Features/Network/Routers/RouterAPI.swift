import API
import Access
import Identifiers
import JSON
import Locale
import Nouns
import Postgres
import Services
import Tenancy
import Time

/// Routers and access points in the API.
package struct RouterAPI: Sendable {
    let acts: RouterActs

    package init(_ acts: RouterActs) { self.acts = acts }

    package func add(to routes: inout API.Routes) {
        routes.list("/api/v1/routers", .networkRead, RouterAPIWords.list, by: NoInput.self) { visit, _, page in
            try await visit.database.routers(after: page.after, limit: page.limit)
        }
        routes.post("/api/v1/routers", .networkManage, RouterAPIWords.create) { (visit, new: NewNoun<Router>) in
            try await acts.add(
                try new.noun(from: acts.blank(at: visit.now)), by: visit.principal, in: visit.database)
        }
        routes.get("/api/v1/routers/:id", .networkRead, RouterAPIWords.read) { (visit, id: Router.ID) in
            try await visit.database.router(id)
        }
        routes.patch(
            "/api/v1/routers/:id", .networkManage, RouterAPIWords.change,
            of: { (visit, id: Router.ID) in try await visit.database.router(id, locked: true) }
        ) { (visit, router, changes: NounChanges<Router>) in
            try await acts.change(
                router, to: changes.applied(to: router), by: visit.principal, in: visit.database)
        }
        routes.delete("/api/v1/routers/:id", .networkManage, RouterAPIWords.delete) { (visit, id: Router.ID) in
            try await acts.delete(id, by: visit.principal, in: visit.database)
        }
        routes.get("/api/v1/routers/:id/health", .networkRead, RouterAPIWords.health) { (visit, id: Router.ID) in
            try await visit.database.routerHealth(id).map { HealthOfRouter(router: id, health: $0) }
        }
        routes.post("/api/v1/routers/:id/comparisons", .networkOperate, RouterAPIWords.compare) {
            (visit, _: NoInput, id: Router.ID) in
            try await acts.compare(id, by: visit.principal, in: visit.database)
        }
        routes.get("/api/v1/services/:id/access-point", .networkRead, RouterAPIWords.accessPoint) {
            (visit, id: Service.ID) in
            try await visit.database.accessPoint(id)
        }
        routes.post("/api/v1/services/:id/access-point", .networkOperate, RouterAPIWords.bind) {
            (visit, new: NewNoun<AccessPoint>, id: Service.ID) in
            let service = try await found(id, visit)
            let known = try await visit.database.accessPoint(id)
            return try await acts.bind(
                new.noun(from: known ?? AccessPoint(service: id)), of: service, by: visit.principal,
                in: visit.database)
        }
        routes.delete("/api/v1/services/:id/access-point", .networkOperate, RouterAPIWords.unbind) {
            (visit, id: Service.ID) in
            try await acts.unbind(try await found(id, visit), by: visit.principal, in: visit.database)
        }
        addMoves(to: &routes)
    }

    private func found(_ id: Service.ID, _ visit: Visit) async throws -> Service {
        guard let service = try await visit.database.service(id, on: visit.today) else { throw AccessRefusal.notFound }
        return service
    }

    private struct HealthOfRouter: Resource {
        let router: Router.ID
        let health: RouterHealth

        static let schema = Schema.object(
            "RouterHealth",
            [
                .required("state", .words(RouterHealth.State.allCases.map(\.rawValue)), RouterAPIWords.state),
                .required("identity", .text, RouterWords.identity), .required("version", .text, RouterWords.version),
                .required("board", .text, RouterWords.board), .required("trouble", .text, RouterWords.trouble),
                .required("seen_at", Schema.text.orNull, RouterWords.seen),
                .required("compared_at", Schema.text.orNull, RouterWords.compared),
                .required("unbound", .integer(0...Int.max), RouterWords.unbound),
            ])

        var path: String { "/api/v1/routers/\(router)/health" }

        func write(to json: inout JSONWriter) {
            json.object { json in
                json.member("state", health.state.rawValue)
                json.member("identity", health.identity)
                json.member("version", health.version)
                json.member("board", health.board)
                json.member("trouble", health.trouble)
                json.member("seen_at", health.seenAt?.rfc3339)
                json.member("compared_at", health.comparedAt?.rfc3339)
                json.member("unbound", health.unbound)
            }
        }
    }
}

extension Router: ListedResource {
    package static let schema = Schema.object(
        "Router",
        [
            .required("id", .id, RouterAPIWords.id), .required("paused", .flag, RouterAPIWords.paused),
        ] + schemaFields)

    package var path: String { "/api/v1/routers/\(id)" }
    package var position: Int { number }
}

extension AccessPoint: Resource {
    package static let schema = Schema.object(
        "AccessPoint",
        [
            .required("service", .id, RouterAPIWords.service),
            .required("revision", .integer(0...Int.max), RouterAPIWords.revision),
        ] + schemaFields)

    package var path: String { "/api/v1/services/\(service)/access-point" }
}

enum RouterAPIWords: MessageCatalogue {
    case list, create, read, change, delete, health, compare, accessPoint, bind, unbind, id, paused, state, service
    case revision

    var message: Message {
        switch self {
        case .list: Message(es: "Lista de routers", en: "The routers", pt: "Lista de roteadores")
        case .create: Message(es: "Agrega un router", en: "Adds a router", pt: "Adiciona um roteador")
        case .read: Message(es: "Un router", en: "One router", pt: "Um roteador")
        case .change: Message(es: "Cambia un router", en: "Changes a router", pt: "Altera um roteador")
        case .delete:
            Message(
                es: "Elimina un router sin servicios", en: "Deletes a router without services",
                pt: "Exclui um roteador sem serviços")
        case .health:
            Message(
                es: "Si el router responde y qué dijo de sí",
                en: "Whether the router answers, and what it said of itself",
                pt: "Se o roteador responde e o que disse de si")
        case .compare:
            Message(
                es: "Revisa el router por completo", en: "Compares the whole router",
                pt: "Revisa o roteador por completo")
        case .accessPoint:
            Message(
                es: "Cómo llega un servicio a la red", en: "How a service reaches the network",
                pt: "Como um serviço chega à rede")
        case .bind:
            Message(
                es: "Liga un servicio a su router, o cambia cómo", en: "Binds a service to its router, or changes how",
                pt: "Liga um serviço ao seu roteador, ou muda como")
        case .unbind:
            Message(
                es: "Desliga un servicio de su router", en: "Unbinds a service from its router",
                pt: "Desliga um serviço do seu roteador")
        case .id: Message(es: "Identifica al router.", en: "Stands for the router.", pt: "Identifica o roteador.")
        case .paused:
            Message(
                es: "Si no se le envía nada.", en: "Whether nothing is sent to it.", pt: "Se nada lhe é enviado.")
        case .state:
            Message(
                es: "unknown: sin probar; up: responde; down: no responde; paused: en pausa.",
                en: "unknown: not tried; up: answers; down: does not answer; paused: paused.",
                pt: "unknown: sem testar; up: responde; down: não responde; paused: em pausa.")
        case .service: Message(es: "De qué servicio es.", en: "Whose it is.", pt: "De qual serviço é.")
        case .revision:
            Message(
                es: "Crece con cada cambio.", en: "Grows with each change.", pt: "Cresce a cada mudança.")
        }
    }
}
