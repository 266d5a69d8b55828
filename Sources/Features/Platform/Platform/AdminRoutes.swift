import Access
import Crypto
import Declarations
import HTTP
import Identifiers
import Identity
import Locale
import Nouns
import Panel
import Tenancy

/// The platform's employees.
struct AdminRoutes: Sendable {
    let parts: Console.Parts

    init(_ parts: Console.Parts) { self.parts = parts }

    func add(to routes: inout Console.Routes) {
        routes.get("/platform/admins", .administer, "Quién trabaja para la plataforma", list)
        routes.post("/platform/admins", .administer, "Invita a alguien de la plataforma", invite)
        routes.post(
            "/platform/admins/:id/password-link", .administer, "Crea un enlace para elegir contraseña", makeLink)
        routes.post("/platform/admins/:id/disable", .administer, "Desactiva a alguien de la plataforma") {
            (visit, id: StaffMember.ID) in try await setDisabled(true, id, visit)
        }
        routes.post("/platform/admins/:id/enable", .administer, "Activa a alguien de la plataforma") {
            (visit, id: StaffMember.ID) in try await setDisabled(false, id, visit)
        }
    }

    private func list(_ visit: ConsoleVisit) async throws -> Response { try await page(.empty, .ok, visit) }

    private func invite(_ visit: ConsoleVisit) async throws -> Response {
        var form = try AdminForm(try await visit.request.body.form(upTo: 4096))
        guard form.faults.isEmpty else { return try await page(form, .unprocessableContent, visit) }
        do {
            let link = try await PlatformAdmin.invite(
                email: form.email, name: form.name, as: form.role, by: visit.principal, from: parts.randomness,
                in: visit.database)
            return try await show(link, for: form.name, visit)
        } catch StaffRefusal.emailTaken {
            form.faults.append(FormFault(name: "email", message: StaffRefusal.emailTaken.message))
            return try await page(form, .conflict, visit)
        }
    }

    private func makeLink(_ visit: ConsoleVisit, id: StaffMember.ID) async throws -> Response {
        let link = try await StaffMember.makePasswordLink(
            for: id, by: visit.principal, from: parts.randomness, in: visit.database)
        guard let member = try await visit.database.staffMember(id) else { throw AccessRefusal.notFound }
        return try await show(link, for: member.name, visit)
    }

    private func setDisabled(_ isDisabled: Bool, _ id: StaffMember.ID, _ visit: ConsoleVisit) async throws -> Response {
        try await PlatformAdmin.setDisabled(
            isDisabled, id, by: visit.principal, ending: parts.visits, in: visit.database)
        return Panel.done(isDisabled ? .disabled : .enabled, at: "/platform/admins")
    }

    private func show(_ link: SignInLink, for name: String, _ visit: ConsoleVisit) async throws -> Response {
        let address = "\(parts.directory.address(at: parts.directory.consoleHost))/panel/enter/\(link.secret.text)"
        let page = LinkPage(
            name: name, address: address, back: "/platform/admins", reader: visit.reader)
        return try await Console.page(page, titled: name, for: visit)
    }

    private func page(_ form: AdminForm, _ status: Status, _ visit: ConsoleVisit) async throws -> Response {
        let page = AdminListPage(
            admins: try await visit.database.staff(), roles: try await visit.database.platformRoles(), form: form,
            visit: visit)
        return try await Console.page(
            page, titled: PlatformWords.admins.text(for: visit.reader), status: status, for: visit)
    }
}

struct AdminForm {
    let name: String
    let email: String
    let role: PlatformRole
    var faults: [FormFault] = []

    static let empty = AdminForm()

    private init() { (name, email, role) = ("", "", .observer) }

    init(_ fields: Fields) throws {
        try fields.allow(["name", "email", "role"])
        name = FormText.line(fields["name"])
        let typed = FormText.line(fields["email"])
        email = StaffMember.email(typed) ?? typed
        guard let role = PlatformRole(rawValue: fields["role"] ?? "") else { throw BadRequest() }
        self.role = role
        if name.isEmpty { faults.append(FormFault(name: "name", message: PlatformWords.nameMissing.message)) }
        if StaffMember.email(typed) == nil {
            faults.append(FormFault(name: "email", message: PlatformWords.emailWrong.message))
        }
    }

    func fault(_ name: String, for reader: Reader) -> String? {
        faults.first { $0.name == name }?.message.text(for: reader)
    }
}
