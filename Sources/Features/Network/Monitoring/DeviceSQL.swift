import Identifiers
import Nouns
import Postgres
import Routers
import Search
import Time

extension TenantDatabase {
    private var deviceColumns: SQL {
        """
        d.device_id, d.number, d.name, d.kind, d.method, coalesce(d.address, r.address, '') AS address, d.port,
        d.community IS NOT NULL AS has_community, d.snmp_user, d.router_id, d.upstream_id, d.zone_id, d.is_watched
        """
    }

    private var stateColumns: SQL {
        """
        t.state, t.failed_polls, t.failed_at, t.since, t.polled_at, t.answered_at, t.latency, t.latency_by,
        t.answered_by, t.trouble, t.identity, t.model, t.uptime, t.counters
        """
    }

    private var devicesInState: SQL {
        """
        FROM devices d
        LEFT JOIN routers r ON r.tenant_id = d.tenant_id AND r.router_id = d.router_id
        LEFT JOIN device_states t ON t.tenant_id = d.tenant_id AND t.device_id = d.device_id
        """
    }

    package func device(_ id: Device.ID, locked: Bool = false) async throws(DatabaseError) -> Device? {
        try await first(
            """
            SELECT \(deviceColumns) \(devicesInState)
            WHERE d.tenant_id = \(tenant) AND d.device_id = \(id) \(locked ? .forUpdate(of: "d") : .nothing)
            """)
    }

    package func deviceState(_ id: Device.ID) async throws(DatabaseError) -> DeviceState? {
        try await first(
            "SELECT \(stateColumns) FROM device_states t WHERE t.tenant_id = \(tenant) AND t.device_id = \(id)")
    }

    /// In order of number.
    package func devices(after number: Int = 0, limit: Int = 100_000) async throws(DatabaseError) -> [DeviceInState] {
        try await rows(
            """
            SELECT \(deviceColumns), \(stateColumns) \(devicesInState)
            WHERE d.tenant_id = \(tenant) AND d.number > \(number) ORDER BY d.number LIMIT \(limit)
            """)
    }

    /// The devices that hang on this one.
    package func devices(below id: Device.ID, limit: Int) async throws(DatabaseError) -> [DeviceInState] {
        try await rows(
            """
            SELECT \(deviceColumns), \(stateColumns) \(devicesInState)
            WHERE d.tenant_id = \(tenant) AND d.upstream_id = \(id)
            ORDER BY d.name COLLATE "und-x-icu", d.device_id LIMIT \(limit)
            """)
    }

    func deviceRows(_ query: ListQuery<DeviceInState>) -> SQL {
        """
        SELECT \(deviceColumns), \(stateColumns) \(devicesInState)
        WHERE \(deviceConditions(query)) \(query.position) \(query.sorting)
        """
    }

    func countedDevices(_ query: ListQuery<DeviceInState>) -> SQL {
        "\(devicesInState) WHERE \(deviceConditions(query))"
    }

    /// Searches names and addresses.
    private func deviceConditions(_ query: ListQuery<DeviceInState>) -> SQL {
        let found = SearchText.condition(query.text, in: "d.name || ' ' || coalesce(d.address, r.address, '')")
        return "d.tenant_id = \(tenant) \(query.restriction) \(found)"
    }

    /// What others may hang on, by name.
    func possibleUpstreams(of id: Device.ID) async throws(DatabaseError) -> [DeviceName] {
        try await rows(
            """
            SELECT device_id, name FROM devices
            WHERE tenant_id = \(tenant) AND device_id <> \(id) AND kind NOT IN ('cpe', 'ups')
            ORDER BY name COLLATE "und-x-icu", device_id LIMIT 2000
            """)
    }

    /// Whether a device hangs on another, directly or by others between them.
    func hangs(_ id: Device.ID, on other: Device.ID) async throws(DatabaseError) -> Bool {
        try await value(
            """
            WITH RECURSIVE above AS (
                SELECT upstream_id FROM devices WHERE tenant_id = \(tenant) AND device_id = \(id)
                UNION
                SELECT d.upstream_id FROM above JOIN devices d
                ON d.tenant_id = \(tenant) AND d.device_id = above.upstream_id)
            SELECT EXISTS (SELECT FROM above WHERE upstream_id = \(other))
            """) ?? false
    }

    func takeDeviceNumber() async throws(DatabaseError) -> Int {
        try await value(
            """
            INSERT INTO counters (tenant_id, name, last) VALUES (\(tenant), 'device', 1)
            ON CONFLICT (tenant_id, name) DO UPDATE SET last = counters.last + 1 RETURNING last
            """) ?? 1
    }

    func insert(_ device: Device, community: [UInt8]?, at now: Instant) async throws(DatabaseError) {
        try await execute(
            """
            INSERT INTO devices (
                tenant_id, device_id, number, name, kind, method, address, port, community, snmp_user, router_id,
                upstream_id, zone_id, is_watched, made_at)
            VALUES (
                \(tenant), \(device.id), \(device.number), \(device.name), \(device.kind.rawValue),
                \(device.method.rawValue), \(device.storedAddress), \(Int32(device.port)), \(community), \(device.snmpUser),
                \(device.router), \(device.upstream), \(device.zone), \(device.isWatched), \(now))
            """)
    }

    /// Erases what is kept to ask it with where it has none.
    func update(_ device: Device, community: [UInt8]?) async throws(DatabaseError) {
        let secret: SQL =
            if let community { ", community = \(community)" } else if !device.hasCommunity { ", community = NULL" } else
            {
                .nothing
            }
        try await execute(
            """
            UPDATE devices SET name = \(device.name), kind = \(device.kind.rawValue), method = \(device.method.rawValue),
                address = \(device.storedAddress), port = \(Int32(device.port)), upstream_id = \(device.upstream),
                zone_id = \(device.zone), is_watched = \(device.isWatched), snmp_user = \(device.snmpUser) \(secret)
            WHERE tenant_id = \(tenant) AND device_id = \(device.id)
            """)
    }

    func communities() async throws(DatabaseError) -> [SealedCommunity] {
        try await rows(
            """
            SELECT device_id, community FROM devices
            WHERE tenant_id = \(tenant) AND method IN ('snmp', 'snmp3', 'snmp3_sha1') AND community IS NOT NULL AND is_watched
            """)
    }

    func community(of id: Device.ID) async throws(DatabaseError) -> [UInt8]? {
        try await value("SELECT community FROM devices WHERE tenant_id = \(tenant) AND device_id = \(id)")
    }

    /// What hung on it hangs on nothing from now on.
    func delete(_ id: Device.ID) async throws(DatabaseError) {
        _ = try await batch([
            "UPDATE devices SET upstream_id = NULL WHERE tenant_id = \(tenant) AND upstream_id = \(id)",
            "DELETE FROM devices WHERE tenant_id = \(tenant) AND device_id = \(id)",
        ])
    }

    func device(of router: Router.ID) async throws(DatabaseError) -> Device? {
        try await first(
            "SELECT \(deviceColumns) \(devicesInState) WHERE d.tenant_id = \(tenant) AND d.router_id = \(router)")
    }

    /// Forgets what was shown of it, at another address.
    func forgetState(of id: Device.ID) async throws(DatabaseError) {
        try await execute("DELETE FROM device_states WHERE tenant_id = \(tenant) AND device_id = \(id)")
    }

    func put(_ states: [(id: Device.ID, state: DeviceState)]) async throws(DatabaseError) {
        let known = states.filter { $0.state.since != nil && $0.state.polledAt != nil }
        guard !known.isEmpty else { return }
        try await execute(
            """
            INSERT INTO device_states AS t (
                tenant_id, device_id, state, failed_polls, failed_at, since, polled_at, answered_at, latency,
                latency_by, answered_by, trouble, identity, model, uptime, counters)
            SELECT \(tenant), n.device_id, n.state, n.failed, n.failed_at, n.since, n.polled_at, n.answered_at,
                n.latency, n.latency_by, n.answered_by, n.trouble, n.identity, n.model, n.uptime, n.counters
            FROM unnest(
                \(known.map(\.id)), \(known.map(\.state.standing.rawValue)),
                \(known.map { Int32(clamping: $0.state.failedPolls) }), \(known.map(\.state.failedAt)),
                \(known.map(\.state.since)), \(known.map(\.state.polledAt)), \(known.map(\.state.answeredAt)),
                \(known.map(\.state.latency)), \(known.map(\.state.latencyBy)),
                \(known.map(\.state.answeredBy)), \(known.map(\.state.trouble)),
                \(known.map(\.state.identity)), \(known.map(\.state.model)), \(known.map(\.state.uptime)),
                \(known.map(\.state.counters))
            ) n(
                device_id, state, failed, failed_at, since, polled_at, answered_at, latency, latency_by, answered_by,
                trouble, identity, model, uptime, counters)
            JOIN devices d ON d.tenant_id = \(tenant) AND d.device_id = n.device_id
            ON CONFLICT (tenant_id, device_id) DO UPDATE
            SET state = excluded.state, failed_polls = excluded.failed_polls, failed_at = excluded.failed_at,
                since = excluded.since, polled_at = excluded.polled_at, answered_at = excluded.answered_at,
                latency = excluded.latency, latency_by = excluded.latency_by,
                answered_by = excluded.answered_by, trouble = excluded.trouble,
                identity = excluded.identity, model = excluded.model, uptime = excluded.uptime,
                counters = excluded.counters
            """)
    }

    package func monitorSwitch() async throws(DatabaseError) -> MonitorSwitch {
        try await first(
            "SELECT is_on, changed_at, changed_by FROM monitor_switches WHERE tenant_id = \(tenant)") ?? MonitorSwitch()
    }

    func put(_ setting: MonitorSwitch) async throws(DatabaseError) {
        try await execute(
            """
            INSERT INTO monitor_switches (tenant_id, is_on, changed_at, changed_by)
            VALUES (\(tenant), \(setting.isOn), \(setting.changedAt), \(setting.changedBy))
            ON CONFLICT (tenant_id) DO UPDATE
            SET is_on = excluded.is_on, changed_at = excluded.changed_at, changed_by = excluded.changed_by
            """)
    }
}

struct SealedCommunity: RowReadable {
    let id: Device.ID
    let community: [UInt8]

    init(row: Row) throws(DatabaseError) {
        id = try row.read("device_id")
        community = try row.read("community")
    }
}

/// A device's name, to choose it by.
struct DeviceName: RowReadable {
    let id: Device.ID
    let name: String

    init(row: Row) throws(DatabaseError) {
        id = try row.read("device_id")
        name = try row.read("name")
    }
}

/// The company's switch of all polls.
package struct MonitorSwitch: Sendable, Equatable {
    package internal(set) var isOn = true
    package internal(set) var changedAt: Instant?
    package internal(set) var changedBy = ""
}

extension MonitorSwitch: RowReadable {
    package init(row: Row) throws(DatabaseError) {
        isOn = try row.read("is_on")
        changedAt = try row.read("changed_at")
        changedBy = try row.read("changed_by")
    }
}

extension Device {
    fileprivate var storedAddress: String? { router == nil ? address : nil }
}

extension Device: RowReadable {
    package init(row: Row) throws(DatabaseError) {
        self.init(id: try row.read("device_id"))
        number = try row.read("number")
        name = try row.read("name")
        kind = try row.word("kind")
        method = try row.word("method")
        address = try row.read("address")
        let port: Int32 = try row.read("port")
        self.port = Int(port)
        hasCommunity = try row.read("has_community")
        snmpUser = try row.read("snmp_user")
        router = try row.read("router_id")
        upstream = try row.read("upstream_id")
        zone = try row.read("zone_id")
        isWatched = try row.read("is_watched")
    }
}

extension DeviceState: RowReadable {
    package init(row: Row) throws(DatabaseError) {
        let state: String? = try row.read("state")
        guard let state else { return }
        standing = Standing(rawValue: state) ?? .unknown
        let failed: Int32 = try row.read("failed_polls")
        failedPolls = Int(failed)
        failedAt = try row.read("failed_at")
        since = try row.read("since")
        polledAt = try row.read("polled_at")
        answeredAt = try row.read("answered_at")
        latency = try row.read("latency")
        latencyBy = try row.read("latency_by")
        answeredBy = try row.read("answered_by")
        trouble = try row.read("trouble")
        identity = try row.read("identity")
        model = try row.read("model")
        uptime = try row.read("uptime")
        counters = try row.read("counters")
    }
}

extension DeviceInState: RowReadable {
    package init(row: Row) throws(DatabaseError) {
        device = try Device(row: row)
        state = try DeviceState(row: row)
    }
}
