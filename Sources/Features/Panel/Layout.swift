import Access
import HTML
import Locale
import Tenancy

/// The frame around every page of the panel: brand, menu, who is signed in.
struct Layout<Content: View>: View {
    let title: String
    let visit: Visit
    let content: Content

    /// Another area looks like another area.
    private var area: String {
        visit.tenant.isPlatform ? "panel console" : visit.guest != nil ? "panel visited" : "panel"
    }

    var body: Markup {
        html(lang: visit.reader.languageTag) {
            PageHead(title: "\(title) · \(visit.tenant.name)")
            HTML.body(.class(area)) {
                a(.class("skip"), .href("#content")) { PanelWords.skipToContent.text(for: visit.reader) }
                if let guest = visit.guest { GuestBar(guest: guest, visit: visit) }
                header(.class("bar")) {
                    button(.type("button"), .class("quiet menu-button"), .popovertarget("menu")) {
                        PanelWords.menuButton.text(for: visit.reader)
                    }
                    a(.class("brand"), .href("/panel")) {
                        if let logo = visit.tenant.brand.path(of: "logo") {
                            img(.class("brand-logo"), .src(logo), .alt(""), .height(32))
                        }
                        visit.tenant.name
                    }
                    if visit.guest == nil { SignedIn(visit: visit) }
                }
                if visit.tenant.isPlatform { ConsoleMenu(visit: visit) } else { PanelMenu(visit: visit) }
                main(.id("content")) {
                    StandingBar(visit: visit)
                    NoticeBar(request: visit.request, reader: visit.reader)
                    PlatformVisitNotice(visit: visit)
                    content
                }
            }
        }
    }
}

struct PageHead: View {
    let title: String

    var body: Markup {
        head {
            meta(.charset("utf-8"))
            meta(.name("viewport"), .content("width=device-width, initial-scale=1"))
            meta(.name("color-scheme"), .content("light dark"))
            HTML.title { title }
            link(.rel("stylesheet"), .href("/assets/style.css"))
            link(.rel("stylesheet"), .href("/assets/brand.css"))
            link(.rel("icon"), .href("/assets/icon"))
            link(.rel("apple-touch-icon"), .href("/assets/touch-icon"))
            link(.rel("manifest"), .href("/assets/app.webmanifest"))
        }
    }
}

struct SignedIn: View {
    let visit: Visit

    var body: Markup {
        form(.class("signed-in"), .method(.post), .action("/panel/sign-out")) {
            if let person = visit.person { a(.href("/panel/account")) { person } }
            button(.type("submit"), .class("quiet")) { PanelWords.signOut.text(for: visit.reader) }
        }
    }
}
