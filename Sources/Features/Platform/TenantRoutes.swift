import Access
import HTTP
import Identity
import Locale
import Panel
import Postgres
import Tenancy

struct TenantRoutes: Sendable {
    let parts: Console.Parts

    init(_ parts: Console.Parts) { self.parts = parts }

    func add(to routes: inout Console.Routes) {
        routes.get("/platform/tenants", .see, "Empresas de la instalación", list)
        routes.get("/platform/tenants/:id", .see, "Una empresa", show)
    }

    private func list(_ visit: ConsoleVisit) async throws -> Response {
        let filter = TenantFilter(visit.request.query)
        let found = try await parts.database.platform.tenants(filter, limit: TenantListPage.length + 1)
        var counts: [Tenant.ID: TenantCounts] = [:]
        for tenant in found.prefix(TenantListPage.length) {
            counts[tenant.id] = try await TenantCounts.read(of: tenant, in: parts.database)
        }
        let page = TenantListPage(tenants: found, counts: counts, filter: filter, visit: visit)
        return try await Console.page(page, titled: PlatformWords.tenants.text(for: visit.reader), for: visit)
    }

    private func show(_ visit: ConsoleVisit, id: Tenant.ID) async throws -> Response {
        try await Self.page(of: id, EntryForm.empty, .ok, visit, parts)
    }

    static func page(
        of id: Tenant.ID, _ form: EntryForm, _ status: Status, _ visit: ConsoleVisit, _ parts: Console.Parts
    ) async throws -> Response {
        guard let tenant = try await parts.database.platform.tenant(id) else { throw AccessRefusal.notFound }
        let page = TenantPage(
            tenant: tenant, hosts: parts.directory.hosts(of: tenant),
            counts: try await TenantCounts.read(of: tenant, in: parts.database),
            visits: try await visit.database.platformVisits(to: tenant.id, limit: 10), form: form, visit: visit)
        return try await Console.page(page, titled: tenant.name, status: status, for: visit)
    }
}

/// Which tenants are asked for; it stands in the address.
struct TenantFilter {
    let text: String
    let state: Tenant.State?
    let after: String

    init(_ query: Fields) {
        text = FormText.line(query["q"])
        state = query["state"].flatMap(Tenant.State.init)
        after = query["after"] ?? ""
    }
}

extension PlatformDatabase {
    fileprivate func tenants(_ filter: TenantFilter, limit: Int) async throws(DatabaseError) -> [Tenant] {
        let wanted = filter.text.lowercased()
        return try await tenants().lazy.filter { tenant in
            (filter.state == nil || tenant.state == filter.state) && tenant.slug > filter.after
                && (wanted.isEmpty || tenant.slug.contains(wanted) || tenant.name.lowercased().contains(wanted))
        }.prefix(limit).map(\.self)
    }

    /// An ISP; the platform itself is none.
    func tenant(_ id: Tenant.ID) async throws(DatabaseError) -> Tenant? {
        try await tenants().first { $0.id == id }
    }
}
