import Access
import HTTP
import Locale
import Panel
import Postgres
import Tenancy
import Time

package struct CompanyRoutes: Sendable {
    /// Puts the company's nightly work by another clock, in the transaction that changes the clock.
    package typealias Reschedule = @Sendable (Zone, Instant, TenantDatabase) async throws -> Void

    private let reschedule: Reschedule

    package init(reschedule: @escaping Reschedule) { self.reschedule = reschedule }

    package func add(to routes: inout Panel.Routes) {
        routes.get("/panel/company", .settingsManage, "Los datos de la empresa y su plan", show)
        routes.post("/panel/company", .settingsManage, "Cambia los datos de la empresa", change)
    }

    private func show(_ visit: Visit) async throws -> Response {
        try await page(of: CompanyForm(of: visit.tenant.company), .ok, visit)
    }

    private func change(_ visit: Visit) async throws -> Response {
        let form = try CompanyForm(
            try await visit.request.body.form(upTo: 16_384), changing: visit.tenant.company)
        guard form.faults.isEmpty else { return try await page(of: form, .unprocessableContent, visit) }
        let (tenant, author) = (visit.tenant, visit.author)
        try await visit.database.transaction { database in
            let changed = try await tenant.put(form.company, by: author.actor, at: author.now, in: database)
            if changed.zone != tenant.zone { try await reschedule(changed.zone, author.now, database) }
        }
        return Panel.done(.saved, at: "/panel/company")
    }

    private func page(of form: CompanyForm, _ status: Status, _ visit: Visit) async throws -> Response {
        guard let usage = try await visit.database.planUsage() else { throw AccessRefusal.notFound }
        return try await Panel.page(
            CompanyPage(form: form, usage: usage, visit: visit),
            titled: SettingsWords.myCompany.text(for: visit.reader), status: status, for: visit)
    }
}
