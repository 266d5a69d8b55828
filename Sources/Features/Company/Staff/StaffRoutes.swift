import Access
import Crypto
import Declarations
import HTTP
import Identifiers
import Identity
import Letters
import Locale
import Nouns
import Panel
import Postgres
import Roles
import Tenancy
import Zones

package struct StaffRoutes: Sendable {
    private let randomness: Randomness

    private let mailing: Mailing?

    package init(randomness: Randomness, mailing: Mailing? = nil) {
        self.randomness = randomness
        self.mailing = mailing
    }

    package func add(to routes: inout Panel.Routes) {
        routes.get("/panel/staff", .staffRead, "Usuarios del panel", list)
        routes.get("/panel/staff/new", .staffManage, "Formulario para invitar a un usuario", ask)
        routes.post("/panel/staff", .staffManage, "Invita a un usuario", invite)
        routes.get("/panel/staff/:id", .staffRead, "Un usuario, sus roles y qué puede hacer", show)
        routes.post("/panel/staff/:id", .staffManage, "Corrige el nombre y el correo de un usuario", correct)
        routes.post("/panel/staff/:id/roles", .staffManage, "Cambia los roles de un usuario", giveRoles)
        routes.post("/panel/staff/:id/zones", .staffManage, "Limita a un usuario a unas zonas", limit)
        routes.post("/panel/staff/:id/password-link", .staffManage, "Crea un enlace para elegir contraseña", makeLink)
        routes.get("/panel/staff/:id/disable", .staffManage, "Pregunta antes de desactivar a un usuario", askToDisable)
        routes.post(
            "/panel/staff/:id/second-factor/reset", .staffManage, "Quita la verificación en dos pasos a un usuario",
            resetSecondFactor)
        routes.post("/panel/staff/:id/disable", .staffManage, "Desactiva a un usuario") { (visit, id: StaffMember.ID) in
            try await setDisabled(true, id, visit)
        }
        routes.post("/panel/staff/:id/enable", .staffManage, "Activa a un usuario") { (visit, id: StaffMember.ID) in
            try await setDisabled(false, id, visit)
        }
    }

    private func list(_ visit: Visit) async throws -> Response {
        let query = try ListQuery(StaffRow.list, visit.request.query)
        let (part, _) = try await visit.part(
            of: query, rows: visit.database.staff(query), counted: visit.database.staffFound(query))
        let invite = (StaffWords.invite.text(for: visit.reader), "\(query.list.path)/new")
        let page = ListPage(
            part, .init(.staff, none: StaffWords.none.message, search: StaffWords.search.message),
            new: visit.mayAct(with: .staffManage) ? invite : nil, visit: visit)
        return try await Panel.page(page, of: part, for: visit)
    }

    private func ask(_ visit: Visit) async throws -> Response { try await page(of: .empty, .ok, visit) }

    private func invite(_ visit: Visit) async throws -> Response {
        var form = try InviteForm(try await visit.request.body.form(upTo: 16_384))
        guard form.identity.faults.isEmpty else { return try await page(of: form, .unprocessableContent, visit) }
        do {
            let link = try await visit.database.transaction { database in
                let link = try await StaffMember.invite(
                    email: form.identity.email, name: form.identity.name, roles: form.roles,
                    upTo: visit.tenant.plan.staff,
                    by: visit.principal, from: randomness, in: database)
                try await write(
                    .invitation, to: try await database.staffMember(email: form.identity.email), visit, in: database)
                return link
            }
            if mailing != nil { return Panel.done(.mailed, at: "/panel/staff") }
            return try await show(link, for: form.identity.name, visit)
        } catch StaffRefusal.emailTaken {
            form.identity.faults.append(FormFault(name: "email", message: StaffRefusal.emailTaken.message))
            return try await page(of: form, .conflict, visit)
        } catch let limit as PlanLimit {
            form.identity.faults.append(FormFault(name: "name", message: limit.message))
            return try await page(of: form, limit.status, visit)
        }
    }

    private func page(of form: InviteForm, _ status: Status, _ visit: Visit) async throws -> Response {
        let page = InvitePage(form: form, roles: try await visit.database.roles(), reader: visit.reader)
        return try await Panel.page(
            page, titled: StaffWords.inviteTitle.text(for: visit.reader), status: status, for: visit)
    }

    private func show(_ visit: Visit, id: StaffMember.ID) async throws -> Response {
        try await page(of: id, nil, .ok, visit)
    }

    private func correct(_ visit: Visit, id: StaffMember.ID) async throws -> Response {
        var form = try IdentityForm(try await visit.request.body.form(upTo: 4096))
        guard form.faults.isEmpty else { return try await page(of: id, form, .unprocessableContent, visit) }
        do {
            try await StaffMember.correct(
                id, name: form.name, email: form.email, by: visit.principal, in: visit.database)
        } catch StaffRefusal.emailTaken {
            form.faults.append(FormFault(name: "email", message: StaffRefusal.emailTaken.message))
            return try await page(of: id, form, .conflict, visit)
        }
        return Panel.done(.saved, at: "/panel/staff/\(id)")
    }

    private func page(
        of id: StaffMember.ID, _ form: IdentityForm?, _ status: Status, _ visit: Visit
    ) async throws -> Response {
        guard let member = try await visit.database.staffMember(id) else { throw AccessRefusal.notFound }
        let page = StaffMemberPage(
            member: member, form: form ?? IdentityForm(member), roles: try await visit.database.roles(),
            held: try await visit.database.roles(of: id.uuid), zones: try await visit.database.zones(),
            hasSecondFactor: try await visit.database.staffWithSecondFactor().contains(id), visit: visit)
        return try await Panel.page(page, titled: member.name, status: status, for: visit)
    }

    private func giveRoles(_ visit: Visit, id: StaffMember.ID) async throws -> Response {
        let fields = try await visit.request.body.form(upTo: 16_384)
        try fields.allow([], repeated: ["role"])
        let roles: Set<Role.ID> = Set(try fields.values("role").map { try FormText.id($0) })
        try await StaffMember.giveRoles(roles, to: id, by: visit.principal, in: visit.database)
        return Panel.done(.saved, at: "/panel/staff/\(id)")
    }

    private func limit(_ visit: Visit, id: StaffMember.ID) async throws -> Response {
        let fields = try await visit.request.body.form(upTo: 65_536)
        try fields.allow([ZoneReach.fields.one], repeated: [ZoneReach.fields.several])
        try await StaffMember.limit(
            id, to: try ZoneReach.zones(in: fields), by: visit.principal, in: visit.database)
        return Panel.done(.saved, at: "/panel/staff/\(id)")
    }

    private func makeLink(_ visit: Visit, id: StaffMember.ID) async throws -> Response {
        let (link, member) = try await visit.database.transaction { database in
            let link = try await StaffMember.makePasswordLink(
                for: id, by: visit.principal, from: randomness, in: database)
            guard let member = try await database.staffMember(id) else { throw AccessRefusal.notFound }
            try await write(.passwordLink, to: member, visit, in: database)
            return (link, member)
        }
        if mailing != nil { return Panel.done(.mailed, at: "/panel/staff/\(id)") }
        return try await show(link, for: member.name, visit)
    }

    /// In the ISP's language, rather than the inviter's.
    private func write(
        _ kind: LetterKind, to member: StaffMember?, _ visit: Visit, in database: TenantDatabase
    ) async throws {
        guard let mailing, let member else { return }
        let head = mailing.letterhead(in: visit.tenant.language, at: visit.address)
        try await database.write(
            kind, to: member.email, about: member.id.uuid, on: head, at: visit.now, from: randomness)
    }

    private func show(_ link: SignInLink, for name: String, _ visit: Visit) async throws -> Response {
        let page = PasswordLinkPage(
            name: name, address: "\(visit.address)/panel/enter/\(link.secret.text)", reader: visit.reader)
        return try await Panel.page(page, titled: name, for: visit)
    }

    private func askToDisable(_ visit: Visit, id: StaffMember.ID) async throws -> Response {
        guard let member = try await visit.database.staffMember(id) else { throw AccessRefusal.notFound }
        return try await Panel.confirm(
            StaffWords.disableTitle.text(for: visit.reader, .name(member.name)),
            text: StaffWords.disableText.text(for: visit.reader), act: StaffWords.disable.text(for: visit.reader),
            action: "/panel/staff/\(id)/disable", back: "/panel/staff/\(id)", for: visit)
    }

    private func resetSecondFactor(_ visit: Visit, id: StaffMember.ID) async throws -> Response {
        try await StaffMember.resetSecondFactor(of: id, by: visit.principal, in: visit.database)
        return Panel.done(.secondFactorReset, at: "/panel/staff/\(id)")
    }

    private func setDisabled(_ isDisabled: Bool, _ id: StaffMember.ID, _ visit: Visit) async throws -> Response {
        try await StaffMember.setDisabled(
            isDisabled, id, upTo: visit.tenant.plan.staff, by: visit.principal, in: visit.database)
        return Panel.done(isDisabled ? .disabled : .enabled, at: "/panel/staff/\(id)")
    }
}
