import API
import Access
import Declarations
import HTML
import HTTP
import Identifiers
import JSON
import Locale
import Nouns
import Panel
import Postgres
import Tenancy

/// Moves all services of a router to another: choice, preview, confirmation.
struct RouterMoveRoutes: Sendable {
    private let acts: RouterActs

    init(_ acts: RouterActs) { self.acts = acts }

    func add(to routes: inout Panel.Routes) {
        routes.get("/panel/routers/:id/move", .networkManage, "Muestra qué pasaría a otro router", ask)
        routes.post("/panel/routers/:id/move", .networkManage, "Pasa los servicios a otro router", move)
    }

    private func ask(_ visit: Visit, id: Router.ID) async throws -> Response {
        guard let router = try await visit.database.router(id) else { throw AccessRefusal.notFound }
        let spares = try await visit.database.routers().filter { $0.id != id && $0.mode == .active && !$0.isPaused }
        let chosen = visit.request.query["router"].flatMap { Router.ID($0) }
        let spare = spares.first { $0.id == chosen }
        let move = spare == nil ? nil : try await acts.previewMove(of: id, to: spare?.id, in: visit.database)
        let page = RouterMovePage(router: router, spares: spares, spare: spare, move: move, visit: visit)
        return try await Panel.page(page, titled: router.name, for: visit)
    }

    private func move(_ visit: Visit, id: Router.ID) async throws -> Response {
        let sent = try await visit.request.body.form(upTo: 4096)
        try sent.allow(["router", FormID.field])
        _ = try await acts.move(
            id, to: sent["router"].flatMap { ID($0) }, by: visit.principal, in: visit.database)
        return Panel.done(.moving, at: "\(Router.path)/\(id)")
    }
}

private struct RouterMovePage: View {
    let router: Router
    let spares: [Router]
    let spare: Router?
    let move: RouterMove?
    let visit: Visit

    private var reader: Reader { visit.reader }
    private var path: String { "\(router.panelPath)/move" }

    var body: Markup {
        Crumb(router.name, path: router.panelPath)
        h1 { RouterMoveWords.title.text(for: reader) }
        p(.class("hint lead")) { RouterMoveWords.intro.text(for: reader) }
        if spares.isEmpty {
            p(.class("warning")) { RouterMoveWords.noSpares.text(for: reader) }
        } else {
            choice
        }
        if let spare, let move { preview(of: move, to: spare) }
    }

    private var choice: Markup {
        form(.class("filter"), .method(.get), .action(path)) {
            FormField(RouterMoveWords.spare.text(for: reader), name: "router") { wiring in
                select(wiring) {
                    for one in spares {
                        option(.value(one.id.description), .selected(one.id == spare?.id)) { one.name }
                    }
                }
            }
            button(.type("submit")) { RouterMoveWords.preview.text(for: reader) }
        }
    }

    private func preview(of move: RouterMove, to spare: Router) -> Markup {
        section(.class("card"), .aria("label", RouterMoveWords.preview.text(for: reader))) {
            dl(.class("facts")) {
                fact(.services, move.services)
                if move.withoutPassword > 0 { fact(.withoutPassword, move.withoutPassword) }
                if move.nameTaken > 0 { fact(.nameTaken, move.nameTaken) }
            }
            if move.withoutPassword > 0 {
                p(.class("warning")) { RouterMoveWords.withoutPasswordHint.text(for: reader) }
            }
            form(.class("acts"), .method(.post), .action(path)) {
                FormHead([], visit: visit)
                input(.type("hidden"), .name("router"), .value(spare.id.description))
                a(.class("button"), .href(router.panelPath)) { NounWords.cancel.text(for: reader) }
                if move.services > 0 {
                    button(.type("submit"), .class("primary")) {
                        RouterMoveWords.move.text(for: reader, .name(spare.name))
                    }
                }
            }
        }
    }

    private func fact(_ words: RouterMoveWords, _ count: Int) -> Markup {
        div {
            dt { words.text(for: reader) }
            dd { count.text(for: reader) }
        }
    }
}

extension RouterAPI {
    func addMoves(to routes: inout API.Routes) {
        let acts = acts
        routes.post("/api/v1/routers/:id/moves", .networkManage, RouterMoveWords.apiMove) {
            (visit, input: RouterMoveInput, id: Router.ID) in
            let move =
                input.isTrial
                ? try await acts.previewMove(of: id, to: input.spare, in: visit.database)
                : try await acts.move(id, to: input.spare, by: visit.principal, in: visit.database)
            return RouterMoved(router: id, move: move, isTrial: input.isTrial)
        }
    }
}

private struct RouterMoveInput: Input {
    static let schema = Schema.object(
        "NewRouterMove",
        [
            .required("to", .id, RouterMoveWords.spare), .optional("trial", .flag, RouterMoveWords.apiTrial),
        ])

    let spare: Router.ID?
    let isTrial: Bool

    init(_ members: Members) {
        spare = members.id("to")
        isTrial = if case .bool(true) = members["trial"] { true } else { false }
    }
}

private struct RouterMoved: Resource {
    let router: Router.ID
    let move: RouterMove
    let isTrial: Bool

    static let schema = Schema.object(
        "RouterMove",
        [
            .required("services", .integer(0...Int.max), RouterMoveWords.services),
            .required("without_password", .integer(0...Int.max), RouterMoveWords.withoutPassword),
            .required("name_taken", .integer(0...Int.max), RouterMoveWords.nameTaken),
            .required("done", .flag, RouterMoveWords.apiDone),
        ])

    var path: String { "/api/v1/routers/\(router)/departure" }

    func write(to json: inout JSONWriter) {
        json.object { json in
            json.member("services", move.services)
            json.member("without_password", move.withoutPassword)
            json.member("name_taken", move.nameTaken)
            json.member("done", !isTrial)
        }
    }
}

enum RouterMoveWords: MessageCatalogue {
    case title, intro, noSpares, spare, preview, services, withoutPassword, withoutPasswordHint, nameTaken, move
    case apiMove, apiTrial, apiDone

    var message: Message {
        switch self {
        case .title: Message(es: "Pasar a otro router", en: "Move to another router", pt: "Passar a outro roteador")
        case .intro:
            Message(
                es:
                    "Por si este router murió: todos sus servicios se crean en otro, y aquí se retiran cuando el otro los confirme.",
                en:
                    "For when this router died: all its services are made on another, and taken off here once that confirms them.",
                pt:
                    "Para quando este roteador morreu: todos os seus serviços são criados em outro, e retirados daqui quando o outro os confirmar."
            )
        case .noSpares:
            Message(
                es: "No hay otro router activo. Agregue y active uno primero.",
                en: "There is no other active router. Add and activate one first.",
                pt: "Não há outro roteador ativo. Adicione e ative um primeiro.")
        case .spare: Message(es: "Router que los recibe", en: "Router that takes them", pt: "Roteador que os recebe")
        case .preview: Message(es: "Ver qué pasaría", en: "See what would happen", pt: "Ver o que aconteceria")
        case .services: Message(es: "Servicios que pasan", en: "Services that go", pt: "Serviços que passam")
        case .withoutPassword:
            Message(es: "Sin contraseña conocida", en: "Without a known password", pt: "Sem senha conhecida")
        case .withoutPasswordHint:
            Message(
                es:
                    "El router que los recibe no podrá crear esos secretos hasta que alguien escriba su contraseña; aparecerán en Diferencias.",
                en:
                    "The router that takes them cannot make those secrets until somebody writes their password; they will be under Differences.",
                pt:
                    "O roteador que os recebe não poderá criar esses secrets até que alguém escreva a senha; aparecerão em Diferenças."
            )
        case .nameTaken:
            Message(
                es: "Se quedan: el otro ya tiene ese nombre o esa IP",
                en: "Stay: the other has that name or IP already", pt: "Ficam: o outro já tem esse nome ou esse IP")
        case .move:
            Message(es: "Pasarlos a {name}", en: "Move them to {name}", pt: "Passá-los para {name}")
        case .apiMove:
            Message(
                es: "Pasa todos los servicios del router a otro", en: "Moves all of the router's services to another",
                pt: "Passa todos os serviços do roteador a outro")
        case .apiTrial:
            Message(
                es: "Solo dice qué pasaría.", en: "Only tells what would happen.", pt: "Só diz o que aconteceria.")
        case .apiDone: Message(es: "Si se hizo.", en: "Whether it was done.", pt: "Se foi feito.")
        }
    }
}
