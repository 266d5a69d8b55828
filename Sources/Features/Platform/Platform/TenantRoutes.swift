import Access
import Assembly
import Declarations
import Events
import HTTP
import Identifiers
import Identity
import Locale
import Nouns
import Panel
import PlatformBilling
import Postgres
import Tenancy
import Time

struct TenantRoutes: Sendable {
    let parts: Console.Parts

    init(_ parts: Console.Parts) { self.parts = parts }

    func add(to routes: inout Console.Routes) {
        routes.get("/platform/tenants", .see, "Empresas de la instalación", list)
        routes.get("/platform/tenants/:id", .see, "Una empresa", show)
        routes.post("/platform/tenants/:id/suspend", .manage, "Suspende una empresa: ve todo y no cambia nada") {
            (visit, id: Tenant.ID) in
            try await change(visit, id, Tenant.suspend)
        }
        routes.post("/platform/tenants/:id/resume", .manage, "Reactiva una empresa suspendida o cerrada") {
            (visit, id: Tenant.ID) in
            try await change(visit, id, Tenant.resume)
        }
        routes.get("/platform/search", .see, "Busca empresas y páginas de la consola", search)
    }

    private func search(_ visit: ConsoleVisit) async throws -> Response {
        let text = SearchPage.text(of: visit.visit)
        let found = text.isEmpty ? [] : try await parts.database.platform.tenants(TenantFilter(text: text), limit: 8)
        let companies = SearchPage.Found(
            PlatformWords.tenants.message, .companies,
            found.map { ($0.name, $0.slug, "/platform/tenants/\($0.id)") })
        return try await Console.page(
            SearchPage(text: text, found: [companies], visit: visit.visit),
            titled: PlatformWords.find.text(for: visit.reader), for: visit)
    }

    private func list(_ visit: ConsoleVisit) async throws -> Response {
        let filter = TenantFilter(visit.request.query)
        let found = try await parts.database.platform.tenants(filter, limit: TenantListPage.length + 1)
        var counted: [Tenant.ID: [CompanyFigure.Counted]] = [:]
        for tenant in found.prefix(TenantListPage.length) {
            counted[tenant.id] = try await Self.counted(of: tenant, parts)
        }
        let page = TenantListPage(
            tenants: found, figures: parts.context.rooms.figures, counted: counted, filter: filter, visit: visit)
        return try await Console.page(page, titled: PlatformWords.tenants.text(for: visit.reader), for: visit)
    }

    private func show(_ visit: ConsoleVisit, id: Tenant.ID) async throws -> Response {
        try await Self.page(of: id, ImpersonationForm.empty, .ok, visit, parts)
    }

    private typealias StateAct = @Sendable (String, String, Actor, Instant, PlatformDatabase) async throws -> Tenant

    private func change(_ visit: ConsoleVisit, _ id: Tenant.ID, _ act: StateAct) async throws -> Response {
        let form = try await visit.request.body.form(upTo: 4096)
        try form.allow(["why"])
        let reason = FormText.line(form["why"], upTo: 300)
        guard let tenant = try await parts.database.platform.tenant(id) else { throw AccessRefusal.notFound }
        if !reason.isEmpty {
            try await parts.books.raiseBillsBeforeChange(
                of: tenant, by: visit.principal.actor, at: visit.now, in: visit.database)
        }
        do {
            _ = try await act(tenant.slug, reason, visit.principal.actor, visit.now, parts.database.platform)
        } catch TenantActRefusal.reasonMissing {
            return try await Self.page(
                of: id, .empty, .unprocessableContent, visit, parts, stateFault: TenantWords.reasonMissing.message)
        } catch is TenantActRefusal {
            // After a concurrent act, the page shows the present state.
            return .redirect(to: "/platform/tenants/\(id)")
        }
        return Panel.done(.saved, at: "/platform/tenants/\(id)")
    }

    static func page(
        of id: Tenant.ID, _ form: ImpersonationForm, _ status: Status, _ visit: ConsoleVisit, _ parts: Console.Parts,
        stateFault: Message? = nil
    ) async throws -> Response {
        guard let tenant = try await parts.database.platform.tenant(id) else { throw AccessRefusal.notFound }
        let page = TenantPage(
            tenant: tenant, hosts: parts.directory.hosts(of: tenant),
            figures: try await counted(of: tenant, parts),
            visits: try await visit.database.platformVisits(to: tenant.id, limit: 10), form: form,
            stateFault: stateFault, visit: visit)
        return try await Console.page(page, titled: tenant.name, status: status, for: visit)
    }
}

extension TenantRoutes {
    /// Counts only, read in the tenant's own context.
    private static func counted(
        of tenant: Tenant, _ parts: Console.Parts
    ) async throws -> [CompanyFigure.Counted] {
        try await parts.context.rooms.figures.counted(of: tenant, in: parts.database.tenant(tenant.id.scope))
    }
}

/// The filter of tenants, held in the URL.
struct TenantFilter {
    let text: String
    let state: Tenant.State?
    let after: String

    init(text: String) { (self.text, state, after) = (text, nil, "") }

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

    /// An ISP; nil for the platform's own tenant.
    func tenant(_ id: Tenant.ID) async throws(DatabaseError) -> Tenant? {
        try await tenants().first { $0.id == id }
    }
}
