import Glibc

/// The grammar's character classes (RFC 9110 §5.6, RFC 3986).
extension UInt8 {
    static let tab: UInt8 = 9
    static let lineFeed: UInt8 = 10
    static let carriageReturn: UInt8 = 13
    static let space: UInt8 = 32

    /// Letters, digits and !#$%&'*+-.^_`|~ as a bit mask, which is quicker than a table in memory.
    @inline(__always) var isTokenCharacter: Bool { isIn(0x03FF_6CFA_0000_0000, 0x57FF_FFFF_C7FF_FFFE) }

    /// Visible ASCII except " # < >, which a client must escape in a target.
    @inline(__always) var isTargetCharacter: Bool { isIn(0xAFFF_FFF2_0000_0000, 0x7FFF_FFFF_FFFF_FFFF) }

    /// Visible characters, bytes above ASCII, space and tab.
    @inline(__always) var isValueCharacter: Bool { self >= 32 ? self != 127 : self == .tab }

    @inline(__always) var isBlank: Bool { self == .space || self == .tab }

    @inline(__always) var isDigit: Bool { self &- 48 < 10 }

    @inline(__always) var isLetter: Bool { (self | 32) &- 97 < 26 }

    @inline(__always) var isLowercaseLetter: Bool { self &- 97 < 26 }

    @inline(__always) var lowercased: UInt8 { self &- 65 < 26 ? self | 32 : self }

    @inline(__always) var hexadecimalDigit: UInt8? {
        if isDigit { return self &- 48 }
        let letter = (self | 32) &- 97
        return letter < 6 ? letter + 10 : nil
    }

    @inline(__always) private func isIn(_ low: UInt64, _ high: UInt64) -> Bool {
        self < 128 && (self < 64 ? low : high) >> UInt64(self & 63) & 1 == 1
    }
}

extension UnsafeRawBufferPointer {
    /// Whether the bytes equal the text, given in lower case, ignoring case.
    @inline(__always) func isText(_ text: StaticString) -> Bool {
        guard count == text.utf8CodeUnitCount else { return false }
        for index in 0..<count where self[index].lowercased != text.utf8Start[index] { return false }
        return true
    }

    func trimmed() -> UnsafeRawBufferPointer {
        var start = 0
        var end = count
        while start < end, self[start].isBlank { start += 1 }
        while end > start, self[end - 1].isBlank { end -= 1 }
        return UnsafeRawBufferPointer(rebasing: self[start..<end])
    }

    /// The non-empty members of a comma-separated list. Quoted commas do not occur in the fields it is used for.
    func forEachListMember(_ body: (UnsafeRawBufferPointer) -> Void) {
        var start = 0
        for index in 0...count where index == count || self[index] == UInt8(ascii: ",") {
            let member = UnsafeRawBufferPointer(rebasing: self[start..<index]).trimmed()
            if !member.isEmpty { body(member) }
            start = index + 1
        }
    }

    func firstIndex(of byte: UInt8, from start: Int) -> Int? {
        guard start < count, let base = baseAddress, let found = memchr(base + start, Int32(byte), count - start)
        else { return nil }
        return found - UnsafeMutableRawPointer(mutating: base)
    }
}

extension [UInt8] {
    mutating func append(_ text: StaticString) {
        append(contentsOf: UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
    }

    mutating func append(_ text: String) { append(contentsOf: text.utf8) }

    mutating func append(decimal number: Int) {
        if number < 10 { return append(48 + UInt8(number)) }
        withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 20) { digits in
            var rest = number
            var position = 20
            while rest > 0 {
                position -= 1
                digits[position] = 48 + UInt8(truncatingIfNeeded: rest % 10)
                rest /= 10
            }
            append(contentsOf: UnsafeBufferPointer(rebasing: digits[position...]))
        }
    }

    mutating func append(hexadecimal number: Int) { append(String(number, radix: 16)) }
}
