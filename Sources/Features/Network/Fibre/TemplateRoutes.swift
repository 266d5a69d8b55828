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

/// Templates of ONUs in the panel.
struct TemplateRoutes: Sendable {
    private let acts: FibreActs

    init(_ acts: FibreActs) { self.acts = acts }

    func add(to routes: inout Panel.Routes) {
        routes.get("/panel/onu-templates", .networkRead, "Plantillas de servicio de ONU", list)
        routes.get("/panel/onu-templates/new", .networkManage, "Formulario para agregar una plantilla", ask)
        routes.post("/panel/onu-templates", .networkManage, "Agrega una plantilla de ONU", create)
        routes.get("/panel/onu-templates/:id", .networkRead, "Una plantilla y los comandos que manda", show)
        routes.get("/panel/onu-templates/:id/edit", .networkManage, "Formulario para cambiar una plantilla", edit)
        routes.post("/panel/onu-templates/:id", .networkManage, "Cambia una plantilla de ONU", change)
        routes.get(
            "/panel/onu-templates/:id/delete", .networkManage, "Pregunta antes de eliminar una plantilla", askToDelete)
        routes.post("/panel/onu-templates/:id/delete", .networkManage, "Elimina una plantilla de ONU", delete)
    }

    private func list(_ visit: Visit) async throws -> Response {
        let query = try ListQuery(ONUTemplate.list, visit.request.query)
        let (part, _) = try await visit.part(
            of: query, rows: visit.database.onuTemplates(query), counted: visit.database.onuTemplatesCounted(query))
        let new = (FibreWords.newTemplate.text(for: visit.reader), "\(ONUTemplate.path)/new")
        let page = ListPage(
            part, .init(.network, none: FibreWords.noTemplates.message, intro: FibreWords.templatesIntro.message),
            new: visit.mayAct(with: .networkManage) ? new : nil, visit: visit)
        return try await Panel.page(page, of: part, for: visit)
    }

    private func ask(_ visit: Visit) async throws -> Response {
        try await page(NounForm(new: acts.blankTemplate(at: visit.now)), nil, .ok, visit)
    }

    private func create(_ visit: Visit) async throws -> Response {
        let sent = try await visit.request.body.form(upTo: 8192)
        var form = try NounForm<ONUTemplate>(sent)
        guard form.faults.isEmpty else { return try await page(form, nil, .unprocessableContent, visit) }
        let template = form.applied(to: acts.blankTemplate(at: visit.now))
        do {
            let (_, path) = try await visit.once(sent) { database in
                let added = try await acts.add(template, by: visit.principal, in: database)
                return (added, added.panelPath)
            }
            return Panel.done(.created, at: path)
        } catch let refusal as any Refusal {
            try form.add(fibreRefusal: refusal)
            return try await page(form, nil, refusal.status, visit)
        }
    }

    private func show(_ visit: Visit, id: ONUTemplate.ID) async throws -> Response {
        let template = try await found(id, in: visit.database)
        let firmware = try await visit.database.olts().first { $0.vendor == template.vendor }?.firmware ?? ""
        let page = TemplatePage(
            template: template, commands: acts.rehearse(template, firmware: firmware), visit: visit)
        return try await Panel.page(page, titled: template.name, for: visit)
    }

    private func edit(_ visit: Visit, id: ONUTemplate.ID) async throws -> Response {
        let template = try await found(id, in: visit.database)
        return try await page(NounForm(template), template, .ok, visit)
    }

    private func change(_ visit: Visit, id: ONUTemplate.ID) async throws -> Response {
        let template = try await found(id, in: visit.database)
        var form = try NounForm<ONUTemplate>(try await visit.request.body.form(upTo: 8192))
        guard form.faults.isEmpty else { return try await page(form, template, .unprocessableContent, visit) }
        do {
            let sent = form
            let late = try await visit.database.transaction { database in
                let known = try await found(id, locked: true, in: database)
                if let late = sent.late(for: known) { return NounForm<ONUTemplate>?.some(late) }
                _ = try await acts.change(known, to: sent.applied(to: known), by: visit.principal, in: database)
                return nil
            }
            if let late { return try await page(late, template, .conflict, visit) }
            return Panel.done(.saved, at: template.panelPath)
        } catch let refusal as any Refusal {
            try form.add(fibreRefusal: refusal)
            return try await page(form, template, refusal.status, visit)
        }
    }

    private func askToDelete(_ visit: Visit, id: ONUTemplate.ID) async throws -> Response {
        let template = try await found(id, in: visit.database)
        return try await Panel.confirm(
            FibreWords.deleteTitle.text(for: visit.reader, .name(template.name)),
            text: FibreWords.deleteText.text(for: visit.reader), act: FibreWords.delete.text(for: visit.reader),
            action: "\(template.panelPath)/delete", back: template.panelPath, for: visit)
    }

    private func delete(_ visit: Visit, id: ONUTemplate.ID) async throws -> Response {
        try await acts.delete(id, by: visit.principal, in: visit.database)
        return Panel.done(.deleted, at: ONUTemplate.path)
    }

    private func found(
        _ id: ONUTemplate.ID, locked: Bool = false, in database: TenantDatabase
    ) async throws -> ONUTemplate {
        guard let template = try await database.onuTemplate(id, locked: locked) else { throw AccessRefusal.notFound }
        return template
    }

    private func page(
        _ form: NounForm<ONUTemplate>, _ template: ONUTemplate?, _ status: Status, _ visit: Visit
    ) async throws -> Response {
        let title = template?.name ?? FibreWords.newTemplate.text(for: visit.reader)
        let page = NounFormPage(
            title, form, to: template?.panelPath ?? ONUTemplate.path,
            cancel: template?.panelPath ?? ONUTemplate.path,
            submit: template == nil ? FibreWords.newTemplate.message : nil, visit: visit
        ) {
            if let template {
                div(.class("acts")) {
                    a(.class("button danger"), .href("\(template.panelPath)/delete"), .data("dialog", "")) {
                        FibreWords.delete.text(for: visit.reader)
                    }
                }
            }
        }
        return try await Panel.page(page, titled: title, status: status, for: visit)
    }
}

private struct TemplatePage: View {
    let template: ONUTemplate
    let commands: [String]
    let visit: Visit

    private var reader: Reader { visit.reader }

    var body: Markup {
        Crumb(ONUTemplate.list, visit: visit)
        PageHeading(template.name) {
            if visit.mayAct(with: .networkManage) {
                a(.class("button"), .href("\(template.panelPath)/edit")) {
                    Icon.edit
                    span { FibreWords.edit.text(for: reader) }
                }
            }
        }
        NounFacts(template, options: [:], for: reader)
        section(.class("card"), .aria("label", FibreWords.rehearsal.text(for: reader))) {
            h2 { FibreWords.rehearsal.text(for: reader) }
            p(.class("hint")) { FibreWords.rehearsalHint.text(for: reader) }
            ol {
                for command in commands { li { code { command } } }
            }
        }
    }
}
