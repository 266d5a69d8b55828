import Access
import Declarations
import HTML
import HTTP
import Identifiers
import Locale
import Panel
import Tenancy

struct PortalLayout<Content: View>: View {
    let tab: PortalTab
    let visit: Visit
    let content: Content

    var body: Markup {
        let reader = visit.reader
        html(lang: reader.languageTag) {
            PortalHead(title: "\(tab.words.text(for: reader)) · \(visit.tenant.name)", brand: visit.tenant.brand)
            HTML.body(.class("portal")) {
                a(.class("skip"), .href("#content")) { PortalWords.skipToContent.text(for: reader) }
                header(.class("bar")) {
                    a(.class("brand"), .href("/portal")) {
                        if let logo = visit.tenant.brand.path(of: "logo") {
                            img(.class("brand-logo"), .src(logo), .alt(""), .height(32))
                        }
                        visit.tenant.name
                    }
                    form(.class("signed-in"), .method(.post), .action("/portal/sign-out")) {
                        button(.type("submit"), .class("quiet")) { PortalWords.signOut.text(for: reader) }
                    }
                }
                main(.id("content")) {
                    PortalNoticeBar(visit: visit)
                    content
                }
                PortalTabs(current: tab, visit: visit)
            }
        }
    }
}

struct PortalTabs: View {
    let current: PortalTab
    let visit: Visit

    var body: Markup {
        nav(.class("tabs"), .aria("label", PortalWords.menu.text(for: visit.reader))) {
            for tab in visit.catalogue.portalTabs {
                a(.href(tab.path), .when(tab == current, .aria("current", "page"))) {
                    svg(.viewBox("0 0 24 24"), .aria("hidden", "true")) { path(.d(tab.drawing)) }
                    span { tab.words.text(for: visit.reader) }
                }
            }
        }
    }
}

struct PortalHead: View {
    let title: String
    /// Nil where the tenant is unknown.
    var brand: Brand?

    var body: Markup {
        head {
            meta(.charset("utf-8"))
            meta(.name("viewport"), .content("width=device-width, initial-scale=1, viewport-fit=cover"))
            meta(.name("color-scheme"), .content("light dark"))
            HTML.title { title }
            link(.rel("stylesheet"), .href(Asset.style.href))
            link(.rel("stylesheet"), .href(Asset.portal.href))
            link(.rel("stylesheet"), .href(brand?.sheet.address ?? "/assets/brand.css"))
            link(.rel("icon"), .href("/assets/icon"))
            link(.rel("apple-touch-icon"), .href("/assets/touch-icon"))
            link(.rel("manifest"), .href("/portal/manifest.webmanifest"))
        }
    }
}

struct PortalNoticeBar: View {
    let visit: Visit

    var body: Markup {
        if let notice = visit.request.query["notice"].flatMap(visit.catalogue.notice) {
            p(.class("notice"), .role("status")) { notice.words.text(for: visit.reader) }
        }
    }
}
