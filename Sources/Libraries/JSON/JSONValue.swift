/// A JSON text that was read. Numbers keep what was written: a whole one that fits is an Int64, any other its own text,
/// so that no cent is lost on the way through a Double.
package enum JSONValue: Sendable, Equatable {
    case null
    case bool(Bool)
    case integer(Int64)
    case decimal(String)
    case string(String)
    case array([JSONValue])
    case object(JSONObject)
}

/// Members in the order they were written; no name stands twice.
package struct JSONObject: Sendable, Equatable {
    package let members: [(name: String, value: JSONValue)]

    package subscript(name: String) -> JSONValue? {
        members.first { $0.name == name }?.value
    }

    package static func == (left: JSONObject, right: JSONObject) -> Bool {
        left.members.elementsEqual(right.members) { $0.name == $1.name && $0.value == $1.value }
    }
}

/// How far a text may go before it is refused; what each protects is the memory and the stack of who reads it.
package struct JSONLimits: Sendable {
    package let bytes: Int
    package let depth: Int
    package let numberLength: Int

    package init(bytes: Int = 1 << 20, depth: Int = 64, numberLength: Int = 128) {
        self.bytes = bytes
        // A level costs a few hundred bytes of stack; no caller can ask for more than a thread has.
        self.depth = min(depth, 512)
        self.numberLength = numberLength
    }
}

package enum JSONDialect: Sendable {
    /// RFC 8259, for what comes from outside.
    case strict
    /// For files that people write: comments, trailing commas, bare names, single quotes, hexadecimal integers.
    case json5
}

extension JSONValue {
    /// Reads one whole text. Refuses bytes that are not UTF-8, lone surrogates and names that stand twice; never traps,
    /// whatever the bytes.
    package static func parse(
        _ bytes: UnsafeRawBufferPointer, as dialect: JSONDialect = .strict, limits: JSONLimits = JSONLimits()
    ) throws(JSONError) -> JSONValue {
        try parse(bytes.assumingMemoryBound(to: UInt8.self), as: dialect, limits: limits)
    }

    package static func parse(
        _ bytes: [UInt8], as dialect: JSONDialect = .strict, limits: JSONLimits = JSONLimits()
    ) throws(JSONError) -> JSONValue {
        try bytes.withUnsafeBufferPointer { (bytes) throws(JSONError) in
            try parse(bytes, as: dialect, limits: limits)
        }
    }

    private static func parse(
        _ bytes: UnsafeBufferPointer<UInt8>, as dialect: JSONDialect, limits: JSONLimits
    ) throws(JSONError) -> JSONValue {
        var parser = JSONParser(text: bytes, dialect: dialect, limits: limits)
        return try parser.document()
    }
}
