import Access
import Declarations
import HTML
import Identifiers
import Identity
import Locale
import Nouns
import Panel
import Roles
import Zones

struct InvitePage: View {
    let form: InviteForm
    let roles: [Role]
    let reader: Reader

    var body: Markup {
        h1 { StaffWords.inviteTitle.text(for: reader) }
        HTML.form(.class("card"), .method(.post), .action("/panel/staff")) {
            IdentityFields(form: form.identity, reader: reader)
            RoleChoice(roles: roles, chosen: form.roles, isFixed: false, reader: reader)
            button(.type("submit"), .class("primary")) { StaffWords.sendInvitation.text(for: reader) }
        }
    }
}

struct IdentityFields: View {
    let form: IdentityForm
    let reader: Reader

    var body: Markup {
        ErrorSummary(
            StaffWords.problems.text(for: reader),
            errors: form.faults.map { ($0.name, $0.message.text(for: reader)) })
        FormField(StaffWords.name.text(for: reader), name: "name", error: fault("name")) { wiring in
            input(wiring, .autocomplete("off"), .required(), .maxlength(100), .value(form.name))
        }
        FormField(StaffWords.email.text(for: reader), name: "email", error: fault("email")) { wiring in
            input(wiring, .type("email"), .autocomplete("off"), .required(), .maxlength(254), .value(form.email))
        }
    }

    private func fault(_ name: String) -> String? {
        form.faults.first { $0.name == name }?.message.text(for: reader)
    }
}

struct RoleChoice: View {
    let roles: [Role]
    let chosen: Set<Role.ID>
    let isFixed: Bool
    let reader: Reader
    var heading = StaffWords.roles

    var body: Markup {
        fieldset(.disabled(isFixed)) {
            legend { heading.text(for: reader) }
            for role in roles {
                label(.class("choice")) {
                    input(
                        .type("checkbox"), .name("role"), .value(role.id.description),
                        .checked(chosen.contains(role.id)))
                    span { role.name }
                }
            }
        }
    }
}

/// Shown once: the link's secret is not stored.
struct PasswordLinkPage: View {
    let name: String
    let address: String
    let reader: Reader

    var body: Markup {
        h1 { StaffWords.invitationReady.text(for: reader, .name(name)) }
        div(.class("card")) {
            p { StaffWords.invitationHint.text(for: reader) }
            FormField(StaffWords.link.text(for: reader), name: "link") { wiring in
                input(wiring, .readonly(), .value(address))
            }
            p { a(.href("/panel/staff")) { StaffWords.backToUsers.text(for: reader) } }
        }
    }
}

struct StaffMemberPage: View {
    let member: StaffMember
    let form: IdentityForm
    let roles: [Role]
    let held: Set<Role.ID>
    let zones: [Zone]
    let hasSecondFactor: Bool
    let visit: Visit

    var body: Markup {
        let reader = visit.reader
        Crumb(StaffWords.users.text(for: reader), path: "/panel/staff")
        PageHeading(member.name)
        p(.class("subject")) {
            span { member.email }
            StateMark(member.state, for: reader)
        }
        if visit.mayAct(with: .staffManage) {
            HTML.form(.class("card"), .method(.post), .action("/panel/staff/\(member.id)")) {
                IdentityFields(form: form, reader: reader)
                button(.type("submit"), .class("primary")) { StaffWords.save.text(for: reader) }
            }
        }
        HTML.form(.class("card"), .method(.post), .action("/panel/staff/\(member.id)/roles")) {
            RoleChoice(roles: roles, chosen: held, isFixed: !visit.mayAct(with: .staffManage), reader: reader)
            if visit.mayAct(with: .staffManage) {
                button(.type("submit"), .class("primary")) { StaffWords.save.text(for: reader) }
            }
        }
        if !zones.isEmpty || member.zones != nil {
            HTML.form(.class("card"), .method(.post), .action("/panel/staff/\(member.id)/zones")) {
                ZoneReach(
                    member.zones, among: zones, hint: StaffWords.zonesHint.text(for: reader),
                    isFixed: !visit.mayAct(with: .staffManage), for: reader)
                if visit.mayAct(with: .staffManage) {
                    button(.type("submit"), .class("primary")) { StaffWords.save.text(for: reader) }
                }
            }
        }
        PermissionExplanation(
            roles: roles.filter { held.contains($0.id) }, isLimited: member.zones != nil, visit: visit)
        if visit.mayAct(with: .staffManage) {
            StaffMemberActs(member: member, hasSecondFactor: hasSecondFactor, reader: reader)
        }
    }
}

/// Explains a person's permissions: each one, whether held, and which role decides.
struct PermissionExplanation: View {
    let roles: [Role]
    /// Limited to zones, which rules out permissions for the whole company.
    let isLimited: Bool
    let visit: Visit

    private var reader: Reader { visit.reader }

    var body: Markup {
        h2 { StaffWords.permissions.text(for: reader) }
        div(.class("table"), .role("region"), .tabindex(0), .aria("label", StaffWords.permissions.text(for: reader))) {
            table {
                tbody { for permission in visit.catalogue.permissions { row(of: permission) } }
            }
        }
    }

    private func row(of declared: GrantablePermission) -> Markup {
        let permission = declared.permission
        let deniers = roles.filter { $0.denied.contains(permission) }
        let granters = roles.filter { $0.allowed.contains(permission) }
        let isOutOfReach = isLimited && !declared.isWithinZones
        let isGranted = deniers.isEmpty && !granters.isEmpty && !isOutOfReach
        let reason =
            !deniers.isEmpty
            ? StaffWords.deniedBy.text(for: reader, .name(names(deniers)))
            : granters.isEmpty
                ? StaffWords.nobodyAllows.text(for: reader)
                : isOutOfReach
                    ? StaffWords.outOfZones.text(for: reader)
                    : StaffWords.allowedBy.text(for: reader, .name(names(granters)))
        return tr {
            th(.scope("row")) { declared.words.text(for: reader) }
            td(.class("state"), .data("state", isGranted ? "active" : "none")) {
                (isGranted ? StaffWords.yes : .no).text(for: reader)
            }
            td { reason }
        }
    }

    private func names(_ roles: [Role]) -> String { roles.map(\.name).joined(separator: ", ") }
}

struct StaffMemberActs: View {
    let member: StaffMember
    let hasSecondFactor: Bool
    let reader: Reader

    var body: Markup {
        div(.class("acts")) {
            if member.state != .disabled {
                HTML.form(.method(.post), .action("/panel/staff/\(member.id)/password-link")) {
                    button(.type("submit")) { StaffWords.newLink.text(for: reader) }
                    p(.class("hint")) { StaffWords.newLinkHint.text(for: reader) }
                }
            }
            if hasSecondFactor {
                HTML.form(.method(.post), .action("/panel/staff/\(member.id)/second-factor/reset")) {
                    button(.type("submit"), .class("danger")) { StaffWords.resetSecondFactor.text(for: reader) }
                    p(.class("hint")) { StaffWords.resetSecondFactorHint.text(for: reader) }
                }
            }
            if member.state == .disabled {
                HTML.form(.method(.post), .action("/panel/staff/\(member.id)/enable")) {
                    button(.type("submit")) { StaffWords.enable.text(for: reader) }
                }
            } else {
                p {
                    a(.class("button danger"), .href("/panel/staff/\(member.id)/disable"), .data("dialog", "")) {
                        StaffWords.disable.text(for: reader)
                    }
                }
            }
        }
    }
}
