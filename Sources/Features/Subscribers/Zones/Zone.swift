import Declarations
import Identifiers
import JSON
import Locale
import Nouns
import Postgres

/// A part of the ISP's territory: una zona. Customers live in one, and staff may be limited to some.
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

extension Zone {
    static let list = List<UsedNoun<Zone>>(
        "zones", at: "/panel/zones", ZoneWords.zones.message, of: fields.map { $0.of(\.noun) }, by: "name",
        id: \.noun.id.uuid)
}

extension TenantDatabase {
    /// By name.
    package func zones() async throws(DatabaseError) -> [Zone] {
        try await rows(coverageZonesStatement)
    }

    /// For pages that read the zones in their own batch.
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

    func usedZones(_ query: ListQuery<UsedNoun<Zone>>, knowing catalogue: Catalogue) -> SQL {
        """
        SELECT z.zone_id, z.name, \(uses(of: Zone.self, "z.zone_id", knowing: catalogue))
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

    /// As a list for people; nil when one of the ids is no zone.
    func zoneNames(_ ids: [UUID]) async throws(DatabaseError) -> String? {
        try await value(
            """
            SELECT string_agg(name, ', ' ORDER BY name COLLATE "und-x-icu") FROM coverage_zones
            WHERE tenant_id = \(tenant) AND zone_id = ANY (\(ids)) HAVING count(*) = \(ids.count)
            """)
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
