import Access
import Customers
import Events
import HTTP
import Identifiers
import Identity
import Locale
import Panel
import Tenancy
import Time

/// The first page: how the company stands, as far as each may see it.
package enum HomeRoutes {
    package static func add(to routes: inout Panel.Routes) {
        routes.get("/panel", .signedIn, "Cómo está la empresa, según lo que la persona puede ver", show)
    }

    private static let months = 12

    private static func show(_ visit: Visit) async throws -> Response {
        try await visit.admit()
        let today = visit.tenant.zone.day(at: visit.now)
        let page = HomePage(
            today: today,
            figures: visit.may(.customersRead)
                ? try await visit.database.customerFigures(for: months, until: today) : nil,
            people: visit.may(.staffRead) ? try await visit.database.staffAtWork(at: visit.now) : nil,
            events: visit.may(.auditRead)
                ? try await visit.database.events(before: nil, kind: nil, actor: nil, subject: nil, limit: 8) : nil,
            owes: visit.may(.settingsManage) ? try await visit.database.hasOverdueBills(on: today) : false,
            visit: visit)
        return try await Panel.page(page, titled: HomeWords.home.text(for: visit.reader), for: visit)
    }
}
