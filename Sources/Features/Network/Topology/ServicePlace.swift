import Access
import Events
import Identifiers
import JSON
import Locale
import Nouns
import Postgres
import Services
import Time

/// The sector or box that a service is connected to, with its port in a box.
package struct ServicePlace: Sendable, Equatable {
    package let service: Service.ID
    package var site: Site.ID?
    /// 0 on a sector.
    package var port = 0

    package init(service: Service.ID) { self.service = service }
}

extension ServicePlace: Fielded {
    package static let noun = "ServicePlace"

    package static let fields: [Field<ServicePlace>] = [
        .reference("site", \.site, Message(es: "Sectorial o caja", en: "Sector or box", pt: "Setorial ou caixa")),
        .count("port", \.port, 0...10_000, Message(es: "Puerto", en: "Port", pt: "Porta")).hint(
            Message(
                es: "El de la caja NAP o CTO; en una sectorial, 0.", en: "Of the NAP or CTO box; 0 on a sector.",
                pt: "O da caixa NAP ou CTO; em uma setorial, 0.")),
    ]
}

extension ServicePlace: JSONWritable {
    package func write(to json: inout JSONWriter) {
        json.object { json in
            json.member("service", service.description)
            json.fields(of: self)
        }
    }
}

extension ServicePlace {
    package func put(
        of service: Service, by principal: Principal, in database: TenantDatabase
    ) async throws -> ServicePlace {
        try await database.transaction { database in
            guard let site, let place = try await database.site(site, locked: true) else { throw SiteRefusal.unknown }
            let known = try await database.servicePlace(service.id)
            let new = try checked(at: place)
            if known == new { return new }
            if new.port == 0, known?.site != site, place.ports > 0 {
                let use = try await database.siteUse(site)
                guard let free = use?.free, free > 0 else { throw SiteRefusal.full }
            }
            try await database.freePort(new.port, of: place.id)
            do {
                try await database.put(new, at: principal.now)
            } catch let error as DatabaseError
                where error.isUniqueViolation(of: "service_places_tenant_id_site_id_port_key")
            {
                throw SiteRefusal.portTaken
            }
            let before = try await known?.details(naming: ["site": known?.name(in: database) ?? ""]) ?? []
            try await database.record(
                Act(
                    .servicePlaced, Self.subject(of: service), before: before,
                    after: new.details(naming: ["site": place.name])), by: principal.actor, at: principal.now)
            return new
        }
    }

    package static func remove(
        from service: Service, by principal: Principal, in database: TenantDatabase
    ) async throws {
        try await database.transaction { database in
            guard let place = try await database.servicePlace(service.id) else { throw AccessRefusal.notFound }
            let before = try await place.details(naming: ["site": place.name(in: database)])
            try await database.removeServicePlace(of: service.id)
            try await database.record(
                Act(.servicePlaceRemoved, subject(of: service), before: before), by: principal.actor, at: principal.now)
        }
    }

    /// A box gives a port to each service; a sector only carries a number of them.
    private func checked(at place: Site) throws(SiteRefusal) -> ServicePlace {
        guard place.kind.servesCustomers else { throw .notServing }
        var checked = self
        guard place.kind == .box else {
            checked.port = 0
            return checked
        }
        guard port > 0 else { throw .portMissing }
        guard place.ports == 0 || port <= place.ports else { throw .portOutside }
        return checked
    }

    private func name(in database: TenantDatabase) async throws -> String {
        guard let site else { return "" }
        return try await database.site(site)?.name ?? ""
    }

    private static func subject(of service: Service) -> Act.Subject {
        Act.Subject("service", service.id.uuid, named: service.title)
    }
}

extension TenantDatabase {
    package func servicePlace(_ service: Service.ID) async throws(DatabaseError) -> ServicePlace? {
        try await first(
            """
            SELECT service_id, site_id, coalesce(port, 0) AS port FROM service_places
            WHERE tenant_id = \(tenant) AND service_id = \(service)
            """)
    }

    func put(_ place: ServicePlace, at now: Instant) async throws(DatabaseError) {
        try await execute(
            """
            INSERT INTO service_places (tenant_id, service_id, site_id, port, made_at)
            VALUES (
                \(tenant), \(place.service), \(place.site), \(place.port == 0 ? nil : Int32(place.port)), \(now))
            ON CONFLICT (tenant_id, service_id) DO UPDATE SET site_id = excluded.site_id, port = excluded.port
            """)
    }

    /// A cancelled service keeps no port.
    func freePort(_ port: Int, of site: Site.ID) async throws(DatabaseError) {
        try await execute(
            """
            DELETE FROM service_places p USING services v
            WHERE p.tenant_id = \(tenant) AND p.site_id = \(site) AND p.port = \(Int32(port))
                AND v.tenant_id = \(tenant) AND v.service_id = p.service_id AND v.state = 'cancelled'
            """)
    }

    func removeServicePlace(of service: Service.ID) async throws(DatabaseError) {
        try await execute("DELETE FROM service_places WHERE tenant_id = \(tenant) AND service_id = \(service)")
    }

    /// The services placed on a site, by port and number.
    func placedServices(on site: Site.ID, limit: Int) async throws(DatabaseError) -> [PlacedService] {
        try await rows(
            """
            SELECT v.service_id, v.number, v.state, c.name, p.port FROM service_places p
            JOIN services v ON v.tenant_id = \(tenant) AND v.service_id = p.service_id
            JOIN customers c ON c.tenant_id = \(tenant) AND c.customer_id = v.customer_id
            WHERE p.tenant_id = \(tenant) AND p.site_id = \(site) AND v.state <> 'cancelled'
            ORDER BY p.port, v.number LIMIT \(limit)
            """)
    }
}

/// A service in a site's page.
struct PlacedService: RowReadable {
    let id: Service.ID
    let number: Int
    let state: Service.State
    let customer: String
    let port: Int?

    init(row: Row) throws(DatabaseError) {
        id = try row.read("service_id")
        number = try row.read("number")
        state = try row.word("state")
        customer = try row.read("name")
        let port: Int32? = try row.read("port")
        self.port = port.map { Int($0) }
    }
}

extension ServicePlace: RowReadable {
    package init(row: Row) throws(DatabaseError) {
        self.init(service: try row.read("service_id"))
        site = try row.read("site_id")
        let port: Int32 = try row.read("port")
        self.port = Int(port)
    }
}
