import Access
import Declarations
import HTML
import Identifiers
import Locale
import Nouns
import Panel
import Roles

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

/// Creates, changes or shows a role. A built-in role is read-only, with a button to copy it.
struct RolePage: View {
    let form: RoleForm
    let role: Role?
    let visit: Visit

    private var isFixed: Bool { role?.readyMade != nil || !visit.mayAct(with: .rolesManage) }

    var body: Markup {
        let reader = visit.reader
        h1 { role?.name ?? StaffWords.newRole.text(for: reader) }
        HTML.form(
            .class("card"), .method(.post), .action(action)
        ) {
            // The default button: Enter in the name field saves, instead of pressing the first level's button.
            if !isFixed { button(.type("submit"), .hidden()) { StaffWords.save.text(for: reader) } }
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
            for module in visit.catalogue.modules { part(module, reader) }
            if !isFixed { button(.type("submit"), .class("primary")) { StaffWords.save.text(for: reader) } }
        }
        if let role, visit.mayAct(with: .rolesManage) { RoleActs(role: role, reader: reader) }
    }

    private var action: String { role.map { "/panel/roles/\($0.id)" } ?? "/panel/roles" }

    private func part(_ module: Catalogue.Module, _ reader: Reader) -> Markup {
        let level = form.level(in: module)
        return section(.id(module.module.name), .class("permission-module")) {
            h2 { module.module.heading.text(for: reader) }
            if isFixed {
                p { (level?.words ?? .levelOwn).text(for: reader) }
            } else {
                div(.class("levels")) {
                    for offered in RoleForm.Level.allCases where offered != .reading || !module.reading.isEmpty {
                        button(
                            .type("submit"), .name("level"), .value("\(module.module.name) \(offered.rawValue)"),
                            .formaction("\(action)#\(module.module.name)"), .formnovalidate(),
                            .aria("pressed", offered == level ? "true" : "false")
                        ) {
                            offered.words.text(for: reader)
                        }
                    }
                }
            }
            details(.when(level == nil, .open())) {
                summary { (level == nil ? StaffWords.levelOwn : .each).text(for: reader) }
                for permission in module.permissions { choice(of: permission, reader) }
            }
        }
    }

    private func choice(of declared: GrantablePermission, _ reader: Reader) -> Markup {
        fieldset(.class("decision"), .disabled(isFixed)) {
            legend { declared.words.text(for: reader) }
            for decision in RoleForm.Decision.allCases {
                label(.class("choice")) {
                    input(
                        .type("radio"), .name(declared.permission.rawValue), .value(decision.rawValue),
                        .checked(form.decision(on: declared.permission) == decision))
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
