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
            HTML.body(.class("door")) {
                main(.class("card")) {
                    img(.class("door-logo"), .src("/assets/logo"), .alt(""), .height(48))
                    content
                }
            }
        }
    }
}

/// What a browser is told when a request is refused.
struct RefusalPage: DoorPage {
    let refusal: any Refusal
    let isGuest: Bool
    let reader: Reader

    var title: String { PanelWords.title(of: refusal.status).text(for: reader) }

    var body: Markup {
        h1 { title }
        p { refusal.message.text(for: reader) }
        if isGuest { p(.class("notice notice-warn")) { GuestWords.inside.text(for: reader) } }
        p { a(.href("/panel")) { PanelWords.backToPanel.text(for: reader) } }
    }
}

/// At a name that is nobody's there is nothing to fetch either: no style, no icon.
struct NobodysPage: View {
    let refusal: any Refusal
    let reader: Reader

    var body: Markup {
        let words = PanelWords.title(of: refusal.status).text(for: reader)
        html(lang: reader.languageTag) {
            head {
                meta(.charset("utf-8"))
                meta(.name("viewport"), .content("width=device-width, initial-scale=1"))
                title { words }
            }
            HTML.body {
                main {
                    h1 { words }
                    p { refusal.message.text(for: reader) }
                }
            }
        }
    }
}

/// A subscriber of the ISP came to the door of its staff.
struct SubscriberHerePage: DoorPage {
    let reader: Reader

    var title: String { PanelWords.staffOnly.text(for: reader) }

    var body: Markup {
        h1 { title }
        p { PanelWords.staffOnlyHint.text(for: reader) }
        p { a(.href("/portal")) { PanelWords.toPortal.text(for: reader) } }
        p { a(.href("/panel/sign-in")) { PanelWords.signIn.text(for: reader) } }
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

/// Where an invitation and a forgotten password lead.
struct ChoosePasswordPage: DoorPage {
    let tenant: String
    let secret: String
    let email: String
    var offersGoogle = false
    let fault: Message?
    let reader: Reader

    var title: String { PanelWords.choosePassword.text(for: reader) }

    var body: Markup {
        h1 { title }
        p { PanelWords.choosePasswordFor.text(for: reader, .name(tenant)) }
        form(.method(.post), .action("/panel/enter/\(secret)")) {
            // Password managers store the new password under this name.
            input(.type("email"), .name("email"), .value(email), .autocomplete("username"), .readonly(), .hidden())
            NewPasswordField(name: "password", fault: fault, reader: reader)
            button(.type("submit"), .class("primary")) { PanelWords.savePassword.text(for: reader) }
        }
        if offersGoogle { ExternalLink(path: "/panel/enter/\(secret)/google", words: .withGoogle, reader: reader) }
    }
}

package struct NewPasswordField: View {
    let name: String
    let fault: Message?
    let reader: Reader

    package init(name: String, fault: Message?, reader: Reader) {
        self.name = name
        self.fault = fault
        self.reader = reader
    }

    package var body: Markup {
        FormField(
            PanelWords.newPassword.text(for: reader), name: name, hint: PanelWords.passwordHint.text(for: reader),
            error: fault?.text(for: reader)
        ) { wiring in
            input(wiring, .type("password"), .autocomplete("new-password"), .required(), .minlength(8), .maxlength(128))
        }
    }
}

/// Shown by itself, and in place of a page that asks for somebody signed in: `next` leads there.
struct SignInPage: DoorPage {
    let email: String
    let next: String
    var otherWay = OtherWay.none
    let fault: Message?
    let reader: Reader

    enum OtherWay {
        case none, google
        /// Whether there is one, the page of signing in knows: this one stands in the place of another.
        case asked
    }

    var title: String { PanelWords.signIn.text(for: reader) }

    var body: Markup {
        h1 { title }
        if let fault {
            p(.class("error-summary"), .role("alert")) { fault.text(for: reader) }
        } else {
            p { AccessWords.signInRequired.text(for: reader) }
        }
        form(.method(.post), .action("/panel/sign-in")) {
            input(.type("hidden"), .name("next"), .value(next))
            FormField(PanelWords.email.text(for: reader), name: "email") { wiring in
                input(
                    wiring, .type("email"), .autocomplete("username"), .required(), .value(email),
                    .autofocus(fault == nil))
            }
            FormField(PanelWords.password.text(for: reader), name: "password") { wiring in
                input(
                    wiring, .type("password"), .autocomplete("current-password"), .required(), .maxlength(128),
                    .autofocus(fault != nil))
            }
            button(.type("submit"), .class("primary")) { PanelWords.signIn.text(for: reader) }
        }
        switch otherWay {
        case .none: Markup.nothing
        case .google: ExternalLink(path: back.query(of: "/panel/sign-in/google"), words: .withGoogle, reader: reader)
        case .asked: ExternalLink(path: back.query(of: "/panel/sign-in"), words: .otherWays, reader: reader)
        }
        p { a(.href("/panel/forgot")) { PanelWords.forgotTitle.text(for: reader) } }
    }

    private var back: Fields { Fields(["next": next]) }
}

/// Without a mail server it can only say whom to ask.
struct ForgotPage: DoorPage {
    let isMailed: Bool
    let email: String
    let fault: Message?
    let reader: Reader

    var title: String { PanelWords.forgotTitle.text(for: reader) }

    var body: Markup {
        h1 { title }
        if isMailed {
            p { PanelWords.forgotHint.text(for: reader) }
            form(.method(.post), .action("/panel/forgot")) {
                FormField(PanelWords.email.text(for: reader), name: "email", error: fault?.text(for: reader)) {
                    wiring in
                    input(
                        wiring, .type("email"), .autocomplete("username"), .required(), .maxlength(254), .value(email),
                        .autofocus())
                }
                button(.type("submit"), .class("primary")) { PanelWords.forgotSend.text(for: reader) }
            }
        } else {
            p { PanelWords.forgotPassword.text(for: reader) }
        }
        p { a(.href("/panel/sign-in")) { PanelWords.signIn.text(for: reader) } }
    }
}

/// The same whether or not there is such an account.
struct ForgotSentPage: DoorPage {
    let reader: Reader

    var title: String { PanelWords.forgotSentTitle.text(for: reader) }

    var body: Markup {
        h1 { title }
        p(.role("status")) { PanelWords.forgotSent.text(for: reader) }
        p { a(.href("/panel/sign-in")) { PanelWords.signIn.text(for: reader) } }
    }
}
