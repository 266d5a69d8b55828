import Access
import AccessProtocol
import Events
import Identifiers
import Plans
import Postgres
import Routers
import Services
import Time

// Records written before and after commands are sent.
extension TenantDatabase {
    /// Write-ahead: a worker that dies while sending leaves a record of what may have been done.
    func write(_ orders: [Order], to router: Router.ID, token: Int64, at now: Instant) async throws(DatabaseError) {
        let changing = orders.filter { $0.commands.contains { $0.step.changesAccount } }.map(\.target.service)
        if !changing.isEmpty {
            try await execute(
                """
                UPDATE access_points SET account_changed_at = \(now)
                WHERE tenant_id = \(tenant) AND service_id = ANY (\(changing))
                """)
        }
        try await keepProfiles(orders.map { ($0.target, $0.comparison) })
        try await write(
            orders.flatMap { order in
                order.commands.map { (order.target.service, order.target.desiredRevision, $0) }
            }, to: router, token: token, at: now)
    }

    func write(
        _ rows: [(service: Service.ID, revision: Int, command: Order.Command)], to router: Router.ID, token: Int64,
        at now: Instant
    ) async throws(DatabaseError) {
        guard !rows.isEmpty else { return }
        try await execute(
            """
            INSERT INTO router_commands (
                tenant_id, command_id, router_id, service_id, desired_revision, token, content, state, reply, sent_at)
            SELECT \(tenant), given.id, \(router), given.service, given.revision, \(token), given.content, 'sent', '',
                \(now) + given.place * interval '1 microsecond'
            FROM unnest(
                \(rows.map(\.command.id)), \(rows.map(\.service)), \(rows.map { Int64($0.revision) }),
                \(rows.map(\.command.text))) WITH ORDINALITY given(id, service, revision, content, place)
            """)
        try await announceChange()
    }

    /// Keeps the profile that the account had when first seen, for its reconnection.
    private func keepProfiles(
        _ seen: [(target: ServiceTarget, comparison: AccessComparison)]
    ) async throws(DatabaseError) {
        let kept = seen.compactMap { one in one.comparison.adopted.map { (one.target, $0) } }
        guard !kept.isEmpty else { return }
        try await execute(
            """
            UPDATE access_points a SET kept_profile = given.profile, kept_plan_id = given.plan
            FROM unnest(\(kept.map { $0.0.service }), \(kept.map { $0.0.plan }), \(kept.map { $0.1 }))
                given(service, plan, profile)
            WHERE a.tenant_id = \(tenant) AND a.service_id = given.service AND a.kept_plan_id IS NULL
            """)
    }

    /// Deletes commands that were not sent; one that may have arrived stays until it is read back. A session counts as
    /// ended once its router confirmed it.
    func write(_ outcomes: [CommandOutcome], at now: Instant) async throws(DatabaseError) {
        var (unsent, ended): ([RouterCommand.ID], [RouterCommand.ID]) = ([], [])
        var failed: [(RouterCommand.ID, String)] = []
        for outcome in outcomes {
            switch outcome.result {
            case .unsent: unsent.append(outcome.id)
            case .failed(let reason): failed.append((outcome.id, String(reason.prefix(500))))
            case .ended: ended.append(outcome.id)
            case .unknown: break
            }
        }
        if !unsent.isEmpty {
            try await execute(
                "DELETE FROM router_commands WHERE tenant_id = \(tenant) AND command_id = ANY (\(unsent))")
        }
        if !ended.isEmpty {
            try await execute(
                """
                UPDATE router_commands SET ends_session = TRUE
                WHERE tenant_id = \(tenant) AND command_id = ANY (\(ended))
                """)
        }
        if !failed.isEmpty {
            try await execute(
                """
                UPDATE router_commands c SET state = 'failed', reply = given.reply, ended_at = \(now)
                FROM unnest(\(failed.map(\.0)), \(failed.map(\.1))) given(id, reply)
                WHERE c.tenant_id = \(tenant) AND c.command_id = given.id
                """)
            try await announceChange()
        }
    }

    /// Refreshes open pages after the commit.
    func announceChange() async throws(DatabaseError) {
        try await execute("WITH told AS (SELECT \(LiveTopic.network.change(of: tenant))) SELECT FROM told")
    }

    /// Settles commands by the read-back, including those sent by an earlier worker.
    func settleCommands(
        of router: Router.ID, verified: [Service.ID], failed: [(service: Service.ID, reason: String)], at now: Instant
    ) async throws(DatabaseError) {
        if !verified.isEmpty {
            try await execute(
                """
                UPDATE router_commands SET state = 'verified', ended_at = \(now)
                WHERE tenant_id = \(tenant) AND router_id = \(router) AND state = 'sent'
                    AND service_id = ANY (\(verified))
                """)
        }
        if !failed.isEmpty {
            try await execute(
                """
                UPDATE router_commands c SET state = 'failed', reply = given.reason, ended_at = \(now)
                FROM unnest(\(failed.map(\.service)), \(failed.map { String($0.reason.prefix(500)) }))
                    given(service, reason)
                WHERE c.tenant_id = \(tenant) AND c.router_id = \(router) AND c.state = 'sent'
                    AND c.service_id = given.service
                """)
            try await announceChange()
        }
    }

    func noteSeen(_ router: Router.ID, at now: Instant) async throws(DatabaseError) {
        try await execute(
            """
            UPDATE routers SET seen_at = \(now), failures = 0, rests_until = NULL, trouble = ''
            WHERE tenant_id = \(tenant) AND router_id = \(router)
            """)
    }

    func noteCompared(_ router: Router.ID, unbound: Int, at now: Instant) async throws(DatabaseError) {
        try await execute(
            """
            UPDATE routers SET compared_at = \(now), unbound = \(Int32(clamping: unbound))
            WHERE tenant_id = \(tenant) AND router_id = \(router)
            """)
    }

    /// The most failed read-backs of one of these services for its current revision: earlier revisions do not lengthen
    /// the back-off.
    func failures(of services: [Service.ID], since moment: Instant) async throws(DatabaseError) -> Int {
        try await value(
            """
            SELECT coalesce(max(failures), 0) FROM (
                SELECT count(DISTINCT k.ended_at) AS failures
                FROM router_commands k
                JOIN desired_services d ON d.tenant_id = k.tenant_id AND d.service_id = k.service_id
                    AND d.revision = k.desired_revision
                WHERE k.tenant_id = \(tenant) AND k.service_id = ANY (\(services)) AND k.state = 'failed'
                    AND k.sent_at > \(moment)
                GROUP BY k.service_id) each
            """) ?? 0
    }
}

/// A service verified for the first time since its desired state changed.
struct NewProof: RowReadable {
    let service: Service.ID
    let number: Int
    let planName: String
    let access: DesiredAccess.State
    let revision: Int

    var subject: Act.Subject { Act.Subject("service", service.uuid, named: "\(planName) (\(number))") }

    init(row: Row) throws(DatabaseError) {
        service = try row.read("service_id")
        number = try row.read("number")
        planName = try row.read("plan_name")
        access = try row.word("access")
        revision = try row.read("desired_revision")
    }
}

extension TenantDatabase {
    /// Stores proofs for the revisions compared; a later revision needs its own.
    func prove(
        _ compared: [RouterAlignment.Compared], by token: Int64, at router: Router.ID, now: Instant
    ) async throws(DatabaseError) -> [NewProof] {
        let proven = compared.filter(\.comparison.isTrue)
        guard !proven.isEmpty else { return [] }
        try await keepProfiles(proven.map { ($0.target, $0.comparison) })
        try await keepAddresses(of: proven, at: router, now: now)
        try await announceChange()
        return try await rows(
            """
            WITH proved AS (
                INSERT INTO service_proofs AS f (
                    tenant_id, service_id, desired_revision, access_revision, router_id, access, is_online, token,
                    first_at, proved_at, address, caller, connected_at)
                SELECT \(tenant), given.service, given.desired, given.access_revision, \(router), given.access,
                    given.uptime >= 0, \(token), \(now), \(now), given.address, given.caller,
                    CASE WHEN given.uptime >= 0 THEN \(now)::timestamptz - given.uptime * interval '1 second' END
                FROM unnest(
                    \(proven.map(\.target.service)), \(proven.map { Int64($0.target.desiredRevision) }),
                    \(proven.map { Int64($0.target.accessRevision) }), \(proven.map { $0.target.access.rawValue }),
                    \(proven.map { $0.comparison.online?.address ?? "" }),
                    \(proven.map { $0.comparison.online?.caller ?? "" }),
                    \(proven.map { $0.comparison.online.map { $0.uptime?.components.seconds ?? 0 } ?? -1 }))
                    given(service, desired, access_revision, access, address, caller, uptime)
                JOIN services s ON s.tenant_id = \(tenant) AND s.service_id = given.service
                ON CONFLICT (tenant_id, service_id, desired_revision, access_revision) DO UPDATE
                SET proved_at = excluded.proved_at, is_online = excluded.is_online, token = excluded.token,
                    router_id = excluded.router_id, address = excluded.address, caller = excluded.caller,
                    connected_at = excluded.connected_at
                RETURNING service_id, desired_revision, access, first_at
            )
            SELECT p.service_id, p.desired_revision, p.access, s.number, l.name AS plan_name
            FROM proved p
            JOIN services s ON s.tenant_id = \(tenant) AND s.service_id = p.service_id
            JOIN desired_services d ON d.tenant_id = \(tenant) AND d.service_id = p.service_id
            JOIN plans l ON l.tenant_id = \(tenant) AND l.plan_id = d.plan_id
            WHERE p.first_at = \(now)
            """)
    }

    /// Records who holds which address. Uptimes are whole seconds, so a session's start varies by a few seconds.
    private func keepAddresses(
        of proven: [RouterAlignment.Compared], at router: Router.ID, now: Instant
    ) async throws(DatabaseError) {
        let held = proven.compactMap {
            one -> (service: Service.ID, session: ObservedAccess.Session, address: String)? in
            guard let session = one.comparison.online, let address = session.address else { return nil }
            return (one.target.service, session, address)
        }
        guard !held.isEmpty else { return }
        let given: SQL = """
            SELECT given.service, given.address, given.caller,
                \(now)::timestamptz - given.uptime * interval '1 second' AS from_at
            FROM unnest(
                \(held.map(\.service)), \(held.map(\.address)), \(held.map { $0.session.caller ?? "" }),
                \(held.map { $0.session.uptime?.components.seconds ?? 0 })) given(service, address, caller, uptime)
            """
        _ = try await batch([
            """
            UPDATE service_addresses h SET seen_at = \(now) FROM (\(given)) g
            WHERE h.tenant_id = \(tenant) AND h.service_id = g.service AND h.address = g.address
                AND h.from_at BETWEEN g.from_at - interval '5 seconds' AND g.from_at + interval '5 seconds'
            """,
            """
            INSERT INTO service_addresses (tenant_id, service_id, address, from_at, seen_at, router_id, caller)
            SELECT \(tenant), g.service, g.address, g.from_at, \(now), \(router), g.caller FROM (\(given)) g
            WHERE NOT EXISTS (
                SELECT FROM service_addresses h
                WHERE h.tenant_id = \(tenant) AND h.service_id = g.service AND h.address = g.address
                    AND h.from_at BETWEEN g.from_at - interval '5 seconds' AND g.from_at + interval '5 seconds')
            ON CONFLICT DO NOTHING
            """,
        ])
    }

    /// Forgets proofs of the current desired state.
    func forgetProofs(of services: [Service.ID]) async throws(DatabaseError) {
        try await execute(
            """
            DELETE FROM service_proofs f USING desired_services d
            WHERE f.tenant_id = \(tenant) AND f.service_id = ANY (\(services)) AND d.tenant_id = \(tenant)
                AND d.service_id = f.service_id AND d.revision = f.desired_revision
            """)
    }

    /// Replaces these services' differences.
    func write(
        differencesOf compared: [RouterAlignment.Compared], at router: Router.ID, now: Instant
    ) async throws(DatabaseError) {
        guard !compared.isEmpty else { return }
        let found = compared.flatMap { one in
            one.comparison.differences.map { (one.target.service, $0) }
        }
        try await execute(
            """
            DELETE FROM network_differences d
            WHERE d.tenant_id = \(tenant) AND d.service_id = ANY (\(compared.map(\.target.service)))
                AND NOT EXISTS (
                    SELECT FROM unnest(\(found.map { $0.0 }), \(found.map { $0.1.kind.rawValue })) given(service, kind)
                    WHERE given.service = d.service_id AND given.kind = d.kind)
            """)
        guard !found.isEmpty else { return }
        try await execute(
            """
            INSERT INTO network_differences AS d (
                tenant_id, service_id, kind, router_id, found, wanted, is_repairable, found_at)
            SELECT \(tenant), given.service, given.kind, \(router), given.found, given.wanted, given.repairable, \(now)
            FROM unnest(
                \(found.map { $0.0 }), \(found.map { $0.1.kind.rawValue }), \(found.map { $0.1.found }),
                \(found.map { $0.1.wanted }), \(found.map { !$0.1.steps.isEmpty }))
                given(service, kind, found, wanted, repairable)
            ON CONFLICT (tenant_id, service_id, kind) DO UPDATE
            SET router_id = excluded.router_id, found = excluded.found, wanted = excluded.wanted,
                is_repairable = excluded.is_repairable
            """)
    }
}
