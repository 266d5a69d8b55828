import CPostgres
import Glibc
import Identifiers
import Time

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

    // Disfavoured, or it would be taken for identifiers. What has a function of its own below has another for what may be
    // NULL: a value that may not would else be read, and wrapped.
    @_disfavoredOverload
    package func read<Value: ColumnReadable>(_ column: StaticString) throws(DatabaseError) -> Value {
        try value(of: column)
    }

    @inline(__always)
    fileprivate func value<Value: ColumnReadable>(of column: StaticString) throws(DatabaseError) -> Value {
        // The bytes are the result's: it must not go, with its last row, before they are read.
        defer { withExtendedLifetime(self) {} }
        let cell = try cell(of: column)
        guard let bytes = cell.bytes else {
            guard let null = Value.null else { throw cell.isNull(in: column, "\(Value.self)") }
            return null
        }
        guard let value = Value.read(bytes, type: cell.type) else { throw cell.isOther(in: column, "\(Value.self)") }
        return value
    }

    /// Lends the characters of a column of text or JSON, without a copy; nothing for NULL.
    package func withText<Result>(
        _ column: StaticString, _ use: (UnsafeRawBufferPointer?) -> Result
    ) throws(DatabaseError) -> Result {
        let cell = try cell(of: column)
        guard let bytes = cell.bytes else { return use(nil) }
        guard let text = String.textBytes(bytes, type: cell.type) else { throw cell.isOther(in: column, "text") }
        return withExtendedLifetime(reading) { use(text) }
    }

    /// The only column of the row.
    package func readFirst<Value: ColumnReadable>() throws(DatabaseError) -> Value {
        defer { withExtendedLifetime(self) {} }
        let cell = cell(number: 0, type: PQftype(reading.rows.result, 0))
        guard let value = cell.bytes.map({ Value.read($0, type: cell.type) }) ?? Value.null else {
            throw cell.bytes == nil ? cell.isNull(in: "1", "\(Value.self)") : cell.isOther(in: "1", "\(Value.self)")
        }
        return value
    }

    /// What stands in a column; its bytes are libpq's, and live as long as the row.
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

// The commonest types by themselves: a page reads hundreds of cells, and generics across rooms are dear at run time.
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

    /// One of the words that a type knows.
    package func word<Word: RawRepresentable<String>>(_ column: StaticString) throws(DatabaseError) -> Word {
        let text: String = try read(column)
        guard let word = Word(rawValue: text) else { throw .wrongColumn("Column \(column) says '\(text)'") }
        return word
    }
}

/// One pass over a result. Columns are mostly read in the order in which they stand, and by the same literals in
/// every row, so the next one is known by the address of its name.
private final class Reading {
    let rows: Rows
    private let count: Int
    private var next = 0
    /// What was found out about each column. A block of memory, because an array would be asked for each cell whether
    /// it is shared.
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
