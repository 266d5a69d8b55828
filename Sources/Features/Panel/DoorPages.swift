import Access
import HTML
import HTTP
import Identity
import Locale

/// A page shown at the door, before anybody is signed in: a card in the middle.
protocol DoorPage: View {
    var title: String { get }
}

struct DoorLayout<Content: DoorPage>: View {
    let content: Content
    let reader: Reader

    var body: Markup {
        html(lang: reader.languageTag) {
            PageHead(title: content.title)
            HTML.body(.class("door")) { main(.class("card")) { content } }
        }
    }
}

/// What a browser is told when a request is refused.
struct RefusalPage: DoorPage {
    let refusal: any Refusal
    let reader: Reader

    var title: String { PanelWords.title(of: refusal.status).text(for: reader) }

    var body: Markup {
        h1 { title }
        p { refusal.message.text(for: reader) }
        if refusal.status == .unauthorized {
            p(.class("hint")) { PanelWords.howToSignIn.text(for: reader) }
        } else if refusal.status != .misdirectedRequest {
            p { a(.href("/panel")) { PanelWords.backToPanel.text(for: reader) } }
        }
    }
}

/// Opening the link changes nothing yet: mail programs open links to look at them.
struct UseLinkPage: DoorPage {
    let tenant: String
    let secret: String
    let reader: Reader

    var title: String { PanelWords.enter.text(for: reader, .name(tenant)) }

    var body: Markup {
        h1 { title }
        p { PanelWords.linkWorksOnce.text(for: reader) }
        form(.method(.post), .action("/panel/enter/\(secret)")) {
            button(.type("submit"), .class("primary"), .autofocus()) { PanelWords.signIn.text(for: reader) }
        }
    }
}
