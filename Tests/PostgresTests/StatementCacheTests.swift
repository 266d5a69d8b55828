import Identifiers
import Loop
import Postgres
import TestSupport
import Testing

@Suite struct StatementCacheTests {
    /// Eight statements that differ in their text.
    static func statement(_ number: Int, _ value: Int) -> SQL {
        switch number {
        case 0: "SELECT \(value)::bigint + 0"
        case 1: "SELECT \(value)::bigint + 1"
        case 2: "SELECT \(value)::bigint + 2"
        case 3: "SELECT \(value)::bigint + 3"
        case 4: "SELECT \(value)::bigint + 4"
        case 5: "SELECT \(value)::bigint + 5"
        case 6: "SELECT \(value)::bigint + 6"
        default: "SELECT \(value)::bigint + 7"
        }
    }

    @Test func `no more statements stay prepared than allowed, and those that went come back`() async throws {
        try await DatabaseFixture.with(configure: { configuration in
            configuration.sharedConnections = 1
            configuration.statementsPerConnection = 4
        }) { test in
            let norte = test.database.tenant(DatabaseFixture.tenant(1))
            try await test.loops.all[0].run {
                try await withThrowingTaskGroup(of: Bool.self) { group in
                    for call in 0..<400 {
                        group.addTask {
                            let value: Int? = try await norte.value(Self.statement(call * 7 % 8, call))
                            return value == call + call * 7 % 8
                        }
                    }
                    for try await isRight in group { #expect(isRight) }
                }
                let prepared: Int? = try await norte.value("SELECT count(*) FROM pg_prepared_statements")
                #expect(prepared == 4)
            }
        }
    }

    @Test func `a statement that cannot be prepared fails for all who sent it, with the cause`() async throws {
        try await DatabaseFixture.with(configure: { $0.sharedConnections = 1 }) { test in
            let norte = test.database.tenant(DatabaseFixture.tenant(1))
            try await test.loops.all[0].run {
                _ = try await norte.countOfAllNotes()
                let states = await withTaskGroup(of: String?.self) { group in
                    for _ in 0..<5 {
                        group.addTask {
                            do throws(DatabaseError) {
                                try await norte.execute("SELECT * FROM nowhere")
                                return nil
                            } catch {
                                return error.sqlState
                            }
                        }
                    }
                    return await group.reduce(into: []) { $0.append($1) }
                }
                #expect(states == Array(repeating: "42P01", count: 5))
                // Once it can be prepared, it is.
                try test.superuser().execute("CREATE TABLE nowhere (); GRANT SELECT ON nowhere TO mastil_app")
                try await norte.execute("SELECT * FROM nowhere")
            }
        }
    }

    @Test func `a failing call does not take along a statement that a later one counts on`() async throws {
        try await DatabaseFixture.with(configure: { $0.sharedConnections = 1 }) { test in
            let norte = test.database.tenant(DatabaseFixture.tenant(1))
            @Sendable func fresh(_ number: Int) -> SQL { "SELECT 40 + \(number)" }
            try await test.loops.all[0].run {
                let failing = test.loops.all[0].task { try await norte.batch(["SELECT 1 / \(0)", fresh(1)]).count }
                let right = test.loops.all[0].task { try await norte.value(fresh(2), as: Int.self) }
                let value = try await right.value
                #expect(value == 42)
                await #expect(throws: DatabaseError.self) { try await failing.value }
            }
        }
    }

    @Test func `a table that changes under a prepared statement is no one's error`() async throws {
        try await DatabaseFixture.with(configure: { $0.sharedConnections = 1 }) { test in
            let norte = test.database.tenant(DatabaseFixture.tenant(1))
            try await norte.add(1)
            @Sendable func read() async throws -> Int { try await norte.results("SELECT * FROM notes").count }
            #expect(try await read() == 1)
            let owner = try test.owner()
            for column in ["a", "b", "c"] {
                try owner.execute("ALTER TABLE notes ADD \(column) text")
                let counts = try await test.loops.all[0].run {
                    try await withThrowingTaskGroup(of: Int.self) { group in
                        for _ in 0..<10 { group.addTask { try await read() } }
                        return try await group.reduce(into: []) { $0.append($1) }
                    }
                }
                #expect(counts == Array(repeating: 1, count: 10))
                try await norte.transaction { norte in _ = try await norte.results("SELECT * FROM notes") }
            }
            #expect(await test.database.statistics().lostConnections == 0)
        }
    }
}
