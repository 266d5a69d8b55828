import Access
import Declarations
import HTML
import HTTP
import Identifiers
import Locale
import Nouns
import Panel
import Postgres
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
        let query = try ListQuery(Zone.list.counting(usesIn: visit.catalogue), visit.request.query)
        let tenant = visit.database.tenant
        let (part, _) = try await visit.part(
            of: query, rows: visit.database.usedZones(query, knowing: visit.catalogue),
            counted: "FROM coverage_zones WHERE tenant_id = \(tenant)")
        let new = (ZoneWords.new.text(for: visit.reader), "/panel/zones/new")
        let page = ListPage(
            part, .init(.zones, none: ZoneWords.none.message, intro: ZoneWords.intro.message),
            new: visit.mayAct(with: .zonesManage) ? new : nil, visit: visit)
        return try await Panel.page(page, of: part, for: visit)
    }

    private func ask(_ visit: Visit) async throws -> Response {
        try await page(NounForm(new: Zone(id: newID(visit))), nil, .ok, visit)
    }

    private func show(_ visit: Visit, id: Zone.ID) async throws -> Response {
        let zone = try await found(id, in: visit.database)
        if visit.mayAct(with: .zonesManage) { return try await page(NounForm(zone), zone, .ok, visit) }
        return try await Panel.page(
            NounPage(zone.name, of: zone, in: Zone.list, visit: visit), titled: zone.name, for: visit)
    }

    private func create(_ visit: Visit) async throws -> Response {
        let sent = try await visit.request.body.form(upTo: 4096)
        var form = try NounForm<Zone>(sent)
        guard form.faults.isEmpty else { return try await page(form, nil, .unprocessableContent, visit) }
        let zone = form.applied(to: Zone(id: newID(visit)))
        do {
            let (_, path) = try await visit.once(sent) { database in
                (try await zone.add(by: visit.principal, in: database), Zone.list.path)
            }
            return Panel.done(.zoneCreated, at: path)
        } catch let refusal as ZoneRefusal {
            form.add(refusal, beside: "name")
            return try await page(form, nil, refusal.status, visit)
        }
    }

    private func change(_ visit: Visit, id: Zone.ID) async throws -> Response {
        var form = try NounForm<Zone>(try await visit.request.body.form(upTo: 4096))
        let zone = try await found(id, in: visit.database)
        guard form.faults.isEmpty else { return try await page(form, zone, .unprocessableContent, visit) }
        do {
            let sent = form
            let late = try await visit.database.transaction { database in
                let zone = try await found(id, locked: true, in: database)
                if let late = sent.late(for: zone) { return NounForm<Zone>?.some(late) }
                try await zone.change(to: sent.applied(to: zone), by: visit.principal, in: database)
                return nil
            }
            if let late { return try await page(late, zone, .conflict, visit) }
            return Panel.done(.saved, at: Zone.list.path)
        } catch let refusal as ZoneRefusal {
            form.add(refusal, beside: "name")
            return try await page(form, zone, refusal.status, visit)
        }
    }

    private func askToDelete(_ visit: Visit, id: Zone.ID) async throws -> Response {
        let zone = try await found(id, in: visit.database)
        return try await Panel.confirm(
            ZoneWords.deleteTitle.text(for: visit.reader, .name(zone.name)),
            text: ZoneWords.deleteText.text(for: visit.reader), act: ZoneWords.delete.text(for: visit.reader),
            action: "/panel/zones/\(id)/delete", back: "/panel/zones/\(id)", for: visit)
    }

    private func delete(_ visit: Visit, id: Zone.ID) async throws -> Response {
        try await Zone.delete(id, by: visit.principal, in: visit.database)
        return Panel.done(.deleted, at: "/panel/zones")
    }

    private func newID(_ visit: Visit) -> Zone.ID { .make(milliseconds: visit.now.milliseconds, from: randomness) }

    private func found(_ id: Zone.ID, locked: Bool = false, in database: TenantDatabase) async throws -> Zone {
        guard let zone = try await database.zone(id, locked: locked) else { throw AccessRefusal.notFound }
        return zone
    }

    private func page(
        _ form: NounForm<Zone>, _ zone: Zone?, _ status: Status, _ visit: Visit
    ) async throws -> Response {
        let title = zone?.name ?? ZoneWords.new.text(for: visit.reader)
        let page = NounFormPage(
            title, form, to: zone.map { "/panel/zones/\($0.id)" } ?? Zone.list.path, cancel: Zone.list.path,
            submit: zone == nil ? ZoneWords.new.message : nil, visit: visit
        ) {
            if let zone {
                div(.class("acts")) {
                    a(.class("button danger"), .href("/panel/zones/\(zone.id)/delete"), .data("dialog", "")) {
                        ZoneWords.delete.text(for: visit.reader)
                    }
                }
            }
        }
        return try await Panel.page(page, titled: title, status: status, for: visit)
    }
}
