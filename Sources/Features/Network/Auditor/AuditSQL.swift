import Identifiers
import Plans
import Postgres
import Routers
import Time

extension TenantDatabase {
    private var findingColumns: SQL {
        """
        f.finding_id, f.router_id, r.name AS router_name, f.rule, f.subject, f.found, f.wanted, f.commands, f.undo,
        f.is_applicable, f.opened_at, f.fixed_at, f.ignored_at, f.ignored_by, f.ignored_because, f.fix, f.fix_note
        """
    }

    package func finding(_ id: RouterFinding.ID, locked: Bool = false) async throws(DatabaseError) -> RouterFinding? {
        try await first(
            """
            SELECT \(findingColumns) FROM router_findings f
            JOIN routers r ON r.tenant_id = f.tenant_id AND r.router_id = f.router_id
            WHERE f.tenant_id = \(tenant) AND f.finding_id = \(id) \(locked ? .forUpdate(of: "f") : .nothing)
            """)
    }

    /// Open and ignored findings, and those fixed since then.
    package func findings(
        of router: Router.ID? = nil, fixedSince: Instant? = nil, limit: Int
    ) async throws(DatabaseError) -> [RouterFinding] {
        let router: SQL = router.map { "AND f.router_id = \($0)" } ?? .nothing
        let standing: SQL =
            fixedSince.map { "AND (f.fixed_at IS NULL OR f.fixed_at >= \($0))" } ?? "AND f.fixed_at IS NULL"
        return try await rows(
            """
            SELECT \(findingColumns) FROM router_findings f
            JOIN routers r ON r.tenant_id = f.tenant_id AND r.router_id = f.router_id
            WHERE f.tenant_id = \(tenant) \(router) \(standing)
            ORDER BY f.fixed_at DESC NULLS FIRST, f.rule, f.subject, f.finding_id LIMIT \(limit)
            """)
    }

    package func routerAudit(_ id: Router.ID) async throws(DatabaseError) -> RouterAudit? {
        try await first(
            """
            SELECT router_id, audited_at, version, concerns, unread, trouble FROM router_audits
            WHERE tenant_id = \(tenant) AND router_id = \(id)
            """)
    }

    func routerAudits() async throws(DatabaseError) -> [Router.ID: RouterAudit] {
        let rows: [AuditOfRouter] = try await rows(
            """
            SELECT router_id, audited_at, version, concerns, unread, trouble FROM router_audits
            WHERE tenant_id = \(tenant)
            """)
        return Dictionary(uniqueKeysWithValues: rows.map { ($0.router, $0.audit) })
    }

    func noteAudit(
        of router: Router.ID, version: String, concerns: [UpgradeConcern], unread: Int, at now: Instant
    ) async throws(DatabaseError) {
        let words = concerns.map(\.rawValue).joined(separator: ",")
        try await execute(
            """
            INSERT INTO router_audits (tenant_id, router_id, audited_at, version, concerns, unread, trouble)
            VALUES (\(tenant), \(router), \(now), \(version), \(words), \(Int32(clamping: unread)), '')
            ON CONFLICT (tenant_id, router_id) DO UPDATE SET audited_at = EXCLUDED.audited_at,
                version = EXCLUDED.version, concerns = EXCLUDED.concerns, unread = EXCLUDED.unread, trouble = ''
            """)
    }

    func noteAudit(of router: Router.ID, failedBecause reason: String) async throws(DatabaseError) {
        try await execute(
            """
            INSERT INTO router_audits (tenant_id, router_id, trouble)
            VALUES (\(tenant), \(router), \(String(reason.prefix(500))))
            ON CONFLICT (tenant_id, router_id) DO UPDATE SET trouble = EXCLUDED.trouble
            """)
    }

    func insert(
        _ finding: AuditFinding, as id: RouterFinding.ID, of router: Router.ID, at now: Instant
    ) async throws(DatabaseError) {
        try await execute(
            """
            INSERT INTO router_findings (
                tenant_id, finding_id, router_id, rule, subject, found, wanted, commands, undo, is_applicable, opened_at)
            VALUES (
                \(tenant), \(id), \(router), \(finding.rule.rawValue), \(finding.subject), \(finding.found),
                \(finding.wanted), \(finding.commands.joined(separator: "\n")),
                \(finding.undo.joined(separator: "\n")), \(finding.isApplicable), \(now))
            """)
    }

    func update(_ id: RouterFinding.ID, to finding: AuditFinding) async throws(DatabaseError) {
        try await execute(
            """
            UPDATE router_findings SET found = \(finding.found), wanted = \(finding.wanted),
                commands = \(finding.commands.joined(separator: "\n")),
                undo = \(finding.undo.joined(separator: "\n")), is_applicable = \(finding.isApplicable)
            WHERE tenant_id = \(tenant) AND finding_id = \(id)
            """)
    }

    func close(_ id: RouterFinding.ID, at now: Instant) async throws(DatabaseError) {
        try await execute(
            """
            UPDATE router_findings SET fixed_at = \(now) WHERE tenant_id = \(tenant) AND finding_id = \(id)
            """)
    }

    func ignore(
        _ id: RouterFinding.ID, because reason: String, by author: String, at now: Instant?
    ) async throws(DatabaseError) {
        try await execute(
            """
            UPDATE router_findings SET ignored_at = \(now), ignored_by = \(author), ignored_because = \(reason)
            WHERE tenant_id = \(tenant) AND finding_id = \(id)
            """)
    }

    func settle(_ id: RouterFinding.ID, as fix: RouterFinding.Fix?, _ note: String) async throws(DatabaseError) {
        try await execute(
            """
            UPDATE router_findings SET fix = \(fix?.rawValue ?? ""), fix_note = \(String(note.prefix(500)))
            WHERE tenant_id = \(tenant) AND finding_id = \(id)
            """)
    }
}

private struct AuditOfRouter: RowReadable {
    let router: Router.ID
    let audit: RouterAudit

    init(row: Row) throws(DatabaseError) {
        router = try row.read("router_id")
        audit = try RouterAudit(row: row)
    }
}

extension RouterAudit: RowReadable {
    package init(row: Row) throws(DatabaseError) {
        auditedAt = try row.read("audited_at")
        version = try row.read("version")
        let words: String = try row.read("concerns")
        concerns = words.split(separator: ",").compactMap { UpgradeConcern(rawValue: String($0)) }
        let unread: Int32 = try row.read("unread")
        self.unread = Int(unread)
        trouble = try row.read("trouble")
    }
}

extension RouterFinding: RowReadable {
    package init(row: Row) throws(DatabaseError) {
        id = try row.read("finding_id")
        router = try row.read("router_id")
        routerName = try row.read("router_name")
        rule = try row.word("rule")
        subject = try row.read("subject")
        found = try row.read("found")
        wanted = try row.read("wanted")
        let (commands, undo): (String, String) = (try row.read("commands"), try row.read("undo"))
        self.commands = commands.split(separator: "\n").map(String.init)
        self.undo = undo.split(separator: "\n").map(String.init)
        isApplicable = try row.read("is_applicable")
        openedAt = try row.read("opened_at")
        fixedAt = try row.read("fixed_at")
        ignoredAt = try row.read("ignored_at")
        ignoredBy = try row.read("ignored_by")
        ignoredBecause = try row.read("ignored_because")
        let fix: String = try row.read("fix")
        self.fix = Fix(rawValue: fix)
        fixNote = try row.read("fix_note")
    }
}
