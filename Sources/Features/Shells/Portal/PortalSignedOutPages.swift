import Access
import HTML
import HTTP
import Identifiers
import Locale
import Subscribers
import Tenancy

/// A page before signing in: a centred card.
protocol PortalSignedOutPage: View {
    var title: String { get }
}

struct PortalSignedOutLayout<Content: PortalSignedOutPage>: View {
    let content: Content
    let reader: Reader

    var body: Markup {
        html(lang: reader.languageTag) {
            PortalHead(title: content.title)
            HTML.body(.class("signed-out")) {
                main(.class("card")) {
                    img(.class("signed-out-logo"), .src("/assets/logo"), .alt(""), .height(48))
                    content
                }
            }
        }
    }
}

struct PortalSignInPage: PortalSignedOutPage {
    let tenant: Tenant
    /// Without a mail server staff reads the code out.
    let isMailed: Bool
    let typed: String
    let fault: Message?
    let reader: Reader

    private var company: Blank { .text("company", tenant.name) }
    var title: String { PortalWords.enterTitle.text(for: reader, company) }

    var body: Markup {
        h1 { title }
        p { isMailed ? PortalWords.enterHint.text(for: reader) : PortalWords.askForCode.text(for: reader, company) }
        form(.method(.post), .action("/portal/sign-in")) {
            FormField(PortalWords.contact.text(for: reader), name: "contact", error: fault?.text(for: reader)) {
                wiring in
                input(
                    wiring, .autocomplete("username"), .required(), .maxlength(254), .value(typed), .autofocus())
            }
            button(.type("submit"), .class("primary")) {
                (isMailed ? PortalWords.sendCode : .goOn).text(for: reader)
            }
        }
        p(.class("hint")) {
            PortalWords.areYouStaff.text(for: reader, company)
            " "
            a(.href("/panel/sign-in")) { PortalWords.toPanel.text(for: reader) }
        }
        ContactCard(of: tenant, reader: reader)
    }
}

/// Identical whether or not the account exists.
struct PortalCodePage: PortalSignedOutPage {
    let tenant: Tenant
    let isMailed: Bool
    let code: String
    let fault: Message?
    let reader: Reader

    var title: String { PortalWords.codeTitle.text(for: reader) }

    var body: Markup {
        h1 { title }
        p { isMailed ? PortalWords.codeSent.text(for: reader) : PortalWords.codeAsked.text(for: reader, company) }
        form(.method(.post), .action("/portal/code")) {
            input(.type("hidden"), .name("request"), .value(code))
            FormField(PortalWords.code.text(for: reader), name: "code", error: fault?.text(for: reader)) { wiring in
                input(
                    wiring, .inputmode("numeric"), .autocomplete("one-time-code"), .required(), .maxlength(10),
                    .class("code"), .autofocus())
            }
            button(.type("submit"), .class("primary")) { PortalWords.enter.text(for: reader) }
        }
        if isMailed { p(.class("hint")) { PortalWords.codeMissing.text(for: reader, company) } }
        p { a(.href("/portal/sign-in")) { PortalWords.otherContact.text(for: reader) } }
        ContactCard(of: tenant, reader: reader)
    }

    private var company: Blank { .text("company", tenant.name) }
}

/// For a mailbox shared by several customers.
struct PortalChoicePage: PortalSignedOutPage {
    let request: String
    let digits: String
    let subscribers: [Subscriber]
    let reader: Reader

    var title: String { PortalWords.chooseTitle.text(for: reader) }

    var body: Markup {
        h1 { title }
        p { PortalWords.chooseHint.text(for: reader) }
        form(.method(.post), .action("/portal/code")) {
            input(.type("hidden"), .name("request"), .value(request))
            input(.type("hidden"), .name("code"), .value(digits))
            fieldset {
                legend { PortalWords.customers.text(for: reader) }
                for (index, subscriber) in subscribers.enumerated() {
                    label(.class("choice")) {
                        input(
                            .type("radio"), .name("customer"), .value(subscriber.id.description), .required(),
                            .checked(index == 0))
                        span { "\(subscriber.name) (\(subscriber.number))" }
                    }
                }
            }
            button(.type("submit"), .class("primary")) { PortalWords.enter.text(for: reader) }
        }
    }
}

/// Following the link changes nothing yet: mail scanners open links too.
struct PortalLinkPage: PortalSignedOutPage {
    let company: String
    let secret: String
    /// The e-mail address to confirm; nil to sign in.
    let email: String?
    let name: String
    let reader: Reader

    var title: String {
        email == nil
            ? PortalWords.enterTitle.text(for: reader, .text("company", company))
            : PortalWords.confirmEmailTitle.text(for: reader)
    }

    var body: Markup {
        h1 { title }
        p {
            email.map { PortalWords.confirmEmailHint.text(for: reader, .text("email", $0)) }
                ?? PortalWords.enterAs.text(for: reader, .name(name))
        }
        form(.method(.post), .action("/portal/link/\(secret)")) {
            button(.type("submit"), .class("primary"), .autofocus()) {
                (email == nil ? PortalWords.enter : .confirm).text(for: reader)
            }
        }
    }
}

struct PortalRefusalPage: PortalSignedOutPage {
    let refusal: any Refusal
    let reader: Reader

    var title: String {
        (refusal.status == .notFound ? PortalWords.notFoundTitle : .refusedTitle).text(for: reader)
    }

    var body: Markup {
        h1 { title }
        p { refusal.message.text(for: reader) }
        p { a(.href("/portal")) { PortalWords.backToPortal.text(for: reader) } }
    }
}

/// For ISP staff who open the subscribers' portal.
struct StaffHerePage: PortalSignedOutPage {
    let reader: Reader

    var title: String { PortalWords.staffTitle.text(for: reader) }

    var body: Markup {
        h1 { title }
        p { PortalWords.staffHint.text(for: reader) }
        p { a(.href("/panel")) { PortalWords.toPanel.text(for: reader) } }
        p { a(.href("/portal/sign-in")) { PortalWords.enterAsCustomer.text(for: reader) } }
    }
}
