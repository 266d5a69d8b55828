import Identifiers
import Postgres

/// A part of the land an ISP serves, by the name its people use: una zona. Customers live in one, and some of the people
/// who serve them are limited to a few.
package struct CoverageZone: Sendable, Equatable {
    package typealias ID = Identifiers.ID<CoverageZone>

    package let id: ID
    package let name: String
}

/// What there is of it, for its list.
struct ZoneUse: Sendable {
    let zone: CoverageZone
    let customers: Int
    let people: Int
}

extension TenantDatabase {
    /// By name, as all who choose one read them.
    package func coverageZones() async throws(DatabaseError) -> [CoverageZone] {
        try await rows(coverageZonesStatement)
    }

    /// For pages that ask for them together with what else they show.
    package var coverageZonesStatement: SQL {
        """
        SELECT zone_id, name FROM coverage_zones WHERE tenant_id = \(tenant) ORDER BY name COLLATE "und-x-icu"
        """
    }

    package func coverageZone(_ id: CoverageZone.ID?) async throws(DatabaseError) -> CoverageZone? {
        guard let id else { return nil }
        return try await first(
            "SELECT zone_id, name FROM coverage_zones WHERE tenant_id = \(tenant) AND zone_id = \(id)")
    }

    func zoneUses() async throws(DatabaseError) -> [ZoneUse] {
        try await rows(
            """
            SELECT z.zone_id, z.name,
                (SELECT count(*) FROM customers c WHERE c.tenant_id = \(tenant) AND c.zone_id = z.zone_id) AS customers,
                (SELECT count(*) FROM staff p WHERE p.tenant_id = \(tenant) AND z.zone_id = ANY (p.zones)) AS people
            FROM coverage_zones z WHERE z.tenant_id = \(tenant) ORDER BY z.name COLLATE "und-x-icu"
            """)
    }

    func isTaken(zoneName name: String, besides id: CoverageZone.ID) async throws(DatabaseError) -> Bool {
        try await value(
            """
            SELECT EXISTS (
                SELECT FROM coverage_zones
                WHERE tenant_id = \(tenant) AND lower(name) = lower(\(name)) AND zone_id <> \(id))
            """) ?? false
    }

    func isUsed(_ id: CoverageZone.ID) async throws(DatabaseError) -> Bool {
        try await value(
            """
            SELECT EXISTS (SELECT FROM customers WHERE tenant_id = \(tenant) AND zone_id = \(id))
                OR EXISTS (SELECT FROM staff WHERE tenant_id = \(tenant) AND \(id) = ANY (zones))
                OR EXISTS (SELECT FROM api_tokens WHERE tenant_id = \(tenant) AND revoked_at IS NULL
                    AND \(id) = ANY (zones))
            """) ?? false
    }

    func put(_ zone: CoverageZone) async throws(DatabaseError) {
        try await execute(
            """
            INSERT INTO coverage_zones (tenant_id, zone_id, name) VALUES (\(tenant), \(zone.id), \(zone.name))
            ON CONFLICT (tenant_id, zone_id) DO UPDATE SET name = excluded.name
            """)
    }

    func delete(_ id: CoverageZone.ID) async throws(DatabaseError) {
        try await execute("DELETE FROM coverage_zones WHERE tenant_id = \(tenant) AND zone_id = \(id)")
    }
}

extension CoverageZone: RowReadable {
    package init(row: Row) throws(DatabaseError) {
        id = try row.read("zone_id")
        name = try row.read("name")
    }
}

extension ZoneUse: RowReadable {
    init(row: Row) throws(DatabaseError) {
        zone = try CoverageZone(row: row)
        customers = try row.read("customers")
        people = try row.read("people")
    }
}
