import API
import Access
import Assembly
import Crypto
import Declarations
import Feed
import HTTP
import Identifiers
import Identity
import Loop
import Panel
import Platform
import Portal
import Postgres
import Sandbox
import Telemetry
import Tenancy
import Time
import Vault
import WebClient

/// The assembled program: its rooms and request gates on its database.
struct Installation: Sendable {
    let configuration: Configuration
    let database: Database
    let log: Log
    let health: Health
    let closedRoutes = ClosedRoutes()
    let context: RoomContext
    private let blocking: BlockingPool

    init(_ configuration: Configuration, loops: Loops, log: Log) throws {
        self.configuration = configuration
        self.log = log
        let database = try configuration.openDatabase(on: loops)
        self.database = database
        blocking = loops.blocking
        health = Health([
            .postgres(database), .backups(database),
            .room(in: [configuration.uploads, configuration.crashes], blocking: loops.blocking),
        ])
        guard let common = File.bytes(configuration.commonPasswords) else {
            throw Complaint(
                "MASTIL_COMMON_PASSWORDS: \(configuration.commonPasswords) cannot be read.",
                status: ExitStatus.configuration)
        }
        let vault = try Vault(from: .system, readRing: KeyFile(path: configuration.keys).read)
        // A hash occupies a whole core: one at a time leaves the other to everybody else.
        let signIn = SignIn(
            hashing: PasswordHashing(
                pool: BlockingPool(threads: 1, queueLimit: 64, name: "passwords"), randomness: .system),
            common: CommonPasswords(list: common), vault: vault, randomness: .system,
            mailing: configuration.mailing)
        let web = HTTPClient(on: loops.all[0], resolver: .system(on: loops.blocking))
        var context = try configuration.context(on: loops, database, vault, signIn, web)
        context.external = configuration.google?.signIn(signIn, over: web, log: log)
        self.context = context
    }

    var directory: TenantDirectory { context.directory }

    func close() async {
        await context.web.client.close()
        await database.close()
    }

    var panel: RequestGate {
        gate(context.panelRoutes, closed: closedRoutes, credential: Panel.credential, forbid: Panel.forbid) {
            [hasExternal = context.external != nil] in Panel.refuse($0, $1, $2, $3, hasExternal: hasExternal)
        }
    }

    /// The gate at the platform's host: its console, and the panel's sign-in pages.
    var console: RequestGate {
        let address = configuration.database.platform
        let isolation = Isolation(Schema.lint) { [blocking] in
            try await blocking.run { try Schema.lint.problems(on: OwnerConnection(address)) }
        }
        let parts = Console.Parts(
            context, health: health, isolation: isolation,
            spool: ExportSpool(directory: configuration.uploads, writingOn: blocking))
        return gate(
            Console.routes(parts), at: .platform, credential: Panel.credential, forbid: Panel.forbid,
            refuse: Panel.refuse)
    }

    var consoleAccount: RequestGate {
        gate(Console.accountRoutes(context), at: .platform, credential: Panel.credential, refuse: Panel.refuse)
    }

    var portal: RequestGate {
        gate(context.portalRoutes, closed: closedRoutes, credential: Portal.credential, refuse: Portal.refuse)
    }

    var api: RequestGate {
        gate(
            context.apiRoutes.visits, closed: closedRoutes,
            throttle: Throttle(token: configuration.tokenQuota, tenant: configuration.tenantQuota),
            credential: API.credential, refuse: API.refuse)
    }

    private func gate<Shell: ShellVisit>(
        _ routes: Routes<Shell>, at area: RequestGate.Area = .tenants, closed: ClosedRoutes = ClosedRoutes(),
        throttle: Throttle? = nil, credential: @escaping @Sendable (Request) -> Credential?,
        forbid: RequestGate.Forbid? = nil, refuse: @escaping RequestGate.Refuse
    ) -> RequestGate {
        RequestGate(
            routes, at: area, directory: directory, database: database, catalogue: context.catalogue, time: .system,
            log: log, throttle: throttle, closed: closed, credential: credential, forbid: forbid, refuse: refuse)
    }
}

extension Configuration {
    /// The rooms' external dependencies, as configured.
    func context(
        on loops: Loops, _ database: Database, _ vault: Vault, _ signIn: SignIn, _ web: HTTPClient
    ) throws -> RoomContext {
        RoomContext(
            rooms: Rooms.list, catalogue: try Rooms.catalogue(), database: database, directory: tenantDirectory(),
            vault: vault, randomness: .system, mailing: mailing, sandbox: Sandbox(on: loops.all[0]),
            files: ListFiles(writingOn: BlockingPool(threads: 1, queueLimit: 16, name: "files"), in: uploads),
            records: textRecords(), web: webAccess(by: web), devices: deviceAccess(on: loops),
            gateways: gateways(by: web), channels: channels(by: web), assets: publicDirectory,
            signIn: signIn, liveUpdates: LiveUpdates(time: .system))
    }
}
