import Access
import HTML
import Identifiers
import Identity
import Locale
import Nouns
import Panel
import Tenancy
import Time

/// One's own account: password and sessions.
struct AccountPage: View {
    let member: StaffMember
    let sessions: [OpenSession]
    let secondFactor: SecondFactorState
    /// Nil where Google sign-in is not available.
    let google: GoogleLink?
    let faults: [FormFault]
    let visit: Visit

    var body: Markup {
        let reader = visit.reader
        h1 { StaffWords.account.text(for: reader) }
        p(.class("hint")) { member.email }
        HTML.form(.class("card"), .method(.post), .action("/panel/account/name")) {
            FormField(
                StaffWords.name.text(for: reader), name: "name",
                error: faults.first { $0.name == "name" }?.text(for: reader)
            ) { wiring in
                input(wiring, .autocomplete("name"), .required(), .maxlength(100), .value(member.name))
            }
            button(.type("submit")) { StaffWords.save.text(for: reader) }
        }
        ChangePasswordForm(member: member, faults: faults, reader: reader)
        SecondFactorCard(member: member, state: secondFactor, faults: faults, reader: reader)
        if let google {
            ExternalCard(email: google.email, hasPassword: member.hasPassword, faults: faults, reader: reader)
        }
        for part in AccountPart.all(for: visit) { part }
        h2 { StaffWords.sessions.text(for: reader) }
        ul(.class("cards")) { for session in sessions { item(session, reader) } }
        if sessions.count > 1 {
            p {
                a(.class("button danger"), .href("/panel/account/sessions/end-others"), .data("dialog", "")) {
                    StaffWords.endOthers.text(for: reader)
                }
            }
        }
    }

    private func item(_ session: OpenSession, _ reader: Reader) -> Markup {
        let isThis = session.id == visit.admitted?.session
        return li(.class("card")) {
            p {
                strong {
                    session.device.isEmpty ? StaffWords.unknownDevice.text(for: reader) : Browser.name(session.device)
                }
                if isThis { span(.class("mark")) { StaffWords.thisDevice.text(for: reader) } }
            }
            p(.class("hint")) {
                "\(StaffWords.address.text(for: reader)): \(session.address) · \(StaffWords.since.text(for: reader)): \(text(session.madeAt, reader)) · \(StaffWords.lastUse.text(for: reader)): \(text(session.seenAt, reader))"
            }
            if !isThis {
                form(.method(.post), .action("/panel/account/sessions/\(session.id)/end")) {
                    button(.type("submit")) { StaffWords.endSession.text(for: reader) }
                }
            }
        }
    }

    private func text(_ moment: Instant, _ reader: Reader) -> String {
        moment.text(.short, in: visit.tenant.timeZone, for: reader)
    }
}

struct ChangePasswordForm: View {
    let member: StaffMember
    let faults: [FormFault]
    let reader: Reader

    private var title: String {
        (member.hasPassword ? StaffWords.changePassword : .choosePassword).text(for: reader)
    }

    var body: Markup {
        form(.class("card"), .method(.post), .action("/panel/account/password")) {
            h2 { title }
            input(
                .type("email"), .name("email"), .value(member.email), .autocomplete("username"), .readonly(), .hidden())
            if member.hasPassword {
                PresentPasswordField(name: "present", fault: fault("present"), reader: reader)
            }
            NewPasswordField(name: "password", fault: fault("password"), reader: reader)
            button(.type("submit"), .class("primary")) { title }
        }
    }

    private func fault(_ name: String) -> Message? { faults.first { $0.name == name }?.message }
}
