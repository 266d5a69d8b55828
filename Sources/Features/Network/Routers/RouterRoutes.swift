import Access
import Declarations
import HTML
import HTTP
import Identifiers
import Locale
import Nouns
import Panel
import Plans
import Postgres
import Tenancy
import Zones

package struct RouterRoutes: Sendable {
    private let acts: RouterActs

    package init(_ acts: RouterActs) { self.acts = acts }

    package func add(to routes: inout Panel.Routes) {
        routes.get("/panel/routers", .networkRead, "Lista de routers", list)
        routes.get("/panel/routers/new", .networkManage, "Formulario para agregar un router", ask)
        routes.post("/panel/routers", .networkManage, "Agrega un router", create)
        routes.get("/panel/routers/:id", .networkRead, "Un router y su estado", show)
        routes.get("/panel/routers/:id/edit", .networkManage, "Formulario para cambiar un router", edit)
        routes.post("/panel/routers/:id", .networkManage, "Cambia un router", change)
        routes.post("/panel/routers/:id/trial", .networkOperate, "Prueba la conexión con un router", tryConnection)
        routes.post("/panel/routers/:id/comparison", .networkOperate, "Revisa un router por completo", compare)
        routes.post("/panel/routers/:id/pause", .networkManage, "Pone en pausa un router", pause)
        routes.post("/panel/routers/:id/resume", .networkManage, "Quita la pausa de un router", resume)
        routes.get("/panel/routers/:id/profiles", .networkManage, "Perfiles de los planes en un router", askProfiles)
        routes.post("/panel/routers/:id/profiles", .networkManage, "Cambia los perfiles de los planes", putProfiles)
        routes.get("/panel/routers/:id/delete", .networkManage, "Pregunta antes de eliminar un router", askToDelete)
        routes.post("/panel/routers/:id/delete", .networkManage, "Elimina un router sin servicios", delete)
        routes.get("/panel/routers/:id/script", .networkManage, "Pregunta antes de hacer el script", askForScript)
        routes.post("/panel/routers/:id/script", .networkManage, "Hace el script que se pega en el router", makeScript)
        RouterImportRoutes(acts).add(to: &routes)
        RouterMoveRoutes(acts).add(to: &routes)
        RangeRoutes(acts).add(to: &routes)
        AccessPointRoutes(acts).add(to: &routes)
    }

    private func list(_ visit: Visit) async throws -> Response {
        let query = try ListQuery(RouterUse.list, visit.request.query)
        let zones = try await visit.database.zones()
        let (part, _) = try await visit.part(
            of: query, rows: visit.database.routerUses(query),
            counted: "FROM routers r WHERE \(visit.database.routerConditions(query))")
        let new = (RouterWords.new.text(for: visit.reader), "\(Router.path)/new")
        let page = ListPage(
            part,
            .init(
                .domains, none: RouterWords.none.message, intro: RouterWords.intro.message,
                search: RouterWords.search.message),
            options: zones.isEmpty ? [:] : ["zone": Zone.options(zones, for: visit)],
            new: visit.mayAct(with: .networkManage) ? new : nil, visit: visit)
        return try await Panel.page(page, of: part, for: visit)
    }

    private func ask(_ visit: Visit) async throws -> Response {
        try await page(NounForm(new: acts.blank(at: visit.now)), nil, .ok, visit)
    }

    private func create(_ visit: Visit) async throws -> Response {
        let sent = try await visit.request.body.form(upTo: 8192)
        var form = try NounForm<Router>(sent)
        guard form.faults.isEmpty else { return try await page(form, nil, .unprocessableContent, visit) }
        let router = form.applied(to: acts.blank(at: visit.now))
        do {
            let (_, path) = try await visit.once(sent) { database in
                let added = try await acts.add(router, by: visit.principal, in: database)
                return (added, added.panelPath)
            }
            return Panel.done(.created, at: path)
        } catch let refusal as any Refusal {
            try form.add(routerRefusal: refusal)
            return try await page(form, nil, refusal.status, visit)
        }
    }

    private func show(_ visit: Visit, id: Router.ID) async throws -> Response {
        try await show(visit, found(id, in: visit.database), trial: nil)
    }

    private func show(_ visit: Visit, _ router: Router, trial: RouterTrial?) async throws -> Response {
        let health = try await visit.database.routerHealth(router.id) ?? RouterHealth()
        let zones = try await visit.database.zones()
        let page = RouterPage(
            router: router, health: health, trial: trial,
            options: zones.isEmpty ? [:] : ["zone": Zone.options(zones, for: visit)],
            parts: try await RouterPart.all(of: router, visit), visit: visit)
        return try await Panel.page(page, titled: router.name, for: visit)
    }

    private func edit(_ visit: Visit, id: Router.ID) async throws -> Response {
        let router = try await found(id, in: visit.database)
        return try await page(NounForm(router), router, .ok, visit)
    }

    private func change(_ visit: Visit, id: Router.ID) async throws -> Response {
        let router = try await found(id, in: visit.database)
        var form = try NounForm<Router>(try await visit.request.body.form(upTo: 8192))
        guard form.faults.isEmpty else { return try await page(form, router, .unprocessableContent, visit) }
        do {
            let sent = form
            let late = try await visit.database.transaction { database in
                let router = try await found(id, locked: true, in: database)
                if let late = sent.late(for: router) { return NounForm<Router>?.some(late) }
                _ = try await acts.change(router, to: sent.applied(to: router), by: visit.principal, in: database)
                return nil
            }
            if let late { return try await page(late, router, .conflict, visit) }
            return Panel.done(.saved, at: router.panelPath)
        } catch let refusal as any Refusal {
            try form.add(routerRefusal: refusal)
            return try await page(form, router, refusal.status, visit)
        }
    }

    private func tryConnection(_ visit: Visit, id: Router.ID) async throws -> Response {
        let router = try await found(id, in: visit.database)
        let trial = try await acts.tryConnection(to: router, at: visit.now, in: visit.database)
        return try await show(visit, router, trial: trial)
    }

    private func compare(_ visit: Visit, id: Router.ID) async throws -> Response {
        let router = try await acts.compare(id, by: visit.principal, in: visit.database)
        return Panel.done(.comparing, at: router.panelPath)
    }

    private func pause(_ visit: Visit, id: Router.ID) async throws -> Response {
        try await acts.set(id, isPaused: true, by: visit.principal, in: visit.database)
        return Panel.done(.saved, at: "\(Router.path)/\(id)")
    }

    private func resume(_ visit: Visit, id: Router.ID) async throws -> Response {
        try await acts.set(id, isPaused: false, by: visit.principal, in: visit.database)
        return Panel.done(.saved, at: "\(Router.path)/\(id)")
    }

    private func askProfiles(_ visit: Visit, id: Router.ID) async throws -> Response {
        let router = try await found(id, in: visit.database)
        let page = RouterProfilesPage(
            router: router, plans: try await visit.database.plans(),
            profiles: try await visit.database.routerProfiles(id), visit: visit)
        return try await Panel.page(page, titled: router.name, for: visit)
    }

    private func putProfiles(_ visit: Visit, id: Router.ID) async throws -> Response {
        let router = try await found(id, in: visit.database)
        let plans = try await visit.database.plans()
        let sent = try await visit.request.body.form(upTo: 65_536)
        try sent.allow(Set(plans.map { "\($0.id)" } + [FormID.field]))
        var profiles = try await visit.database.routerProfiles(id)
        for plan in plans { profiles[plan.id] = FormText.line(sent["\(plan.id)"] ?? "", upTo: 100) }
        try await acts.put(profiles, of: router, by: visit.principal, in: visit.database)
        return Panel.done(.saved, at: router.panelPath)
    }

    private func askForScript(_ visit: Visit, id: Router.ID) async throws -> Response {
        let router = try await found(id, in: visit.database)
        return try await Panel.confirm(
            RouterWords.script.text(for: visit.reader), text: RouterWords.scriptText.text(for: visit.reader),
            act: RouterWords.makeScript.text(for: visit.reader), action: "\(router.panelPath)/script",
            back: router.panelPath, for: visit)
    }

    private func makeScript(_ visit: Visit, id: Router.ID) async throws -> Response {
        let script = try await acts.makeScript(for: id, by: visit.principal, in: visit.database)
        let router = try await found(id, in: visit.database)
        return try await Panel.page(
            RouterScriptPage(router: router, script: script, visit: visit), titled: router.name, for: visit)
    }

    private func askToDelete(_ visit: Visit, id: Router.ID) async throws -> Response {
        let router = try await found(id, in: visit.database)
        return try await Panel.confirm(
            RouterWords.deleteTitle.text(for: visit.reader, .name(router.name)),
            text: RouterWords.deleteText.text(for: visit.reader), act: RouterWords.delete.text(for: visit.reader),
            action: "\(router.panelPath)/delete", back: router.panelPath, for: visit)
    }

    private func delete(_ visit: Visit, id: Router.ID) async throws -> Response {
        try await acts.delete(id, by: visit.principal, in: visit.database)
        return Panel.done(.deleted, at: Router.path)
    }

    private func found(_ id: Router.ID, locked: Bool = false, in database: TenantDatabase) async throws -> Router {
        guard let router = try await database.router(id, locked: locked) else { throw AccessRefusal.notFound }
        return router
    }

    private func page(
        _ form: NounForm<Router>, _ router: Router?, _ status: Status, _ visit: Visit
    ) async throws -> Response {
        let title = router?.name ?? RouterWords.new.text(for: visit.reader)
        let zones = try await visit.database.zones()
        let page = NounFormPage(
            title, form, options: zones.isEmpty ? [:] : ["zone": Zone.options(zones, for: visit)],
            to: router?.panelPath ?? Router.path, cancel: router?.panelPath ?? Router.path,
            submit: router == nil ? RouterWords.new.message : nil, visit: visit
        ) {
            if let router {
                div(.class("acts")) {
                    a(.class("button danger"), .href("\(router.panelPath)/delete"), .data("dialog", "")) {
                        RouterWords.delete.text(for: visit.reader)
                    }
                }
            }
        }
        return try await Panel.page(page, titled: title, status: status, for: visit)
    }
}

extension NounForm {
    /// Shows the refusal beside its field; one without a field is thrown on.
    mutating func add(routerRefusal refusal: any Refusal) throws {
        switch refusal {
        case let refusal as RouterRefusal: add(refusal, beside: refusal.field)
        case let refusal as ZoneRefusal: add(refusal, beside: "zone")
        default: throw refusal
        }
    }
}
