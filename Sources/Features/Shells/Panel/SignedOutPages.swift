import Access
import HTML
import HTTP
import Identity
import Locale
import Tenancy

/// A page before signing in: a centred card.
protocol SignedOutPage: View {
    var title: String { get }
}

struct SignedOutLayout<Content: SignedOutPage>: View {
    let content: Content
    let reader: Reader

    var body: Markup {
        html(lang: reader.languageTag) {
            PageHead(title: content.title)
            HTML.body(.class("signed-out")) {
                main(.class("card")) {
                    img(.class("signed-out-logo"), .src("/assets/logo"), .alt(""), .height(48))
                    content
                }
            }
        }
    }
}

/// A refusal for browsers.
struct RefusalPage: SignedOutPage {
    let refusal: any Refusal
    let isImpersonating: Bool
    let reader: Reader

    var title: String { PanelWords.title(of: refusal.status).text(for: reader) }

    var body: Markup {
        h1 { title }
        p { refusal.message.text(for: reader) }
        if isImpersonating { p(.class("notice notice-warn")) { ImpersonationWords.inside.text(for: reader) } }
        p { a(.href("/panel")) { PanelWords.backToPanel.text(for: reader) } }
    }
}

/// In the page layout, with a way to what they may do.
struct ForbiddenPage: View {
    let permission: Message?
    let visit: Visit

    var body: Markup {
        let reader = visit.reader
        h1 { PanelWords.refusedTitle.text(for: reader) }
        if let permission {
            p { PanelWords.lacking.text(for: reader, .text("permission", permission.text(for: reader))) }
        }
        p { AccessRefusal.notPermitted.message.text(for: reader) }
        if visit.impersonation != nil {
            p(.class("notice notice-warn")) { ImpersonationWords.inside.text(for: reader) }
        }
    }
}

/// For an unknown host, which serves neither style sheets nor icons.
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

/// For a subscriber who opens the staff's panel.
struct SubscriberHerePage: SignedOutPage {
    let reader: Reader

    var title: String { PanelWords.staffOnly.text(for: reader) }

    var body: Markup {
        h1 { title }
        p { PanelWords.staffOnlyHint.text(for: reader) }
        p { a(.href("/portal")) { PanelWords.toPortal.text(for: reader) } }
        p { a(.href("/panel/sign-in")) { PanelWords.signIn.text(for: reader) } }
    }
}

/// Following the link changes nothing yet: mail scanners open links too.
struct UseLinkPage: SignedOutPage {
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

/// For invitations and forgotten passwords.
struct ChoosePasswordPage: SignedOutPage {
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
            // Password managers store the new password under this user name.
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

/// Shown by itself, or in place of a page that requires signing in, to which `next` leads back.
struct SignInPage: SignedOutPage {
    /// Whose staff signs in; nil at the platform's console, which has no subscribers.
    let company: String?
    let email: String
    let next: String
    var otherWay = OtherWay.none
    let fault: Message?
    let reader: Reader

    enum OtherWay {
        case none, google
        /// Not known here, since the page replaces another; the sign-in page itself decides.
        case asked
    }

    var title: String { PanelWords.signIn.text(for: reader) }

    var body: Markup {
        if let company { p(.class("company")) { company } }
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
        if let company {
            p(.class("hint")) {
                PanelWords.areYouCustomer.text(for: reader, .text("company", company))
                " "
                a(.href("/portal")) { PanelWords.toPortal.text(for: reader) }
            }
        }
    }

    static func company(_ tenant: Tenant?) -> String? {
        tenant.flatMap { $0.isPlatform ? nil : $0.name }
    }

    private var back: Fields { Fields(["next": next]) }
}

/// Without a mail server it only says whom to ask.
struct ForgotPage: SignedOutPage {
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

/// Identical whether or not the account exists.
struct ForgotSentPage: SignedOutPage {
    let reader: Reader

    var title: String { PanelWords.forgotSentTitle.text(for: reader) }

    var body: Markup {
        h1 { title }
        p(.role("status")) { PanelWords.forgotSent.text(for: reader) }
        p { a(.href("/panel/sign-in")) { PanelWords.signIn.text(for: reader) } }
    }
}
