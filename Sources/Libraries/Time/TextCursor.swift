/// Parses text of a fixed format from left to right, strictly.
struct TextCursor {
    private let bytes: UnsafeBufferPointer<UInt8>
    private var position = 0

    init(_ bytes: UnsafeBufferPointer<UInt8>) { self.bytes = bytes }

    var isAtEnd: Bool { position == bytes.count }
    var next: UInt8? { isAtEnd ? nil : bytes[position] }

    /// Consumes the text if it comes next.
    mutating func take(_ text: StaticString) -> Bool {
        for offset in 0..<text.utf8CodeUnitCount {
            guard position + offset < bytes.count, bytes[position + offset] == text.utf8Start[offset] else {
                return false
            }
        }
        position += text.utf8CodeUnitCount
        return true
    }

    /// Consumes the first matching text and returns its index.
    mutating func take(oneOf texts: [StaticString]) -> Int? {
        for (index, text) in texts.enumerated() where take(text) { return index }
        return nil
    }

    /// Exactly that many decimal digits.
    mutating func number(digits: Int) -> Int? {
        guard bytes.count - position >= digits else { return nil }
        var value = 0
        for _ in 0..<digits {
            guard let digit = takeDigit() else { return nil }
            value = value * 10 + digit
        }
        return value
    }

    /// One to four decimal digits.
    mutating func shortNumber() -> Int? {
        guard var value = takeDigit() else { return nil }
        for _ in 0..<3 {
            guard let digit = takeDigit() else { break }
            value = value * 10 + digit
        }
        return value
    }

    mutating func takeDigit() -> Int? {
        guard let byte = next, byte >= UInt8(ascii: "0"), byte <= UInt8(ascii: "9") else { return nil }
        position += 1
        return Int(byte - UInt8(ascii: "0"))
    }

    /// Consumes bytes while they fit.
    mutating func text(while fits: (UInt8) -> Bool) -> String {
        let start = position
        while let byte = next, fits(byte) { position += 1 }
        return String(decoding: bytes[start..<position], as: UTF8.self)
    }

    /// Parses one value that must be the whole text.
    static func readAll<Bytes: Collection<UInt8>, Value>(
        of bytes: Bytes, _ read: (inout TextCursor) -> Value?
    ) -> Value? {
        func readAll(_ bytes: UnsafeBufferPointer<UInt8>) -> Value? {
            var cursor = TextCursor(bytes)
            guard let value = read(&cursor), cursor.isAtEnd else { return nil }
            return value
        }
        if let value = bytes.withContiguousStorageIfAvailable(readAll) { return value }
        return Array(bytes).withUnsafeBufferPointer(readAll)
    }
}
