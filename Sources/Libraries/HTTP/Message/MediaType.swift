/// A parsed Content-Type.
struct MediaType {
    private let text: [UInt8]
    private let nameEnd: Int

    init(_ text: String?) {
        self.text = Array((text ?? "").utf8)
        nameEnd = self.text.firstIndex(of: UInt8(ascii: ";")) ?? self.text.count
    }

    func isNamed(_ name: StaticString) -> Bool {
        text.withUnsafeBytes { UnsafeRawBufferPointer(rebasing: $0[..<nameEnd]).trimmed().isText(name) }
    }

    /// A parameter's value, quoted or not.
    func parameter(_ name: StaticString) -> [UInt8]? {
        text.withUnsafeBytes { HeaderParameters.value(of: name, in: UnsafeRawBufferPointer(rebasing: $0[nameEnd...])) }
    }
}

/// Parses the `; name=value; name="value"` behind a field's main value.
enum HeaderParameters {
    /// Nil when missing, repeated, or when the list is malformed.
    static func value(of name: StaticString, in bytes: UnsafeRawBufferPointer) -> [UInt8]? {
        var found: [UInt8]?
        var position = 0
        func skipBlanks() {
            while position < bytes.count, bytes[position].isBlank { position += 1 }
        }
        skipBlanks()
        while position < bytes.count {
            guard bytes[position] == UInt8(ascii: ";") else { return nil }
            position += 1
            skipBlanks()
            let start = position
            while position < bytes.count, bytes[position].isTokenCharacter { position += 1 }
            let isWanted = UnsafeRawBufferPointer(rebasing: bytes[start..<position]).isText(name)
            guard position > start, position < bytes.count, bytes[position] == UInt8(ascii: "=") else { return nil }
            position += 1
            guard let value = value(in: bytes, at: &position) else { return nil }
            if isWanted {
                guard found == nil else { return nil }
                found = value
            }
            skipBlanks()
        }
        return found
    }

    private static func value(in bytes: UnsafeRawBufferPointer, at position: inout Int) -> [UInt8]? {
        guard position < bytes.count, bytes[position] == UInt8(ascii: "\"") else {
            let start = position
            while position < bytes.count, bytes[position].isTokenCharacter { position += 1 }
            return position > start ? Array(bytes[start..<position]) : nil
        }
        position += 1
        var value: [UInt8] = []
        while position < bytes.count, bytes[position] != UInt8(ascii: "\"") {
            // Browsers escape only the quote and leave other backslashes as they are.
            if bytes[position] == UInt8(ascii: "\\"), position + 1 < bytes.count,
                bytes[position + 1] == UInt8(ascii: "\"") || bytes[position + 1] == UInt8(ascii: "\\")
            {
                position += 1
            }
            value.append(bytes[position])
            position += 1
        }
        guard position < bytes.count else { return nil }
        position += 1
        return value
    }
}
