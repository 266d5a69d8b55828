import Access
import Declarations
import Events
import Identifiers
import Loop
import PlatformBilling
import Postgres
import Sandbox
import Tenancy
import Time
import Vault

/// The context of a one-shot command, with its database.
struct CommandContext: Sendable {
    let configuration: Configuration
    let database: Database
    let directory: TenantDirectory
    let sandbox: Sandbox
    let catalogue: Catalogue
    let now: Instant
    let loops: Loops

    var vault: Vault {
        get throws { try Vault(from: .system, readRing: KeyFile(path: configuration.keys).read) }
    }

    static func use(_ loops: Loops, _ work: @escaping @Sendable (CommandContext) async throws -> Void) async throws
        -> Int32
    {
        let configuration = try Configuration.read()
        let database = try configuration.openDatabase(on: loops)
        let context = CommandContext(
            configuration: configuration, database: database, directory: configuration.tenantDirectory(),
            sandbox: Sandbox(on: loops.all[0]), catalogue: try Rooms.catalogue(), now: TimeSource.system.now(),
            loops: loops)
        do {
            try await work(context)
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
