import Access
import Declarations
import HTML
import HTTP
import Identifiers
import Locale
import Nouns
import Panel
import Postgres
import Routers
import Tenancy
import Zones

/// What is watched, in the panel.
struct DeviceRoutes: Sendable {
    static let switchPath = "/panel/devices/monitor"

    private let acts: DeviceActs

    init(_ acts: DeviceActs) { self.acts = acts }

    func add(to routes: inout Panel.Routes) {
        routes.get("/panel/devices", .networkRead, "Equipos vigilados y si responden", list)
        routes.get("/panel/devices/new", .networkManage, "Formulario para agregar un equipo", ask)
        routes.post("/panel/devices", .networkManage, "Agrega un equipo", create)
        routes.get(
            "/panel/devices/monitor", .networkManage, "Pregunta antes de apagar o encender el monitor", askToTurn)
        routes.post("/panel/devices/monitor", .networkManage, "Apaga o enciende el monitor", turn)
        routes.post("/panel/devices/poll", .networkOperate, "Consulta ahora los equipos", poll)
        routes.get("/panel/devices/:id", .networkRead, "Un equipo, su estado y sus gráficas", show)
        routes.get("/panel/devices/:id/edit", .networkManage, "Formulario para cambiar un equipo", edit)
        routes.post("/panel/devices/:id", .networkManage, "Cambia un equipo", change)
        routes.get("/panel/devices/:id/delete", .networkManage, "Pregunta antes de eliminar un equipo", askToDelete)
        routes.post("/panel/devices/:id/delete", .networkManage, "Elimina un equipo", delete)
    }

    private func list(_ visit: Visit) async throws -> Response {
        let query = try ListQuery(DeviceInState.list, visit.request.query)
        let zones = try await visit.database.zones()
        let (part, _) = try await visit.part(
            of: query, rows: visit.database.deviceRows(query), counted: visit.database.countedDevices(query))
        let monitor = try await visit.database.monitorSwitch()
        let new = (DeviceWords.new.text(for: visit.reader), "\(Device.path)/new")
        let page = DevicesPage(
            monitor: monitor,
            list: ListPage(
                part,
                .init(
                    .network, none: DeviceWords.none.message, intro: DeviceWords.intro.message,
                    search: DeviceWords.search.message),
                options: zones.isEmpty ? [:] : ["zone": Zone.options(zones, for: visit)],
                links: visit.mayAct(with: .networkManage) && monitor.isOn
                    ? [.init(DeviceWords.turnOff.text(for: visit.reader), path: Self.switchPath)] : [],
                new: visit.mayAct(with: .networkManage) ? new : nil, visit: visit), visit: visit)
        return try await Panel.page(page, of: part, for: visit)
    }

    private func ask(_ visit: Visit) async throws -> Response {
        try await page(NounForm(new: acts.blank(at: visit.now)), nil, .ok, visit)
    }

    private func create(_ visit: Visit) async throws -> Response {
        let sent = try await visit.request.body.form(upTo: 8192)
        var form = try NounForm<Device>(sent)
        guard form.faults.isEmpty else { return try await page(form, nil, .unprocessableContent, visit) }
        let device = form.applied(to: acts.blank(at: visit.now))
        do {
            let (_, path) = try await visit.once(sent) { database in
                let added = try await acts.add(device, to: visit.tenant, by: visit.principal, in: database)
                return (added, added.panelPath)
            }
            return Panel.done(.created, at: path)
        } catch let refusal as any Refusal {
            try form.add(deviceRefusal: refusal)
            return try await page(form, nil, refusal.status, visit)
        }
    }

    private func show(_ visit: Visit, id: Device.ID) async throws -> Response {
        let device = try await found(id, in: visit.database)
        let span = visit.request.query["span"].flatMap(ChartSpan.init) ?? .day
        let charts = DeviceCharts(
            device: device, span: span,
            measurements: try await visit.database.measurements(of: id, over: span, at: visit.now), visit: visit)
        let page = DevicePage(
            device: device, state: try await visit.database.deviceState(id) ?? DeviceState(),
            monitor: try await visit.database.monitorSwitch(), options: try await options(of: device, visit),
            below: try await visit.database.devices(below: id, limit: 200), charts: charts,
            parts: try await DevicePart.all(of: device, visit), visit: visit)
        return try await Panel.page(page, titled: device.name, for: visit)
    }

    private func edit(_ visit: Visit, id: Device.ID) async throws -> Response {
        let device = try await found(id, in: visit.database)
        return try await page(NounForm(device), device, .ok, visit)
    }

    private func change(_ visit: Visit, id: Device.ID) async throws -> Response {
        let device = try await found(id, in: visit.database)
        var form = try NounForm<Device>(try await visit.request.body.form(upTo: 8192))
        guard form.faults.isEmpty else { return try await page(form, device, .unprocessableContent, visit) }
        do {
            let sent = form
            let late = try await visit.database.transaction { database in
                let device = try await found(id, locked: true, in: database)
                if let late = sent.late(for: device) { return NounForm<Device>?.some(late) }
                _ = try await acts.change(device, to: sent.applied(to: device), by: visit.principal, in: database)
                return nil
            }
            if let late { return try await page(late, device, .conflict, visit) }
            return Panel.done(.saved, at: device.panelPath)
        } catch let refusal as any Refusal {
            try form.add(deviceRefusal: refusal)
            return try await page(form, device, refusal.status, visit)
        }
    }

    private func askToDelete(_ visit: Visit, id: Device.ID) async throws -> Response {
        let device = try await found(id, in: visit.database)
        return try await Panel.confirm(
            DeviceWords.deleteTitle.text(for: visit.reader, .name(device.name)),
            text: DeviceWords.deleteText.text(for: visit.reader), act: DeviceWords.delete.text(for: visit.reader),
            action: "\(device.panelPath)/delete", back: device.panelPath, for: visit)
    }

    private func delete(_ visit: Visit, id: Device.ID) async throws -> Response {
        try await acts.delete(id, by: visit.principal, in: visit.database)
        return Panel.done(.deleted, at: Device.path)
    }

    private func askToTurn(_ visit: Visit) async throws -> Response {
        let isOn = try await visit.database.monitorSwitch().isOn
        let (title, text, act): (DeviceWords, DeviceWords, DeviceWords) =
            isOn ? (.turnOffTitle, .turnOffText, .turnOff) : (.turnOn, .turnOnText, .turnOn)
        return try await Panel.confirm(
            title.text(for: visit.reader), text: text.text(for: visit.reader), act: act.text(for: visit.reader),
            action: "\(Self.switchPath)?to=\(isOn ? "off" : "on")", back: Device.path, for: visit)
    }

    private func turn(_ visit: Visit) async throws -> Response {
        guard let wanted = visit.request.query["to"], ["on", "off"].contains(wanted) else {
            throw AccessRefusal.notFound
        }
        try await DeviceActs.turn(isOn: wanted == "on", of: visit.tenant, by: visit.principal, in: visit.database)
        return Panel.done(.saved, at: Device.path)
    }

    private func poll(_ visit: Visit) async throws -> Response {
        try await DeviceActs.poll(at: visit.now, in: visit.database)
        return Panel.done(.polling, at: Device.path)
    }

    private func found(_ id: Device.ID, locked: Bool = false, in database: TenantDatabase) async throws -> Device {
        guard let device = try await database.device(id, locked: locked) else { throw AccessRefusal.notFound }
        return device
    }

    private func options(of device: Device?, _ visit: Visit) async throws -> [String: FieldOptions] {
        let zones = try await visit.database.zones()
        let id = device?.id ?? acts.blank(at: visit.now).id
        let upstreams = try await visit.database.possibleUpstreams(of: id)
        var options = [
            "upstream": FieldOptions(
                upstreams.map { ("\($0.id)", $0.name) }, none: DeviceWords.noUpstream.text(for: visit.reader))
        ]
        if !zones.isEmpty { options["zone"] = Zone.options(zones, for: visit) }
        return options
    }

    private func page(
        _ form: NounForm<Device>, _ device: Device?, _ status: Status, _ visit: Visit
    ) async throws -> Response {
        let title = device?.name ?? DeviceWords.new.text(for: visit.reader)
        let page = NounFormPage(
            title, form, options: try await options(of: device, visit),
            to: device?.panelPath ?? Device.path, cancel: device?.panelPath ?? Device.path,
            submit: device == nil ? DeviceWords.new.message : nil, visit: visit
        ) {
            if let device, device.router == nil {
                div(.class("acts")) {
                    a(.class("button danger"), .href("\(device.panelPath)/delete"), .data("dialog", "")) {
                        DeviceWords.delete.text(for: visit.reader)
                    }
                }
            }
        }
        return try await Panel.page(page, titled: title, status: status, for: visit)
    }
}

extension NounForm {
    /// Shows the refusal beside its field; one without a field is thrown on.
    fileprivate mutating func add(deviceRefusal refusal: any Refusal) throws {
        switch refusal {
        case let refusal as DeviceRefusal: add(refusal, beside: refusal.field)
        case let refusal as RouterRefusal: add(refusal, beside: "address")
        case let refusal as ZoneRefusal: add(refusal, beside: "zone")
        default: throw refusal
        }
    }
}
