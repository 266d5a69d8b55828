import Identifiers
import Loop
import Postgres
import Synchronization
import TestSupport
import Time

/// The migrated schema, a table of effects for jobs to leave traces in, and twenty tenants.
enum JobsFixture {
    static let template = TestTemplate("jobs") { owner in
        try Migrations(directory: "Migrations").apply(on: owner)
        try owner.execute(
            """
            CREATE TABLE effects (
                tenant_id uuid NOT NULL REFERENCES tenants,
                effect_id uuid NOT NULL DEFAULT gen_random_uuid(),
                name text NOT NULL,
                PRIMARY KEY (tenant_id, effect_id));
            ALTER TABLE effects ENABLE ROW LEVEL SECURITY;
            ALTER TABLE effects FORCE ROW LEVEL SECURITY;
            CREATE POLICY of_tenant ON effects
                USING (tenant_id = NULLIF(current_setting('app.tenant_id', true), '')::uuid);
            GRANT SELECT, INSERT, UPDATE, DELETE ON effects TO mastil_app;
            INSERT INTO tenants
            SELECT ('00000000-0000-7000-8000-' || lpad(n::text, 12, '0'))::uuid, 'isp-' || n, 'ISP ' || n, 'active',
                'CL', 'es', 'CLP', 'America/Santiago', 0, now()
            FROM generate_series(1, 20) n;
            -- What the product does by itself every day is none of these tests' business.
            DELETE FROM job_schedules;
            """)
    }

    /// The nth of the twenty, which have decimal digits.
    static func tenant(_ number: Int) -> TenantID {
        let text = "00000000-0000-7000-8000-" + String(repeating: "0", count: 12 - "\(number)".count) + "\(number)"
        guard let tenant = TenantID(text) else { fatalError("\(text) is a UUID") }
        return tenant
    }

    /// Gives the test a database of its own.
    static func with(_ work: (TestDatabase) async throws -> Void) async throws {
        let test = try await TestDatabase(from: template)
        do {
            try await work(test)
            try await test.close()
        } catch {
            try await test.close()
            throw error
        }
    }
}

extension TestDatabase {
    func tenant(_ number: Int) -> TenantDatabase { database.tenant(JobsFixture.tenant(number)) }

    /// The number that a statement of the superuser brings.
    func count(_ statement: String) throws -> Int { Int(try superuser().column(statement).first ?? "") ?? -1 }
}

extension TenantDatabase {
    func leaveEffect(_ name: String) async throws(DatabaseError) {
        try await execute("INSERT INTO effects (tenant_id, name) VALUES (\(tenant), \(name))")
    }

    func effects() async throws -> [String] {
        try await results("SELECT name FROM effects WHERE tenant_id = \(tenant) ORDER BY name").map {
            try $0.read("name")
        }
    }
}

/// A clock that stands until it is set.
final class HeldClock: Sendable {
    private let instant: Mutex<Instant>

    init(_ text: String) {
        guard let instant = Instant(rfc3339: text) else { fatalError("\(text) is no moment") }
        self.instant = Mutex(instant)
    }

    var now: Instant { instant.withLock(\.self) }
    var source: TimeSource { TimeSource { [self] in now } }

    func advance(_ span: Duration) { instant.withLock { $0 = $0 + span } }
}

struct NeverCame: Error {}

/// Looks again and again until it is so; throws when it does not become so.
func eventually(within span: Duration = .seconds(60), _ isSo: () async throws -> Bool) async throws {
    let end = ContinuousClock.now + span
    while try await !isSo() {
        guard ContinuousClock.now < end else { throw NeverCame() }
        try await Loops.tests.all[0].sleep(for: .milliseconds(5))
    }
}
