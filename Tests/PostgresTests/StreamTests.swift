import Identifiers
import Loop
import Postgres
import TestSupport
import Testing

@Suite struct StreamTests {
    struct Numbered: RowReadable {
        let number: Int
        init(row: Row) throws(DatabaseError) { number = try row.read("n") }
    }

    @Test(.enabled(if: !ProcessFacts.isUnderSanitizer, "a sanitizer keeps what is freed"))
    func `a million rows pass through little memory`() async throws {
        try await DatabaseFixture.with { test in
            let norte = test.database.tenant(DatabaseFixture.tenant(1))
            var sum = 0
            var count = 0
            // What its rows weigh together is over 500 MB.
            let before = ProcessFacts.residentBytes
            try await norte.streamRows(
                "SELECT n::bigint AS n, repeat('x', 500) AS text FROM generate_series(1, \(1_000_000)::integer) n",
                chunk: 2000
            ) { rows in
                for row in rows {
                    sum += try row.read("n")
                    count += 1
                }
            }
            #expect(count == 1_000_000)
            #expect(sum == 500_000_500_000)
            #expect(ProcessFacts.residentBytes - before < 200_000_000)
        }
    }

    @Test(arguments: [Way.parameter, .literal, .unprepared])
    func `a stream sees its tenant's rows only, and an early end frees its connection`(way: Way) async throws {
        struct Enough: Error {}
        try await DatabaseFixture.with(configure: { configuration in
            way.configure(&configuration)
            configuration.exclusiveConnections = 1
        }) { test in
            try Storm.fill(test)
            let tenant = test.database.tenant(Storm.tenant(3))
            var notes: [Note] = []
            try await tenant.stream("SELECT tenant_id, number, text FROM notes WHERE number > \(0)", as: Note.self) {
                notes.append($0)
            }
            #expect(notes.count == 50)
            #expect(notes.allSatisfy { $0.tenant == Storm.tenant(3) && $0.text == "of 3" })

            await #expect(throws: Enough.self) {
                try await tenant.stream("SELECT n::bigint AS n FROM generate_series(1, 1000000) n", as: Numbered.self) {
                    _ in throw Enough()
                }
            }
            #expect(try await tenant.transaction { try await $0.countOfAllNotes() } == 50)
            #expect(await test.database.statistics().transactions == 0)
        }
    }

    @Test func `a stream inside a transaction sees its changes`() async throws {
        try await DatabaseFixture.with { test in
            let norte = test.database.tenant(DatabaseFixture.tenant(1))
            let numbers = try await norte.transaction { norte in
                for number in 1...3 { try await norte.add(number) }
                var numbers: [Int] = []
                for _ in 0..<2 {
                    try await norte.stream("SELECT number AS n FROM notes ORDER BY number", as: Numbered.self) {
                        numbers.append($0.number)
                    }
                }
                return numbers
            }
            #expect(numbers == [1, 2, 3, 1, 2, 3])
        }
    }
}
