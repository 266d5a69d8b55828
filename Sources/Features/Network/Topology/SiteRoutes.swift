import Access
import Declarations
import HTML
import HTTP
import Identifiers
import Locale
import Monitoring
import Nouns
import Panel
import Postgres
import Routers
import Tenancy
import Time
import Zones

/// The sites, as a list, a tree and a map, and whether there is service at a place.
struct SiteRoutes: Sendable {
    let files: ListFiles
    let randomness: Randomness

    static let tree = "/panel/sites/tree"
    static let map = "/panel/sites/map"
    static let coverage = "/panel/sites/coverage"

    func add(to routes: inout Panel.Routes) {
        routes.get("/panel/sites", .networkRead, "Nodos, sectoriales y cajas", list)
        routes.get("/panel/sites.csv", .networkRead, "Los sitios como CSV") { visit in
            try await export(visit, as: .csv)
        }
        routes.get("/panel/sites.xlsx", .networkRead, "Los sitios para Excel") { visit in
            try await export(visit, as: .xlsx)
        }
        routes.get("/panel/sites/tree", .networkRead, "El árbol de la red", showTree)
        routes.get("/panel/sites/map", .networkRead, "El mapa de la red", showMap)
        routes.get("/panel/sites/map/tiles", .networkManage, "Formulario del fondo del mapa", askTiles)
        routes.post("/panel/sites/map/tiles", .networkManage, "Cambia el fondo del mapa", putTiles)
        routes.get("/panel/sites/coverage", .networkRead, "Si hay servicio en un lugar", showCoverage)
        routes.get("/panel/sites/new", .networkManage, "Formulario para agregar un sitio", ask)
        routes.post("/panel/sites", .networkManage, "Agrega un sitio", create)
        routes.get("/panel/sites/:id", .networkRead, "Un sitio y lo que depende de él", show)
        routes.get("/panel/sites/:id/edit", .networkManage, "Formulario para cambiar un sitio", edit)
        routes.post("/panel/sites/:id", .networkManage, "Cambia un sitio", change)
        routes.get("/panel/sites/:id/delete", .networkManage, "Pregunta antes de eliminar un sitio", askToDelete)
        routes.post("/panel/sites/:id/delete", .networkManage, "Elimina un sitio", delete)
    }

    private func list(_ visit: Visit) async throws -> Response {
        let query = try ListQuery(SiteUse.list, visit.request.query)
        let (part, zones) = try await (
            visit.part(
                of: query, rows: visit.database.siteUses(query), counted: visit.database.sitesCounted(query)
            ).part, visit.database.zones()
        )
        let new = (TopologyWords.new.text(for: visit.reader), "\(Site.path)/new")
        let page = ListPage(
            part, .init(.zones, none: TopologyWords.none.message, intro: TopologyWords.intro.message),
            options: zones.isEmpty ? [:] : ["zone": Zone.options(zones, for: visit)],
            links: [
                .init(TopologyWords.tree.text(for: visit.reader), path: Self.tree),
                .init(TopologyWords.map.text(for: visit.reader), path: Self.map),
                .init(TopologyWords.coverage.text(for: visit.reader), path: Self.coverage),
            ],
            new: visit.mayAct(with: .networkManage) ? new : nil, files: ListFiles.Format.allCases, visit: visit)
        return try await Panel.page(page, of: part, for: visit)
    }

    private func export(_ visit: Visit, as format: ListFiles.Format) async throws -> Response {
        let options = try await options(for: visit)
        return try await files.answer(
            try ListQuery(SiteUse.list, visit.request.query), as: format, options: options, for: visit
        ) { query in
            try await visit.database.rows(visit.database.siteUses(query))
        }
    }

    private func showTree(_ visit: Visit) async throws -> Response {
        let page = TreePage(tree: NetworkTree(try await visit.database.siteUses()), visit: visit)
        return try await Panel.page(page, titled: TopologyWords.tree.text(for: visit.reader), for: visit)
    }

    private func showMap(_ visit: Visit) async throws -> Response {
        let tiles = try await visit.database.mapTiles()
        let page = MapPage(uses: try await visit.database.siteUses(), tiles: tiles, visit: visit)
        var response = try await Panel.page(page, titled: TopologyWords.map.text(for: visit.reader), for: visit)
        tiles.allow(in: &response)
        return response
    }

    private func askTiles(_ visit: Visit) async throws -> Response {
        try await page(NounForm(try await visit.database.mapTiles()), .ok, visit)
    }

    private func putTiles(_ visit: Visit) async throws -> Response {
        var form = try NounForm<MapTiles>(try await visit.request.body.form(upTo: 8192))
        guard form.faults.isEmpty else { return try await page(form, .unprocessableContent, visit) }
        let known = try await visit.database.mapTiles()
        if let late = form.late(for: known) { return try await page(late, .conflict, visit) }
        do {
            try await form.applied(to: known).put(by: visit.principal, in: visit.database)
            return Panel.done(.saved, at: Self.map)
        } catch let refusal as MapTilesRefusal {
            form.add(refusal, beside: "address")
            return try await page(form, refusal.status, visit)
        }
    }

    private func page(_ form: NounForm<MapTiles>, _ status: Status, _ visit: Visit) async throws -> Response {
        let title = TopologyWords.tiles.text(for: visit.reader)
        let page = NounFormPage(
            title, form, to: MapTiles.path, cancel: Self.map, submit: nil,
            notice: p(.class("hint")) { TopologyWords.tilesIntro.text(for: visit.reader) }, visit: visit)
        return try await Panel.page(page, titled: title, status: status, for: visit)
    }

    private func showCoverage(_ visit: Visit) async throws -> Response {
        let typed = FormText.line(visit.request.query["at"], upTo: 60)
        let place = Coordinates(typed)
        let answer =
            if let place { Feasibility(at: place, among: try await visit.database.siteUses()) } else {
                Feasibility?.none
            }
        let page = CoveragePage(
            typed: typed, isUnreadable: !typed.isEmpty && place == nil, answer: answer, visit: visit)
        return try await Panel.page(page, titled: TopologyWords.coverage.text(for: visit.reader), for: visit)
    }

    private func ask(_ visit: Visit) async throws -> Response {
        try await page(NounForm(new: newSite(visit)), nil, .ok, visit)
    }

    private func create(_ visit: Visit) async throws -> Response {
        let sent = try await visit.request.body.form(upTo: 8192)
        var form = try NounForm<Site>(sent)
        guard form.faults.isEmpty else { return try await page(form, nil, .unprocessableContent, visit) }
        let site = form.applied(to: newSite(visit))
        do {
            let (_, path) = try await visit.once(sent) { database in
                let added = try await site.add(by: visit.principal, in: database)
                return (added, added.panelPath)
            }
            return Panel.done(.created, at: path)
        } catch let refusal as any Refusal {
            try form.add(siteRefusal: refusal)
            return try await page(form, nil, refusal.status, visit)
        }
    }

    private func show(_ visit: Visit, id: Site.ID) async throws -> Response {
        guard let use = try await visit.database.siteUse(id) else { throw AccessRefusal.notFound }
        let page = SitePage(
            use: use, options: try await options(for: visit),
            below: try await visit.database.siteUses().filter { $0.site.upstream == id },
            placed: try await visit.database.placedServices(on: id, limit: 500),
            parts: try await SitePart.all(of: use.site, visit),
            visit: visit)
        return try await Panel.page(page, titled: use.site.name, for: visit)
    }

    private func edit(_ visit: Visit, id: Site.ID) async throws -> Response {
        let site = try await found(id, in: visit.database)
        return try await page(NounForm(site), site, .ok, visit)
    }

    private func change(_ visit: Visit, id: Site.ID) async throws -> Response {
        let site = try await found(id, in: visit.database)
        var form = try NounForm<Site>(try await visit.request.body.form(upTo: 8192))
        guard form.faults.isEmpty else { return try await page(form, site, .unprocessableContent, visit) }
        do {
            let sent = form
            let late = try await visit.database.transaction { database in
                let site = try await found(id, locked: true, in: database)
                if let late = sent.late(for: site) { return NounForm<Site>?.some(late) }
                _ = try await site.change(to: sent.applied(to: site), by: visit.principal, in: database)
                return nil
            }
            if let late { return try await page(late, site, .conflict, visit) }
            return Panel.done(.saved, at: site.panelPath)
        } catch let refusal as any Refusal {
            try form.add(siteRefusal: refusal)
            return try await page(form, site, refusal.status, visit)
        }
    }

    private func askToDelete(_ visit: Visit, id: Site.ID) async throws -> Response {
        let site = try await found(id, in: visit.database)
        return try await Panel.confirm(
            TopologyWords.deleteTitle.text(for: visit.reader, .name(site.name)),
            text: TopologyWords.deleteText.text(for: visit.reader), act: TopologyWords.delete.text(for: visit.reader),
            action: "\(site.panelPath)/delete", back: site.panelPath, for: visit)
    }

    private func delete(_ visit: Visit, id: Site.ID) async throws -> Response {
        try await Site.delete(id, by: visit.principal, in: visit.database)
        return Panel.done(.deleted, at: Site.path)
    }

    private func newSite(_ visit: Visit) -> Site {
        Site(id: .make(milliseconds: visit.now.milliseconds, from: randomness))
    }

    private func found(_ id: Site.ID, locked: Bool = false, in database: TenantDatabase) async throws -> Site {
        guard let site = try await database.site(id, locked: locked) else { throw AccessRefusal.notFound }
        return site
    }

    private func options(besides site: Site.ID? = nil, for visit: Visit) async throws -> [String: FieldOptions] {
        let zones = try await visit.database.zones()
        let feeding = try await visit.database.siteUses().map(\.site).filter { $0.kind != .box && $0.id != site }
        let routers = try await visit.database.routers()
        let devices = try await visit.database.devices(limit: 5000).map(\.device).sorted { $0.name < $1.name }
        var options = zones.isEmpty ? [:] : ["zone": Zone.options(zones, for: visit)]
        options["upstream"] = FieldOptions(
            feeding.map { ($0.id.description, $0.name) }, none: TopologyWords.noSite.text(for: visit.reader))
        if !routers.isEmpty {
            options["router"] = FieldOptions(
                routers.map { ($0.id.description, $0.name) }, none: TopologyWords.noRouter.text(for: visit.reader))
        }
        if !devices.isEmpty {
            options["device"] = FieldOptions(
                devices.map { ($0.id.description, $0.name) }, none: TopologyWords.noRouter.text(for: visit.reader))
        }
        return options
    }

    private func page(
        _ form: NounForm<Site>, _ site: Site?, _ status: Status, _ visit: Visit
    ) async throws -> Response {
        let title = site?.name ?? TopologyWords.new.text(for: visit.reader)
        let page = NounFormPage(
            title, form, options: try await options(besides: site?.id, for: visit), to: site?.panelPath ?? Site.path,
            cancel: site?.panelPath ?? Site.path, submit: site == nil ? TopologyWords.new.message : nil, visit: visit
        ) {
            if let site {
                div(.class("acts")) {
                    a(.class("button danger"), .href("\(site.panelPath)/delete"), .data("dialog", "")) {
                        TopologyWords.delete.text(for: visit.reader)
                    }
                }
            }
        }
        return try await Panel.page(page, titled: title, status: status, for: visit)
    }
}

extension NounForm {
    /// Shows the refusal beside its field; one without a field is thrown on.
    mutating func add(siteRefusal refusal: any Refusal) throws {
        switch refusal {
        case let refusal as SiteRefusal: add(refusal, beside: refusal.field)
        case let refusal as ZoneRefusal: add(refusal, beside: "zone")
        case let refusal as RouterRefusal: add(refusal, beside: "router")
        default: throw refusal
        }
    }
}

/// Another room's card on a site's page.
package struct SitePart: RoomPart {
    package typealias Show = @Sendable (_ site: Site, _ visit: Visit) async throws -> Markup

    package let number: Int
    private let show: Show

    package init(_ number: Int, _ show: @escaping Show) { (self.number, self.show) = (number, show) }

    static func all(of site: Site, _ visit: Visit) async throws -> [Markup] {
        var parts: [Markup] = []
        for part in visit.catalogue.parts(SitePart.self) { parts.append(try await part.show(site, visit)) }
        return parts
    }
}
