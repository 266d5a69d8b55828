import Access
import FibreProtocol
import Identifiers
import Nouns
import Postgres
import Services
import Time

extension TenantDatabase {
    /// The ONUs of an OLT that are somebody's. A service that awaits its installation is let on line by its ONU: the
    /// technician tests it.
    func onuTargets(of olt: OLT.ID) async throws(DatabaseError) -> [ONUTarget] {
        try await rows(
            """
            SELECT u.onu_id, u.serial, u.port, u.place,
                u.registered_template_id <> u.template_id AS is_outdated, u.revision,
                u.trouble_kind, u.ordered_at, u.trouble_access IS NOT DISTINCT FROM d.revision AS is_trouble_current,
                u.tries, u.rests_until,
                d.revision AS access_revision, CASE WHEN s.state = 'pending' THEN 'open' ELSE d.access END AS access,
                u.proved_at IS NOT NULL AND u.proved_revision = u.revision AND u.proved_access = d.revision
                    AND u.trouble_kind = '' AS is_proven,
                t.unit_type, t.line_profile, t.service_profile, t.vlan, t.gem, t.upload_profile, t.download_profile,
                c.name AS customer_name, s.number AS service_number
            FROM onus u
            JOIN services s ON s.tenant_id = \(tenant) AND s.service_id = u.service_id
            JOIN customers c ON c.tenant_id = \(tenant) AND c.customer_id = s.customer_id
            JOIN desired_services d ON d.tenant_id = \(tenant) AND d.service_id = u.service_id
            JOIN onu_templates t ON t.tenant_id = \(tenant) AND t.template_id = u.template_id
            WHERE u.tenant_id = \(tenant) AND u.olt_id = \(olt)
            ORDER BY u.ordered_at NULLS FIRST, u.onu_id
            """)
    }

    func onuRevision(_ id: ONU.ID) async throws(DatabaseError) -> ONUTarget.Revisions? {
        let row: ONURevision? = try await first(
            """
            SELECT d.revision AS access_revision, u.revision FROM onus u
            JOIN desired_services d ON d.tenant_id = \(tenant) AND d.service_id = u.service_id
            JOIN olts o ON o.tenant_id = \(tenant) AND o.olt_id = u.olt_id AND o.mode = 'active'
            WHERE u.tenant_id = \(tenant) AND u.onu_id = \(id)
            """)
        return row?.revisions
    }

    func departingONUs(from olt: OLT.ID) async throws(DatabaseError) -> [ONUSerial] {
        let rows: [SerialRow] = try await rows(
            "SELECT serial FROM onu_departures WHERE tenant_id = \(tenant) AND olt_id = \(olt) ORDER BY serial")
        return rows.compactMap { ONUSerial($0.text) }
    }

    func forgetDepartures(of serials: [ONUSerial], from olt: OLT.ID) async throws(DatabaseError) {
        guard !serials.isEmpty else { return }
        try await execute(
            """
            DELETE FROM onu_departures
            WHERE tenant_id = \(tenant) AND olt_id = \(olt) AND serial = ANY (\(serials.map(\.text)))
            """)
    }

    func note(_ identity: OLTIdentity, of olt: OLT.ID, at now: Instant) async throws(DatabaseError) {
        try await execute(
            """
            UPDATE olts SET model = \(identity.model), version = \(identity.version), health = 'up', trouble = '',
                failures = 0, rests_until = NULL, seen_at = \(now)
            WHERE tenant_id = \(tenant) AND olt_id = \(olt)
            """)
    }

    func noteFailure(
        _ reason: String, of olt: OLT.ID, restingFor span: Duration, at now: Instant
    ) async throws(DatabaseError) {
        try await execute(
            """
            UPDATE olts SET health = 'down', trouble = \(reason), failures = least(failures + 1, 1000),
                rests_until = \(now + span)
            WHERE tenant_id = \(tenant) AND olt_id = \(olt)
            """)
    }

    func noteRead(_ olt: OLT.ID, hasPorts: Bool, span: Int?, at now: Instant) async throws(DatabaseError) {
        let doubt: SQL = hasPorts ? ", emptied_at = NULL" : .nothing
        let whole: SQL = span.map { ", compared_at = \(now), compared_in = \(Int32(clamping: $0))" } ?? .nothing
        try await execute(
            """
            UPDATE olts SET health = 'up', trouble = '', failures = 0, rests_until = NULL,
                seen_at = \(now) \(doubt) \(whole)
            WHERE tenant_id = \(tenant) AND olt_id = \(olt)
            """)
    }

    /// Registered by us, under the template that it has now.
    func note(registered id: ONU.ID) async throws(DatabaseError) {
        try await execute(
            "UPDATE onus SET registered_template_id = template_id WHERE tenant_id = \(tenant) AND onu_id = \(id)")
    }

    /// Unless somebody decided otherwise meanwhile.
    func note(_ troubles: [ONUTrouble]) async throws(DatabaseError) {
        guard !troubles.isEmpty else { return }
        let targets = troubles.map(\.target)
        try await execute(
            """
            UPDATE onus u SET trouble_kind = given.kind, trouble = given.reason, trouble_access = given.access,
                tries = given.tries, rests_until = given.rest
            FROM unnest(
                \(targets.map(\.id)), \(targets.map { Int64($0.revisions.access) }),
                \(targets.map { Int64($0.revisions.order) }), \(troubles.map(\.kind)),
                \(troubles.map { String($0.reason.prefix(500)) }), \(troubles.map { Int32(clamping: $0.tries) }),
                \(troubles.map(\.restsUntil))) given(id, access, revision, kind, reason, tries, rest)
            WHERE u.tenant_id = \(tenant) AND u.onu_id = given.id AND u.revision = given.revision
            """)
    }

    /// How many ONUs these ports had when they were last read.
    func onusKnown(on ports: [String], of olt: OLT.ID) async throws(DatabaseError) -> Int {
        try await value(
            """
            SELECT count(*) FROM onus
            WHERE tenant_id = \(tenant) AND olt_id = \(olt) AND port = ANY (\(ports)) AND place IS NOT NULL
            """) ?? 0
    }

    func noteEmptied(_ olt: OLT.ID, at now: Instant) async throws(DatabaseError) {
        try await execute(
            "UPDATE olts SET emptied_at = \(now) WHERE tenant_id = \(tenant) AND olt_id = \(olt)")
    }

    func prove(_ targets: [ONUTarget], at now: Instant) async throws(DatabaseError) {
        guard !targets.isEmpty else { return }
        try await execute(
            """
            UPDATE onus u SET proved_at = \(now), proved_access = given.access, proved_revision = given.revision,
                trouble_kind = '', trouble = '', tries = 0, rests_until = NULL,
                registered_template_id = coalesce(u.registered_template_id, u.template_id)
            FROM unnest(
                \(targets.map(\.id)), \(targets.map { Int64($0.revisions.access) }),
                \(targets.map { Int64($0.revisions.order) })) given(id, access, revision)
            WHERE u.tenant_id = \(tenant) AND u.onu_id = given.id AND u.revision = given.revision
            """)
    }

    /// What was read of all ONUs of these ports, of whomever they are. Those of nobody that are gone are forgotten.
    func keep(
        _ units: [ObservedONU], on ports: [String], of olt: OLT.ID, at now: Instant, from randomness: Randomness
    ) async throws(DatabaseError) {
        let serials = units.map(\.serial.text)
        _ = try await batch([
            """
            UPDATE onus u
            SET place = CASE WHEN u.service_id IS NULL OR u.port = given.port THEN given.place ELSE u.place END,
                port = CASE WHEN u.service_id IS NULL THEN given.port ELSE u.port END,
                olt_id = CASE WHEN u.service_id IS NULL THEN \(olt) ELSE u.olt_id END,
                description = given.description, is_online = given.is_online, is_enabled = given.is_enabled,
                cause = given.cause, received = given.received, returned = given.returned,
                distance = given.distance, seen_at = \(now),
                since = CASE WHEN u.is_online = given.is_online AND u.since IS NOT NULL THEN u.since ELSE \(now) END
            FROM \(read(units))
            WHERE u.tenant_id = \(tenant) AND u.serial = given.serial
                AND (u.service_id IS NULL OR u.olt_id = \(olt))
            """,
            """
            DELETE FROM onus WHERE tenant_id = \(tenant) AND olt_id = \(olt) AND service_id IS NULL
                AND port = ANY (\(ports)) AND serial <> ALL (\(serials))
            """,
            """
            UPDATE onus SET is_online = FALSE, place = NULL, received = NULL, returned = NULL, cause = '',
                since = CASE WHEN is_online THEN \(now) ELSE since END
            WHERE tenant_id = \(tenant) AND olt_id = \(olt) AND port = ANY (\(ports)) AND serial <> ALL (\(serials))
                AND (is_online OR place IS NOT NULL)
            """,
        ])
        let known: [SerialRow] = try await rows(
            "SELECT serial FROM onus WHERE tenant_id = \(tenant) AND serial = ANY (\(serials))")
        let old = Set(known.map(\.text))
        var seen: Set<String> = []
        let new = units.filter { !old.contains($0.serial.text) && seen.insert($0.serial.text).inserted }
        guard !new.isEmpty else { return }
        let first = try await reserveONUNumbers(new.count)
        let ids = new.map { _ in ONU.ID.make(milliseconds: now.milliseconds, from: randomness) }
        try await execute(
            """
            INSERT INTO onus (
                tenant_id, onu_id, number, olt_id, serial, port, place, description, revision, is_online, is_enabled,
                cause, received, returned, distance, since, seen_at, made_at)
            SELECT \(tenant), named.id, named.number, \(olt), given.serial, given.port, given.place, given.description, 1,
                given.is_online, given.is_enabled, given.cause, given.received, given.returned, given.distance, \(now),
                \(now), \(now)
            FROM \(read(new))
            JOIN unnest(\(ids), \(new.map(\.serial.text)), \(new.indices.map { first + $0 })) named(id, serial, number)
                ON named.serial = given.serial
            ON CONFLICT (tenant_id, serial) DO NOTHING
            """)
    }

    private func read(_ units: [ObservedONU]) -> SQL {
        """
        unnest(
            \(units.map(\.serial.text)), \(units.map(\.place.port.text)),
            \(units.map { Int32(clamping: $0.place.number) }),
            \(units.map { String($0.description.prefix(200)) }), \(units.map(\.isOnline)), \(units.map(\.isEnabled)),
            \(units.map { $0.cause?.rawValue ?? "" }), \(units.map { $0.received.map { Int32(clamping: $0) } }),
            \(units.map { $0.returned.map { Int32(clamping: $0) } }),
            \(units.map { $0.distance.map { Int32(clamping: $0) } })
        ) given(serial, port, place, description, is_online, is_enabled, cause, received, returned, distance)
        """
    }

    /// Returns the first of them.
    private func reserveONUNumbers(_ count: Int) async throws(DatabaseError) -> Int {
        let last: Int? = try await value(
            """
            INSERT INTO counters (tenant_id, name, last) VALUES (\(tenant), 'onu', \(count))
            ON CONFLICT (tenant_id, name) DO UPDATE SET last = counters.last + \(count) RETURNING last
            """)
        return (last ?? count) - count + 1
    }

    func keep(_ found: [FoundONU], of olt: OLT.ID, at now: Instant) async throws(DatabaseError) {
        let units = Dictionary(found.map { ($0.serial, $0) }, uniquingKeysWith: { first, _ in first }).values
            .sorted { $0.serial.text < $1.serial.text }.prefix(1000)
        try await execute(
            """
            DELETE FROM found_onus
            WHERE tenant_id = \(tenant) AND olt_id = \(olt) AND serial <> ALL (\(units.map(\.serial.text)))
            """)
        guard !units.isEmpty else { return }
        try await execute(
            """
            INSERT INTO found_onus (tenant_id, olt_id, serial, port, model, found_at)
            SELECT \(tenant), \(olt), given.serial, given.port, given.model, \(now)
            FROM unnest(\(units.map(\.serial.text)), \(units.map(\.port.text)), \(units.map(\.model)))
                given(serial, port, model)
            ON CONFLICT (tenant_id, olt_id, serial) DO UPDATE
            SET port = excluded.port, model = excluded.model
            """)
    }

    func write(
        _ log: [(UUID, OLTExchange)], of unit: ONU.ID?, at olt: OLT.ID, now: Instant
    ) async throws(DatabaseError) {
        try await execute(
            """
            INSERT INTO olt_commands (
                tenant_id, command_id, olt_id, onu_id, content, answer, is_refused, is_undo, sent_at)
            SELECT \(tenant), given.id, \(olt), \(unit), given.content, given.answer, given.is_refused, given.is_undo,
                \(now)
            FROM unnest(
                \(log.map(\.0)), \(log.map { String($0.1.command.prefix(500)) }),
                \(log.map { String($0.1.answer.prefix(500)) }), \(log.map(\.1.isRefused)), \(log.map(\.1.isUndo)))
                given(id, content, answer, is_refused, is_undo)
            """)
    }

    /// Refreshes open pages after the commit.
    func announceFibre() async throws(DatabaseError) {
        try await execute("WITH told AS (SELECT \(LiveTopic.network.change(of: tenant))) SELECT FROM told")
    }
}

private struct SerialRow: RowReadable {
    let text: String

    init(row: Row) throws(DatabaseError) { text = try row.read("serial") }
}

private struct ONURevision: RowReadable {
    let revisions: ONUTarget.Revisions

    init(row: Row) throws(DatabaseError) {
        revisions = ONUTarget.Revisions(access: try row.read("access_revision"), order: try row.read("revision"))
    }
}
