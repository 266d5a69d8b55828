import FleetProtocol
import Identifiers
import Nouns
import Postgres
import Search
import Services
import Time

extension TenantDatabase {
    func antennas() async throws(DatabaseError) -> [FleetAntenna] {
        try await rows(
            """
            SELECT device_id, mac, address, name, site_name, standing, is_authorized, fails_decryption
            FROM fleet_devices WHERE tenant_id = \(tenant) ORDER BY number
            """)
    }

    /// Those that should be on the network, cut ones too.
    func billedServices() async throws(DatabaseError) -> [BilledService] {
        try await rows(
            """
            SELECT s.service_id, s.number, u.name, ARRAY[coalesce(z.name, ''), s.neighbourhood, u.neighbourhood] AS places,
                ARRAY[coalesce(a.name, ''), coalesce(r.login, '')] AS logins
            FROM services s
            JOIN customers u ON u.tenant_id = s.tenant_id AND u.customer_id = s.customer_id
            LEFT JOIN coverage_zones z ON z.tenant_id = s.tenant_id AND z.zone_id = coalesce(s.zone_id, u.zone_id)
            LEFT JOIN access_points a ON a.tenant_id = s.tenant_id AND a.service_id = s.service_id AND a.method = 'pppoe'
            LEFT JOIN radius_accesses r ON r.tenant_id = s.tenant_id AND r.service_id = s.service_id
            WHERE s.tenant_id = \(tenant) AND s.state NOT IN ('pending', 'cancelled') ORDER BY s.number
            """)
    }

    func fleetLinks() async throws(DatabaseError) -> [FleetLink] {
        try await rows(
            "SELECT service_id, device_id, evidence, proof FROM fleet_links WHERE tenant_id = \(tenant) ORDER BY service_id"
        )
    }

    func endpointNames() async throws(DatabaseError) -> [String] {
        let rows: [EndpointName] = try await rows(
            "SELECT name FROM fleet_sites WHERE tenant_id = \(tenant) AND kind = 'endpoint' ORDER BY name")
        return rows.map(\.name)
    }

    /// Links that stay keep their date.
    func put(links: [FleetLink], at now: Instant) async throws(DatabaseError) {
        let given: SQL = """
            unnest(
                \(links.map(\.service)), \(links.map(\.device)), \(links.map(\.evidence.rawValue)),
                \(links.map { String($0.proof.prefix(300)) })
            ) n(service_id, device_id, evidence, proof)
            """
        _ = try await batch([
            """
            DELETE FROM fleet_links l WHERE l.tenant_id = \(tenant) AND NOT EXISTS (
                SELECT FROM \(given) WHERE n.service_id = l.service_id AND n.device_id = l.device_id)
            """,
            """
            INSERT INTO fleet_links AS l (tenant_id, service_id, device_id, evidence, proof, made_at)
            SELECT \(tenant), n.service_id, n.device_id, n.evidence, n.proof, \(now) FROM \(given)
            ON CONFLICT (tenant_id, service_id) DO UPDATE SET evidence = excluded.evidence, proof = excluded.proof
            WHERE (l.evidence, l.proof) <> (excluded.evidence, excluded.proof)
            """,
        ])
    }

    /// Gaps that stay keep their date.
    func put(gaps: [FleetGap], at now: Instant, from randomness: Randomness) async throws(DatabaseError) {
        let ids: [FleetGapInList.ID] = gaps.map { _ in .make(milliseconds: now.milliseconds, from: randomness) }
        _ = try await batch([
            """
            DELETE FROM fleet_gaps g WHERE g.tenant_id = \(tenant) AND NOT EXISTS (
                SELECT FROM unnest(\(gaps.map(\.kind.rawValue)), \(gaps.map { $0.thing.limited(300) })) n(kind, thing)
                WHERE n.kind = g.kind AND n.thing = g.thing)
            """,
            """
            INSERT INTO fleet_gaps AS g (
                tenant_id, gap_id, kind, thing, name, mac, vendor, address, cause, service_id, device_id, found_at)
            SELECT \(tenant), n.gap_id, n.kind, n.thing, n.name, n.mac, n.vendor, n.address, n.cause, n.service_id,
                n.device_id, \(now)
            FROM unnest(
                \(ids), \(gaps.map(\.kind.rawValue)), \(gaps.map { $0.thing.limited(300) }),
                \(gaps.map { $0.name.limited(300) }), \(gaps.map { $0.mac.limited(17) }),
                \(gaps.map { $0.vendor.limited(100) }), \(gaps.map { $0.address.limited(50) }),
                \(gaps.map(\.cause.rawValue)), \(gaps.map(\.service)), \(gaps.map(\.device))
            ) n(gap_id, kind, thing, name, mac, vendor, address, cause, service_id, device_id)
            ON CONFLICT (tenant_id, kind, thing) DO UPDATE
            SET name = excluded.name, mac = excluded.mac, vendor = excluded.vendor, address = excluded.address,
                cause = excluded.cause, service_id = excluded.service_id, device_id = excluded.device_id
            WHERE (g.name, g.mac, g.vendor, g.address, g.cause, g.service_id, g.device_id)
                IS DISTINCT FROM (excluded.name, excluded.mac, excluded.vendor, excluded.address, excluded.cause,
                    excluded.service_id, excluded.device_id)
            """,
        ])
    }

    func removeGaps(ofService service: Service.ID, device: FleetDevice.ID) async throws(DatabaseError) {
        try await execute(
            """
            DELETE FROM fleet_gaps
            WHERE tenant_id = \(tenant) AND kind IN ('tie', 'service_alone', 'device_alone')
                AND (service_id = \(service) OR device_id = \(device))
            """)
    }

    func put(_ counts: [FleetCount], on day: Day, at now: Instant) async throws(DatabaseError) {
        for count in counts {
            try await execute(
                """
                INSERT INTO fleet_days AS f (tenant_id, day, kind, count, names, made_at)
                VALUES (\(tenant), \(day), \(count.kind.rawValue), \(count.count), \(count.names), \(now))
                ON CONFLICT (tenant_id, day, kind) DO UPDATE
                SET count = excluded.count, names = excluded.names, made_at = excluded.made_at
                """)
        }
    }

    /// A day's counts: the latest up to that day.
    func fleetDay(upTo day: Day) async throws(DatabaseError) -> [FleetDayCount] {
        try await rows(
            """
            SELECT day, kind, count, names, made_at FROM fleet_days
            WHERE tenant_id = \(tenant) AND day = (
                SELECT max(day) FROM fleet_days WHERE tenant_id = \(tenant) AND day <= \(day))
            """)
    }

    func gapTotals() async throws(DatabaseError) -> [GapTotal] {
        try await rows(
            "SELECT kind, count(*) AS count FROM fleet_gaps WHERE tenant_id = \(tenant) GROUP BY kind")
    }

    private var gapColumns: SQL {
        """
        g.gap_id, g.kind, g.thing, g.name, g.mac, g.vendor, g.address, g.cause, g.service_id, g.device_id, g.found_at
        """
    }

    func gap(_ id: FleetGapInList.ID) async throws(DatabaseError) -> FleetGapInList? {
        try await first("SELECT \(gapColumns) FROM fleet_gaps g WHERE g.tenant_id = \(tenant) AND g.gap_id = \(id)")
    }

    func gapRows(_ query: ListQuery<FleetGapInList>) -> SQL {
        "SELECT \(gapColumns) FROM fleet_gaps g WHERE \(gapConditions(query)) \(query.position) \(query.sorting)"
    }

    func countedGaps(_ query: ListQuery<FleetGapInList>) -> SQL { "FROM fleet_gaps g WHERE \(gapConditions(query))" }

    private func gapConditions(_ query: ListQuery<FleetGapInList>) -> SQL {
        let found = SearchText.condition(query.text, in: "g.name || ' ' || g.mac || ' ' || g.address")
        return "g.tenant_id = \(tenant) \(query.restriction) \(found)"
    }

    /// Devices that nobody has, by name, to choose from.
    func freeAntennas(limit: Int) async throws(DatabaseError) -> [FleetAntenna] {
        try await rows(
            """
            SELECT d.device_id, d.mac, d.address, d.name, d.site_name, d.standing, d.is_authorized, d.fails_decryption
            FROM fleet_devices d
            WHERE d.tenant_id = \(tenant) AND d.standing NOT IN ('phantom', 'intruder', 'vanished')
                AND NOT EXISTS (
                    SELECT FROM fleet_links l WHERE l.tenant_id = \(tenant) AND l.device_id = d.device_id)
            ORDER BY d.name COLLATE "und-x-icu", d.device_id LIMIT \(limit)
            """)
    }
}

extension String {
    fileprivate func limited(_ most: Int) -> String {
        unicodeScalars.count <= most ? self : String(String.UnicodeScalarView(unicodeScalars.prefix(most)))
    }
}

/// A gap as it is stored.
package struct FleetGapInList: Sendable, RowReadable {
    package typealias ID = Identifiers.ID<FleetGapInList>

    package let id: ID
    package let gap: FleetGap
    package let foundAt: Instant

    package init(row: Row) throws(DatabaseError) {
        id = try row.read("gap_id")
        foundAt = try row.read("found_at")
        var gap = FleetGap(try row.word("kind"), try row.read("thing"))
        gap.name = try row.read("name")
        gap.mac = try row.read("mac")
        gap.vendor = try row.read("vendor")
        gap.address = try row.read("address")
        gap.cause = try row.word("cause")
        gap.service = try row.read("service_id")
        gap.device = try row.read("device_id")
        self.gap = gap
    }

    package static let path = "/panel/fleet/gaps"

    static let fields: [Field<FleetGapInList>] = [
        Field("name", .line(0...300), FleetWords.name.message, get: { .text($0.gap.name) })
            .sorted(by: "g.name COLLATE \"und-x-icu\""),
        .derived("kind", \.gap.kind, FleetWords.gap.message).filtered(by: "g.kind"),
        .derived("cause", \.gap.cause, FleetWords.cause.message),
        Field("mac", .line(0...17), FleetWords.mac.message, get: { .text($0.gap.mac) }),
        Field("vendor", .line(0...100), FleetWords.vendor.message, get: { .text($0.gap.vendor) }).minor(),
        Field("address", .line(0...50), FleetWords.address.message, get: { .text($0.gap.address) }).minor(),
        Field("found", .line(0...50), FleetWords.found.message, get: { .text($0.foundAt.rfc3339) }).only(in: [.record]),
    ]

    static let list = List<FleetGapInList>(
        "fleet_gaps", at: path, FleetWords.gaps.message, of: fields, by: "name", key: "g.gap_id", id: \.id.uuid,
        isSearchable: true)
}

struct FleetDayCount: Sendable, RowReadable {
    let day: Day
    let kind: FleetCount.Kind?
    let count: Int
    let names: [String]
    let madeAt: Instant

    init(row: Row) throws(DatabaseError) {
        day = try row.read("day")
        let word: String = try row.read("kind")
        kind = FleetCount.Kind(rawValue: word)
        count = try row.read("count")
        names = try row.read("names")
        madeAt = try row.read("made_at")
    }
}

struct GapTotal: Sendable, RowReadable {
    let kind: FleetGap.Kind
    let count: Int

    init(row: Row) throws(DatabaseError) {
        kind = try row.word("kind")
        count = try row.read("count")
    }
}

private struct EndpointName: RowReadable {
    let name: String

    init(row: Row) throws(DatabaseError) { name = try row.read("name") }
}

extension FleetLink: RowReadable {
    package init(row: Row) throws(DatabaseError) {
        service = try row.read("service_id")
        device = try row.read("device_id")
        evidence = try row.word("evidence")
        proof = try row.read("proof")
    }
}

extension FleetAntenna: RowReadable {
    init(row: Row) throws(DatabaseError) {
        id = try row.read("device_id")
        mac = try row.read("mac")
        address = try row.read("address")
        name = try row.read("name")
        site = try row.read("site_name")
        standing = try row.word("standing")
        isAuthorized = try row.read("is_authorized")
        failsDecryption = try row.read("fails_decryption")
    }
}

extension BilledService: RowReadable {
    init(row: Row) throws(DatabaseError) {
        id = try row.read("service_id")
        number = try row.read("number")
        customer = try row.read("name")
        let (places, logins): ([String], [String]) = (try row.read("places"), try row.read("logins"))
        self.places = places.filter { !$0.isEmpty }
        self.logins = Set(logins.filter { !$0.isEmpty })
    }
}
