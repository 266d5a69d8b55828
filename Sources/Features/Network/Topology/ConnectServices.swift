import Access
import Customers
import Events
import Identifiers
import Locale
import Nouns
import Postgres
import Search
import Services
import Time
import Zones

/// Connects many services to a sector or a box at once.
struct ConnectServices: Sendable {
    let site: Site
    let moves: [Move]

    struct Move: Sendable {
        let service: Candidate
        /// 0 on a sector.
        let port: Int
    }

    /// Where each would go. A box gives its lowest free ports, in the services' order.
    static func plan(
        _ ids: [Service.ID], at id: Site.ID, locked: Bool = false, in database: TenantDatabase
    ) async throws -> ConnectServices {
        guard let site = try await database.site(id, locked: locked) else { throw AccessRefusal.notFound }
        guard site.kind.servesCustomers else { throw SiteRefusal.notServing }
        let services = try await database.candidates(ids).filter { $0.site != id }
        guard site.kind == .box else {
            let use = try await database.siteUse(id)
            if let free = use?.free, free < services.count { throw SiteRefusal.full }
            return ConnectServices(site: site, moves: services.map { Move(service: $0, port: 0) })
        }
        let taken = Set(try await database.placedServices(on: id, limit: 20_000).compactMap(\.port))
        let free = (1...max(1, site.ports == 0 ? 10_000 : site.ports)).lazy.filter { !taken.contains($0) }
        let ports = Array(free.prefix(services.count))
        guard ports.count == services.count else { throw SiteRefusal.full }
        return ConnectServices(site: site, moves: zip(services, ports).map { Move(service: $0, port: $1) })
    }

    static let undoKind = "service_places"

    /// Call in a transaction, with a plan of a locked site. Returns what undoes it; nil where nothing was to be done.
    func happen(by principal: Principal, in database: TenantDatabase) async throws -> UUID? {
        guard !moves.isEmpty else { return nil }
        var acts: [Act] = []
        for move in moves {
            var place = ServicePlace(service: move.service.id)
            (place.site, place.port) = (site.id, move.port)
            try await database.freePort(place.port, of: site.id)
            try await database.put(place, at: principal.now)
            let before = move.service.place.map { $0.details(naming: ["site": move.service.siteName]) } ?? []
            acts.append(
                Act(
                    .servicePlaced, move.service.subject, before: before,
                    after: place.details(naming: ["site": site.name])))
        }
        try await database.record(
            acts, as: Act(.servicesConnected, site.subject, after: [Act.Detail("services", "\(moves.count)")]),
            by: principal.actor, at: principal.now)
        let kept = moves.map { move in
            "\(move.service.id) \(move.service.site?.description ?? "-") \(move.service.port) \(move.port)"
        }
        return try await Undo.offer(
            Self.undoKind, ([site.id.description] + kept).joined(separator: "\n"), by: principal, in: database)
    }

    /// Puts each back that is still where it was put, unless its port was given away. Call in a transaction; returns
    /// the site.
    static func undo(_ id: UUID, by principal: Principal, in database: TenantDatabase) async throws -> Site {
        let lines = try await Undo.take(id, undoKind, by: principal, in: database).split(separator: "\n")
        guard let place = lines.first.flatMap({ Site.ID(String($0)) }),
            let site = try await database.site(place, locked: true)
        else { throw UndoRefusal.over }
        var acts: [Act] = []
        for line in lines.dropFirst() {
            let words = line.split(separator: " ").map(String.init)
            guard words.count == 4, let service = Service.ID(words[0]), let port = Int(words[2]),
                let given = Int(words[3]), let known = try await database.candidates([service]).first,
                known.site == site.id, known.port == given, let now = known.place
            else { continue }
            let before = now.details(naming: ["site": site.name])
            guard let old = Site.ID(words[1]), let oldSite = try await database.site(old) else {
                try await database.removeServicePlace(of: service)
                acts.append(Act(.servicePlaceRemoved, known.subject, before: before))
                continue
            }
            var back = ServicePlace(service: service)
            (back.site, back.port) = (old, port)
            if port > 0, try await database.isTaken(port: port, of: old) { continue }
            try await database.put(back, at: principal.now)
            acts.append(
                Act(
                    .servicePlaced, known.subject, before: before,
                    after: back.details(naming: ["site": oldSite.name])))
        }
        try await database.record(
            acts, as: Act(.connectionsUndone, site.subject, after: [Act.Detail("services", "\(acts.count)")]),
            by: principal.actor, at: principal.now)
        return site
    }
}

/// A service that may be connected, with what it is found by.
struct Candidate: RowReadable, Sendable {
    let id: Service.ID
    let number: Int
    let state: Service.State
    let customer: String
    let router: String
    /// The login of PPPoE or the queue's name.
    let login: String
    let address: String
    let zone: String
    let site: Site.ID?
    let siteName: String
    let port: Int

    init(row: Row) throws(DatabaseError) {
        id = try row.read("service_id")
        number = try row.read("number")
        state = try row.word("state")
        customer = try row.read("customer")
        router = try row.read("router")
        login = try row.read("login")
        address = try row.read("address")
        zone = try row.read("zone")
        site = try row.read("site_id")
        siteName = try row.read("site_name")
        let port: Int32 = try row.read("port")
        self.port = Int(port)
    }

    var title: String { "\(customer) (\(number))" }
    var subject: Act.Subject { Act.Subject("service", id.uuid, named: title) }

    /// Where it is connected.
    var place: ServicePlace? {
        guard let site else { return nil }
        var place = ServicePlace(service: id)
        (place.site, place.port) = (site, port)
        return place
    }
}

/// Which services are looked for.
struct CandidateSearch: Sendable, Equatable {
    /// Of the customer.
    var text = ""
    /// The beginning of a login or of an IP address, such as a pool's "10.20.".
    var access = ""
    var zone: Zone.ID?
    var router: UUID?
    /// Also those that are connected elsewhere.
    var isMoving = false

    var isEmpty: Bool { self == CandidateSearch() }
}

extension TenantDatabase {
    /// Customers are searched in a transaction, since it may take longer than callers of a shared connection wait.
    func candidates(
        _ search: CandidateSearch, besides site: Site.ID, for reader: Reader, limit: Int
    ) async throws -> [Candidate] {
        let found = candidates(search, besides: site)
        guard !search.text.isEmpty else { return try await rows("\(found) ORDER BY s.number LIMIT \(limit)") }
        return try await transaction { database in
            let words = SearchQuery(search.text, in: reader.region)
            let matching = try await database.matching(words, .customer, number: "c.number")
            return try await database.rows("\(found) \(matching) ORDER BY s.number LIMIT \(limit)")
        }
    }

    private func candidates(_ search: CandidateSearch, besides site: Site.ID) -> SQL {
        var statement = candidateSelection
        let placed: SQL = search.isMoving ? "p.site_id IS DISTINCT FROM \(site)" : "p.site_id IS NULL"
        statement = "\(statement) AND \(placed)"
        if let zone = search.zone { statement = "\(statement) AND coalesce(s.zone_id, c.zone_id) = \(zone)" }
        if let router = search.router { statement = "\(statement) AND a.router_id = \(router)" }
        if !search.access.isEmpty {
            statement = """
                \(statement) AND (starts_with(a.name, \(search.access)) OR starts_with(a.address, \(search.access)))
                """
        }
        return statement
    }

    func candidates(_ ids: [Service.ID]) async throws(DatabaseError) -> [Candidate] {
        try await rows("\(candidateSelection) AND s.service_id = ANY (\(ids)) ORDER BY s.number")
    }

    private var candidateSelection: SQL {
        """
        SELECT s.service_id, s.number, s.state, c.name AS customer, coalesce(r.name, '') AS router,
            coalesce(a.name, '') AS login, coalesce(a.address, '') AS address, coalesce(z.name, '') AS zone,
            o.site_id, coalesce(o.name, '') AS site_name, coalesce(p.port, 0) AS port
        FROM services s
        JOIN customers c ON c.tenant_id = s.tenant_id AND c.customer_id = s.customer_id
        LEFT JOIN access_points a ON a.tenant_id = s.tenant_id AND a.service_id = s.service_id
        LEFT JOIN routers r ON r.tenant_id = s.tenant_id AND r.router_id = a.router_id
        LEFT JOIN coverage_zones z ON z.tenant_id = s.tenant_id AND z.zone_id = coalesce(s.zone_id, c.zone_id)
        LEFT JOIN service_places p ON p.tenant_id = s.tenant_id AND p.service_id = s.service_id
        LEFT JOIN sites o ON o.tenant_id = s.tenant_id AND o.site_id = p.site_id
        WHERE s.tenant_id = \(tenant) AND s.state <> 'cancelled'
        """
    }

    fileprivate func isTaken(port: Int, of site: Site.ID) async throws(DatabaseError) -> Bool {
        try await value(
            """
            SELECT EXISTS (
                SELECT FROM service_places
                WHERE tenant_id = \(tenant) AND site_id = \(site) AND port = \(Int32(port)))
            """) ?? false
    }
}
