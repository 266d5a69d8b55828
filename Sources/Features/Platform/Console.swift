import Access
import Audit
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

/// The shell for the platform's own people, at a host of its own. Its routes ask for permissions that no tenant's role
/// can hold, and its handlers are given a visit to the super-tenant, which was let in before they run.
package enum Console {
    package typealias Routes = HTTP.Routes<ConsoleVisit>

    /// Everything of the installation that the console shows or does.
    package struct Parts: Sendable {
        package let database: Database
        package let directory: TenantDirectory
        package let visits: PlatformVisits
        package let health: Health
        package let isolation: Isolation
        package let mailing: Mailing?
        package let spool: ExportSpool
        package let printer: BillPrinter
        /// What every company has from its first day.
        package let furnish: @Sendable (Tenant, Instant, TenantDatabase) async throws -> Void
        package let randomness: Randomness

        package init(
            database: Database, directory: TenantDirectory, visits: PlatformVisits, health: Health,
            isolation: Isolation, mailing: Mailing? = nil, spool: ExportSpool, printer: BillPrinter,
            randomness: Randomness,
            furnish: @escaping @Sendable (Tenant, Instant, TenantDatabase) async throws -> Void
        ) {
            self.database = database
            self.directory = directory
            self.visits = visits
            self.health = health
            self.isolation = isolation
            self.mailing = mailing
            self.spool = spool
            self.printer = printer
            self.randomness = randomness
            self.furnish = furnish
        }

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
        EntryRoutes(parts).add(to: &routes)
        DomainRoutes(parts).add(to: &routes)
        HealthRoutes(parts).add(to: &routes)
        IsolationRoutes(parts).add(to: &routes)
        VersionRoutes(parts).add(to: &routes)
        AdminRoutes(parts).add(to: &routes)
        routes.get("/platform/audit", .see, "Quién de la plataforma hizo qué") {
            try await AuditRoutes.page(at: "/platform/audit", $0.visit)
        }
        return routes
    }

    static func page(
        _ content: some View, titled title: String, status: Status = .ok, for visit: ConsoleVisit
    ) async throws -> Response {
        try await Panel.page(content, titled: title, status: status, for: visit.visit)
    }
}

/// A request of somebody of the platform.
package struct ConsoleVisit: ShellVisit {
    package typealias Permission = PlatformPermission

    let visit: Visit

    package init(_ visit: Visit) { self.visit = visit }

    package var request: Request { visit.request }
    var reader: Reader { visit.reader }
    var now: Instant { visit.now }
    var author: Author { visit.author }
    /// The super-tenant's.
    var database: TenantDatabase { visit.database }

    func may(_ permission: PlatformPermission) -> Bool { visit.may(permission) }

    func text(_ moment: Instant) -> String { moment.text(.short, in: visit.tenant.zone, for: reader) }
}
