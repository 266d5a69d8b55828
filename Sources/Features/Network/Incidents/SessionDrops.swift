import Access
import Events
import Identifiers
import Jobs
import Postgres
import Routers
import Services
import Tenancy
import Time
import Topology

/// Sessions that ended together and did not come back: a signal of its own, where no device says that it is down.
package struct SessionDrops: Sendable {
    /// The sessions of one sector or box; of those placed nowhere, of one router or access server.
    package struct Group: Sendable, Equatable {
        package var site: Site.ID?
        package var router: Router.ID?
        package var server: UUID?
        package var name = ""
        /// Open, or ended a short while ago.
        package var known: Int
        package var dropped: Int
        package var since: Instant?

        package init(site: Site.ID? = nil, known: Int, dropped: Int, since: Instant? = nil) {
            (self.site, self.known, self.dropped, self.since) = (site, known, dropped, since)
        }
    }

    package struct Cause: Sendable, Equatable {
        package let site: Site.ID?
        package let title: String
        package let since: Instant?
        package let groups: [Group]
    }

    /// Fewer are customers who turn their equipment off.
    static let least = 5
    /// In per cent of the sessions there.
    static let share = 50
    /// Who dials again does so within this time.
    static let patience = Duration.seconds(60)
    static let window = Duration.seconds(900)
    /// Sessions need a while to come back after another incident.
    static let calm = Duration.seconds(300)
    /// Over once so many per cent are back.
    static let recovered = 80

    /// The lowest site that explains each drop. Decides and does nothing else.
    package static func causes(_ groups: [Group], _ sites: [Site]) -> [Cause] {
        let known = Dictionary(sites.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
        let ofRouter = Dictionary(
            sites.compactMap { site in site.router.map { ($0, site.id) } }, uniquingKeysWith: { first, _ in first })
        var own: [Site.ID: [Group]] = [:]
        var causes: [Cause] = []
        for group in groups {
            if let site = group.site ?? group.router.flatMap({ ofRouter[$0] }), known[site] != nil {
                own[site, default: []].append(group)
            } else if isDrop([group]) {
                causes.append(Cause(site: nil, title: group.name, since: group.since, groups: [group]))
            }
        }
        var below: [Site.ID: [Site.ID]] = [:]
        var roots: [Site.ID] = []
        for site in sites {
            if let upstream = site.upstream, known[upstream] != nil {
                below[upstream, default: []].append(site.id)
            } else {
                roots.append(site.id)
            }
        }
        func all(under site: Site.ID, deep: Int) -> [Group] {
            guard deep < 64 else { return [] }
            return (own[site] ?? []) + (below[site] ?? []).flatMap { all(under: $0, deep: deep + 1) }
        }
        func look(at site: Site.ID, deep: Int) {
            guard deep < 64 else { return }
            let there = all(under: site, deep: deep)
            guard there.contains(where: { $0.dropped > 0 }) else { return }
            let lower = below[site] ?? []
            // Where one site below explains it, this one is up.
            let explaining = lower.count { isDrop(all(under: $0, deep: deep + 1)) }
            let isLower = explaining == 1 && !isDrop(own[site] ?? [])
            guard isDrop(there), !isLower else {
                for site in lower { look(at: site, deep: deep + 1) }
                return
            }
            causes.append(
                Cause(
                    site: site, title: known[site]?.name ?? "", since: there.compactMap(\.since).min(),
                    groups: there.filter { $0.dropped > 0 }))
        }
        for root in roots { look(at: root, deep: 0) }
        return causes
    }

    private static func isDrop(_ groups: [Group]) -> Bool {
        let dropped = groups.reduce(0) { $0 + $1.dropped }
        let known = groups.reduce(0) { $0 + $1.known }
        return dropped >= least && dropped * 100 >= known * share
    }
}

extension IncidentFollowing {
    /// Opens an incident where many sessions ended together, and ends it when they are back. What a device explains is
    /// that device's.
    func lookAtSessions(of tenant: Tenant, at now: Instant, by principal: Principal, in database: TenantDatabase)
        async throws
    {
        let sites = try await database.siteUses().map(\.site)
        for incident in try await database.openIncidents().filter({ $0.cause == .sessions }) {
            try await endIfBack(incident, at: now, by: principal, in: database)
        }
        let open = try await database.openIncidents().filter { $0.cause == .sessions }
        for cause in SessionDrops.causes(try await database.sessionGroups(at: now), sites) {
            if let known = open.first(where: { $0.site == cause.site && $0.title == cause.title }) {
                try await database.transaction { database in
                    if try await database.affect(by: known.id, cause.groups, at: now) > 0 {
                        try await database.queue(FollowIncident(known.id), at: now)
                    }
                }
            } else {
                try await begin(cause, at: now, by: principal, in: database)
            }
        }
    }

    private func begin(
        _ cause: SessionDrops.Cause, at now: Instant, by principal: Principal, in database: TenantDatabase
    ) async throws {
        let id = Incident.ID.make(milliseconds: now.milliseconds, from: randomness)
        try await database.transaction { database in
            var incident = Incident(id: id, startedAt: min(cause.since ?? now, now))
            (incident.cause, incident.site, incident.title) = (.sessions, cause.site, cause.title)
            _ = try await incident.open(by: principal, in: database)
            try await database.affect(by: id, cause.groups, at: now)
        }
    }

    private func endIfBack(
        _ incident: Incident, at now: Instant, by principal: Principal, in database: TenantDatabase
    ) async throws {
        try await database.transaction { database in
            guard let known = try await database.incident(incident.id, locked: true), known.state != .resolved,
                let standing = try await database.sessionsBack(in: incident.id)
            else { return }
            // Another incident explains all of it by now.
            let whole = standing.elsewhere == standing.affected ? standing.other.map { Incident.ID($0) } : nil
            guard whole != nil || standing.back * 100 >= standing.affected * SessionDrops.recovered else { return }
            _ = try await known.end(at: now, partOf: whole, by: principal, in: database)
        }
    }
}

private struct SessionsBack: RowReadable {
    let affected: Int
    let back: Int
    let elsewhere: Int
    let other: UUID?

    init(row: Row) throws(DatabaseError) {
        (affected, back) = (try row.read("affected"), try row.read("back"))
        (elsewhere, other) = (try row.read("elsewhere"), try row.read("other"))
    }
}

extension TenantDatabase {
    /// The services whose sessions ended since a moment, or are open. What staff ended, and sessions of which nothing was
    /// heard, are left out.
    private func lastSessions(at now: Instant) -> SQL {
        """
        last AS (
            SELECT k.service_id, bool_or(k.ended_at IS NULL) AS is_open, max(k.ended_at) AS ended_at,
                (array_agg(k.client_id ORDER BY k.started_at DESC))[1] AS client_id
            FROM radius_sessions k
            WHERE k.tenant_id = \(tenant) AND k.service_id IS NOT NULL AND (
                k.ended_at IS NULL OR (
                    k.ended_at > \(now - SessionDrops.window) AND k.cause <> 'Stale' AND k.asked_at IS NULL))
            GROUP BY k.service_id)
        """
    }

    private func hasDropped(at now: Instant) -> SQL {
        "(NOT l.is_open AND l.ended_at <= \(now - SessionDrops.patience))"
    }

    /// Without the services that an incident explains, open or over a short while ago.
    fileprivate func sessionGroups(at now: Instant) async throws(DatabaseError) -> [SessionDrops.Group] {
        try await rows(
            """
            WITH \(lastSessions(at: now))
            SELECT g.*, coalesce(r.name, n.name, '') AS name FROM (
                SELECT p.site_id, CASE WHEN p.site_id IS NULL THEN a.router_id END AS router_id,
                    CASE WHEN p.site_id IS NULL AND a.router_id IS NULL THEN l.client_id END AS client_id,
                    count(*) AS known, count(*) FILTER (WHERE \(hasDropped(at: now))) AS dropped,
                    min(l.ended_at) FILTER (WHERE \(hasDropped(at: now))) AS since
                FROM last l
                JOIN services v ON v.tenant_id = \(tenant) AND v.service_id = l.service_id AND v.state = 'active'
                LEFT JOIN service_places p ON p.tenant_id = \(tenant) AND p.service_id = l.service_id
                LEFT JOIN access_points a ON a.tenant_id = \(tenant) AND a.service_id = l.service_id
                WHERE NOT EXISTS (
                    SELECT FROM incident_services x
                    JOIN incidents o ON o.tenant_id = \(tenant) AND o.incident_id = x.incident_id
                    WHERE x.tenant_id = \(tenant) AND x.service_id = l.service_id
                        AND (o.state <> 'resolved' OR o.resolved_at > \(now - SessionDrops.calm)))
                GROUP BY 1, 2, 3
            ) g
            LEFT JOIN routers r ON r.tenant_id = \(tenant) AND r.router_id = g.router_id
            LEFT JOIN radius_clients n ON n.tenant_id = \(tenant) AND n.client_id = g.client_id
            """)
    }

    /// Adds the services of these groups whose sessions are gone. Returns how many are new.
    @discardableResult
    fileprivate func affect(
        by id: Incident.ID, _ groups: [SessionDrops.Group], at now: Instant
    ) async throws(DatabaseError) -> Int {
        try await execute(
            """
            WITH \(lastSessions(at: now))
            INSERT INTO incident_services (tenant_id, incident_id, service_id, down_from)
            SELECT \(tenant), \(id), v.service_id, l.ended_at FROM last l
            JOIN services v ON v.tenant_id = \(tenant) AND v.service_id = l.service_id AND v.state = 'active'
            LEFT JOIN service_places p ON p.tenant_id = \(tenant) AND p.service_id = l.service_id
            LEFT JOIN access_points a ON a.tenant_id = \(tenant) AND a.service_id = l.service_id
            WHERE \(hasDropped(at: now)) AND (
                p.site_id = ANY (\(groups.compactMap { $0.site?.uuid }))
                OR (p.site_id IS NULL AND a.router_id = ANY (\(groups.compactMap { $0.router?.uuid })))
                OR (p.site_id IS NULL AND a.router_id IS NULL AND l.client_id = ANY (\(groups.compactMap(\.server)))))
            ON CONFLICT DO NOTHING
            """)
    }

    /// Of the services that an incident took down: how many are on line again or no longer in use, and how many another
    /// open incident explains.
    fileprivate func sessionsBack(in id: Incident.ID) async throws(DatabaseError) -> SessionsBack? {
        try await first(
            """
            SELECT count(*) AS affected, count(*) FILTER (WHERE v.state <> 'active' OR EXISTS (
                    SELECT FROM radius_sessions k
                    WHERE k.tenant_id = \(tenant) AND k.service_id = x.service_id AND k.ended_at IS NULL)) AS back,
                count(o.other) AS elsewhere, (array_agg(o.other) FILTER (WHERE o.other IS NOT NULL))[1] AS other
            FROM incident_services x
            JOIN services v ON v.tenant_id = \(tenant) AND v.service_id = x.service_id
            LEFT JOIN LATERAL (
                SELECT y.incident_id AS other FROM incident_services y
                JOIN incidents i ON i.tenant_id = \(tenant) AND i.incident_id = y.incident_id
                WHERE y.tenant_id = \(tenant) AND y.service_id = x.service_id AND y.incident_id <> \(id)
                    AND y.settled_at IS NULL AND i.state <> 'resolved' AND i.cause <> 'sessions'
                LIMIT 1
            ) o ON TRUE
            WHERE x.tenant_id = \(tenant) AND x.incident_id = \(id)
            """)
    }
}

extension SessionDrops.Group: RowReadable {
    package init(row: Row) throws(DatabaseError) {
        self.init(
            site: try row.read("site_id"), known: try row.read("known"), dropped: try row.read("dropped"),
            since: try row.read("since"))
        router = try row.read("router_id")
        server = try row.read("client_id")
        name = try row.read("name")
    }
}
