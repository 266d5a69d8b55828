import Glibc
import Identifiers
import Postgres
import Synchronization
import TestSupport
import Testing

/// A directory of migrations that a test may change.
private final class Directory {
    let path: String

    init(_ files: [String: String]) {
        path = "/tmp/mastil-migrations-\(getpid())-\(Randomness.system.next())"
        mkdir(path, 0o755)
        for (name, text) in files { write(name, text) }
    }

    deinit {
        for name in ["0001-one.sql", "0002-two.sql", "0003-three.sql", "0003-other.sql", "one.sql", "README"] {
            unlink(path + "/" + name)
        }
        rmdir(path)
    }

    func write(_ name: String, _ text: String) {
        guard let file = fopen(path + "/" + name, "w") else { return }
        fputs(text, file)
        fclose(file)
    }

    func remove(_ name: String) { unlink(path + "/" + name) }
}

@Suite struct MigrationTests {
    static let empty = TestTemplate("empty") { _ in }
    static let two = [
        "0001-one.sql": "CREATE TABLE one (n int); INSERT INTO one VALUES (1);",
        "0002-two.sql": "CREATE TABLE two (n int);", "README": "no migration",
    ]

    /// A directory, an empty database and its owner.
    private func with(_ files: [String: String], _ work: (Directory, OwnerConnection, String) throws -> Void) throws {
        let name = try Self.empty.clone()
        try work(Directory(files), PostgresServer.shared.connect(to: name, as: Roles.owner), name)
        try PostgresServer.shared.drop(name)
    }

    @Test func `migrations are applied once, in order, and reported`() throws {
        try with(Self.two) { directory, owner, _ in
            let migrations = try Migrations(directory: directory.path)
            #expect(migrations.names == ["0001-one", "0002-two"])
            #expect(try migrations.pending(on: owner) == ["0001-one", "0002-two"])
            var reports: [Migrations.Progress] = []
            #expect(try migrations.apply(on: owner) { reports.append($0) } == 2)
            #expect(
                reports == [.applying("0001-one"), .applied("0001-one"), .applying("0002-two"), .applied("0002-two")])
            #expect(try migrations.apply(on: owner) == 0)
            directory.write("0003-three.sql", "ALTER TABLE two ADD m int;")
            #expect(try Migrations(directory: directory.path).apply(on: owner) == 1)
            #expect(
                try owner.column("SELECT number || name || length(checksum) FROM migrations ORDER BY number") == [
                    "10001-one64", "20002-two64", "30003-three64",
                ])
        }
    }

    @Test func `a migration that was edited, renamed or removed after it was applied is refused`() throws {
        try with(Self.two) { directory, owner, _ in
            try Migrations(directory: directory.path).apply(on: owner)
            directory.write("0002-two.sql", "CREATE TABLE two (n bigint);")
            #expect(throws: MigrationRefusal.edited("0002-two")) {
                try Migrations(directory: directory.path).apply(on: owner)
            }
            directory.remove("0002-two.sql")
            #expect(throws: MigrationRefusal.missing("0002-two")) {
                try Migrations(directory: directory.path).apply(on: owner)
            }
        }
    }

    @Test(arguments: [
        (["0001-one.sql": "", "0003-three.sql": ""], MigrationRefusal.gap(before: "0003-three.sql")),
        (
            ["0001-one.sql": "", "0002-two.sql": "", "0003-three.sql": "", "0003-other.sql": ""],
            .gap(before: "0003-three.sql")
        ),
        (["one.sql": ""], .misnamed("one.sql")),
    ])
    func `a directory with a gap, a double number or another name is refused`(
        files: [String: String], refusal: MigrationRefusal
    ) {
        let directory = Directory(files)
        #expect(throws: refusal) { try Migrations(directory: directory.path) }
    }

    @Test func `a migration that fails leaves nothing, and those before it remain`() throws {
        try with(Self.two.merging(["0003-three.sql": "CREATE TABLE three (n int); SELECT 1 / 0;"]) { $1 }) {
            directory, owner, _ in
            do {
                try Migrations(directory: directory.path).apply(on: owner)
                Issue.record("It divides by zero")
            } catch MigrationRefusal.failed(let name, let fault) {
                #expect(name == "0003-three")
                #expect("\(fault)" == "PostgreSQL 22012: division by zero")
            }
            #expect(try owner.column("SELECT to_regclass('two') IS NOT NULL, to_regclass('three')") == ["t"])
            #expect(try owner.column("SELECT to_regclass('three')::text") == [])
            directory.write("0003-three.sql", "COMMIT; CREATE TABLE three (n int); BEGIN;")
            #expect(throws: MigrationRefusal.endsItsTransaction("0003-three")) {
                try Migrations(directory: directory.path).apply(on: owner)
            }
        }
    }

    @Test func `two runs at once apply each migration once`() async throws {
        let name = try Self.empty.clone()
        let files = Directory(
            Self.two.merging(["0003-three.sql": "SELECT pg_sleep(0.3); INSERT INTO one VALUES (2);"]) { $1 })
        let migrations = try Migrations(directory: files.path)
        let counts = try await withThrowingTaskGroup(of: Int.self) { group in
            for _ in 0..<2 {
                group.addTask {
                    // Each blocks a thread of its own, as two programs would.
                    try await TestDatabase.blocking {
                        try migrations.apply(on: PostgresServer.shared.connect(to: name, as: Roles.owner))
                    }
                }
            }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        #expect(counts.sorted() == [0, 3])
        #expect(try PostgresServer.shared.connect(to: name).column("SELECT count(*) FROM one") == ["2"])
        try PostgresServer.shared.drop(name)
        withExtendedLifetime(files) {}
    }

    @Test func `a table in use is waited for shortly, again and again`() throws {
        try with(Self.two) { directory, owner, name in
            try Migrations(directory: directory.path).apply(on: owner)
            directory.write("0003-three.sql", "ALTER TABLE one ADD m int;")
            let user = try PostgresServer.shared.connect(to: name)
            try user.execute("BEGIN; SELECT * FROM one")
            var reports: [Migrations.Progress] = []
            try Migrations(directory: directory.path).apply(on: owner) { report in
                reports.append(report)
                if report == .retrying("0003-three", attempt: 1) { _ = try? user.execute("COMMIT") }
            }
            #expect(reports == [.applying("0003-three"), .retrying("0003-three", attempt: 1), .applied("0003-three")])

            directory.write("0004-four.sql", "ALTER TABLE one ADD l int;")
            try user.execute("BEGIN; SELECT * FROM one")
            #expect(throws: MigrationRefusal.blocked("0004-four")) {
                try Migrations(directory: directory.path, attempts: 2).apply(on: owner)
            }
            directory.remove("0004-four.sql")
        }
    }
}
