import Glibc
import Identifiers
import Loop
import Postgres
import Synchronization

/// A database of a suite's own, cloned from a template in a fraction of a second and dropped with its last user.
package final class TestDatabase: Sendable {
    package let name: String
    package let server: PostgresServer
    package let loops: Loops
    package let database: Database

    /// Clones the template, and connects as the roles of the tenants' and the platform's work.
    package init(
        from template: TestTemplate, loops: Loops = .tests,
        configure: (inout DatabaseConfiguration) -> Void = { _ in }
    ) async throws {
        name = try await Self.blocking { try template.clone() }
        server = template.server
        self.loops = loops
        var configuration = Self.configuration(of: name, on: server)
        configure(&configuration)
        database = try Database(configuration, loops: loops)
    }

    private static func configuration(of name: String, on server: PostgresServer) -> DatabaseConfiguration {
        var configuration = DatabaseConfiguration(
            tenants: server.address(database: name, role: Roles.tenants),
            platform: server.address(database: name, role: Roles.platform))
        // A machine that is busy with other tests is no failure.
        configuration.patience = .seconds(60)
        configuration.sharedStatementTimeout = .seconds(60)
        configuration.idleTransactionTimeout = .seconds(60)
        configuration.connectTimeout = .seconds(30)
        return configuration
    }

    /// Another `Database` on the same data: a second process, as it were, or one configured otherwise.
    package func another(
        loops: Loops = .tests, configure: (inout DatabaseConfiguration) -> Void
    ) throws -> Database {
        var configuration = Self.configuration(of: name, on: server)
        configure(&configuration)
        return try Database(configuration, loops: loops)
    }

    /// As the superuser: for what no role of ours may do.
    package func superuser() throws(DatabaseError) -> OwnerConnection { try server.connect(to: name) }

    package func owner() throws(DatabaseError) -> OwnerConnection { try server.connect(to: name, as: Roles.owner) }

    /// Where all that the tests had the product ask is written down, for `Tests/Statements/check`.
    private static let statements = getenv("MASTIL_TEST_STATEMENTS").map { StatementFile(String(cString: $0)) }

    package func close() async throws {
        if let file = Self.statements { file.add(await database.statementTexts()) }
        await database.close()
        try await Self.blocking { [server, name] in try server.drop(name) }
    }
}

extension Loops {
    /// Two loops that the tests of a process share; they end with it.
    package static let tests: Loops = {
        let loops = Loops(count: 2)
        loops.start()
        return loops
    }()
}

/// Statements, each once, with a NUL between them.
private final class StatementFile: Sendable {
    private let path: String
    private let known = Mutex<Set<String>>([])

    init(_ path: String) { self.path = path }

    func add(_ statements: Set<String>) {
        known.withLock { known in
            guard let file = fopen(path, "a") else { return }
            for statement in statements where known.insert(statement).inserted {
                fputs(statement, file)
                putc(0, file)
            }
            fclose(file)
        }
    }
}

/// A database that is set up once for a process and cloned by every suite.
package final class TestTemplate: Sendable {
    package let server: PostgresServer
    private let prepare: @Sendable (OwnerConnection) throws -> Void
    private let label: String
    private let name = Mutex<Result<String, any Error>?>(nil)
    private static let count = Atomic<Int>(0)

    /// `prepare` is done as the owner of the new database.
    package init(
        _ label: String, on server: PostgresServer = .shared,
        prepare: @escaping @Sendable (OwnerConnection) throws -> Void
    ) {
        self.label = label
        self.server = server
        self.prepare = prepare
    }

    /// A template with the migrations of a directory applied.
    package convenience init(migrations directory: String, on server: PostgresServer = .shared) {
        self.init("migrated", on: server) { owner in try Migrations(directory: directory).apply(on: owner) }
    }

    /// One at a time: a template may have no visitors while it is copied.
    package func clone() throws -> String {
        try name.withLock { name in
            if name == nil { name = Result { try make() } }
            guard let template = try name?.get() else { preconditionFailure("Set just now") }
            let clone = Self.newName(label)
            // Copied as files: through the write-ahead log it costs three times as much.
            try server.connect().execute(
                "CREATE DATABASE \(clone) TEMPLATE \(template) OWNER \(Roles.owner) STRATEGY FILE_COPY")
            return clone
        }
    }

    private func make() throws -> String {
        let connection = try server.connect()
        try Roles.create(on: connection)
        try Self.dropLeftovers(on: connection)
        let template = Self.newName("template_" + label)
        try connection.execute("CREATE DATABASE \(template) OWNER \(Roles.owner)")
        try server.connect(to: template).execute(
            "REVOKE CREATE ON SCHEMA public FROM PUBLIC; ALTER SCHEMA public OWNER TO \(Roles.owner)")
        try prepare(server.connect(to: template, as: Roles.owner))
        return template
    }

    private static func newName(_ label: String) -> String {
        "mastil_test_\(getpid())_\(label)_\(count.add(1, ordering: .relaxed).newValue)"
    }

    /// Those of test runs that are over, however they ended.
    private static func dropLeftovers(on connection: OwnerConnection) throws {
        for name in try connection.column("SELECT datname FROM pg_database WHERE datname LIKE 'mastil\\_test\\_%'") {
            let parts = name.split(separator: "_")
            guard parts.count > 2, let process = Int32(parts[2]), kill(process, 0) == -1 && errno == ESRCH else {
                continue
            }
            do {
                try connection.execute("DROP DATABASE IF EXISTS \(name) WITH (FORCE)")
            } catch {
                // Another run is dropping it at this moment.
            }
        }
    }
}

extension TestDatabase {
    /// Does what blocks on a thread made for that: the tests' own are few, and others wait for them.
    package static func blocking<Result: Sendable>(_ work: @escaping @Sendable () throws -> Result) async throws
        -> Result
    {
        try await threads.run(work)
    }

    private static let threads = BlockingPool(threads: 4, queueLimit: 1000, name: "test-databases")
}
