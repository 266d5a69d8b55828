import Access
import Events
import Identifiers
import Plans
import Postgres
import Time

/// Days that were bought of a service at once, or given: días prepago.
package struct PrepaidDays: Sendable, Equatable {
    /// On which they were bought.
    package let day: Day
    package let count: Int

    package init(on day: Day, _ count: Int) { (self.day, self.count) = (day, count) }
}

extension [PrepaidDays] {
    /// The last day that is paid for, of a service that began on a first one. They stand in the order in which they were
    /// bought: what is left of earlier ones comes first, and those bought after the end begin on their own day. A pause
    /// uses none up; nil where one without an end keeps what is left. What was before a service began to be paid by days
    /// is not theirs to pay for.
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

/// With the service they are of.
package struct PrepaidRow: RowReadable {
    package let service: Service.ID
    package let days: PrepaidDays

    package init(row: Row) throws(DatabaseError) {
        service = try row.read("service_id")
        let count: Int32 = try row.read("days")
        days = PrepaidDays(on: try row.read("day"), Int(count))
    }
}

/// A pause with the service it is of.
package struct PauseRow: RowReadable {
    package let service: Service.ID
    package let pause: ServiceLife.Pause

    package init(row: Row) throws(DatabaseError) {
        service = try row.read("service_id")
        pause = try ServiceLife.Pause(row: row)
    }
}

extension TenantDatabase {
    /// What the services `s` that a condition takes have, in the order of being bought: `PrepaidRow`. As it was known at a
    /// moment, where one is given.
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

    /// Of the services `s` that a condition takes: `PauseRow`.
    package func pauses(_ services: SQL, at moment: Instant? = nil) -> SQL {
        let isKnown: SQL = moment.map { "AND f.made_at <= \($0)" } ?? .nothing
        return """
            SELECT f.service_id, f.from_day, f.to_day FROM freezes f
            JOIN services s ON s.tenant_id = f.tenant_id AND s.service_id = f.service_id
            WHERE f.tenant_id = \(tenant) \(isKnown) AND (f.to_day IS NULL OR f.to_day >= f.from_day) AND \(services)
            ORDER BY f.from_day
            """
    }

    /// From which day on a service is paid by days, where it is on that day: a statement.
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

    /// Of one service, in the order of being bought.
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

    /// Those that an invoice charged are gone with it. The services they were of.
    package func withdrawDays(chargedBy invoice: UUID, at now: Instant) async throws(DatabaseError) -> [Service.ID] {
        let found: [WithdrawnDays] = try await rows(
            """
            UPDATE prepaid_days SET withdrawn_at = \(now)
            WHERE tenant_id = \(tenant) AND invoice_id = \(invoice) AND withdrawn_at IS NULL RETURNING service_id
            """)
        return found.map(\.service)
    }

    /// Writes down until when services are paid for, where it is otherwise by now.
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
