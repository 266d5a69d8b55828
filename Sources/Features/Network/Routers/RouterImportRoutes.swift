import Access
import AccessProtocol
import Addresses
import Declarations
import HTML
import HTTP
import Identifiers
import Locale
import Nouns
import Panel
import Postgres
import Services
import Tenancy

/// Imports a router already in use: proposes whose its secrets and queues are, and binds them on confirmation. The
/// router itself is not changed.
struct RouterImportRoutes: Sendable {
    private let acts: RouterActs
    /// The limit of a form's fields.
    private static let most = 500

    init(_ acts: RouterActs) { self.acts = acts }

    func add(to routes: inout Panel.Routes) {
        routes.get("/panel/routers/:id/import", .networkManage, "Muestra qué se traería de un router", preview)
        routes.post("/panel/routers/:id/import", .networkManage, "Liga los clientes que ya están en un router", run)
        routes.get("/panel/routers/:id/sessions", .networkRead, "Secretos y sesiones de un router, ahora", sessions)
        routes.post("/panel/routers/:id/ping", .networkOperate, "Ping a un cliente desde su router", ping)
    }

    private func preview(_ visit: Visit, id: Router.ID) async throws -> Response {
        let router = try await found(id, visit)
        do {
            let found = try await read(router, visit)
            let page = RouterImportPage(
                router: router, found: found, bound: try await visit.database.boundNames(at: id).count,
                most: Self.most, visit: visit)
            return try await Panel.page(page, titled: router.name, for: visit)
        } catch let failure as AccessFailure {
            return try await unanswered(router, .import, failure, visit)
        }
    }

    /// Matches again: the router may have changed since the preview.
    private func run(_ visit: Visit, id: Router.ID) async throws -> Response {
        let router = try await found(id, visit)
        let sent = try await visit.request.body.form(upTo: 65_536)
        try sent.allow([FormID.field], repeated: ["name"])
        let chosen = Set(sent.values("name"))
        do {
            let links = try await read(router, visit).links.filter { chosen.contains($0.account.name) }
            for part in stride(from: 0, to: links.count, by: 50) {
                let batch = links[part..<min(part + 50, links.count)]
                try await visit.database.transaction { database in
                    for link in batch { try await bind(link, to: router, visit, in: database) }
                }
            }
            return Panel.done(.saved, at: router.panelPath)
        } catch let failure as AccessFailure {
            return try await unanswered(router, .import, failure, visit)
        }
    }

    private func bind(
        _ link: RouterImport.Link, to router: Router, _ visit: Visit, in database: TenantDatabase
    ) async throws {
        guard let service = try await database.service(link.service.service, on: visit.today) else { return }
        var point = AccessPoint(service: service.id)
        (point.router, point.method, point.name) = (router.id, link.account.method, link.account.name)
        if point.method != .pppoe { point.address = link.account.address }
        do {
            _ = try await acts.bind(point, of: service, by: visit.principal, in: database)
        } catch RouterRefusal.addressBound(let other) where !other.isEmpty {
            // Stays among what is not linked.
        }
    }

    private func sessions(_ visit: Visit, id: Router.ID) async throws -> Response {
        let router = try await found(id, visit)
        do {
            let session = try await acts.dialer.connect(to: router, in: visit.database)
            defer { session.close() }
            let observed = try await session.observe(.all, list: router.cutList)
            let pools = try await session.pools()
            let page = RouterSessionsPage(
                router: router, census: RouterCensus(observed, cutProfile: router.cutProfile),
                sessions: SessionTable(
                    router: router, observed: observed, services: try await visit.database.boundServices(at: id),
                    search: visit.request.query["q"].map { FormText.line($0, upTo: 100) } ?? "", visit: visit),
                pools: PoolTable(
                    pools: pools, daysLeft: try await visit.database.daysLeft(pools, of: id, on: visit.today),
                    visit: visit), visit: visit)
            return try await Panel.page(page, titled: router.name, for: visit)
        } catch let failure as AccessFailure {
            return try await unanswered(router, .sessions, failure, visit)
        }
    }

    private func ping(_ visit: Visit, id: Router.ID) async throws -> Response {
        let router = try await found(id, visit)
        let sent = try await visit.request.body.form(upTo: 4096)
        try sent.allow(["address", FormID.field])
        guard let address = sent["address"].flatMap({ IPAddress($0) }) else {
            throw RouterRefusal.customerAddressUnreadable
        }
        do {
            let session = try await acts.dialer.connect(to: router, in: visit.database)
            defer { session.close() }
            let answer = try await session.ping(address)
            return try await Panel.page(
                PingPage(router: router, address: address, answer: answer, visit: visit), titled: router.name,
                for: visit)
        } catch let failure as AccessFailure {
            return try await unanswered(router, .sessions, failure, visit)
        }
    }

    private func observe(_ router: Router, _ visit: Visit) async throws -> ObservedAccess {
        let session = try await acts.dialer.connect(to: router, in: visit.database)
        defer { session.close() }
        return try await session.observe(.all, list: router.cutList)
    }

    private func read(_ router: Router, _ visit: Visit) async throws -> RouterImport {
        let observed = try await observe(router, visit)
        let bound = try await visit.database.boundNames(at: router.id)
        let accounts =
            observed.accounts.values.joined().map {
                RouterImport.Account(
                    method: .pppoe, name: $0.login, comment: $0.comment, address: "", profile: $0.profile)
            }
            + observed.queues.values.joined().map {
                RouterImport.Account(
                    method: .queue, name: $0.name, comment: $0.comment, address: $0.address, profile: "")
            }
            + observed.leases.values.joined().map {
                RouterImport.Account(
                    method: .lease, name: $0.name, comment: $0.comment, address: $0.address, profile: "")
            }
        return RouterImport(
            accounts.filter { !bound.contains($0.name) }.sorted { $0.name < $1.name },
            among: try await visit.database.unboundServices())
    }

    private func unanswered(
        _ router: Router, _ title: RouterImportWords, _ failure: AccessFailure, _ visit: Visit
    ) async throws -> Response {
        let page = UnansweredPage(router: router, title: title, reason: failure.reason, visit: visit)
        return try await Panel.page(page, titled: router.name, status: .badGateway, for: visit)
    }

    private func found(_ id: Router.ID, _ visit: Visit) async throws -> Router {
        guard let router = try await visit.database.router(id) else { throw AccessRefusal.notFound }
        return router
    }
}

private struct UnansweredPage: View {
    let router: Router
    let title: RouterImportWords
    let reason: String
    let visit: Visit

    var body: Markup {
        Crumb(router.name, path: router.panelPath)
        h1 { title.text(for: visit.reader) }
        section(.class("card")) {
            p(.class("error")) { RouterWords.trialFailed.text(for: visit.reader) }
            p(.class("hint")) { router.trouble(reason, for: visit.reader) }
        }
    }
}

private struct RouterImportPage: View {
    let router: Router
    let found: RouterImport
    let bound: Int
    let most: Int
    let visit: Visit

    private var reader: Reader { visit.reader }
    private var shown: ArraySlice<RouterImport.Link> { found.links.prefix(most) }

    var body: Markup {
        Crumb(router.name, path: router.panelPath)
        h1 { RouterImportWords.import.text(for: reader) }
        p(.class("hint lead")) { RouterImportWords.importIntro.text(for: reader) }
        RouterFigures(
            figures: [
                (.bound, bound), (.recognised, found.links.count), (.tied, found.ties.count),
                (.unrecognised, found.unknown.count),
            ], reader: reader)
        if !found.links.isEmpty { links }
        if !found.ties.isEmpty {
            RouterTable(title: .tied, columns: [.name, .comment, .fits], reader: reader) {
                for tie in found.ties.prefix(most) {
                    tr {
                        td(.class("name")) { tie.account.name }
                        td { tie.account.comment }
                        td {
                            for service in tie.services.prefix(5) {
                                p { a(.href("/panel/services/\(service.service)/access")) { Self.text(service) } }
                            }
                        }
                    }
                }
            }
        }
        if !found.unknown.isEmpty {
            RouterTable(title: .unrecognised, columns: [.name, .comment, .profile], reader: reader) {
                for account in found.unknown.prefix(most) {
                    tr {
                        td(.class("name")) { account.name }
                        td { account.comment }
                        td { account.profile }
                    }
                }
            }
        }
    }

    private var links: Markup {
        form(.method(.post), .action("\(router.panelPath)/import")) {
            FormHead([], visit: visit)
            RouterTable(
                title: .recognised, columns: [.name, .comment, .service, .because, .profile], reader: reader
            ) {
                for link in shown { row(of: link) }
            }
            div(.class("form-acts")) {
                a(.class("button"), .href(router.panelPath)) { NounWords.cancel.text(for: reader) }
                button(.type("submit"), .class("primary")) { RouterImportWords.bindChosen.text(for: reader) }
            }
        }
    }

    private func row(of link: RouterImport.Link) -> Markup {
        tr {
            td(.class("name")) {
                label {
                    input(.type("checkbox"), .name("name"), .value(link.account.name), .checked(true))
                    " \(link.account.name)"
                }
            }
            td { link.account.comment }
            td { a(.href("/panel/services/\(link.service.service)")) { Self.text(link.service) } }
            td { link.evidence.map { $0.message.text(for: reader) }.joined(separator: ", ") }
            td { link.account.profile }
        }
    }

    private static func text(_ service: RouterImport.Unbound) -> String { "\(service.customer) · \(service.title)" }
}

private struct RouterSessionsPage: View {
    let router: Router
    let census: RouterCensus
    let sessions: SessionTable
    let pools: PoolTable
    let visit: Visit

    private static let most = 300
    private var reader: Reader { visit.reader }

    var body: Markup {
        Crumb(router.name, path: router.panelPath)
        h1 { RouterImportWords.sessions.text(for: reader) }
        RouterFigures(
            figures: [
                (.secretCount, census.secrets), (.sessionCount, census.sessions), (.offline, census.offline.count),
                (.shared, census.shared.count), (.inCutProfile, census.inCutProfile.count), (.inList, census.listed),
            ], reader: reader)
        if !census.shared.isEmpty {
            RouterTable(title: .shared, columns: [.name, .sessionCount], reader: reader) {
                for one in census.shared {
                    tr {
                        td(.class("name")) { one.login }
                        td(.class("figures")) { one.sessions.text(for: reader) }
                    }
                }
            }
        }
        pools.body
        names(.withoutSecret, census.withoutSecret)
        names(.notListed, census.notListed)
        names(.inCutProfile, census.inCutProfile)
        names(.offline, census.offline)
        sessions.body
    }

    @MarkupBuilder private func names(_ title: RouterImportWords, _ logins: [String]) -> Markup {
        if !logins.isEmpty {
            details(.class("card")) {
                summary { "\(title.text(for: reader)): \(logins.count.text(for: reader))" }
                p { logins.prefix(Self.most).joined(separator: ", ") + (logins.count > Self.most ? ", …" : "") }
            }
        }
    }
}

private struct RouterFigures: View {
    let figures: [(words: RouterImportWords, count: Int)]
    let reader: Reader

    var body: Markup {
        dl(.class("facts card")) {
            for figure in figures {
                div {
                    dt { figure.words.text(for: reader) }
                    dd { figure.count.text(for: reader) }
                }
            }
        }
    }
}

private struct RouterTable: View {
    let title: RouterImportWords
    let columns: [RouterImportWords]
    let reader: Reader
    let rows: Markup

    init(
        title: RouterImportWords, columns: [RouterImportWords], reader: Reader, @MarkupBuilder rows: () -> Markup
    ) {
        (self.title, self.columns, self.reader, self.rows) = (title, columns, reader, rows())
    }

    var body: Markup {
        h2 { title.text(for: reader) }
        div(.class("table"), .role("region"), .tabindex(0), .aria("label", title.text(for: reader))) {
            table {
                caption { title.text(for: reader) }
                thead { tr { for words in columns { th(.scope("col")) { words.text(for: reader) } } } }
                tbody { rows }
            }
        }
    }
}

extension RouterImport.Evidence {
    fileprivate var message: RouterImportWords {
        switch self {
        case .phone: .byPhone
        case .comment: .byComment
        case .login: .byLogin
        }
    }
}

extension TenantDatabase {
    func boundNames(at router: Router.ID) async throws(DatabaseError) -> Set<String> {
        let rows: [BoundName] = try await rows(
            "SELECT name FROM access_points WHERE tenant_id = \(tenant) AND router_id = \(router)")
        return Set(rows.map(\.name))
    }

    func unboundServices() async throws(DatabaseError) -> [RouterImport.Unbound] {
        try await rows(
            """
            SELECT s.service_id, s.number, p.name AS plan_name, c.name AS customer_name, c.phone
            FROM services s
            JOIN customers c ON c.tenant_id = s.tenant_id AND c.customer_id = s.customer_id
            JOIN desired_services d ON d.tenant_id = s.tenant_id AND d.service_id = s.service_id
            JOIN plans p ON p.tenant_id = s.tenant_id AND p.plan_id = d.plan_id
            WHERE s.tenant_id = \(tenant) AND s.state <> 'cancelled' AND NOT EXISTS (
                SELECT FROM access_points a WHERE a.tenant_id = s.tenant_id AND a.service_id = s.service_id)
            ORDER BY s.number
            """)
    }
}

private struct BoundName: RowReadable {
    let name: String

    init(row: Row) throws(DatabaseError) { name = try row.read("name") }
}

extension RouterImport.Unbound: RowReadable {
    init(row: Row) throws(DatabaseError) {
        service = try row.read("service_id")
        let (number, plan): (Int, String) = (try row.read("number"), try row.read("plan_name"))
        title = "\(plan) (\(number))"
        customer = try row.read("customer_name")
        phone = try row.read("phone")
    }
}
