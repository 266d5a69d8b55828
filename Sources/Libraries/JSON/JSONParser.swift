/// Parses in one pass. The limits bound recursion; every read checks for the end first.
struct JSONParser {
    let text: UnsafeBufferPointer<UInt8>
    let dialect: JSONDialect
    let limits: JSONLimits
    var position = 0
    private var depth = 0

    init(text: UnsafeBufferPointer<UInt8>, dialect: JSONDialect, limits: JSONLimits) {
        self.text = text
        self.dialect = dialect
        self.limits = limits
    }

    mutating func document() throws(JSONError) -> JSONValue {
        guard text.count <= limits.bytes else { throw failure("expected at most \(limits.bytes) bytes") }
        if let wrong = firstInvalidUTF8(in: text) {
            position = wrong
            throw failure("expected UTF-8")
        }
        try skipSpace()
        let value = try value()
        try skipSpace()
        guard position == text.count else { throw failure("expected the end of the text") }
        return value
    }

    private mutating func value() throws(JSONError) -> JSONValue {
        switch byte {
        case UInt8(ascii: "{"): return .object(try object())
        case UInt8(ascii: "["): return .array(try array())
        case UInt8(ascii: "\""): return .string(try string())
        case UInt8(ascii: "'") where dialect == .json5: return .string(try string())
        case UInt8(ascii: "-"), .some(UInt8(ascii: "0")...UInt8(ascii: "9")): return try number()
        case UInt8(ascii: "t"): return try word("true", .bool(true))
        case UInt8(ascii: "f"): return try word("false", .bool(false))
        case UInt8(ascii: "n"): return try word("null", .null)
        default: throw failure("expected a value")
        }
    }

    private mutating func array() throws(JSONError) -> [JSONValue] {
        try enter()
        var elements: [JSONValue] = []
        while byte != UInt8(ascii: "]") {
            elements.append(try value())
            try skipSpace()
            if try !another(before: UInt8(ascii: "]"), "expected ',' or ']' after an element") { break }
        }
        leave()
        return elements
    }

    private mutating func object() throws(JSONError) -> JSONObject {
        try enter()
        var members: [(name: String, value: JSONValue)] = []
        var names = MemberNames()
        while byte != UInt8(ascii: "}") {
            let start = position
            let name = try name()
            guard names.insert(name, among: members) else {
                position = start
                throw failure("expected each name once")
            }
            try skipSpace()
            guard byte == UInt8(ascii: ":") else { throw failure("expected ':' after a name") }
            position += 1
            try skipSpace()
            members.append((name, try value()))
            try skipSpace()
            if try !another(before: UInt8(ascii: "}"), "expected ',' or '}' after a member") { break }
        }
        leave()
        return JSONObject(members: members)
    }

    private mutating func name() throws(JSONError) -> String {
        if byte == UInt8(ascii: "\"") || (dialect == .json5 && byte == UInt8(ascii: "'")) { return try string() }
        let start = position
        if dialect == .json5 {
            while let byte, isNameByte(byte, first: position == start) { position += 1 }
        }
        guard position > start else { throw failure("expected a name in quotes") }
        return String(decoding: text[start..<position], as: UTF8.self)
    }

    /// Skips the opening bracket.
    private mutating func enter() throws(JSONError) {
        guard depth < limits.depth else { throw failure("expected at most \(limits.depth) levels") }
        depth += 1
        position += 1
        try skipSpace()
    }

    private mutating func leave() {
        depth -= 1
        position += 1
    }

    /// After an element: true past a comma, false at the closing bracket.
    private mutating func another(before bracket: UInt8, _ expectation: String) throws(JSONError) -> Bool {
        if byte == bracket { return false }
        guard byte == UInt8(ascii: ",") else { throw failure(expectation) }
        position += 1
        try skipSpace()
        if byte == bracket && dialect == .strict { throw failure("expected no comma before the end") }
        return true
    }

    private mutating func word(_ word: StaticString, _ value: JSONValue) throws(JSONError) -> JSONValue {
        let matches = word.withUTF8Buffer { text[position...].starts(with: $0) }
        guard matches else { throw failure("expected a value") }
        position += word.utf8CodeUnitCount
        return value
    }
}

extension JSONParser {
    /// The byte to read next, or nil at the end.
    var byte: UInt8? { position < text.count ? text[position] : nil }

    func failure(_ reason: String) -> JSONError {
        var (line, column) = (1, 1)
        for byte in text[..<min(position, text.count)] {
            if byte == UInt8(ascii: "\n") {
                line += 1
                column = 1
            } else if byte & 0xC0 != 0x80 {
                column += 1
            }
        }
        let found = position < text.count ? "" : ", found the end"
        return .malformed(line: line, column: column, reason: reason + found)
    }

    mutating func skipSpace() throws(JSONError) {
        while let byte {
            switch byte {
            case UInt8(ascii: " "), UInt8(ascii: "\n"), UInt8(ascii: "\r"), UInt8(ascii: "\t"): position += 1
            case UInt8(ascii: "/") where dialect == .json5: try skipComment()
            case 0xEF where dialect == .json5 && position == 0 && text.starts(with: [0xEF, 0xBB, 0xBF]): position = 3
            default: return
            }
        }
    }

    private mutating func skipComment() throws(JSONError) {
        let start = position
        position += 1
        switch byte {
        case UInt8(ascii: "/"):
            while let byte, byte != UInt8(ascii: "\n") { position += 1 }
        case UInt8(ascii: "*"):
            position += 1
            while !text[position...].starts(with: "*/".utf8) {
                guard position < text.count else {
                    position = start
                    throw failure("expected an end to this comment")
                }
                position += 1
            }
            position += 2
        default: throw failure("expected '//' or '/*'")
        }
    }
}

private func isNameByte(_ byte: UInt8, first: Bool) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"): true
    case UInt8(ascii: "_"), UInt8(ascii: "$"): true
    case UInt8(ascii: "0")...UInt8(ascii: "9"): !first
    default: false
    }
}

/// Finds duplicate names. Few names are compared pairwise; many get a set, or an object of 100,000 members would take
/// minutes.
private struct MemberNames {
    private var many: Set<String> = []

    mutating func insert(_ name: String, among members: [(name: String, value: JSONValue)]) -> Bool {
        if members.count < 16 { return !members.contains { $0.name == name } }
        if many.isEmpty { many = Set(members.map(\.name)) }
        return many.insert(name).inserted
    }
}
