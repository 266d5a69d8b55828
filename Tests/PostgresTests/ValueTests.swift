import Identifiers
import Loop
import Postgres
import TestSupport
import Testing
import Time

enum Colour: String, Bindable, ColumnReadable, Sendable {
    case red, green
}

@Suite struct ValueTests {
    struct NoRow: Error {}

    /// Sends the value, has the server look at it, and reads it back.
    static func trip<Value: Bindable & ColumnReadable & Equatable & Sendable>(
        _ value: Value, _ database: TenantDatabase
    ) async throws -> Value {
        guard let back = try await database.value("SELECT \(value)", as: Value.self) else { throw NoRow() }
        return back
    }

    @Test func `every type comes back as it went, to its ends`() async throws {
        try await DatabaseFixture.with { test in
            let database = test.database.tenant(DatabaseFixture.tenant(1))
            func same<Value: Bindable & ColumnReadable & Equatable & Sendable>(_ values: [Value]) async throws {
                for value in values { #expect(try await Self.trip(value, database) == value) }
            }
            try await same([Int.min, -1, 0, 1, Int.max])
            try await same([Int64.min, Int64.max])
            try await same([Int32.min, -1, 0, Int32.max])
            try await same([true, false])
            try await same([
                "", "a", "ñandú 漢字 🧉", "'; DROP TABLE notes; --", "$1", String(repeating: "x", count: 3_000_000),
            ])
            try await same([[UInt8](), [0], Array(0...255), Array(repeating: 7, count: 1_000_000)])
            try await same([UUID(high: 0, low: 0), UUID(high: .max, low: .max), DatabaseFixture.tenant(3).uuid])
            try await same([DatabaseFixture.tenant(1)])
            try await same([
                Instant(microseconds: 0), Instant(microseconds: -1), Instant(microseconds: 1_790_000_000_123_456),
            ])
            // 1 January 4713 BC, and the infinities.
            try await same([
                Instant(microseconds: -210_866_803_200_000_000), Instant(microseconds: .max),
                Instant(microseconds: .min),
            ])
            try await same([
                Day(number: 0), Day(number: -719_528), Day(number: 2_932_896), Day(number: .max), Day(number: .min),
            ])
            try await same([Colour.red, .green])
            try await same([JSONText(#"{"a": [1, "ñ"]}"#)])
            try await same([Int?.none, 5])
            try await same([String?.none, ""])
            try await same([[UInt8]?.none, []])
        }
    }

    @Test func `arrays come back as they went, empty and with NULLs`() async throws {
        try await DatabaseFixture.with { test in
            let database = test.database.tenant(DatabaseFixture.tenant(1))
            func same<Value: Bindable & ColumnReadable & Equatable & Sendable>(_ value: Value) async throws {
                #expect(try await Self.trip(value, database) == value)
            }
            try await same([Int]())
            try await same([Int.min, 0, Int.max])
            try await same([Int32.max, -1])
            try await same(["", "ñ", "{\",}"])
            try await same(["a", nil, "c"])
            try await same([Int?.none, nil])
            try await same([true, false])
            try await same([[UInt8](), [1, 2]])
            try await same([Instant(microseconds: 5), Instant(microseconds: .max)])
            try await same([Day(number: -3)])
            try await same([DatabaseFixture.tenant(1), DatabaseFixture.tenant(2)])
            try await same([UUID(high: 1, low: 2)])
            try await same([JSONText("[1]"), JSONText("null")])
            try await same([Int]?.none)
            try await same(Array(0..<200_000))
        }
    }

    @Test func `the server sees the value that was meant`() async throws {
        try await DatabaseFixture.with { test in
            let database = test.database.tenant(DatabaseFixture.tenant(1))
            let seen: [Bool] = try await database.value(
                """
                SELECT ARRAY[
                    \(Instant(seconds: 1_790_000_000)) = timestamptz '2026-09-21 14:13:20Z',
                    \(Day(number: 20_000)) = date '2024-10-04',
                    \(UUID(high: 0x7000, low: 0xAB)) = uuid '00000000-0000-7000-0000-0000000000ab',
                    \(JSONText(#"{"a":1}"#)) = jsonb '{"a": 1}',
                    \([UInt8]([1, 255])) = bytea '\\x01ff',
                    \(["a", "b"]) = ARRAY['a', 'b'],
                    \(Colour.green) = 'green']
                """)!
            #expect(seen == Array(repeating: true, count: 7))
            let sums: [Int] = try await database.value(
                "SELECT array_agg(n * 2 ORDER BY n) FROM unnest(\([3, 1, 2]), \(["x", nil, "z"])) AS t(n, s) WHERE s IS NOT NULL"
            )!
            #expect(sums == [4, 6])
        }
    }

    @Test func `a column of another type, a missing one and an unexpected NULL are told by name`() async throws {
        struct Odd<Value: ColumnReadable & Sendable>: RowReadable {
            let value: Value
            init(row: Row) throws(DatabaseError) { value = try row.read("value") }
        }
        try await DatabaseFixture.with { test in
            let database = test.database.tenant(DatabaseFixture.tenant(1))
            func complaint(_ work: () async throws -> Void) async -> String {
                do {
                    try await work()
                    return "no complaint"
                } catch {
                    return "\(error)"
                }
            }
            let type = await complaint { let _: [Odd<Int>] = try await database.rows("SELECT 'a'::text AS value") }
            #expect(type == "Column value of type 25 cannot be read as Int")
            let missing = await complaint { let _: [Odd<Int>] = try await database.rows("SELECT 1 AS other") }
            #expect(missing == "Column value is not in the result")
            let null = await complaint { let _: [Odd<Int>] = try await database.rows("SELECT NULL::bigint AS value") }
            #expect(null == "Column value is NULL, which Int cannot be")
            let unknown = await complaint {
                let _: [Odd<Colour>] = try await database.rows("SELECT 'blue'::text AS value")
            }
            #expect(unknown == "Column value of type 25 cannot be read as Colour")
            let narrow = await complaint { let _: [Odd<Int32>] = try await database.rows("SELECT 1::bigint AS value") }
            #expect(narrow == "Column value of type 20 cannot be read as Int32")
        }
    }

    @Test func `columns are found in any order, and text is lent without a copy`() async throws {
        try await DatabaseFixture.with { test in
            let database = test.database.tenant(DatabaseFixture.tenant(1))
            let rows = try await database.results(
                "SELECT n AS a, n * 10 AS b, 'text ' || n AS c, NULL::text AS d FROM generate_series(1, 3) n")
            #expect(rows.count == 3)
            for (index, row) in rows.enumerated() {
                let c: String = try row.read("c")
                let a: Int = try row.read("a")
                let b: Int = try row.read("b")
                #expect(a == index + 1 && b == 10 * a && c == "text \(a)")
                #expect(try row.withText("c") { $0.map { Array($0) } } == Array(c.utf8))
                #expect(try row.withText("d") { $0 == nil })
            }
        }
    }
}
