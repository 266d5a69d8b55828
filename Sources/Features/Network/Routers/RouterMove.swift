import Access
import Declarations
import Events
import Identifiers
import Jobs
import Postgres
import Services
import Time

/// Moves all services of a router to a spare, as when it died: the preview or the result.
package struct RouterMove: Sendable, Equatable {
    /// Services that move.
    let services: Int
    /// Those whose PPPoE password is unknown here: the spare cannot connect them until it is entered.
    let withoutPassword: Int
    /// Those that stay, because the spare has somebody of that name, or with that address.
    let nameTaken: Int
}

extension RouterActs {
    func previewMove(
        of id: Router.ID, to spare: Router.ID?, in database: TenantDatabase
    ) async throws -> RouterMove {
        try await checkSpare(spare, for: id, in: database)
        return try await database.move(of: id, to: spare)
    }

    /// A job aligns the spare. Entries on the old router are removed once the services are verified on the new one.
    package func move(
        _ id: Router.ID, to spare: Router.ID?, by principal: Principal, in database: TenantDatabase
    ) async throws -> RouterMove {
        try await database.transaction { database in
            guard let router = try await database.router(id, locked: true) else { throw AccessRefusal.notFound }
            let other = try await checkSpare(spare, for: id, in: database)
            let move = try await database.move(of: id, to: other.id)
            let moved = try await database.carry(from: id, to: other.id, at: principal.now)
            guard !moved.isEmpty else { return move }
            try await database.record(
                moved.map { one in
                    Act(
                        .accessPointBound, one.subject, before: [Act.Detail("router", router.name)],
                        after: [Act.Detail("router", other.name)])
                },
                as: Act(
                    .routerServicesMoved, router.subject,
                    after: [Act.Detail("to_router", other.name), Act.Detail("services", "\(moved.count)")]),
                by: principal.actor, at: principal.now)
            try await database.queue([AlignRouter(other.id), AlignRouter(id)], at: principal.now)
            return move
        }
    }

    @discardableResult
    private func checkSpare(
        _ spare: Router.ID?, for id: Router.ID, in database: TenantDatabase
    ) async throws -> Router {
        guard let spare, spare != id, let router = try await database.router(spare) else { throw RouterRefusal.unknown }
        guard router.mode == .active, !router.isPaused else { throw RouterRefusal.spareNotActive }
        return router
    }
}

extension LookAtService {
    /// Moves a service whose zone changed to that zone's router: to the one with the fewest services of several.
    /// Without a router in the zone it stays. Returns the router it has then.
    package func chooseRouter(at now: Instant, in database: TenantDatabase) async throws -> Router.ID? {
        try await database.transaction { database in
            guard let point = try await database.accessPoint(service, locked: true), let current = point.router else {
                return nil
            }
            guard let choice = try await database.zoneRouter(of: service) else { return current }
            try await database.noteZone(of: service)
            guard let next = choice.router, next != current, choice.isElsewhere else { return current }
            var moved = point
            (moved.router, moved.revision) = (next, point.revision + 1)
            guard try await !database.isBound(moved) else { return current }
            try await database.leave(point, at: now)
            try await database.put(moved, password: nil, at: now)
            try await database.record(
                Act(
                    .accessPointBound, choice.subject, before: [Act.Detail("router", choice.currentName)],
                    after: [Act.Detail("router", choice.name)]), by: .commandLine, at: now)
            return next
        }
    }
}

extension TenantDatabase {
    /// Records the service's entries on the router it leaves, for later removal.
    func leave(_ point: AccessPoint, at now: Instant) async throws(DatabaseError) {
        try await execute(
            """
            INSERT INTO access_leftovers (tenant_id, service_id, router_id, method, name, made_at)
            VALUES (
                \(tenant), \(point.service), \(point.router), \(point.method.rawValue), \(point.name), \(now))
            ON CONFLICT DO NOTHING
            """)
    }

    func isBound(_ point: AccessPoint) async throws(DatabaseError) -> Bool {
        try await value(
            """
            SELECT EXISTS (
                SELECT FROM access_points
                WHERE tenant_id = \(tenant) AND router_id = \(point.router) AND service_id <> \(point.service)
                    AND (method = \(point.method.rawValue) AND name = \(point.name)
                        OR address = \(point.address) AND address <> ''))
            """) ?? false
    }

    func move(of router: Router.ID, to spare: Router.ID?) async throws(DatabaseError) -> RouterMove {
        let move: RouterMove? = try await first(
            """
            SELECT count(*) FILTER (WHERE NOT taken) AS services,
                count(*) FILTER (WHERE NOT taken AND method = 'pppoe' AND password IS NULL) AS without_password,
                count(*) FILTER (WHERE taken) AS name_taken
            FROM (
                SELECT a.method, a.password, EXISTS (
                    SELECT FROM access_points o
                    WHERE o.tenant_id = a.tenant_id AND o.router_id = \(spare)
                        AND (o.method = a.method AND o.name = a.name OR o.address = a.address AND o.address <> '')
                ) AS taken
                FROM access_points a WHERE a.tenant_id = \(tenant) AND a.router_id = \(router)) each
            """)
        return move ?? RouterMove(services: 0, withoutPassword: 0, nameTaken: 0)
    }

    func carry(from router: Router.ID, to spare: Router.ID, at now: Instant) async throws(DatabaseError) -> [Carried] {
        let moved: [Carried] = try await rows(
            """
            WITH moved AS (
                UPDATE access_points a SET router_id = \(spare), revision = a.revision + 1, account_changed_at = NULL
                WHERE a.tenant_id = \(tenant) AND a.router_id = \(router) AND NOT EXISTS (
                    SELECT FROM access_points o
                    WHERE o.tenant_id = a.tenant_id AND o.router_id = \(spare)
                        AND (o.method = a.method AND o.name = a.name OR o.address = a.address AND o.address <> ''))
                RETURNING a.service_id, a.method, a.name
            ), kept AS (
                INSERT INTO access_leftovers (tenant_id, service_id, router_id, method, name, made_at)
                SELECT \(tenant), service_id, \(router), method, name, \(now) FROM moved ON CONFLICT DO NOTHING
            )
            SELECT m.service_id, s.number, p.name AS plan_name FROM moved m
            JOIN services s ON s.tenant_id = \(tenant) AND s.service_id = m.service_id
            JOIN desired_services d ON d.tenant_id = \(tenant) AND d.service_id = m.service_id
            JOIN plans p ON p.tenant_id = \(tenant) AND p.plan_id = d.plan_id
            """)
        guard !moved.isEmpty else { return [] }
        _ = try await batch([
            """
            DELETE FROM access_leftovers
            WHERE tenant_id = \(tenant) AND router_id = \(spare) AND service_id = ANY (\(moved.map(\.service)))
            """,
            """
            DELETE FROM network_differences
            WHERE tenant_id = \(tenant) AND service_id = ANY (\(moved.map(\.service)))
            """,
        ])
        return moved
    }

    /// The zone's router, if the service's zone changed since its router was chosen.
    func zoneRouter(of service: Service.ID) async throws(DatabaseError) -> ZoneChoice? {
        try await first(
            """
            SELECT s.service_id, s.number, p.name AS plan_name, now.name AS current_name, best.router_id, best.name,
                now.zone_id IS DISTINCT FROM s.zone_id AS is_elsewhere
            FROM access_points a
            JOIN services s ON s.tenant_id = a.tenant_id AND s.service_id = a.service_id
            JOIN desired_services d ON d.tenant_id = a.tenant_id AND d.service_id = a.service_id
            JOIN plans p ON p.tenant_id = a.tenant_id AND p.plan_id = d.plan_id
            JOIN routers now ON now.tenant_id = a.tenant_id AND now.router_id = a.router_id
            LEFT JOIN LATERAL (
                SELECT r.router_id, r.name FROM routers r
                WHERE r.tenant_id = a.tenant_id AND r.zone_id = s.zone_id AND r.mode = 'active' AND NOT r.is_paused
                ORDER BY (
                    SELECT count(*) FROM access_points o WHERE o.tenant_id = r.tenant_id AND o.router_id = r.router_id
                ), r.number LIMIT 1
            ) best ON TRUE
            WHERE a.tenant_id = \(tenant) AND a.service_id = \(service) AND a.routed_zone_id IS DISTINCT FROM s.zone_id
            """)
    }

    func noteZone(of service: Service.ID) async throws(DatabaseError) {
        try await execute(
            """
            UPDATE access_points a SET routed_zone_id = s.zone_id FROM services s
            WHERE a.tenant_id = \(tenant) AND a.service_id = \(service) AND s.tenant_id = \(tenant)
                AND s.service_id = \(service)
            """)
    }
}

/// A service that moved to another router.
struct Carried: RowReadable {
    let service: Service.ID
    let number: Int
    let planName: String

    var subject: Act.Subject { Act.Subject("service", service.uuid, named: "\(planName) (\(number))") }

    init(row: Row) throws(DatabaseError) {
        service = try row.read("service_id")
        number = try row.read("number")
        planName = try row.read("plan_name")
    }
}

struct ZoneChoice: RowReadable {
    let service: Carried
    let router: Router.ID?
    let name: String
    let currentName: String
    /// Whether the current router is outside the zone.
    let isElsewhere: Bool

    var subject: Act.Subject { service.subject }

    init(row: Row) throws(DatabaseError) {
        service = try Carried(row: row)
        router = try row.read("router_id")
        let name: String? = try row.read("name")
        self.name = name ?? ""
        currentName = try row.read("current_name")
        isElsewhere = try row.read("is_elsewhere")
    }
}

extension RouterMove: RowReadable {
    package init(row: Row) throws(DatabaseError) {
        services = try row.read("services")
        withoutPassword = try row.read("without_password")
        nameTaken = try row.read("name_taken")
    }
}
