import Identifiers
import Time

/// A statement with its parameters: `"SELECT name FROM plans WHERE tenant_id = \(tenant) AND plan_id = \(id)"`.
///
/// Interpolation binds a parameter or splices another `SQL`; it cannot paste text, because only the program's literals
/// become text. Literals are compared by address, so statements are told apart without reading their text.
package struct SQL: ExpressibleByStringInterpolation, Sendable {
    private(set) var parts: [Part] = []
    private(set) var bytes: [UInt8] = []
    private(set) var parameterCount = 0
    private(set) var fingerprint: UInt64 = 0
    /// Rung in this process once the statement is committed.
    private(set) var bells: [String] = []

    /// A piece of literal text, or a parameter whose bytes follow the previous one's.
    struct Part: Sendable {
        /// The literal's address; 0 for a parameter.
        let address: UInt
        /// The length of the literal or value; -1 is NULL.
        let length: Int32
        let type: UInt32

        var isParameter: Bool { address == 0 }
    }

    package init(stringLiteral literal: StaticString) { append(literal) }

    package init(stringInterpolation: StringInterpolation) { self = stringInterpolation.sql }

    fileprivate init() {}

    package static let nothing = SQL()

    package static func forUpdate(of table: StaticString) -> SQL {
        var sql: SQL = " FOR UPDATE OF "
        sql.append(table)
        return sql
    }

    /// A lock for updates that change no key: rows referencing this one can still be inserted.
    package static func forNoKeyUpdate(of table: StaticString) -> SQL {
        var sql: SQL = " FOR NO KEY UPDATE OF "
        sql.append(table)
        return sql
    }

    /// Adds a bell that wakes followers of the commit.
    package func ringing(_ bell: String) -> SQL {
        var sql = self
        sql.bells.append(bell)
        return sql
    }

    package struct StringInterpolation: StringInterpolationProtocol {
        fileprivate var sql = SQL()

        package init(literalCapacity: Int, interpolationCount: Int) {
            sql.parts.reserveCapacity(2 * interpolationCount + 1)
            sql.bytes.reserveCapacity(16 * interpolationCount)
        }

        package mutating func appendLiteral(_ literal: StaticString) { sql.append(literal) }

        package mutating func appendInterpolation(_ value: some Bindable) { sql.append(value) }

        package mutating func appendInterpolation<Value: Bindable>(_ value: Value?) { sql.append(value) }

        package mutating func appendInterpolation(_ fragment: SQL) { sql.append(fragment) }

        // Overloads for the commonest types: generics across modules are slow at run time.
        package mutating func appendInterpolation(_ value: UUID) { sql.append(value) }
        package mutating func appendInterpolation<Noun>(_ value: ID<Noun>) { sql.append(value.uuid) }
        package mutating func appendInterpolation(_ value: String) { sql.append(value) }
        package mutating func appendInterpolation(_ value: Int) { sql.append(value) }
        package mutating func appendInterpolation(_ value: Instant) { sql.append(value) }
        package mutating func appendInterpolation(_ value: [UInt8]) { sql.append(value) }
    }

    private mutating func append(_ literal: StaticString) {
        precondition(literal.hasPointerRepresentation, "A single character is not a statement")
        guard literal.utf8CodeUnitCount > 0 else { return }
        append(
            Part(address: UInt(bitPattern: literal.utf8Start), length: Int32(literal.utf8CodeUnitCount), type: 0))
    }

    private mutating func append<Value: Bindable>(_ value: Value) {
        let start = bytes.count
        let isNull = !value.bind(into: &bytes)
        append(Part(address: 0, length: isNull ? -1 : Int32(bytes.count - start), type: Value.parameterType))
    }

    private mutating func append(_ fragment: SQL) {
        for part in fragment.parts { append(part) }
        bytes.append(contentsOf: fragment.bytes)
        if !fragment.bells.isEmpty { bells += fragment.bells }
    }

    private mutating func append(_ part: Part) {
        parts.append(part)
        if part.isParameter { parameterCount += 1 }
        let mark = UInt64(part.isParameter ? UInt(part.type) : part.address)
        fingerprint = (fingerprint ^ mark) &* 0x9E37_79B9_7F4A_7C15
        fingerprint ^= fingerprint >> 29
    }
}

extension SQL {
    /// Whether text and types are equal, whatever the values.
    func hasSameShape(as other: SQL) -> Bool {
        guard fingerprint == other.fingerprint, parts.count == other.parts.count else { return false }
        for index in parts.indices {
            let (left, right) = (parts[index], other.parts[index])
            guard left.address == right.address, left.type == right.type else { return false }
            if !left.isParameter && left.length != right.length { return false }
        }
        return true
    }

    /// The statement's text with `$1`, `$2` … for parameters.
    var text: String {
        var text: [UInt8] = []
        var number = 0
        for part in parts {
            if part.isParameter {
                number += 1
                text.append(contentsOf: "$\(number)".utf8)
            } else if let start = UnsafePointer<UInt8>(bitPattern: part.address) {
                text.append(contentsOf: UnsafeBufferPointer(start: start, count: Int(part.length)))
            }
        }
        return String(decoding: text, as: UTF8.self)
    }

    /// The statement without its values.
    var shape: SQL {
        var shape = self
        shape.bytes = []
        return shape
    }

    var types: [UInt32] { parts.filter(\.isParameter).map(\.type) }

    func hasLiteral(where condition: (UnsafeBufferPointer<UInt8>) -> Bool) -> Bool {
        parts.contains { part in
            guard let start = UnsafePointer<UInt8>(bitPattern: part.address) else { return false }
            return condition(UnsafeBufferPointer(start: start, count: Int(part.length)))
        }
    }
}
