import API
import Access
import Customers
import HTTP
import Identifiers
import Loop
import Panel
import Postgres
import Telemetry
import Tenancy
import Time

/// The program put together: which features, which doors, on which database.
struct Installation: Sendable {
    let configuration: Configuration
    let database: Database
    let directory: TenantDirectory
    let log: Log

    init(_ configuration: Configuration, loops: Loops, log: Log) throws {
        self.configuration = configuration
        self.log = log
        database = try configuration.openDatabase(on: loops)
        directory = TenantDirectory(base: configuration.baseHost)
    }

    var panel: Door {
        Door(
            Self.panelRoutes(assets: configuration.publicDirectory), directory: directory, database: database,
            time: .system, log: log, credential: Panel.credential, refuse: Panel.refuse)
    }

    var api: Door {
        Door(
            Self.apiRoutes(), directory: directory, database: database, time: .system, log: log,
            credential: API.credential, refuse: API.refuse)
    }

    static func panelRoutes(assets: String) -> Panel.Routes {
        var routes = Panel.Routes()
        SignInRoutes(randomness: .system).add(to: &routes)
        AssetRoutes(directory: assets).add(to: &routes)
        CustomerRoutes.add(to: &routes)
        return routes
    }

    static func apiRoutes() -> API.Routes {
        var routes = API.Routes()
        API.add(to: &routes)
        CustomerRoutes.add(toAPI: &routes)
        return routes
    }
}
