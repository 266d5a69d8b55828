import Access
import HTTP
import Identifiers
import Locale
import Panel
import Time

package struct ZoneRoutes: Sendable {
    private let randomness: Randomness

    package init(randomness: Randomness) { self.randomness = randomness }

    package func add(to routes: inout Panel.Routes) {
        routes.get("/panel/zones", .zonesManage, "Zonas de cobertura", list)
        routes.get("/panel/zones/new", .zonesManage, "Formulario para crear una zona", ask)
        routes.post("/panel/zones", .zonesManage, "Crea una zona", create)
        routes.get("/panel/zones/:id", .zonesManage, "Una zona", show)
        routes.post("/panel/zones/:id", .zonesManage, "Cambia el nombre de una zona", change)
        routes.get("/panel/zones/:id/delete", .zonesManage, "Pregunta antes de eliminar una zona", askToDelete)
        routes.post("/panel/zones/:id/delete", .zonesManage, "Elimina una zona", delete)
    }

    private func list(_ visit: Visit) async throws -> Response {
        try await Panel.page(
            ZoneListPage(uses: try await visit.database.zoneUses(), visit: visit),
            titled: ZoneWords.zones.text(for: visit.reader), for: visit)
    }

    private func ask(_ visit: Visit) async throws -> Response { try await page("", nil, nil, .ok, visit) }

    private func show(_ visit: Visit, id: CoverageZone.ID) async throws -> Response {
        let zone = try await found(id, visit)
        return try await page(zone.name, nil, zone, .ok, visit)
    }

    private func create(_ visit: Visit) async throws -> Response {
        try await save(.make(milliseconds: visit.now.milliseconds, from: randomness), nil, visit)
    }

    private func change(_ visit: Visit, id: CoverageZone.ID) async throws -> Response {
        try await save(id, try await found(id, visit), visit)
    }

    private func save(_ id: CoverageZone.ID, _ known: CoverageZone?, _ visit: Visit) async throws -> Response {
        let form = try await visit.request.body.form(upTo: 4096)
        try form.allow(["name"])
        let name = FormText.line(form["name"])
        guard !name.isEmpty else {
            return try await page(name, ZoneWords.nameMissing.message, known, .unprocessableContent, visit)
        }
        do {
            try await CoverageZone(id: id, name: name).save(by: visit.author, in: visit.database)
        } catch ZoneRefusal.nameTaken {
            return try await page(name, ZoneRefusal.nameTaken.message, known, .conflict, visit)
        }
        return Panel.done(.saved, at: "/panel/zones")
    }

    private func askToDelete(_ visit: Visit, id: CoverageZone.ID) async throws -> Response {
        let zone = try await found(id, visit)
        return try await Panel.confirm(
            ZoneWords.deleteTitle.text(for: visit.reader, .name(zone.name)),
            text: ZoneWords.deleteText.text(for: visit.reader), act: ZoneWords.delete.text(for: visit.reader),
            action: "/panel/zones/\(id)/delete", back: "/panel/zones/\(id)", for: visit)
    }

    private func delete(_ visit: Visit, id: CoverageZone.ID) async throws -> Response {
        try await CoverageZone.delete(id, by: visit.author, in: visit.database)
        return Panel.done(.deleted, at: "/panel/zones")
    }

    private func found(_ id: CoverageZone.ID, _ visit: Visit) async throws -> CoverageZone {
        guard let zone = try await visit.database.coverageZone(id) else { throw AccessRefusal.notFound }
        return zone
    }

    private func page(
        _ name: String, _ fault: Message?, _ zone: CoverageZone?, _ status: Status, _ visit: Visit
    ) async throws -> Response {
        try await Panel.page(
            ZonePage(name: name, fault: fault, zone: zone, visit: visit),
            titled: zone?.name ?? ZoneWords.new.text(for: visit.reader), status: status, for: visit)
    }
}
