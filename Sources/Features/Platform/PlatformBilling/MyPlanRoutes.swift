import Access
import Assembly
import HTTP
import Locale
import Panel
import Tenancy
import Time

/// Ajustes › Mi plan: the company's plan, and its debt to the platform.
struct MyPlanRoutes: Sendable {
    let printer: BillPrinter
    let figures: [CompanyFigure]

    func add(to routes: inout Panel.Routes) {
        routes.get("/panel/plan", .settingsManage, "El plan de la empresa, sus facturas y sus pagos", show)
        routes.get("/panel/plan/bills/:id", .settingsManage, "Una factura de la plataforma, en PDF", paper)
    }

    private func show(_ visit: Visit) async throws -> Response {
        let (tenant, database) = (visit.tenant, visit.database)
        let page = MyPlanPage(
            figures: try await figures.counted(of: tenant, in: database),
            next: try await PlatformBooks.nextPeriod(of: tenant, in: database),
            accounts: try await database.platformAccounts(on: tenant.timeZone.day(at: visit.now)),
            visit: visit)
        return try await Panel.page(page, titled: MyPlanWords.title.text(for: visit.reader), for: visit)
    }

    private func paper(_ visit: Visit, id: PlatformPosting.ID) async throws -> Response {
        try await printer.print(id, of: visit.tenant, in: visit.database)
    }
}
