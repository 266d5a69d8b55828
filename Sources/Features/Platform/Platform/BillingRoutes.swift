import Access
import Declarations
import HTTP
import Identifiers
import Locale
import Nouns
import Panel
import PlatformBilling
import Postgres
import Tenancy
import Time

/// Facturación de la plataforma: what companies owe for their plans.
struct BillingRoutes: Sendable {
    let parts: Console.Parts

    init(_ parts: Console.Parts) { self.parts = parts }

    func add(to routes: inout Console.Routes) {
        routes.get("/platform/billing", .see, "Lo que deben las empresas por sus planes", list)
        routes.get("/platform/billing/:id", .see, "Estado de cuenta de una empresa", show)
        routes.get("/platform/billing/:id/payments/new", .manage, "Formulario de un pago de una empresa", askPayment)
        routes.post("/platform/billing/:id/payments", .manage, "Registra un pago de una empresa", pay)
        routes.get("/platform/billing/:id/bills/:posting", .see, "Una factura de una empresa, en PDF", paper)
        routes.get(
            "/platform/billing/:id/postings/:posting/undo", .manage,
            "Pregunta antes de anular una factura o reversar un pago", askToUndo)
        routes.post(
            "/platform/billing/:id/postings/:posting/undo", .manage, "Anula una factura o reversa un pago", undo)
    }

    private func list(_ visit: ConsoleVisit) async throws -> Response {
        let tenants = try await parts.database.platform.tenants()
        let balances = try await parts.books.balances(of: tenants, at: visit.now, in: visit.database)
        let page = BillingListPage(
            rows: BillingRow.all(of: tenants, balances), filter: BillingFilter(visit.request.query), visit: visit)
        return try await Console.page(page, titled: BillingConsoleWords.title.text(for: visit.reader), for: visit)
    }

    private func show(_ visit: ConsoleVisit, id: Tenant.ID) async throws -> Response {
        let tenant = try await tenant(id)
        let page = StatementPage(
            tenant: tenant, next: try await parts.books.nextPeriod(of: tenant),
            accounts: try await accounts(of: tenant, visit), visit: visit)
        return try await Console.page(page, titled: tenant.name, for: visit)
    }

    private func askPayment(_ visit: ConsoleVisit, id: Tenant.ID) async throws -> Response {
        let tenant = try await tenant(id)
        let accounts = try await accounts(of: tenant, visit)
        let owed = accounts.first { $0.balance.isPositive }?.balance
        let form = PaymentForm(
            paying: owed, in: owed?.currency ?? tenant.plan.price?.currency ?? visit.visit.tenant.currency,
            on: tenant.timeZone.day(at: visit.now),
            form: .v7(milliseconds: visit.now.milliseconds, from: parts.randomness), for: visit.reader)
        return try await page(form, tenant, .ok, visit)
    }

    private func pay(_ visit: ConsoleVisit, id: Tenant.ID) async throws -> Response {
        let tenant = try await tenant(id)
        let form = try PaymentForm(
            try await visit.request.body.form(upTo: 4096), on: tenant.timeZone.day(at: visit.now), for: visit.reader)
        guard let payment = form.payment else { return try await page(form, tenant, .unprocessableContent, visit) }
        try await parts.books.register(payment, of: tenant, by: visit.principal, in: visit.database)
        return Panel.done(.paymentRegistered, at: "/platform/billing/\(id)")
    }

    private func paper(_ visit: ConsoleVisit, id: Tenant.ID, posting: PlatformPosting.ID) async throws -> Response {
        let tenant = try await tenant(id)
        return try await parts.printer.print(posting, of: tenant, in: parts.database.tenant(id.scope))
    }

    private func askToUndo(_ visit: ConsoleVisit, id: Tenant.ID, posting: PlatformPosting.ID) async throws -> Response {
        try await undoPage(of: try await tenant(id), posting, nil, .ok, visit)
    }

    private func undo(_ visit: ConsoleVisit, id: Tenant.ID, posting: PlatformPosting.ID) async throws -> Response {
        let fields = try await visit.request.body.form(upTo: 4096)
        try fields.allow(["why"])
        let tenant = try await tenant(id)
        let reason = FormText.line(fields["why"], upTo: 300)
        guard !reason.isEmpty else {
            return try await undoPage(
                of: tenant, posting, TenantWords.reasonMissing.message, .unprocessableContent, visit)
        }
        // After a concurrent act, the statement shows it.
        try await parts.books.undo(posting, of: tenant, because: reason, by: visit.principal, in: visit.database)
        return Panel.done(.saved, at: "/platform/billing/\(id)")
    }

    private func undoPage(
        of tenant: Tenant, _ id: PlatformPosting.ID, _ fault: Message?, _ status: Status, _ visit: ConsoleVisit
    ) async throws -> Response {
        guard let posting = try await parts.database.tenant(tenant.id.scope).platformPosting(id),
            posting.kind.undoing != nil
        else { throw AccessRefusal.notFound }
        let page = UndoPage(tenant: tenant, posting: posting, fault: fault, reader: visit.reader)
        return try await Console.page(page, titled: page.title, status: status, for: visit)
    }

    private func page(
        _ form: PaymentForm, _ tenant: Tenant, _ status: Status, _ visit: ConsoleVisit
    ) async throws -> Response {
        try await Console.page(
            PaymentPage(tenant: tenant, form: form, reader: visit.reader),
            titled: BillingConsoleWords.registerPayment.text(for: visit.reader), status: status, for: visit)
    }

    private func accounts(of tenant: Tenant, _ visit: ConsoleVisit) async throws -> [PlatformAccount] {
        try await parts.books.accounts(of: tenant, at: visit.now)
    }

    /// Includes closed companies, which may still owe something.
    private func tenant(_ id: Tenant.ID) async throws -> Tenant {
        guard let tenant = try await parts.database.platform.tenant(id) else { throw AccessRefusal.notFound }
        return tenant
    }
}
