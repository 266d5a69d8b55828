import Access
import HTML
import HTTP
import Locale
import Tenancy

/// The frame around every page of the panel: brand, search, menu, who is signed in.
struct Layout<Content: View>: View {
    let title: String
    let visit: Visit
    /// The company, for its plan.
    let owes: Bool
    let content: Content

    /// Another area looks like another area.
    private var area: String {
        visit.tenant.isPlatform ? "panel console" : visit.guest != nil ? "panel visited" : "panel"
    }

    var body: Markup {
        let preferences = Preferences(of: visit.request)
        html(lang: visit.reader.languageTag, preferences.theme.map { .data("theme", $0.rawValue) } ?? .absent) {
            PageHead(title: "\(title) · \(visit.tenant.name)", brand: visit.tenant.brand, hasScripts: true)
            HTML.body(.class(area), .when(!preferences.hasShortcuts, .data("keys", "off"))) {
                a(.class("skip"), .href("#content")) { PanelWords.skipToContent.text(for: visit.reader) }
                if let guest = visit.guest { GuestBar(guest: guest, visit: visit) }
                TopBar(visit: visit)
                SideBar(visit: visit, preferences: preferences)
                main(.id("content"), .tabindex(-1)) {
                    StandingBar(visit: visit)
                    if owes { OverdueBar(reader: visit.reader) }
                    NoticeBar(request: visit.request, reader: visit.reader)
                    PlatformVisitNotice(visit: visit)
                    content
                }
                div(
                    .id("toasts"), .class("toasts"), .role("status"),
                    .data("close", PanelWords.close.text(for: visit.reader)),
                    .data("failed", PanelWords.notLoaded.text(for: visit.reader)))
            }
        }
    }
}

struct PageHead: View {
    let title: String
    /// Where it is known whose page this is.
    var brand: Brand?
    var hasScripts = false

    /// Nothing that a page shows is kept in the browser, nothing runs that is not a file, nothing is styled inline.
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

/// On a phone: the menu's button, whose company it is, and the way to search.
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
            div(.class("menu")) {
                for section in MenuSection.all(for: visit) { MenuPart(section: section, visit: visit) }
            }
            SideFoot(visit: visit, preferences: preferences)
        }
    }
}

/// Who is signed in, how the pages look to them, and the way out.
struct SideFoot: View {
    let visit: Visit
    let preferences: Preferences

    var body: Markup {
        div(.class("side-foot")) {
            // A guest's account is the platform's, and the way out stands above the page.
            if visit.guest == nil { account }
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
                a(.class("bare"), .href("/panel/keys"), .data("dialog", ""), .title(keys)) {
                    Icon.keyboard
                    span(.class("unseen")) { keys }
                }
            }
            if visit.guest == nil { signOut }
        }
    }

    private var account: Markup {
        a(.class("me"), .href("/panel/account"), .when(isHere, .aria("current", "page"))) {
            Icon.account
            span {
                strong { visit.person ?? "" }
                small { PanelWords.account.text(for: visit.reader) }
            }
        }
    }

    private var signOut: Markup {
        form(.method(.post), .action("/panel/sign-out")) {
            button(.type("submit"), .class("bare leave")) {
                Icon.leave
                span { PanelWords.signOut.text(for: visit.reader) }
            }
        }
    }

    private var isHere: Bool { visit.request.rawTarget.hasPrefix("/panel/account") }
    private var keys: String { PanelWords.keys.text(for: visit.reader) }
}

extension Visit {
    /// Where its shell finds everything.
    var searchPath: String { tenant.isPlatform ? "/platform/search" : "/panel/search" }
}
