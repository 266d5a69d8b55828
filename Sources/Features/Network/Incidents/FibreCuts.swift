import Access
import Events
import Fibre
import Identifiers
import Jobs
import Postgres
import Services
import Tenancy
import Time
import Topology

/// ONUs that lost their light together: a fibre is cut, and their ports and boxes tell where.
package struct FibreCuts: Sendable {
    /// The customers' ONUs of one PON port in one box, or in none.
    package struct Group: Sendable, Equatable {
        package let olt: OLT.ID
        package let oltName: String
        package let port: String
        package let site: Site.ID?
        package let known: Int
        package let dark: Int
        package let since: Instant?

        package init(
            _ olt: OLT.ID, _ oltName: String, _ port: String, site: Site.ID?, known: Int, dark: Int,
            since: Instant? = nil
        ) {
            (self.olt, self.oltName, self.port, self.site) = (olt, oltName, port, site)
            (self.known, self.dark, self.since) = (known, dark, since)
        }
    }

    package struct Cause: Sendable, Equatable {
        package let olt: OLT.ID
        package let port: String
        /// The box that is dark while others of its port have light; nil where the whole port is.
        package let site: Site.ID?
        package let title: String
        package let since: Instant?
    }

    /// Fewer are customers who unplugged their equipment.
    static let (leastOfPort, leastOfBox) = (4, 3)
    /// In per cent of the ONUs there.
    static let share = 80

    /// The highest place that explains the darkness. Decides and does nothing else.
    package static func causes(_ groups: [Group], _ sites: [Site]) -> [Cause] {
        let names = Dictionary(sites.map { ($0.id, $0.name) }, uniquingKeysWith: { first, _ in first })
        let ports = Dictionary(grouping: groups) { "\($0.olt) \($0.port)" }
        return ports.sorted { $0.key < $1.key }.flatMap { _, there -> [Cause] in
            let boxes = there.filter { $0.site != nil }
            // One dark box beside others with light is cut at the box; several dark ones are cut before them.
            let darkGroups = there.count { isCut([$0], least: 1) }
            if isCut(there, least: leastOfPort), darkGroups > 1 || boxes.isEmpty, let first = there.first {
                return [
                    Cause(
                        olt: first.olt, port: first.port, site: nil, title: "\(first.oltName) · PON \(first.port)",
                        since: there.compactMap(\.since).min())
                ]
            }
            return boxes.filter { isCut([$0], least: leastOfBox) }.map { group in
                Cause(
                    olt: group.olt, port: group.port, site: group.site,
                    title: group.site.flatMap { names[$0] } ?? group.oltName, since: group.since)
            }
        }
    }

    private static func isCut(_ groups: [Group], least: Int) -> Bool {
        let dark = groups.reduce(0) { $0 + $1.dark }
        let known = groups.reduce(0) { $0 + $1.known }
        return dark >= least && dark * 100 >= known * share
    }
}

extension IncidentFollowing {
    /// Opens an incident where many ONUs lost their light together, and ends it when most have it back.
    func lookAtFibre(at now: Instant, by principal: Principal, in database: TenantDatabase) async throws {
        let open = try await database.openIncidents().filter { $0.cause == .fibre }
        let groups = try await database.fibreGroups()
        guard !groups.isEmpty || !open.isEmpty else { return }
        let causes = FibreCuts.causes(groups, try await database.siteUses().map(\.site))
        for cause in causes {
            let known = open.first { $0.device == cause.olt.uuid && $0.site == cause.site && $0.title == cause.title }
            try await database.transaction { database in
                if let known {
                    guard try await database.affect(by: known.id, cause, at: now) > 0 else { return }
                    try await database.queue(FollowIncident(known.id), at: now)
                } else {
                    let id = Incident.ID.make(milliseconds: now.milliseconds, from: randomness)
                    var incident = Incident(id: id, startedAt: min(cause.since ?? now, now))
                    (incident.cause, incident.device) = (.fibre, cause.olt.uuid)
                    (incident.site, incident.title) = (cause.site, String(cause.title.prefix(100)))
                    _ = try await incident.open(by: principal, in: database)
                    try await database.affect(by: id, cause, at: now)
                }
            }
        }
        for incident in open {
            try await database.transaction { database in
                guard let known = try await database.incident(incident.id, locked: true), known.state != .resolved,
                    let standing = try await database.lightBack(in: incident.id),
                    standing.back * 100 >= standing.affected * FibreCuts.share
                else { return }
                _ = try await known.end(at: now, partOf: nil, by: principal, in: database)
            }
        }
    }
}

private struct LightBack: RowReadable {
    let affected: Int
    let back: Int

    init(row: Row) throws(DatabaseError) { (affected, back) = (try row.read("affected"), try row.read("back")) }
}

extension TenantDatabase {
    /// Registered, let on line, and without light: not one whose power failed or that is cut.
    private var isDark: SQL {
        "NOT u.is_online AND u.place IS NOT NULL AND u.cause NOT IN ('power', 'suspended')"
    }

    fileprivate func fibreGroups() async throws(DatabaseError) -> [FibreCuts.Group] {
        try await rows(
            """
            SELECT u.olt_id, o.name, u.port, p.site_id, count(*) AS known, count(*) FILTER (WHERE \(isDark)) AS dark,
                min(u.since) FILTER (WHERE \(isDark)) AS since
            FROM onus u
            JOIN olts o ON o.tenant_id = \(tenant) AND o.olt_id = u.olt_id
            JOIN services v ON v.tenant_id = \(tenant) AND v.service_id = u.service_id AND v.state = 'active'
            LEFT JOIN service_places p ON p.tenant_id = \(tenant) AND p.service_id = u.service_id
            WHERE u.tenant_id = \(tenant) AND u.proved_at IS NOT NULL
            GROUP BY u.olt_id, o.name, u.port, p.site_id
            """)
    }

    /// Adds the services whose ONU is dark there. Returns how many are new.
    @discardableResult
    fileprivate func affect(
        by id: Incident.ID, _ cause: FibreCuts.Cause, at now: Instant
    ) async throws(DatabaseError) -> Int {
        let box: SQL = cause.site.map { "AND p.site_id = \($0)" } ?? .nothing
        return try await execute(
            """
            INSERT INTO incident_services (tenant_id, incident_id, service_id, down_from)
            SELECT \(tenant), \(id), v.service_id, coalesce(u.since, \(now)) FROM onus u
            JOIN services v ON v.tenant_id = \(tenant) AND v.service_id = u.service_id AND v.state = 'active'
            LEFT JOIN service_places p ON p.tenant_id = \(tenant) AND p.service_id = u.service_id
            WHERE u.tenant_id = \(tenant) AND u.olt_id = \(cause.olt) AND u.port = \(cause.port) AND \(isDark) \(box)
            ON CONFLICT DO NOTHING
            """)
    }

    /// How many of an incident's services have light again, or are in use no more.
    fileprivate func lightBack(in id: Incident.ID) async throws(DatabaseError) -> LightBack? {
        try await first(
            """
            SELECT count(*) AS affected, count(*) FILTER (WHERE v.state <> 'active' OR u.onu_id IS NULL OR u.is_online) AS back
            FROM incident_services x
            JOIN services v ON v.tenant_id = \(tenant) AND v.service_id = x.service_id
            LEFT JOIN onus u ON u.tenant_id = \(tenant) AND u.service_id = x.service_id
            WHERE x.tenant_id = \(tenant) AND x.incident_id = \(id)
            """)
    }
}

extension FibreCuts.Group: RowReadable {
    package init(row: Row) throws(DatabaseError) {
        self.init(
            try row.read("olt_id"), try row.read("name"), try row.read("port"), site: try row.read("site_id"),
            known: try row.read("known"), dark: try row.read("dark"), since: try row.read("since"))
    }
}
