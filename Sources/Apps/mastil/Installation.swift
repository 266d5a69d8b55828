import API
import Access
import Audit
import Branding
import Crypto
import Customers
import DNS
import Domains
import HTTP
import Identifiers
import Identity
import Loop
import Panel
import Postgres
import Settings
import Staff
import Telemetry
import Tenancy
import Time
import Tokens
import Vault
import Webhooks

/// The program put together: which features, which doors, on which database.
struct Installation: Sendable {
    let configuration: Configuration
    let database: Database
    let directory: TenantDirectory
    let log: Log
    let vault: Vault
    private let outside: Outside
    private let signIn: SignIn

    init(_ configuration: Configuration, loops: Loops, log: Log) throws {
        self.configuration = configuration
        self.log = log
        database = try configuration.openDatabase(on: loops)
        directory = configuration.tenantDirectory()
        outside = configuration.outside()
        guard let common = File.bytes(configuration.commonPasswords) else {
            throw Complaint(
                "MASTIL_COMMON_PASSWORDS: \(configuration.commonPasswords) cannot be read.",
                status: ExitStatus.configuration)
        }
        vault = try Vault(from: .system, readRing: KeyFile(path: configuration.keys).read)
        // A hash takes a core's whole attention: one at a time leaves the other to everybody else.
        signIn = SignIn(
            hashing: PasswordHashing(
                pool: BlockingPool(threads: 1, queueLimit: 64, name: "passwords"), randomness: .system),
            common: CommonPasswords(list: common), vault: vault, randomness: .system)
    }

    var panel: Door {
        Door(
            Self.panelRoutes(
                assets: configuration.publicDirectory, signIn, configuration.webhookActs(vault), outside),
            directory: directory, database: database,
            time: .system, log: log, credential: Panel.credential, refuse: Panel.refuse)
    }

    var api: Door {
        Door(
            Self.apiRoutes(configuration.webhookActs(vault)).visits, directory: directory, database: database,
            time: .system, log: log,
            throttle: Throttle(token: configuration.tokenQuota, tenant: configuration.tenantQuota),
            credential: API.credential, refuse: API.refuse)
    }

    static func panelRoutes(
        assets: String, _ signIn: SignIn, _ webhooks: WebhookActs, _ outside: Outside
    ) -> Panel.Routes {
        var routes = Panel.Routes()
        SignInRoutes(signIn).add(to: &routes)
        SecondStepRoutes(signIn).add(to: &routes)
        AccountRoutes(signIn).add(to: &routes)
        StaffRoutes(randomness: .system).add(to: &routes)
        SecondFactorRoutes(signIn).add(to: &routes)
        SecurityRoutes.add(to: &routes)
        RoleRoutes(randomness: .system).add(to: &routes)
        AuditRoutes.add(to: &routes)
        TokenRoutes(randomness: .system).add(to: &routes)
        WebhookRoutes(webhooks).add(to: &routes)
        DomainRoutes(asking: outside.records, base: outside.base, randomness: .system).add(to: &routes)
        CompanyRoutes { try await Calendar.put(in: $0, from: $1, $2) }.add(to: &routes)
        BrandRoutes(drawingOn: outside.pictures).add(to: &routes)
        BrandAssets.add(to: &routes)
        AssetRoutes(directory: assets).add(to: &routes)
        CustomerRoutes.add(to: &routes)
        return routes
    }

    static func apiRoutes(_ webhooks: WebhookActs) -> API.Routes {
        var routes = API.Routes()
        API.add(to: &routes)
        CustomerAPI(randomness: .system).add(to: &routes)
        WebhookAPI(webhooks).add(to: &routes)
        API.describe(&routes)
        return routes
    }
}
