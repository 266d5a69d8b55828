import API
import Assembly
import Crypto
import DNS
import Feed
import HTTP
import Identifiers
import Identity
import JSON
import Loop
import Panel
import Platform
import Postgres
import RouterOSAccess
import Sandbox
import Telemetry
import Tenancy
import Time
import Vault
import WebClient

extension Command {
    static let routes = Command(
        "routes", "Lists every route with the permission it asks for.",
        options: [Option("json", nil, "as JSON, for programs")]
    ) { invocation, loops in
        let context = try idleContext(on: loops)
        let parts = Console.Parts(
            context, health: Health([]), isolation: Isolation(Schema.lint) { [] },
            spool: ExportSpool(directory: "", writingOn: idlePool))
        let shells = [
            ("panel", context.panelRoutes.declarations), ("platform", Console.routes(parts).declarations),
            ("portal", context.portalRoutes.declarations), ("api", context.apiRoutes.visits.declarations),
            ("internal", InternalRoutes.declarations),
        ]
        Terminal.say(invocation.has("json") ? json(shells) : text(shells))
        await context.web.client.close()
        await context.database.close()
        return ExitStatus.done
    }

    private static let idlePool = BlockingPool(threads: 0, queueLimit: 0, name: "idle")

    /// A context that suffices for declaring routes; its dependencies do not exist.
    private static func idleContext(on loops: Loops) throws -> RoomContext {
        let key = try KeyRing.Key.make(id: "idle", from: .system)
        let vault = try Vault(from: .system) { try KeyRing(current: key) }
        let database = try Database(
            DatabaseConfiguration(tenants: "host=/nowhere", platform: "host=/nowhere"), loops: loops)
        let web = HTTPClient(on: loops.all[0], resolver: Resolver { _ in [] })
        return RoomContext(
            rooms: Rooms.list, catalogue: try Rooms.catalogue(), database: database,
            directory: TenantDirectory(base: ""), vault: vault, randomness: .system, mailing: nil,
            sandbox: Sandbox(on: loops.all[0]), files: ListFiles(writingOn: idlePool, in: ""),
            records: TextRecords(on: idlePool), web: WebAccess(web, egress: .publicOnly()),
            devices: DeviceAccess(RouterOSDriver(), on: loops), assets: "", signIn: .idle(vault),
            liveUpdates: LiveUpdates(time: .system))
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
