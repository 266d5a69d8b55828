import Identifiers
import Loop
import Postgres
import TestSupport
import Testing

@Suite struct ContextTests {
    static let both = [Way.parameter, .literal]

    @Test func `without a context the role sees nothing, before and after a transaction had one`() async throws {
        try await DatabaseFixture.with { test in
            try await test.database.tenant(DatabaseFixture.tenant(1)).add(1)
            let connection = try test.server.connect(to: test.name, as: Roles.tenants)
            #expect(try connection.column("SELECT count(*) FROM notes") == ["0"])
            try connection.execute("BEGIN; SELECT set_config('app.tenant_id', '\(DatabaseFixture.tenant(1))', true)")
            #expect(try connection.column("SELECT count(*) FROM notes") == ["1"])
            try connection.execute("COMMIT")
            // Not NULL but empty from now on: hence the NULLIF of the policy.
            #expect(try connection.column("SELECT current_setting('app.tenant_id', true)") == [""])
            #expect(try connection.column("SELECT count(*) FROM notes") == ["0"])
        }
    }

    @Test(arguments: Way.allCases)
    func `a row cannot be written into another tenant`(way: Way) async throws {
        try await DatabaseFixture.with(configure: way.configure) { test in
            let norte = test.database.tenant(DatabaseFixture.tenant(1))
            let sur = test.database.tenant(DatabaseFixture.tenant(2))
            try await sur.add(1, "of sur")
            await #expect(throws: DatabaseError.self) {
                try await norte.execute("INSERT INTO notes (tenant_id, number) VALUES (\(sur.tenant), 5)")
            }
            #expect(try await norte.execute("UPDATE notes SET text = 'taken' WHERE number = 1") == 0)
            #expect(try await norte.execute("DELETE FROM notes") == 0)
            #expect(try await sur.note(1)?.text == "of sur")
        }
    }

    @Test(arguments: Way.allCases)
    func `an error rolls the whole batch back, and the next call is unharmed`(way: Way) async throws {
        try await DatabaseFixture.with(configure: way.configure) { test in
            let norte = test.database.tenant(DatabaseFixture.tenant(1))
            func insert(_ number: Int) -> SQL {
                "INSERT INTO notes (tenant_id, number) VALUES (\(norte.tenant), \(number))"
            }
            try await norte.add(1)
            do throws(DatabaseError) {
                _ = try await norte.batch([insert(2), insert(1), insert(3)])
                Issue.record("The number was taken")
            } catch {
                #expect(error.isUniqueViolation(of: "notes_number_key"))
                #expect(!error.isUniqueViolation(of: "notes_pkey"))
                #expect(error.sqlState == "23505")
            }
            #expect(try await norte.countOfAllNotes() == 1)
            let results = try await norte.batch([insert(2), insert(3), "SELECT number FROM notes ORDER BY number"])
            #expect(results.map(\.affected) == [1, 1, 3])
            #expect(try await norte.countOfAllNotes() == 3)
            do throws(DatabaseError) {
                try await norte.add(-1)
                Issue.record("The number is negative")
            } catch {
                #expect(error.isCheckViolation(of: "notes_number_positive"))
            }
        }
    }

    @Test(arguments: Way.allCases)
    func `what fails only at the commit is the error of its call and of no other`(way: Way) async throws {
        try await DatabaseFixture.with(configure: way.configure) { test in
            try test.superuser().execute(
                """
                ALTER TABLE notes ADD parent bigint, ADD CONSTRAINT notes_parent_fkey FOREIGN KEY (tenant_id, parent)
                    REFERENCES notes (tenant_id, number) DEFERRABLE INITIALLY DEFERRED
                """)
            let states = try await test.loops.all[0].run {
                try await withThrowingTaskGroup(of: Bool.self) { group in
                    for number in 1...60 {
                        group.addTask {
                            let tenant = test.database.tenant(DatabaseFixture.tenant(number % 7))
                            let parent = number % 3 == 0 ? 1000 : number
                            do throws(DatabaseError) {
                                try await tenant.execute(
                                    "INSERT INTO notes (tenant_id, number, parent) VALUES (\(tenant.tenant), \(number), \(parent))"
                                )
                                return number % 3 != 0
                            } catch {
                                return number % 3 == 0 && error.isForeignKeyViolation(of: "notes_parent_fkey")
                            }
                        }
                    }
                    return try await group.reduce(into: []) { $0.append($1) }
                }
            }
            #expect(states == Array(repeating: true, count: 60))
            #expect(try test.superuser().column("SELECT count(*) FROM notes") == ["40"])
            #expect(await test.database.statistics().lostConnections == 0)
            await #expect(throws: DatabaseError.self) {
                let norte = test.database.tenant(DatabaseFixture.tenant(1))
                _ = try await norte.transaction { norte in
                    try await norte.execute(
                        "INSERT INTO notes (tenant_id, number, parent) VALUES (\(norte.tenant), 5000, 5001)")
                }
            }
        }
    }

    @Test(arguments: Way.allCases)
    func `two tenants are written in one transaction, each in its own context, or neither`(way: Way) async throws {
        struct Refused: Error {}
        try await DatabaseFixture.with(configure: way.configure) { test in
            let (norte, sur) = (
                test.database.tenant(DatabaseFixture.tenant(1)), test.database.tenant(DatabaseFixture.tenant(2))
            )
            try await sur.add(1, "of sur")
            try await norte.transaction { norte in
                try await norte.add(1, "of norte")
                try await test.database.tenant(sur.tenant, within: norte) { joined in
                    #expect(joined.tenant == sur.tenant)
                    #expect(try await joined.note(1)?.text == "of sur")
                    try await joined.add(2, "of sur too")
                    #expect(try await norte.countOfAllNotes() == 2)
                }
                #expect(try await norte.note(1)?.text == "of norte")
                #expect(try await norte.countOfAllNotes() == 1)
            }
            #expect(try await sur.countOfAllNotes() == 2)
            await #expect(throws: Refused.self) {
                try await norte.transaction { norte in
                    do {
                        try await test.database.tenant(sur.tenant, within: norte) { joined in
                            try await joined.add(3)
                            throw Refused()
                        }
                    } catch is Refused {
                        // Whoever swallows it cannot keep the other half.
                        try? await norte.add(3)
                        throw Refused()
                    }
                }
            }
            #expect(try await sur.countOfAllNotes() == 2)
            #expect(try await norte.countOfAllNotes() == 1)
            await #expect(throws: DatabaseError.self) {
                try await test.database.tenant(sur.tenant, within: norte) { try await $0.add(4) }
            }
        }
    }

    @Test(arguments: Way.allCases)
    func `each call finds its context and no rest of another`(way: Way) async throws {
        try await DatabaseFixture.with(configure: way.configure) { test in
            let count = try await test.loops.all[0].run {
                try await withThrowingTaskGroup(of: Int.self) { group in
                    for number in 1...40 {
                        group.addTask {
                            let tenant = test.database.tenant(DatabaseFixture.tenant(number))
                            try await tenant.add(number)
                            let notes: [Note] = try await tenant.rows("SELECT tenant_id, number, text FROM notes")
                            return notes.map(\.number) == [number] ? 1 : 0
                        }
                    }
                    return try await group.reduce(0, +)
                }
            }
            #expect(count == 40)
        }
    }

    @Test func `the platform's role reads its own tables and no tenant's`() async throws {
        try await DatabaseFixture.with { test in
            try await test.database.tenant(DatabaseFixture.tenant(1)).add(1)
            let platform = test.database.platform
            try await platform.execute("INSERT INTO settings VALUES ('a', 'b')")
            #expect(try await platform.value("SELECT value FROM settings WHERE name = \("a")") == "b")
            await #expect(throws: DatabaseError.self) { try await platform.execute("SELECT * FROM notes") }
            await #expect(throws: DatabaseError.self) {
                try await test.database.tenant(DatabaseFixture.tenant(1)).execute("SELECT * FROM settings")
            }
        }
    }

    @Test(arguments: ["SUPERUSER", "BYPASSRLS"])
    func `a role to which no policy applies is refused for the tenants' work`(power: String) async throws {
        let role = "mastil_test_\(power)".lowercased()
        try await DatabaseFixture.with { test in
            let superuser = try test.superuser()
            try superuser.execute("DROP ROLE IF EXISTS \(role); CREATE ROLE \(role) LOGIN \(power)")
            let database = try test.another { $0.tenants = test.server.address(database: test.name, role: role) }
            do {
                _ = try await database.tenant(DatabaseFixture.tenant(1)).countOfAllNotes()
                Issue.record("The role may pass over the policies")
            } catch {
                #expect("\(error)".hasPrefix("The role of the tenants' work"))
            }
            await database.close()
            try superuser.execute("DROP ROLE \(role)")
        }
    }
}
