import Customers
import Identifiers
import Monitoring
import Notices
import Nouns
import Postgres
import Routers
import Services
import Time
import Topology
import Zones

extension TenantDatabase {
    var incidentSelection: SQL {
        """
        SELECT i.incident_id, i.number, i.cause, i.title, i.site_id, i.zone_id, i.device_id, i.state, i.note, i.started_at,
            i.expected_at, i.is_quiet, i.maintenance_id, i.acknowledged_at, i.acknowledger, i.escalated_at, i.resolved_at,
            i.resolver, i.part_of, i.actor, (
                SELECT count(DISTINCT v.customer_id) FROM incident_services x
                JOIN services v ON v.tenant_id = \(tenant) AND v.service_id = x.service_id
                WHERE x.tenant_id = \(tenant) AND x.incident_id = i.incident_id) AS customers, (
                SELECT count(DISTINCT n.customer_id) FROM notices n
                WHERE n.tenant_id = \(tenant) AND n.about = i.incident_id AND n.kind = 'outage'
                    AND n.state IN ('sent', 'delivered', 'read')) AS told
        FROM incidents i WHERE i.tenant_id = \(tenant)
        """
    }

    package func incident(_ id: Incident.ID, locked: Bool = false) async throws(DatabaseError) -> Incident? {
        try await first("\(incidentSelection) AND i.incident_id = \(id) \(locked ? .forUpdate(of: "i") : .nothing)")
    }

    func incidents(_ query: ListQuery<Incident>) -> SQL {
        "\(incidentSelection) \(query.restriction) \(query.position) \(query.sorting)"
    }

    func incidentsCounted(_ query: ListQuery<Incident>) -> SQL {
        "FROM incidents i WHERE i.tenant_id = \(tenant) \(query.restriction)"
    }

    func incidents(in state: Incident.State?, after number: Int, limit: Int) async throws(DatabaseError) -> [Incident] {
        let which: SQL = state.map { "AND i.state = \($0.rawValue)" } ?? .nothing
        return try await rows(
            "\(incidentSelection) AND i.number > \(number) \(which) ORDER BY i.number LIMIT \(limit)")
    }

    /// Oldest first.
    package func openIncidents(limit: Int = 1000) async throws(DatabaseError) -> [Incident] {
        try await rows("\(incidentSelection) AND i.state <> 'resolved' ORDER BY i.number LIMIT \(limit)")
    }

    /// What keeps a customer's services offline now, or one of them, the oldest first.
    package func openIncidents(
        of customer: Customer.ID, service: Service.ID? = nil
    ) async throws(DatabaseError) -> [Incident] {
        try await rows(openIncidentsStatement(of: customer, service: service))
    }

    func openIncidentsStatement(of customer: Customer.ID, service: Service.ID? = nil) -> SQL {
        let which: SQL = service.map { "AND x.service_id = \($0)" } ?? .nothing
        return """
            \(incidentSelection) AND i.state <> 'resolved' AND EXISTS (
                SELECT FROM incident_services x JOIN services v ON v.tenant_id = \(tenant) AND v.service_id = x.service_id
                WHERE x.tenant_id = \(tenant) AND x.incident_id = i.incident_id AND v.customer_id = \(customer)
                    AND x.settled_at IS NULL \(which))
            ORDER BY i.number LIMIT 20
            """
    }

    /// The sites that feed a service, by its place and by its router.
    func sitesAboveService(_ service: Service.ID) async throws(DatabaseError) -> [Site.ID] {
        let rows: [FeedingSite] = try await rows(
            """
            WITH RECURSIVE above AS (
                SELECT s.site_id, s.upstream_id FROM sites s
                WHERE s.tenant_id = \(tenant) AND (
                    s.site_id IN (
                        SELECT p.site_id FROM service_places p
                        WHERE p.tenant_id = \(tenant) AND p.service_id = \(service))
                    OR s.router_id IN (
                        SELECT a.router_id FROM access_points a
                        WHERE a.tenant_id = \(tenant) AND a.service_id = \(service)))
                UNION
                SELECT s.site_id, s.upstream_id FROM above a
                JOIN sites s ON s.tenant_id = \(tenant) AND s.site_id = a.upstream_id)
            SELECT site_id FROM above
            """)
        return rows.map(\.id)
    }

    func insert(_ incident: Incident, place: UUID, at now: Instant) async throws(DatabaseError) {
        try await execute(
            """
            WITH next AS (
                INSERT INTO counters (tenant_id, name, last) VALUES (\(tenant), 'incident', 1)
                ON CONFLICT (tenant_id, name) DO UPDATE SET last = counters.last + 1 RETURNING last)
            INSERT INTO incidents (
                tenant_id, incident_id, number, cause, title, site_id, zone_id, device_id, place, state, note, started_at,
                expected_at, maintenance_id, is_quiet, actor, made_at)
            SELECT \(tenant), \(incident.id), n.last, \(incident.cause.rawValue), \(incident.title), \(incident.site),
                \(incident.zone), \(incident.device), \(place), \(incident.state.rawValue), \(incident.note),
                \(incident.startedAt), \(incident.expectedAt), \(incident.maintenance), \(incident.isQuiet),
                \(incident.author), \(now)
            FROM next n
            """)
    }

    func update(_ incident: Incident) async throws(DatabaseError) {
        try await execute(
            """
            UPDATE incidents SET title = \(incident.title), site_id = \(incident.site), device_id = \(incident.device),
                state = \(incident.state.rawValue), note = \(incident.note), expected_at = \(incident.expectedAt),
                is_quiet = \(incident.isQuiet), acknowledged_at = \(incident.acknowledgedAt),
                acknowledger = \(incident.acknowledger), escalated_at = \(incident.escalatedAt),
                resolved_at = \(incident.resolvedAt), resolver = \(incident.resolver), part_of = \(incident.partOf)
            WHERE tenant_id = \(tenant) AND incident_id = \(incident.id)
            """)
    }

    /// Notes that an alert goes out now; false where one has gone out.
    func takeAlert(of id: Incident.ID, at now: Instant) async throws(DatabaseError) -> Bool {
        try await execute(
            """
            UPDATE incidents SET alerted_at = \(now)
            WHERE tenant_id = \(tenant) AND incident_id = \(id) AND alerted_at IS NULL
            """) > 0
    }
}

// Whom an incident affects.
extension TenantDatabase {
    /// Adds the active services that hang on a site, live in a zone, are on a router, or all; none where it is empty.
    /// Returns how many are new.
    @discardableResult
    func affect(
        by id: Incident.ID, site: Site.ID?, zone: Zone.ID?, router: Router.ID? = nil, from start: Instant,
        isEmpty: Bool = false
    ) async throws(DatabaseError) -> Int {
        guard !isEmpty else { return 0 }
        return try await execute(
            """
            \(hanging(on: site))
            INSERT INTO incident_services (tenant_id, incident_id, service_id, down_from)
            SELECT \(tenant), \(id), v.service_id, \(start) FROM services v
            JOIN customers c ON c.tenant_id = \(tenant) AND c.customer_id = v.customer_id
            WHERE v.tenant_id = \(tenant) AND v.state = 'active' \(within(site, zone, router))
            ON CONFLICT DO NOTHING
            """)
    }

    /// How many customers `affect` would add.
    func customersAffected(
        site: Site.ID?, zone: Zone.ID?, router: Router.ID?
    ) async throws(DatabaseError) -> Int {
        try await value(
            """
            \(hanging(on: site))
            SELECT count(DISTINCT v.customer_id) FROM services v
            JOIN customers c ON c.tenant_id = \(tenant) AND c.customer_id = v.customer_id
            WHERE v.tenant_id = \(tenant) AND v.state = 'active' \(within(site, zone, router))
            """) ?? 0
    }

    private func hanging(on site: Site.ID?) -> SQL {
        guard let site else { return .nothing }
        return "WITH RECURSIVE \(sitesBelow("\([site])")), \(servicesHanging)"
    }

    private func within(_ site: Site.ID?, _ zone: Zone.ID?, _ router: Router.ID?) -> SQL {
        if site != nil { return "AND v.service_id IN (SELECT h.service_id FROM hanging h)" }
        if let zone { return "AND coalesce(v.zone_id, c.zone_id) = \(zone)" }
        guard let router else { return .nothing }
        return """
            AND v.service_id IN (
                SELECT a.service_id FROM access_points a WHERE a.tenant_id = \(tenant) AND a.router_id = \(router))
            """
    }

    /// Adds the active services on these sites and routers. Returns how many are new.
    @discardableResult
    func affect(
        by id: Incident.ID, sites: Set<Site.ID>, routers: Set<Router.ID>, from start: Instant
    ) async throws(DatabaseError) -> Int {
        try await execute(
            """
            INSERT INTO incident_services (tenant_id, incident_id, service_id, down_from)
            SELECT \(tenant), \(id), v.service_id, \(start) FROM services v
            WHERE v.tenant_id = \(tenant) AND v.state = 'active' AND v.service_id IN (
                SELECT p.service_id FROM service_places p
                WHERE p.tenant_id = \(tenant) AND p.site_id = ANY (\(sites.map(\.uuid)))
                UNION ALL
                SELECT a.service_id FROM access_points a
                WHERE a.tenant_id = \(tenant) AND a.router_id = ANY (\(routers.map(\.uuid))))
            ON CONFLICT DO NOTHING
            """)
    }

    /// What another open incident says of its services holds for it too: since when they are down, and who was told.
    func inherit(_ id: Incident.ID) async throws(DatabaseError) {
        try await execute(
            """
            UPDATE incident_services y
            SET down_from = least(y.down_from, x.down_from), telling = coalesce(y.telling, x.telling),
                told_at = coalesce(y.told_at, x.told_at)
            FROM incident_services x, incidents o
            WHERE y.tenant_id = \(tenant) AND y.incident_id = \(id) AND x.tenant_id = \(tenant)
                AND x.service_id = y.service_id AND x.incident_id <> \(id) AND x.settled_at IS NULL
                AND o.tenant_id = \(tenant) AND o.incident_id = x.incident_id AND o.state <> 'resolved'
            """)
    }

    /// Customers of an incident with something left to do: whose collection does not wait yet, or who are to be told.
    func customersToFollow(
        _ id: Incident.ID, telling: Bool, limit: Int
    ) async throws(DatabaseError) -> [Customer.ID] {
        let untold: SQL = telling ? "OR x.telling IS NULL" : .nothing
        return try await customers(
            of: id, where: "AND x.settled_at IS NULL AND (x.held_at IS NULL \(untold))", limit: limit)
    }

    func customersToSettle(_ id: Incident.ID, limit: Int) async throws(DatabaseError) -> [Customer.ID] {
        try await customers(of: id, where: "AND x.settled_at IS NULL", limit: limit)
    }

    private func customers(
        of id: Incident.ID, where condition: SQL, limit: Int
    ) async throws(DatabaseError) -> [Customer.ID] {
        let rows: [AffectedCustomer] = try await rows(
            """
            SELECT DISTINCT v.customer_id FROM incident_services x
            JOIN services v ON v.tenant_id = \(tenant) AND v.service_id = x.service_id
            WHERE x.tenant_id = \(tenant) AND x.incident_id = \(id) \(condition)
            ORDER BY v.customer_id LIMIT \(limit)
            """)
        return rows.map(\.id)
    }

    /// The customer must be locked.
    func affectedServices(
        of customer: Customer.ID, by id: Incident.ID
    ) async throws(DatabaseError) -> [AffectedService] {
        try await rows(
            """
            SELECT x.service_id, x.down_from, x.telling, v.state, EXISTS (
                SELECT FROM incident_services y JOIN incidents o ON o.tenant_id = \(tenant) AND o.incident_id = y.incident_id
                WHERE y.tenant_id = \(tenant) AND y.service_id = x.service_id AND \(countsForBoth)) AS counts_elsewhere
            FROM incident_services x
            JOIN incidents i ON i.tenant_id = \(tenant) AND i.incident_id = x.incident_id
            JOIN services v ON v.tenant_id = \(tenant) AND v.service_id = x.service_id
            WHERE x.tenant_id = \(tenant) AND x.incident_id = \(id) AND v.customer_id = \(customer)
                AND x.settled_at IS NULL
            ORDER BY x.service_id
            """)
    }

    /// Of two incidents of one service, `y` of `o` counts for both where it goes on, or where it overlaps with `i` and
    /// was over later.
    var countsForBoth: SQL {
        """
        y.incident_id <> i.incident_id AND y.settled_at IS NULL AND (
            o.state <> 'resolved' OR (
                o.part_of IS NULL AND NOT o.is_quiet AND y.down_from <= i.resolved_at
                AND (o.resolved_at, o.incident_id) > (i.resolved_at, i.incident_id)))
        """
    }

    /// The times for which other incidents credited a service, the earliest first.
    func creditedSpans(
        of service: Service.ID, exceptBy id: Incident.ID
    ) async throws(DatabaseError) -> [CreditedSpan] {
        try await rows(
            """
            SELECT y.down_from, o.resolved_at FROM incident_services y
            JOIN incidents o ON o.tenant_id = \(tenant) AND o.incident_id = y.incident_id
            WHERE y.tenant_id = \(tenant) AND y.service_id = \(service) AND y.incident_id <> \(id)
                AND y.credit IS NOT NULL AND o.resolved_at IS NOT NULL
            ORDER BY y.down_from
            """)
    }

    /// What polls show of an incident's device, nil where it has none. Unknown where that is gone, not watched or not
    /// polled lately.
    func standing(of incident: Incident, at now: Instant) async throws(DatabaseError) -> DeviceState.Standing? {
        guard incident.cause == .device else { return nil }
        guard let id = incident.device.map({ Device.ID($0) }), try await device(id)?.isWatched == true,
            let state = try await deviceState(id), let polledAt = state.polledAt, now - polledAt <= .seconds(600)
        else { return .unknown }
        return state.standing
    }

    /// Incidents that are over and have not settled everything.
    func unsettledIncidents(limit: Int) async throws(DatabaseError) -> [Incident] {
        try await rows(
            """
            \(incidentSelection) AND i.state = 'resolved' AND i.incident_id IN (
                SELECT x.incident_id FROM incident_services x
                WHERE x.tenant_id = \(tenant) AND x.settled_at IS NULL)
            ORDER BY i.number LIMIT \(limit)
            """)
    }

    /// Whether a customer was told of another outage of the same place since a moment. A notice that did not arrive does
    /// not count.
    func wasTold(
        _ customer: Customer.ID, ofAnotherThan id: Incident.ID, since moment: Instant
    ) async throws(DatabaseError) -> Bool {
        try await value(
            """
            SELECT EXISTS (
                SELECT FROM incident_services x
                JOIN services v ON v.tenant_id = \(tenant) AND v.service_id = x.service_id
                JOIN incidents o ON o.tenant_id = \(tenant) AND o.incident_id = x.incident_id
                JOIN incidents i ON i.tenant_id = \(tenant) AND i.incident_id = \(id)
                WHERE x.tenant_id = \(tenant) AND v.customer_id = \(customer) AND x.incident_id <> \(id)
                    AND o.place = i.place AND x.telling = 'told' AND x.told_at > \(moment)
                    AND NOT EXISTS (
                        SELECT FROM notices n
                        WHERE n.tenant_id = \(tenant) AND n.about = x.incident_id AND n.kind = 'outage'
                            AND n.customer_id = v.customer_id AND n.state IN ('failed', 'withdrawn')))
            """) ?? false
    }

    /// Whether the notice of an outage did not arrive, so that its end is not told either.
    func missed(_ customer: Customer.ID, noticeOf id: Incident.ID) async throws(DatabaseError) -> Bool {
        try await value(
            """
            SELECT EXISTS (
                SELECT FROM notices n
                WHERE n.tenant_id = \(tenant) AND n.about = \(id) AND n.kind = 'outage'
                    AND n.customer_id = \(customer) AND n.state IN ('failed', 'withdrawn'))
            """) ?? false
    }

    /// Notes what was done for a customer's services in an incident.
    func note(
        held: Bool, telling: String?, of customer: Customer.ID, in id: Incident.ID, at now: Instant
    ) async throws(DatabaseError) {
        let held: SQL = held ? "held_at = coalesce(held_at, \(now))" : "held_at = held_at"
        let telling: SQL =
            telling.map {
                ", telling = coalesce(x.telling, \($0)), told_at = coalesce(x.told_at, \(now))"
            } ?? .nothing
        try await execute(
            """
            UPDATE incident_services x SET \(held) \(telling) FROM services v
            WHERE x.tenant_id = \(tenant) AND x.incident_id = \(id) AND x.settled_at IS NULL
                AND v.tenant_id = \(tenant) AND v.service_id = x.service_id AND v.customer_id = \(customer)
            """)
    }

    func settle(
        _ service: Service.ID, in id: Incident.ID, minutes: Int, credit: Int64?, at now: Instant
    ) async throws(DatabaseError) {
        try await execute(
            """
            UPDATE incident_services SET settled_at = \(now), minutes = \(Int32(clamping: minutes)), credit = \(credit)
            WHERE tenant_id = \(tenant) AND incident_id = \(id) AND service_id = \(service)
            """)
    }

    /// By customer's name, for the incident's page.
    func affected(by id: Incident.ID, limit: Int) async throws(DatabaseError) -> [AffectedRow] {
        try await rows(
            """
            SELECT x.service_id, v.number, v.customer_id, c.name, x.telling, x.minutes, x.credit,
                n.state AS notice_state, n.failure, n.channel
            FROM incident_services x
            JOIN services v ON v.tenant_id = \(tenant) AND v.service_id = x.service_id
            JOIN customers c ON c.tenant_id = \(tenant) AND c.customer_id = v.customer_id
            LEFT JOIN LATERAL (
                SELECT t.state, t.failure, t.channel FROM notices t
                WHERE t.tenant_id = \(tenant) AND t.about = \(id) AND t.kind = 'outage'
                    AND t.customer_id = v.customer_id
                ORDER BY t.number DESC LIMIT 1) n ON true
            WHERE x.tenant_id = \(tenant) AND x.incident_id = \(id)
            ORDER BY c.name COLLATE "und-x-icu", v.number LIMIT \(limit)
            """)
    }
}

private struct FeedingSite: RowReadable {
    let id: Site.ID

    init(row: Row) throws(DatabaseError) { id = try row.read("site_id") }
}

private struct AffectedCustomer: RowReadable {
    let id: Customer.ID

    init(row: Row) throws(DatabaseError) { id = try row.read("customer_id") }
}

struct AffectedService: RowReadable {
    let service: Service.ID
    let downFrom: Instant
    let telling: String?
    let state: Service.State
    /// Another incident counts for this one too.
    let countsElsewhere: Bool

    init(row: Row) throws(DatabaseError) {
        service = try row.read("service_id")
        downFrom = try row.read("down_from")
        telling = try row.read("telling")
        state = try row.word("state")
        countsElsewhere = try row.read("counts_elsewhere")
    }
}

struct CreditedSpan: RowReadable {
    let from: Instant
    let to: Instant

    init(from: Instant, to: Instant) { (self.from, self.to) = (from, to) }

    init(row: Row) throws(DatabaseError) {
        (from, to) = (try row.read("down_from"), try row.read("resolved_at"))
    }
}

struct AffectedRow: RowReadable {
    let service: Service.ID
    let number: Int
    let customer: Customer.ID
    let name: String
    let telling: String?
    let minutes: Int?
    let credit: Int64?
    /// What became of the notice of the outage; nil where none was made.
    let notice: CustomerNotice.State?
    let failure: String?
    let channel: String?

    init(row: Row) throws(DatabaseError) {
        service = try row.read("service_id")
        number = try row.read("number")
        customer = try row.read("customer_id")
        name = try row.read("name")
        telling = try row.read("telling")
        let minutes: Int32? = try row.read("minutes")
        self.minutes = minutes.map { Int($0) }
        credit = try row.read("credit")
        let notice: String? = try row.read("notice_state")
        self.notice = notice.flatMap { CustomerNotice.State(rawValue: $0) }
        failure = try row.read("failure")
        channel = try row.read("channel")
    }
}
