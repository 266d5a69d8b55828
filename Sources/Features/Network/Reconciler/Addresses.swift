import API
import Access
import AccessProtocol
import Addresses
import Declarations
import HTML
import HTTP
import Identifiers
import JSON
import Locale
import Nouns
import Panel
import Postgres
import Routers
import Services
import Tenancy
import Time

/// A session on a router whose account belongs to no live service there.
struct UnownedSession: Sendable {
    let session: ObservedAccess.Session
    let login: String
    /// The ended service that had the account, if any.
    let service: Service.ID?
}

/// Quién tuvo una IP: which customers held an address, and when.
struct AddressRoutes: Sendable {
    static let path = "/panel/network/addresses"

    func add(to routes: inout Panel.Routes) {
        routes.get("/panel/network/addresses", .networkRead, "Quién tuvo una dirección y cuándo", show)
    }

    private func show(_ visit: Visit) async throws -> Response {
        let text = visit.request.query["address"].map { FormText.line($0, upTo: 50) } ?? ""
        let address = IPAddress(text).map { "\($0)" }
        var holders: [AddressHolder]?
        if let address { holders = try await visit.database.holders(of: address, limit: 100) }
        let page = AddressPage(text: text, isReadable: text.isEmpty || address != nil, holders: holders, visit: visit)
        return try await Panel.page(page, titled: AddressWords.title.text(for: visit.reader), for: visit)
    }
}

private struct AddressPage: View {
    let text: String
    let isReadable: Bool
    let holders: [AddressHolder]?
    let visit: Visit

    private var reader: Reader { visit.reader }

    var body: Markup {
        PageHeading(AddressWords.title.text(for: reader))
        p(.class("hint lead")) { AddressWords.intro.text(for: reader) }
        form(.class("filter"), .method(.get), .action(AddressRoutes.path)) {
            FormField(AddressWords.address.text(for: reader), name: "address") { wiring in
                input(wiring, .type("search"), .maxlength(50), .value(text))
            }
            button(.type("submit")) { AddressWords.find.text(for: reader) }
        }
        if !isReadable { p(.class("error")) { AddressWords.unreadable.text(for: reader) } }
        if let holders {
            if holders.isEmpty {
                EmptyState(.search, AddressWords.nobody.text(for: reader))
            } else {
                table(of: holders)
            }
        }
    }

    private func table(of holders: [AddressHolder]) -> Markup {
        let title = AddressWords.title.text(for: reader)
        return div(.class("table"), .role("region"), .tabindex(0), .aria("label", title)) {
            HTML.table {
                caption { title }
                thead {
                    tr {
                        for words in [AddressWords.customer, .from, .seen, .caller, .router] {
                            th(.scope("col")) { words.text(for: reader) }
                        }
                    }
                }
                tbody {
                    for one in holders {
                        tr {
                            td(.class("name")) {
                                a(.href("/panel/services/\(one.service)")) {
                                    "\(one.customerName) · \(one.serviceTitle)"
                                }
                            }
                            td(.class("figures")) { moment(one.from) }
                            td(.class("figures")) { moment(one.seen) }
                            td { one.caller }
                            td { a(.href("\(Router.path)/\(one.router)")) { one.routerName } }
                        }
                    }
                }
            }
        }
    }

    private func moment(_ instant: Instant) -> String { instant.text(.short, in: visit.tenant.timeZone, for: reader) }
}

struct AddressHolder: RowReadable, Sendable {
    let service: Service.ID
    let serviceTitle: String
    let customerName: String
    let router: Router.ID
    let routerName: String
    let caller: String
    let from: Instant
    let seen: Instant

    init(row: Row) throws(DatabaseError) {
        service = try row.read("service_id")
        let (number, plan): (Int, String) = (try row.read("number"), try row.read("plan_name"))
        serviceTitle = "\(plan) (\(number))"
        customerName = try row.read("customer_name")
        router = try row.read("router_id")
        routerName = try row.read("router_name")
        caller = try row.read("caller")
        from = try row.read("from_at")
        seen = try row.read("seen_at")
    }
}

/// The API's query: an address.
struct AddressQuery: Input {
    static let schema = Schema.object("AddressQuery", [.required("address", .line(1...50), AddressWords.apiAddress)])

    let address: String

    init(_ members: Members) { address = members.text("address") ?? "" }
}

struct AddressHolders: Resource {
    let items: [AddressHolder]

    static let schema = Schema.object(
        "AddressHolders",
        [
            .required(
                "items",
                .list(
                    of: .object(
                        "AddressHolder",
                        [
                            .required("service", .id, ReconcilerWords.service),
                            .required("router", .id, ReconcilerWords.router),
                            .required("mac", Schema.text.orNull, AddressWords.apiCaller),
                            .required("from", .text, AddressWords.apiFrom),
                            .required("seen", .text, AddressWords.apiSeen),
                        ])), AddressWords.apiHolders)
        ])

    var path: String { "/api/v1/network/addresses" }

    func write(to json: inout JSONWriter) {
        json.object { json in
            json.array("items") { json in
                for one in items {
                    json.object { json in
                        json.member("service", one.service.description)
                        json.member("router", one.router.description)
                        json.member("mac", one.caller.isEmpty ? nil : one.caller)
                        json.member("from", one.from.rfc3339)
                        json.member("seen", one.seen.rfc3339)
                    }
                }
            }
        }
    }
}

extension TenantDatabase {
    func holders(of address: String, limit: Int) async throws(DatabaseError) -> [AddressHolder] {
        try await rows(
            """
            SELECT h.service_id, s.number, p.name AS plan_name, c.name AS customer_name, h.router_id,
                r.name AS router_name, h.caller, h.from_at, h.seen_at
            FROM service_addresses h
            JOIN services s ON s.tenant_id = h.tenant_id AND s.service_id = h.service_id
            JOIN customers c ON c.tenant_id = s.tenant_id AND c.customer_id = s.customer_id
            JOIN desired_services d ON d.tenant_id = h.tenant_id AND d.service_id = h.service_id
            JOIN plans p ON p.tenant_id = d.tenant_id AND p.plan_id = d.plan_id
            JOIN routers r ON r.tenant_id = h.tenant_id AND r.router_id = h.router_id
            WHERE h.tenant_id = \(tenant) AND h.address = \(address) ORDER BY h.from_at DESC LIMIT \(limit)
            """)
    }

    /// Replaces those found on the router before.
    func keep(
        _ unowned: [UnownedSession], at router: Router.ID, now: Instant, from randomness: Randomness
    ) async throws(DatabaseError) {
        try await execute(
            """
            DELETE FROM unowned_sessions
            WHERE tenant_id = \(tenant) AND router_id = \(router) AND login <> ALL (\(unowned.map(\.login)))
            """)
        guard !unowned.isEmpty else { return }
        let ids = unowned.map { _ in UUID.v7(milliseconds: now.milliseconds, from: randomness) }
        try await execute(
            """
            INSERT INTO unowned_sessions (
                tenant_id, router_id, login, session_id, service_id, address, caller, seen_at)
            SELECT \(tenant), \(router), left(given.login, 200), given.id, s.service_id, given.address, given.caller, \(now)
            FROM unnest(
                \(unowned.map(\.login)), \(ids), \(unowned.map { $0.service?.uuid ?? ids[0] }),
                \(unowned.map { $0.session.address ?? "" }), \(unowned.map { $0.session.caller ?? "" }))
                given(login, id, service, address, caller)
            LEFT JOIN services s ON s.tenant_id = \(tenant) AND s.service_id = given.service
            ON CONFLICT (tenant_id, router_id, login) DO UPDATE
            SET service_id = excluded.service_id, address = excluded.address, caller = excluded.caller,
                seen_at = excluded.seen_at
            """)
    }
}

enum AddressWords: MessageCatalogue {
    case title, intro, address, find, unreadable, nobody, customer, from, seen, caller, router
    case apiHolders, apiAddress, apiCaller, apiFrom, apiSeen

    var message: Message {
        switch self {
        case .title: Message(es: "Quién tuvo una IP", en: "Who had an IP", pt: "Quem teve um IP")
        case .intro:
            Message(
                es: "De qué cliente fue una dirección y cuándo, según los routers.",
                en: "Whose an address was and when, as the routers told it.",
                pt: "De qual cliente foi um endereço e quando, segundo os roteadores.")
        case .address: Message(es: "IP", en: "IP", pt: "IP")
        case .find: Message(es: "Buscar", en: "Search", pt: "Buscar")
        case .unreadable:
            Message(
                es: "Escriba una IP, como 10.20.0.15.", en: "Write an IP, such as 10.20.0.15.",
                pt: "Escreva um IP, como 10.20.0.15.")
        case .nobody:
            Message(
                es: "No se vio a nadie con esa IP.", en: "Nobody was seen with that IP.",
                pt: "Ninguém foi visto com esse IP.")
        case .apiHolders:
            Message(
                es: "Qué servicios tuvieron una IP y cuándo, el último primero",
                en: "Which services held an IP and when, the latest first",
                pt: "Quais serviços tiveram um IP e quando, o último primeiro")
        case .apiAddress: Message(es: "La IP, v4 o v6.", en: "The IP, v4 or v6.", pt: "O IP, v4 ou v6.")
        case .apiCaller: Message(es: "MAC que la tuvo.", en: "MAC that held it.", pt: "MAC que o teve.")
        case .apiFrom: Message(es: "Desde cuándo.", en: "From when on.", pt: "Desde quando.")
        case .apiSeen:
            Message(
                es: "Cuándo se vio por última vez.", en: "When it was last seen.", pt: "Quando foi visto por último.")
        case .customer: Message(es: "Cliente y servicio", en: "Customer and service", pt: "Cliente e serviço")
        case .from: Message(es: "Desde", en: "From", pt: "Desde")
        case .seen: Message(es: "Visto por última vez", en: "Last seen", pt: "Visto por último")
        case .caller: Message(es: "MAC", en: "MAC", pt: "MAC")
        case .router: Message(es: "Router", en: "Router", pt: "Roteador")
        }
    }
}
