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
import Zones

/// Many services put on a sector or box: searched, ticked, previewed, and undoable for ten minutes.
struct ConnectRoutes: Sendable {
    static let undoPath = "/panel/service-places/undo"

    func add(to routes: inout Panel.Routes) {
        routes.get(
            "/panel/sites/:id/services", .networkOperate, "Los servicios que se pueden conectar a un sitio", show)
        routes.post(
            "/panel/sites/:id/services/new", .networkOperate, "Muestra cómo quedarían unos servicios", preview)
        routes.post("/panel/sites/:id/services", .networkOperate, "Conecta unos servicios a un sitio", connect)
        routes.post("/panel/service-places/undo", .networkOperate, "Deshace la conexión de unos servicios", undo)
    }

    private func show(_ visit: Visit, id: Site.ID) async throws -> Response {
        try await page(id, nil, visit)
    }

    private func preview(_ visit: Visit, id: Site.ID) async throws -> Response {
        let sent = try await visit.request.body.form(upTo: 32_768)
        try sent.allow([], repeated: [Selection.field])
        let reader = visit.reader
        do {
            let plan = try await ConnectServices.plan(try Selection.ids(in: sent), at: id, in: visit.database)
            let title = ConnectWords.title.text(for: reader, .name(plan.site.name))
            let page = SelectionPage(
                title, of: plan.moves.map { ($0.service.id.uuid, line($0, reader)) }, to: path(of: id),
                submit: ConnectWords.connect.text(for: reader), back: path(of: id), visit: visit
            ) {
                p(.class("hint")) { ConnectWords.consequence.text(for: reader) }
            }
            return try await Panel.page(page, titled: title, for: visit)
        } catch let refusal as SiteRefusal {
            return try await page(id, refusal, visit)
        }
    }

    /// «Ana (12): de Cerro Norte, puerto 4».
    private func line(_ move: ConnectServices.Move, _ reader: Reader) -> String {
        var said: [String] = []
        if !move.service.siteName.isEmpty {
            said.append(ConnectWords.from.text(for: reader, .name(move.service.siteName)))
        }
        if move.port > 0 { said.append("\(TopologyWords.port.text(for: reader)) \(move.port)") }
        return said.isEmpty ? move.service.title : "\(move.service.title): \(said.joined(separator: " · "))"
    }

    private func connect(_ visit: Visit, id: Site.ID) async throws -> Response {
        let sent = try await visit.request.body.form(upTo: 32_768)
        try sent.allow([FormID.field], repeated: [Selection.field])
        let ids: [Service.ID] = try Selection.ids(in: sent)
        do {
            let (_, place) = try await visit.once(sent) { database in
                let plan = try await ConnectServices.plan(ids, at: id, locked: true, in: database)
                let undo = try await plan.happen(by: visit.principal, in: database)
                guard let undo else { return ((), plan.site.panelPath) }
                return ((), Panel.address(.servicesConnected, at: plan.site.panelPath, undo: undo))
            }
            return .redirect(to: place)
        } catch let refusal as SiteRefusal {
            return try await page(id, refusal, visit)
        }
    }

    private func undo(_ visit: Visit) async throws -> Response {
        let sent = try await visit.request.body.form(upTo: 1024)
        try sent.allow([Undo.field])
        guard let id = sent[Undo.field].flatMap({ UUID($0) }) else { throw BadRequest() }
        try await visit.admit()
        let site = try await visit.database.transaction { database in
            try await ConnectServices.undo(id, by: visit.principal, in: database)
        }
        return Panel.done(.undone, at: site.panelPath)
    }

    private func path(of id: Site.ID) -> String { "\(Site.path)/\(id)/services" }

    private func page(_ id: Site.ID, _ refusal: SiteRefusal?, _ visit: Visit) async throws -> Response {
        guard let use = try await visit.database.siteUse(id) else { throw AccessRefusal.notFound }
        guard use.site.kind.servesCustomers else { throw SiteRefusal.notServing }
        let query = visit.request.query
        var search = CandidateSearch()
        search.text = FormText.line(query["q"], upTo: 100)
        search.access = FormText.line(query["access"], upTo: 50)
        search.zone = query["zone"].flatMap { Zone.ID($0) }
        search.router = query["router"].flatMap { UUID($0) }
        search.isMoving = query["moving"] == "yes"
        let page = ConnectPage(
            use: use, path: path(of: id), search: search, isAllTicked: query["all"] == "yes",
            found: try await visit.database.candidates(
                search, besides: id, for: visit.reader, limit: Selection.most),
            zones: try await visit.database.zones(), routers: try await visit.database.routers(), refusal: refusal,
            visit: visit)
        return try await Panel.page(
            page, titled: ConnectWords.title.text(for: visit.reader, .name(use.site.name)),
            status: refusal?.status ?? .ok, for: visit)
    }
}

/// The services that may be connected to a site, to tick.
private struct ConnectPage: View {
    let use: SiteUse
    let path: String
    let search: CandidateSearch
    let isAllTicked: Bool
    let found: [Candidate]
    let zones: [Zone]
    let routers: [Router]
    let refusal: SiteRefusal?
    let visit: Visit

    private var reader: Reader { visit.reader }

    var body: Markup {
        p(.class("crumbs")) {
            a(.href(use.site.panelPath)) { use.site.name }
        }
        PageHeading(ConnectWords.title.text(for: reader, .name(use.site.name)))
        p(.class("hint lead")) {
            ConnectWords.intro.text(for: reader)
            if let free = use.free { " \(TopologyWords.free.text(for: reader)): \(free.text(for: reader))." }
        }
        if let refusal { p(.class("error"), .role("alert")) { refusal.message.text(for: reader) } }
        filters
        LivingList {
            if found.isEmpty {
                EmptyState(.search, ConnectWords.none.text(for: reader), act: nil)
            } else {
                if found.count == Selection.most {
                    p(.class("hint")) { ConnectWords.more.text(for: reader, .number("number", found.count)) }
                }
                p { a(.href(tickingAll)) { ConnectWords.tickAll.text(for: reader) } }
                form(.class("selection"), .method(.post), .action("\(path)/new")) {
                    table
                    div(.class("selection-acts")) {
                        button(.type("submit"), .class("primary")) { ConnectWords.preview.text(for: reader) }
                    }
                }
            }
        }
    }

    private var tickingAll: String {
        Fields([
            "q": search.text, "access": search.access, "zone": search.zone?.description,
            "router": search.router?.description, "moving": search.isMoving ? "yes" : nil, "all": "yes",
        ]).query(of: path)
    }

    private var filters: some View {
        FilterBar(path, button: ConnectWords.search.text(for: reader)) {
            FormField(TopologyWords.customer.text(for: reader), name: "q") { wiring in
                input(wiring, .type("search"), .value(search.text), .maxlength(100), .autocomplete("off"))
            }
            FormField(ConnectWords.access.text(for: reader), name: "access") { wiring in
                input(wiring, .type("search"), .value(search.access), .maxlength(50), .autocomplete("off"))
            }
            choice(
                ConnectWords.zone.message, "zone", zones.map { ($0.id.description, $0.name) },
                search.zone?.description)
            choice(
                ConnectWords.router.message, "router", routers.map { ($0.id.description, $0.name) },
                search.router?.description)
            choice(
                ConnectWords.which.message, "moving", [("yes", ConnectWords.moving.text(for: reader))],
                search.isMoving ? "yes" : nil, else: ConnectWords.unplaced.message)
        }
    }

    @MarkupBuilder private func choice(
        _ label: Message, _ name: String, _ choices: [(String, String)], _ chosen: String?,
        else every: Message = ConnectWords.every.message
    ) -> Markup {
        if !choices.isEmpty {
            FormField(label.text(for: reader), name: name) { wiring in
                select(wiring) {
                    option(.value("")) { every.text(for: reader) }
                    for (value, text) in choices { option(.value(value), .selected(value == chosen)) { text } }
                }
            }
        }
    }

    private var table: Markup {
        let title = ConnectWords.title.text(for: reader, .name(use.site.name))
        return div(.class("table"), .role("region"), .tabindex(0), .aria("label", title)) {
            HTML.table {
                thead {
                    tr {
                        th(.scope("col")) { ConnectWords.tick.text(for: reader) }
                        th(.scope("col")) { TopologyWords.customer.text(for: reader) }
                        th(.scope("col")) { ConnectWords.zone.text(for: reader) }
                        th(.scope("col")) { ConnectWords.router.text(for: reader) }
                        th(.scope("col")) { ConnectWords.site.text(for: reader) }
                    }
                }
                tbody { for one in found { row(one) } }
            }
        }
    }

    private func row(_ one: Candidate) -> Markup {
        let place = one.port > 0 ? "\(one.siteName) · \(one.port)" : one.siteName
        let access = [one.router, one.login, one.address].filter { !$0.isEmpty }.joined(separator: " · ")
        return tr {
            td {
                input(
                    .type("checkbox"), .name(Selection.field), .value(one.id.description), .checked(isAllTicked),
                    .aria("label", one.title))
            }
            td {
                one.title
                " "
                StateMark(one.state, for: reader)
            }
            cell(.zone, one.zone)
            cell(.router, access)
            cell(.site, place)
        }
    }

    private func cell(_ words: ConnectWords, _ text: String) -> Markup {
        td(.data("label", words.text(for: reader))) { text }
    }
}

enum ConnectWords: MessageCatalogue {
    case title, intro, search, access, zone, router, site, which, moving, unplaced, every, tick, tickAll, preview
    case connect, none, more, from, consequence, connected

    var message: Message {
        switch self {
        case .title:
            Message(
                es: "Conectar servicios a {name}", en: "Connect services to {name}", pt: "Conectar serviços a {name}")
        case .intro:
            Message(
                es: "Marque los servicios que se conectan aquí; antes de guardar se ve cómo quedan.",
                tu: "Marca los servicios que se conectan aquí; antes de guardar se ve cómo quedan.",
                vos: "Marcá los servicios que se conectan aquí; antes de guardar se ve cómo quedan.",
                en: "Tick the services that are connected here; what becomes of them is shown before it is saved.",
                pt: "Marque os serviços que se conectam aqui; antes de salvar vê-se como ficam.")
        case .search: Message(es: "Buscar", en: "Search", pt: "Buscar")
        case .access:
            Message(
                es: "Usuario PPPoE o IP que empieza por", en: "PPPoE login or IP that begins with",
                pt: "Usuário PPPoE ou IP que começa por")
        case .zone: Message(es: "Zona", en: "Zone", pt: "Zona")
        case .router: Message(es: "Router", en: "Router", pt: "Roteador")
        case .site: Message(es: "Conectado a", en: "Connected to", pt: "Conectado a")
        case .which: Message(es: "Cuáles", en: "Which", pt: "Quais")
        case .moving:
            Message(es: "También los de otro sitio", en: "Those of other sites too", pt: "Também os de outro local")
        case .unplaced: Message(es: "Sin sitio", en: "Without a site", pt: "Sem local")
        case .every: Message(es: "Todos", en: "All", pt: "Todos")
        case .tick: Message(es: "Marcar", en: "Tick", pt: "Marcar")
        case .tickAll:
            Message(
                es: "Marcar todos los que se muestran", en: "Tick all that are shown",
                pt: "Marcar todos os que se mostram")
        case .preview: Message(es: "Ver cómo quedan", en: "See what becomes of them", pt: "Ver como ficam")
        case .connect: Message(es: "Conectarlos", en: "Connect them", pt: "Conectá-los")
        case .none:
            Message(
                es: "Ningún servicio por conectar con esos datos.", en: "No service to connect matches.",
                pt: "Nenhum serviço por conectar com esses dados.")
        case .more:
            Message(
                es: "Se muestran los primeros {number}: busque por zona, router o IP para ver otros.",
                tu: "Se muestran los primeros {number}: busca por zona, router o IP para ver otros.",
                vos: "Se muestran los primeros {number}: buscá por zona, router o IP para ver otros.",
                en: "The first {number} are shown: search by zone, router or IP to see others.",
                pt: "Mostram-se os primeiros {number}: busque por zona, roteador ou IP para ver outros.")
        case .from: Message(es: "de {name}", en: "from {name}", pt: "de {name}")
        case .consequence:
            Message(
                es: "Una falla de este sitio los contará como afectados. No se cambia nada en el router.",
                en: "An outage of this site will count them as affected. Nothing changes on the router.",
                pt: "Uma falha deste local os contará como afetados. Nada muda no roteador.")
        case .connected:
            Message(
                es: "Los servicios quedaron conectados.", en: "The services are connected.",
                pt: "Os serviços ficaram conectados.")
        }
    }
}
