import Identifiers
import Nouns
import Postgres
import Search
import Services
import Time

extension TenantDatabase {
    private var siteColumns: SQL {
        """
        s.site_id, s.number, s.name, s.kind, s.zone_id, s.upstream_id, s.router_id, s.device_id, s.latitude, s.longitude, s.ports,
        s.note
        """
    }

    package func site(_ id: Site.ID, locked: Bool = false) async throws(DatabaseError) -> Site? {
        try await first(
            """
            SELECT \(siteColumns) FROM sites s
            WHERE s.tenant_id = \(tenant) AND s.site_id = \(id) \(locked ? .forUpdate(of: "s") : .nothing)
            """)
    }

    package func sites(after number: Int, limit: Int) async throws(DatabaseError) -> [Site] {
        try await rows(
            """
            SELECT \(siteColumns) FROM sites s WHERE s.tenant_id = \(tenant) AND s.number > \(number)
            ORDER BY s.number LIMIT \(limit)
            """)
    }

    /// By name, with what hangs on each.
    package func siteUses(limit: Int = 20_000) async throws(DatabaseError) -> [SiteUse] {
        try await rows("\(siteUsesSelection) ORDER BY s.name COLLATE \"und-x-icu\", s.site_id LIMIT \(limit)")
    }

    package func siteUse(_ id: Site.ID) async throws(DatabaseError) -> SiteUse? {
        try await first("\(siteUsesSelection) AND s.site_id = \(id)")
    }

    func siteUses(_ query: ListQuery<SiteUse>) -> SQL {
        "\(siteUsesSelection) \(siteConditions(query)) \(query.position) \(query.sorting)"
    }

    func sitesCounted(_ query: ListQuery<SiteUse>) -> SQL {
        "FROM sites s WHERE s.tenant_id = \(tenant) \(siteConditions(query))"
    }

    private func siteConditions(_ query: ListQuery<SiteUse>) -> SQL {
        "\(query.restriction) \(SearchText.condition(query.text, in: "s.name"))"
    }

    /// Services of its own are those placed on it, and those of its router that are placed nowhere.
    private var siteUsesSelection: SQL {
        """
        SELECT \(siteColumns), coalesce(u.name, '') AS upstream_name, (
            SELECT count(*) FROM service_places p
            JOIN services v ON v.tenant_id = \(tenant) AND v.service_id = p.service_id
            WHERE p.tenant_id = \(tenant) AND p.site_id = s.site_id AND v.state <> 'cancelled'
        ) + (
            SELECT count(*) FROM access_points a
            JOIN services v ON v.tenant_id = \(tenant) AND v.service_id = a.service_id
            WHERE a.tenant_id = \(tenant) AND a.router_id = s.router_id AND v.state <> 'cancelled' AND NOT EXISTS (
                SELECT FROM service_places p WHERE p.tenant_id = \(tenant) AND p.service_id = a.service_id)
        ) AS services, (
            SELECT t.state FROM device_states t
            JOIN devices d ON d.tenant_id = \(tenant) AND d.device_id = t.device_id AND d.is_watched
            WHERE t.tenant_id = \(tenant) AND t.device_id = s.device_id
        ) AS standing
        FROM sites s LEFT JOIN sites u ON u.tenant_id = \(tenant) AND u.site_id = s.upstream_id
        WHERE s.tenant_id = \(tenant)
        """
    }

    func isTaken(siteName name: String, besides id: Site.ID) async throws(DatabaseError) -> Bool {
        try await value(
            """
            SELECT EXISTS (
                SELECT FROM sites
                WHERE tenant_id = \(tenant) AND lower(name) = lower(\(name)) AND site_id <> \(id))
            """) ?? false
    }

    /// The site and all that feed it, up to the top.
    package func sitesAbove(_ id: Site.ID) async throws(DatabaseError) -> [Site] {
        try await rows(
            """
            WITH RECURSIVE above AS (
                SELECT s.site_id, s.upstream_id, 0 AS depth FROM sites s
                WHERE s.tenant_id = \(tenant) AND s.site_id = \(id)
                UNION ALL
                SELECT s.site_id, s.upstream_id, a.depth + 1 FROM above a
                JOIN sites s ON s.tenant_id = \(tenant) AND s.site_id = a.upstream_id WHERE a.depth < 64)
            SELECT \(siteColumns) FROM above a JOIN sites s ON s.tenant_id = \(tenant) AND s.site_id = a.site_id
            ORDER BY a.depth
            """)
    }

    func insert(_ site: Site, at now: Instant) async throws(DatabaseError) {
        try await execute(
            """
            WITH next AS (
                INSERT INTO counters (tenant_id, name, last) VALUES (\(tenant), 'site', 1)
                ON CONFLICT (tenant_id, name) DO UPDATE SET last = counters.last + 1 RETURNING last)
            INSERT INTO sites (
                tenant_id, site_id, number, name, kind, zone_id, upstream_id, router_id, device_id, latitude, longitude, ports,
                note, made_at)
            SELECT \(tenant), \(site.id), n.last, \(site.name), \(site.kind.rawValue), \(site.zone), \(site.upstream),
                \(site.router), \(site.device), \(site.coordinates.map { Int32($0.latitude) }),
                \(site.coordinates.map { Int32($0.longitude) }), \(Int32(site.ports)), \(site.note), \(now)
            FROM next n
            """)
    }

    func update(_ site: Site) async throws(DatabaseError) {
        try await execute(
            """
            UPDATE sites SET name = \(site.name), kind = \(site.kind.rawValue), zone_id = \(site.zone),
                upstream_id = \(site.upstream), router_id = \(site.router), device_id = \(site.device),
                latitude = \(site.coordinates.map { Int32($0.latitude) }),
                longitude = \(site.coordinates.map { Int32($0.longitude) }), ports = \(Int32(site.ports)),
                note = \(site.note)
            WHERE tenant_id = \(tenant) AND site_id = \(site.id)
            """)
    }

    func delete(_ id: Site.ID) async throws(DatabaseError) {
        try await execute("DELETE FROM sites WHERE tenant_id = \(tenant) AND site_id = \(id)")
    }
}

/// What hangs on a site, however many sites are between.
extension TenantDatabase {
    /// `below`, for a statement's WITH RECURSIVE: the given sites and all that they feed, with their routers.
    package func sitesBelow(_ roots: SQL) -> SQL {
        """
        below AS (
            SELECT s.site_id, s.router_id FROM sites s WHERE s.tenant_id = \(tenant) AND s.site_id = ANY (\(roots))
            UNION
            SELECT s.site_id, s.router_id FROM below b
            JOIN sites s ON s.tenant_id = \(tenant) AND s.upstream_id = b.site_id)
        """
    }

    /// `hanging`, after `below`: the services on those sites, by their place or by their router.
    package var servicesHanging: SQL {
        """
        hanging AS (
            SELECT p.service_id FROM below b
            JOIN service_places p ON p.tenant_id = \(tenant) AND p.site_id = b.site_id
            UNION
            SELECT a.service_id FROM below b
            JOIN access_points a ON a.tenant_id = \(tenant) AND a.router_id = b.router_id)
        """
    }

    /// The services that lose their connection with a site.
    package func servicesBelow(_ site: Site.ID) async throws(DatabaseError) -> [Service.ID] {
        let rows: [HangingService] = try await rows(
            """
            WITH RECURSIVE \(sitesBelow("\([site])")), \(servicesHanging)
            SELECT v.service_id FROM hanging h
            JOIN services v ON v.tenant_id = \(tenant) AND v.service_id = h.service_id
            WHERE v.state <> 'cancelled' ORDER BY v.service_id
            """)
        return rows.map(\.id)
    }
}

private struct HangingService: RowReadable {
    let id: Service.ID

    init(row: Row) throws(DatabaseError) { id = try row.read("service_id") }
}
