import Access
import Addresses
import HTTP
import Identifiers
import Identity
import Locale
import Panel
import Tenancy

package struct AccountRoutes: Sendable {
    private let signIn: SignIn

    package init(_ signIn: SignIn) { self.signIn = signIn }

    package func add(to routes: inout Panel.Routes) {
        routes.get("/panel/account", .signedIn, "La propia cuenta", show)
        routes.post("/panel/account/password", .signedIn, "Cambia la propia contraseña", changePassword)
        routes.get(
            "/panel/account/sessions/end-others", .signedIn, "Pregunta antes de cerrar las demás sesiones",
            askToEndOthers)
        routes.post("/panel/account/sessions/end-others", .signedIn, "Cierra las demás sesiones propias", endOthers)
        routes.post("/panel/account/sessions/:id/end", .signedIn, "Cierra una sesión propia", end)
    }

    private func show(_ visit: Visit) async throws -> Response { try await page(visit, fault: nil, .ok) }

    private func changePassword(_ visit: Visit) async throws -> Response {
        let form = try await visit.request.body.form(upTo: 4096)
        try form.allow(["email", "present", "password"])
        do {
            try await signIn.changePassword(
                of: try await member(visit), from: form["present"] ?? "", to: form["password"] ?? "",
                company: visit.tenant.name, keeping: visit.admitted?.session,
                at: visit.request.client.description, now: visit.now, in: visit.database)
        } catch let fault as PasswordFault {
            return try await page(visit, fault: ("password", fault.message), .unprocessableContent)
        } catch let refusal as SignInRefusal {
            return try await page(visit, fault: ("present", refusal.message), refusal.status)
        }
        return Panel.done(.passwordChanged, at: "/panel/account")
    }

    private func end(_ visit: Visit, id: UUID) async throws -> Response {
        try await Session.end(id, of: try await member(visit).id, at: visit.now, in: visit.database)
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
            of: try await member(visit).id, besides: visit.admitted?.session, at: visit.now, in: visit.database)
        return Panel.done(.sessionEnded, at: "/panel/account")
    }

    private func page(
        _ visit: Visit, fault: (name: String, message: Message)?, _ status: Status
    ) async throws -> Response {
        let member = try await member(visit)
        let page = AccountPage(
            member: member, sessions: try await visit.database.openSessions(of: member.id, at: visit.now),
            fault: fault, visit: visit)
        return try await Panel.page(
            page, titled: StaffWords.account.text(for: visit.reader), status: status, for: visit)
    }

    private func member(_ visit: Visit) async throws -> StaffMember {
        try await visit.admit()
        guard let id = visit.admitted?.id, let member = try await visit.database.staffMember(ID(id)) else {
            throw AccessRefusal.signInRequired
        }
        return member
    }
}
