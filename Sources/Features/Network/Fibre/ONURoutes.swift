import Access
import Declarations
import FibreProtocol
import HTML
import HTTP
import Identifiers
import Locale
import Nouns
import Panel
import Postgres
import Routers
import Services
import Tenancy

/// ONUs in the panel: those that ask, their authorization, and what became of each.
struct ONURoutes: Sendable {
    static let asking = "/panel/onus/asking"

    private let acts: FibreActs

    init(_ acts: FibreActs) { self.acts = acts }

    func add(to routes: inout Panel.Routes) {
        routes.get("/panel/onus", .networkRead, "Las ONU de clientes y las que no tienen contrato", list)
        routes.get("/panel/onus/asking", .networkRead, "Las ONU que piden entrar", showAsking)
        routes.post("/panel/onus/asking", .networkOperate, "Busca ONU que piden entrar", find)
        routes.get("/panel/onus/new", .networkOperate, "Formulario para autorizar una ONU", ask)
        routes.post("/panel/onus", .networkOperate, "Autoriza una ONU para un servicio", create)
        routes.get("/panel/onus/:id", .networkRead, "Una ONU, su señal y sus comandos", show)
        routes.get("/panel/onus/:id/edit", .networkOperate, "Formulario para mover una ONU", edit)
        routes.post("/panel/onus/:id", .networkOperate, "Cambia el puerto o la plantilla de una ONU", change)
        routes.post("/panel/onus/:id/retry", .networkOperate, "Intenta otra vez lo que la OLT no aceptó", retry)
        routes.get("/panel/onus/:id/restart", .networkOperate, "Pregunta antes de reiniciar una ONU", askToRestart)
        routes.post("/panel/onus/:id/restart", .networkOperate, "Reinicia una ONU", restart)
        routes.get("/panel/onus/:id/release", .networkOperate, "Pregunta antes de quitar una ONU", askToRelease)
        routes.post("/panel/onus/:id/release", .networkOperate, "Quita una ONU de su servicio", release)
    }

    private func list(_ visit: Visit) async throws -> Response {
        let query = try ListQuery(ONU.list, visit.request.query)
        let (part, _) = try await visit.part(
            of: query, rows: visit.database.onus(query), counted: visit.database.onusCounted(query))
        let new = (FibreWords.authorizeTitle.text(for: visit.reader), "\(ONU.path)/new")
        let contracts = try await visit.database.olts().isEmpty ? [] : visit.database.contractsWithoutONU(limit: 50)
        let page = ONUsPage(
            list: ListPage(
                part,
                .init(
                    .network, none: FibreWords.noONUs.message, intro: FibreWords.onusIntro.message,
                    search: FibreWords.onuSearch.message),
                links: [.init(FibreWords.asking.text(for: visit.reader), path: Self.asking)],
                new: visit.mayAct(with: .networkOperate) ? new : nil, visit: visit),
            contracts: contracts, visit: visit)
        return try await Panel.page(page, of: part, for: visit)
    }

    private func showAsking(_ visit: Visit) async throws -> Response {
        let page = AskingPage(units: try await visit.database.askingONUs(), visit: visit)
        return try await Panel.page(page, titled: FibreWords.asking.text(for: visit.reader), for: visit)
    }

    private func find(_ visit: Visit) async throws -> Response {
        try await acts.find(by: visit.principal, in: visit.database)
        return Panel.done(.readingOLT, at: Self.asking)
    }

    private func ask(_ visit: Visit) async throws -> Response {
        var order = ONUOrder()
        order.serial = FormText.line(visit.request.query["serial"], upTo: 24)
        order.service = visit.request.query["service"].flatMap { Service.ID($0) }
        // Where it was found asking.
        if let serial = ONUSerial(order.serial), let asking = try await visit.database.askingONU(serial.text) {
            (order.olt, order.port) = (asking.olt, asking.port)
        }
        return try await page(NounForm(new: order), nil, order, .ok, visit)
    }

    private func create(_ visit: Visit) async throws -> Response {
        let sent = try await visit.request.body.form(upTo: 4096)
        var form = try NounForm<ONUOrder>(sent)
        let order = form.applied(to: ONUOrder())
        guard form.faults.isEmpty else { return try await page(form, nil, order, .unprocessableContent, visit) }
        do {
            let (_, path) = try await visit.once(sent) { database in
                let ordered = try await acts.order(order, on: visit.today, by: visit.principal, in: database)
                return (ordered, ordered.panelPath)
            }
            return Panel.done(.created, at: path)
        } catch let refusal as any Refusal {
            try form.add(fibreRefusal: refusal)
            return try await page(form, nil, order, refusal.status, visit)
        }
    }

    private func show(_ visit: Visit, id: ONU.ID) async throws -> Response {
        let unit = try await found(id, visit)
        var remainder: ServiceRemainder?
        if let service = unit.service { remainder = try await visit.database.remainder(of: service) }
        let page = ONUPage(
            unit: unit, mayRestart: unit.isOnline && acts.mayRestart(unit.vendor),
            commands: try await visit.database.oltCommands(of: id, at: unit.olt, limit: 30),
            remainder: remainder, visit: visit)
        return try await Panel.page(page, titled: unit.serial, for: visit)
    }

    private func edit(_ visit: Visit, id: ONU.ID) async throws -> Response {
        let unit = try await found(id, visit)
        return try await page(NounForm(new: unit.order), unit, unit.order, .ok, visit)
    }

    private func change(_ visit: Visit, id: ONU.ID) async throws -> Response {
        let unit = try await found(id, visit)
        var form = try NounForm<ONUOrder>(try await visit.request.body.form(upTo: 4096))
        guard form.faults.isEmpty else {
            return try await page(form, unit, unit.order, .unprocessableContent, visit)
        }
        do {
            var order = form.applied(to: unit.order)
            order.serial = unit.serial
            _ = try await acts.order(order, on: visit.today, by: visit.principal, in: visit.database)
            return Panel.done(.saved, at: unit.panelPath)
        } catch let refusal as any Refusal {
            try form.add(fibreRefusal: refusal)
            return try await page(form, unit, unit.order, refusal.status, visit)
        }
    }

    private func retry(_ visit: Visit, id: ONU.ID) async throws -> Response {
        let unit = try await acts.retry(id, by: visit.principal, in: visit.database)
        return Panel.done(.readingOLT, at: unit.panelPath)
    }

    private func askToRestart(_ visit: Visit, id: ONU.ID) async throws -> Response {
        let unit = try await found(id, visit)
        return try await Panel.confirm(
            FibreWords.restartTitle.text(for: visit.reader, .name(unit.serial)),
            text: FibreWords.restartText.text(for: visit.reader), act: FibreWords.restart.text(for: visit.reader),
            action: "\(unit.panelPath)/restart", back: unit.panelPath, for: visit)
    }

    private func restart(_ visit: Visit, id: ONU.ID) async throws -> Response {
        let unit = try await acts.restart(id, by: visit.principal, in: visit.database)
        return Panel.done(.readingOLT, at: unit.panelPath)
    }

    private func askToRelease(_ visit: Visit, id: ONU.ID) async throws -> Response {
        let unit = try await found(id, visit)
        return try await Panel.confirm(
            FibreWords.releaseTitle.text(for: visit.reader, .name(unit.serial)),
            text: FibreWords.releaseText.text(for: visit.reader), act: FibreWords.release.text(for: visit.reader),
            action: "\(unit.panelPath)/release", back: unit.panelPath, for: visit)
    }

    private func release(_ visit: Visit, id: ONU.ID) async throws -> Response {
        try await acts.release(id, by: visit.principal, in: visit.database)
        return Panel.done(.saved, at: ONU.path)
    }

    private func found(_ id: ONU.ID, _ visit: Visit) async throws -> ONU {
        guard let unit = try await visit.database.onu(id) else { throw AccessRefusal.notFound }
        return unit
    }

    private func page(
        _ form: NounForm<ONUOrder>, _ unit: ONU?, _ order: ONUOrder, _ status: Status, _ visit: Visit
    ) async throws -> Response {
        let reader = visit.reader
        let services = try await visit.database.servicesWithoutONU(besides: order.service, limit: 500)
        let (all, olts) = try await (visit.database.onuTemplates(), visit.database.olts())
        // An OLT is told only what is made for its vendor.
        let vendor = unit == nil ? olts.first { $0.id == order.olt }?.vendor : nil
        let templates = all.filter { vendor == nil || $0.vendor == vendor }
        let options = [
            "service": FieldOptions(
                services.map { ("\($0.id)", $0.title) }, none: FibreWords.chooseService.text(for: reader),
                isRequired: true),
            "template": FieldOptions(
                templates.map { ("\($0.id)", "\($0.name) · \($0.vendor.name)") },
                none: templates.count == 1 ? nil : FibreWords.chooseTemplate.text(for: reader), isRequired: true),
            "olt": FieldOptions(olts.map { ("\($0.id)", $0.name) }, none: FibreWords.whereFound.text(for: reader)),
        ]
        let title = unit?.serial ?? FibreWords.authorizeTitle.text(for: reader)
        let page = NounFormPage(
            title, form, options: options, to: unit?.panelPath ?? ONU.path, cancel: unit?.panelPath ?? Self.asking,
            submit: unit == nil ? FibreWords.authorize.message : nil,
            notice: AuthorizationNotice(
                hasServices: !services.isEmpty, vendor: templates.isEmpty ? vendor : nil, visit: visit
            ).body, visit: visit
        ) {}
        return try await Panel.page(page, titled: title, status: status, for: visit)
    }
}

extension ONU {
    fileprivate var order: ONUOrder {
        var order = ONUOrder()
        (order.serial, order.service, order.template, order.olt, order.port) = (serial, service, template, olt, port)
        return order
    }
}
