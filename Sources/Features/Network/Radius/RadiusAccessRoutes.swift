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
import Services
import Tenancy

/// How a service goes on line by RADIUS, in its form and on its page.
struct RadiusAccessRoutes: Sendable {
    private let acts: RadiusActs

    init(_ acts: RadiusActs) { self.acts = acts }

    func add(to routes: inout Panel.Routes) {
        routes.get("/panel/services/:id/radius", .networkOperate, "Formulario de acceso por RADIUS", ask)
        routes.post("/panel/services/:id/radius", .networkOperate, "Da acceso por RADIUS a un servicio", put)
        routes.post(
            "/panel/services/:id/radius/password", .networkOperate, "Muestra la contraseña RADIUS", showPassword)
        routes.get(
            "/panel/services/:id/radius/remove", .networkOperate, "Pregunta antes de quitar el acceso", askToRemove)
        routes.post("/panel/services/:id/radius/remove", .networkOperate, "Quita el acceso por RADIUS", remove)
    }

    private func ask(_ visit: Visit, id: Service.ID) async throws -> Response {
        let service = try await found(id, visit)
        let access = try await visit.database.radiusAccess(id)
        return try await page(
            access.map { NounForm($0) } ?? NounForm(new: RadiusAccess(service: id)), service, isNew: access == nil, .ok,
            visit)
    }

    private func put(_ visit: Visit, id: Service.ID) async throws -> Response {
        let service = try await found(id, visit)
        let known = try await visit.database.radiusAccess(id)
        var form = try NounForm<RadiusAccess>(try await visit.request.body.form(upTo: 8192))
        guard form.faults.isEmpty else {
            return try await page(form, service, isNew: known == nil, .unprocessableContent, visit)
        }
        if let known, let late = form.late(for: known) {
            return try await page(late, service, isNew: false, .conflict, visit)
        }
        do {
            _ = try await acts.put(
                form.applied(to: known ?? RadiusAccess(service: id)), of: service, by: visit.principal,
                in: visit.database)
            return Panel.done(.saved, at: service.panelPath)
        } catch let refusal as any Refusal {
            try form.add(radiusRefusal: refusal)
            return try await page(form, service, isNew: known == nil, refusal.status, visit)
        }
    }

    private func showPassword(_ visit: Visit, id: Service.ID) async throws -> Response {
        let service = try await found(id, visit)
        guard let access = try await visit.database.radiusAccess(id) else { throw AccessRefusal.notFound }
        let password = try await acts.readPassword(of: service, by: visit.principal, in: visit.database)
        let page = CredentialsPage(service: service, access: access, password: password, reader: visit.reader)
        return try await Panel.page(page, titled: RadiusWords.access.text(for: visit.reader), for: visit)
    }

    private func askToRemove(_ visit: Visit, id: Service.ID) async throws -> Response {
        let service = try await found(id, visit)
        return try await Panel.confirm(
            RadiusWords.removeTitle.text(for: visit.reader, .name(service.title)),
            text: RadiusWords.removeText.text(for: visit.reader), act: RadiusWords.remove.text(for: visit.reader),
            action: "\(service.panelPath)/radius/remove", back: "\(service.panelPath)/radius", for: visit)
    }

    private func remove(_ visit: Visit, id: Service.ID) async throws -> Response {
        try await acts.remove(found(id, visit), by: visit.principal, in: visit.database)
        return Panel.done(.saved, at: "/panel/services/\(id)")
    }

    private func found(_ id: Service.ID, _ visit: Visit) async throws -> Service {
        guard let service = try await visit.database.service(id, on: visit.today) else { throw AccessRefusal.notFound }
        return service
    }

    private func page(
        _ form: NounForm<RadiusAccess>, _ service: Service, isNew: Bool, _ status: Status, _ visit: Visit
    ) async throws -> Response {
        let title = "\(RadiusWords.access.text(for: visit.reader)): \(service.title)"
        let page = NounFormPage(
            title, form, to: "\(service.panelPath)/radius", cancel: service.panelPath,
            submit: isNew ? RadiusWords.give.message : nil, visit: visit
        ) {
            if !isNew {
                div(.class("acts")) {
                    a(.class("button danger"), .href("\(service.panelPath)/radius/remove"), .data("dialog", "")) {
                        RadiusWords.remove.text(for: visit.reader)
                    }
                }
            }
        }
        return try await Panel.page(page, titled: title, status: status, for: visit)
    }
}
