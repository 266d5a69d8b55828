import Access
import Declarations
import HTML
import HTTP
import Identifiers
import Locale
import Nouns
import Panel
import Postgres
import Services
import Tenancy
import Time

/// UISP's devices, in the panel.
struct FleetRoutes: Sendable {
    static let removalPath = "/panel/fleet/removal"

    private let acts: FleetActs
    private let files: ListFiles

    init(_ acts: FleetActs, files: ListFiles) { (self.acts, self.files) = (acts, files) }

    func add(to routes: inout Panel.Routes) {
        routes.get("/panel/fleet/devices", .fleetRead, "Equipos de UISP y su estado", list)
        routes.get("/panel/fleet/devices.csv", .fleetRead, "Los equipos de UISP, en CSV") { try await file(.csv, $0) }
        routes.get("/panel/fleet/devices.xlsx", .fleetRead, "Los equipos de UISP, en Excel") {
            try await file(.xlsx, $0)
        }
        routes.post("/panel/fleet/removal/new", .fleetManage, "Pregunta antes de eliminar equipos de UISP", askToRemove)
        routes.post("/panel/fleet/removal", .fleetManage, "Elimina de UISP fantasmas y duplicados", remove)
        routes.get("/panel/fleet/sites", .fleetRead, "Árbol de sitios de UISP", sites)
        routes.get("/panel/fleet/outages", .fleetRead, "Caídas que ve UISP", outages)
        routes.get("/panel/fleet/connection", .fleetRead, "Revisión de una cadena de conexión", askConnection)
        routes.post("/panel/fleet/connection", .fleetRead, "Revisa una cadena de conexión", checkConnection)
        routes.get("/panel/fleet/devices/:id", .fleetRead, "Un equipo de UISP", show)
        routes.get(
            "/panel/fleet/devices/:id/authorize", .fleetManage, "Formulario para autorizar un equipo", askToAuthorize)
        routes.post("/panel/fleet/devices/:id/authorize", .fleetManage, "Autoriza un equipo en UISP", authorize)
        routes.post("/panel/fleet/devices/:id/key", .fleetManage, "Renueva la clave de un equipo en UISP", renewKey)
        routes.get(
            "/panel/fleet/devices/:id/close", .fleetManage, "Formulario para dar un equipo por atendido", askToClose)
        routes.post("/panel/fleet/devices/:id/close", .fleetManage, "Da un equipo por atendido", close)
    }

    private func list(_ visit: Visit) async throws -> Response {
        let reader = visit.reader
        let query = try ListQuery(FleetDevice.list, visit.request.query)
        let (part, _) = try await visit.part(
            of: query, rows: visit.database.fleetRows(query), counted: visit.database.countedFleet(query))
        let page = FleetPage(
            totals: try await visit.database.fleetTotals(),
            list: ListPage(
                part,
                .init(
                    .network, none: FleetWords.none.message, intro: FleetWords.intro.message,
                    search: FleetWords.search.message),
                acts: visit.mayAct(with: .fleetManage)
                    ? [.init(FleetWords.remove.text(for: reader), path: "\(Self.removalPath)/new")] : [],
                links: [
                    .init(FleetWords.cross.text(for: reader), path: CrossRoutes.path),
                    .init(FleetWords.sites.text(for: reader), path: FleetSitesPage.path),
                    .init(FleetWords.outages.text(for: reader), path: FleetOutagesPage.path),
                    .init(FleetWords.connection.text(for: reader), path: ConnectionPage.path),
                    .init(FleetWords.controllers.text(for: reader), path: Controller.path),
                ], files: ListFiles.Format.allCases, visit: visit), visit: visit)
        return try await Panel.page(page, of: part, for: visit)
    }

    private func file(_ format: ListFiles.Format, _ visit: Visit) async throws -> Response {
        let query = try ListQuery(FleetDevice.list, visit.request.query)
        return try await files.answer(query, as: format, for: visit) { part in
            try await visit.database.rows(visit.database.fleetRows(part))
        }
    }

    private func show(_ visit: Visit, id: FleetDevice.ID) async throws -> Response {
        let device = try await found(id, visit)
        let page = FleetDevicePage(
            device: device, link: try await visit.database.fleetLink(of: id), visit: visit)
        return try await Panel.page(page, titled: device.title, for: visit)
    }

    private func askToRemove(_ visit: Visit) async throws -> Response {
        let sent = try await visit.request.body.form(upTo: 32_768)
        try sent.allow([], repeated: [Selection.field])
        return try await removalPage(try Selection.ids(in: sent), nil, visit)
    }

    private func remove(_ visit: Visit) async throws -> Response {
        let sent = try await visit.request.body.form(upTo: 32_768)
        try sent.allow([FormID.field], repeated: [Selection.field])
        let ids: [FleetDevice.ID] = try Selection.ids(in: sent)
        do {
            try await acts.remove(ids, by: visit.principal, in: visit.database)
            return Panel.done(.deleted, at: FleetDevice.path)
        } catch let refusal as FleetRefusal {
            return try await removalPage(ids, refusal, visit)
        }
    }

    private func removalPage(
        _ ids: [FleetDevice.ID], _ refusal: FleetRefusal?, _ visit: Visit
    ) async throws -> Response {
        let title = FleetWords.removeTitle.text(for: visit.reader)
        let devices = try await visit.database.fleetDevices(ids)
        let page = SelectionPage(
            title,
            of: devices.map { ($0.id.uuid, "\($0.title) · \($0.standing.text(for: visit.reader)) · \($0.mac)") },
            to: Self.removalPath, submit: FleetWords.remove.text(for: visit.reader), back: FleetDevice.path,
            faults: refusal.map { [FormFault(name: Selection.field, message: $0.message)] } ?? [], visit: visit
        ) {
            Markup.nothing
        }
        return try await Panel.page(page, titled: title, status: refusal?.status ?? .ok, for: visit)
    }

    private func sites(_ visit: Visit) async throws -> Response {
        let page = FleetSitesPage(sites: try await visit.database.fleetSites(), visit: visit)
        return try await Panel.page(page, titled: FleetWords.sites.text(for: visit.reader), for: visit)
    }

    private func outages(_ visit: Visit) async throws -> Response {
        let page = FleetOutagesPage(outages: try await visit.database.fleetOutages(limit: 200), visit: visit)
        return try await Panel.page(page, titled: FleetWords.outages.text(for: visit.reader), for: visit)
    }

    private func askConnection(_ visit: Visit) async throws -> Response {
        try await connectionPage("", visit)
    }

    private func checkConnection(_ visit: Visit) async throws -> Response {
        let sent = try await visit.request.body.form(upTo: 4096)
        try sent.allow(["text", FormID.field])
        return try await connectionPage(String((sent["text"] ?? "").prefix(500)), visit)
    }

    private func connectionPage(_ text: String, _ visit: Visit) async throws -> Response {
        try await Panel.page(
            ConnectionPage(text: text, visit: visit), titled: FleetWords.connection.text(for: visit.reader), for: visit)
    }

    private func askToAuthorize(_ visit: Visit, id: FleetDevice.ID) async throws -> Response {
        try await authorizePage(found(id, visit), "", "", nil, visit)
    }

    private func authorize(_ visit: Visit, id: FleetDevice.ID) async throws -> Response {
        let sent = try await visit.request.body.form(upTo: 4096)
        try sent.allow(["site", "service", FormID.field])
        let (site, number) = (sent["site"] ?? "", FormText.line(sent["service"] ?? "", upTo: 20))
        let device = try await found(id, visit)
        do {
            var service: Service?
            if !number.isEmpty {
                guard let found = try await visit.database.service(numbered: number, on: visit.today) else {
                    throw FleetRefusal.serviceUnknown
                }
                service = found
            }
            _ = try await acts.authorize(id, into: site, for: service, by: visit.principal, in: visit.database)
            return Panel.done(.fleetAuthorized, at: device.panelPath)
        } catch let refusal as FleetRefusal {
            return try await authorizePage(device, site, number, refusal, visit)
        }
    }

    private func authorizePage(
        _ device: FleetDevice, _ site: String, _ service: String, _ refusal: FleetRefusal?, _ visit: Visit
    ) async throws -> Response {
        let page = AuthorizePage(
            device: device, sites: try await visit.database.fleetSites(of: device.controller), site: site,
            service: service, refusal: refusal, visit: visit)
        return try await Panel.page(page, titled: device.title, status: refusal?.status ?? .ok, for: visit)
    }

    private func renewKey(_ visit: Visit, id: FleetDevice.ID) async throws -> Response {
        try await acts.renewKey(of: id, by: visit.principal, in: visit.database)
        return Panel.done(.saved, at: "\(FleetDevice.path)/\(id)")
    }

    private func askToClose(_ visit: Visit, id: FleetDevice.ID) async throws -> Response {
        try await closePage(found(id, visit), "", nil, visit)
    }

    private func close(_ visit: Visit, id: FleetDevice.ID) async throws -> Response {
        let sent = try await visit.request.body.form(upTo: 4096)
        try sent.allow(["reason", FormID.field])
        let reason = FormText.line(sent["reason"] ?? "", upTo: 300)
        do {
            try await acts.close(id, because: reason, by: visit.principal, in: visit.database)
            return Panel.done(.saved, at: "\(FleetDevice.path)?work=open")
        } catch let refusal as FleetRefusal {
            return try await closePage(found(id, visit), reason, refusal, visit)
        }
    }

    private func closePage(
        _ device: FleetDevice, _ reason: String, _ refusal: FleetRefusal?, _ visit: Visit
    ) async throws -> Response {
        try await Panel.page(
            ClosePage(device: device, reason: reason, refusal: refusal, visit: visit), titled: device.title,
            status: refusal?.status ?? .ok, for: visit)
    }

    private func found(_ id: FleetDevice.ID, _ visit: Visit) async throws -> FleetDevice {
        guard let device = try await visit.database.fleetDevice(id) else { throw AccessRefusal.notFound }
        return device
    }
}

extension TenantDatabase {
    /// By the number that people know it by.
    func service(numbered text: String, on day: Day) async throws -> Service? {
        guard let number = Int(text), number > 0,
            let id: Service.ID = try await value(
                "SELECT service_id FROM services WHERE tenant_id = \(tenant) AND number = \(number)")
        else { return nil }
        return try await service(id, on: day)
    }
}
