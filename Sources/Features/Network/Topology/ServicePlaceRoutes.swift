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

/// Where a service is connected, in its form and on its page.
struct ServicePlaceRoutes: Sendable {
    func add(to routes: inout Panel.Routes) {
        routes.get(
            "/panel/services/:id/place", .networkOperate, "Formulario de la sectorial o caja de un servicio", ask)
        routes.post("/panel/services/:id/place", .networkOperate, "Conecta un servicio a una sectorial o caja", put)
        routes.get("/panel/services/:id/place/remove", .networkOperate, "Pregunta antes de quitarlo", askToRemove)
        routes.post("/panel/services/:id/place/remove", .networkOperate, "Quita un servicio de su sitio", remove)
    }

    private func ask(_ visit: Visit, id: Service.ID) async throws -> Response {
        let service = try await found(id, visit)
        let place = try await visit.database.servicePlace(id)
        let form = place.map { NounForm($0) } ?? NounForm(new: ServicePlace(service: id))
        return try await page(form, service, isNew: place == nil, .ok, visit)
    }

    private func put(_ visit: Visit, id: Service.ID) async throws -> Response {
        let service = try await found(id, visit)
        let known = try await visit.database.servicePlace(id)
        var form = try NounForm<ServicePlace>(try await visit.request.body.form(upTo: 4096))
        guard form.faults.isEmpty else {
            return try await page(form, service, isNew: known == nil, .unprocessableContent, visit)
        }
        if let known, let late = form.late(for: known) {
            return try await page(late, service, isNew: false, .conflict, visit)
        }
        do {
            _ = try await form.applied(to: known ?? ServicePlace(service: id)).put(
                of: service, by: visit.principal, in: visit.database)
            return Panel.done(.saved, at: service.panelPath)
        } catch let refusal as any Refusal {
            try form.add(siteRefusal: refusal)
            return try await page(form, service, isNew: known == nil, refusal.status, visit)
        }
    }

    private func askToRemove(_ visit: Visit, id: Service.ID) async throws -> Response {
        let service = try await found(id, visit)
        return try await Panel.confirm(
            TopologyWords.removeTitle.text(for: visit.reader, .name(service.title)),
            text: TopologyWords.removeText.text(for: visit.reader), act: TopologyWords.remove.text(for: visit.reader),
            action: "\(service.panelPath)/place/remove", back: "\(service.panelPath)/place", for: visit)
    }

    private func remove(_ visit: Visit, id: Service.ID) async throws -> Response {
        let service = try await found(id, visit)
        try await ServicePlace.remove(from: service, by: visit.principal, in: visit.database)
        return Panel.done(.saved, at: service.panelPath)
    }

    private func found(_ id: Service.ID, _ visit: Visit) async throws -> Service {
        guard let service = try await visit.database.service(id, on: visit.today) else { throw AccessRefusal.notFound }
        return service
    }

    private func page(
        _ form: NounForm<ServicePlace>, _ service: Service, isNew: Bool, _ status: Status, _ visit: Visit
    ) async throws -> Response {
        let reader = visit.reader
        let title = "\(TopologyWords.connection.text(for: reader)): \(service.title)"
        let serving = try await visit.database.siteUses().filter { $0.site.kind.servesCustomers }
        let options = FieldOptions(
            serving.map { use in
                let free = use.free.map { " · \(TopologyWords.free.text(for: reader)): \($0.text(for: reader))" } ?? ""
                return (use.site.id.description, use.site.name + free)
            }, none: serving.count == 1 ? nil : TopologyWords.noSite.text(for: reader), isRequired: true)
        let page = NounFormPage(
            title, form, options: ["site": options], to: "\(service.panelPath)/place", cancel: service.panelPath,
            submit: isNew ? TopologyWords.connect.message : nil, visit: visit
        ) {
            if !isNew {
                div(.class("acts")) {
                    a(.class("button danger"), .href("\(service.panelPath)/place/remove"), .data("dialog", "")) {
                        TopologyWords.remove.text(for: reader)
                    }
                }
            }
        }
        return try await Panel.page(page, titled: title, status: status, for: visit)
    }
}

enum ServicePlacePart {
    /// Nothing where the company has no sites.
    static func ofService(_ service: Service, _ visit: Visit) async throws -> Markup {
        guard visit.may(.networkRead) else { return .nothing }
        let place = try await visit.database.servicePlace(service.id)
        var site: Site?
        if let id = place?.site { site = try await visit.database.site(id) }
        if place == nil, try await visit.database.siteUses(limit: 1).isEmpty { return .nothing }
        return ServicePlaceCard(service: service, place: place, site: site, visit: visit).body
    }
}

private struct ServicePlaceCard: View {
    let service: Service
    let place: ServicePlace?
    let site: Site?
    let visit: Visit

    private var reader: Reader { visit.reader }

    var body: Markup {
        section(.class("card"), .aria("label", TopologyWords.connection.text(for: reader))) {
            h2 { TopologyWords.connection.text(for: reader) }
            if let place, let site {
                p {
                    a(.href(site.panelPath)) { site.name }
                    if place.port > 0 { " · \(TopologyWords.port.text(for: reader)) \(place.port.text(for: reader))" }
                }
            } else {
                p(.class("hint")) { TopologyWords.noPlace.text(for: reader) }
            }
            if visit.mayAct(with: .networkOperate) {
                div(.class("acts")) {
                    a(.class("button"), .href("\(service.panelPath)/place")) {
                        (place == nil ? TopologyWords.connect : .change).text(for: reader)
                    }
                }
            }
        }
    }
}
