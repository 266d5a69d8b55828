import Access
import FibreProtocol
import Identifiers
import Locale
import Nouns
import Postgres
import Search
import Services
import Time

// OLTs and templates.
extension TenantDatabase {
    private var oltColumns: SQL {
        """
        o.olt_id, o.number, o.name, o.vendor, o.firmware, o.address, o.port, o.login, o.ports, o.weak_power, o.zone_id,
        o.mode, o.health, o.model, o.version, o.seen_at, o.trouble, o.failures, o.rests_until, o.compared_at,
        o.compared_in, o.emptied_at
        """
    }

    package func olt(_ id: OLT.ID, locked: Bool = false) async throws(DatabaseError) -> OLT? {
        try await first(
            """
            SELECT \(oltColumns) FROM olts o
            WHERE o.tenant_id = \(tenant) AND o.olt_id = \(id) \(locked ? .forUpdate(of: "o") : .nothing)
            """)
    }

    package func oltHealth(_ id: OLT.ID) async throws(DatabaseError) -> OLTHealth? {
        try await first("SELECT \(oltColumns) FROM olts o WHERE o.tenant_id = \(tenant) AND o.olt_id = \(id)")
    }

    package func olts() async throws(DatabaseError) -> [OLT] {
        try await rows(
            """
            SELECT \(oltColumns) FROM olts o WHERE o.tenant_id = \(tenant)
            ORDER BY o.name COLLATE "und-x-icu", o.olt_id
            """)
    }

    func olts(after number: Int, limit: Int) async throws(DatabaseError) -> [OLT] {
        try await rows(
            """
            SELECT \(oltColumns) FROM olts o WHERE o.tenant_id = \(tenant) AND o.number > \(number)
            ORDER BY o.number LIMIT \(limit)
            """)
    }

    func oltUses(_ query: ListQuery<OLTUse>) -> SQL {
        """
        SELECT \(oltColumns), c.units, c.online
        FROM olts o
        CROSS JOIN LATERAL (
            SELECT count(*) AS units, count(*) FILTER (WHERE u.is_online) AS online FROM onus u
            WHERE u.tenant_id = \(tenant) AND u.olt_id = o.olt_id) c
        WHERE \(oltConditions(query)) \(query.position) \(query.sorting)
        """
    }

    func oltsCounted(_ query: ListQuery<OLTUse>) -> SQL { "FROM olts o WHERE \(oltConditions(query))" }

    private func oltConditions(_ query: ListQuery<OLTUse>) -> SQL {
        let found = SearchText.condition(query.text, in: "o.name || ' ' || o.address")
        return "o.tenant_id = \(tenant) \(query.restriction) \(found)"
    }

    func oltSecrets(_ id: OLT.ID) async throws(DatabaseError) -> OLTSecrets? {
        try await first(
            "SELECT password, enable_password FROM olts WHERE tenant_id = \(tenant) AND olt_id = \(id)")
    }

    func takeFibreNumber(_ name: String) async throws(DatabaseError) -> Int {
        try await value(
            """
            INSERT INTO counters (tenant_id, name, last) VALUES (\(tenant), \(name), 1)
            ON CONFLICT (tenant_id, name) DO UPDATE SET last = counters.last + 1 RETURNING last
            """) ?? 1
    }

    func insert(_ olt: OLT, password: [UInt8], enable: [UInt8]?, at now: Instant) async throws(DatabaseError) {
        try await execute(
            """
            INSERT INTO olts (
                tenant_id, olt_id, number, name, vendor, firmware, address, port, login, password, enable_password,
                ports, weak_power, zone_id, mode, made_at)
            VALUES (
                \(tenant), \(olt.id), \(olt.number), \(olt.name), \(olt.vendor.rawValue), \(olt.firmware),
                \(olt.address), \(Int32(olt.port)), \(olt.login), \(password), \(enable), \(olt.ports),
                \(Int32(-olt.weakPower)), \(olt.zone), \(olt.mode.rawValue), \(now))
            """)
    }

    func update(
        _ olt: OLT, password: [UInt8]?, enable: [UInt8]?, isElsewhere: Bool
    ) async throws(DatabaseError) {
        let secret: SQL = password.map { ", password = \($0)" } ?? .nothing
        // A password that was not typed anew stays with the device that it was typed for.
        let enable: SQL =
            enable.map { ", enable_password = \($0)" } ?? (isElsewhere ? ", enable_password = NULL" : .nothing)
        let health: SQL = isElsewhere ? ", health = 'unknown', trouble = '', failures = 0" : .nothing
        try await execute(
            """
            UPDATE olts SET name = \(olt.name), vendor = \(olt.vendor.rawValue), firmware = \(olt.firmware),
                address = \(olt.address), port = \(Int32(olt.port)), login = \(olt.login), ports = \(olt.ports),
                weak_power = \(Int32(-olt.weakPower)), zone_id = \(olt.zone), mode = \(olt.mode.rawValue),
                rests_until = NULL \(secret) \(enable) \(health)
            WHERE tenant_id = \(tenant) AND olt_id = \(olt.id)
            """)
    }

    /// Together with what was only seen there.
    func delete(_ id: OLT.ID) async throws(DatabaseError) {
        _ = try await batch([
            "DELETE FROM onus WHERE tenant_id = \(tenant) AND olt_id = \(id) AND service_id IS NULL",
            "DELETE FROM onu_departures WHERE tenant_id = \(tenant) AND olt_id = \(id)",
            "DELETE FROM olts WHERE tenant_id = \(tenant) AND olt_id = \(id)",
        ])
    }

    func hasONUs(_ id: OLT.ID) async throws(DatabaseError) -> Bool {
        try await value(
            """
            SELECT EXISTS (
                SELECT FROM onus WHERE tenant_id = \(tenant) AND olt_id = \(id) AND service_id IS NOT NULL)
            """) ?? false
    }

    /// Is asked again at once, though it just failed to answer.
    func wake(_ id: OLT.ID) async throws(DatabaseError) {
        try await execute(
            "UPDATE olts SET rests_until = NULL WHERE tenant_id = \(tenant) AND olt_id = \(id)")
    }

    private var templateColumns: SQL {
        """
        t.template_id, t.number, t.name, t.vendor, t.unit_type, t.line_profile, t.service_profile, t.vlan, t.gem,
        t.upload_profile, t.download_profile
        """
    }

    package func onuTemplate(_ id: ONUTemplate.ID, locked: Bool = false) async throws(DatabaseError) -> ONUTemplate? {
        try await first(
            """
            SELECT \(templateColumns) FROM onu_templates t
            WHERE t.tenant_id = \(tenant) AND t.template_id = \(id) \(locked ? .forUpdate(of: "t") : .nothing)
            """)
    }

    package func onuTemplates(after number: Int = 0, limit: Int = 1000) async throws(DatabaseError) -> [ONUTemplate] {
        try await rows(
            """
            SELECT \(templateColumns) FROM onu_templates t
            WHERE t.tenant_id = \(tenant) AND t.number > \(number) ORDER BY t.number LIMIT \(limit)
            """)
    }

    func onuTemplates(_ query: ListQuery<ONUTemplate>) -> SQL {
        """
        SELECT \(templateColumns) FROM onu_templates t
        WHERE \(templateConditions(query)) \(query.position) \(query.sorting)
        """
    }

    func onuTemplatesCounted(_ query: ListQuery<ONUTemplate>) -> SQL {
        "FROM onu_templates t WHERE \(templateConditions(query))"
    }

    private func templateConditions(_ query: ListQuery<ONUTemplate>) -> SQL {
        "t.tenant_id = \(tenant) \(query.restriction) \(SearchText.condition(query.text, in: "t.name"))"
    }

    func insert(_ template: ONUTemplate, at now: Instant) async throws(DatabaseError) {
        try await execute(
            """
            INSERT INTO onu_templates (
                tenant_id, template_id, number, name, vendor, unit_type, line_profile, service_profile, vlan, gem,
                upload_profile, download_profile, made_at)
            VALUES (
                \(tenant), \(template.id), \(template.number), \(template.name), \(template.vendor.rawValue),
                \(template.unitType), \(template.lineProfile), \(template.serviceProfile), \(Int32(template.vlan)),
                \(Int32(template.gem)), \(template.uploadProfile), \(template.downloadProfile), \(now))
            """)
    }

    func update(_ template: ONUTemplate) async throws(DatabaseError) {
        try await execute(
            """
            UPDATE onu_templates SET name = \(template.name), vendor = \(template.vendor.rawValue),
                unit_type = \(template.unitType), line_profile = \(template.lineProfile),
                service_profile = \(template.serviceProfile), vlan = \(Int32(template.vlan)),
                gem = \(Int32(template.gem)), upload_profile = \(template.uploadProfile),
                download_profile = \(template.downloadProfile)
            WHERE tenant_id = \(tenant) AND template_id = \(template.id)
            """)
    }

    func delete(_ id: ONUTemplate.ID) async throws(DatabaseError) {
        try await execute("DELETE FROM onu_templates WHERE tenant_id = \(tenant) AND template_id = \(id)")
    }

    func isUsed(_ id: ONUTemplate.ID) async throws(DatabaseError) -> Bool {
        try await value(
            "SELECT EXISTS (SELECT FROM onus WHERE tenant_id = \(tenant) AND template_id = \(id))") ?? false
    }
}

struct OLTSecrets: RowReadable {
    let password: [UInt8]
    let enable: [UInt8]?

    init(row: Row) throws(DatabaseError) {
        password = try row.read("password")
        enable = try row.read("enable_password")
    }
}

// ONUs.
extension TenantDatabase {
    private var onuColumns: SQL {
        """
        u.onu_id, u.number, u.olt_id, o.name AS olt_name, u.serial, u.port, u.place, u.description, u.service_id,
        s.number AS service_number, coalesce(c.name, '') AS customer_name, u.template_id,
        coalesce(t.name, '') AS template_name, u.revision, u.is_online, u.cause, u.received, u.returned, u.distance,
        u.since, u.seen_at, u.proved_at, \(ONU.Standing.sql) AS standing, u.trouble,
        o.vendor, o.health AS olt_health, o.mode AS olt_mode
        """
    }

    private var onuTables: SQL {
        """
        FROM onus u
        JOIN olts o ON o.tenant_id = \(tenant) AND o.olt_id = u.olt_id
        LEFT JOIN services s ON s.tenant_id = \(tenant) AND s.service_id = u.service_id
        LEFT JOIN customers c ON c.tenant_id = \(tenant) AND c.customer_id = s.customer_id
        LEFT JOIN desired_services d ON d.tenant_id = \(tenant) AND d.service_id = u.service_id
        LEFT JOIN onu_templates t ON t.tenant_id = \(tenant) AND t.template_id = u.template_id
        """
    }

    package func onu(_ id: ONU.ID) async throws(DatabaseError) -> ONU? {
        try await first("SELECT \(onuColumns) \(onuTables) WHERE u.tenant_id = \(tenant) AND u.onu_id = \(id)")
    }

    package func onu(ofService id: Service.ID) async throws(DatabaseError) -> ONU? {
        try await first("SELECT \(onuColumns) \(onuTables) WHERE u.tenant_id = \(tenant) AND u.service_id = \(id)")
    }

    package func onu(serial: String) async throws(DatabaseError) -> ONU? {
        try await first("SELECT \(onuColumns) \(onuTables) WHERE u.tenant_id = \(tenant) AND u.serial = \(serial)")
    }

    func onus(after number: Int, limit: Int) async throws(DatabaseError) -> [ONU] {
        try await rows(
            """
            SELECT \(onuColumns) \(onuTables) WHERE u.tenant_id = \(tenant) AND u.number > \(number)
            ORDER BY u.number LIMIT \(limit)
            """)
    }

    func onus(_ query: ListQuery<ONU>) -> SQL {
        "SELECT \(onuColumns) \(onuTables) WHERE \(onuConditions(query)) \(query.position) \(query.sorting)"
    }

    func onusCounted(_ query: ListQuery<ONU>) -> SQL { "\(onuTables) WHERE \(onuConditions(query))" }

    private func onuConditions(_ query: ListQuery<ONU>) -> SQL {
        let found = SearchText.condition(
            query.text, in: "u.serial || ' ' || coalesce(c.name, '') || ' ' || o.name || ' ' || u.description")
        return "u.tenant_id = \(tenant) \(query.restriction) \(found)"
    }

    /// How many ONUs are in which state on each port of an OLT.
    func portSummary(of olt: OLT.ID) async throws(DatabaseError) -> [PortSummary] {
        try await rows(
            """
            SELECT u.port, count(*) AS units, count(*) FILTER (WHERE u.is_online) AS online,
                count(*) FILTER (WHERE NOT u.is_online AND u.cause = 'no_light') AS dark,
                count(*) FILTER (WHERE u.is_online AND u.received < o.weak_power * 100) AS weak,
                count(*) FILTER (WHERE u.service_id IS NULL) AS unbound
            FROM onus u JOIN olts o ON o.tenant_id = \(tenant) AND o.olt_id = u.olt_id
            WHERE u.tenant_id = \(tenant) AND u.olt_id = \(olt)
            GROUP BY u.port ORDER BY string_to_array(u.port, '/')::int[]
            """)
    }

    func askingONUs() async throws(DatabaseError) -> [AskingONU] {
        try await rows(
            """
            SELECT f.olt_id, o.name AS olt_name, f.serial, f.port, f.model, f.found_at FROM found_onus f
            JOIN olts o ON o.tenant_id = \(tenant) AND o.olt_id = f.olt_id
            WHERE f.tenant_id = \(tenant) ORDER BY f.found_at DESC, f.serial LIMIT 200
            """)
    }

    func askingONU(_ serial: String) async throws(DatabaseError) -> AskingONU? {
        try await first(
            """
            SELECT f.olt_id, o.name AS olt_name, f.serial, f.port, f.model, f.found_at FROM found_onus f
            JOIN olts o ON o.tenant_id = \(tenant) AND o.olt_id = f.olt_id
            WHERE f.tenant_id = \(tenant) AND f.serial = \(serial) ORDER BY f.found_at DESC LIMIT 1
            """)
    }

    /// Services that may be given an ONU: those that await their installation first.
    func servicesWithoutONU(besides service: Service.ID?, limit: Int) async throws(DatabaseError) -> [ServiceWithoutONU]
    {
        let kept: SQL = service.map { "OR s.service_id = \($0)" } ?? .nothing
        return try await rows(
            """
            SELECT s.service_id, s.number, c.name AS customer_name, p.name AS plan_name FROM services s
            JOIN customers c ON c.tenant_id = \(tenant) AND c.customer_id = s.customer_id
            JOIN desired_services d ON d.tenant_id = \(tenant) AND d.service_id = s.service_id
            JOIN plans p ON p.tenant_id = \(tenant) AND p.plan_id = d.plan_id
            WHERE s.tenant_id = \(tenant) AND s.state <> 'cancelled' AND (NOT EXISTS (
                SELECT FROM onus u WHERE u.tenant_id = \(tenant) AND u.service_id = s.service_id) \(kept))
            ORDER BY s.state <> 'pending', s.number DESC LIMIT \(limit)
            """)
    }

    /// What a service with an ONU still lacks.
    func remainder(of service: Service.ID) async throws(DatabaseError) -> ServiceRemainder? {
        try await first(
            """
            SELECT s.service_id, s.state = 'pending' AS is_pending,
                EXISTS (SELECT FROM routers r WHERE r.tenant_id = \(tenant)) AND NOT EXISTS (
                    SELECT FROM access_points a WHERE a.tenant_id = \(tenant) AND a.service_id = s.service_id
                ) AS is_unbound
            FROM services s WHERE s.tenant_id = \(tenant) AND s.service_id = \(service)
            """)
    }

    /// Services that were sold and go on line by nothing that we know: neither an ONU nor a router nor RADIUS.
    func contractsWithoutONU(limit: Int) async throws(DatabaseError) -> [ServiceWithoutONU] {
        try await rows(
            """
            SELECT s.service_id, s.number, c.name AS customer_name, p.name AS plan_name FROM services s
            JOIN customers c ON c.tenant_id = \(tenant) AND c.customer_id = s.customer_id
            JOIN desired_services d ON d.tenant_id = \(tenant) AND d.service_id = s.service_id
            JOIN plans p ON p.tenant_id = \(tenant) AND p.plan_id = d.plan_id
            WHERE s.tenant_id = \(tenant) AND s.state IN ('active', 'cut') AND NOT EXISTS (
                SELECT FROM onus u WHERE u.tenant_id = \(tenant) AND u.service_id = s.service_id)
                AND NOT EXISTS (
                    SELECT FROM access_points a WHERE a.tenant_id = \(tenant) AND a.service_id = s.service_id)
            ORDER BY s.number LIMIT \(limit)
            """)
    }

    func oltCommands(of unit: ONU.ID? = nil, at olt: OLT.ID, limit: Int) async throws(DatabaseError) -> [OLTCommandRow]
    {
        let which: SQL = unit.map { "AND k.onu_id = \($0)" } ?? .nothing
        return try await rows(
            """
            SELECT k.content, k.answer, k.is_refused, k.is_undo, k.sent_at FROM olt_commands k
            WHERE k.tenant_id = \(tenant) AND k.olt_id = \(olt) \(which) ORDER BY k.command_id DESC LIMIT \(limit)
            """)
    }

    /// An ONU that was only seen so far becomes the service's.
    func put(
        _ serial: ONUSerial, at olt: OLT.ID, _ port: PONPort, of service: Service.ID, _ template: ONUTemplate.ID,
        new id: ONU.ID, at now: Instant
    ) async throws(DatabaseError) {
        let number = try await takeFibreNumber("onu")
        try await execute(
            """
            INSERT INTO onus AS u (
                tenant_id, onu_id, number, olt_id, serial, port, service_id, template_id, revision, ordered_at, made_at)
            VALUES (
                \(tenant), \(id), \(number), \(olt), \(serial.text), \(port.text), \(service), \(template), 1, \(now),
                \(now))
            ON CONFLICT (tenant_id, serial) DO UPDATE
            SET olt_id = excluded.olt_id, port = excluded.port, service_id = excluded.service_id,
                template_id = excluded.template_id, revision = u.revision + 1, proved_at = NULL, trouble_kind = '',
                trouble = '', tries = 0, rests_until = NULL, ordered_at = excluded.ordered_at
            """)
        try await execute(
            """
            DELETE FROM onu_departures
            WHERE tenant_id = \(tenant) AND olt_id = \(olt) AND serial = \(serial.text)
            """)
    }

    func renew(_ id: ONU.ID, at now: Instant) async throws(DatabaseError) {
        try await execute(
            """
            UPDATE onus SET revision = revision + 1, trouble = '', tries = 0, rests_until = NULL, ordered_at = \(now),
                trouble_kind = CASE trouble_kind WHEN 'half' THEN 'uncertain' ELSE '' END
            WHERE tenant_id = \(tenant) AND onu_id = \(id)
            """)
    }

    func remove(_ id: ONU.ID) async throws(DatabaseError) {
        try await execute("DELETE FROM onus WHERE tenant_id = \(tenant) AND onu_id = \(id)")
    }

    func depart(_ serial: String, from olt: OLT.ID, at now: Instant) async throws(DatabaseError) {
        try await execute(
            """
            INSERT INTO onu_departures (tenant_id, olt_id, serial, made_at)
            VALUES (\(tenant), \(olt), \(serial), \(now)) ON CONFLICT DO NOTHING
            """)
    }

    /// The OLT that has the service's ONU.
    package func oltOfService(_ id: Service.ID) async throws(DatabaseError) -> OLT.ID? {
        let row: OLTOfService? = try await first(
            "SELECT olt_id FROM onus WHERE tenant_id = \(tenant) AND service_id = \(id)")
        return row?.olt
    }
}

private struct OLTOfService: RowReadable {
    let olt: OLT.ID

    init(row: Row) throws(DatabaseError) { olt = try row.read("olt_id") }
}

struct PortSummary: RowReadable {
    let port: String
    let units: Int
    let online: Int
    let dark: Int
    let weak: Int
    let unbound: Int

    init(row: Row) throws(DatabaseError) {
        port = try row.read("port")
        (units, online) = (try row.read("units"), try row.read("online"))
        (dark, weak, unbound) = (try row.read("dark"), try row.read("weak"), try row.read("unbound"))
    }
}
