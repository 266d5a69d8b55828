/// A word's length prefix of one to five bytes, most significant first.
enum WordLength {
    enum Reading: Equatable {
        case incomplete
        case length(Int, headerBytes: Int)
        /// A first byte reserved by the manual, which says to close the connection.
        case reserved(UInt8)
    }

    static func append(_ length: Int, to bytes: inout [UInt8]) {
        precondition((0...0xFFFF_FFFF).contains(length), "No word is that long")
        func put(_ shift: Int) { bytes.append(UInt8(truncatingIfNeeded: length >> shift)) }
        switch length {
        case ..<0x80: put(0)
        case ..<0x4000:
            bytes.append(0x80 | UInt8(length >> 8))
            put(0)
        case ..<0x20_0000:
            bytes.append(0xC0 | UInt8(length >> 16))
            for shift in [8, 0] { put(shift) }
        case ..<0x1000_0000:
            bytes.append(0xE0 | UInt8(length >> 24))
            for shift in [16, 8, 0] { put(shift) }
        default:
            bytes.append(0xF0)
            for shift in [24, 16, 8, 0] { put(shift) }
        }
    }

    static func read(_ bytes: UnsafeBufferPointer<UInt8>) -> Reading {
        guard let first = bytes.first else { return .incomplete }
        let (more, bits): (Int, Int)
        switch first {
        case ..<0x80: return .length(Int(first), headerBytes: 1)
        case ..<0xC0: (more, bits) = (1, Int(first & 0x3F))
        case ..<0xE0: (more, bits) = (2, Int(first & 0x1F))
        case ..<0xF0: (more, bits) = (3, Int(first & 0x0F))
        case 0xF0: (more, bits) = (4, 0)
        default: return .reserved(first)
        }
        guard bytes.count > more else { return .incomplete }
        // At most 32 bits, which an Int holds.
        return .length(bytes[1...more].reduce(bits) { $0 << 8 | Int($1) }, headerBytes: 1 + more)
    }
}
