import Access
import Identifiers
import Ledger
import Locale
import Loop
import Platform
import Postgres
import Tenancy
import Time

extension Command {
    static let backup = Command(
        "backup", "Backups of the database, which deploy/backup takes and tries.",
        subcommands: [.recordBackup, .listBackups, .proveBackup])

    private static let recordBackup = Command(
        "record", "Notes a backup or a restore drill, for the console and the health check.",
        arguments: [Argument("KIND", "backup or drill")],
        options: [
            Option("began", "SECONDS", "since 1970"),
            Option("label", "NAME", "of the backup in its repository"),
            Option("bytes", "COUNT", "of the database"),
            Option("restored-to", "SECONDS", "of the last change that a drill brought back, since 1970"),
            Option("fault", "SENTENCE", "what went wrong; as often as needed"),
        ]
    ) { invocation, loops in
        guard let kind = BackupRun.Kind(rawValue: invocation.arguments[0]) else {
            throw Complaint("'\(invocation.arguments[0])' is neither backup nor drill.", status: ExitStatus.usage)
        }
        let began = try number("began", in: invocation)
        let restored = try number("restored-to", in: invocation)
        let bytes = try number("bytes", in: invocation)
        return try await CommandContext.use(loops) { context in
            let run = BackupRun(
                kind, beganAt: began.map { Instant(seconds: $0) } ?? context.now, endedAt: context.now,
                label: invocation.value("label").map { String($0.prefix(64)) }, bytes: bytes,
                restoredTo: restored.map { Instant(seconds: $0) },
                faults: invocation.all("fault").map { String($0.prefix(500)) })
            try await context.database.platform.record(
                run, as: .v7(milliseconds: context.now.milliseconds, from: .system))
        }
    }

    /// A count, or a moment within the next thousand years.
    private static func number(_ option: String, in invocation: Invocation) throws(Complaint) -> Int64? {
        guard let text = invocation.value(option) else { return nil }
        let most: Int64 = option == "bytes" ? .max : 32_503_680_000
        guard let number = Int64(text), (0...most).contains(number) else {
            throw Complaint("--\(option): '\(text)' cannot be used.", status: ExitStatus.usage)
        }
        return number
    }

    private static let listBackups = Command(
        "list", "The latest backups and drills, newest first.",
        notes: "Exit status 1 when there is no backup, when the last one failed or is old, or when its drill failed."
    ) { _, loops in
        try await CommandContext.use(loops) { context in
            let platform = context.database.platform
            for run in try await platform.backupRuns(limit: 20) {
                let parts = [
                    run.endedAt.rfc3339, run.kind.rawValue, run.label, run.bytes.map { "\($0) bytes" },
                    "\(run.took) s", run.lost.map { "would have lost \($0) s" },
                    run.faults.isEmpty ? "worked" : "FAILED: " + run.faults.joined(separator: "; "),
                ]
                Terminal.say(parts.compactMap(\.self).joined(separator: "\t"))
            }
            switch try await platform.backupStanding().alarm(at: context.now) {
            case nil: break
            case .never: throw Complaint("There is no backup.")
            case .old: throw Complaint("The last backup is more than a day old.")
            case .failed: throw Complaint("The last backup failed.")
            case .drillFailed: throw Complaint("The last backup did not pass its restore drill.")
            }
        }
    }

    private static let proveBackup = Command(
        "prove", "Proves a database that was restored beside the one in use: never run it on the latter.",
        notes: """
            MASTIL_DATABASE must name a superuser of it. Every tenant's record is recomputed and its books recounted,
            the key ring opened, the rules that keep tenants apart looked at, every sequence held against its column,
            and a row put into every table that has one, and taken back. Prints a line for each fault.
            """
    ) { _, loops in
        try await CommandContext.use(loops) { context in
            var faults = try await loops.blocking.run {
                let connection = try OwnerConnection(context.configuration.database.administrator)
                return try Schema.lint.problems(on: connection) + tableFaults(on: connection)
            }
            faults += try await auditFaults(in: context)
            faults += try await keyFaults(context.configuration, in: context.database).faults
            for tenant in try await context.database.platform.everyTenant() {
                let proofs = try await context.database.tenant(tenant.id.scope).proveLedger(
                    as: .v7(milliseconds: context.now.milliseconds, from: .system), inCurrency: tenant.currency,
                    at: context.now)
                for proof in proofs where !proof.holds {
                    faults.append("\(tenant.slug): the books in \(proof.currency.code) do not balance")
                }
            }
            guard faults.isEmpty else { throw Complaint(faults.joined(separator: "\n")) }
        }
    }

    /// Sequences that lag behind their columns, and tables that refuse an INSERT.
    private static func tableFaults(on connection: OwnerConnection) throws(DatabaseError) -> [String] {
        try connection.execute("BEGIN; " + tableProof)
        let faults = try connection.column("SELECT fault FROM pg_temp.table_faults() fault")
        try connection.execute("ROLLBACK")
        return faults
    }

    /// Inserts an existing row of each table again. A unique violation is expected; any other error is a fault.
    private static let tableProof = """
        CREATE FUNCTION pg_temp.table_faults() RETURNS SETOF text LANGUAGE plpgsql AS $$
        DECLARE
            it record;
            is_behind boolean;
        BEGIN
            FOR it IN
                SELECT s.oid::regclass AS sequence, t.oid::regclass AS name, quote_ident(a.attname) AS column
                FROM pg_depend d JOIN pg_class s ON s.oid = d.objid AND s.relkind = 'S'
                JOIN pg_class t ON t.oid = d.refobjid
                JOIN pg_attribute a ON a.attrelid = t.oid AND a.attnum = d.refobjsubid
                WHERE d.classid = 'pg_class'::regclass AND d.deptype IN ('a', 'i')
                    AND s.relnamespace = 'public'::regnamespace
            LOOP
                EXECUTE format(
                    'SELECT (SELECT max(%s) FROM %s) > last_value - (NOT is_called)::int FROM %s', it.column, it.name,
                    it.sequence) INTO is_behind;
                IF is_behind THEN
                    RETURN NEXT format('the sequence %s is behind %s of %s', it.sequence, it.column, it.name);
                END IF;
            END LOOP;
            FOR it IN
                SELECT c.oid::regclass AS name, string_agg(quote_ident(a.attname), ', ' ORDER BY a.attnum) AS columns
                FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid
                WHERE c.relkind IN ('r', 'p') AND NOT c.relispartition AND c.relnamespace = 'public'::regnamespace
                    AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = ''
                GROUP BY c.oid ORDER BY 1
            LOOP
                BEGIN
                    EXECUTE format(
                        'INSERT INTO %1$s (%2$s) OVERRIDING SYSTEM VALUE SELECT %2$s FROM %1$s LIMIT 1', it.name,
                        it.columns);
                EXCEPTION
                    WHEN unique_violation OR exclusion_violation THEN NULL;
                    WHEN OTHERS THEN RETURN NEXT format('the table %s takes no row: %s', it.name, SQLERRM);
                END;
            END LOOP;
        END $$;
        """
}
