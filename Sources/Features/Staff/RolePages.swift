import Access
import HTML
import Identifiers
import Locale
import Panel

struct RoleListPage: View {
    let roles: [Role]
    let counts: [String: Int]
    let visit: Visit

    var body: Markup {
        let reader = visit.reader
        PageHeading(StaffWords.rolesTitle.text(for: reader)) {
            if visit.mayAct(with: .rolesManage) {
                NewLink(StaffWords.newRole.text(for: reader), path: "/panel/roles/new")
            }
        }
        div(.class("table"), .role("region"), .tabindex(0), .aria("label", StaffWords.rolesTitle.text(for: reader))) {
            table {
                caption { StaffWords.rolesTitle.text(for: reader) }
                tbody {
                    for role in roles {
                        tr {
                            th(.scope("row")) { a(.href("/panel/roles/\(role.id)")) { role.name } }
                            td { (role.readyMade == nil ? StaffWords.own : .readyMade).text(for: reader) }
                            td { "\(StaffWords.people.text(for: reader)): \(counts[role.name] ?? 0)" }
                        }
                    }
                }
            }
        }
    }
}

/// Makes, changes or shows a role. A role of the system is shown, with the way to a copy.
struct RolePage: View {
    let form: RoleForm
    let role: Role?
    let visit: Visit

    private var isFixed: Bool { role?.readyMade != nil || !visit.mayAct(with: .rolesManage) }

    var body: Markup {
        let reader = visit.reader
        h1 { role?.name ?? StaffWords.newRole.text(for: reader) }
        HTML.form(
            .class("card"), .method(.post), .action(role.map { "/panel/roles/\($0.id)" } ?? "/panel/roles")
        ) {
            ErrorSummary(
                StaffWords.problems.text(for: reader),
                errors: form.faults.map { ($0.name, $0.message.text(for: reader)) })
            FormField(
                StaffWords.roleName.text(for: reader), name: "name",
                error: form.faults.first?.message.text(for: reader)
            ) { wiring in
                input(wiring, .required(), .maxlength(100), .value(form.name), .disabled(isFixed))
            }
            p(.class("hint")) { StaffWords.denyHint.text(for: reader) }
            for permission in Permission.grantable { choice(of: permission, reader) }
            if !isFixed { button(.type("submit"), .class("primary")) { StaffWords.save.text(for: reader) } }
        }
        if let role, visit.mayAct(with: .rolesManage) { RoleActs(role: role, reader: reader) }
    }

    private func choice(of permission: Permission, _ reader: Reader) -> Markup {
        fieldset(.class("decision"), .disabled(isFixed)) {
            legend { permission.words.text(for: reader) }
            for decision in RoleForm.Decision.allCases {
                label(.class("choice")) {
                    input(
                        .type("radio"), .name(permission.rawValue), .value(decision.rawValue),
                        .checked(form.decision(on: permission) == decision))
                    span { decision.words.text(for: reader) }
                }
            }
        }
    }
}

struct RoleActs: View {
    let role: Role
    let reader: Reader

    var body: Markup {
        div(.class("acts")) {
            p { a(.class("button"), .href("/panel/roles/new?copy=\(role.id)")) { StaffWords.copy.text(for: reader) } }
            if role.readyMade == nil {
                p {
                    a(.class("button danger"), .href("/panel/roles/\(role.id)/delete"), .data("dialog", "")) {
                        StaffWords.delete.text(for: reader)
                    }
                }
            }
        }
    }
}
