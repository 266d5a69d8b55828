import API
import Access
import Identifiers
import JSON
import Locale
import Nouns
import Plans
import Postgres
import Routers
import Services
import Tenancy
import Time

/// A service's desired state on the network, and what was read back.
package struct NetworkState: Sendable, Equatable {
    package enum Access: String, FieldChoice {
        case open, closed, absent

        package var message: Message {
            switch self {
            case .open: Message(es: "Conectado", en: "Connected", pt: "Conectado")
            case .closed: Message(es: "Cortado", en: "Cut", pt: "Cortado")
            case .absent: Message(es: "Sin acceso", en: "No access", pt: "Sem acesso")
            }
        }
    }

    package enum Method: String, CaseIterable, Sendable { case pppoe, queue, lease, radius }

    /// A one-word summary. Nothing counts as done before it was read back.
    package enum Standing: String, FieldChoice {
        case unbound, waiting
        case toCut = "to_cut"
        case toConnect = "to_connect"
        case different
        case connected, cut, absent

        package var message: Message {
            switch self {
            case .unbound:
                Message(
                    es: "Sin ligar a un router", en: "Not bound to a router", pt: "Sem ligação a um roteador")
            case .waiting: Message(es: "Por retirar", en: "To be taken off", pt: "A retirar")
            case .toCut: Message(es: "Por cortar", en: "To be cut", pt: "A cortar")
            case .toConnect: Message(es: "Por reconectar", en: "To be connected", pt: "A reconectar")
            case .different:
                Message(es: "Con diferencia en router", en: "Differs on the router", pt: "Com diferença no roteador")
            case .connected: Message(es: "Activo", en: "Active", pt: "Ativo")
            case .cut: Message(es: "Cortado", en: "Cut", pt: "Cortado")
            case .absent: Message(es: "Sin acceso", en: "No access", pt: "Sem acesso")
            }
        }

        package var tone: Tone {
            switch self {
            case .connected: .good
            case .cut: .bad
            case .unbound, .absent: .quiet
            case .waiting, .toCut, .toConnect, .different: .warning
            }
        }
    }

    package let service: Service.ID
    /// How it goes on line: by its router, as the access point says, or by RADIUS; nil while by neither.
    package let method: Method?
    package let router: Router.ID?
    package let routerName: String
    let accessName: String
    package let routerHealth: RouterHealth.State
    package let access: Access
    package let revision: Int
    let changedAt: Instant
    package let provedAt: Instant?
    package let isOnline: Bool
    /// The address of the session at the last read-back.
    package let address: String
    let caller: String
    package let connectedAt: Instant?
    package let hasDifferences: Bool
    let isInShadow: Bool

    package var standing: Standing {
        guard method != nil else { return .unbound }
        if hasDifferences { return .different }
        switch (access, provedAt != nil) {
        case (.open, true): return .connected
        case (.closed, true): return .cut
        case (.absent, true): return .absent
        case (.open, false): return .toConnect
        case (.closed, false): return .toCut
        case (.absent, false): return .waiting
        }
    }
}

extension NetworkState {
    /// The standing of services that have a router; a proof counts only for the current revisions.
    static func sight(_ condition: SQL, _ database: TenantDatabase) -> SQL {
        """
        SELECT s.service_id, f.proved_at AS seen_at, CASE
            WHEN n.is_different THEN 'different' WHEN f.proved_at IS NOT NULL THEN 'verified'
            WHEN d.access = 'open' THEN 'to_connect' WHEN d.access = 'closed' THEN 'to_cut' ELSE 'waiting' END AS standing
        FROM services s
        JOIN desired_services d ON d.tenant_id = s.tenant_id AND d.service_id = s.service_id
        JOIN access_points a ON a.tenant_id = s.tenant_id AND a.service_id = s.service_id
        CROSS JOIN LATERAL (
            SELECT EXISTS (
                SELECT FROM network_differences n WHERE n.tenant_id = s.tenant_id AND n.service_id = s.service_id
            ) AS is_different
        ) n
        LEFT JOIN service_proofs f ON f.tenant_id = s.tenant_id AND f.service_id = s.service_id
            AND f.desired_revision = d.revision AND f.access_revision = a.revision
        WHERE s.tenant_id = \(database.tenant) AND \(condition)
        UNION ALL \(radiusSight(condition, database))
        UNION ALL \(unboundSight(condition, database))
        """
    }

    /// Services that nothing on the network was told of, in companies that have routers or access servers.
    fileprivate static func unboundSight(_ condition: SQL, _ database: TenantDatabase) -> SQL {
        """
        SELECT s.service_id, NULL::timestamptz AS seen_at,
            CASE WHEN d.access = 'open' THEN 'open' ELSE 'closed' END AS standing
        FROM services s
        JOIN desired_services d ON d.tenant_id = s.tenant_id AND d.service_id = s.service_id
        WHERE s.tenant_id = \(database.tenant) AND \(condition) AND s.state IN ('active', 'cut')
            AND NOT EXISTS (
                SELECT FROM access_points o WHERE o.tenant_id = s.tenant_id AND o.service_id = s.service_id)
            AND NOT EXISTS (
                SELECT FROM radius_accesses o WHERE o.tenant_id = s.tenant_id AND o.service_id = s.service_id)
            AND (
                EXISTS (SELECT FROM routers r WHERE r.tenant_id = \(database.tenant))
                OR EXISTS (SELECT FROM radius_clients r WHERE r.tenant_id = \(database.tenant)))
        """
    }

    /// How a service is by the books alone.
    enum Unbound: String, FieldChoice {
        case open, closed

        var message: Message {
            switch self {
            case .open:
                Message(
                    es: "Activo, sin ligar a un router", en: "Active, not bound to a router",
                    pt: "Ativo, sem ligação a um roteador")
            case .closed:
                Message(
                    es: "Cortado, sin ligar a un router", en: "Cut, not bound to a router",
                    pt: "Cortado, sem ligação a um roteador")
            }
        }

        var tone: Tone { .warning }
    }

    /// Services without a router that go on line by RADIUS. An open one was let in. A closed one has no session left, none
    /// that fell silent after the change, and was not let in lately without any report.
    fileprivate static func radiusSight(_ condition: SQL, _ database: TenantDatabase) -> SQL {
        """
        SELECT s.service_id, CASE WHEN d.access = 'open' THEN a.accepted_at ELSE k.last_at END AS seen_at, CASE
            WHEN d.access = 'open' AND a.accepted_at IS NULL THEN 'to_connect'
            WHEN d.access <> 'open' AND k.is_online THEN 'to_cut' ELSE 'verified' END AS standing
        FROM services s
        JOIN desired_services d ON d.tenant_id = s.tenant_id AND d.service_id = s.service_id
        JOIN radius_accesses a ON a.tenant_id = s.tenant_id AND a.service_id = s.service_id
        CROSS JOIN LATERAL (
            SELECT coalesce(
                    bool_or(k.ended_at IS NULL OR k.cause = 'Stale' AND k.ended_at > d.changed_at),
                    a.accepted_at > d.changed_at - interval '1 day', FALSE) AS is_online,
                CASE WHEN coalesce(bool_and(k.ended_at IS NOT NULL), TRUE)
                    THEN greatest(d.changed_at, max(k.ended_at)) END AS last_at
            FROM radius_sessions k WHERE k.tenant_id = s.tenant_id AND k.service_id = s.service_id
        ) k
        WHERE s.tenant_id = \(database.tenant) AND \(condition) AND NOT EXISTS (
            SELECT FROM access_points o WHERE o.tenant_id = s.tenant_id AND o.service_id = s.service_id)
        """
    }

    /// The time of the read-back, with the date if it was not today.
    static func seen(_ standing: String, at provedAt: Instant?, _ visit: Visit) -> ServiceSight.Seen? {
        if let unbound = Unbound(rawValue: standing) {
            return ServiceSight.Seen(
                instead: unbound, isAwaited: false, Standing.unbound.text(for: visit.reader), .warning,
                for: visit.reader)
        }
        let standing = Standing(rawValue: standing)
        let (words, tone): (String, Tone) =
            switch (standing, provedAt) {
            case (.different, _): (ReconcilerWords.doesNotMatch.text(for: visit.reader), .bad)
            case (_, let provedAt?):
                (
                    ReconcilerWords.verifiedAtTime.text(
                        for: visit.reader, .text("time", provedAt.shortest(for: visit))), .good
                )
            case (_, nil): (ReconcilerWords.toVerify.text(for: visit.reader), .warning)
            }
        let isAwaited = standing.map { [.toCut, .toConnect, .waiting].contains($0) } ?? false
        return ServiceSight.Seen(instead: standing, isAwaited: isAwaited, words, tone, for: visit.reader)
    }
}

extension Instant {
    /// Only the time for today.
    fileprivate func shortest(for visit: Visit) -> String {
        let local = visit.tenant.timeZone.local(at: self)
        return local.day == visit.today
            ? local.time.text(for: visit.reader) : text(.short, in: visit.tenant.timeZone, for: visit.reader)
    }
}

/// When each router was last fully compared.
struct RouterComparisons: RowReadable {
    let missing: Int
    let oldest: Instant?

    init(row: Row) throws(DatabaseError) {
        missing = try row.read("missing")
        oldest = try row.read("oldest")
    }
}

extension TenantDatabase {
    func comparisons(of router: Router.ID? = nil) async throws(DatabaseError) -> RouterComparisons? {
        let which: SQL = router.map { "AND router_id = \($0)" } ?? .nothing
        return try await first(
            """
            SELECT count(*) FILTER (WHERE compared_at IS NULL) AS missing, min(compared_at) AS oldest FROM routers
            WHERE tenant_id = \(tenant) AND NOT is_paused \(which)
            """)
    }

    package func networkState(of service: Service.ID) async throws(DatabaseError) -> NetworkState? {
        try await first(
            """
            SELECT d.service_id, d.access, d.revision, d.changed_at, a.router_id, coalesce(r.name, '') AS router_name,
                CASE WHEN v.service_id IS NOT NULL THEN 'radius' ELSE a.method END AS method,
                coalesce(a.name, '') AS access_name, coalesce(r.is_paused, FALSE) AS is_paused,
                coalesce(r.mode = 'shadow', FALSE) AS is_in_shadow,
                coalesce(r.health, 'unknown') AS health,
                CASE WHEN v.standing = 'verified' THEN v.seen_at ELSE f.proved_at END AS proved_at,
                coalesce(f.is_online, k.session_id IS NOT NULL) AS is_online,
                coalesce(f.address, k.address, '') AS address, coalesce(f.caller, k.caller, '') AS caller,
                coalesce(f.connected_at, k.started_at) AS connected_at,
                EXISTS (
                    SELECT FROM network_differences n WHERE n.tenant_id = d.tenant_id AND n.service_id = d.service_id
                ) AS has_differences
            FROM desired_services d
            LEFT JOIN access_points a ON a.tenant_id = d.tenant_id AND a.service_id = d.service_id
            LEFT JOIN routers r ON r.tenant_id = a.tenant_id AND r.router_id = a.router_id
            LEFT JOIN service_proofs f ON f.tenant_id = d.tenant_id AND f.service_id = d.service_id
                AND f.desired_revision = d.revision AND f.access_revision = a.revision
            LEFT JOIN (\(NetworkState.radiusSight("s.service_id = \(service)", self))) v ON v.service_id = d.service_id
            LEFT JOIN LATERAL (
                SELECT k.session_id, k.address, k.caller, k.started_at FROM radius_sessions k
                WHERE k.tenant_id = \(tenant) AND k.service_id = v.service_id AND k.ended_at IS NULL
                ORDER BY k.started_at DESC LIMIT 1) k ON TRUE
            WHERE d.tenant_id = \(tenant) AND d.service_id = \(service)
            """)
    }
}

extension NetworkState: RowReadable {
    package init(row: Row) throws(DatabaseError) {
        service = try row.read("service_id")
        let word: String? = try row.read("method")
        method = word.flatMap(Method.init)
        router = try row.read("router_id")
        routerName = try row.read("router_name")
        accessName = try row.read("access_name")
        let isPaused: Bool = try row.read("is_paused")
        routerHealth = isPaused ? .paused : try row.word("health")
        access = try row.word("access")
        revision = try row.read("revision")
        changedAt = try row.read("changed_at")
        provedAt = try row.read("proved_at")
        isOnline = try row.read("is_online")
        address = try row.read("address")
        caller = try row.read("caller")
        connectedAt = try row.read("connected_at")
        hasDifferences = try row.read("has_differences")
        isInShadow = try row.read("is_in_shadow")
    }
}

extension NetworkState: Resource {
    package static let schema = Schema.object(
        "NetworkState",
        [
            .required("service", .id, ReconcilerWords.service),
            .required(
                "method", Schema.words(Method.allCases.map(\.rawValue)).orNull, ReconcilerWords.method),
            .required("router", Schema.id.orNull, ReconcilerWords.router),
            .required("desired", .words(Access.allCases.map(\.rawValue)), ReconcilerWords.desired),
            .required("standing", .words(Standing.allCases.map(\.rawValue)), ReconcilerWords.standing),
            .required("revision", .integer(1...Int.max), ReconcilerWords.revision),
            .required("online", .flag, ReconcilerWords.isOnline),
            .required("address", Schema.text.orNull, ReconcilerWords.address),
            .required("mac", Schema.text.orNull, ReconcilerWords.caller),
            .required("online_since", Schema.text.orNull, ReconcilerWords.connectedAt),
            .required("verified_at", Schema.text.orNull, ReconcilerWords.verifiedAt),
        ])

    package var path: String { "/api/v1/services/\(service)/network" }

    package func write(to json: inout JSONWriter) {
        json.object { json in
            json.member("service", service.description)
            json.member("method", method?.rawValue)
            json.member("router", router?.description)
            json.member("desired", access.rawValue)
            json.member("standing", standing.rawValue)
            json.member("revision", revision)
            json.member("online", isOnline)
            json.member("address", address.isEmpty ? nil : address)
            json.member("mac", caller.isEmpty ? nil : caller)
            json.member("online_since", connectedAt?.rfc3339)
            json.member("verified_at", provedAt?.rfc3339)
        }
    }
}
