import Identifiers
import Postgres
import Synchronization
import Telemetry

/// Puts events into their tenants' chains once they are committed. Every process that serves or works has one: whichever
/// comes first seals, and what a process leaves that ends before is sealed by another within two seconds.
package final class EventSealer: Sendable {
    /// Rung by what adds events.
    static let bell = "events"
    /// Of one tenant at a time: others are not to wait for a long run.
    private static let most: Int32 = 1000

    private struct State {
        /// Where the next round begins, so that every tenant has its turn.
        var position = UUID(high: 0, low: 0)
        /// Left alone until the next look.
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

    /// Whether there is more. Those whose events could not be sealed are tried again when asked.
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
    /// Seals what was committed up to now, or recorded in this transaction, so that what is read next shows it: a page that
    /// follows an act. Of a long run the sealer does the rest.
    package func sealEvents(atMost most: Int32 = 500) async throws(DatabaseError) {
        try await execute(sealing(atMost: most))
    }

    /// As the statement before another, in one trip.
    package func sealing(atMost most: Int32 = 500) -> SQL {
        """
        WITH sealed AS (
            SELECT seal_own_events(
                \(tenant), \(most), \(EventChain.start), \(Outbox.jobKind), \(Outbox.jobAttempts)) AS done)
        SELECT done FROM sealed
        """
    }
}
