import Access
import Crypto
import Declarations
import HTTP
import Identity
import Locale
import Nouns
import Panel
import Postgres
import Tenancy

/// Inviting another administrator into an existing company.
struct CompanyAdminRoutes: Sendable {
    let parts: Console.Parts

    init(_ parts: Console.Parts) { self.parts = parts }

    func add(to routes: inout Console.Routes) {
        routes.get(
            "/platform/tenants/:id/admins/new", .manage, "Formulario para invitar a un administrador de una empresa",
            ask)
        routes.post("/platform/tenants/:id/admins", .manage, "Invita a un administrador de una empresa", invite)
    }

    private func ask(_ visit: ConsoleVisit, id: Tenant.ID) async throws -> Response {
        try await page(CompanyAdminForm.empty, try await parts.openTenant(id), .ok, visit)
    }

    private func invite(_ visit: ConsoleVisit, id: Tenant.ID) async throws -> Response {
        let tenant = try await parts.openTenant(id)
        var form = try CompanyAdminForm(try await visit.request.body.form(upTo: 4096))
        guard form.faults.isEmpty else { return try await page(form, tenant, .unprocessableContent, visit) }
        let address = parts.directory.address(of: tenant)
        do {
            let link = try await form.admin.invite(
                to: tenant, reachedAt: address, by: visit.principal, mailing: parts.mailing, from: parts.randomness,
                in: parts.database, joining: visit.database)
            return try await Console.invited(form.admin, to: tenant, with: link, at: address, .mailed, visit, parts)
        } catch StaffRefusal.emailTaken {
            form.faults.append(FormFault(name: "admin_email", message: StaffRefusal.emailTaken.message))
            return try await page(form, tenant, .conflict, visit)
        } catch is PlanLimit {
            form.faults.append(FormFault(name: "admin_name", message: NewTenantWords.planIsFull.message))
            return try await page(form, tenant, .conflict, visit)
        }
    }

    private func page(
        _ form: CompanyAdminForm, _ tenant: Tenant, _ status: Status, _ visit: ConsoleVisit
    ) async throws -> Response {
        try await Console.page(
            CompanyAdminPage(tenant: tenant, form: form, reader: visit.reader),
            titled: NewTenantWords.inviteAdmin.text(for: visit.reader), status: status, for: visit)
    }
}

extension Console.Parts {
    /// A company that is not closed.
    func openTenant(_ id: Tenant.ID) async throws -> Tenant {
        guard let tenant = try await database.platform.tenant(id), tenant.state != .closed else {
            throw AccessRefusal.notFound
        }
        return tenant
    }
}

extension Console {
    /// With mail the letter is on its way; without, the link is shown once.
    static func invited(
        _ admin: CompanyAdmin, to tenant: Tenant, with link: SignInLink, at address: String, _ notice: Notice,
        _ visit: ConsoleVisit, _ parts: Parts
    ) async throws -> Response {
        let back = "/platform/tenants/\(tenant.id)"
        if parts.mailing != nil { return Panel.done(notice, at: back) }
        let page = LinkPage(
            name: admin.name, address: "\(address)/panel/enter/\(link.secret.text)", back: back, reader: visit.reader)
        return try await Console.page(page, titled: admin.name, for: visit)
    }
}

struct CompanyAdminForm {
    let admin: CompanyAdmin
    var faults: [FormFault] = []

    static let empty = CompanyAdminForm()

    private init() { admin = CompanyAdmin(name: "", email: "") }

    init(_ fields: Fields) throws {
        try fields.allow(["admin_name", "admin_email"])
        let (name, typed) = (FormText.line(fields["admin_name"]), FormText.line(fields["admin_email"], upTo: 254))
        let email = StaffMember.email(typed)
        admin = CompanyAdmin(name: name, email: email ?? typed)
        if name.isEmpty { faults.append(FormFault(name: "admin_name", message: PlatformWords.nameMissing.message)) }
        if email == nil { faults.append(FormFault(name: "admin_email", message: PlatformWords.emailWrong.message)) }
    }

    func fault(_ name: String, for reader: Reader) -> String? {
        faults.first { $0.name == name }?.message.text(for: reader)
    }
}
