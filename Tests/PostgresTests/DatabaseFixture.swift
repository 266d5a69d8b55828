import Identifiers
import Loop
import Postgres
import Synchronization
import TestSupport

/// The tables of these tests: one of tenants' notes under the agreed policy, one of the platform's.
enum DatabaseFixture {
    static let template = TestTemplate("postgres") { owner in try owner.execute(schema) }

    static let policy = "tenant_id = NULLIF(current_setting('app.tenant_id', true), '')::uuid"

    static let schema = """
        CREATE TABLE notes (
            tenant_id uuid NOT NULL,
            note_id uuid NOT NULL DEFAULT gen_random_uuid(),
            number bigint NOT NULL,
            text text NOT NULL DEFAULT '',
            CONSTRAINT notes_pkey PRIMARY KEY (tenant_id, note_id),
            CONSTRAINT notes_number_key UNIQUE (tenant_id, number),
            CONSTRAINT notes_number_positive CHECK (number >= 0));
        ALTER TABLE notes ENABLE ROW LEVEL SECURITY;
        ALTER TABLE notes FORCE ROW LEVEL SECURITY;
        CREATE POLICY tenant ON notes USING (\(policy)) WITH CHECK (\(policy));
        GRANT SELECT, INSERT, UPDATE, DELETE ON notes TO mastil_app;
        CREATE TABLE settings (name text PRIMARY KEY, value text NOT NULL);
        GRANT SELECT, INSERT, UPDATE, DELETE ON settings TO mastil_platform;
        """

    static func tenant(_ number: Int) -> TenantID { TenantID(UUID(high: 0x7000, low: UInt64(number))) }

    /// Gives the test a database of its own.
    static func with<Result>(
        configure: (inout DatabaseConfiguration) -> Void = { _ in },
        _ work: (TestDatabase) async throws -> Result
    ) async throws -> Result {
        let test = try await TestDatabase(from: template, configure: configure)
        do {
            let result = try await work(test)
            try await test.close()
            return result
        } catch {
            try await test.close()
            throw error
        }
    }
}

struct Note: RowReadable, Equatable {
    let tenant: TenantID
    let number: Int
    let text: String

    init(row: Row) throws(DatabaseError) {
        tenant = try row.read("tenant_id")
        number = try row.read("number")
        text = try row.read("text")
    }
}

extension TenantDatabase {
    func add(_ number: Int, _ text: String = "") async throws(DatabaseError) {
        try await execute("INSERT INTO notes (tenant_id, number, text) VALUES (\(tenant), \(number), \(text))")
    }

    func note(_ number: Int, locked: Bool = false) async throws(DatabaseError) -> Note? {
        try await first(
            """
            SELECT tenant_id, number, text FROM notes s
            WHERE tenant_id = \(tenant) AND number = \(number) \(locked ? .forUpdate(of: "s") : .nothing)
            """)
    }

    func countOfAllNotes() async throws(DatabaseError) -> Int? { try await value("SELECT count(*) FROM notes") }
}

final class Count: Sendable {
    private let atomic = Atomic<Int>(0)
    var value: Int { atomic.load(ordering: .relaxed) }
    func rise() { atomic.add(1, ordering: .relaxed) }
}
