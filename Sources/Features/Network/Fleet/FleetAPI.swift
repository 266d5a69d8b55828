import API
import Access
import Declarations
import Identifiers
import JSON
import Locale
import Nouns
import Postgres
import Services
import Tenancy

/// UISP and its devices in the API.
struct FleetAPI: Sendable {
    private let acts: FleetActs

    init(_ acts: FleetActs) { self.acts = acts }

    func add(to routes: inout API.Routes) {
        routes.list("/api/v1/fleet/controllers", .fleetRead, FleetAPIWords.controllers, by: NoInput.self) {
            visit, _, page in
            try await visit.database.controllers(after: page.after, limit: page.limit)
        }
        routes.post("/api/v1/fleet/controllers", .fleetManage, FleetAPIWords.connect) {
            (visit, new: NewNoun<Controller>) in
            try await acts.add(
                try new.noun(from: acts.blank(at: visit.now)), to: visit.tenant, by: visit.principal,
                in: visit.database)
        }
        routes.get("/api/v1/fleet/controllers/:id", .fleetRead, FleetAPIWords.readController) {
            (visit, id: Controller.ID) in
            try await visit.database.controller(id)
        }
        routes.patch(
            "/api/v1/fleet/controllers/:id", .fleetManage, FleetAPIWords.changeController,
            of: { (visit, id: Controller.ID) in try await visit.database.controller(id, locked: true) }
        ) { (visit, controller, changes: NounChanges<Controller>) in
            try await acts.change(
                controller, to: changes.applied(to: controller), of: visit.tenant, by: visit.principal,
                in: visit.database)
        }
        routes.delete("/api/v1/fleet/controllers/:id", .fleetManage, FleetAPIWords.deleteController) {
            (visit, id: Controller.ID) in
            try await acts.delete(id, by: visit.principal, in: visit.database)
        }
        routes.list("/api/v1/fleet/devices", .fleetRead, FleetAPIWords.devices, by: NoInput.self) { visit, _, page in
            try await visit.database.fleetDevices(after: page.after, limit: page.limit)
        }
        routes.get("/api/v1/fleet/devices/:id", .fleetRead, FleetAPIWords.readDevice) { (visit, id: FleetDevice.ID) in
            try await visit.database.fleetDevice(id)
        }
        routes.post("/api/v1/services/:id/antenna", .fleetManage, FleetAPIWords.link) {
            (visit, input: LinkInput, id: Service.ID) in
            guard let service = try await visit.database.service(id, on: visit.today) else {
                throw AccessRefusal.notFound
            }
            guard let wanted = input.device, let device = try await visit.database.fleetDevice(wanted) else {
                throw FleetRefusal.deviceTaken
            }
            try await acts.link(service, to: device, by: visit.principal, in: visit.database)
            guard let linked = try await visit.database.fleetDevice(device.id) else { throw AccessRefusal.notFound }
            return linked
        }
    }
}

private struct LinkInput: Input {
    static let schema = Schema.object("FleetLink", [.required("device", .id, FleetAPIWords.device)])

    let device: FleetDevice.ID?

    init(_ members: Members) { device = members.id("device") }
}

extension Controller: ListedResource {
    package static let schema = Schema.object(
        "FleetController",
        [
            .required("id", .id, FleetAPIWords.id),
            .required("health", .words(ControllerState.Health.allCases.map(\.rawValue)), FleetWords.health),
            .required("version", .text, FleetWords.version),
            .required(
                "trouble", .words([""] + FleetTrouble.allCases.map(\.rawValue)), FleetWords.trouble),
            .required("synced_at", Schema.text.orNull, FleetWords.lastSync),
        ] + schemaFields)

    package var path: String { "/api/v1/fleet/controllers/\(id)" }
    package var position: Int { number }
}

extension FleetDevice: ListedResource {
    package static let schema = Schema.object(
        "FleetDevice",
        [
            .required("id", .id, FleetAPIWords.id), .required("number", .integer(1...Int.max), FleetAPIWords.number),
            .required("name", .text, FleetWords.name), .required("mac", .text, FleetWords.mac),
            .required("model", .text, FleetWords.model), .required("firmware", .text, FleetWords.firmware),
            .required("standing", .words(Standing.allCases.map(\.rawValue)), FleetWords.standing),
            .required("authorized", .flag, FleetAPIWords.authorized),
            .required("address", .text, FleetWords.address), .required("ssid", .text, FleetWords.ssid),
            .required("site", .text, FleetWords.site), .required("since", .text, FleetWords.since),
            .required("work", .words(Work.allCases.map(\.rawValue)), FleetWords.work),
            .required("service", Schema.id.orNull, FleetAPIWords.service),
        ])

    package var path: String { "/api/v1/fleet/devices/\(id)" }
    package var position: Int { number }
}

enum FleetAPIWords: MessageCatalogue {
    case controllers, connect, readController, changeController, deleteController, devices, readDevice, link, id, number
    case authorized, service, device

    var message: Message {
        switch self {
        case .controllers: Message(es: "Conexiones con UISP", en: "The connections to UISP", pt: "Conexões com o UISP")
        case .connect: Message(es: "Conecta un UISP", en: "Connects a UISP", pt: "Conecta um UISP")
        case .readController:
            Message(es: "Una conexión con UISP", en: "One connection to UISP", pt: "Uma conexão com o UISP")
        case .changeController:
            Message(es: "Cambia una conexión", en: "Changes a connection", pt: "Altera uma conexão")
        case .deleteController:
            Message(
                es: "Elimina una conexión con lo que se leyó por ella",
                en: "Deletes a connection with what was read by it", pt: "Exclui uma conexão com o que se leu por ela")
        case .devices: Message(es: "Equipos de UISP", en: "UISP's devices", pt: "Equipamentos do UISP")
        case .readDevice: Message(es: "Un equipo de UISP", en: "One device of UISP", pt: "Um equipamento do UISP")
        case .link:
            Message(
                es: "Dice qué equipo de UISP es de un servicio", en: "Says which UISP device is a service's",
                pt: "Diz qual equipamento do UISP é de um serviço")
        case .id: Message(es: "Lo identifica.", en: "Stands for it.", pt: "Identifica-o.")
        case .number:
            Message(es: "Su número en la empresa.", en: "Its number in the company.", pt: "Seu número na empresa.")
        case .authorized:
            Message(
                es: "Si UISP lo tiene autorizado.", en: "Whether UISP has authorized it.",
                pt: "Se o UISP o tem autorizado.")
        case .device: Message(es: "El equipo de UISP.", en: "UISP's device.", pt: "O equipamento do UISP.")
        case .service: Message(es: "De qué servicio es.", en: "Which service it is of.", pt: "De qual serviço é.")
        }
    }
}
