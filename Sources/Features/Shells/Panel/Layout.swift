import Access
import Declarations
import HTML
import HTTP
import Locale
import Tenancy

/// The layout of every panel page: brand, search, menu, signed-in person.
struct Layout<Content: View>: View {
    let title: String
    let frame: Frame
    let visit: Visit
    let content: Content

    /// Distinguishes the console from the panel.
    private var area: String {
        visit.tenant.isPlatform ? "panel console" : visit.impersonation != nil ? "panel visited" : "panel"
    }

    private var isOfSettings: Bool {
        visit.openEntry.map { entry in visit.settings.contains { $0.entries.contains { $0.path == entry.path } } }
            ?? false
    }

    /// The page's menu entry, if it can be pinned.
    private var pinnable: MenuEntry? {
        guard frame.tasks.isEmpty, visit.admitted?.kind == .session, !visit.tenant.isPlatform else { return nil }
        return visit.openEntry.flatMap { $0.path == "/panel" ? nil : $0 }
    }

    var body: Markup {
        let preferences = Preferences(of: visit.request)
        html(lang: visit.reader.languageTag, preferences.theme.map { .data("theme", $0.rawValue) } ?? .absent) {
            PageHead(title: "\(title) · \(visit.tenant.name)", brand: visit.tenant.brand, hasScripts: true)
            HTML.body(.class(area), .when(!preferences.hasShortcuts, .data("keys", "off"))) {
                a(.class("skip"), .href("#content")) { PanelWords.skipToContent.text(for: visit.reader) }
                if let impersonation = visit.impersonation {
                    ImpersonationBar(impersonation: impersonation, visit: visit)
                }
                TopBar(visit: visit)
                SideBar(frame: frame, visit: visit, preferences: preferences)
                TaskBar(frame: frame, visit: visit)
                main(.id("content"), .tabindex(-1)) {
                    if isOfSettings { Crumb(PanelWords.settings.text(for: visit.reader), path: "/panel/settings") }
                    if let entry = pinnable {
                        PinButton(entry: entry, isPinned: frame.pins.contains { $0.path == entry.path }, visit: visit)
                    }
                    StandingBar(visit: visit)
                    NoticeBar(visit: visit)
                    PlatformVisitNotice(visit: visit)
                    content
                }
                div(
                    .id("toasts"), .class("toasts"), .role("status"),
                    .data("close", PanelWords.close.text(for: visit.reader)),
                    .data("copy", PanelWords.copy.text(for: visit.reader)),
                    .data("copied", PanelWords.copied.text(for: visit.reader)),
                    .data("failed", PanelWords.notLoaded.text(for: visit.reader)))
            }
        }
    }
}

/// Without menu, search and the company's own notices.
struct HandedOverLayout<Content: View>: View {
    let title: String
    let visit: Visit
    let content: Content

    var body: Markup {
        html(lang: visit.reader.languageTag) {
            PageHead(title: "\(title) · \(visit.tenant.name)", brand: visit.tenant.brand)
            HTML.body(.class("handed-over")) {
                header(.class("brand")) {
                    if let logo = visit.tenant.brand.path(of: "logo") {
                        img(.class("brand-logo"), .src(logo), .alt(""), .height(28))
                    }
                    span { visit.tenant.name }
                }
                main(.id("content"), .tabindex(-1)) { content }
            }
        }
    }
}

struct PageHead: View {
    let title: String
    /// Nil where the tenant is unknown.
    var brand: Brand?
    var hasScripts = false

    /// Browsers store no page, run only scripts from files, and apply no inline styles.
    private static let htmx = """
        {"includeIndicatorStyles":false,"allowEval":false,"allowScriptTags":false,"selfRequestsOnly":true,\
        "historyCacheSize":0,"refreshOnHistoryMiss":true,"scrollIntoViewOnBoost":false}
        """

    var body: Markup {
        head {
            meta(.charset("utf-8"))
            meta(.name("viewport"), .content("width=device-width, initial-scale=1"))
            meta(.name("color-scheme"), .content("light dark"))
            HTML.title { title }
            link(.rel("stylesheet"), .href(Asset.style.href))
            link(.rel("stylesheet"), .href(brand?.sheet.address ?? "/assets/brand.css"))
            link(.rel("icon"), .href("/assets/icon"))
            link(.rel("apple-touch-icon"), .href("/assets/touch-icon"))
            link(.rel("manifest"), .href("/assets/app.webmanifest"))
            if hasScripts {
                if let htmx = Asset.htmx.address {
                    meta(.name("htmx-config"), .content(Self.htmx))
                    script(src: htmx, .defer())
                }
                script(src: Asset.script.href, .defer())
            }
        }
    }
}

/// The phone's top bar: menu button, company, search.
struct TopBar: View {
    let visit: Visit

    var body: Markup {
        header(.class("top")) {
            button(.type("button"), .class("bare"), .popovertarget("menu")) {
                Icon.menu
                span(.class("unseen")) { PanelWords.menuButton.text(for: visit.reader) }
            }
            a(.class("brand"), .href("/panel")) { visit.tenant.name }
            a(.class("bare"), .href(visit.searchPath), .data("palette", "")) {
                Icon.search
                span(.class("unseen")) { PanelWords.search.text(for: visit.reader) }
            }
        }
    }
}

struct SideBar: View {
    let frame: Frame
    let visit: Visit
    let preferences: Preferences

    var body: Markup {
        nav(.id("menu"), .class("side"), .popover(), .aria("label", PanelWords.menu.text(for: visit.reader))) {
            a(.class("brand"), .href("/panel")) {
                if let logo = visit.tenant.brand.path(of: "logo") {
                    img(.class("brand-logo"), .src(logo), .alt(""), .height(28))
                } else {
                    span(.class("brand-mark"), .aria("hidden", "true")) { String(visit.tenant.name.prefix(1)) }
                }
                span { visit.tenant.name }
            }
            a(.class("find"), .href(visit.searchPath), .data("palette", "")) {
                Icon.search
                span { PanelWords.search.text(for: visit.reader) }
                kbd(.aria("hidden", "true")) { "Ctrl K" }
            }
            div(.class("menu")) { PanelMenu(frame: frame, visit: visit) }
            SideFoot(visit: visit, preferences: preferences)
        }
    }
}

/// The menu's foot: settings, account, appearance, signing out.
struct SideFoot: View {
    let visit: Visit
    let preferences: Preferences

    var body: Markup {
        div(.class("side-foot")) {
            if !visit.settings.isEmpty { SettingsLink(visit: visit) }
            button(.type("button"), .class("me"), .popovertarget("account-menu")) {
                Icon.account
                span {
                    strong { visit.person ?? "" }
                    small { PanelWords.account.text(for: visit.reader) }
                }
                Icon.up
            }
            div(.id("account-menu"), .class("account-menu"), .popover()) {
                // An impersonator's account is the platform's, and the bar above the page ends the impersonation.
                if visit.impersonation == nil { account }
                ThemeForm(visit: visit, preferences: preferences)
                a(.class("line"), .href("/panel/keys"), .data("dialog", "")) {
                    Icon.keyboard
                    span { PanelWords.keys.text(for: visit.reader) }
                }
                if visit.impersonation == nil { signOut }
            }
        }
    }

    private var account: Markup {
        a(.class("line"), .href("/panel/account"), .when(visit.isAt(.account), .aria("current", "page"))) {
            Icon.account
            span { PanelWords.account.text(for: visit.reader) }
        }
    }

    private var signOut: Markup {
        form(.method(.post), .action("/panel/sign-out")) {
            button(.type("submit"), .class("bare line")) {
                Icon.leave
                span { PanelWords.signOut.text(for: visit.reader) }
            }
        }
    }
}

struct SettingsLink: View {
    static let key = "u"

    let visit: Visit

    var body: Markup {
        let entries = visit.settings.flatMap(\.entries)
        // A single settings page needs no page that lists it.
        let entry = entries.count == 1 ? entries[0] : .settings
        let isHere = visit.isAt(entry) || entries.contains(where: visit.isAt)
        a(.class("line"), .href(entry.path), .when(isHere, .aria("current", "page")), .data("key", Self.key)) {
            entry.icon
            span { entry.words.text(for: visit.reader) }
        }
    }
}

struct ThemeForm: View {
    let visit: Visit
    let preferences: Preferences

    var body: Markup {
        form(.class("theme"), .method(.post), .action("/panel/preferences")) {
            input(.type("hidden"), .name("next"), .value(visit.request.rawTarget))
            for theme in Preferences.Theme.allCases {
                button(
                    .type("submit"), .class("bare"), .name("theme"), .value(theme.rawValue),
                    .title(theme.words.text(for: visit.reader)),
                    .aria("pressed", theme == (preferences.theme ?? .system) ? "true" : "false")
                ) {
                    theme.icon
                    span(.class("unseen")) { theme.words.text(for: visit.reader) }
                }
            }
        }
    }
}

extension Visit {
    /// The shell's search page.
    var searchPath: String { tenant.isPlatform ? "/platform/search" : "/panel/search" }
}
