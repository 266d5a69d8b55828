import Access
import Events
import Identifiers
import Loop
import PlatformBilling
import Postgres
import Tenancy
import Time

/// The database for a command that does one thing and ends.
struct Workbench: Sendable {
    let configuration: Configuration
    let database: Database
    let directory: TenantDirectory
    let now: Instant

    static func use(_ loops: Loops, _ work: @escaping @Sendable (Workbench) async throws -> Void) async throws -> Int32
    {
        let configuration = try Configuration.read()
        let database = try configuration.openDatabase(on: loops)
        let bench = Workbench(
            configuration: configuration, database: database, directory: configuration.tenantDirectory(),
            now: TimeSource.system.now())
        do {
            try await work(bench)
        } catch let error as DatabaseError {
            throw Complaint(error.advice)
        }
        return ExitStatus.done
    }

    func raiseBillsBeforeChange(of tenant: Tenant) async throws {
        try await PlatformBooks(database: database, randomness: .system).raiseBillsBeforeChange(
            of: tenant, by: .commandLine, at: now, in: database.tenant(Tenant.ID.platform.scope))
    }

    func tenant(_ slug: String) async throws -> Tenant {
        guard let tenant = try await database.platform.tenants().first(where: { $0.slug == slug }) else {
            throw Complaint("There is no tenant '\(slug)'. `mastil tenant list` names them.")
        }
        return tenant
    }
}
