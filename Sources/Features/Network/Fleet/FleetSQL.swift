import FleetProtocol
import Identifiers
import Nouns
import Postgres
import Search
import Services
import Time

extension TenantDatabase {
    private var controllerColumns: SQL {
        """
        c.controller_id, c.number, c.name, c.address, c.fingerprint, c.ssids, c.is_on, c.health, c.version, c.trouble,
        c.trouble_detail, c.asked_at, c.synced_at, c.sync_milliseconds
        """
    }

    package func controllers(
        after number: Int = 0, limit: Int = 1000
    ) async throws(DatabaseError) -> [Controller] {
        try await rows(
            """
            SELECT \(controllerColumns) FROM fleet_controllers c
            WHERE c.tenant_id = \(tenant) AND c.number > \(number) ORDER BY c.number LIMIT \(limit)
            """)
    }

    package func controller(_ id: Controller.ID, locked: Bool = false) async throws(DatabaseError) -> Controller? {
        try await first(
            """
            SELECT \(controllerColumns) FROM fleet_controllers c
            WHERE c.tenant_id = \(tenant) AND c.controller_id = \(id) \(locked ? .forUpdate(of: "c") : .nothing)
            """)
    }

    func controllerRows(_ query: ListQuery<ControllerInUse>) -> SQL {
        """
        SELECT \(controllerColumns), (
            SELECT count(*) FROM fleet_devices d
            WHERE d.tenant_id = \(tenant) AND d.controller_id = c.controller_id) AS devices
        FROM fleet_controllers c
        WHERE c.tenant_id = \(tenant) \(query.restriction) \(query.position) \(query.sorting)
        """
    }

    func countedControllers(_ query: ListQuery<ControllerInUse>) -> SQL {
        "FROM fleet_controllers c WHERE c.tenant_id = \(tenant) \(query.restriction)"
    }

    func sealedToken(of id: Controller.ID) async throws(DatabaseError) -> [UInt8]? {
        try await value("SELECT token FROM fleet_controllers WHERE tenant_id = \(tenant) AND controller_id = \(id)")
    }

    /// The first of so many numbers in a row.
    func takeFleetNumbers(_ count: Int, of counter: String) async throws(DatabaseError) -> Int {
        let last: Int =
            try await value(
                """
                INSERT INTO counters (tenant_id, name, last) VALUES (\(tenant), \(counter), \(count))
                ON CONFLICT (tenant_id, name) DO UPDATE SET last = counters.last + \(count) RETURNING last
                """) ?? count
        return last - count + 1
    }

    func insert(_ controller: Controller, token: [UInt8], at now: Instant) async throws(DatabaseError) {
        try await execute(
            """
            INSERT INTO fleet_controllers (
                tenant_id, controller_id, number, name, address, token, fingerprint, ssids, is_on, made_at)
            VALUES (
                \(tenant), \(controller.id), \(controller.number), \(controller.name), \(controller.address), \(token),
                \(controller.fingerprint), \(controller.ssids), \(controller.isOn), \(now))
            """)
    }

    func update(_ controller: Controller, token: [UInt8]?) async throws(DatabaseError) {
        let secret: SQL = token.map { ", token = \($0)" } ?? .nothing
        try await execute(
            """
            UPDATE fleet_controllers SET name = \(controller.name), address = \(controller.address),
                fingerprint = \(controller.fingerprint), ssids = \(controller.ssids), is_on = \(controller.isOn) \(secret)
            WHERE tenant_id = \(tenant) AND controller_id = \(controller.id)
            """)
    }

    func delete(_ id: Controller.ID) async throws(DatabaseError) {
        try await execute("DELETE FROM fleet_controllers WHERE tenant_id = \(tenant) AND controller_id = \(id)")
    }

    func noteAnswer(of id: Controller.ID, version: String?, at now: Instant) async throws(DatabaseError) {
        let told: SQL = version.map { ", version = \(String($0.prefix(200)))" } ?? .nothing
        try await execute(
            """
            UPDATE fleet_controllers SET health = 'up', trouble = '', trouble_detail = '', asked_at = \(now) \(told)
            WHERE tenant_id = \(tenant) AND controller_id = \(id)
            """)
    }

    func note(_ failure: FleetFailure, of id: Controller.ID, at now: Instant) async throws(DatabaseError) {
        try await execute(
            """
            UPDATE fleet_controllers SET health = 'down', trouble = \(failure.word),
                trouble_detail = \(String(failure.detail.prefix(300))), asked_at = \(now)
            WHERE tenant_id = \(tenant) AND controller_id = \(id)
            """)
    }

    func noteSync(
        of id: Controller.ID, taking milliseconds: Int, at now: Instant
    ) async throws(DatabaseError) {
        try await execute(
            """
            UPDATE fleet_controllers SET synced_at = \(now), sync_milliseconds = \(milliseconds)
            WHERE tenant_id = \(tenant) AND controller_id = \(id)
            """)
    }
}

// Devices.
extension TenantDatabase {
    private var fleetColumns: SQL {
        """
        d.device_id, d.number, d.controller_id, d.uid, d.mac, d.name, d.model, d.role, d.firmware, d.standing,
        d.is_authorized, d.address, d.ssid, d.site_uid, d.site_name, d.signal, d.fails_decryption, d.seen_at, d.since,
        d.twin_id, d.closed_reason, d.closed_by, l.service_id, coalesce(u.name, '') AS customer,
        \(FleetDevice.workExpression) AS work
        """
    }

    private var fleet: SQL {
        """
        FROM fleet_devices d
        LEFT JOIN fleet_links l ON l.tenant_id = d.tenant_id AND l.device_id = d.device_id
        LEFT JOIN services s ON s.tenant_id = l.tenant_id AND s.service_id = l.service_id
        LEFT JOIN customers u ON u.tenant_id = s.tenant_id AND u.customer_id = s.customer_id
        """
    }

    package func fleetDevice(_ id: FleetDevice.ID, locked: Bool = false) async throws(DatabaseError) -> FleetDevice? {
        try await first(
            """
            SELECT \(fleetColumns) \(fleet)
            WHERE d.tenant_id = \(tenant) AND d.device_id = \(id) \(locked ? .forUpdate(of: "d") : .nothing)
            """)
    }

    package func fleetDevices(_ ids: [FleetDevice.ID]) async throws(DatabaseError) -> [FleetDevice] {
        try await rows(
            """
            SELECT \(fleetColumns) \(fleet)
            WHERE d.tenant_id = \(tenant) AND d.device_id = ANY (\(ids)) ORDER BY d.number
            """)
    }

    package func fleetDevices(after number: Int = 0, limit: Int = 100_000) async throws(DatabaseError) -> [FleetDevice]
    {
        try await rows(
            """
            SELECT \(fleetColumns) \(fleet)
            WHERE d.tenant_id = \(tenant) AND d.number > \(number) ORDER BY d.number LIMIT \(limit)
            """)
    }

    func fleetRows(_ query: ListQuery<FleetDevice>) -> SQL {
        """
        SELECT \(fleetColumns) \(fleet)
        WHERE \(fleetConditions(query)) \(query.position) \(query.sorting)
        """
    }

    func countedFleet(_ query: ListQuery<FleetDevice>) -> SQL {
        "FROM fleet_devices d WHERE \(fleetConditions(query))"
    }

    /// Searches names, MAC and IP addresses.
    private func fleetConditions(_ query: ListQuery<FleetDevice>) -> SQL {
        let found = SearchText.condition(
            query.text, in: "d.name || ' ' || replace(d.mac, ':', ' ') || ' ' || d.mac || ' ' || d.address")
        return "d.tenant_id = \(tenant) \(query.restriction) \(found)"
    }

    func fleetTotals() async throws(DatabaseError) -> [FleetTotal] {
        try await rows(
            """
            SELECT d.standing, count(*) AS count,
                count(*) FILTER (WHERE \(FleetDevice.workExpression) = 'open') AS open,
                count(*) FILTER (WHERE d.twin_id IS NOT NULL) AS twins
            FROM fleet_devices d WHERE d.tenant_id = \(tenant) GROUP BY d.standing
            """)
    }

    func keptDevices(of controller: Controller.ID) async throws(DatabaseError) -> [KeptDevice] {
        try await rows(
            """
            SELECT device_id, number, uid, mac, name, model, role, firmware, status, standing, is_authorized, address, ssid,
                site_uid, site_name, signal, fails_decryption, seen_at
            FROM fleet_devices WHERE tenant_id = \(tenant) AND controller_id = \(controller)
            """)
    }

    /// Adds and changes devices; a standing that stays keeps its beginning.
    func put(
        _ devices: ArraySlice<KeptDevice>, of controller: Controller.ID, at now: Instant
    ) async throws(DatabaseError) {
        try await execute(
            """
            INSERT INTO fleet_devices AS d (
                tenant_id, device_id, controller_id, number, uid, mac, name, model, role, firmware, status, standing,
                is_authorized, address, ssid, site_uid, site_name, signal, fails_decryption, seen_at, since, made_at)
            SELECT \(tenant), n.device_id, \(controller), n.number, n.uid, n.mac, n.name, n.model, n.role,
                n.firmware, n.status, n.standing, n.is_authorized, n.address, n.ssid, n.site_uid, n.site_name, n.signal,
                n.fails_decryption, n.seen_at, \(now), \(now)
            FROM unnest(
                \(devices.map(\.id)), \(devices.map(\.number)), \(devices.map(\.device.id)), \(devices.map(\.device.mac)),
                \(devices.map(\.device.name)), \(devices.map(\.device.model)), \(devices.map(\.device.role)),
                \(devices.map(\.device.firmware)), \(devices.map(\.device.status)),
                \(devices.map(\.standing.rawValue)), \(devices.map(\.device.isAuthorized)),
                \(devices.map(\.device.address)), \(devices.map(\.device.ssid)), \(devices.map(\.device.site)),
                \(devices.map(\.device.siteName)), \(devices.map(\.device.signal)),
                \(devices.map(\.device.failsDecryption)), \(devices.map(\.device.lastSeenAt))
            ) n(
                device_id, number, uid, mac, name, model, role, firmware, status, standing, is_authorized, address, ssid,
                site_uid, site_name, signal, fails_decryption, seen_at)
            ON CONFLICT (tenant_id, controller_id, uid) DO UPDATE
            SET mac = excluded.mac, name = excluded.name, model = excluded.model, role = excluded.role,
                firmware = excluded.firmware, status = excluded.status, standing = excluded.standing,
                is_authorized = excluded.is_authorized, address = excluded.address, ssid = excluded.ssid,
                site_uid = excluded.site_uid, site_name = excluded.site_name, signal = excluded.signal,
                fails_decryption = excluded.fails_decryption, seen_at = excluded.seen_at,
                since = CASE WHEN d.standing = excluded.standing THEN d.since ELSE excluded.since END
            """)
    }

    func vanish(_ devices: [FleetDevice.ID], at now: Instant) async throws(DatabaseError) {
        try await execute(
            """
            UPDATE fleet_devices SET standing = 'vanished', since = \(now), twin_id = NULL
            WHERE tenant_id = \(tenant) AND device_id = ANY (\(devices))
            """)
    }

    /// Finds the disconnected devices whose MAC address or name a live one has.
    func findTwins() async throws(DatabaseError) {
        try await execute(
            """
            WITH live AS (
                SELECT device_id, mac, name, number FROM fleet_devices WHERE tenant_id = \(tenant) AND standing = 'up'
            ), dead AS (
                SELECT device_id, mac, name FROM fleet_devices
                WHERE tenant_id = \(tenant) AND standing IN ('down', 'unknown', 'vanished')
            ), twins AS (
                SELECT device_id, (array_agg(twin ORDER BY number))[1] AS twin FROM (
                    SELECT d.device_id, v.device_id AS twin, v.number FROM dead d JOIN live v ON v.mac = d.mac WHERE d.mac <> ''
                    UNION
                    SELECT d.device_id, v.device_id, v.number FROM dead d JOIN live v ON v.name = d.name WHERE d.name <> ''
                ) pairs GROUP BY device_id
            )
            UPDATE fleet_devices f SET twin_id = x.twin
            FROM (
                SELECT d.device_id, t.twin FROM fleet_devices d LEFT JOIN twins t ON t.device_id = d.device_id
                WHERE d.tenant_id = \(tenant) AND d.twin_id IS DISTINCT FROM t.twin
            ) x
            WHERE f.tenant_id = \(tenant) AND f.device_id = x.device_id
            """)
    }

    func close(
        _ id: FleetDevice.ID, because reason: String, by name: String
    ) async throws(DatabaseError) {
        try await execute(
            """
            UPDATE fleet_devices SET closed_since = since, closed_reason = \(reason), closed_by = \(name)
            WHERE tenant_id = \(tenant) AND device_id = \(id)
            """)
    }

    func delete(_ ids: [FleetDevice.ID]) async throws(DatabaseError) {
        try await execute("DELETE FROM fleet_devices WHERE tenant_id = \(tenant) AND device_id = ANY (\(ids))")
    }

    func link(
        _ service: Service.ID, to device: FleetDevice.ID, by evidence: LinkEvidence, proof: String, at now: Instant
    ) async throws(DatabaseError) {
        _ = try await batch([
            """
            DELETE FROM fleet_links
            WHERE tenant_id = \(tenant) AND (service_id = \(service) OR device_id = \(device))
            """,
            """
            INSERT INTO fleet_links (tenant_id, service_id, device_id, evidence, proof, made_at)
            VALUES (\(tenant), \(service), \(device), \(evidence.rawValue), \(String(proof.prefix(300))), \(now))
            """,
        ])
    }

    func fleetLink(of device: FleetDevice.ID) async throws(DatabaseError) -> FleetLink? {
        try await first(
            """
            SELECT service_id, device_id, evidence, proof FROM fleet_links
            WHERE tenant_id = \(tenant) AND device_id = \(device)
            """)
    }
}

struct FleetTotal: Sendable, RowReadable {
    let standing: FleetDevice.Standing
    let count: Int
    let open: Int
    let twins: Int

    init(row: Row) throws(DatabaseError) {
        standing = try row.word("standing")
        count = try row.read("count")
        open = try row.read("open")
        twins = try row.read("twins")
    }
}

/// A device as it is stored, to be compared with what its controller lists.
struct KeptDevice: Sendable, RowReadable {
    let id: FleetDevice.ID
    var number: Int
    let device: ControlledDevice
    let standing: FleetDevice.Standing

    init(_ id: FleetDevice.ID, _ number: Int, _ device: ControlledDevice, _ standing: FleetDevice.Standing) {
        (self.id, self.number, self.device, self.standing) = (id, number, device, standing)
    }

    init(row: Row) throws(DatabaseError) {
        id = try row.read("device_id")
        number = try row.read("number")
        standing = try row.word("standing")
        var device = ControlledDevice(id: try row.read("uid"))
        device.mac = try row.read("mac")
        device.name = try row.read("name")
        device.model = try row.read("model")
        device.role = try row.read("role")
        device.firmware = try row.read("firmware")
        device.status = try row.read("status")
        device.isAuthorized = try row.read("is_authorized")
        device.address = try row.read("address")
        device.ssid = try row.read("ssid")
        device.site = try row.read("site_uid")
        device.siteName = try row.read("site_name")
        device.signal = try row.read("signal")
        device.failsDecryption = try row.read("fails_decryption")
        device.lastSeenAt = try row.read("seen_at")
        self.device = device
    }
}
