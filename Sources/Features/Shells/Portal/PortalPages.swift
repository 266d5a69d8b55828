import Access
import Assembly
import Customers
import Declarations
import HTML
import Identifiers
import Identity
import Locale
import Subscribers
import Tenancy
import Time

/// The state of the customer's service in plain words, and their data.
struct PortalHomePage: View {
    let subscriber: Subscriber
    /// The rooms' parts of the page.
    let parts: [HomePart]
    let visit: Visit

    var body: Markup {
        let reader = visit.reader
        h1 { PortalWords.hello.text(for: reader, .name(subscriber.firstName)) }
        parts.content
        if !parts.contains(where: { $0.place == .standing }) {
            section(.class("card service"), .data("state", subscriber.state.rawValue)) {
                p(.class("state"), .data("state", subscriber.state.rawValue)) {
                    subscriber.state.portalWords.text(for: reader, .text("company", visit.tenant.name))
                }
            }
        }
        // The most requested cards.
        for card in visit.catalogue.portalCards where card.number < 10 { PortalCardView(card: card, reader: reader) }
        section(.class("card")) {
            h2 { PortalWords.service.text(for: reader) }
            FactList(
                facts: [
                    (.number, "\(subscriber.number)"), (.holder, subscriber.name), (.address, subscriber.place),
                    (.since, subscriber.since.text(.long, for: reader)),
                ], reader: reader)
        }
    }
}

struct PortalCardView: View {
    let card: PortalCard
    let reader: Reader

    var body: Markup {
        section(.class("card")) {
            h2 { card.words.text(for: reader) }
            if let hint = card.hint { p(.class("hint")) { hint.text(for: reader) } }
            p { a(.class("button"), .href(card.path)) { card.button.text(for: reader) } }
        }
    }
}

struct FactList: View {
    let facts: [(words: PortalWords, value: String)]
    let reader: Reader

    var body: Markup {
        dl(.class("facts")) {
            for fact in facts where !fact.value.isEmpty {
                div {
                    dt { fact.words.text(for: reader) }
                    dd { fact.value }
                }
            }
        }
    }
}

struct PortalDetailsPage: View {
    let subscriber: Subscriber
    let fault: (name: String, typed: String, message: Message)?
    let isMailed: Bool
    let visit: Visit

    var body: Markup {
        let reader = visit.reader
        h1 { PortalWords.details.text(for: reader) }
        section(.class("card")) {
            FactList(
                facts: [
                    (.holder, subscriber.name), (.number, "\(subscriber.number)"), (.address, subscriber.place),
                ], reader: reader)
            p(.class("hint")) {
                PortalWords.othersByStaff.text(for: reader, .text("company", visit.tenant.name))
            }
        }
        for card in visit.catalogue.portalCards { PortalCardView(card: card, reader: reader) }
        if isMailed { emailForm(reader) }
        phoneForm(reader)
    }

    private func emailForm(_ reader: Reader) -> Markup {
        form(.class("card"), .method(.post), .action("/portal/details/email")) {
            h2 { PortalWords.email.text(for: reader) }
            p { subscriber.email.isEmpty ? PortalWords.noEmail.text(for: reader) : subscriber.email }
            FormField(
                PortalWords.newEmail.text(for: reader), name: "email",
                hint: PortalWords.newEmailHint.text(for: reader), error: error("email", reader)
            ) { wiring in
                input(
                    wiring, .type("email"), .autocomplete("email"), .required(), .maxlength(254),
                    .value(typed("email")))
            }
            button(.type("submit")) { PortalWords.changeEmail.text(for: reader) }
        }
    }

    private func phoneForm(_ reader: Reader) -> Markup {
        form(.class("card"), .method(.post), .action("/portal/details/phone")) {
            h2 { PortalWords.phone.text(for: reader) }
            p {
                subscriber.phone.isEmpty
                    ? PortalWords.noPhone.text(for: reader) : Phone.text(of: subscriber.phone, in: reader.region)
                if subscriber.phoneIsClaimed { span(.class("mark")) { PortalWords.unconfirmed.text(for: reader) } }
            }
            FormField(
                PortalWords.newPhone.text(for: reader), name: "phone",
                hint: PortalWords.newPhoneHint.text(for: reader, .text("company", visit.tenant.name)),
                error: error("phone", reader)
            ) { wiring in
                input(wiring, .type("tel"), .autocomplete("tel"), .required(), .maxlength(40), .value(typed("phone")))
            }
            button(.type("submit")) { PortalWords.changePhone.text(for: reader) }
        }
    }

    private func error(_ name: String, _ reader: Reader) -> String? {
        fault?.name == name ? fault?.message.text(for: reader) : nil
    }

    private func typed(_ name: String) -> String { fault?.name == name ? fault?.typed ?? "" : "" }
}

struct PortalSessionsPage: View {
    let sessions: [OpenSession]
    let visit: Visit

    var body: Markup {
        let reader = visit.reader
        h1 { PortalWords.sessions.text(for: reader) }
        p(.class("hint")) { PortalWords.sessionsHint.text(for: reader) }
        ul(.class("cards")) { for session in sessions { item(session, reader) } }
        if sessions.count > 1 {
            form(.method(.post), .action("/portal/sessions/end-others")) {
                button(.type("submit"), .class("danger")) { PortalWords.endOthers.text(for: reader) }
            }
        }
    }

    private func item(_ session: OpenSession, _ reader: Reader) -> Markup {
        let isThis = session.id == visit.admitted?.session
        return li(.class("card")) {
            p {
                strong {
                    session.device.isEmpty ? PortalWords.device.text(for: reader) : Browser.name(session.device)
                }
                if isThis { span(.class("mark")) { PortalWords.thisDevice.text(for: reader) } }
            }
            p(.class("hint")) {
                PortalWords.lastUse.text(
                    for: reader, .text("moment", session.seenAt.text(.short, in: visit.tenant.timeZone, for: reader)))
            }
            if !isThis {
                form(.method(.post), .action("/portal/sessions/\(session.id)/end")) {
                    button(
                        .type("submit"),
                        .aria("label", "\(PortalWords.endSession.text(for: reader)): \(Browser.name(session.device))")
                    ) {
                        PortalWords.endSession.text(for: reader)
                    }
                }
            }
        }
    }
}

struct PortalHelpPage: View {
    let subscriber: Subscriber
    let visit: Visit

    var body: Markup {
        let (reader, company) = (visit.reader, Blank.text("company", visit.tenant.name))
        h1 { PortalWords.help.text(for: reader) }
        section(.class("card")) {
            p { PortalWords.helpContact.text(for: reader, company) }
            p(.class("large")) {
                PortalWords.yourNumber.text(for: reader, .text("number", "\(subscriber.number)"))
            }
        }
        ContactCard(of: visit.tenant, reader: reader)
        // The cards by which a customer writes to the company.
        for card in visit.catalogue.portalCards where (7..<10).contains(card.number) {
            PortalCardView(card: card, reader: reader)
        }
        section(.class("card")) {
            h2 { PortalWords.helpSlow.text(for: reader) }
            ol {
                for step in [PortalWords.helpStepCables, .helpStepRestart, .helpStepCable, .helpStepCall] {
                    li { step.text(for: reader, company) }
                }
            }
        }
        section(.class("card")) {
            h2 { PortalWords.helpSafe.text(for: reader) }
            p { PortalWords.helpSafeText.text(for: reader, company) }
        }
    }
}

extension Subscriber {
    fileprivate var firstName: String { name.split(separator: " ").first.map(String.init) ?? name }

    var place: String { [address, neighbourhood].filter { !$0.isEmpty }.joined(separator: ", ") }
}

extension Customer.State {
    fileprivate var portalWords: PortalStateWords {
        switch self {
        case .prospect: .prospect
        case .awaitingInstallation: .awaitingInstallation
        case .active: .active
        case .inDebt: .inDebt
        case .suspended: .suspended
        case .frozen: .frozen
        case .courtesy: .courtesy
        case .cancelled: .cancelled
        }
    }
}
