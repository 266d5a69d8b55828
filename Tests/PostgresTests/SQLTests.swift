import Identifiers
import TestSupport
import Testing

@testable import Postgres

@Suite struct SQLTests {
    @Test func `interpolation numbers its parameters and splices fragments`() {
        func filter(_ state: String) -> SQL { "state = \(state) AND size > \(3)" }
        let sql: SQL = "SELECT * FROM t WHERE id = \(7) AND (\(filter("on"))) \(true ? .forUpdate(of: "t") : .nothing)"
        #expect(sql.text == "SELECT * FROM t WHERE id = $1 AND (state = $2 AND size > $3)  FOR UPDATE OF t")
        #expect(sql.types == [20, 25, 20])
        #expect(sql.parameterCount == 3)
    }

    @Test func `the same literals are the same statement whatever their values`() {
        func statement(_ number: Int) -> SQL { "SELECT \(number)" }
        func other(_ text: String) -> SQL { "SELECT \(text)" }
        #expect(statement(1).hasSameShape(as: statement(2)))
        #expect(!statement(1).hasSameShape(as: other("1")))
        #expect(!statement(1).hasSameShape(as: "SELECT \(1), \(2)"))
    }

    @Test(arguments: [
        ("COMMIT" as SQL, "begins with"), ("BEGIN", "begins with"), ("ROLLBACK", "begins with"),
        ("SET app.tenant_id = 'x'", "begins with"), ("RESET ALL", "begins with"), ("DISCARD ALL", "begins with"),
        ("-- SELECT\nCOMMIT", "begins with"), ("DO $$ BEGIN END $$", "begins with"), ("LISTEN x", "begins with"),
        ("PREPARE x AS SELECT 1", "begins with"), ("CALL p()", "begins with"), ("COPY t FROM STDIN", "begins with"),
        ("", "begins with"), ("SELECT SET_CONFIG('a.b', 'c', false)", "set_config"),
        ("SELECT current_setting('app.tenant_id')", "app.tenant_id"),
        ("SELECT pg_advisory_lock(1)", "pg_advisory_lock"),
        ("WITH x AS (SELECT 1) SELECT 1 INTO TEMP y", "into temp"), ("SELECT $1", "does not number"),
    ])
    func `a statement that could leave something behind is refused`(sql: SQL, reason: String) {
        do {
            _ = try Statements().statement(for: sql)
            Issue.record("\(sql.text) was let through")
        } catch {
            #expect("\(error)".contains(reason))
        }
    }

    @Test(arguments: [
        "select 1" as SQL, "  SELECT 1", "(SELECT 1)", "INSERT INTO t VALUES (1)",
        "WITH x AS (SELECT 1) SELECT * FROM x",
        "VALUES (1)", "SELECT pg_advisory_xact_lock(1)", "SELECT '$' || 'a'",
    ])
    func `a statement that begins as it should is let through`(sql: SQL) throws {
        _ = try Statements().statement(for: sql)
    }

    @Test(arguments: [
        (150_013 as Int32, true), (150_014, false), (150_020, false), (140_020, true), (160_009, true),
        (160_010, false),
        (170_005, true), (170_006, false), (180_000, false),
    ])
    func `servers with known holes are refused`(version: Int32, isRefused: Bool) {
        #expect((ServerVersion.objection(to: version) != nil) == isRefused)
    }
}
