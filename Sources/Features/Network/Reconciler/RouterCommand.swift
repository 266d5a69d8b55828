import AccessProtocol
import Identifiers
import JSON
import Locale
import Nouns
import Plans
import Postgres
import Routers
import Services
import Time

/// A command sent to a router, as shown: without secrets.
package struct RouterCommand: Sendable, Equatable {
    package typealias ID = Identifiers.ID<RouterCommand>

    package let id: ID
    let router: Router.ID
    let routerName: String
    let service: Service.ID
    let serviceTitle: String
    let content: String
    let state: State
    let reply: String
    let sentAt: Instant
    let endedAt: Instant?

    package enum State: String, FieldChoice {
        case sent, verified, failed

        package var message: Message {
            switch self {
            case .sent: Message(es: "Enviado", en: "Sent", pt: "Enviado")
            case .verified: Message(es: "Verificado", en: "Verified", pt: "Verificado")
            case .failed: Message(es: "Falló", en: "Failed", pt: "Falhou")
            }
        }

        package var tone: Tone {
            switch self {
            case .sent: .warning
            case .verified: .good
            case .failed: .bad
            }
        }
    }
}

extension RouterCommand: RowReadable {
    package init(row: Row) throws(DatabaseError) {
        id = try row.read("command_id")
        router = try row.read("router_id")
        routerName = try row.read("router_name")
        service = try row.read("service_id")
        let (number, plan): (Int, String) = (try row.read("number"), try row.read("plan_name"))
        serviceTitle = "\(plan) (\(number))"
        content = try row.read("content")
        state = try row.word("state")
        reply = try row.read("reply")
        sentAt = try row.read("sent_at")
        endedAt = try row.read("ended_at")
    }
}

/// A difference on a router that waits for a person.
package struct NetworkDifference: Sendable, Equatable {
    package let service: Service.ID
    let serviceTitle: String
    let planName: String
    let customerName: String
    package let router: Router.ID
    let routerName: String
    let accessName: String
    package let kind: String
    let found: String
    let wanted: String
    package let isRepairable: Bool
    let isApproved: Bool
    /// On a router in shadow mode, where nothing is mended.
    let isInShadow: Bool
    let foundAt: Instant
}

extension NetworkDifference: RowReadable {
    package init(row: Row) throws(DatabaseError) {
        service = try row.read("service_id")
        let (number, plan): (Int, String) = (try row.read("number"), try row.read("plan_name"))
        (serviceTitle, planName) = ("\(plan) (\(number))", plan)
        customerName = try row.read("customer_name")
        router = try row.read("router_id")
        routerName = try row.read("router_name")
        accessName = try row.read("access_name")
        kind = try row.read("kind")
        found = try row.read("found")
        wanted = try row.read("wanted")
        isRepairable = try row.read("is_repairable")
        isApproved = try row.read("is_approved")
        isInShadow = try row.read("is_in_shadow")
        foundAt = try row.read("found_at")
    }
}

extension NetworkDifference {
    /// What its plan is called on the router is not written down there.
    var lacksProfile: Bool {
        [AccessFinding.Kind.unknownProfile.rawValue, AccessFinding.Kind.missingProfile.rawValue].contains(kind)
    }
}

struct RouterWithoutProfile: RowReadable {
    let id: Router.ID
    let name: String

    init(row: Row) throws(DatabaseError) {
        id = try row.read("router_id")
        name = try row.read("name")
    }
}

extension TenantDatabase {
    /// Its own, if it is bound to one by a secret without a profile of its own.
    func routerWithoutProfile(
        of service: Service.ID, for plan: Plan.ID
    ) async throws(DatabaseError) -> RouterWithoutProfile? {
        try await first(
            """
            SELECT r.router_id, r.name FROM access_points a
            JOIN routers r ON r.tenant_id = a.tenant_id AND r.router_id = a.router_id
            WHERE a.tenant_id = \(tenant) AND a.service_id = \(service) AND a.method = 'pppoe' AND a.profile = ''
                AND NOT EXISTS (
                    SELECT FROM router_profiles x
                    WHERE x.tenant_id = a.tenant_id AND x.router_id = a.router_id AND x.plan_id = \(plan))
            """)
    }

    /// Of a service that is bound, its own; otherwise those to which people are bound by secrets.
    func routersWithoutProfile(
        for plan: Plan.ID, of service: Service.ID
    ) async throws(DatabaseError) -> [RouterWithoutProfile] {
        if let own = try await routerWithoutProfile(of: service, for: plan) { return [own] }
        return try await rows(
            """
            SELECT r.router_id, r.name FROM routers r
            WHERE r.tenant_id = \(tenant)
                AND NOT EXISTS (
                    SELECT FROM access_points a WHERE a.tenant_id = \(tenant) AND a.service_id = \(service))
                AND NOT EXISTS (
                    SELECT FROM router_profiles x
                    WHERE x.tenant_id = r.tenant_id AND x.router_id = r.router_id AND x.plan_id = \(plan))
                AND EXISTS (
                    SELECT FROM router_profiles x WHERE x.tenant_id = r.tenant_id AND x.router_id = r.router_id)
            ORDER BY r.name LIMIT 5
            """)
    }
}

/// A service that is not yet on its router as it should be.
struct PendingService: RowReadable {
    let service: Service.ID
    let serviceTitle: String
    let routerName: String
    let router: Router.ID
    let health: RouterHealth.State
    let access: NetworkState.Access
    let since: Instant

    init(row: Row) throws(DatabaseError) {
        service = try row.read("service_id")
        let (number, plan): (Int, String) = (try row.read("number"), try row.read("plan_name"))
        serviceTitle = "\(plan) (\(number))"
        router = try row.read("router_id")
        routerName = try row.read("router_name")
        let isPaused: Bool = try row.read("is_paused")
        health = isPaused ? .paused : try row.word("health")
        access = try row.word("access")
        since = try row.read("changed_at")
    }
}

extension TenantDatabase {
    func routerCommands(
        of router: Router.ID? = nil, service: Service.ID? = nil, in state: RouterCommand.State? = nil,
        before place: (at: Instant, id: RouterCommand.ID)? = nil, limit: Int
    ) async throws(DatabaseError) -> [RouterCommand] {
        let router: SQL = router.map { "AND c.router_id = \($0)" } ?? .nothing
        let service: SQL = service.map { "AND c.service_id = \($0)" } ?? .nothing
        let state: SQL = state.map { "AND c.state = \($0.rawValue)" } ?? .nothing
        let place: SQL = place.map { "AND (c.sent_at, c.command_id) < (\($0.at), \($0.id))" } ?? .nothing
        return try await rows(
            """
            SELECT c.command_id, c.router_id, r.name AS router_name, c.service_id, s.number, p.name AS plan_name,
                c.content, c.state, c.reply, c.sent_at, c.ended_at
            FROM router_commands c
            JOIN routers r ON r.tenant_id = c.tenant_id AND r.router_id = c.router_id
            JOIN services s ON s.tenant_id = c.tenant_id AND s.service_id = c.service_id
            JOIN desired_services d ON d.tenant_id = c.tenant_id AND d.service_id = c.service_id
            JOIN plans p ON p.tenant_id = d.tenant_id AND p.plan_id = d.plan_id
            WHERE c.tenant_id = \(tenant) \(router) \(service) \(state) \(place)
            ORDER BY c.sent_at DESC, c.command_id DESC LIMIT \(limit)
            """)
    }

    /// Nearly all services are proven: each of the three is read once and matched as a whole, however many there are.
    func pendingServices(limit: Int) async throws(DatabaseError) -> [PendingService] {
        try await rows(
            """
            WITH points AS MATERIALIZED (
                SELECT a.service_id, a.router_id, a.revision, a.made_at FROM access_points a WHERE a.tenant_id = \(tenant)
            ), wanted AS MATERIALIZED (
                SELECT d.service_id, d.revision, d.plan_id, d.access, d.changed_at FROM desired_services d
                WHERE d.tenant_id = \(tenant)
            ), proofs AS MATERIALIZED (
                SELECT f.service_id, f.desired_revision, f.access_revision FROM service_proofs f
                WHERE f.tenant_id = \(tenant)
            ), behind AS MATERIALIZED (
                SELECT a.service_id, a.router_id, d.plan_id, d.access, d.changed_at, a.made_at
                FROM points a
                JOIN wanted d ON d.service_id = a.service_id
                LEFT JOIN proofs f ON f.service_id = a.service_id AND f.desired_revision = d.revision
                    AND f.access_revision = a.revision
                WHERE f.service_id IS NULL
            )
            SELECT b.service_id, s.number, p.name AS plan_name, r.router_id, r.name AS router_name, r.is_paused, r.health,
                b.access, greatest(b.changed_at, b.made_at) AS changed_at
            FROM behind b
            JOIN routers r ON r.tenant_id = \(tenant) AND r.router_id = b.router_id
            JOIN services s ON s.tenant_id = \(tenant) AND s.service_id = b.service_id
            JOIN plans p ON p.tenant_id = \(tenant) AND p.plan_id = b.plan_id
            WHERE r.mode = 'active'
            ORDER BY b.changed_at, b.service_id LIMIT \(limit)
            """)
    }

    package func networkDifferences(
        of router: Router.ID? = nil, service: Service.ID? = nil, limit: Int
    ) async throws(DatabaseError) -> [NetworkDifference] {
        let router: SQL = router.map { "AND n.router_id = \($0)" } ?? .nothing
        let service: SQL = service.map { "AND n.service_id = \($0)" } ?? .nothing
        return try await rows(
            """
            SELECT n.service_id, s.number, p.name AS plan_name, c.name AS customer_name, n.router_id,
                r.name AS router_name, a.name AS access_name, n.kind, n.found, n.wanted, n.is_repairable, n.is_approved,
                r.mode = 'shadow' AS is_in_shadow, n.found_at
            FROM network_differences n
            JOIN routers r ON r.tenant_id = n.tenant_id AND r.router_id = n.router_id
            JOIN access_points a ON a.tenant_id = n.tenant_id AND a.service_id = n.service_id
            JOIN services s ON s.tenant_id = n.tenant_id AND s.service_id = n.service_id
            JOIN customers c ON c.tenant_id = s.tenant_id AND c.customer_id = s.customer_id
            JOIN desired_services d ON d.tenant_id = n.tenant_id AND d.service_id = n.service_id
            JOIN plans p ON p.tenant_id = d.tenant_id AND p.plan_id = d.plan_id
            WHERE n.tenant_id = \(tenant) \(router) \(service)
            ORDER BY n.found_at DESC, n.service_id, n.kind LIMIT \(limit)
            """)
    }

    /// Returns whether there was anything to mend.
    func approveRepair(of service: Service.ID) async throws(DatabaseError) -> Bool {
        try await execute(
            """
            UPDATE network_differences n SET is_approved = TRUE FROM routers r
            WHERE n.tenant_id = \(tenant) AND n.service_id = \(service) AND n.is_repairable
                AND r.tenant_id = \(tenant) AND r.router_id = n.router_id AND r.mode = 'active'
            """) > 0
    }
}
