import API
import Access
import Audit
import Branding
import Contracts
import Crypto
import Customers
import DNS
import Domains
import Feed
import HTTP
import Home
import Identifiers
import Identity
import LetterBook
import Letters
import Loop
import Panel
import Platform
import PlatformBilling
import Portal
import Postgres
import Settings
import Staff
import Telemetry
import Tenancy
import Time
import Tokens
import Vault
import WebClient
import Webhooks
import Zones

/// The program put together: which features, which doors, on which database.
struct Installation: Sendable {
    let configuration: Configuration
    let database: Database
    let directory: TenantDirectory
    let log: Log
    let health: Health
    let vault: Vault
    private let outside: Outside
    let switchboard = Switchboard(time: .system)
    private let signIn: SignIn
    private let blocking: BlockingPool
    private let web: HTTPClient
    private let external: ExternalSignIn?

    init(_ configuration: Configuration, loops: Loops, log: Log) throws {
        self.configuration = configuration
        self.log = log
        let database = try configuration.openDatabase(on: loops)
        self.database = database
        blocking = loops.blocking
        directory = configuration.tenantDirectory()
        outside = configuration.outside()
        health = Health([
            HealthCheck("postgresql") {
                try await database.check()
                return .ok
            }
        ])
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
            common: CommonPasswords(list: common), vault: vault, randomness: .system,
            mailing: configuration.mailing)
        web = HTTPClient(on: loops.all[0], resolver: .system(on: loops.blocking))
        external = configuration.google?.signIn(signIn, over: web, log: log)
    }

    func close() async {
        await web.close()
        await database.close()
    }

    var panel: Door {
        Door(
            Self.panelRoutes(
                assets: configuration.publicDirectory, signIn, external, configuration.webhookActs(vault),
                PlatformVisits(database: database), switchboard, outside,
                BillPrinter(database: database, pool: blocking)), directory: directory, database: database,
            time: .system, log: log, credential: Panel.credential
        ) { [hasExternal = external != nil] in Panel.refuse($0, $1, $2, hasExternal: hasExternal) }
    }

    /// At the platform's own host: its console, and the panel's pages by which its people sign in.
    var console: Door {
        let address = configuration.database.platform
        let isolation = Isolation(Schema.lint) { [blocking] in
            try await blocking.run { try Schema.lint.problems(on: OwnerConnection(address)) }
        }
        let parts = Console.Parts(
            database: database, directory: directory, visits: PlatformVisits(database: database), health: health,
            isolation: isolation, mailing: signIn.mailing,
            spool: ExportSpool(directory: configuration.uploads, writingOn: blocking),
            printer: BillPrinter(database: database, pool: blocking), randomness: .system, furnish: Calendar.furnish)
        return Door(
            Console.routes(parts), at: .platform, directory: directory, database: database, time: .system, log: log,
            credential: Panel.credential, refuse: Panel.refuse)
    }

    var consoleAccount: Door {
        Door(
            Self.consoleAccountRoutes(assets: configuration.publicDirectory, signIn), at: .platform,
            directory: directory,
            database: database, time: .system, log: log, credential: Panel.credential, refuse: Panel.refuse)
    }

    var portal: Door {
        Door(
            Self.portalRoutes(mailing: signIn.mailing, outside), directory: directory, database: database,
            time: .system,
            log: log, credential: Portal.credential, refuse: Portal.refuse)
    }

    var api: Door {
        Door(
            Self.apiRoutes(configuration.webhookActs(vault), switchboard, outside, mailing: signIn.mailing).visits,
            directory: directory,
            database: database, time: .system, log: log,
            throttle: Throttle(token: configuration.tokenQuota, tenant: configuration.tenantQuota),
            credential: API.credential, refuse: API.refuse)
    }

    /// How somebody signs in, wherever: the same rooms for an ISP's staff and for the platform's people, who have no
    /// other way than their password.
    static func accountRoutes(assets: String, _ signIn: SignIn, _ external: ExternalSignIn? = nil) -> Panel.Routes {
        var routes = Panel.Routes()
        SignInRoutes(signIn, hasExternal: external != nil).add(to: &routes)
        SecondStepRoutes(signIn).add(to: &routes)
        AccountRoutes(signIn, external).add(to: &routes)
        SecondFactorRoutes(signIn, external).add(to: &routes)
        BrandAssets.add(to: &routes)
        AssetRoutes(directory: assets).add(to: &routes)
        PreferenceRoutes.add(to: &routes)
        return routes
    }

    static func consoleAccountRoutes(assets: String, _ signIn: SignIn) -> Panel.Routes {
        var routes = accountRoutes(assets: assets, signIn)
        routes.get("/panel", .signedIn, "Lleva a la consola") { _ in .redirect(to: "/platform/tenants") }
        return routes
    }

    static func panelRoutes(
        assets: String, _ signIn: SignIn, _ external: ExternalSignIn?, _ webhooks: WebhookActs,
        _ visits: PlatformVisits, _ switchboard: Switchboard, _ outside: Outside, _ printer: BillPrinter
    ) -> Panel.Routes {
        var routes = accountRoutes(assets: assets, signIn, external)
        ExternalRoutes(external).add(to: &routes)
        ExternalAccountRoutes(external).add(to: &routes)
        ImpersonationRoutes(visits, randomness: .system).add(to: &routes)
        VisitRoutes(visits).add(to: &routes)
        StaffRoutes(randomness: .system, mailing: signIn.mailing).add(to: &routes)
        SecurityRoutes(external).add(to: &routes)
        RoleRoutes(randomness: .system).add(to: &routes)
        AuditRoutes.add(to: &routes)
        LetterRoutes.add(to: &routes)
        TokenRoutes(randomness: .system).add(to: &routes)
        FeedRoutes(switchboard).add(to: &routes)
        WebhookRoutes(webhooks).add(to: &routes)
        DomainRoutes(asking: outside.records, base: outside.base, randomness: .system).add(to: &routes)
        CompanyRoutes { try await Calendar.put(in: $0, from: $1, $2) }.add(to: &routes)
        MyPlanRoutes(printer).add(to: &routes)
        BrandRoutes(drawingOn: outside.pictures).add(to: &routes)
        CustomerRoutes(randomness: .system).add(to: &routes)
        CustomerPageRoutes(mailing: signIn.mailing, randomness: .system).add(to: &routes)
        let contracts = ContractActs(press: outside.papers, mailing: signIn.mailing, randomness: .system)
        ContractRoutes(contracts).add(to: &routes)
        CustomerContractRoutes(contracts).add(to: &routes)
        TemplateRoutes(outside.papers).add(to: &routes)
        ZoneRoutes(randomness: .system).add(to: &routes)
        HomeRoutes.add(to: &routes)
        SearchRoutes.add(to: &routes)
        return routes
    }

    static func portalRoutes(mailing: Mailing?, _ outside: Outside) -> Portal.Routes {
        var routes = Portal.Routes()
        PortalDoorRoutes(mailing: mailing, randomness: .system).add(to: &routes)
        PortalRoutes(mailing: mailing, randomness: .system).add(to: &routes)
        PortalContractRoutes(ContractActs(press: outside.papers, mailing: mailing, randomness: .system)).add(
            to: &routes)
        return routes
    }

    static func apiRoutes(
        _ webhooks: WebhookActs, _ switchboard: Switchboard, _ outside: Outside, mailing: Mailing? = nil
    ) -> API.Routes {
        var routes = API.Routes()
        API.add(to: &routes)
        CustomerAPI(randomness: .system).add(to: &routes)
        ZoneAPI.add(to: &routes)
        ContractAPI(ContractActs(press: outside.papers, mailing: mailing, randomness: .system)).add(to: &routes)
        FeedRoutes(switchboard).add(to: &routes)
        WebhookAPI(webhooks).add(to: &routes)
        API.describe(&routes)
        return routes
    }
}
