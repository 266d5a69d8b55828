import AccessProtocol
import Identifiers
import Locale
import Plans
import Postgres
import Routers
import Services
import Time

/// A service's desired state on its router.
struct ServiceTarget: Sendable {
    let service: Service.ID
    let desiredRevision: Int
    let accessRevision: Int
    let access: DesiredAccess.State
    let plan: Plan.ID
    let name: String
    let hasPassword: Bool
    /// Verified before, or never installed: a person, not we, opened the access that is not wanted.
    let isProven: Bool
    /// The customer's address at the last read-back.
    private let provenAddress: String
    private let method: AccessPoint.Method
    private let address: String
    private let profile: String?
    private let speed: AccessSpeed
    private let sharing: AddressSharing?
    private let isApproved: Bool
    private let mayAdopt: Bool
    private let mayEndSession: Bool
    private(set) var changedAt: Instant?

    /// How often a session may be ended for the same decision within an hour: it comes back each time.
    static let mostEndings = 3

    /// How long a reconnected customer's session is awaited.
    static let patience = Duration.seconds(60)

    /// Cut by a dynamic address, which changes at the next dial.
    func isCutByLease(_ strategy: CutStrategy) -> Bool {
        if case .list = strategy { access == .closed && method == .pppoe && address.isEmpty } else { false }
    }

    /// How often such cuts are checked: the listed address may belong to another customer by then.
    static let listBeat = Duration.seconds(60)

    var lacksPassword: Bool { method == .pppoe && !hasPassword }

    /// The desired state for the comparison. The password is needed only to create a missing account.
    func desired(at now: Instant, password: String? = nil) -> DesiredAccess {
        DesiredAccess(
            service: service.uuid, state: access,
            method: method.desired(name: name, password: password, address: address), profile: profile, speed: speed,
            isProven: isProven, provenAddress: provenAddress, sharing: sharing, isApproved: isApproved,
            mayAdopt: mayAdopt, changedBefore: changedAt.map { now - $0 }, mayEndSession: mayEndSession)
    }

    func changed(at moment: Instant) -> ServiceTarget {
        var target = self
        target.changedAt = moment
        return target
    }

    /// The revisions that a decision is based on: newer ones need a new decision.
    struct Revision: Sendable, Equatable {
        let desired: Int
        let access: Int
    }

    var revision: Revision { Revision(desired: desiredRevision, access: accessRevision) }
}

extension ServiceTarget: RowReadable {
    init(row: Row) throws(DatabaseError) {
        service = try row.read("service_id")
        desiredRevision = try row.read("desired_revision")
        accessRevision = try row.read("access_revision")
        access = try row.word("access")
        plan = try row.read("plan_id")
        name = try row.read("name")
        hasPassword = try row.read("has_password")
        let (isProven, isInstalled): (Bool, Bool) = (try row.read("is_proven"), try row.read("is_installed"))
        self.isProven = isProven || !isInstalled
        provenAddress = try row.read("proven_address")
        isApproved = try row.read("is_approved")
        method = try row.word("method")
        address = try row.read("address")
        let (others, isSharedByOpen): (String?, Bool?) = (try row.read("others"), try row.read("is_shared_by_open"))
        sharing = others.map { [address] in AddressSharing(address, with: $0, isOpen: isSharedByOpen ?? false) }
        let (own, ofPlan, kept): (String, String?, String?) = (
            try row.read("profile"), try row.read("plan_profile"), try row.read("kept_profile")
        )
        let keptPlan: Plan.ID? = try row.read("kept_plan_id")
        profile = !own.isEmpty ? own : ofPlan ?? (keptPlan == plan ? kept : nil)
        mayAdopt = keptPlan == nil
        let ended: Int = try row.read("ended")
        mayEndSession = ended < Self.mostEndings
        let (up, down): (Int32, Int32) = (try row.read("provisioned_upload"), try row.read("provisioned_download"))
        speed = AccessSpeed(up: UInt64(max(0, up)) * 1000, down: UInt64(max(0, down)) * 1000)
        changedAt = try row.read("account_changed_at")
    }
}

extension TenantDatabase {
    /// The services of a router: all of them, or those that are not proven as they should be now, those that were let in
    /// again and were not seen on line yet, and those that share an address.
    func targets(of router: Router.ID, onlyUnproven: Bool, at now: Instant) async throws(DatabaseError)
        -> [ServiceTarget]
    {
        let recently = now - ServiceTarget.patience
        let which: SQL =
            onlyUnproven
            ? """
            AND (f.service_id IS NULL OR q.service_id IS NOT NULL
                OR d.access = 'open' AND NOT f.is_online AND a.account_changed_at > \(recently)
                OR d.access = 'closed' AND r.cut = 'list' AND a.method = 'pppoe' AND a.address = ''
                OR o.others IS NOT NULL)
            """ : .nothing
        return try await rows(
            """
            SELECT a.service_id, a.method, a.name, a.password IS NOT NULL AS has_password, a.address, a.profile,
                a.kept_profile, a.kept_plan_id, a.revision AS access_revision, a.account_changed_at, d.access,
                d.revision AS desired_revision, d.plan_id, p.provisioned_upload, p.provisioned_download,
                rp.profile AS plan_profile, f.service_id IS NOT NULL AS is_proven,
                coalesce(f.address, '') AS proven_address, s.state <> 'pending' AS is_installed,
                q.service_id IS NOT NULL AS is_approved, o.others, o.is_open AS is_shared_by_open, (
                    SELECT count(*) FROM router_commands k
                    WHERE k.tenant_id = a.tenant_id AND k.service_id = a.service_id AND k.router_id = a.router_id
                        AND k.desired_revision = d.revision AND k.ends_session AND k.sent_at > \(now - .seconds(3600))
                ) AS ended
            FROM access_points a
            JOIN routers r ON r.tenant_id = a.tenant_id AND r.router_id = a.router_id
            JOIN services s ON s.tenant_id = a.tenant_id AND s.service_id = a.service_id
            JOIN desired_services d ON d.tenant_id = a.tenant_id AND d.service_id = a.service_id
            JOIN plans p ON p.tenant_id = d.tenant_id AND p.plan_id = d.plan_id
            LEFT JOIN router_profiles rp
                ON rp.tenant_id = a.tenant_id AND rp.router_id = a.router_id AND rp.plan_id = d.plan_id
            LEFT JOIN service_proofs f ON f.tenant_id = a.tenant_id AND f.service_id = a.service_id
                AND f.desired_revision = d.revision AND f.access_revision = a.revision
            LEFT JOIN LATERAL (
                SELECT service_id FROM network_differences
                WHERE tenant_id = a.tenant_id AND service_id = a.service_id AND is_approved LIMIT 1
            ) q ON TRUE
            LEFT JOIN LATERAL (
                SELECT string_agg(p2.name || ' (' || s2.number || ')', ', ' ORDER BY s2.number) AS others,
                    bool_or(d2.access = 'open') AS is_open
                FROM access_points a2
                JOIN services s2 ON s2.tenant_id = a2.tenant_id AND s2.service_id = a2.service_id
                JOIN desired_services d2 ON d2.tenant_id = a2.tenant_id AND d2.service_id = a2.service_id
                JOIN plans p2 ON p2.tenant_id = d2.tenant_id AND p2.plan_id = d2.plan_id
                WHERE a2.tenant_id = a.tenant_id AND a2.router_id = a.router_id AND a2.address = a.address
                    AND a2.address <> '' AND a2.service_id <> a.service_id
            ) o ON a.address <> ''
            WHERE a.tenant_id = \(tenant) AND a.router_id = \(router) \(which)
            ORDER BY a.name, a.service_id
            """)
    }

    /// The current revisions of these services, where commands may be sent to their router.
    func revisions(
        of services: [Service.ID], at router: Router.ID
    ) async throws(DatabaseError) -> [Service.ID: ServiceTarget.Revision] {
        let rows: [RevisionRow] = try await rows(
            """
            SELECT a.service_id, d.revision AS desired_revision, a.revision AS access_revision
            FROM access_points a
            JOIN routers r ON r.tenant_id = a.tenant_id AND r.router_id = a.router_id
            JOIN desired_services d ON d.tenant_id = a.tenant_id AND d.service_id = a.service_id
            WHERE a.tenant_id = \(tenant) AND a.router_id = \(router) AND a.service_id = ANY (\(services))
                AND NOT r.is_paused AND r.mode = 'active'
            """)
        return Dictionary(uniqueKeysWithValues: rows.map { ($0.service, $0.revision) })
    }

    func sealedPassword(of service: Service.ID) async throws(DatabaseError) -> [UInt8]? {
        try await value(
            "SELECT password FROM access_points WHERE tenant_id = \(tenant) AND service_id = \(service)")
    }

    func routerOfService(_ id: Service.ID) async throws(DatabaseError) -> Router.ID? {
        let row: RouterOfService? = try await first(
            "SELECT router_id FROM access_points WHERE tenant_id = \(tenant) AND service_id = \(id)")
        return row?.router
    }
}

private struct RevisionRow: RowReadable {
    let service: Service.ID
    let revision: ServiceTarget.Revision

    init(row: Row) throws(DatabaseError) {
        service = try row.read("service_id")
        revision = ServiceTarget.Revision(
            desired: try row.read("desired_revision"), access: try row.read("access_revision"))
    }
}

private struct RouterOfService: RowReadable {
    let router: Router.ID

    init(row: Row) throws(DatabaseError) { router = try row.read("router_id") }
}
