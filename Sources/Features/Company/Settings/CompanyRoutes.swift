import Access
import Assembly
import Declarations
import HTTP
import Locale
import Nouns
import Panel
import Postgres
import Tenancy
import Time

package struct CompanyRoutes: Sendable {
    /// Reschedules the company's nightly jobs, in the transaction that changes the time zone.
    package typealias Reschedule = @Sendable (TimeZone, Instant, TenantDatabase) async throws -> Void

    private let reschedule: Reschedule

    private let figures: [CompanyFigure]

    package init(figures: [CompanyFigure] = [], reschedule: @escaping Reschedule) {
        self.figures = figures
        self.reschedule = reschedule
    }

    package func add(to routes: inout Panel.Routes) {
        routes.get("/panel/company", .settingsManage, "Los datos de la empresa y su plan", show)
        routes.post("/panel/company", .settingsManage, "Cambia los datos de la empresa", change)
    }

    private func show(_ visit: Visit) async throws -> Response {
        try await page(of: CompanyForm(of: visit.tenant.company, in: visit.tenant.region), .ok, visit)
    }

    private func change(_ visit: Visit) async throws -> Response {
        let form = try CompanyForm(
            try await visit.request.body.form(upTo: 16_384), changing: visit.tenant.company, in: visit.tenant.region)
        guard form.faults.isEmpty else { return try await page(of: form, .unprocessableContent, visit) }
        let (tenant, principal) = (visit.tenant, visit.principal)
        try await visit.database.transaction { database in
            let changed = try await tenant.put(form.company, by: principal.actor, at: principal.now, in: database)
            if changed.timeZone != tenant.timeZone { try await reschedule(changed.timeZone, principal.now, database) }
        }
        return Panel.done(.saved, at: "/panel/company")
    }

    private func page(of form: CompanyForm, _ status: Status, _ visit: Visit) async throws -> Response {
        let counted = try await figures.counted(of: visit.tenant, in: visit.database)
        return try await Panel.page(
            CompanyPage(form: form, figures: counted, visit: visit),
            titled: SettingsWords.myCompany.text(for: visit.reader), status: status, for: visit)
    }
}
