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
    /// The canonical 36 characters, in either case, and nothing else.
    package init?(_ text: String) {
        guard let uuid = UUID(utf8: text.utf8) else { return nil }
        self = uuid
    }

    package init?(utf8 text: some Collection<UInt8>) {
        // Read in place: every request for one record has an id in its path.
        let read =
            text.withContiguousStorageIfAvailable { Self(contiguous: $0) }
            ?? Array(text).withUnsafeBufferPointer(Self.init(contiguous:))
        guard let read else { return nil }
        self = read
    }

    private init?(contiguous text: UnsafeBufferPointer<UInt8>) {
        guard text.count == 36, text[8] == UInt8(ascii: "-"), text[13] == UInt8(ascii: "-"),
            text[18] == UInt8(ascii: "-"), text[23] == UInt8(ascii: "-"),
            let first = Self.number(text, at: 0, digits: 8), let second = Self.number(text, at: 9, digits: 4),
            let third = Self.number(text, at: 14, digits: 4), let fourth = Self.number(text, at: 19, digits: 4),
            let last = Self.number(text, at: 24, digits: 12)
        else { return nil }
        self.init(high: first << 32 | second << 16 | third, low: fourth << 48 | last)
    }

    private static func number(_ text: UnsafeBufferPointer<UInt8>, at start: Int, digits: Int) -> UInt64? {
        var number: UInt64 = 0
        for position in start..<start + digits {
            guard let digit = digit(text[position]) else { return nil }
            number = number << 4 | digit
        }
        return number
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

    package func appendText(to bytes: inout [UInt8]) {
        bytes.append(addingCapacity: 36) { room in
            room.withUnsafeMutableBufferPointer { room, count in
                write(to: room)
                count = 36
            }
        }
    }

    /// Writes the 36 characters into a buffer, without a String.
    package func write(to text: UnsafeMutableBufferPointer<UInt8>) {
        precondition(text.count >= 36)
        let room = UnsafeMutableRawPointer(text.baseAddress!)
        let (second, third) = (Self.digits(of: high), Self.digits(of: low >> 32))
        room.storeBytes(of: Self.digits(of: high >> 32), as: UInt64.self)
        room.storeBytes(of: UInt32(truncatingIfNeeded: second), toByteOffset: 9, as: UInt32.self)
        room.storeBytes(of: UInt32(truncatingIfNeeded: second >> 32), toByteOffset: 14, as: UInt32.self)
        room.storeBytes(of: UInt32(truncatingIfNeeded: third), toByteOffset: 19, as: UInt32.self)
        room.storeBytes(of: UInt32(truncatingIfNeeded: third >> 32), toByteOffset: 24, as: UInt32.self)
        room.storeBytes(of: Self.digits(of: low), toByteOffset: 28, as: UInt64.self)
        let hyphen = UInt8(ascii: "-")
        (text[8], text[13], text[18], text[23]) = (hyphen, hyphen, hyphen, hyphen)
    }

    /// The hexadecimal digits of a word's lower half, one a byte, in writing order. Branch-free, since every log line
    /// and every row has one.
    @inline(__always)
    private static func digits(of word: UInt64) -> UInt64 {
        var nibbles = word & 0xFFFF_FFFF
        nibbles = (nibbles | nibbles << 16) & 0x0000_FFFF_0000_FFFF
        nibbles = (nibbles | nibbles << 8) & 0x00FF_00FF_00FF_00FF
        nibbles = (nibbles | nibbles << 4) & 0x0F0F_0F0F_0F0F_0F0F
        // Digits from ten on are letters, 39 characters further on.
        let letters = (nibbles &+ 0x0606_0606_0606_0606) >> 4 & 0x0101_0101_0101_0101
        return (nibbles &+ 0x3030_3030_3030_3030 &+ letters &* 39).bigEndian
    }
}
