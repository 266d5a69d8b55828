import Access
import Events
import Identifiers
import Postgres
import Tenancy
import Time

/// Closes the books through a day, or reopens them after it: nothing is posted to closed days.
package struct Closing: Sendable, Equatable {
    package typealias ID = Identifiers.ID<Closing>

    package let through: Day
    package let reason: String
    package let actor: String
    package let madeAt: Instant

    /// Reopening needs a reason, closing does not.
    package static func close(
        through day: Day, because reason: String, as id: ID, of tenant: Tenant, by principal: Principal,
        in database: TenantDatabase
    ) async throws {
        guard day < tenant.timeZone.day(at: principal.now) else { throw LedgerRefusal.closesFuture }
        try await database.transaction { database in
            let before: Day?
            do {
                before =
                    try await database.value(
                        """
                        WITH closed AS (
                            SELECT close_ledger(
                                \(database.tenant), \(id), \(day), \(reason), \(principal.actor.id),
                                \(principal.actor.name), \(principal.now)) AS former)
                        SELECT former FROM closed
                        """, as: Day?.self) ?? nil
            } catch let error as DatabaseError where error.isCheckViolation(of: "ledger_opens_with_reason") {
                throw LedgerRefusal.reasonMissing
            }
            guard before != day else { return }
            let isReopening = before.map { day < $0 } ?? false
            try await database.record(
                Act(
                    isReopening ? .ledgerReopened : .ledgerClosed,
                    before: before.map { [Act.Detail("closed_through", $0.iso)] } ?? [],
                    after: [Act.Detail("closed_through", day.iso)]
                        + (reason.isEmpty ? [] : [Act.Detail("reason", reason)])),
                by: principal.actor, at: principal.now)
        }
    }
}

extension TenantDatabase {
    /// Nil if the books were never closed.
    package func closedThrough() async throws(DatabaseError) -> Day? {
        try await value("SELECT closed_through FROM ledger_books WHERE tenant_id = \(tenant)")
    }

    /// Newest first.
    func closings(limit: Int) async throws(DatabaseError) -> [Closing] {
        try await rows(
            """
            SELECT closed_through, reason, actor, made_at FROM ledger_closings WHERE tenant_id = \(tenant)
            ORDER BY made_at DESC, closing_id DESC LIMIT \(limit)
            """)
    }
}

extension Closing: RowReadable {
    package init(row: Row) throws(DatabaseError) {
        through = try row.read("closed_through")
        reason = try row.read("reason")
        actor = try row.read("actor")
        madeAt = try row.read("made_at")
    }
}
