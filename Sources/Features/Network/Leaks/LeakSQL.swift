import Plans
import Postgres
import Time

extension TenantDatabase {
    /// By monthly value, highest first.
    func leaks(of kind: Leak.Kind? = nil, limit: Int) async throws(DatabaseError) -> [Leak] {
        let which: SQL = kind.map { "AND l.kind = \($0.rawValue)" } ?? .nothing
        return try await rows(
            """
            SELECT l.kind, l.subject_id, l.service_id, l.customer_id, c.name AS customer_name, l.router_id, l.about,
                l.monthly, l.found_at
            FROM leaks l LEFT JOIN customers c ON c.tenant_id = l.tenant_id AND c.customer_id = l.customer_id
            WHERE l.tenant_id = \(tenant) \(which) ORDER BY l.monthly DESC, l.kind, l.subject_id LIMIT \(limit)
            """)
    }

    func leakTotals() async throws(DatabaseError) -> [LeakTotal] {
        try await rows(
            """
            SELECT kind, count(*) AS count, coalesce(sum(monthly), 0)::bigint AS monthly FROM leaks
            WHERE tenant_id = \(tenant) GROUP BY kind ORDER BY sum(monthly) DESC, kind
            """)
    }

    /// Recomputes all leaks; a leak found before keeps its date.
    func findLeaks(on today: Day, at now: Instant) async throws {
        try await transaction { database in
            for statement in [
                database.onlineUnowned(on: today), database.cutButOnline(on: today, at: now),
                database.neverOnline(on: today, at: now), database.fasterThanPaid(on: today),
                database.freeForLong(on: today), database.fixedAddressFree(on: today),
                database.brokenPromises(on: today),
            ] {
                try await database.execute(
                    """
                    INSERT INTO leaks AS l (
                        tenant_id, kind, subject_id, service_id, customer_id, router_id, about, monthly, found_at, seen_at)
                    SELECT \(database.tenant), n.kind, n.subject_id, n.service_id, n.customer_id, n.router_id,
                        left(n.about, 500), greatest(n.monthly, 0), \(now), \(now)
                    FROM (\(statement)) n
                    ON CONFLICT (tenant_id, kind, subject_id) DO UPDATE
                    SET service_id = excluded.service_id, customer_id = excluded.customer_id,
                        router_id = excluded.router_id, about = excluded.about, monthly = excluded.monthly,
                        seen_at = excluded.seen_at
                    """)
            }
            try await database.execute(
                "DELETE FROM leaks WHERE tenant_id = \(database.tenant) AND seen_at < \(now)")
        }
    }

    /// Each service with its agreed price today.
    private func priced(on today: Day) -> SQL {
        """
        SELECT s.tenant_id, s.service_id, s.customer_id, s.number, s.state, d.access, d.plan_id, p.name AS plan_name,
            p.price AS plan_price, t.price, t.from_day
        FROM services s
        JOIN desired_services d ON d.tenant_id = s.tenant_id AND d.service_id = s.service_id
        JOIN plans p ON p.tenant_id = d.tenant_id AND p.plan_id = d.plan_id
        CROSS JOIN LATERAL (
            SELECT price, from_day FROM service_terms
            WHERE tenant_id = s.tenant_id AND service_id = s.service_id AND from_day <= \(today)
            ORDER BY sequence DESC LIMIT 1) t
        WHERE s.tenant_id = \(tenant)
        """
    }

    /// A session without an agreed price is valued at the median.
    private func onlineUnowned(on today: Day) -> SQL {
        """
        SELECT 'online_unowned' AS kind, u.session_id AS subject_id, u.service_id, s.customer_id, u.router_id,
            concat_ws(' · ', r.name, u.login, nullif(u.address, ''), nullif(u.caller, '')) AS about,
            coalesce((
                SELECT percentile_disc(0.5) WITHIN GROUP (ORDER BY v.price) FROM (\(priced(on: today))) v
                WHERE v.access = 'open' AND v.price > 0), 0) AS monthly
        FROM unowned_sessions u
        JOIN routers r ON r.tenant_id = u.tenant_id AND r.router_id = u.router_id
        LEFT JOIN services s ON s.tenant_id = u.tenant_id AND s.service_id = u.service_id
        WHERE u.tenant_id = \(tenant)
        """
    }

    /// Cut for more than an hour, but still online when last read back: the router was not told, or cannot be.
    private func cutButOnline(on today: Day, at now: Instant) -> SQL {
        """
        SELECT 'cut_online' AS kind, v.service_id AS subject_id, v.service_id, v.customer_id, a.router_id,
            concat_ws(' · ', v.plan_name || ' (' || v.number || ')', r.name, a.name) AS about, v.price AS monthly
        FROM (\(priced(on: today))) v
        JOIN desired_services d ON d.tenant_id = v.tenant_id AND d.service_id = v.service_id
        JOIN access_points a ON a.tenant_id = v.tenant_id AND a.service_id = v.service_id
        JOIN routers r ON r.tenant_id = a.tenant_id AND r.router_id = a.router_id
        WHERE v.access = 'closed' AND d.changed_at < \(now - .seconds(3600)) AND (
            EXISTS (
                SELECT FROM network_differences n
                WHERE n.tenant_id = v.tenant_id AND n.service_id = v.service_id
                    AND n.kind IN ('not_cut', 'old_session', 'unknown_address'))
            OR NOT EXISTS (
                SELECT FROM service_proofs f
                WHERE f.tenant_id = v.tenant_id AND f.service_id = v.service_id AND f.desired_revision = d.revision))
            AND (
                SELECT f.is_online FROM service_proofs f WHERE f.tenant_id = v.tenant_id AND f.service_id = v.service_id
                ORDER BY f.proved_at DESC LIMIT 1)
        """
    }

    /// Only where the router was compared within two days: its sessions are known.
    private func neverOnline(on today: Day, at now: Instant) -> SQL {
        """
        SELECT 'never_online' AS kind, v.service_id AS subject_id, v.service_id, v.customer_id, a.router_id,
            concat_ws(' · ', v.plan_name || ' (' || v.number || ')', r.name, a.name) AS about, v.price AS monthly
        FROM (\(priced(on: today))) v
        JOIN access_points a ON a.tenant_id = v.tenant_id AND a.service_id = v.service_id
        JOIN routers r ON r.tenant_id = a.tenant_id AND r.router_id = a.router_id
        WHERE v.access = 'open' AND v.price > 0 AND a.method = 'pppoe' AND a.made_at < \(now - .seconds(30 * 86_400))
            AND r.compared_at > \(now - .seconds(2 * 86_400)) AND NOT EXISTS (
                SELECT FROM service_addresses h
                WHERE h.tenant_id = v.tenant_id AND h.service_id = v.service_id
                    AND h.seen_at > \(now - .seconds(30 * 86_400)))
        """
    }

    /// The profile of a service belongs to another plan on that router.
    private func fasterThanPaid(on today: Day) -> SQL {
        """
        SELECT 'faster_than_paid' AS kind, v.service_id AS subject_id, v.service_id, v.customer_id, a.router_id,
            concat_ws(' · ', v.plan_name || ' (' || v.number || ')', a.profile || ' = ' || o.name) AS about,
            o.price - v.price AS monthly
        FROM (\(priced(on: today))) v
        JOIN access_points a ON a.tenant_id = v.tenant_id AND a.service_id = v.service_id AND a.profile <> ''
        CROSS JOIN LATERAL (
            SELECT p.name, p.price FROM router_profiles x
            JOIN plans p ON p.tenant_id = x.tenant_id AND p.plan_id = x.plan_id
            WHERE x.tenant_id = a.tenant_id AND x.router_id = a.router_id AND x.profile = a.profile
            ORDER BY p.price, p.plan_id LIMIT 1) o
        WHERE v.access = 'open' AND o.price > v.price
        """
    }

    private func freeForLong(on today: Day) -> SQL {
        """
        SELECT 'free_for_long' AS kind, v.service_id AS subject_id, v.service_id, v.customer_id, NULL::uuid AS router_id,
            concat_ws(' · ', v.plan_name || ' (' || v.number || ')', v.from_day) AS about, v.plan_price AS monthly
        FROM (\(priced(on: today))) v
        WHERE v.access = 'open' AND v.price = 0 AND v.plan_price > 0 AND v.from_day < \(today)::date - 90
        """
    }

    /// Valued at what the company most often charges for a fixed address.
    private func fixedAddressFree(on today: Day) -> SQL {
        """
        SELECT 'fixed_address_free' AS kind, v.service_id AS subject_id, v.service_id, v.customer_id, a.router_id,
            concat_ws(' · ', v.plan_name || ' (' || v.number || ')', a.address) AS about, usual.amount AS monthly
        FROM (\(priced(on: today))) v
        JOIN access_points a ON a.tenant_id = v.tenant_id AND a.service_id = v.service_id
            AND a.method = 'pppoe' AND a.address <> ''
        CROSS JOIN LATERAL (
            SELECT mode() WITHIN GROUP (ORDER BY c.amount) AS amount FROM service_charges c
            WHERE c.tenant_id = v.tenant_id AND c.kind = 'recurring' AND c.name ~* '\\mip\\M') usual
        WHERE v.access = 'open' AND usual.amount IS NOT NULL AND NOT EXISTS (
            SELECT FROM service_charges c
            WHERE c.tenant_id = v.tenant_id AND c.service_id = v.service_id AND c.kind = 'recurring'
                AND c.name ~* '\\mip\\M' AND c.from_day <= \(today) AND (c.to_day IS NULL OR c.to_day >= \(today)))
        """
    }

    /// A monthly average over the last 180 days.
    private func brokenPromises(on today: Day) -> SQL {
        """
        SELECT 'broken_promises' AS kind, m.customer_id AS subject_id, NULL::uuid AS service_id, m.customer_id,
            NULL::uuid AS router_id, count(*)::text AS about, (sum(m.amount) / 6)::bigint AS monthly
        FROM payment_promises m
        WHERE m.tenant_id = \(tenant) AND m.state = 'broken' AND m.until > \(today)::date - 180
        GROUP BY m.customer_id HAVING count(*) >= 3
        """
    }
}
