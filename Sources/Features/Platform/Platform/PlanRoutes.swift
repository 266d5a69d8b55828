import Access
import Declarations
import HTTP
import Identifiers
import Locale
import Panel
import PlatformBilling
import Postgres
import Tenancy

/// A company's plan: its limits, its price, and the end of its trial.
struct PlanRoutes: Sendable {
    let parts: Console.Parts

    init(_ parts: Console.Parts) { self.parts = parts }

    func add(to routes: inout Console.Routes) {
        routes.get("/platform/tenants/:id/plan", .manage, "El plan de una empresa, para cambiarlo", show)
        routes.post("/platform/tenants/:id/plan", .manage, "Cambia el plan y los límites de una empresa", change)
    }

    private func show(_ visit: ConsoleVisit, id: Tenant.ID) async throws -> Response {
        let tenant = try await parts.openTenant(id)
        return try await page(
            tenant, PlanForm(of: tenant, in: visit.visit.tenant.currency, for: visit.reader), .ok, visit)
    }

    private func change(_ visit: ConsoleVisit, id: Tenant.ID) async throws -> Response {
        let tenant = try await parts.openTenant(id)
        let fields = try await visit.request.body.form(upTo: 4096)
        try fields.allow(PlanForm.names.union(["active"]))
        let form = try PlanForm(fields, for: visit.reader)
        guard form.isSound else { return try await page(tenant, form, .unprocessableContent, visit) }
        try await parts.books.raiseBillsBeforeChange(
            of: tenant, by: visit.principal.actor, at: visit.now, in: visit.database)
        try await Tenant.agree(
            form.plan, trialEndsOn: form.trialEndsOn, isActiveNow: fields["active"] == "yes", with: tenant.slug,
            by: visit.principal.actor, at: visit.now, in: parts.database.platform)
        return Panel.done(.saved, at: "/platform/tenants/\(id)")
    }

    private func page(
        _ tenant: Tenant, _ form: PlanForm, _ status: Status, _ visit: ConsoleVisit
    ) async throws -> Response {
        try await Console.page(
            PlanPage(tenant: tenant, form: form, reader: visit.reader),
            titled: TenantWords.changePlan.text(for: visit.reader), status: status, for: visit)
    }
}
