import Access
import Declarations
import HTML
import HTTP
import Identifiers
import Identity
import Locale
import Nouns
import Panel
import Roles

/// The company's rules for signing in.
package struct SecurityRoutes: Sendable {
    private let external: ExternalSignIn?

    package init(_ external: ExternalSignIn? = nil) { self.external = external }

    package func add(to routes: inout Panel.Routes) {
        routes.get("/panel/security", .securityManage, "Cómo entra el personal", show)
        routes.post("/panel/security", .securityManage, "Cambia quién debe usar la verificación en dos pasos", save)
    }

    private func show(_ visit: Visit) async throws -> Response { try await page(visit, .ok, faults: []) }

    func page(_ visit: Visit, _ status: Status, faults: [FormFault]) async throws -> Response {
        let active = try await visit.database.staff().filter { $0.state == .active }
        let having = try await visit.database.staffWithSecondFactor()
        let page = SecurityPage(
            rule: try await visit.database.secondFactorRule(), roles: try await visit.database.roles(),
            having: active.count { having.contains($0.id) }, total: active.count,
            external: external == nil ? nil : try await visit.database.externalSignInRule(),
            back: visit.externalReturn, faults: faults, visit: visit)
        return try await Panel.page(
            page, titled: StaffWords.security.text(for: visit.reader), status: status, for: visit)
    }

    private func save(_ visit: Visit) async throws -> Response {
        let form = try await visit.request.body.form(upTo: 16_384)
        try form.allow(["everybody"], repeated: ["role"])
        let roles: Set<Role.ID> = Set(try form.values("role").map { try FormText.id($0) })
        let rule = SecondFactorRule(isForEverybody: form["everybody"] == "yes", roles: roles)
        try await rule.save(by: visit.principal, in: visit.database)
        return Panel.done(.saved, at: "/panel/security")
    }
}

struct SecurityPage: View {
    let rule: SecondFactorRule
    let roles: [Role]
    let having: Int
    let total: Int
    /// Nil where the installation has no external provider.
    let external: ExternalSignInRule?
    let back: String
    let faults: [FormFault]
    let visit: Visit

    var body: Markup {
        let (reader, mayAct) = (visit.reader, visit.mayAct(with: .securityManage))
        h1 { StaffWords.security.text(for: reader) }
        HTML.form(.class("card"), .method(.post), .action("/panel/security")) {
            h2 { StaffWords.ruleTitle.text(for: reader) }
            p { StaffWords.ruleIntro.text(for: reader) }
            p(.class("hint")) {
                StaffWords.peopleWithIt.text(for: reader, .number("having", having), .number("total", total))
            }
            label(.class("choice")) {
                input(.type("checkbox"), .name("everybody"), .value("yes"), .checked(rule.isForEverybody))
                span { StaffWords.everybody.text(for: reader) }
            }
            RoleChoice(
                roles: roles, chosen: rule.roles, isFixed: !mayAct, reader: reader, heading: .rolesThatMust)
            if mayAct { button(.type("submit"), .class("primary")) { StaffWords.save.text(for: reader) } }
        }
        if let external {
            ExternalRuleForm(rule: external, back: back, faults: faults, mayAct: mayAct, reader: reader)
        }
    }
}
