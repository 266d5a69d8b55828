import Access
import Identifiers
import Postgres
import Time

/// A backup of the whole database, or a drill that restored one.
package struct BackupRun: RowReadable, Sendable {
    package enum Kind: String, Sendable { case backup, drill }

    package let kind: Kind
    package let beganAt: Instant
    package let endedAt: Instant
    /// The backup's name in its repository.
    package let label: String?
    package let bytes: Int64?
    /// Of a drill: the last change that came back.
    package let restoredTo: Instant?
    package let faults: [String]

    package init(
        _ kind: Kind, beganAt: Instant, endedAt: Instant, label: String?, bytes: Int64?, restoredTo: Instant?,
        faults: [String]
    ) {
        (self.kind, self.beganAt, self.endedAt, self.label) = (kind, beganAt, endedAt, label)
        (self.bytes, self.restoredTo, self.faults) = (bytes, restoredTo, faults)
    }

    package init(row: Row) throws(DatabaseError) {
        let kind: String = try row.read("kind")
        guard let kind = Kind(rawValue: kind) else { throw .refused("There is no kind of backup '\(kind)'") }
        self.kind = kind
        beganAt = try row.read("began_at")
        endedAt = try row.read("ended_at")
        label = try row.read("label")
        bytes = try row.read("bytes")
        restoredTo = try row.read("restored_to")
        faults = try row.read("faults")
    }

    package var took: Int64 { endedAt.seconds - beganAt.seconds }

    /// How much of the latest work the drill could not bring back, in seconds.
    package var lost: Int64? { restoredTo.map { max(0, beganAt.seconds - $0.seconds) } }
}

/// The latest runs, and whether an operator must act.
package struct BackupStanding: Sendable {
    /// One a day is due, with two hours of delay.
    static let oldest: Int64 = 26 * 3600

    package let lastGood: BackupRun?
    package let lastTry: BackupRun?
    package let lastDrill: BackupRun?

    package enum Alarm: Sendable, Equatable { case never, old, failed, drillFailed }

    package func alarm(at now: Instant) -> Alarm? {
        guard let lastGood else { return lastTry == nil ? .never : .failed }
        if let lastTry, !lastTry.faults.isEmpty { return .failed }
        if now.seconds - lastGood.endedAt.seconds > Self.oldest { return .old }
        return lastDrill?.faults.isEmpty == false ? .drillFailed : nil
    }
}

extension PlatformDatabase {
    package func record(_ run: BackupRun, as id: UUID) async throws(DatabaseError) {
        try await execute(
            """
            INSERT INTO backup_runs (backup_run_id, kind, began_at, ended_at, label, bytes, restored_to, faults)
            VALUES (
                \(id), \(run.kind.rawValue), \(run.beganAt), greatest(\(run.endedAt), \(run.beganAt)), \(run.label),
                \(run.bytes), \(run.restoredTo), \(run.faults))
            """)
        try await execute(
            "DELETE FROM backup_runs WHERE ended_at < \(run.endedAt)::timestamptz - interval '400 days'")
    }

    /// Newest first.
    package func backupRuns(limit: Int = 60) async throws(DatabaseError) -> [BackupRun] {
        try await rows(
            """
            SELECT kind, began_at, ended_at, label, bytes, restored_to, faults FROM backup_runs
            ORDER BY ended_at DESC, backup_run_id DESC LIMIT \(limit)
            """)
    }

    package func backupStanding() async throws(DatabaseError) -> BackupStanding {
        let latest: [BackupRun] = try await rows(
            """
            (SELECT kind, began_at, ended_at, label, bytes, restored_to, faults FROM backup_runs
                WHERE kind = 'backup' AND faults = '{}' ORDER BY ended_at DESC LIMIT 1)
            UNION ALL (SELECT kind, began_at, ended_at, label, bytes, restored_to, faults FROM backup_runs
                WHERE kind = 'backup' AND faults <> '{}' ORDER BY ended_at DESC LIMIT 1)
            UNION ALL (SELECT kind, began_at, ended_at, label, bytes, restored_to, faults FROM backup_runs
                WHERE kind = 'drill' ORDER BY ended_at DESC LIMIT 1)
            """)
        let backups = latest.filter { $0.kind == .backup }
        return BackupStanding(
            lastGood: backups.first { $0.faults.isEmpty }, lastTry: backups.max { $0.endedAt < $1.endedAt },
            lastDrill: latest.first { $0.kind == .drill })
    }
}
