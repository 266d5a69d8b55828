import Access
import Declarations
import HTML
import HTTP
import Locale
import Nouns
import Tenancy

/// Pages pinned above the menu's groups. Stored with the person's column choices.
enum Pins {
    static let list = "menu.pinned"
    static let most = 6

    static func add(to routes: inout Panel.Routes) {
        routes.post("/panel/pins", .signedIn, "Fija una página arriba del menú, o la quita", change)
    }

    private static func change(_ visit: Visit) async throws -> Response {
        let form = try await visit.request.body.form(upTo: 4096)
        try form.allow(["path", "next"])
        guard let entry = visit.openEntries.first(where: { $0.path == form["path"] }) else {
            throw AccessRefusal.notFound
        }
        var paths = try await visit.frame().pins.map(\.path)
        let next = SignInRoutes.ownPath(form["next"])
        if let place = paths.firstIndex(of: entry.path) {
            paths.remove(at: place)
        } else {
            guard paths.count < most else { return Panel.done(.pinsAreFull, at: next) }
            paths.append(entry.path)
        }
        try await visit.choose(paths, of: list)
        return .redirect(to: next)
    }
}

extension Notice {
    package static let pinsAreFull = Notice(
        "pins_are_full",
        Message(
            es: "Ya hay seis páginas fijadas. Quite una antes.",
            tu: "Ya hay seis páginas fijadas. Quita una antes.",
            vos: "Ya hay seis páginas fijadas. Quitá una antes.",
            en: "Six pages are pinned already. Take one away first.",
            pt: "Já há seis páginas fixadas. Retire uma antes."))
}

/// The pin button beside the heading of a menu page.
struct PinButton: View {
    let entry: MenuEntry
    let isPinned: Bool
    let visit: Visit

    var body: Markup {
        let words = (isPinned ? PanelWords.unpin : .pin).text(for: visit.reader)
        form(.class("pin"), .method(.post), .action("/panel/pins")) {
            input(.type("hidden"), .name("path"), .value(entry.path))
            input(.type("hidden"), .name("next"), .value(visit.request.rawTarget))
            button(.type("submit"), .class("bare"), .title(words), .aria("pressed", isPinned ? "true" : "false")) {
                Icon.star
                span(.class("unseen")) { words }
            }
        }
    }
}
