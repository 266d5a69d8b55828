import Glibc

/// A statement's text as C strings for libpq, built once for each loop.
final class Statement: @unchecked Sendable {
    // Unchecked: immutable C strings.
    let number: Int
    let name: UnsafeMutablePointer<CChar>
    let text: UnsafeMutablePointer<CChar>
    let types: [UInt32]
    /// A read by its first word. It may still write, by calling a function.
    let isRead: Bool
    fileprivate let shape: SQL

    fileprivate init(number: Int, text: String, types: [UInt32], isRead: Bool, shape: SQL) {
        self.number = number
        name = strdup("m\(number)")
        self.text = strdup(text)
        self.types = types
        self.isRead = isRead
        self.shape = shape
    }

    deinit {
        free(name)
        free(text)
    }
}

// Our own control statements, exempt from the rules for others. Their numbers are below the others'.
extension Statement {
    static let tenantContext = Statement(
        number: 0, text: "SELECT set_config('app.tenant_id', $1, true)", types: [TypeNumber.text], isRead: true,
        shape: .nothing)
    static let begin = own(1, "BEGIN")
    static let beginRepeatable = own(2, "BEGIN ISOLATION LEVEL REPEATABLE READ")
    static let beginSerializable = own(3, "BEGIN ISOLATION LEVEL SERIALIZABLE")
    static let commit = own(4, "COMMIT")
    static let rollBack = own(5, "ROLLBACK")
    static let roleCheck = own(
        6, "SELECT rolsuper OR rolbypassrls AS ignores_policies FROM pg_roles WHERE rolname = current_user")

    private static func own(_ number: Int, _ text: String) -> Statement {
        Statement(number: number, text: text, types: [], isRead: true, shape: .nothing)
    }

    /// A control statement that is run once and not prepared.
    static func once(_ text: String, types: [UInt32] = []) -> Statement {
        Statement(number: -1, text: text, types: types, isRead: true, shape: .nothing)
    }
}

/// A loop's known statements, found by the addresses of their literals. Loop-confined.
final class Statements {
    private var known: [UInt64: Statement] = [:]
    /// A direct-mapped cache on the fingerprint's low byte: nearly every call finds its statement without hashing.
    private var recent: [Statement?] = Array(repeating: nil, count: 256)
    private var count = 0

    var texts: Set<String> { Set(known.values.map { String(cString: $0.text) }) }

    func statement(for sql: SQL) throws(DatabaseError) -> Statement {
        let place = Int(truncatingIfNeeded: sql.fingerprint & 255)
        if let statement = recent[place], statement.shape.hasSameShape(as: sql) { return statement }
        let statement = try find(sql)
        recent[place] = statement
        return statement
    }

    private func find(_ sql: SQL) throws(DatabaseError) -> Statement {
        if let statement = known[sql.fingerprint], statement.shape.hasSameShape(as: sql) { return statement }
        let words = StatementRules.firstWord(of: sql)
        try StatementRules.check(sql, firstWord: words)
        // Only reached by a program that generates statements without end; connections evict theirs by age.
        if known.count >= 4096 { known.removeAll() }
        // Numbers index the connections' lists, so they are reused; a connection notices that the statement differs.
        let number = 100 + count % 16384
        count += 1
        let statement = Statement(
            number: number, text: sql.text, types: sql.types,
            isRead: words == "SELECT" || words == "VALUES" || words == "TABLE", shape: sql.shape)
        known[sql.fingerprint] = statement
        return statement
    }
}

/// Forbids what a shared connection must not run: ending its transaction, changing or leaking a context, or holding a
/// lock beyond the call. Checked once for each text.
enum StatementRules {
    private static let firstWords: Set<String> = [
        "SELECT", "INSERT", "UPDATE", "DELETE", "MERGE", "WITH", "VALUES", "TABLE",
    ]
    private static let forbidden = [
        "set_config", "app.tenant_id", "pg_advisory_lock", "pg_try_advisory_lock", "pg_advisory_unlock", "pg_temp",
        "into temp ", "into temp\n", "into temporary",
    ]

    static func check(_ sql: SQL, firstWord: String) throws(DatabaseError) {
        guard firstWords.contains(firstWord) else {
            throw .refused(
                "A statement begins with SELECT, INSERT, UPDATE, DELETE, MERGE, WITH, VALUES or TABLE, not with \(firstWord)"
            )
        }
        guard sql.parameterCount <= Int(UInt16.max) else {
            throw .refused("\(sql.parameterCount) parameters are too many: bind an array")
        }
        let text = sql.text.lowercased()
        for words in forbidden where strstr(text, words) != nil {
            throw .refused("A statement does not say \(words)")
        }
        guard !sql.hasLiteral(where: hasNumberedParameter) else {
            throw .refused("A statement does not number its parameters: interpolate the values")
        }
    }

    static func firstWord(of sql: SQL) -> String {
        let text = sql.text.utf8.drop { $0 <= UInt8(ascii: " ") || $0 == UInt8(ascii: "(") }
        let word = text.prefix { UInt8(ascii: "A") <= $0 & 0xDF && $0 & 0xDF <= UInt8(ascii: "Z") }
        return String(decoding: word.map { $0 & 0xDF }, as: UTF8.self)
    }

    private static func hasNumberedParameter(_ literal: UnsafeBufferPointer<UInt8>) -> Bool {
        zip(literal, literal.dropFirst()).contains { character, next in
            character == UInt8(ascii: "$") && UInt8(ascii: "0") <= next && next <= UInt8(ascii: "9")
        }
    }
}
