import Crypto
import Declarations
import Events
import Identifiers
import Plans
import Postgres
import Routers
import Time

extension TenantDatabase {
    private var backupColumns: SQL {
        "backup_id, router_id, number, bytes, has_secrets, version, reason, changes, taken_at"
    }

    package func backups(of router: Router.ID, limit: Int) async throws(DatabaseError) -> [RouterBackup] {
        try await rows(
            """
            SELECT \(backupColumns) FROM router_backups WHERE tenant_id = \(tenant) AND router_id = \(router)
            ORDER BY number DESC LIMIT \(limit)
            """)
    }

    package func backup(_ id: RouterBackup.ID) async throws(DatabaseError) -> RouterBackup? {
        try await first(
            "SELECT \(backupColumns) FROM router_backups WHERE tenant_id = \(tenant) AND backup_id = \(id)")
    }

    func backup(_ number: Int, of router: Router.ID) async throws(DatabaseError) -> RouterBackup? {
        try await first(
            """
            SELECT \(backupColumns) FROM router_backups
            WHERE tenant_id = \(tenant) AND router_id = \(router) AND number = \(number)
            """)
    }

    func sealedContent(of id: RouterBackup.ID) async throws(DatabaseError) -> [UInt8]? {
        try await value("SELECT content FROM router_backups WHERE tenant_id = \(tenant) AND backup_id = \(id)")
    }

    func insert(_ backup: RouterBackup, content: [UInt8]) async throws(DatabaseError) {
        try await execute(
            """
            INSERT INTO router_backups (
                tenant_id, backup_id, router_id, number, content, bytes, has_secrets, version, reason, changes, taken_at)
            VALUES (
                \(tenant), \(backup.id), \(backup.router), \(backup.number), \(content), \(Int32(clamping: backup.bytes)),
                \(backup.hasSecrets), \(String(backup.version.prefix(50))), \(backup.reason.rawValue),
                \(Int32(clamping: backup.changes)), \(backup.takenAt))
            """)
    }

    /// Notes that the configuration was read; returns whether its absence had been reported.
    func noteBackup(of router: Router.ID, at now: Instant) async throws(DatabaseError) -> Bool {
        let wasAlarmed: Bool? = try await value(
            """
            SELECT alarmed_at IS NOT NULL FROM router_backup_states WHERE tenant_id = \(tenant) AND router_id = \(router)
            """)
        try await execute(
            """
            INSERT INTO router_backup_states (tenant_id, router_id, seen_at) VALUES (\(tenant), \(router), \(now))
            ON CONFLICT (tenant_id, router_id) DO UPDATE SET seen_at = EXCLUDED.seen_at, trouble = '', alarmed_at = NULL
            """)
        return wasAlarmed ?? false
    }

    func noteBackup(of router: Router.ID, failedBecause reason: String) async throws(DatabaseError) {
        try await execute(
            """
            INSERT INTO router_backup_states (tenant_id, router_id, trouble)
            VALUES (\(tenant), \(router), \(String(reason.prefix(500))))
            ON CONFLICT (tenant_id, router_id) DO UPDATE SET trouble = EXCLUDED.trouble
            """)
    }

    /// Routers without a backup since then and not yet reported; marks them as reported.
    func alarmBackups(olderThan moment: Instant, at now: Instant) async throws(DatabaseError) -> [Router.ID] {
        let rows: [LateRouter] = try await rows(
            """
            INSERT INTO router_backup_states (tenant_id, router_id, alarmed_at)
            SELECT r.tenant_id, r.router_id, \(now) FROM routers r
            LEFT JOIN router_backup_states s ON s.tenant_id = r.tenant_id AND s.router_id = r.router_id
            WHERE r.tenant_id = \(tenant) AND s.alarmed_at IS NULL AND coalesce(s.seen_at, r.made_at) < \(moment)
            ON CONFLICT (tenant_id, router_id) DO UPDATE SET alarmed_at = EXCLUDED.alarmed_at
            RETURNING router_id
            """)
        return rows.map(\.id)
    }

    /// Keeps each router's newest `least` versions.
    @discardableResult
    func forgetBackups(olderThan moment: Instant, keeping least: Int) async throws(DatabaseError) -> Int {
        try await execute(
            """
            DELETE FROM router_backups b USING (
                SELECT router_id, max(number) AS newest FROM router_backups WHERE tenant_id = \(tenant) GROUP BY router_id
            ) n
            WHERE b.tenant_id = \(tenant) AND n.router_id = b.router_id AND b.taken_at < \(moment)
                AND b.number <= n.newest - \(least)
            """)
    }

    func backupStates() async throws(DatabaseError) -> [Router.ID: BackupState] {
        let rows: [StateOfRouter] = try await rows(
            """
            SELECT r.router_id, s.seen_at, coalesce(s.trouble, '') AS trouble, s.alarmed_at, (
                SELECT count(*) FROM router_backups b WHERE b.tenant_id = r.tenant_id AND b.router_id = r.router_id
            ) AS versions
            FROM routers r
            LEFT JOIN router_backup_states s ON s.tenant_id = r.tenant_id AND s.router_id = r.router_id
            WHERE r.tenant_id = \(tenant)
            """)
        return Dictionary(uniqueKeysWithValues: rows.map { ($0.router, $0.state) })
    }

    package func backupRules() async throws(DatabaseError) -> BackupRules {
        try await first(
            "SELECT keep_days, keep_least, alarm_days FROM backup_rules WHERE tenant_id = \(tenant)") ?? BackupRules()
    }

    func put(_ rules: BackupRules) async throws(DatabaseError) {
        try await execute(
            """
            INSERT INTO backup_rules (tenant_id, keep_days, keep_least, alarm_days)
            VALUES (
                \(tenant), \(Int32(clamping: rules.keepDays)), \(Int32(clamping: rules.keepLeast)),
                \(Int32(clamping: rules.alarmDays)))
            ON CONFLICT (tenant_id) DO UPDATE SET keep_days = EXCLUDED.keep_days, keep_least = EXCLUDED.keep_least,
                alarm_days = EXCLUDED.alarm_days
            """)
    }

    func record(_ kind: EventKind, of router: Router, at now: Instant, from randomness: Randomness)
        async throws(DatabaseError)
    {
        try await record(Act(kind, router.subject), by: .commandLine, at: now, from: randomness)
    }
}

private struct LateRouter: RowReadable {
    let id: Router.ID

    init(row: Row) throws(DatabaseError) { id = try row.read("router_id") }
}

private struct StateOfRouter: RowReadable {
    let router: Router.ID
    let state: BackupState

    init(row: Row) throws(DatabaseError) {
        router = try row.read("router_id")
        state = BackupState(
            seenAt: try row.read("seen_at"), trouble: try row.read("trouble"), alarmedAt: try row.read("alarmed_at"),
            versions: try row.read("versions"))
    }
}

extension BackupRules: RowReadable {
    package init(row: Row) throws(DatabaseError) {
        let (days, least, alarm): (Int32, Int32, Int32) = (
            try row.read("keep_days"), try row.read("keep_least"), try row.read("alarm_days")
        )
        (keepDays, keepLeast, alarmDays) = (Int(days), Int(least), Int(alarm))
    }
}

extension RouterBackup: RowReadable {
    package init(row: Row) throws(DatabaseError) {
        id = try row.read("backup_id")
        router = try row.read("router_id")
        number = try row.read("number")
        let (bytes, changes): (Int32, Int32) = (try row.read("bytes"), try row.read("changes"))
        (self.bytes, self.changes) = (Int(bytes), Int(changes))
        hasSecrets = try row.read("has_secrets")
        version = try row.read("version")
        reason = try row.word("reason")
        takenAt = try row.read("taken_at")
    }
}
