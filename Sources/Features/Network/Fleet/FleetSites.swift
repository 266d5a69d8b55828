import FleetProtocol
import Identifiers
import Postgres
import Time

/// A place of UISP's tree, with how many devices stand there.
struct FleetSite: Sendable, RowReadable {
    let uid: String
    let name: String
    let kind: ControlledSite.Kind
    let parent: String
    let client: String
    let isSuspended: Bool
    let devices: Int

    init(row: Row) throws(DatabaseError) {
        uid = try row.read("uid")
        name = try row.read("name")
        kind = try row.word("kind")
        parent = try row.read("parent_uid")
        client = try row.read("client")
        isSuspended = try row.read("is_suspended")
        devices = try row.read("devices")
    }
}

struct FleetOutage: Sendable, RowReadable {
    let name: String
    let device: FleetDevice.ID?
    let startedAt: Instant
    let endedAt: Instant?

    init(row: Row) throws(DatabaseError) {
        name = try row.read("name")
        device = try row.read("device_id")
        startedAt = try row.read("started_at")
        endedAt = try row.read("ended_at")
    }
}

extension TenantDatabase {
    private func siteSelection(_ condition: SQL) -> SQL {
        """
        SELECT t.uid, t.name, t.kind, t.parent_uid, t.client, t.is_suspended, coalesce(n.devices, 0) AS devices
        FROM fleet_sites t
        LEFT JOIN (
            SELECT controller_id, site_uid, count(*) AS devices FROM fleet_devices
            WHERE tenant_id = \(tenant) AND standing <> 'vanished' GROUP BY controller_id, site_uid
        ) n ON n.controller_id = t.controller_id AND n.site_uid = t.uid
        WHERE t.tenant_id = \(tenant) \(condition)
        """
    }

    func fleetSites(of controller: Controller.ID? = nil) async throws(DatabaseError) -> [FleetSite] {
        let condition: SQL = controller.map { "AND t.controller_id = \($0)" } ?? .nothing
        return try await rows(
            "\(siteSelection(condition)) ORDER BY t.kind DESC, t.name COLLATE \"und-x-icu\", t.uid LIMIT 50000")
    }

    func fleetSite(_ uid: String, of controller: Controller.ID) async throws(DatabaseError) -> FleetSite? {
        try await first(siteSelection("AND t.controller_id = \(controller) AND t.uid = \(uid)"))
    }

    func keptSites(of controller: Controller.ID) async throws(DatabaseError) -> [KeptSite] {
        try await rows(
            """
            SELECT uid, name, kind, parent_uid, client, is_suspended FROM fleet_sites
            WHERE tenant_id = \(tenant) AND controller_id = \(controller)
            """)
    }

    func put(_ sites: [ControlledSite], of controller: Controller.ID) async throws(DatabaseError) {
        try await execute(
            """
            INSERT INTO fleet_sites (tenant_id, controller_id, uid, name, kind, parent_uid, client, is_suspended)
            SELECT \(tenant), \(controller), n.uid, n.name, n.kind, n.parent_uid, n.client, n.is_suspended
            FROM unnest(
                \(sites.map(\.id)), \(sites.map(\.name)), \(sites.map(\.kind.rawValue)), \(sites.map(\.parent)),
                \(sites.map(\.client)), \(sites.map(\.isSuspended))
            ) n(uid, name, kind, parent_uid, client, is_suspended)
            ON CONFLICT (tenant_id, controller_id, uid) DO UPDATE
            SET name = excluded.name, kind = excluded.kind, parent_uid = excluded.parent_uid, client = excluded.client,
                is_suspended = excluded.is_suspended
            """)
    }

    func remove(sites: [String], of controller: Controller.ID) async throws(DatabaseError) {
        try await execute(
            """
            DELETE FROM fleet_sites
            WHERE tenant_id = \(tenant) AND controller_id = \(controller) AND uid = ANY (\(sites))
            """)
    }

    /// Those under way first, then the latest.
    func fleetOutages(limit: Int) async throws(DatabaseError) -> [FleetOutage] {
        try await rows(
            """
            SELECT o.name, d.device_id, o.started_at, o.ended_at FROM fleet_outages o
            LEFT JOIN fleet_devices d ON d.tenant_id = o.tenant_id AND d.controller_id = o.controller_id
                AND d.uid = o.device_uid
            WHERE o.tenant_id = \(tenant) ORDER BY o.ended_at IS NOT NULL, o.started_at DESC, o.uid LIMIT \(limit)
            """)
    }

    func put(_ outages: [ControlledOutage], of controller: Controller.ID) async throws(DatabaseError) {
        try await execute(
            """
            INSERT INTO fleet_outages AS o (tenant_id, controller_id, uid, device_uid, name, started_at, ended_at)
            SELECT \(tenant), \(controller), n.uid, n.device_uid, n.name, n.started_at, n.ended_at
            FROM unnest(
                \(outages.map(\.id)), \(outages.map(\.device)), \(outages.map(\.name)), \(outages.map(\.startedAt)),
                \(outages.map(\.endedAt))
            ) n(uid, device_uid, name, started_at, ended_at)
            ON CONFLICT (tenant_id, controller_id, uid) DO UPDATE SET ended_at = excluded.ended_at
            WHERE o.ended_at IS DISTINCT FROM excluded.ended_at
            """)
    }

    func dropOldOutages(before moment: Instant) async throws(DatabaseError) {
        try await execute("DELETE FROM fleet_outages WHERE tenant_id = \(tenant) AND ended_at < \(moment)")
    }

    func noteAuthorized(
        _ id: FleetDevice.ID, into site: String, of controller: Controller.ID
    ) async throws(DatabaseError) {
        try await execute(
            """
            UPDATE fleet_devices SET is_authorized = true, site_uid = \(site), site_name = coalesce((
                SELECT s.name FROM fleet_sites s
                WHERE s.tenant_id = \(tenant) AND s.controller_id = \(controller) AND s.uid = \(site)), '')
            WHERE tenant_id = \(tenant) AND device_id = \(id)
            """)
    }
}

struct KeptSite: RowReadable {
    let site: ControlledSite

    init(row: Row) throws(DatabaseError) {
        site = ControlledSite(
            id: try row.read("uid"), name: try row.read("name"), kind: try row.word("kind"),
            parent: try row.read("parent_uid"), client: try row.read("client"),
            isSuspended: try row.read("is_suspended"))
    }
}
