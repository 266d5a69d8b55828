import Access
import HTTP
import Locale
import Panel
import Tenancy
import Time

/// Ajustes › Mi plan: what the company bought of the platform, and what it owes for it.
package struct MyPlanRoutes: Sendable {
    private let printer: BillPrinter

    package init(_ printer: BillPrinter) { self.printer = printer }

    package func add(to routes: inout Panel.Routes) {
        routes.get("/panel/plan", .settingsManage, "El plan de la empresa, sus facturas y sus pagos", show)
        routes.get("/panel/plan/bills/:id", .settingsManage, "Una factura de la plataforma, en PDF", paper)
    }

    private func show(_ visit: Visit) async throws -> Response {
        let (tenant, database) = (visit.tenant, visit.database)
        guard let usage = try await database.planUsage() else { throw AccessRefusal.notFound }
        let page = MyPlanPage(
            usage: usage, next: try await PlatformBooks.nextPeriod(of: tenant, in: database),
            accounts: try PlatformAccount.all(
                of: try await database.platformPostings(), on: tenant.zone.day(at: visit.now)),
            visit: visit)
        return try await Panel.page(page, titled: MyPlanWords.title.text(for: visit.reader), for: visit)
    }

    private func paper(_ visit: Visit, id: PlatformPosting.ID) async throws -> Response {
        try await printer.print(id, of: visit.tenant, in: visit.database)
    }
}
