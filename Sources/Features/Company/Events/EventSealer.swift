import Identifiers
import Postgres
import Synchronization
import Telemetry

/// Seals committed events into their tenants' chains. Every serving and working process runs one: the first to come
/// seals, and events of a process that ended are sealed by another within two seconds.
package final class EventSealer: Sendable {
    /// Rung when events are added.
    static let bell = "events"
    /// The limit for one tenant in a round, so that others do not wait for a bulk act.
    private static let most: Int32 = 1000

    private struct State {
        /// Where the next round begins, so that all tenants take turns.
        var position = UUID(high: 0, low: 0)
        /// Tenants skipped until the next periodic look.
        var failed: [UUID: String] = [:]
    }

    private let state = Mutex(State())
    private let log: Log

    package init(log: Log) { self.log = log }

    package var work: CommitFollower.Work {
        CommitFollower.Work(after: Self.bell) { [self] database, occasion in
            try await seal(in: database, with: occasion == .look)
        }
    }

    /// Returns whether more events wait. Failed tenants are retried if asked.
    private func seal(in database: PlatformDatabase, with failed: Bool) async throws -> Bool {
        let (position, known) = state.withLock { ($0.position, $0.failed) }
        let round: SealingRound? = try await database.first(
            """
            WITH round AS (
                SELECT last_tenant, has_more, failed, failures FROM seal_events(
                    \(position), \(failed ? [] : Array(known.keys)), \(Self.most), \(EventChain.start),
                    \(Outbox.jobKind), \(Outbox.jobAttempts)))
            SELECT last_tenant, has_more, failed, failures FROM round
            """)
        guard let round else { return false }
        for (tenant, reason) in round.failures where known[tenant] != reason {
            log.error("events_not_sealed", .init("tenant", tenant.description), .init("reason", reason))
        }
        state.withLock { state in
            state.position = round.lastTenant ?? UUID(high: 0, low: 0)
            state.failed = failed ? round.failures : known.merging(round.failures) { $1 }
        }
        return round.hasMore
    }
}

private struct SealingRound: RowReadable {
    let lastTenant: UUID?
    let hasMore: Bool
    let failures: [UUID: String]

    init(row: Row) throws(DatabaseError) {
        lastTenant = try row.read("last_tenant")
        hasMore = try row.read("has_more")
        let (tenants, reasons): ([UUID], [String]) = (try row.read("failed"), try row.read("failures"))
        failures = Dictionary(zip(tenants, reasons)) { $1 }
    }
}

extension TenantDatabase {
    /// Seals what was committed so far or recorded in this transaction, so that the page after an act shows it. The
    /// sealer does the rest of a bulk act.
    package func sealEvents(atMost most: Int32 = 500) async throws(DatabaseError) {
        try await execute(sealing(atMost: most))
    }

    /// As a statement to run before another in one round trip.
    package func sealing(atMost most: Int32 = 500) -> SQL {
        """
        WITH sealed AS (
            SELECT seal_own_events(
                \(tenant), \(most), \(EventChain.start), \(Outbox.jobKind), \(Outbox.jobAttempts)) AS done)
        SELECT done FROM sealed
        """
    }
}
