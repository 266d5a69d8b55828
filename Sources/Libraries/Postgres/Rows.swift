import CPostgres
import Glibc

/// What a statement brought back. It stays in libpq's memory and is read in place.
package final class Rows: @unchecked Sendable {
    // Unchecked: a C pointer to a result that nobody changes any more.
    let result: OpaquePointer

    init(_ result: OpaquePointer) { self.result = result }

    deinit { PQclear(result) }

    package var count: Int { Int(PQntuples(result)) }
    package var isEmpty: Bool { count == 0 }

    /// How many rows the statement touched, or brought.
    package var affected: Int { Int(atoll(PQcmdTuples(result))) }

    package subscript(index: Int) -> Row {
        precondition(index >= 0 && index < count, "There is no row \(index)")
        return Row(in: Reading(self), at: index)
    }

    package var first: Row? { isEmpty ? nil : self[0] }

    package func read<Value: RowReadable>(as type: Value.Type = Value.self) throws(DatabaseError) -> [Value] {
        var values: [Value] = []
        values.reserveCapacity(count)
        for row in self { values.append(try Value(row: row)) }
        return values
    }
}

extension Rows: Sequence {
    package struct Iterator: IteratorProtocol {
        fileprivate let reading: Reading
        fileprivate var index = 0
        fileprivate let count: Int

        package mutating func next() -> Row? {
            guard index < count else { return nil }
            defer { index += 1 }
            return Row(in: reading, at: index)
        }
    }

    package func makeIterator() -> Iterator { Iterator(reading: Reading(self), count: count) }
}

/// A noun that a row can be made into.
package protocol RowReadable: Sendable {
    init(row: Row) throws(DatabaseError)
}

/// One row of a result, read by column name; `service.name = try row.read("name")`.
package struct Row {
    private let reading: Reading
    private let index: Int32

    fileprivate init(in reading: Reading, at index: Int) {
        self.reading = reading
        self.index = Int32(index)
    }

    package func read<Value: ColumnReadable>(_ column: StaticString) throws(DatabaseError) -> Value {
        guard let number = reading.number(of: column) else { throw wrong(column, "is not in the result") }
        let type = PQftype(reading.rows.result, number)
        guard let bytes = bytes(number) else {
            guard let null = Value.null else { throw wrong(column, "is NULL, which \(Value.self) cannot be") }
            return null
        }
        guard let value = Value.read(bytes, type: type) else {
            throw wrong(column, "of type \(type) cannot be read as \(Value.self)")
        }
        return value
    }

    /// Lends the characters of a column of text or JSON, without a copy; nothing for NULL.
    package func withText<Result>(
        _ column: StaticString, _ use: (UnsafeRawBufferPointer?) -> Result
    ) throws(DatabaseError) -> Result {
        guard let number = reading.number(of: column) else { throw wrong(column, "is not in the result") }
        guard let bytes = bytes(number) else { return use(nil) }
        guard let text = String.textBytes(bytes, type: PQftype(reading.rows.result, number)) else {
            throw wrong(column, "is not text")
        }
        return withExtendedLifetime(reading) { use(text) }
    }

    /// The only column of the row.
    func readFirst<Value: ColumnReadable>() throws(DatabaseError) -> Value {
        let bytes = bytes(0)
        guard let value = bytes.map({ Value.read($0, type: PQftype(reading.rows.result, 0)) }) ?? Value.null else {
            throw wrong("1", bytes == nil ? "is NULL" : "cannot be read as \(Value.self)")
        }
        return value
    }

    private func bytes(_ column: Int32) -> UnsafeRawBufferPointer? {
        let result = reading.rows.result
        let length = PQgetlength(result, index, column)
        if length == 0 && PQgetisnull(result, index, column) == 1 { return nil }
        return UnsafeRawBufferPointer(start: PQgetvalue(result, index, column), count: Int(length))
    }

    private func wrong(_ column: StaticString, _ reason: String) -> DatabaseError {
        .wrongColumn("Column \(column) \(reason)")
    }
}

/// One pass over a result. Columns are mostly read in the order in which they stand, and by the same literals in
/// every row, so the next one is known by the address of its name.
private final class Reading {
    let rows: Rows
    private var next: Int32 = 0
    private let columns: Int32
    private var names: [UInt]

    init(_ rows: Rows) {
        self.rows = rows
        columns = PQnfields(rows.result)
        names = Array(repeating: 0, count: Int(columns))
    }

    func number(of column: StaticString) -> Int32? {
        let address = UInt(bitPattern: column.utf8Start)
        let hint = next < columns ? next : 0
        if hint < columns && names[Int(hint)] == address {
            next = hint + 1
            return hint
        }
        return search(column, address, from: hint)
    }

    private func search(_ column: StaticString, _ address: UInt, from hint: Int32) -> Int32? {
        for step in 0..<columns {
            let number = (hint + step) % columns
            guard let name = PQfname(rows.result, number), strcmp(name, column.utf8Start) == 0 else { continue }
            names[Int(number)] = address
            next = number + 1
            return number
        }
        return nil
    }
}
