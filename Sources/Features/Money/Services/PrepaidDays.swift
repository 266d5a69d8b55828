import Access
import Events
import Identifiers
import Plans
import Postgres
import Time

/// Prepaid days of a service, bought at once or given: días prepago.
package struct PrepaidDays: Sendable, Equatable {
    /// The day of purchase.
    package let day: Day
    package let count: Int

    package init(on day: Day, _ count: Int) { (self.day, self.count) = (day, count) }
}

extension [PrepaidDays] {
    /// The last paid day of a service, for purchases in order: the rest of earlier ones comes first, and days bought
    /// after the end begin on their own day. A pause uses none; nil during a pause without an end, which keeps the
    /// rest. Days before the service became prepaid are not paid for by them.
    package func last(since first: Day, byDaysFrom begun: Day? = nil, pauses: [ServiceLife.Pause]) -> Day? {
        var last = first - 1
        for bought in self {
            var (day, left) = (Swift.max(last + 1, bought.day, first), bought.count)
            while left > 0 {
                if let pause = pauses.first(where: { $0.contains(day) }) {
                    guard let end = pause.to else { return nil }
                    day = end + 1
                } else {
                    (last, day, left) = (day, day + 1, left - 1)
                }
            }
        }
        return begun.map { Swift.max(last, $0 - 1) } ?? last
    }
}

/// With their service.
package struct PrepaidRow: RowReadable {
    package let service: Service.ID
    package let days: PrepaidDays

    package init(row: Row) throws(DatabaseError) {
        service = try row.read("service_id")
        let count: Int32 = try row.read("days")
        days = PrepaidDays(on: try row.read("day"), Int(count))
    }
}

/// A pause with its service.
package struct PauseRow: RowReadable {
    package let service: Service.ID
    package let pause: ServiceLife.Pause

    package init(row: Row) throws(DatabaseError) {
        service = try row.read("service_id")
        pause = try ServiceLife.Pause(row: row)
    }
}

extension TenantDatabase {
    /// A query for `PrepaidRow`s of the services `s` matching a condition, in order of purchase; optionally as known at
    /// a moment.
    package func prepaidDays(_ services: SQL, at moment: Instant? = nil) -> SQL {
        let isKnown: SQL =
            moment.map { "AND g.made_at <= \($0) AND (g.withdrawn_at IS NULL OR g.withdrawn_at > \($0))" }
            ?? "AND g.withdrawn_at IS NULL"
        return """
            SELECT g.service_id, g.day, g.days FROM prepaid_days g
            JOIN services s ON s.tenant_id = g.tenant_id AND s.service_id = g.service_id
            WHERE g.tenant_id = \(tenant) \(isKnown) AND \(services) ORDER BY g.made_at, g.purchase_id
            """
    }

    /// A query for `PauseRow`s of the services `s` matching a condition.
    package func pauses(_ services: SQL, at moment: Instant? = nil) -> SQL {
        let isKnown: SQL = moment.map { "AND f.made_at <= \($0)" } ?? .nothing
        return """
            SELECT f.service_id, f.from_day, f.to_day FROM freezes f
            JOIN services s ON s.tenant_id = f.tenant_id AND s.service_id = f.service_id
            WHERE f.tenant_id = \(tenant) \(isKnown) AND (f.to_day IS NULL OR f.to_day >= f.from_day) AND \(services)
            ORDER BY f.from_day
            """
    }

    /// A query for the first day of the service's present prepaid plan.
    package func byDaysFrom(_ service: SQL, on day: Day) -> SQL {
        """
        SELECT max(x.from_day) FROM (
            SELECT g.from_day, q.charge = 'by_days' AS is_by_days,
                lag(q.charge = 'by_days') OVER (ORDER BY g.from_day, g.sequence) AS was_by_days
            FROM service_terms g JOIN plans q ON q.tenant_id = g.tenant_id AND q.plan_id = g.plan_id
            WHERE g.tenant_id = \(tenant) AND g.service_id = \(service)) x
        WHERE x.is_by_days AND x.was_by_days IS DISTINCT FROM true AND x.from_day <= \(day)
        """
    }

    package func byDaysFrom(_ service: Service.ID, on day: Day) async throws(DatabaseError) -> Day? {
        try await value(byDaysFrom("\(service)", on: day), as: Day?.self) ?? nil
    }

    /// A service's prepaid days in order of purchase.
    package func prepaidDays(of service: Service.ID) async throws(DatabaseError) -> [PrepaidDays] {
        let found: [PrepaidRow] = try await rows(prepaidDays("s.service_id = \(service)"))
        return found.map(\.days)
    }

    package func insert(
        _ bought: PrepaidDays, of service: Service.ID, chargedBy invoice: UUID?, reason: String = "",
        by principal: Principal
    ) async throws(DatabaseError) {
        try await execute(
            """
            INSERT INTO prepaid_days (
                tenant_id, purchase_id, service_id, day, days, invoice_id, reason, author, made_at)
            VALUES (
                \(tenant), \(UUID.v7(milliseconds: principal.now.milliseconds, from: .system)), \(service),
                \(bought.day), \(Int32(bought.count)), \(invoice), \(reason), \(principal.actor.name), \(principal.now))
            """)
    }

    /// Withdraws the days that a voided invoice charged. Returns their services.
    package func withdrawDays(chargedBy invoice: UUID, at now: Instant) async throws(DatabaseError) -> [Service.ID] {
        let found: [WithdrawnDays] = try await rows(
            """
            UPDATE prepaid_days SET withdrawn_at = \(now)
            WHERE tenant_id = \(tenant) AND invoice_id = \(invoice) AND withdrawn_at IS NULL RETURNING service_id
            """)
        return found.map(\.service)
    }

    /// Stores services' last paid day where it has changed.
    func writeEnds(of services: [ServiceStanding]) async throws(DatabaseError) {
        let touched = services.filter { $0.isPrepaid || $0.prepaidThrough != nil }
        guard !touched.isEmpty else { return }
        let ids = touched.filter(\.isPrepaid).map(\.id)
        let results = try await batch([
            prepaidDays("s.service_id = ANY (\(ids))"), pauses("s.service_id = ANY (\(ids))"),
        ])
        let bought = Dictionary(grouping: try results[0].read() as [PrepaidRow], by: \.service)
        let pauses = Dictionary(grouping: try results[1].read() as [PauseRow], by: \.service)
        let ends = touched.map { service in
            service.isPrepaid
                ? service.activatedOn.flatMap {
                    (bought[service.id] ?? []).map(\.days).last(
                        since: $0, byDaysFrom: service.byDaysFrom,
                        pauses: (pauses[service.id] ?? []).map(\.pause))
                } : nil
        }
        try await execute(
            """
            UPDATE services s SET prepaid_through = given.through
            FROM unnest(\(touched.map(\.id)), \(ends)) given(id, through)
            WHERE s.tenant_id = \(tenant) AND s.service_id = given.id
                AND s.prepaid_through IS DISTINCT FROM given.through
            """)
    }
}

private struct WithdrawnDays: RowReadable {
    let service: Service.ID

    init(row: Row) throws(DatabaseError) { service = try row.read("service_id") }
}
