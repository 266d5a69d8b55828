import Loop
import Postgres
import TestSupport
import Testing

/// What follows a commit, and what goes out with one.
@Suite struct CommitTests {
    struct Enough: Error {}

    private static func add(_ number: Int, at norte: TenantDatabase) -> SQL {
        "INSERT INTO notes (tenant_id, number) VALUES (\(norte.tenant), \(number))"
    }

    @Test(arguments: [Way.parameter, .literal, .unprepared])
    func `a bell rings once its statement is committed, and never for what was undone`(way: Way) async throws {
        try await DatabaseFixture.with(configure: way.configure) { test in
            let norte = test.database.tenant(DatabaseFixture.tenant(1))
            var rings = test.database.rings(of: "notes").makeAsyncIterator()
            let heard = TestSupport.Log<Int>()
            let undone = test.database.rings(of: "undone")
            let listening = Loops.tests.all[0].spawn { for await _ in undone { heard.add(1) } }
            defer { listening.cancel() }

            try await norte.execute(Self.add(1, at: norte).ringing("notes"))
            _ = await rings.next()
            try await norte.transaction { norte in
                _ = try await norte.batch([Self.add(2, at: norte), Self.add(3, at: norte).ringing("notes")])
            }
            _ = await rings.next()

            await #expect(throws: Enough.self) {
                try await norte.transaction { norte in
                    try await norte.execute(Self.add(4, at: norte).ringing("undone"))
                    throw Enough()
                }
            }
            await #expect(throws: DatabaseError.self) {
                try await norte.execute(Self.add(1, at: norte).ringing("undone"))
            }
            try await norte.execute(Self.add(5, at: norte).ringing("notes"))
            _ = await rings.next()
            #expect(heard.all.isEmpty)
            #expect(try await norte.countOfAllNotes() == 4)
        }
    }

    @Test(arguments: [Way.parameter, .literal, .unprepared])
    func `a statement that nobody waited for is committed with its transaction, or undoes it`(way: Way) async throws {
        try await DatabaseFixture.with(configure: way.configure) { test in
            let norte = test.database.tenant(DatabaseFixture.tenant(1))
            try await norte.transaction { norte in
                try await norte.add(1)
                try await norte.executeAhead(Self.add(2, at: norte))
            }
            try await norte.executeAhead(Self.add(3, at: norte))
            #expect(try await norte.countOfAllNotes() == 3)
            let refusal = await #expect(throws: DatabaseError.self) {
                try await norte.transaction { norte in
                    try await norte.add(4)
                    try await norte.executeAhead(Self.add(1, at: norte))
                }
            }
            #expect(refusal?.sqlState == "23505")
            await #expect(throws: DatabaseError.self) {
                try await norte.transaction { norte in
                    try await norte.executeAhead(Self.add(1, at: norte))
                    try await norte.add(4)
                }
            }
            await #expect(throws: DatabaseError.self) {
                try await norte.transaction { norte in
                    try await norte.add(4)
                    try await norte.executeAhead("TRUNCATE notes")
                }
            }
            #expect(try await norte.countOfAllNotes() == 3)
            // And the connections are as good as new.
            try await norte.transaction { try await $0.add(4) }
        }
    }

    @Test func `who follows commits does so soon after a ring, looks without one, and goes on after trouble`()
        async throws
    {
        try await DatabaseFixture.with { test in
            let norte = test.database.tenant(DatabaseFixture.tenant(1))
            let (seen, troubles) = (TestSupport.Log<String>(), TestSupport.Log<String>())
            let work = CommitFollower.Work(after: "notes") { platform, occasion in
                let count: Int? = try await platform.value("SELECT count(*) FROM settings")
                seen.add("\(occasion) \(count ?? 0)")
                if occasion == .look, seen.all.count == 1 { throw Enough() }
                return false
            }
            let loop = Loops.tests.all[0]
            let follower = CommitFollower([work], in: test.database, on: loop) { troubles.add("\($0)") }
            let following = loop.spawn { await follower.run() }
            defer { following.cancel() }
            #expect(await eventually(on: loop) { troubles.all.count == 1 })
            try await norte.execute(Self.add(1, at: norte).ringing("notes"))
            #expect(await eventually(on: loop) { seen.all.contains("commit 0") })
            // Nobody rings, as when another process has written it and ended.
            try test.superuser().execute("INSERT INTO settings VALUES ('a', 'b')")
            #expect(await eventually(on: loop) { seen.all.contains("look 1") })
        }
    }
}
