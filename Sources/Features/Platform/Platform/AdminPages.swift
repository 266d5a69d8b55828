import Access
import HTML
import Identifiers
import Identity
import Locale
import Nouns
import Panel

struct AdminListPage: View {
    let admins: [StaffMember]
    let roles: [StaffMember.ID: PlatformRole]
    let form: AdminForm
    let visit: ConsoleVisit

    var body: Markup {
        let reader = visit.reader
        h1 { PlatformWords.admins.text(for: reader) }
        p(.class("hint lead")) { PlatformWords.adminsIntro.text(for: reader) }
        ul(.class("cards")) { for admin in admins { card(admin, reader) } }
        h2 { PlatformWords.inviteAdmin.text(for: reader) }
        InviteAdminForm(form: form, reader: reader)
    }

    private func card(_ admin: StaffMember, _ reader: Reader) -> Markup {
        li(.class("card")) {
            p {
                strong { admin.name }
                " · \(admin.email)"
                if admin.id.uuid == visit.visit.admitted?.id {
                    span(.class("mark")) { PlatformWords.you.text(for: reader) }
                }
            }
            p(.class("hint")) {
                if let role = roles[admin.id] { "\(role.words.text(for: reader)) · " }
                span(.class("state"), .data("state", admin.state.rawValue)) { admin.state.words.text(for: reader) }
            }
            div(.class("buttons")) {
                if admin.state != .disabled { act(admin, "password-link", .newLink, "", reader) }
                if admin.state == .disabled {
                    act(admin, "enable", .enable, "", reader)
                } else {
                    act(admin, "disable", .disable, "danger", reader)
                }
            }
        }
    }

    private func act(
        _ admin: StaffMember, _ verb: String, _ words: PlatformWords, _ style: String, _ reader: Reader
    ) -> Markup {
        HTML.form(.method(.post), .action("/platform/admins/\(admin.id)/\(verb)")) {
            button(.type("submit"), .class(style)) { words.text(for: reader) }
        }
    }
}

extension StaffMember.State {
    fileprivate var words: PlatformWords {
        switch self {
        case .invited: .invited
        case .active: .activePerson
        case .disabled: .disabled
        }
    }
}

extension PlatformRole {
    var words: PlatformWords { self == .admin ? .adminRole : .observerRole }
}

struct InviteAdminForm: View {
    let form: AdminForm
    let reader: Reader

    var body: Markup {
        HTML.form(.class("card"), .method(.post), .action("/platform/admins")) {
            ErrorSummary(
                PlatformWords.problems.text(for: reader),
                errors: form.faults.map { ($0.name, $0.message.text(for: reader)) })
            FormField(PlatformWords.name.text(for: reader), name: "name", error: form.fault("name", for: reader)) {
                wiring in
                input(wiring, .required(), .maxlength(100), .autocomplete("off"), .value(form.name))
            }
            FormField(PlatformWords.email.text(for: reader), name: "email", error: form.fault("email", for: reader)) {
                wiring in
                input(wiring, .type("email"), .required(), .maxlength(254), .autocomplete("off"), .value(form.email))
            }
            FormField(PlatformWords.role.text(for: reader), name: "role") { wiring in
                select(wiring) {
                    for role in PlatformRole.allCases {
                        option(.value(role.rawValue), .selected(role == form.role)) { role.words.text(for: reader) }
                    }
                }
            }
            button(.type("submit"), .class("primary")) { PlatformWords.invite.text(for: reader) }
        }
    }
}

/// Shown once: the link's secret is not stored.
struct LinkPage: View {
    let name: String
    let address: String
    let back: String
    let reader: Reader

    var body: Markup {
        h1 { PlatformWords.invitationReady.text(for: reader, .name(name)) }
        div(.class("card")) {
            p { PlatformWords.invitationHint.text(for: reader) }
            FormField(PlatformWords.link.text(for: reader), name: "link") { wiring in
                input(wiring, .readonly(), .value(address))
            }
            p { a(.href(back)) { PlatformWords.back.text(for: reader) } }
        }
    }
}
