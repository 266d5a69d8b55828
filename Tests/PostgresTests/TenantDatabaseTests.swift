import Identifiers
import Loop
import Postgres
import TestSupport
import Testing

@Suite struct TenantDatabaseTests {
    @Test func `a tenant reads what it wrote and its neighbour sees nothing`() async throws {
        try await DatabaseFixture.with { test in
            let norte = test.database.tenant(DatabaseFixture.tenant(1))
            let sur = test.database.tenant(DatabaseFixture.tenant(2))
            try await norte.add(7, "hola")

            #expect(try await norte.note(7)?.text == "hola")
            #expect(try await norte.note(7, locked: true)?.tenant == DatabaseFixture.tenant(1))
            #expect(try await sur.note(7) == nil)
            #expect(try await norte.countOfAllNotes() == 1)
            #expect(try await sur.countOfAllNotes() == 0)
        }
    }

    @Test func `a transaction commits as a whole or not at all`() async throws {
        struct Enough: Error {}
        try await DatabaseFixture.with { test in
            let norte = test.database.tenant(DatabaseFixture.tenant(1))
            let count = try await norte.transaction { norte in
                try await norte.add(1)
                try await norte.add(2)
                return try await norte.countOfAllNotes()
            }
            #expect(count == 2)
            await #expect(throws: Enough.self) {
                try await norte.transaction { norte in
                    try await norte.add(3)
                    throw Enough()
                }
            }
            #expect(try await norte.countOfAllNotes() == 2)
        }
    }
}
