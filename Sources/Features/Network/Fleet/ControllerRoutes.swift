import Access
import Declarations
import FleetProtocol
import HTML
import HTTP
import Identifiers
import Jobs
import Locale
import Nouns
import Panel
import Postgres
import Tenancy
import Time

/// Connections to UISP, in the panel.
struct ControllerRoutes: Sendable {
    private let acts: FleetActs

    init(_ acts: FleetActs) { self.acts = acts }

    func add(to routes: inout Panel.Routes) {
        routes.get("/panel/fleet/controllers", .fleetRead, "Conexiones con UISP", list)
        routes.get("/panel/fleet/controllers/new", .fleetManage, "Formulario para conectar UISP", ask)
        routes.post("/panel/fleet/controllers", .fleetManage, "Conecta un UISP", create)
        routes.get("/panel/fleet/controllers/:id", .fleetRead, "Una conexión con UISP y su estado", show)
        routes.get("/panel/fleet/controllers/:id/edit", .fleetManage, "Formulario para cambiar la conexión", edit)
        routes.post("/panel/fleet/controllers/:id", .fleetManage, "Cambia una conexión con UISP", change)
        routes.post("/panel/fleet/controllers/:id/trial", .fleetManage, "Prueba la conexión con UISP", tryConnection)
        routes.post("/panel/fleet/controllers/:id/sync", .fleetManage, "Lee un UISP ahora", sync)
        routes.get(
            "/panel/fleet/controllers/:id/delete", .fleetManage, "Pregunta antes de eliminar una conexión", askToDelete)
        routes.post("/panel/fleet/controllers/:id/delete", .fleetManage, "Elimina una conexión con UISP", delete)
    }

    private func list(_ visit: Visit) async throws -> Response {
        let query = try ListQuery(ControllerInUse.list, visit.request.query)
        let (part, _) = try await visit.part(
            of: query, rows: visit.database.controllerRows(query), counted: visit.database.countedControllers(query))
        let new = (FleetWords.newController.text(for: visit.reader), "\(Controller.path)/new")
        let page = ListPage(
            part,
            .init(.network, none: FleetWords.noControllers.message, intro: FleetWords.controllersIntro.message),
            new: visit.mayAct(with: .fleetManage) ? new : nil, visit: visit)
        return try await Panel.page(page, of: part, for: visit)
    }

    private func ask(_ visit: Visit) async throws -> Response {
        try await page(NounForm(new: acts.blank(at: visit.now)), nil, .ok, visit)
    }

    private func create(_ visit: Visit) async throws -> Response {
        let sent = try await visit.request.body.form(upTo: 16_384)
        var form = try NounForm<Controller>(sent)
        guard form.faults.isEmpty else { return try await page(form, nil, .unprocessableContent, visit) }
        let controller = form.applied(to: acts.blank(at: visit.now))
        do {
            let (_, path) = try await visit.once(sent) { database in
                let added = try await acts.add(controller, to: visit.tenant, by: visit.principal, in: database)
                return (added, added.panelPath)
            }
            return Panel.done(.created, at: path)
        } catch let refusal as FleetRefusal {
            form.add(refusal, beside: refusal.field)
            return try await page(form, nil, refusal.status, visit)
        }
    }

    private func show(_ visit: Visit, id: Controller.ID) async throws -> Response {
        try await show(visit, found(id, in: visit.database), trial: nil)
    }

    private func show(
        _ visit: Visit, _ controller: Controller, trial: Result<FleetExamination, FleetFailure>?
    ) async throws -> Response {
        let page = ControllerPage(controller: controller, trial: trial, visit: visit)
        return try await Panel.page(page, titled: controller.name, for: visit)
    }

    private func edit(_ visit: Visit, id: Controller.ID) async throws -> Response {
        let controller = try await found(id, in: visit.database)
        return try await page(NounForm(controller), controller, .ok, visit)
    }

    private func change(_ visit: Visit, id: Controller.ID) async throws -> Response {
        let controller = try await found(id, in: visit.database)
        var form = try NounForm<Controller>(try await visit.request.body.form(upTo: 16_384))
        guard form.faults.isEmpty else { return try await page(form, controller, .unprocessableContent, visit) }
        do {
            let sent = form
            let late = try await visit.database.transaction { database in
                let controller = try await found(id, locked: true, in: database)
                if let late = sent.late(for: controller) { return NounForm<Controller>?.some(late) }
                _ = try await acts.change(
                    controller, to: sent.applied(to: controller), of: visit.tenant, by: visit.principal, in: database)
                return nil
            }
            if let late { return try await page(late, controller, .conflict, visit) }
            return Panel.done(.saved, at: controller.panelPath)
        } catch let refusal as FleetRefusal {
            form.add(refusal, beside: refusal.field)
            return try await page(form, controller, refusal.status, visit)
        }
    }

    private func tryConnection(_ visit: Visit, id: Controller.ID) async throws -> Response {
        let controller = try await found(id, in: visit.database)
        let trial = try await acts.examine(controller, at: visit.now, in: visit.database)
        return try await show(visit, found(id, in: visit.database), trial: trial)
    }

    private func sync(_ visit: Visit, id: Controller.ID) async throws -> Response {
        let controller = try await found(id, in: visit.database)
        try await visit.database.queue(SyncController(controller.id), at: visit.now)
        return Panel.done(.fleetBeingRead, at: controller.panelPath)
    }

    private func askToDelete(_ visit: Visit, id: Controller.ID) async throws -> Response {
        let controller = try await found(id, in: visit.database)
        return try await Panel.confirm(
            FleetWords.deleteControllerTitle.text(for: visit.reader, .name(controller.name)),
            text: FleetWords.deleteControllerText.text(for: visit.reader),
            act: FleetWords.deleteController.text(for: visit.reader), action: "\(controller.panelPath)/delete",
            back: controller.panelPath, for: visit)
    }

    private func delete(_ visit: Visit, id: Controller.ID) async throws -> Response {
        try await acts.delete(id, by: visit.principal, in: visit.database)
        return Panel.done(.deleted, at: Controller.path)
    }

    private func found(
        _ id: Controller.ID, locked: Bool = false, in database: TenantDatabase
    ) async throws -> Controller {
        guard let controller = try await database.controller(id, locked: locked) else { throw AccessRefusal.notFound }
        return controller
    }

    private func page(
        _ form: NounForm<Controller>, _ controller: Controller?, _ status: Status, _ visit: Visit
    ) async throws -> Response {
        let title = controller?.name ?? FleetWords.newController.text(for: visit.reader)
        let page = NounFormPage(
            title, form, options: [:], to: controller?.panelPath ?? Controller.path,
            cancel: controller?.panelPath ?? Controller.path,
            submit: controller == nil ? FleetWords.newController.message : nil, visit: visit
        ) {
            if let controller {
                div(.class("acts")) {
                    a(.class("button danger"), .href("\(controller.panelPath)/delete"), .data("dialog", "")) {
                        FleetWords.deleteController.text(for: visit.reader)
                    }
                }
            }
        }
        return try await Panel.page(page, titled: title, status: status, for: visit)
    }
}

/// A connection's page: whether it answers, what was read, and what to do when it does not.
private struct ControllerPage: View {
    let controller: Controller
    let trial: Result<FleetExamination, FleetFailure>?
    let visit: Visit

    private var reader: Reader { visit.reader }
    private var state: ControllerState { controller.state }

    var body: Markup {
        Crumb(ControllerInUse.list, visit: visit)
        PageHeading(controller.name) {
            if visit.mayAct(with: .fleetManage) {
                a(.class("button"), .href("\(controller.panelPath)/edit")) {
                    Icon.edit
                    span { FleetWords.editController.text(for: reader) }
                }
            }
        }
        p(.class("subject")) { StateMark(state.health, for: reader) }
        if visit.mayAct(with: .fleetManage) {
            nav(.class("acts service-acts"), .aria("label", FleetWords.acts.text(for: reader))) {
                button("trial", .tryConnection)
                button("sync", .syncNow)
            }
        }
        if let trial { TrialCard(trial: trial, reader: reader) }
        dl(.class("facts card")) {
            fact(.version, state.version)
            fact(.lastSync, state.syncedAt.map { $0.text(.short, in: visit.tenant.timeZone, for: reader) } ?? "")
            if let milliseconds = state.syncMilliseconds {
                fact(.took, FleetWords.took.text(for: reader, .text("span", "\(milliseconds) ms")))
            }
            if let trouble = FleetTrouble(rawValue: state.trouble) {
                fact(.trouble, trouble.text(for: reader))
                if !state.troubleDetail.isEmpty { fact(.state, state.troubleDetail) }
            }
        }
        NounFacts(controller, for: reader)
        p {
            a(.class("button"), .href(FleetDevice.path)) { FleetWords.title.text(for: reader) }
        }
    }

    private func fact(_ words: FleetWords, _ text: String) -> Markup {
        div {
            dt { words.text(for: reader) }
            dd { if text.isEmpty { span(.class("hint")) { FleetWords.never.text(for: reader) } } else { text } }
        }
    }

    private func button(_ segment: String, _ words: FleetWords) -> Markup {
        form(.class("inline"), .method(.post), .action("\(controller.panelPath)/\(segment)")) {
            HTML.button(.type("submit")) { words.text(for: reader) }
        }
    }
}

private struct TrialCard: View {
    let trial: Result<FleetExamination, FleetFailure>
    let reader: Reader

    var body: Markup {
        section(.class("card"), .aria("label", FleetWords.tryConnection.text(for: reader))) {
            h2 { FleetWords.tryConnection.text(for: reader) }
            switch trial {
            case .success(let found):
                p(.class("good")) { FleetWords.trialGood.text(for: reader) }
                p {
                    "\(FleetWords.devices.text(for: reader)): \(found.devices.text(for: reader)) · "
                    "\(FleetWords.sites.text(for: reader)): \(found.sites.text(for: reader))"
                }
            case .failure(let failure):
                p(.class("error")) { (FleetTrouble(rawValue: failure.word) ?? .refused).text(for: reader) }
                if !failure.detail.isEmpty { p(.class("hint")) { failure.detail } }
            }
        }
    }
}
