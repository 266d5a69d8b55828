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
import Time

/// A router's sessions now, with their customers.
struct SessionTable: View {
    let router: Router
    let observed: ObservedAccess
    let services: [String: BoundService]
    let search: String
    let visit: Visit

    private static let most = 200
    private var reader: Reader { visit.reader }

    private var found: [ObservedAccess.Session] {
        let text = search.lowercased()
        return observed.sessions.values.joined().filter { session in
            text.isEmpty
                || [
                    session.login, session.address ?? "", session.caller ?? "", services[session.login]?.customer ?? "",
                ]
                .contains { $0.lowercased().contains(text) }
        }.sorted { ($0.login, $0.address ?? "") < ($1.login, $1.address ?? "") }
    }

    var body: Markup {
        let (found, title) = (found, RouterSessionWords.online.text(for: reader))
        h2 { title }
        form(.class("filter"), .method(.get), .action("\(router.panelPath)/sessions")) {
            FormField(RouterSessionWords.search.text(for: reader), name: "q") { wiring in
                input(wiring, .type("search"), .maxlength(100), .value(search))
            }
            button(.type("submit")) { RouterSessionWords.find.text(for: reader) }
        }
        div(.class("table"), .role("region"), .tabindex(0), .aria("label", title)) {
            table {
                caption { "\(title): \(found.count.text(for: reader))" }
                thead {
                    tr {
                        for words in [RouterSessionWords.login, .customer, .address, .caller, .since, .ping] {
                            th(.scope("col")) { words.text(for: reader) }
                        }
                    }
                }
                tbody { for session in found.prefix(Self.most) { row(of: session) } }
            }
        }
        if found.count > Self.most { p(.class("hint")) { RouterSessionWords.more.text(for: reader) } }
    }

    private func row(of session: ObservedAccess.Session) -> Markup {
        tr {
            td(.class("name")) { session.login }
            td {
                if let service = services[session.login] {
                    a(.href("/panel/services/\(service.service)")) { "\(service.customer) · \(service.title)" }
                } else {
                    span(.class("hint")) { RouterSessionWords.unknown.text(for: reader) }
                }
            }
            td(.class("figures")) { session.address ?? "" }
            td { session.caller ?? "" }
            td(.class("figures")) {
                session.uptime.map { (visit.now - $0).text(.short, in: visit.tenant.timeZone, for: reader) } ?? ""
            }
            td {
                if let address = session.address, visit.mayAct(with: .networkOperate) {
                    form(.class("inline"), .method(.post), .action("\(router.panelPath)/ping")) {
                        input(.type("hidden"), .name("address"), .value(address))
                        button(
                            .type("submit"), .aria("label", "\(RouterSessionWords.ping.text(for: reader)) \(address)")
                        ) {
                            RouterSessionWords.ping.text(for: reader)
                        }
                    }
                }
            }
        }
    }
}

/// How full a router's address pools are.
struct PoolTable: View {
    let pools: [AddressPool]
    /// Days until each pool is full, where this can be estimated.
    let daysLeft: [String: Int]
    let visit: Visit

    var body: Markup {
        let (reader, title) = (visit.reader, RouterSessionWords.pools.text(for: visit.reader))
        h2 { title }
        div(.class("table"), .role("region"), .tabindex(0), .aria("label", title)) {
            table {
                caption { title }
                thead {
                    tr {
                        for words in [RouterSessionWords.pool, .used, .full, .daysLeft] {
                            th(.scope("col")) { words.text(for: reader) }
                        }
                    }
                }
                tbody {
                    for pool in pools {
                        tr {
                            td(.class("name")) { pool.name }
                            td(.class("figures")) {
                                RouterSessionWords.usedOf.text(
                                    for: reader, .text("used", pool.used.text(for: reader)),
                                    .text("size", pool.size.text(for: reader)))
                            }
                            td {
                                span(.class("state"), .data("tone", Self.tone(of: pool).rawValue)) {
                                    "\(pool.percent) %"
                                }
                            }
                            td(.class("figures")) { daysLeft[pool.name].map { $0.text(for: reader) } ?? "–" }
                        }
                    }
                }
            }
        }
    }

    private static func tone(of pool: AddressPool) -> Tone {
        switch pool.level {
        case nil: .good
        case 80?: .warning
        default: .bad
        }
    }
}

/// The result of a ping from the router.
struct PingPage: View {
    let router: Router
    let address: IPAddress
    let answer: PingAnswer
    let visit: Visit

    var body: Markup {
        let reader = visit.reader
        Crumb(RouterImportWords.sessions.text(for: reader), path: "\(router.panelPath)/sessions")
        h1 { "\(RouterSessionWords.ping.text(for: reader)) \(address)" }
        section(.class("card")) {
            p(.class(answer.received > 0 ? "good" : "error")) {
                RouterSessionWords.pinged.text(
                    for: reader, .text("received", answer.received.text(for: reader)),
                    .text("sent", answer.sent.text(for: reader)), .name(router.name))
            }
            if let average = answer.average {
                p { "\(RouterSessionWords.average.text(for: reader)): \(average.text(for: reader)) µs" }
            }
            form(.class("acts"), .method(.post), .action("\(router.panelPath)/ping")) {
                input(.type("hidden"), .name("address"), .value("\(address)"))
                button(.type("submit")) { RouterSessionWords.again.text(for: reader) }
            }
        }
    }
}

/// A service by its name on the router.
struct BoundService: RowReadable, Sendable {
    let name: String
    let service: Service.ID
    let title: String
    let customer: String

    init(row: Row) throws(DatabaseError) {
        name = try row.read("name")
        service = try row.read("service_id")
        let (number, plan): (Int, String) = (try row.read("number"), try row.read("plan_name"))
        title = "\(plan) (\(number))"
        customer = try row.read("customer_name")
    }
}

/// A pool's usage some days ago.
private struct PoolBefore: RowReadable {
    let pool: String
    let used: Int
    let days: Int

    init(row: Row) throws(DatabaseError) {
        pool = try row.read("pool")
        used = try row.read("used")
        days = try row.read("days")
    }
}

extension TenantDatabase {
    func boundServices(at router: Router.ID) async throws(DatabaseError) -> [String: BoundService] {
        let found: [BoundService] = try await rows(
            """
            SELECT a.name, a.service_id, s.number, p.name AS plan_name, c.name AS customer_name
            FROM access_points a
            JOIN services s ON s.tenant_id = a.tenant_id AND s.service_id = a.service_id
            JOIN customers c ON c.tenant_id = s.tenant_id AND c.customer_id = s.customer_id
            JOIN desired_services d ON d.tenant_id = a.tenant_id AND d.service_id = a.service_id
            JOIN plans p ON p.tenant_id = a.tenant_id AND p.plan_id = d.plan_id
            WHERE a.tenant_id = \(tenant) AND a.router_id = \(router)
            """)
        return Dictionary(found.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
    }

    /// Extrapolates from the first day known within the last 30.
    func daysLeft(_ pools: [AddressPool], of router: Router.ID, on day: Day) async throws(DatabaseError) -> [String:
        Int]
    {
        let before: [PoolBefore] = try await rows(
            """
            SELECT DISTINCT ON (pool) pool, used, (\(day)::date - day)::bigint AS days FROM pool_days
            WHERE tenant_id = \(tenant) AND router_id = \(router) AND day >= \(day)::date - 30
            ORDER BY pool, day
            """)
        var left: [String: Int] = [:]
        for one in before {
            left[one.pool] = pools.first { $0.name == one.pool }?.daysLeft(usedBefore: one.used, days: one.days)
        }
        return left
    }

    /// Stores today's usage; returns the pools that reached a new level since the last reading.
    package func note(
        _ pools: [AddressPool], of router: Router.ID, on day: Day
    ) async throws(DatabaseError) -> [AddressPool] {
        let pools = pools.filter { $0.size > 0 }
        guard !pools.isEmpty else { return [] }
        let before: [PoolUse] = try await rows(
            """
            SELECT DISTINCT ON (pool) pool, size, used FROM pool_days
            WHERE tenant_id = \(tenant) AND router_id = \(router) ORDER BY pool, day DESC
            """)
        try await execute(
            """
            INSERT INTO pool_days (tenant_id, router_id, pool, day, size, used)
            SELECT \(tenant), \(router), given.pool, \(day), given.size, given.used
            FROM unnest(
                \(pools.map(\.name)), \(pools.map { Int64($0.size) }), \(pools.map { Int64($0.used) }))
                given(pool, size, used)
            ON CONFLICT (tenant_id, router_id, pool, day) DO UPDATE SET size = excluded.size, used = excluded.used
            """)
        return pools.filter { pool in
            guard let level = pool.level else { return false }
            return level > before.first { $0.pool.name == pool.name }?.pool.level ?? 0
        }
    }
}

private struct PoolUse: RowReadable {
    let pool: AddressPool

    init(row: Row) throws(DatabaseError) {
        pool = AddressPool(name: try row.read("pool"), size: try row.read("size"), used: try row.read("used"))
    }
}

enum RouterSessionWords: MessageCatalogue {
    case online, search, find, login, customer, address, caller, since, ping, more, unknown, pools, pool, used, usedOf
    case full, daysLeft, pinged, average, again

    var message: Message {
        switch self {
        case .online: Message(es: "En línea ahora", en: "On line now", pt: "On-line agora")
        case .search:
            Message(
                es: "Cliente, usuario, IP o MAC", en: "Customer, user, IP or MAC", pt: "Cliente, usuário, IP ou MAC")
        case .find: Message(es: "Buscar", en: "Search", pt: "Buscar")
        case .login: Message(es: "Usuario PPPoE", en: "PPPoE user", pt: "Usuário PPPoE")
        case .customer: Message(es: "Cliente y servicio", en: "Customer and service", pt: "Cliente e serviço")
        case .address: Message(es: "IP", en: "IP", pt: "IP")
        case .caller: Message(es: "MAC", en: "MAC", pt: "MAC")
        case .since: Message(es: "Desde", en: "Since", pt: "Desde")
        case .ping: Message(es: "Ping", en: "Ping", pt: "Ping")
        case .more:
            Message(
                es: "Hay más: busque para verlas.", en: "There are more: search to see them.",
                pt: "Há mais: busque para vê-las.")
        case .unknown: Message(es: "Desconocido", en: "Unknown", pt: "Desconhecido")
        case .pools: Message(es: "Pools de direcciones", en: "Address pools", pt: "Pools de endereços")
        case .pool: Message(es: "Pool", en: "Pool", pt: "Pool")
        case .used: Message(es: "Ocupadas", en: "Taken", pt: "Ocupados")
        case .usedOf: Message(es: "{used} de {size}", en: "{used} of {size}", pt: "{used} de {size}")
        case .full: Message(es: "Lleno", en: "Full", pt: "Cheio")
        case .daysLeft: Message(es: "Días hasta llenarse", en: "Days until it is full", pt: "Dias até encher")
        case .pinged:
            Message(
                es: "{received} de {sent} respuestas, desde {name}.", en: "{received} of {sent} answers, from {name}.",
                pt: "{received} de {sent} respostas, de {name}.")
        case .average: Message(es: "Tiempo medio", en: "Average time", pt: "Tempo médio")
        case .again: Message(es: "Otra vez", en: "Again", pt: "De novo")
        }
    }
}
