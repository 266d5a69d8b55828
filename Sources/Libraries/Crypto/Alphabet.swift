/// An encoding's characters, and the reverse lookup from character to value.
struct Alphabet: Sendable {
    private let characters: [UInt8]
    private let values: [UInt8]

    private static let none: UInt8 = 0xFF

    init(_ characters: StaticString) {
        self.characters = Array(UnsafeBufferPointer(start: characters.utf8Start, count: characters.utf8CodeUnitCount))
        var values = [UInt8](repeating: Self.none, count: 256)
        for (value, character) in self.characters.enumerated() { values[Int(character)] = UInt8(value) }
        self.values = values
    }

    subscript(value: some BinaryInteger) -> UInt8 { characters[Int(value)] }

    func value(of character: UInt8) -> UInt8? {
        let value = values[Int(character)]
        return value == Self.none ? nil : value
    }
}

extension Alphabet {
    /// Splits the bytes into digits of `width` bits, most significant first; the last digit is zero-padded.
    func encode(_ bytes: some Collection<UInt8>, bitsPerDigit width: Int) -> [UInt8] {
        var text: [UInt8] = []
        text.reserveCapacity((bytes.count * 8 + width - 1) / width + 4)
        var pending: UInt32 = 0
        var bits = 0
        for byte in bytes {
            pending = pending << 8 | UInt32(byte)
            bits += 8
            while bits >= width {
                bits -= width
                text.append(self[pending >> UInt32(bits) & (1 << UInt32(width) - 1)])
            }
        }
        if bits > 0 { text.append(self[pending << UInt32(width - bits) & (1 << UInt32(width) - 1)]) }
        return text
    }

    /// Accepts only canonical output of `encode`, so that no value has two spellings: no foreign character, no surplus
    /// digit, no non-zero padding bit.
    func decode(_ text: some Collection<UInt8>, bitsPerDigit width: Int) -> [UInt8]? {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(text.count * width / 8)
        var pending: UInt32 = 0
        var bits = 0
        for character in text {
            guard let value = value(of: character) else { return nil }
            pending = pending << UInt32(width) | UInt32(value)
            bits += width
            if bits >= 8 {
                bits -= 8
                bytes.append(UInt8(truncatingIfNeeded: pending >> UInt32(bits)))
            }
        }
        guard bits < width, pending & (1 << UInt32(bits) - 1) == 0 else { return nil }
        return bytes
    }
}
