import Access
import HTML
import HTTP
import Identifiers
import Locale
import Panel
import Tenancy

/// Where the bottom bar leads. What is not built yet is not there.
package enum PortalTab: CaseIterable, Sendable {
    case home, details, sessions, help

    var path: String {
        switch self {
        case .home: "/portal"
        case .details: "/portal/details"
        case .sessions: "/portal/sessions"
        case .help: "/portal/help"
        }
    }

    var words: PortalWords {
        switch self {
        case .home: .home
        case .details: .details
        case .sessions: .sessions
        case .help: .help
        }
    }

    /// The icon, drawn with a pen of two units in a square of 24.
    fileprivate var drawing: String {
        switch self {
        case .home: "M3 11 12 4l9 7M6 9v11h12V9"
        case .details: "M12 12a4 4 0 1 0-.01 0M4 21c1-5 4-6 8-6s7 1 8 6"
        case .sessions: "M8 3h8v18H8zM11 18h2"
        case .help: "M9 9a3 3 0 1 1 4 3c-1 .5-1 1-1 2m0 3v.5M12 22a10 10 0 1 1 .01 0"
        }
    }
}

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
                PortalTabs(current: tab, reader: reader)
            }
        }
    }
}

struct PortalTabs: View {
    let current: PortalTab
    let reader: Reader

    var body: Markup {
        nav(.class("tabs"), .aria("label", PortalWords.menu.text(for: reader))) {
            for tab in PortalTab.allCases {
                a(.href(tab.path), .when(tab == current, .aria("current", "page"))) {
                    svg(.viewBox("0 0 24 24"), .aria("hidden", "true")) { path(.d(tab.drawing)) }
                    span { tab.words.text(for: reader) }
                }
            }
        }
    }
}

struct PortalHead: View {
    let title: String
    /// Where it is known whose page this is.
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

/// What was just done, said once on the page that follows.
package enum PortalNotice: String, Sendable, CaseIterable {
    case confirmationSent = "confirmation_sent"
    case phoneClaimed = "phone_claimed"
    case emailConfirmed = "email_confirmed"
    case sessionEnded = "session_ended"
    case contractSigned = "contract_signed"

    var words: PortalWords {
        switch self {
        case .confirmationSent: .confirmationSent
        case .phoneClaimed: .phoneClaimed
        case .emailConfirmed: .emailConfirmed
        case .sessionEnded: .sessionEnded
        case .contractSigned: .contractSigned
        }
    }
}

struct PortalNoticeBar: View {
    let visit: Visit

    var body: Markup {
        if let notice = visit.request.query["notice"].flatMap(PortalNotice.init) {
            p(.class("notice"), .role("status")) { notice.words.text(for: visit.reader) }
        }
    }
}
