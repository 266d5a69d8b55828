import Access
import Declarations
import HTTP
import Locale

/// Display preferences of this browser, in a cookie, so that they apply before any query.
struct Preferences: Sendable {
    enum Theme: String, Sendable, CaseIterable {
        case light, dark, system

        var words: PanelWords {
            switch self {
            case .light: .themeLight
            case .dark: .themeDark
            case .system: .themeSystem
            }
        }

        var icon: Icon {
            switch self {
            case .light: .sun
            case .dark: .moon
            case .system: .screen
            }
        }
    }

    /// Nil for the device's setting.
    let theme: Theme?
    /// Single-letter shortcuts; users of speech input turn them off.
    let hasShortcuts: Bool

    init(of request: Request) {
        let chosen = PanelCookie.theme.value(in: request).flatMap(Theme.init)
        theme = chosen == .system ? nil : chosen
        hasShortcuts = PanelCookie.keys.value(in: request) != "off"
    }
}

package enum PreferenceRoutes {
    package static func add(to routes: inout Panel.Routes) {
        routes.post("/panel/preferences", .anyone, "Guarda cómo se ven las páginas en este navegador", save)
        routes.get("/panel/keys", .signedIn, "Los atajos de teclado") { visit in
            try await Panel.page(KeysPage(visit: visit), titled: PanelWords.keys.text(for: visit.reader), for: visit)
        }
    }

    private static func save(_ visit: Visit) async throws -> Response {
        let form = try await visit.request.body.form(upTo: 4096)
        try form.allow(["theme", "keys", "next"])
        var response = Response.redirect(to: SignInRoutes.ownPath(form["next"]))
        if let theme = form["theme"].flatMap(Preferences.Theme.init) {
            PanelCookie.theme.set(theme.rawValue, lasting: Self.span, for: visit.request, in: &response)
        }
        if let keys = form["keys"], ["on", "off"].contains(keys) {
            PanelCookie.keys.set(keys, lasting: Self.span, for: visit.request, in: &response)
        }
        return response
    }

    private static let span = Duration.seconds(365 * 86_400)
}
