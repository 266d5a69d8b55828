import Access
import Assembly
import Declarations
import HTTP
import Identifiers
import Identity
import Locale
import Nouns
import Panel
import Postgres
import Tenancy
import Time

/// Creating a company: first its name and country, which give defaults for the rest.
struct NewTenantRoutes: Sendable {
    let parts: Console.Parts

    init(_ parts: Console.Parts) { self.parts = parts }

    func add(to routes: inout Console.Routes) {
        routes.get("/platform/tenants/new", .manage, "Formulario de una empresa nueva", ask)
        routes.post("/platform/tenants", .manage, "Crea una empresa con su primer administrador", create)
    }

    private func ask(_ visit: ConsoleVisit) async throws -> Response {
        let query = visit.request.query
        let name = FormText.line(query["name"])
        guard let region = query["country"].flatMap(Region.init), !name.isEmpty else {
            let page = NewTenantStart(name: name, reader: visit.reader)
            return try await Console.page(page, titled: NewTenantWords.title.text(for: visit.reader), for: visit)
        }
        let slugs = Set(try await parts.database.platform.tenants().map(\.slug))
        let form = NewTenantForm(
            named: name, in: region, besides: slugs, pricedIn: visit.visit.tenant.currency, at: visit.now)
        return try await page(form, .ok, visit)
    }

    private func create(_ visit: ConsoleVisit) async throws -> Response {
        var form = try NewTenantForm(try await visit.request.body.form(upTo: 16_384), for: visit.reader)
        let id = Tenant.ID.make(milliseconds: visit.now.milliseconds, from: parts.randomness)
        if parts.directory.host(of: form.slug) == parts.directory.consoleHost {
            form.fault("slug", NewTenantWords.slugReserved.message)
        }
        guard let tenant = form.tenant(id) else { return try await page(form, .unprocessableContent, visit) }
        let (admin, principal) = (form.admin, visit.principal)
        let address = parts.directory.address(at: parts.directory.host(of: tenant))
        do {
            let link = try await tenant.make(
                by: principal.actor, at: principal.now, in: parts.database, joining: visit.database
            ) { inside in
                try await parts.context.rooms.furnish(
                    tenant, knowing: parts.context.catalogue, at: principal.now, from: parts.randomness, in: inside)
                return try await admin.invite(
                    to: tenant, reachedAt: address, by: principal, mailing: parts.mailing, from: parts.randomness,
                    in: inside)
            }
            return try await Console.invited(admin, to: tenant, with: link, at: address, .created, visit, parts)
        } catch TenantActRefusal.slugTaken {
            form.fault("slug", NewTenantWords.slugTaken.message)
            return try await page(form, .conflict, visit)
        } catch is PlanLimit {
            form.fault("staff", NewTenantWords.noRoomForAdmin.message)
            return try await page(form, .conflict, visit)
        }
    }

    private func page(_ form: NewTenantForm, _ status: Status, _ visit: ConsoleVisit) async throws -> Response {
        try await Console.page(
            NewTenantPage(form: form, base: parts.directory.base, reader: visit.reader),
            titled: NewTenantWords.title.text(for: visit.reader), status: status, for: visit)
    }
}
