import Identifiers
import JSON
import Locale
import Nouns
import Postgres

/// A part of the land an ISP serves, by the name its people use: una zona. Customers live in one, and some of the people
/// who serve them are limited to a few.
package struct Zone: Sendable, Equatable {
    package typealias ID = Identifiers.ID<Zone>

    package let id: ID
    package var name = ""
}

extension Zone: Fielded {
    package static let noun = "Zone"

    package static let fields: [Field<Zone>] = [
        .line("name", \.name, 1...100, Message(es: "Nombre de la zona", en: "Name of the zone", pt: "Nome da zona"))
            .sorted(by: "name COLLATE \"und-x-icu\"")
    ]
}

extension Zone: JSONWritable {
    package func write(to json: inout JSONWriter) {
        json.object { json in
            json.member("id", id.description)
            json.fields(of: self)
        }
    }
}

/// What there is of it, for its list.
struct ZoneUse: Sendable {
    let zone: Zone
    let customers: Int
    let people: Int

    static let fields: [Field<ZoneUse>] = [
        Zone.fields[0].of(\.zone),
        .counted("customers", \.customers, ZoneWords.customers.message),
        .counted("people", \.people, ZoneWords.people.message),
    ]

    static let list = List<ZoneUse>(
        "zones", at: "/panel/zones", ZoneWords.zones.message, of: fields, by: "name", id: \.zone.id.uuid)
}

extension TenantDatabase {
    /// By name, as all who choose one read them.
    package func zones() async throws(DatabaseError) -> [Zone] {
        try await rows(coverageZonesStatement)
    }

    /// For pages that ask for them together with what else they show.
    package var coverageZonesStatement: SQL {
        """
        SELECT zone_id, name FROM coverage_zones WHERE tenant_id = \(tenant) ORDER BY name COLLATE "und-x-icu"
        """
    }

    package func zone(_ id: Zone.ID?, locked: Bool = false) async throws(DatabaseError) -> Zone? {
        guard let id else { return nil }
        return try await first("\(coverageZoneStatement(id)) \(locked ? .forUpdate(of: "coverage_zones") : .nothing)")
    }

    package func coverageZoneStatement(_ id: Zone.ID?) -> SQL {
        "SELECT zone_id, name FROM coverage_zones WHERE tenant_id = \(tenant) AND zone_id = \(id)"
    }

    func zoneUses(_ query: ListQuery<ZoneUse>) -> SQL {
        """
        SELECT z.zone_id, z.name,
            (SELECT count(*) FROM customers c WHERE c.tenant_id = \(tenant) AND c.zone_id = z.zone_id) AS customers,
            (SELECT count(*) FROM staff p WHERE p.tenant_id = \(tenant) AND z.zone_id = ANY (p.zones)) AS people
        FROM coverage_zones z WHERE z.tenant_id = \(tenant) \(query.position) \(query.sorting)
        """
    }

    func isTaken(zoneName name: String, besides id: Zone.ID) async throws(DatabaseError) -> Bool {
        try await value(
            """
            SELECT EXISTS (
                SELECT FROM coverage_zones
                WHERE tenant_id = \(tenant) AND lower(name) = lower(\(name)) AND zone_id <> \(id))
            """) ?? false
    }

    func isUsed(_ id: Zone.ID) async throws(DatabaseError) -> Bool {
        try await value(
            """
            SELECT EXISTS (SELECT FROM customers WHERE tenant_id = \(tenant) AND zone_id = \(id))
                OR EXISTS (SELECT FROM staff WHERE tenant_id = \(tenant) AND \(id) = ANY (zones))
                OR EXISTS (SELECT FROM api_tokens WHERE tenant_id = \(tenant) AND revoked_at IS NULL
                    AND \(id) = ANY (zones))
            """) ?? false
    }

    func put(_ zone: Zone) async throws(DatabaseError) {
        try await execute(
            """
            INSERT INTO coverage_zones (tenant_id, zone_id, name) VALUES (\(tenant), \(zone.id), \(zone.name))
            ON CONFLICT (tenant_id, zone_id) DO UPDATE SET name = excluded.name
            """)
    }

    func delete(_ id: Zone.ID) async throws(DatabaseError) {
        try await execute("DELETE FROM coverage_zones WHERE tenant_id = \(tenant) AND zone_id = \(id)")
    }
}

extension Zone: RowReadable {
    package init(row: Row) throws(DatabaseError) {
        id = try row.read("zone_id")
        name = try row.read("name")
    }
}

extension ZoneUse: RowReadable {
    init(row: Row) throws(DatabaseError) {
        zone = try Zone(row: row)
        customers = try row.read("customers")
        people = try row.read("people")
    }
}
