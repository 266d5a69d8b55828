import CPostgres
import Glibc
import Identifiers
import Time

/// A statement's result, in libpq's memory and read in place.
package final class Rows: @unchecked Sendable {
    // Unchecked: a C pointer to an immutable result.
    let result: OpaquePointer

    init(_ result: OpaquePointer) { self.result = result }

    deinit { PQclear(result) }

    package var count: Int { Int(PQntuples(result)) }
    package var isEmpty: Bool { count == 0 }

    /// The number of rows affected or returned.
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

/// A type readable from a row.
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

    // Disfavoured in favour of identifiers. Overloads below also come in optional form: otherwise the non-optional one
    // would read a nullable column and wrap the value.
    @_disfavoredOverload
    package func read<Value: ColumnReadable>(_ column: StaticString) throws(DatabaseError) -> Value {
        try value(of: column)
    }

    @inline(__always)
    fileprivate func value<Value: ColumnReadable>(of column: StaticString) throws(DatabaseError) -> Value {
        // Keeps the result alive until its bytes are read.
        defer { withExtendedLifetime(self) {} }
        let cell = try cell(of: column)
        guard let bytes = cell.bytes else {
            guard let null = Value.null else { throw cell.isNull(in: column, "\(Value.self)") }
            return null
        }
        guard let value = Value.read(bytes, type: cell.type) else { throw cell.isOther(in: column, "\(Value.self)") }
        return value
    }

    /// Lends the characters of a text or JSON column without copying; nil for NULL.
    package func withText<Result>(
        _ column: StaticString, _ use: (UnsafeRawBufferPointer?) -> Result
    ) throws(DatabaseError) -> Result {
        let cell = try cell(of: column)
        guard let bytes = cell.bytes else { return use(nil) }
        guard let text = String.textBytes(bytes, type: cell.type) else { throw cell.isOther(in: column, "text") }
        return withExtendedLifetime(reading) { use(text) }
    }

    /// The row's only column.
    package func readFirst<Value: ColumnReadable>() throws(DatabaseError) -> Value {
        defer { withExtendedLifetime(self) {} }
        let cell = cell(number: 0, type: PQftype(reading.rows.result, 0))
        guard let value = cell.bytes.map({ Value.read($0, type: cell.type) }) ?? Value.null else {
            throw cell.bytes == nil ? cell.isNull(in: "1", "\(Value.self)") : cell.isOther(in: "1", "\(Value.self)")
        }
        return value
    }

    /// A column's bytes, owned by libpq and valid as long as the row.
    struct Cell {
        let bytes: UnsafeRawBufferPointer?
        let type: UInt32
        func isNull(in column: StaticString, _ type: String) -> DatabaseError {
            .wrongColumn("Column \(column) is NULL, which \(type) cannot be")
        }
        func isOther(in column: StaticString, _ name: String) -> DatabaseError {
            .wrongColumn("Column \(column) of type \(type) cannot be read as \(name)")
        }
    }
    @inline(__always)
    func cell(of column: StaticString) throws(DatabaseError) -> Cell {
        guard let (number, type) = reading.find(column) else {
            throw .wrongColumn("Column \(column) is not in the result")
        }
        return cell(number: number, type: type)
    }

    @inline(__always)
    private func cell(number: Int32, type: UInt32) -> Cell {
        let result = reading.rows.result
        let length = PQgetlength(result, index, number)
        if length == 0 && PQgetisnull(result, index, number) == 1 { return Cell(bytes: nil, type: type) }
        let bytes = UnsafeRawBufferPointer(start: PQgetvalue(result, index, number), count: Int(length))
        return Cell(bytes: bytes, type: type)
    }
}

// Overloads for the commonest types: a page reads hundreds of cells, and generics across modules are slow at run time.
extension Row {
    package func read(_ column: StaticString) throws(DatabaseError) -> String { try value(of: column) }
    package func read(_ column: StaticString) throws(DatabaseError) -> String? { try value(of: column) }
    package func read(_ column: StaticString) throws(DatabaseError) -> Int { try value(of: column) }
    package func read(_ column: StaticString) throws(DatabaseError) -> Int? { try value(of: column) }
    package func read(_ column: StaticString) throws(DatabaseError) -> Bool { try value(of: column) }
    package func read(_ column: StaticString) throws(DatabaseError) -> Bool? { try value(of: column) }
    package func read(_ column: StaticString) throws(DatabaseError) -> UUID { try value(of: column) }
    package func read(_ column: StaticString) throws(DatabaseError) -> UUID? { try value(of: column) }
    package func read(_ column: StaticString) throws(DatabaseError) -> Instant { try value(of: column) }
    package func read(_ column: StaticString) throws(DatabaseError) -> Instant? { try value(of: column) }
    package func read(_ column: StaticString) throws(DatabaseError) -> Day { try value(of: column) }
    package func read(_ column: StaticString) throws(DatabaseError) -> Day? { try value(of: column) }
    package func read<Noun>(_ column: StaticString) throws(DatabaseError) -> ID<Noun> {
        ID(try read(column) as UUID)
    }
    package func read<Noun>(_ column: StaticString) throws(DatabaseError) -> ID<Noun>? {
        (try read(column) as UUID?).map { ID($0) }
    }

    /// A value of a text enum.
    package func word<Word: RawRepresentable<String>>(_ column: StaticString) throws(DatabaseError) -> Word {
        let text: String = try read(column)
        guard let word = Word(rawValue: text) else { throw .wrongColumn("Column \(column) says '\(text)'") }
        return word
    }
}

/// One pass over a result. Columns are mostly read in order, and by the same literals in every row, so the next column
/// is recognised by the address of its name.
private final class Reading {
    let rows: Rows
    private let count: Int
    private var next = 0
    /// What is known of each column. A raw allocation, because an array would check for uniqueness on every cell.
    private let columns: UnsafeMutablePointer<Column>

    struct Column {
        var name: UInt = 0
        var type: UInt32 = 0
    }

    init(_ rows: Rows) {
        self.rows = rows
        count = Int(PQnfields(rows.result))
        columns = .allocate(capacity: count)
        columns.initialize(repeating: Column(), count: count)
    }

    deinit { columns.deallocate() }

    @inline(__always)
    func find(_ column: StaticString) -> (number: Int32, type: UInt32)? {
        let hint = next < count ? next : 0
        if hint < count, columns[hint].name == UInt(bitPattern: column.utf8Start) {
            next = hint + 1
            return (Int32(truncatingIfNeeded: hint), columns[hint].type)
        }
        return search(column, from: hint)
    }

    @inline(never)
    private func search(_ column: StaticString, from hint: Int) -> (number: Int32, type: UInt32)? {
        for step in 0..<count {
            let place = (hint + step) % count
            let number = Int32(place)
            guard let name = PQfname(rows.result, number), strcmp(name, column.utf8Start) == 0 else { continue }
            let type = PQftype(rows.result, number)
            columns[place] = Column(name: UInt(bitPattern: column.utf8Start), type: type)
            next = place + 1
            return (number, type)
        }
        return nil
    }
}
