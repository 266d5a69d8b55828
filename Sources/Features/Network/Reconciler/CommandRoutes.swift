import Access
import Declarations
import HTML
import HTTP
import Identifiers
import Locale
import Nouns
import Panel
import Postgres
import Routers
import Services
import Tenancy
import Time

/// Cola de comandos: commands waiting for a router and commands sent.
package struct CommandRoutes: Sendable {
    static let path = "/panel/network/commands"
    private static let length = 50

    package init() {}

    package func add(to routes: inout Panel.Routes) {
        routes.get("/panel/network/commands", .networkRead, "Cola de comandos de la red", list)
    }

    private func list(_ visit: Visit) async throws -> Response {
        let query = visit.request.query
        let router: Router.ID? = query["router"].flatMap { ID($0) }
        let state = query["state"].flatMap(RouterCommand.State.init)
        let place = try Self.place(query["after"])
        let found = try await visit.database.routerCommands(
            of: router, in: state, before: place, limit: Self.length + 1)
        let page = CommandsPage(
            commands: Array(found.prefix(Self.length)),
            pending: place == nil && state == nil ? try await visit.database.pendingServices(limit: 100) : [],
            routers: try await visit.database.routers(), router: router, state: state,
            older: found.count > Self.length ? Self.address(router, state, after: found[Self.length - 1]) : nil,
            visit: visit)
        return try await Panel.page(page, titled: ReconcilerWords.commands.text(for: visit.reader), for: visit)
    }

    private static func place(_ text: String?) throws -> (at: Instant, id: RouterCommand.ID)? {
        guard let text else { return nil }
        let parts = text.split(separator: "_")
        // A moment outside this range may overflow.
        guard parts.count == 2, let moment = Int64(parts[0]), (0...4_102_444_800_000_000).contains(moment),
            let id = RouterCommand.ID(String(parts[1]))
        else { throw RequestError.malformed("The place cannot be read.") }
        return (Instant(microseconds: moment), id)
    }

    private static func address(
        _ router: Router.ID?, _ state: RouterCommand.State?, after command: RouterCommand
    ) -> String {
        Fields([
            "router": router?.description, "state": state?.rawValue,
            "after": "\(command.sentAt.microseconds)_\(command.id)",
        ]).query(of: path)
    }
}

private struct CommandsPage: View {
    let commands: [RouterCommand]
    let pending: [PendingService]
    let routers: [Router]
    let router: Router.ID?
    let state: RouterCommand.State?
    let older: String?
    let visit: Visit

    private var reader: Reader { visit.reader }

    var body: Markup {
        PageHeading(ReconcilerWords.commands.text(for: reader))
        p(.class("hint lead")) { ReconcilerWords.commandsIntro.text(for: reader) }
        filters
        LivePart(.network, for: visit) {
            if !pending.isEmpty { PendingTable(pending: pending, visit: visit) }
            if !commands.isEmpty {
                CommandTable(commands: commands, visit: visit)
            } else if pending.isEmpty {
                EmptyState(.versions, ReconcilerWords.noCommands.text(for: reader))
            }
        }
        if let older {
            nav(.class("acts")) { a(.class("button"), .href(older)) { ReconcilerWords.older.text(for: reader) } }
        }
    }

    private var filters: Markup {
        form(.class("filter"), .method(.get), .action(CommandRoutes.path)) {
            FormField(ReconcilerWords.router.text(for: reader), name: "router") { wiring in
                select(wiring) {
                    option(.value("")) { ReconcilerWords.allRouters.text(for: reader) }
                    for choice in routers {
                        option(.value(choice.id.description), .selected(choice.id == router)) { choice.name }
                    }
                }
            }
            FormField(ReconcilerWords.state.text(for: reader), name: "state") { wiring in
                select(wiring) {
                    option(.value("")) { "–" }
                    for choice in RouterCommand.State.allCases {
                        option(.value(choice.rawValue), .selected(choice == state)) { choice.text(for: reader) }
                    }
                }
            }
            button(.type("submit")) { ReconcilerWords.filter.text(for: reader) }
        }
    }
}

private struct PendingTable: View {
    let pending: [PendingService]
    let visit: Visit

    private var reader: Reader { visit.reader }

    var body: Markup {
        let title = ReconcilerWords.pending.text(for: reader)
        h2 { title }
        div(.class("table"), .role("region"), .tabindex(0), .aria("label", title)) {
            table {
                caption { title }
                thead {
                    tr {
                        for words in [ReconcilerWords.service, .state, .router, .desiredNow, .pendingSince] {
                            th(.scope("col")) { words.text(for: reader) }
                        }
                    }
                }
                tbody {
                    for one in pending {
                        tr {
                            td(.class("name")) {
                                a(.href("/panel/services/\(one.service)")) { one.serviceTitle }
                            }
                            td {
                                span(.class("state"), .data("tone", Tone.warning.rawValue)) {
                                    ReconcilerWords.isPending.text(for: reader)
                                }
                            }
                            td {
                                a(.href("\(Router.path)/\(one.router)")) { one.routerName }
                                if one.health != .up { " · \(one.health.text(for: reader))" }
                            }
                            td { one.access.text(for: reader) }
                            td(.class("figures")) {
                                one.since.text(.short, in: visit.tenant.timeZone, for: reader)
                            }
                        }
                    }
                }
            }
        }
    }
}

struct CommandTable: View {
    let commands: [RouterCommand]
    /// A service's or router's own page leaves its column out.
    var isOfService = false
    var isOfRouter = false
    let visit: Visit

    private var reader: Reader { visit.reader }

    private var columns: [ReconcilerWords] {
        [.sent] + (isOfService ? [] : [.service]) + [.state] + (isOfRouter ? [] : [.router]) + [.content, .reply]
    }

    var body: Markup {
        let title = ReconcilerWords.commands.text(for: reader)
        div(.class("table"), .role("region"), .tabindex(0), .aria("label", title)) {
            table {
                caption { title }
                thead {
                    tr { for words in columns { th(.scope("col")) { words.text(for: reader) } } }
                }
                tbody { for command in commands { row(of: command) } }
            }
        }
    }

    private func row(of command: RouterCommand) -> Markup {
        tr {
            td(.class("figures")) { command.sentAt.text(.short, in: visit.tenant.timeZone, for: reader) }
            if !isOfService {
                td(.class("name")) { a(.href("/panel/services/\(command.service)")) { command.serviceTitle } }
            }
            td { StateMark(command.state, for: reader) }
            if !isOfRouter { td { a(.href("\(Router.path)/\(command.router)")) { command.routerName } } }
            td { code { command.content } }
            td { command.reply }
        }
    }
}
