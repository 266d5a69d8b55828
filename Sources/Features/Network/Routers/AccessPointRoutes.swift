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

/// The form for how a service reaches the network.
struct AccessPointRoutes: Sendable {
    private let acts: RouterActs

    init(_ acts: RouterActs) { self.acts = acts }

    func add(to routes: inout Panel.Routes) {
        routes.get("/panel/services/:id/access", .networkOperate, "Formulario de acceso a la red", ask)
        routes.post("/panel/services/:id/access", .networkOperate, "Liga un servicio a su router", bind)
        routes.get("/panel/services/:id/access/remove", .networkOperate, "Pregunta antes de desligar", askToUnbind)
        routes.post("/panel/services/:id/access/remove", .networkOperate, "Desliga un servicio", unbind)
    }

    private func ask(_ visit: Visit, id: Service.ID) async throws -> Response {
        let service = try await found(id, visit)
        let point = try await visit.database.accessPoint(id)
        let form = point.map { NounForm($0) } ?? NounForm(new: AccessPoint(service: id))
        return try await page(form, service, isBound: point != nil, .ok, visit)
    }

    private func bind(_ visit: Visit, id: Service.ID) async throws -> Response {
        let service = try await found(id, visit)
        let known = try await visit.database.accessPoint(id)
        var form = try NounForm<AccessPoint>(try await visit.request.body.form(upTo: 8192))
        guard form.faults.isEmpty else {
            return try await page(form, service, isBound: known != nil, .unprocessableContent, visit)
        }
        if let known, let late = form.late(for: known) {
            return try await page(late, service, isBound: true, .conflict, visit)
        }
        do {
            _ = try await acts.bind(
                form.applied(to: known ?? AccessPoint(service: id)), of: service, by: visit.principal,
                in: visit.database)
            return Panel.done(.saved, at: service.panelPath)
        } catch let refusal as any Refusal {
            try form.add(routerRefusal: refusal)
            return try await page(form, service, isBound: known != nil, refusal.status, visit)
        }
    }

    private func askToUnbind(_ visit: Visit, id: Service.ID) async throws -> Response {
        let service = try await found(id, visit)
        return try await Panel.confirm(
            RouterWords.unbindTitle.text(for: visit.reader, .name(service.title)),
            text: RouterWords.unbindText.text(for: visit.reader), act: RouterWords.unbind.text(for: visit.reader),
            action: "\(service.panelPath)/access/remove", back: "\(service.panelPath)/access", for: visit)
    }

    private func unbind(_ visit: Visit, id: Service.ID) async throws -> Response {
        let service = try await found(id, visit)
        try await acts.unbind(service, by: visit.principal, in: visit.database)
        return Panel.done(.saved, at: service.panelPath)
    }

    private func found(_ id: Service.ID, _ visit: Visit) async throws -> Service {
        guard let service = try await visit.database.service(id, on: visit.today) else { throw AccessRefusal.notFound }
        return service
    }

    private func page(
        _ form: NounForm<AccessPoint>, _ service: Service, isBound: Bool, _ status: Status, _ visit: Visit
    ) async throws -> Response {
        let reader = visit.reader
        let title = "\(RouterWords.access.text(for: reader)): \(service.title)"
        let routers = try await visit.database.routers()
        let options = FieldOptions(
            routers.map { ($0.id.description, $0.name) },
            none: routers.count == 1 ? nil : RouterWords.noRouters.text(for: reader), isRequired: true)
        let page = NounFormPage(
            title, form, options: ["router": options], to: "\(service.panelPath)/access", cancel: service.panelPath,
            submit: isBound ? nil : RouterWords.bind.message, visit: visit
        ) {
            if isBound {
                div(.class("acts")) {
                    a(.class("button danger"), .href("\(service.panelPath)/access/remove"), .data("dialog", "")) {
                        RouterWords.unbind.text(for: reader)
                    }
                }
            }
        }
        return try await Panel.page(page, titled: title, status: status, for: visit)
    }
}
