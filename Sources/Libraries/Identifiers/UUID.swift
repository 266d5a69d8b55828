/// A 128-bit identifier. New ones are version 7 (RFC 9562): they sort by the moment they were made.
package struct UUID: Hashable, Sendable, Comparable {
    package let high: UInt64
    package let low: UInt64

    package init(high: UInt64, low: UInt64) {
        self.high = high
        self.low = low
    }

    package static func v7(milliseconds: Int64, from randomness: Randomness) -> UUID {
        let noise = randomness.next()
        return UUID(
            high: UInt64(bitPattern: milliseconds) << 16 | 0x7000 | noise >> 52,
            low: 0x8000_0000_0000_0000 | randomness.next() >> 2)
    }

    package static func < (left: UUID, right: UUID) -> Bool {
        left.high == right.high ? left.low < right.low : left.high < right.high
    }
}

// As bytes, the way PostgreSQL's binary format carries it.
extension UUID {
    package init?(bytes: UnsafeRawBufferPointer) {
        guard bytes.count == 16 else { return nil }
        high = UInt64(bigEndian: bytes.loadUnaligned(as: UInt64.self))
        low = UInt64(bigEndian: bytes.loadUnaligned(fromByteOffset: 8, as: UInt64.self))
    }

    package func append(to bytes: inout [UInt8]) {
        withUnsafeBytes(of: (high.bigEndian, low.bigEndian)) { bytes.append(contentsOf: $0) }
    }
}

extension UUID: LosslessStringConvertible {
    /// The 36 characters with hyphens, in either case, and nothing else.
    package init?(_ text: String) {
        guard let uuid = UUID(utf8: text.utf8) else { return nil }
        self = uuid
    }

    package init?(utf8 text: some Collection<UInt8>) {
        guard text.count == 36 else { return nil }
        var words: (high: UInt64, low: UInt64) = (0, 0)
        var digits = 0
        var position = -1
        for character in text {
            position += 1
            if position == 8 || position == 13 || position == 18 || position == 23 {
                guard character == UInt8(ascii: "-") else { return nil }
                continue
            }
            guard let digit = Self.digit(character) else { return nil }
            if digits < 16 { words.high = words.high << 4 | digit } else { words.low = words.low << 4 | digit }
            digits += 1
        }
        self.init(high: words.high, low: words.low)
    }

    private static func digit(_ character: UInt8) -> UInt64? {
        switch character {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): UInt64(character - UInt8(ascii: "0"))
        case UInt8(ascii: "a")...UInt8(ascii: "f"): UInt64(character - UInt8(ascii: "a") + 10)
        case UInt8(ascii: "A")...UInt8(ascii: "F"): UInt64(character - UInt8(ascii: "A") + 10)
        default: nil
        }
    }

    package var description: String {
        String(unsafeUninitializedCapacity: 36) { text in
            write(to: UnsafeMutableBufferPointer(rebasing: text[..<36]))
            return 36
        }
    }

    /// Writes the 36 characters in place, for buffers that should not see a String.
    package func write(to text: UnsafeMutableBufferPointer<UInt8>) {
        var position = 0
        for digit in 0..<32 {
            if digit == 8 || digit == 12 || digit == 16 || digit == 20 {
                text[position] = UInt8(ascii: "-")
                position += 1
            }
            let word = digit < 16 ? high : low
            let value = UInt8(truncatingIfNeeded: word >> UInt64(60 - 4 * (digit & 15))) & 15
            text[position] = value < 10 ? UInt8(ascii: "0") + value : UInt8(ascii: "a") + value - 10
            position += 1
        }
    }
}
