import API
import Access
import Audit
import Crypto
import Customers
import HTTP
import Identifiers
import Identity
import LetterBook
import Letters
import Loop
import Panel
import Portal
import Postgres
import Staff
import Telemetry
import Tenancy
import Time
import Tokens
import Vault

/// The program put together: which features, which doors, on which database.
struct Installation: Sendable {
    let configuration: Configuration
    let database: Database
    let directory: TenantDirectory
    let log: Log
    let vault: Vault
    private let signIn: SignIn

    init(_ configuration: Configuration, loops: Loops, log: Log) throws {
        self.configuration = configuration
        self.log = log
        database = try configuration.openDatabase(on: loops)
        directory = TenantDirectory(base: configuration.baseHost)
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
    }

    var panel: Door {
        Door(
            Self.panelRoutes(assets: configuration.publicDirectory, signIn), directory: directory,
            database: database,
            time: .system, log: log, credential: Panel.credential, refuse: Panel.refuse)
    }

    var portal: Door {
        Door(
            Self.portalRoutes(mailing: signIn.mailing), directory: directory, database: database, time: .system,
            log: log,
            credential: Portal.credential, refuse: Portal.refuse)
    }

    var api: Door {
        Door(
            Self.apiRoutes().visits, directory: directory, database: database, time: .system, log: log,
            throttle: Throttle(token: configuration.tokenQuota, tenant: configuration.tenantQuota),
            credential: API.credential, refuse: API.refuse)
    }

    static func panelRoutes(assets: String, _ signIn: SignIn) -> Panel.Routes {
        var routes = Panel.Routes()
        SignInRoutes(signIn).add(to: &routes)
        SecondStepRoutes(signIn).add(to: &routes)
        AccountRoutes(signIn).add(to: &routes)
        StaffRoutes(randomness: .system, mailing: signIn.mailing).add(to: &routes)
        SecondFactorRoutes(signIn).add(to: &routes)
        SecurityRoutes.add(to: &routes)
        RoleRoutes(randomness: .system).add(to: &routes)
        AuditRoutes.add(to: &routes)
        LetterRoutes.add(to: &routes)
        TokenRoutes(randomness: .system).add(to: &routes)
        AssetRoutes(directory: assets).add(to: &routes)
        CustomerRoutes.add(to: &routes)
        CustomerPageRoutes(mailing: signIn.mailing, randomness: .system).add(to: &routes)
        return routes
    }

    static func portalRoutes(mailing: Mailing? = nil) -> Portal.Routes {
        var routes = Portal.Routes()
        PortalDoorRoutes(mailing: mailing, randomness: .system).add(to: &routes)
        PortalRoutes(mailing: mailing, randomness: .system).add(to: &routes)
        return routes
    }

    static func apiRoutes() -> API.Routes {
        var routes = API.Routes()
        API.add(to: &routes)
        CustomerAPI(randomness: .system).add(to: &routes)
        API.describe(&routes)
        return routes
    }
}
