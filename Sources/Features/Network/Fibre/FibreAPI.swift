import API
import Access
import FibreProtocol
import Identifiers
import JSON
import Locale
import Nouns
import Postgres
import Routers
import Services
import Tenancy
import Time

/// OLTs, templates and ONUs in the API.
struct FibreAPI: Sendable {
    let acts: FibreActs

    init(_ acts: FibreActs) { self.acts = acts }

    func add(to routes: inout API.Routes) {
        addOLTs(to: &routes)
        addTemplates(to: &routes)
        routes.list("/api/v1/onus", .networkRead, FibreAPIWords.onus, by: NoInput.self) { visit, _, page in
            try await visit.database.onus(after: page.after, limit: page.limit)
        }
        routes.post("/api/v1/onus", .networkOperate, FibreAPIWords.order) { (visit, new: NewNoun<ONUOrder>) in
            try await acts.order(
                try new.noun(from: ONUOrder()), on: visit.today, by: visit.principal, in: visit.database)
        }
        routes.get("/api/v1/onus/:id", .networkRead, FibreAPIWords.readONU) { (visit, id: ONU.ID) in
            try await visit.database.onu(id)
        }
        routes.delete("/api/v1/onus/:id", .networkOperate, FibreAPIWords.release) { (visit, id: ONU.ID) in
            try await acts.release(id, by: visit.principal, in: visit.database)
        }
        routes.post("/api/v1/onus/:id/retries", .networkOperate, FibreAPIWords.retry) {
            (visit, _: NoInput, id: ONU.ID) in
            try await acts.retry(id, by: visit.principal, in: visit.database)
        }
        routes.post("/api/v1/onus/:id/restarts", .networkOperate, FibreAPIWords.restart) {
            (visit, _: NoInput, id: ONU.ID) in
            try await acts.restart(id, by: visit.principal, in: visit.database)
        }
        routes.get("/api/v1/asking-onus", .networkRead, FibreAPIWords.asking) { visit in
            AskingONUs(units: try await visit.database.askingONUs())
        }
    }

    private func addOLTs(to routes: inout API.Routes) {
        routes.list("/api/v1/olts", .networkRead, FibreAPIWords.olts, by: NoInput.self) { visit, _, page in
            try await visit.database.olts(after: page.after, limit: page.limit)
        }
        routes.post("/api/v1/olts", .networkManage, FibreAPIWords.createOLT) { (visit, new: NewNoun<OLT>) in
            try await acts.add(
                try new.noun(from: acts.blank(at: visit.now)), to: visit.tenant, by: visit.principal,
                in: visit.database)
        }
        routes.get("/api/v1/olts/:id", .networkRead, FibreAPIWords.readOLT) { (visit, id: OLT.ID) in
            try await visit.database.olt(id)
        }
        routes.patch(
            "/api/v1/olts/:id", .networkManage, FibreAPIWords.changeOLT,
            of: { (visit, id: OLT.ID) in try await visit.database.olt(id, locked: true) }
        ) { (visit, olt, changes: NounChanges<OLT>) in
            try await acts.change(olt, to: changes.applied(to: olt), by: visit.principal, in: visit.database)
        }
        routes.delete("/api/v1/olts/:id", .networkManage, FibreAPIWords.deleteOLT) { (visit, id: OLT.ID) in
            try await acts.delete(id, by: visit.principal, in: visit.database)
        }
        routes.get("/api/v1/olts/:id/health", .networkRead, FibreAPIWords.health) { (visit, id: OLT.ID) in
            try await visit.database.oltHealth(id).map { HealthOfOLT(olt: id, health: $0) }
        }
        routes.post("/api/v1/olts/:id/readings", .networkOperate, FibreAPIWords.look) {
            (visit, _: NoInput, id: OLT.ID) in
            try await acts.look(at: id, by: visit.principal, in: visit.database)
        }
    }

    private func addTemplates(to routes: inout API.Routes) {
        let path: StaticString = "/api/v1/olt/service-templates/:id"
        routes.list("/api/v1/olt/service-templates", .networkRead, FibreAPIWords.templates, by: NoInput.self) {
            visit, _, page in
            try await visit.database.onuTemplates(after: page.after, limit: page.limit)
        }
        routes.post("/api/v1/olt/service-templates", .networkManage, FibreAPIWords.createTemplate) {
            (visit, new: NewNoun<ONUTemplate>) in
            try await acts.add(
                try new.noun(from: acts.blankTemplate(at: visit.now)), by: visit.principal, in: visit.database)
        }
        routes.get(path, .networkRead, FibreAPIWords.readTemplate) { (visit, id: ONUTemplate.ID) in
            try await visit.database.onuTemplate(id)
        }
        routes.patch(
            path, .networkManage, FibreAPIWords.changeTemplate,
            of: { (visit, id: ONUTemplate.ID) in try await visit.database.onuTemplate(id, locked: true) }
        ) { (visit, template, changes: NounChanges<ONUTemplate>) in
            try await acts.change(
                template, to: changes.applied(to: template), by: visit.principal, in: visit.database)
        }
        routes.delete(path, .networkManage, FibreAPIWords.deleteTemplate) { (visit, id: ONUTemplate.ID) in
            try await acts.delete(id, by: visit.principal, in: visit.database)
        }
        routes.get("/api/v1/olt/service-templates/:id/commands", .networkRead, FibreAPIWords.rehearse) {
            (visit, id: ONUTemplate.ID) in
            try await visit.database.onuTemplate(id).map {
                TemplateCommands(template: id, commands: acts.rehearse($0))
            }
        }
    }
}

private struct HealthOfOLT: Resource {
    let olt: OLT.ID
    let health: OLTHealth

    static let schema = Schema.object(
        "OltHealth",
        [
            .required("state", .words(OLTHealth.State.allCases.map(\.rawValue)), FibreAPIWords.state),
            .required("model", .text, FibreWords.model), .required("version", .text, FibreWords.version),
            .required("trouble", .text, FibreWords.trouble),
            .required("seen_at", Schema.text.orNull, FibreWords.seen),
            .required("compared_at", Schema.text.orNull, FibreWords.compared),
        ])

    var path: String { "/api/v1/olts/\(olt)/health" }

    func write(to json: inout JSONWriter) {
        json.object { json in
            json.member("state", health.state.rawValue)
            json.member("model", health.model)
            json.member("version", health.version)
            json.member("trouble", health.trouble)
            json.member("seen_at", health.seenAt?.rfc3339)
            json.member("compared_at", health.comparedAt?.rfc3339)
        }
    }
}

private struct TemplateCommands: Resource {
    let template: ONUTemplate.ID
    let commands: [String]

    static let schema = Schema.object(
        "OnuTemplateCommands", [.required("commands", .list(of: .text), FibreWords.rehearsalHint)])

    var path: String { "/api/v1/olt/service-templates/\(template)/commands" }

    func write(to json: inout JSONWriter) {
        json.object { json in
            json.array("commands") { json in for command in commands { json.string(command) } }
        }
    }
}

private struct AskingONUs: Resource {
    let units: [AskingONU]

    static let schema = Schema.object(
        "AskingOnus",
        [
            .required(
                "items",
                .list(
                    of: .object(
                        "AskingOnu",
                        [
                            .required("serial", .text, FibreWords.serial), .required("olt", .id, FibreWords.olt),
                            .required("port", .text, FibreWords.port), .required("model", .text, FibreWords.model),
                            .required("found_at", .text, FibreAPIWords.foundAt),
                        ])), FibreAPIWords.asking)
        ])

    var path: String { "/api/v1/asking-onus" }

    func write(to json: inout JSONWriter) {
        json.object { json in
            json.array("items") { json in
                for unit in units {
                    json.object { json in
                        json.member("serial", unit.serial)
                        json.member("olt", unit.olt.description)
                        json.member("port", unit.port)
                        json.member("model", unit.model)
                        json.member("found_at", unit.foundAt.rfc3339)
                    }
                }
            }
        }
    }
}

extension OLT: ListedResource {
    package static let schema = Schema.object("Olt", [.required("id", .id, FibreAPIWords.id)] + schemaFields)

    package var path: String { "/api/v1/olts/\(id)" }
    package var position: Int { number }
}

extension ONUTemplate: ListedResource {
    package static let schema = Schema.object("OnuTemplate", [.required("id", .id, FibreAPIWords.id)] + schemaFields)

    package var path: String { "/api/v1/olt/service-templates/\(id)" }
    package var position: Int { number }
}

extension ONU: ListedResource {
    package static let schema = Schema.object(
        "Onu",
        [
            .required("id", .id, FibreAPIWords.id), .required("serial", .text, FibreWords.serial),
            .required("olt", .id, FibreWords.olt), .required("port", .text, FibreWords.port),
            .required("place", Schema.integer(0...255).orNull, FibreAPIWords.place),
            .required("service", Schema.id.orNull, FibreWords.service),
            .required("template", Schema.id.orNull, FibreWords.template),
            .required("standing", .words(Standing.allCases.map(\.rawValue)), FibreAPIWords.standing),
            .required("online", .flag, FibreWords.online),
            .required("received", Schema.integer(Int.min...Int.max).orNull, FibreAPIWords.received),
            .required("returned", Schema.integer(Int.min...Int.max).orNull, FibreAPIWords.returned),
            .required("distance", Schema.integer(0...Int.max).orNull, FibreAPIWords.distance),
            .required("verified_at", Schema.text.orNull, FibreWords.verified),
            .required("trouble", .text, FibreWords.trouble),
        ])

    package var path: String { "/api/v1/onus/\(id)" }
    package var position: Int { number }
}

enum FibreAPIWords: MessageCatalogue {
    case olts, createOLT, readOLT, changeOLT, deleteOLT, health, look, templates, createTemplate, readTemplate
    case changeTemplate, deleteTemplate, rehearse, onus, order, readONU, release, retry, restart, asking, id, state,
        standing
    case place, received, returned, distance, foundAt

    var message: Message {
        switch self {
        case .olts: Message(es: "Lista de OLT", en: "The OLTs", pt: "Lista de OLT")
        case .createOLT: Message(es: "Agrega una OLT", en: "Adds an OLT", pt: "Adiciona uma OLT")
        case .readOLT: Message(es: "Una OLT", en: "One OLT", pt: "Uma OLT")
        case .changeOLT: Message(es: "Cambia una OLT", en: "Changes an OLT", pt: "Altera uma OLT")
        case .deleteOLT:
            Message(
                es: "Elimina una OLT sin ONU de clientes", en: "Deletes an OLT without customers' ONUs",
                pt: "Exclui uma OLT sem ONU de clientes")
        case .health:
            Message(
                es: "Si la OLT responde y qué dijo de sí", en: "Whether the OLT answers, and what it said of itself",
                pt: "Se a OLT responde e o que disse de si")
        case .look: Message(es: "Lee la OLT ahora", en: "Reads the OLT now", pt: "Lê a OLT agora")
        case .templates: Message(es: "Plantillas de ONU", en: "The ONU templates", pt: "Modelos de ONU")
        case .createTemplate:
            Message(es: "Agrega una plantilla de ONU", en: "Adds an ONU template", pt: "Adiciona um modelo de ONU")
        case .readTemplate: Message(es: "Una plantilla de ONU", en: "One ONU template", pt: "Um modelo de ONU")
        case .changeTemplate:
            Message(es: "Cambia una plantilla de ONU", en: "Changes an ONU template", pt: "Altera um modelo de ONU")
        case .deleteTemplate:
            Message(
                es: "Elimina una plantilla que ninguna ONU usa", en: "Deletes a template that no ONU uses",
                pt: "Exclui um modelo que nenhuma ONU usa")
        case .rehearse:
            Message(
                es: "Los comandos que manda la plantilla, sin mandarlos",
                en: "The commands that the template sends, without sending them",
                pt: "Os comandos que o modelo envia, sem enviá-los")
        case .onus: Message(es: "Lista de ONU", en: "The ONUs", pt: "Lista de ONU")
        case .order:
            Message(
                es: "Da una ONU a un servicio, o cambia dónde está y qué se le dice",
                en: "Gives a service an ONU, or changes where it is and what it is told",
                pt: "Dá uma ONU a um serviço, ou muda onde está e o que lhe é dito")
        case .readONU: Message(es: "Una ONU", en: "One ONU", pt: "Uma ONU")
        case .release:
            Message(
                es: "Quita una ONU de su servicio y de la OLT", en: "Takes an ONU from its service and from the OLT",
                pt: "Tira uma ONU do seu serviço e da OLT")
        case .retry:
            Message(
                es: "Intenta otra vez lo que la OLT no aceptó", en: "Tries again what the OLT refused",
                pt: "Tenta outra vez o que a OLT não aceitou")
        case .restart:
            Message(es: "Reinicia una ONU en línea", en: "Restarts an ONU on line", pt: "Reinicia uma ONU on-line")
        case .asking:
            Message(
                es: "Las ONU que piden entrar", en: "The ONUs that ask to get in", pt: "As ONU que pedem entrada")
        case .id: Message(es: "La identifica.", en: "Stands for it.", pt: "Identifica-a.")
        case .state:
            Message(
                es: "unknown: sin probar; up: responde; down: no responde.",
                en: "unknown: not tried; up: answers; down: does not answer.",
                pt: "unknown: sem testar; up: responde; down: não responde.")
        case .standing:
            Message(
                es: """
                    waiting: por aplicar; refused: la OLT no aceptó; half: a medias; online, weak, no_light, power, \
                    offline: como se leyó; suspended: cortada; unbound: sin contrato.
                    """,
                en: """
                    waiting: to be applied; refused: the OLT refused; half: half done; online, weak, no_light, power, \
                    offline: as it was read; suspended: cut; unbound: without a contract.
                    """,
                pt: """
                    waiting: a aplicar; refused: a OLT não aceitou; half: pela metade; online, weak, no_light, power, \
                    offline: como foi lida; suspended: cortada; unbound: sem contrato.
                    """)
        case .place:
            Message(
                es: "Su número en el puerto; null si no está registrada.",
                en: "Its number on the port; null where it is not registered.",
                pt: "Seu número na porta; null se não está registrada.")
        case .received:
            Message(
                es: "Potencia que recibe, en centésimas de dBm.", en: "Power that it receives, in hundredths of a dBm.",
                pt: "Potência que recebe, em centésimos de dBm.")
        case .returned:
            Message(
                es: "Potencia que la OLT recibe de ella, en centésimas de dBm.",
                en: "Power that the OLT receives from it, in hundredths of a dBm.",
                pt: "Potência que a OLT recebe dela, em centésimos de dBm.")
        case .distance: Message(es: "Metros de fibra.", en: "Metres of fibre.", pt: "Metros de fibra.")
        case .foundAt:
            Message(es: "Desde cuándo pide entrar.", en: "Since when it asks.", pt: "Desde quando pede entrada.")
        }
    }
}
