/// MD4 (RFC 1320), which proves nothing any more, for MS-CHAP alone: OpenSSL keeps it out of reach.
package enum MD4 {
    package static func digest(of bytes: [UInt8]) -> [UInt8] {
        var message = bytes + [0x80]
        while message.count % 64 != 56 { message.append(0) }
        let bits = UInt64(bytes.count) &* 8
        for shift in stride(from: 0, to: 64, by: 8) { message.append(UInt8(truncatingIfNeeded: bits >> shift)) }
        var state = Words(0x6745_2301, 0xEFCD_AB89, 0x98BA_DCFE, 0x1032_5476)
        for start in stride(from: 0, to: message.count, by: 64) { state.take(message[start..<start + 64]) }
        return [state.a, state.b, state.c, state.d].flatMap { word in
            stride(from: 0, to: 32, by: 8).map { UInt8(truncatingIfNeeded: word >> $0) }
        }
    }

    /// What MS-CHAP knows of a password.
    package static func ntHash(of password: String) -> [UInt8] {
        digest(of: password.utf16.flatMap { [UInt8(truncatingIfNeeded: $0), UInt8(truncatingIfNeeded: $0 >> 8)] })
    }

    private struct Words {
        var (a, b, c, d): (UInt32, UInt32, UInt32, UInt32)

        init(_ a: UInt32, _ b: UInt32, _ c: UInt32, _ d: UInt32) { (self.a, self.b, self.c, self.d) = (a, b, c, d) }

        mutating func take(_ block: ArraySlice<UInt8>) {
            let bytes = Array(block)
            let words = stride(from: 0, to: 64, by: 4).map { start in
                bytes[start..<start + 4].reversed().reduce(UInt32(0)) { $0 << 8 | UInt32($1) }
            }
            let before = self
            for (i, shifts) in Self.places(of: [3, 7, 11, 19]) { step((b & c) | (~b & d), words[i], 0, shifts) }
            for (i, shifts) in Self.places(of: [3, 5, 9, 13]) {
                step((b & c) | (b & d) | (c & d), words[i % 4 * 4 + i / 4], 0x5A82_7999, shifts)
            }
            let order = [0, 8, 4, 12, 2, 10, 6, 14, 1, 9, 5, 13, 3, 11, 7, 15]
            for (i, shifts) in Self.places(of: [3, 9, 11, 15]) { step(b ^ c ^ d, words[order[i]], 0x6ED9_EBA1, shifts) }
            (a, b, c, d) = (a &+ before.a, b &+ before.b, c &+ before.c, d &+ before.d)
        }

        /// A round's sixteen steps, each with how far it turns.
        private static func places(of shifts: [UInt32]) -> [(Int, UInt32)] { (0..<16).map { ($0, shifts[$0 % 4]) } }

        private mutating func step(_ mixed: UInt32, _ word: UInt32, _ constant: UInt32, _ shift: UInt32) {
            let sum = a &+ mixed &+ word &+ constant
            (a, b, c, d) = (d, sum << shift | sum >> (32 - shift), b, c)
        }
    }
}
