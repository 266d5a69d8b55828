/// A parsed JSON value. A whole number that fits is an Int64, any other keeps its text, so that no cent is lost to a
/// Double.
package enum JSONValue: Sendable, Equatable {
    case null
    case bool(Bool)
    case integer(Int64)
    case decimal(String)
    case string(String)
    case array([JSONValue])
    case object(JSONObject)
}

/// Members in document order, with unique names.
package struct JSONObject: Sendable, Equatable {
    package let members: [(name: String, value: JSONValue)]

    package subscript(name: String) -> JSONValue? {
        members.first { $0.name == name }?.value
    }

    package static func == (left: JSONObject, right: JSONObject) -> Bool {
        left.members.elementsEqual(right.members) { $0.name == $1.name && $0.value == $1.value }
    }
}

/// Limits on a text, which protect the parser's memory and stack.
package struct JSONLimits: Sendable {
    package let bytes: Int
    package let depth: Int
    package let numberLength: Int

    package init(bytes: Int = 1 << 20, depth: Int = 64, numberLength: Int = 128) {
        self.bytes = bytes
        // A level costs a few hundred bytes of stack, so the depth is capped at what a thread has.
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
    /// Parses one whole text. Refuses invalid UTF-8, lone surrogates and duplicate names; never traps.
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
