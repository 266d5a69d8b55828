import API
import Contracts
import Crypto
import DNS
import Feed
import HTTP
import Identifiers
import Identity
import JSON
import Loop
import Platform
import PlatformBilling
import Postgres
import Telemetry
import Tenancy
import Time
import Vault
import WebClient
import Webhooks

extension Command {
    static let routes = Command(
        "routes", "Lists every route with the permission it asks for.",
        options: [Option("json", nil, "as JSON, for programs")]
    ) { invocation, loops in
        let parts = try idleParts(on: loops)
        let switchboard = Switchboard(time: .system)
        let shells = [
            (
                "panel",
                Installation.panelRoutes(
                    assets: "", try idle, nil, try idleWebhooks, parts.visits, switchboard, idleOutside, parts.printer
                ).declarations
            ),
            ("platform", Console.routes(parts).declarations),
            ("portal", Installation.portalRoutes(mailing: nil, idleOutside).declarations),
            ("api", Installation.apiRoutes(try idleWebhooks, switchboard, idleOutside).visits.declarations),
            ("internal", InternalRoutes.declarations),
        ]
        Terminal.say(invocation.has("json") ? json(shells) : text(shells))
        return ExitStatus.done
    }

    /// Declares its routes and signs nobody in.
    private static var idle: SignIn {
        get throws {
            let key = try KeyRing.Key.make(id: "idle", from: .system)
            return SignIn(
                hashing: PasswordHashing(
                    pool: BlockingPool(threads: 0, queueLimit: 0, name: "idle"), randomness: .system),
                common: CommonPasswords(list: []), vault: try Vault(from: .system) { try KeyRing(current: key) },
                randomness: .system)
        }
    }

    /// Likewise, and asks nobody.
    private static var idleOutside: Outside {
        let pool = BlockingPool(threads: 0, queueLimit: 0, name: "idle")
        return Outside(records: TextRecords(on: pool), base: "", pictures: pool, papers: ContractPress(on: pool))
    }

    /// Of a database nobody asks for anything.
    private static func idleParts(on loops: Loops) throws -> Console.Parts {
        let database = try Database(
            DatabaseConfiguration(tenants: "host=/nowhere", platform: "host=/nowhere"), loops: loops)
        return Console.Parts(
            database: database, directory: TenantDirectory(base: ""), visits: PlatformVisits(database: database),
            health: Health([]), isolation: Isolation(Schema.lint) { [] },
            spool: ExportSpool(directory: "", writingOn: BlockingPool(threads: 0, queueLimit: 0, name: "idle")),
            printer: BillPrinter(database: database, pool: idleOutside.pictures), randomness: .system
        ) { _, _, _ in }
    }

    /// Likewise, and sends nothing.
    private static var idleWebhooks: WebhookActs {
        get throws {
            let key = try KeyRing.Key.make(id: "idle", from: .system)
            let vault = try Vault(from: .system) { try KeyRing(current: key) }
            return WebhookActs(vault: vault, egress: .publicOnly(), randomness: .system)
        }
    }

    private static func text(_ shells: [(name: String, routes: [RouteDeclaration])]) -> String {
        let rows = shells.flatMap { shell in
            shell.routes.map { ["\($0.method.name)", $0.pattern, $0.permission, $0.summary] }
        }
        let widths = (0..<3).map { column in rows.map { $0[column].count }.max() ?? 0 }
        return rows.map { row in
            zip(row, widths).map { $0 + String(repeating: " ", count: $1 - $0.count) }.joined(separator: "  ")
                + "  " + row[3]
        }.joined(separator: "\n")
    }

    private static func json(_ shells: [(name: String, routes: [RouteDeclaration])]) -> String {
        var json = JSONWriter(reserving: 16 * 1024)
        json.array { json in
            for shell in shells {
                for route in shell.routes {
                    json.object { json in
                        json.member("shell", shell.name)
                        json.member("method", route.method.name)
                        json.member("pattern", route.pattern)
                        json.array("parameters") { json in
                            for parameter in route.parameters {
                                json.object { json in
                                    json.member("name", parameter.name)
                                    json.member("type", parameter.schema.type)
                                    json.member("format", parameter.schema.format)
                                }
                            }
                        }
                        json.member("permission", route.permission)
                        json.member("summary", route.summary)
                        json.member("body_limit", route.limits.body)
                        json.member("deadline_ms", Int(route.limits.deadline.components.seconds * 1000))
                        json.member("rate", route.limits.rate)
                    }
                }
            }
        }
        return String(decoding: json.bytes, as: UTF8.self)
    }
}
