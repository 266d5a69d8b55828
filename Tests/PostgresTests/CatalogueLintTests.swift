import Postgres
import TestSupport
import Testing

/// A fault planted in a sound schema, and the sentence that must tell of it.
struct PlantedFault: Sendable, CustomTestStringConvertible {
    let sql: String
    let sentence: String

    var testDescription: String { sentence }

    init(_ sql: String, _ sentence: String) {
        self.sql = sql
        self.sentence = sentence
    }

    static let role = "mastil_app"

    static let all = [
        PlantedFault(
            "CREATE TABLE things (id uuid PRIMARY KEY)", "Table things has no tenant_id, and is on neither list"),
        PlantedFault(
            "ALTER TABLE notes DISABLE ROW LEVEL SECURITY", "Table notes does not enable and force row-level security"),
        PlantedFault(
            "ALTER TABLE notes NO FORCE ROW LEVEL SECURITY", "Table notes does not enable and force row-level security"),
        PlantedFault("DROP POLICY tenant ON notes", "Table notes has 0 policies, not one"),
        PlantedFault("CREATE POLICY other ON notes FOR SELECT USING (true)", "Table notes has 2 policies, not one"),
        PlantedFault(
            "DROP POLICY tenant ON notes; CREATE POLICY tenant ON notes USING (\(DatabaseFixture.policy))",
            "Policy tenant of notes is not the agreed one, for all commands and all roles"),
        PlantedFault(
            "DROP POLICY tenant ON notes; CREATE POLICY tenant ON notes USING (\(DatabaseFixture.policy) OR number = 0) WITH CHECK (\(DatabaseFixture.policy))",
            "Policy tenant of notes is not the agreed one, for all commands and all roles"),
        PlantedFault(
            "DROP POLICY tenant ON notes; CREATE POLICY tenant ON notes TO mastil_app USING (\(DatabaseFixture.policy)) WITH CHECK (\(DatabaseFixture.policy))",
            "Policy tenant of notes is not the agreed one, for all commands and all roles"),
        PlantedFault(
            "ALTER TABLE notes ADD UNIQUE (number)", "Key notes_number_key1 of notes does not begin with tenant_id"),
        PlantedFault(
            "CREATE UNIQUE INDEX loose ON notes (lower(text))", "Key loose of notes does not begin with tenant_id"),
        PlantedFault(
            "ALTER TABLE notes DROP CONSTRAINT notes_pkey; ALTER TABLE notes ADD PRIMARY KEY (note_id, tenant_id)",
            "Key notes_pkey of notes does not begin with tenant_id"),
        PlantedFault("ALTER TABLE notes DROP CONSTRAINT notes_pkey", "Table notes has no primary key"),
        PlantedFault(
            "ALTER TABLE notes DROP CONSTRAINT notes_pkey, DROP CONSTRAINT notes_number_key; ALTER TABLE notes ALTER tenant_id DROP NOT NULL",
            "Column notes.tenant_id is not uuid NOT NULL"),
        PlantedFault(
            "CREATE TABLE tags (id uuid PRIMARY KEY); ALTER TABLE notes ADD tag uuid REFERENCES tags",
            "Foreign key notes_tag_fkey of notes refers to tags, which is not a reference table"),
        PlantedFault(
            "ALTER TABLE notes ADD UNIQUE (note_id), ADD parent uuid, ADD CONSTRAINT up FOREIGN KEY (parent) REFERENCES notes (note_id)",
            "Foreign key up of notes does not begin with tenant_id on both sides"),
        PlantedFault(
            "ALTER TABLE notes ADD parent uuid, ADD CONSTRAINT up FOREIGN KEY (tenant_id, parent) REFERENCES notes ON DELETE SET NULL (parent)",
            "Foreign key up of notes sets columns of another row to NULL or a default"),
        PlantedFault(
            "ALTER TABLE notes ADD CONSTRAINT apart EXCLUDE USING btree (number WITH =)",
            "Exclusion apart of notes does not begin with tenant_id"),
        PlantedFault("ALTER TABLE notes ADD folio bigserial", "Column notes.folio counts by a sequence of all tenants"),
        PlantedFault(
            "ALTER TABLE notes ADD folio bigint GENERATED ALWAYS AS IDENTITY",
            "Column notes.folio counts by a sequence of all tenants"),
        PlantedFault(
            "CREATE TRIGGER touch BEFORE UPDATE ON notes FOR EACH ROW EXECUTE FUNCTION suppress_redundant_updates_trigger()",
            "Table notes has the trigger touch"),
        PlantedFault(
            "GRANT SELECT ON settings TO mastil_app", "Table settings of the platform is granted to mastil_app"),
        PlantedFault(
            "GRANT SELECT (name) ON settings TO PUBLIC", "Table settings of the platform is granted to mastil_app"),
        PlantedFault(
            "GRANT UPDATE ON countries TO mastil_app", "Reference table countries may be written by mastil_app"),
        PlantedFault("GRANT TRUNCATE ON notes TO mastil_app", "Role mastil_app may TRUNCATE notes"),
        PlantedFault("GRANT REFERENCES, TRIGGER ON notes TO PUBLIC", "Role mastil_app may TRIGGER notes"),
        PlantedFault("GRANT CREATE ON SCHEMA public TO mastil_app", "Role mastil_app may create in the schema public"),
        PlantedFault("ALTER TABLE notes OWNER TO mastil_app", "Role mastil_app owns notes"),
        PlantedFault("CREATE VIEW all_notes AS SELECT * FROM notes", "View all_notes is not security_invoker"),
        PlantedFault(
            "CREATE MATERIALIZED VIEW copy AS SELECT * FROM notes; GRANT SELECT ON copy TO mastil_app",
            "Materialized view copy is granted to mastil_app"),
        PlantedFault(
            "CREATE FUNCTION peek() RETURNS bigint LANGUAGE sql SECURITY DEFINER SET search_path = public RETURN 1",
            "Function peek() runs with its owner's rights, and is not on the list"),
        PlantedFault(
            "CREATE FUNCTION listed() RETURNS bigint LANGUAGE sql SECURITY DEFINER RETURN 1",
            "Function listed() runs with its owner's rights, and has no fixed search_path"),
        PlantedFault(
            "CREATE SCHEMA side; CREATE TABLE side.t (n int); GRANT SELECT ON side.t TO mastil_app",
            "Table side.t is outside the schema public and granted to mastil_app"),
        PlantedFault(
            "CREATE TABLE days (tenant_id uuid NOT NULL, day date, PRIMARY KEY (tenant_id, day)) PARTITION BY RANGE (day); "
                + "ALTER TABLE days ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY; "
                + "CREATE POLICY tenant ON days USING (\(DatabaseFixture.policy)) WITH CHECK (\(DatabaseFixture.policy)); "
                + "CREATE TABLE days_1 PARTITION OF days DEFAULT; GRANT SELECT ON days_1 TO mastil_app",
            "Table days_1 does not enable and force row-level security"),
    ]

    /// Faults of the roles themselves, which all databases share: each is planted on a role of its own.
    static let ofRoles = [
        PlantedFault(
            "ALTER ROLE %s BYPASSRLS",
            "Role %s is superuser, or may bypass row-level security, replicate or make roles or databases"),
        PlantedFault(
            "ALTER ROLE %s SUPERUSER",
            "Role %s is superuser, or may bypass row-level security, replicate or make roles or databases"),
        PlantedFault("GRANT mastil_owner TO %s", "Role %s is a member of mastil_owner"),
        PlantedFault("DROP ROLE %s", "Role %s does not exist"),
    ]
}

@Suite struct CatalogueLintTests {
    static let lint = CatalogueLint(
        platformTables: ["settings"], referenceTables: ["countries"], definerFunctions: ["listed()"])
    static let template = TestTemplate("lint") { owner in
        try owner.execute(
            DatabaseFixture.schema
                + "CREATE TABLE countries (code text PRIMARY KEY); GRANT SELECT ON countries TO mastil_app;")
    }

    @Test func `a sound schema has no problems, and every planted fault is found`() throws {
        let name = try Self.template.clone()
        let connection = try PostgresServer.shared.connect(to: name)
        #expect(try Self.lint.problems(on: connection) == [])
        for fault in PlantedFault.all {
            try connection.execute("BEGIN")
            try connection.execute(fault.sql)
            let problems = try Self.lint.problems(on: connection)
            try connection.execute("ROLLBACK")
            #expect(problems.contains(fault.sentence), "\(fault.sql) gave \(problems)")
        }
        #expect(try Self.lint.problems(on: connection) == [])
        try PostgresServer.shared.drop(name)
    }

    @Test(arguments: PlantedFault.ofRoles.indices)
    func `a role with too much power is found`(index: Int) throws {
        let fault = PlantedFault.ofRoles[index]
        let role = "mastil_test_role_\(index)"
        let name = try Self.template.clone()
        let connection = try PostgresServer.shared.connect(to: name)
        func named(_ text: String) -> String {
            text.split(separator: "%s", omittingEmptySubsequences: false).joined(separator: role)
        }
        try connection.execute("BEGIN; CREATE ROLE \(role)")
        try connection.execute(named(fault.sql))
        var lint = Self.lint
        lint.tenantRole = "mastil_platform"
        lint.platformRole = role
        let problems = try lint.problems(on: connection)
        try connection.execute("ROLLBACK")
        #expect(problems.contains(named(fault.sentence)), "\(problems)")
        try PostgresServer.shared.drop(name)
    }
}
