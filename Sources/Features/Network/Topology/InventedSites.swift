import Access
import Assembly
import Customers
import Identifiers
import Monitoring
import Nouns
import Postgres
import Routers
import Services
import Tenancy
import Time

/// The demonstration company's network on the map: its office with the router, and towers whose sectors carry customers.
package struct InventedSites: Sendable {
    /// As `towers.csv` of a tenant's folder says them.
    package let towers: [Site]

    /// The services that a tower carries; the rest hang on the router only.
    private static let carried = 40
    private static let mostOfSector = 24

    package init(
        _ bytes: [UInt8], of tenant: Tenant, at now: Instant, from randomness: Randomness
    ) throws(TenantFileFault) {
        towers = try TenantFile.read(bytes, of: tenant) {
            Site(id: .make(milliseconds: now.milliseconds, from: randomness))
        }.lines.map(\.noun)
    }

    /// Adds the sites where there are none; returns how many services hang on their sectors.
    package func fill(
        of tenant: Tenant, by principal: Principal, from randomness: Randomness, in database: TenantDatabase
    ) async throws -> Int {
        guard try await database.sites(after: 0, limit: 1).isEmpty, !towers.isEmpty else { return 0 }
        func newID() -> Site.ID { .make(milliseconds: principal.now.milliseconds, from: randomness) }
        let devices = try await database.devices()
        var office = Site(id: newID())
        (office.name, office.kind) = ("Oficina", .office)
        office.router = try await database.routers().first?.id
        office.coordinates = towers[0].coordinates.flatMap { $0.moved(north: -30_000, east: 5000) }
        office = try await office.add(by: principal, in: database)
        var waiting = try await database.servicesToPlace()[...]
        var placed = 0
        for tower in towers {
            let watching = InventedFleet.watching(tower.name, among: devices)
            var tower = tower
            (tower.upstream, tower.device) = (office.id, watching.first?.id)
            tower = try await tower.add(by: principal, in: database)
            var sectors: [Site.ID] = []
            for (index, device) in watching.dropFirst().enumerated() {
                var sector = Site(id: newID())
                (sector.name, sector.kind) = ("\(tower.name) Sector \(index + 1)", .sector)
                (sector.upstream, sector.device, sector.ports) = (tower.id, device.id, Self.mostOfSector)
                let (north, east) = [(1500, 0), (-800, 1400), (-800, -1400)][index % 3]
                sector.coordinates = tower.coordinates.flatMap { $0.moved(north: north, east: east) }
                sectors.append(try await sector.add(by: principal, in: database).id)
            }
            guard !sectors.isEmpty else { continue }
            for (index, id) in waiting.prefix(Self.carried).enumerated() {
                guard let service = try await database.service(id, on: tenant.timeZone.day(at: principal.now)) else {
                    continue
                }
                var place = ServicePlace(service: id)
                place.site = sectors[index % sectors.count]
                _ = try await place.put(of: service, by: principal, in: database)
                placed += 1
            }
            waiting = waiting.dropFirst(Self.carried)
        }
        return placed
    }
}

extension Coordinates {
    /// By so many millionths of a degree.
    fileprivate func moved(north: Int, east: Int) -> Coordinates? {
        Coordinates(latitude: latitude + north, longitude: longitude + east)
    }
}

extension TenantDatabase {
    /// The services in use, by their customers' numbers.
    fileprivate func servicesToPlace() async throws(DatabaseError) -> [Service.ID] {
        let rows: [ServiceToPlace] = try await rows(
            """
            SELECT v.service_id FROM services v
            JOIN customers c ON c.tenant_id = \(tenant) AND c.customer_id = v.customer_id
            WHERE v.tenant_id = \(tenant) AND v.state IN ('active', 'cut', 'frozen') ORDER BY c.number, v.number LIMIT 5000
            """)
        return rows.map(\.id)
    }
}

private struct ServiceToPlace: RowReadable {
    let id: Service.ID

    init(row: Row) throws(DatabaseError) { id = try row.read("service_id") }
}
