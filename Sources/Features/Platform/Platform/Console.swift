import Access
import Assembly
import Audit
import Declarations
import HTML
import HTTP
import Identifiers
import Identity
import Letters
import Locale
import Panel
import PlatformBilling
import Postgres
import Telemetry
import Tenancy
import Time

/// The platform's own shell, at its own host. Its routes ask for permissions that no tenant's role can hold, and its
/// handlers get a visit to the super-tenant, admitted before they run.
package enum Console {
    package typealias Routes = HTTP.Routes<ConsoleVisit>

    /// The console's access to the whole installation.
    package struct Parts: Sendable {
        let context: RoomContext
        let health: Health
        let isolation: Isolation
        let spool: ExportSpool

        package init(_ context: RoomContext, health: Health, isolation: Isolation, spool: ExportSpool) {
            self.context = context
            self.health = health
            self.isolation = isolation
            self.spool = spool
        }

        var database: Database { context.database }
        var directory: TenantDirectory { context.directory }
        var visits: Impersonations { context.impersonations }
        var mailing: Mailing? { context.mailing }
        var randomness: Randomness { context.randomness }
        var printer: BillPrinter { BillPrinter(database: database, in: context.sandbox) }
        var books: PlatformBooks { PlatformBooks(database: database, randomness: randomness) }
    }

    package static func routes(_ parts: Parts) -> Routes {
        var routes = Routes()
        routes.get("/platform", .see, "Lleva a la lista de empresas") { _ in .redirect(to: "/platform/tenants") }
        TenantRoutes(parts).add(to: &routes)
        NewTenantRoutes(parts).add(to: &routes)
        CompanyAdminRoutes(parts).add(to: &routes)
        PlanRoutes(parts).add(to: &routes)
        ClosingRoutes(parts).add(to: &routes)
        BillingRoutes(parts).add(to: &routes)
        NewImpersonationRoutes(parts).add(to: &routes)
        DomainRoutes(parts).add(to: &routes)
        HealthRoutes(parts).add(to: &routes)
        CrashRoutes(parts).add(to: &routes)
        BackupRoutes(parts).add(to: &routes)
        IsolationRoutes(parts).add(to: &routes)
        VersionRoutes(parts).add(to: &routes)
        AdminRoutes(parts).add(to: &routes)
        routes.get("/platform/audit", .see, "Quién de la plataforma hizo qué") {
            try await AuditRoutes.page(at: "/platform/audit", $0.visit)
        }
        return routes
    }

    /// The panel's sign-in pages for the platform's employees, by password only.
    package static func accountRoutes(_ context: RoomContext) -> Panel.Routes {
        var context = context
        context.external = nil
        var routes = context.accountRoutes
        routes.get("/panel", .signedIn, "Lleva a la consola") { _ in .redirect(to: "/platform/tenants") }
        return routes
    }

    static func page(
        _ content: some View, titled title: String, status: Status = .ok, for visit: ConsoleVisit
    ) async throws -> Response {
        try await Panel.page(content, titled: title, status: status, for: visit.visit)
    }
}

/// A request of a platform employee.
package struct ConsoleVisit: ShellVisit {
    package typealias Permission = PlatformPermission

    let visit: Visit

    package init(_ visit: Visit) { self.visit = visit }

    package var request: Request { visit.request }
    var reader: Reader { visit.reader }
    var now: Instant { visit.now }
    var principal: Principal { visit.principal }
    /// The super-tenant's database.
    var database: TenantDatabase { visit.database }

    func may(_ permission: PlatformPermission) -> Bool { visit.may(permission) }

    /// With the time zone, since companies' differ.
    func text(_ moment: Instant) -> String {
        "\(moment.text(.short, in: visit.tenant.timeZone, for: reader)) (\(visit.tenant.timeZone.name))"
    }
}
