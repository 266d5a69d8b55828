import API
import Access
import AccessProtocol
import Addresses
import Declarations
import Events
import HTML
import HTTP
import Identifiers
import JSON
import Jobs
import Locale
import Nouns
import Panel
import Plans
import Postgres
import Radius
import Routers
import Services
import Tenancy
import Time

/// Diferencias: differences on the routers that wait for a person, each with a button to mend it.
package struct DifferenceRoutes: Sendable {
    static let path = "/panel/network/differences"
    private static let most = 200

    package init() {}

    package func add(to routes: inout Panel.Routes) {
        routes.get("/panel/network/differences", .networkRead, "Diferencias entre lo debido y los routers", list)
        routes.post("/panel/network/differences/:id/repair", .networkOperate, "Repara un servicio", repair)
    }

    private func list(_ visit: Visit) async throws -> Response {
        let page = DifferencesPage(
            differences: try await visit.database.networkDifferences(limit: Self.most),
            seen: try await visit.database.comparisons(), visit: visit)
        return try await Panel.page(page, titled: ReconcilerWords.differences.text(for: visit.reader), for: visit)
    }

    private func repair(_ visit: Visit, id: Service.ID) async throws -> Response {
        try await Self.repair(id, on: visit)
        return Panel.done(.repairing, at: Self.path)
    }

    static func repair(_ id: Service.ID, on visit: Visit) async throws {
        let principal = visit.principal
        try await visit.database.transaction { database in
            guard let service = try await database.service(id, on: visit.today),
                let router = try await database.routerOfService(id)
            else { throw AccessRefusal.notFound }
            let found = try await database.networkDifferences(service: id, limit: 50)
            guard try await database.approveRepair(of: id) else { return }
            try await database.record(
                Act(
                    .differenceApproved, service.subject,
                    after: [Act.Detail("differences", found.map(\.kind).joined(separator: ", "))]),
                by: principal.actor, at: principal.now)
            try await database.queue(AlignRouter(router), at: principal.now)
        }
    }
}

private struct DifferencesPage: View {
    let differences: [NetworkDifference]
    let seen: RouterComparisons?
    let visit: Visit

    var body: Markup {
        let reader = visit.reader
        PageHeading(ReconcilerWords.differences.text(for: reader))
        p(.class("hint lead")) { ReconcilerWords.differencesIntro.text(for: reader) }
        if differences.isEmpty {
            if let seen, seen.missing > 0 {
                EmptyState(.alert, ReconcilerWords.notCompared.text(for: reader, .count(seen.missing)))
            } else if let oldest = seen?.oldest {
                let moment = oldest.text(.short, in: visit.tenant.timeZone, for: reader)
                EmptyState(.check, ReconcilerWords.noDifferences.text(for: reader, .text("time", moment)))
            } else {
                EmptyState(.check, ReconcilerWords.nothingToCompare.text(for: reader))
            }
        } else {
            DifferenceTable(differences: differences, visit: visit)
        }
    }
}

private struct DifferenceTable: View {
    let differences: [NetworkDifference]
    let visit: Visit

    private var reader: Reader { visit.reader }

    var body: Markup {
        let title = ReconcilerWords.differences.text(for: reader)
        div(.class("table"), .role("region"), .tabindex(0), .aria("label", title)) {
            table {
                caption { title }
                thead {
                    tr {
                        for words in [ReconcilerWords.customer, .router, .what, .found, .wanted, .state] {
                            th(.scope("col")) { words.text(for: reader) }
                        }
                    }
                }
                tbody { for one in differences { row(of: one) } }
            }
        }
    }

    private func row(of one: NetworkDifference) -> Markup {
        tr {
            td(.class("name")) {
                a(.href("/panel/services/\(one.service)")) { one.customerName }
                span(.class("hint")) { "\(one.serviceTitle) · \(one.accessName)" }
            }
            td { a(.href("\(Router.path)/\(one.router)")) { one.routerName } }
            td { AccessFinding.Kind(rawValue: one.kind)?.message.text(for: reader) ?? one.kind }
            td(.data("label", ReconcilerWords.found.text(for: reader))) { one.found }
            td(.data("label", ReconcilerWords.wanted.text(for: reader))) { one.wanted }
            td { act(on: one) }
        }
    }

    @MarkupBuilder private func act(on one: NetworkDifference) -> Markup {
        if one.isInShadow {
            span(.class("hint")) { ReconcilerWords.inShadow.text(for: reader) }
        } else if one.isApproved {
            ReconcilerWords.repairing.text(for: reader)
        } else if one.isRepairable, visit.mayAct(with: .networkOperate) {
            form(.class("inline"), .method(.post), .action("\(DifferenceRoutes.path)/\(one.service)/repair")) {
                button(.type("submit")) { ReconcilerWords.repair.text(for: reader) }
            }
        } else if one.lacksProfile {
            if visit.mayAct(with: .networkManage) {
                a(.href("\(Router.path)/\(one.router)/profiles")) {
                    ReconcilerWords.setProfile.text(for: reader, .text("plan", one.planName))
                }
            } else {
                span(.class("hint")) { ReconcilerWords.profileNote.text(for: reader, .text("plan", one.planName)) }
            }
        } else {
            span(.class("hint")) { ReconcilerWords.repairNote.text(for: reader) }
        }
    }
}

/// The network's cards on other rooms' pages.
enum NetworkPart {
    /// Before a change of plan: a service whose router has no profile for the plan would keep the speed that it has.
    static func ofPlanChange(_ service: Service, _ plan: Plan, _ day: Day, _ visit: Visit) async throws -> Markup {
        guard let router = try await visit.database.routerWithoutProfile(of: service.id, for: plan.id) else {
            return .nothing
        }
        return missingProfile(of: plan.name, at: [router], visit)
    }

    /// Before an activation: the routers that have no profile for the plan, where the service may be bound to one.
    static func ofActivation(_ service: Service, _ visit: Visit) async throws -> Markup {
        guard let plan = service.plan else { return .nothing }
        return missingProfile(
            of: service.planName, at: try await visit.database.routersWithoutProfile(for: plan, of: service.id), visit)
    }

    private static func missingProfile(of plan: String, at routers: [RouterWithoutProfile], _ visit: Visit) -> Markup {
        guard !routers.isEmpty else { return .nothing }
        return p(.class("warning")) {
            ReconcilerWords.noProfile.text(for: visit.reader, .text("plan", plan)) + " "
            for (place, router) in routers.enumerated() {
                if place > 0 { ", " }
                if visit.may(.networkManage) {
                    a(.href("\(Router.path)/\(router.id)/profiles")) { router.name }
                } else {
                    router.name
                }
            }
            "."
        }
    }

    /// On a service's page: what should be, what was verified and when.
    static func ofService(_ service: Service, _ visit: Visit) async throws -> Markup {
        guard visit.may(.networkRead), let state = try await visit.database.networkState(of: service.id) else {
            return .nothing
        }
        // Whoever goes on line by RADIUS is told of there.
        if state.router == nil, try await visit.database.radiusAccess(service.id) != nil { return .nothing }
        let commands = try await visit.database.routerCommands(service: service.id, limit: 6)
        return ServiceNetworkCard(service: service, state: state, commands: commands, visit: visit).body
    }

    /// A router's card: its latest commands.
    static func ofRouter(_ router: Router, _ visit: Visit) async throws -> Markup {
        let commands = try await visit.database.routerCommands(of: router.id, limit: 10)
        let differences = try await visit.database.networkDifferences(of: router.id, limit: 100)
        let departure = try await visit.database.departure(from: router.id)
        let card = RouterNetworkCard(router: router, commands: commands, differences: differences.count, visit: visit)
        return .group([departure.map { DepartureCard(departure: $0, visit: visit).body } ?? .nothing, card.body])
    }
}

private struct ServiceNetworkCard: View {
    let service: Service
    let state: NetworkState
    let commands: [RouterCommand]
    let visit: Visit

    private var reader: Reader { visit.reader }

    var body: Markup {
        section(.class("card"), .aria("label", ReconcilerWords.network.text(for: reader))) {
            h2 { ReconcilerWords.network.text(for: reader) }
            p(.class("subject")) { StateMark(state.standing, for: reader) }
            if let router = state.router { facts(router) }
            if state.isInShadow { p(.class("warning")) { ReconcilerWords.inShadow.text(for: reader) } }
            if state.provedAt == nil, [.down, .paused].contains(state.routerHealth) {
                p(.class("warning")) { ReconcilerWords.waitsForRouter.text(for: reader) }
            }
            if state.standing == .different {
                p { a(.href(DifferenceRoutes.path)) { ReconcilerWords.differences.text(for: reader) } }
            }
            if visit.mayAct(with: .networkOperate) {
                div(.class("acts")) {
                    a(.class("button"), .href("\(service.panelPath)/access")) {
                        (state.router == nil ? ReconcilerWords.bind : .changeAccess).text(for: reader)
                    }
                }
            }
        }
        if !commands.isEmpty {
            h2 { ReconcilerWords.lastCommands.text(for: reader) }
            CommandTable(commands: commands, isOfService: true, visit: visit)
        }
    }

    private func facts(_ router: Router.ID) -> Markup {
        dl(.class("facts")) {
            div {
                dt { ReconcilerWords.router.text(for: reader) }
                dd { a(.href("\(Router.path)/\(router)")) { "\(state.routerName) · \(state.accessName)" } }
            }
            div {
                dt { ReconcilerWords.desiredNow.text(for: reader) }
                dd { state.access.text(for: reader) }
            }
            div {
                dt { ReconcilerWords.verified.text(for: reader) }
                dd {
                    if let proved = state.provedAt {
                        "\(proved.text(.short, in: visit.tenant.timeZone, for: reader)) · \((state.isOnline ? ReconcilerWords.online : .offline).text(for: reader))"
                    } else {
                        ReconcilerWords.notVerified.text(for: reader)
                    }
                }
            }
            if let since = state.connectedAt {
                div {
                    dt { ReconcilerWords.onlineSince.text(for: reader) }
                    dd {
                        [since.text(.short, in: visit.tenant.timeZone, for: reader), state.address, state.caller]
                            .filter { !$0.isEmpty }.joined(separator: " · ")
                    }
                }
            }
        }
    }
}

private struct RouterNetworkCard: View {
    let router: Router
    let commands: [RouterCommand]
    let differences: Int
    let visit: Visit

    var body: Markup {
        if router.mode == .shadow, visit.mayAct(with: .networkManage) {
            section(.class("card")) {
                p { ReconcilerWords.shadowIntro.text(for: visit.reader) }
                p {
                    a(.class("button primary"), .href("\(router.panelPath)/activate"), .data("dialog", "")) {
                        ReconcilerWords.activate.text(for: visit.reader)
                    }
                }
            }
        }
        if differences > 0 {
            p(.class("warning")) {
                a(.href(DifferenceRoutes.path)) {
                    "\(ReconcilerWords.differences.text(for: visit.reader)): \(differences.text(for: visit.reader))"
                }
            }
        }
        if !commands.isEmpty {
            h2 { ReconcilerWords.lastCommands.text(for: visit.reader) }
            CommandTable(commands: commands, isOfRouter: true, visit: visit)
        }
    }
}

/// Differences and commands in the API.
package struct ReconcilerAPI: Sendable {
    package init() {}

    package func add(to routes: inout API.Routes) {
        routes.get("/api/v1/services/:id/network", .networkRead, ReconcilerWords.apiState) {
            (visit, id: Service.ID) in
            try await visit.database.networkState(of: id)
        }
        routes.post("/api/v1/services/:id/repairs", .networkOperate, ReconcilerWords.apiRepair) {
            (visit, _: NoInput, id: Service.ID) in
            try await DifferenceRoutes.repair(id, on: visit)
            guard let state = try await visit.database.networkState(of: id) else { throw AccessRefusal.notFound }
            return state
        }
        routes.get("/api/v1/network/differences", .networkRead, ReconcilerWords.apiDifferences) { visit in
            Differences(items: try await visit.database.networkDifferences(limit: 1000))
        }
        routes.query("/api/v1/network/addresses", .networkRead, AddressWords.apiHolders, by: AddressQuery.self) {
            visit, query in
            guard let address = IPAddress(query.address) else {
                throw RequestError.malformed("The address cannot be read.")
            }
            return AddressHolders(items: try await visit.database.holders(of: "\(address)", limit: 1000))
        }
        addDepartures(to: &routes)
    }

    private struct Differences: Resource {
        let items: [NetworkDifference]

        static let schema = Schema.object(
            "NetworkDifferences",
            [
                .required(
                    "items",
                    .list(
                        of: .object(
                            "NetworkDifference",
                            [
                                .required("service", .id, ReconcilerWords.service),
                                .required("router", .id, ReconcilerWords.router),
                                .required(
                                    "kind", .words(AccessFinding.Kind.allCases.map(\.rawValue)), ReconcilerWords.kind),
                                .required("found", .text, ReconcilerWords.found),
                                .required("wanted", .text, ReconcilerWords.wanted),
                                .required("repairable", .flag, ReconcilerWords.repairable),
                                .required("found_at", .text, ReconcilerWords.foundAt),
                            ])), ReconcilerWords.apiDifferences)
            ])

        var path: String { "/api/v1/network/differences" }

        func write(to json: inout JSONWriter) {
            json.object { json in
                json.array("items") { json in
                    for one in items {
                        json.object { json in
                            json.member("service", one.service.description)
                            json.member("router", one.router.description)
                            json.member("kind", one.kind)
                            json.member("found", one.found)
                            json.member("wanted", one.wanted)
                            json.member("repairable", one.isRepairable)
                            json.member("found_at", one.foundAt.rfc3339)
                        }
                    }
                }
            }
        }
    }
}
