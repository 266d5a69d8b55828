import Access
import Addresses
import Declarations
import HTTP
import Identifiers
import Identity
import Locale
import Nouns
import Panel
import Tenancy

package struct AccountRoutes: Sendable {
    private let signIn: SignIn
    private let external: ExternalSignIn?

    package init(_ signIn: SignIn, _ external: ExternalSignIn? = nil) {
        self.signIn = signIn
        self.external = external
    }

    package func add(to routes: inout Panel.Routes) {
        routes.get("/panel/account", .signedIn, "La propia cuenta", show)
        routes.post("/panel/account/name", .signedIn, "Corrige el propio nombre", correctName)
        routes.post("/panel/account/password", .signedIn, "Cambia la propia contraseña", changePassword)
        routes.get(
            "/panel/account/sessions/end-others", .signedIn, "Pregunta antes de cerrar las demás sesiones",
            askToEndOthers)
        routes.post("/panel/account/sessions/end-others", .signedIn, "Cierra las demás sesiones propias", endOthers)
        routes.post("/panel/account/sessions/:id/end", .signedIn, "Cierra una sesión propia", end)
    }

    private func show(_ visit: Visit) async throws -> Response { try await Self.page(visit, external, faults: [], .ok) }

    private func correctName(_ visit: Visit) async throws -> Response {
        let form = try await visit.request.body.form(upTo: 4096)
        try form.allow(["name"])
        let name = FormText.line(form["name"])
        guard !name.isEmpty else {
            return try await Self.page(
                visit, external, faults: [FormFault(name: "name", message: StaffWords.nameMissing.message)],
                .unprocessableContent)
        }
        try await visit.member.correct(name: name, by: visit.principal, in: visit.database)
        return Panel.done(.saved, at: "/panel/account")
    }

    private func changePassword(_ visit: Visit) async throws -> Response {
        let form = try await visit.request.body.form(upTo: 4096)
        try form.allow(["email", "present", "password"])
        do {
            try await signIn.changePassword(
                of: try await visit.member, from: form["present"] ?? "", to: form["password"] ?? "",
                company: visit.tenant.name, keeping: visit.admitted?.session,
                at: visit.request.client.description, now: visit.now, in: visit.database)
        } catch let fault as PasswordFault {
            return try await Self.page(
                visit, external, faults: [FormFault(name: "password", message: fault.message)], .unprocessableContent)
        } catch let refusal as SignInRefusal {
            return try await Self.page(
                visit, external, faults: [FormFault(name: "present", message: refusal.message)], refusal.status)
        }
        return Panel.done(.passwordChanged, at: "/panel/account")
    }

    private func end(_ visit: Visit, id: UUID) async throws -> Response {
        try await Session.end(id, of: try await visit.member.id, at: visit.now, in: visit.database)
        return Panel.done(.sessionEnded, at: "/panel/account")
    }

    private func askToEndOthers(_ visit: Visit) async throws -> Response {
        try await Panel.confirm(
            StaffWords.endOthersTitle.text(for: visit.reader), text: StaffWords.endOthersText.text(for: visit.reader),
            act: StaffWords.endOthers.text(for: visit.reader), action: "/panel/account/sessions/end-others",
            back: "/panel/account", for: visit)
    }

    private func endOthers(_ visit: Visit) async throws -> Response {
        try await Session.endAll(
            of: try await visit.member.id, besides: visit.admitted?.session, at: visit.now, in: visit.database)
        return Panel.done(.sessionEnded, at: "/panel/account")
    }

    static func page(
        _ visit: Visit, _ external: ExternalSignIn?, faults: [FormFault], _ status: Status
    ) async throws -> Response {
        let member = try await visit.member
        let page = AccountPage(
            member: member, sessions: try await visit.database.openSessions(of: member.id, at: visit.now),
            secondFactor: try await visit.database.secondFactorState(of: member.id, on: nil, at: visit.now),
            google: try await google(of: member, external, visit), faults: faults, visit: visit)
        return try await Panel.page(
            page, titled: StaffWords.account.text(for: visit.reader), status: status, for: visit)
    }

}

extension AccountRoutes {
    private static func google(
        of member: StaffMember, _ external: ExternalSignIn?, _ visit: Visit
    ) async throws -> GoogleLink? {
        guard let external, try await visit.database.externalSignInRule().isAllowed else { return nil }
        return GoogleLink(email: try await external.linkedEmail(of: member.id, in: visit.database))
    }
}

extension Visit {
    /// The signed-in staff member.
    var member: StaffMember {
        get async throws {
            try await admit()
            // An impersonator's account is at the platform.
            guard impersonation == nil else { throw AccessRefusal.notPermitted }
            guard let id = admitted?.id, let member = try await database.staffMember(ID(id)) else {
                throw AccessRefusal.signInRequired
            }
            return member
        }
    }
}
