/// Percent-encoding (RFC 3986 §2.1), strictly: an incomplete escape is an error.
package enum PercentCoding {
    /// Escapes everything but unreserved characters (RFC 3986 §2.3).
    package static func escape(_ text: String) -> String {
        let digits = Array("0123456789ABCDEF".utf8)
        let bytes = text.utf8.flatMap { byte in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"),
                UInt8(ascii: "~"):
                [byte]
            default: [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// Nil when an escape is broken or stands for NUL, or the result is not UTF-8.
    static func text(of bytes: UnsafeRawBufferPointer, plusIsSpace: Bool = false) -> String? {
        if !bytes.contains(where: { $0 == UInt8(ascii: "%") || plusIsSpace && $0 == UInt8(ascii: "+") || $0 >= 128 }) {
            return bytes.contains(0) ? nil : String(decoding: bytes, as: UTF8.self)
        }
        var decoded: [UInt8] = []
        guard append(bytes, to: &decoded, plusIsSpace: plusIsSpace) else { return nil }
        return String(validating: decoded, as: UTF8.self)
    }

    static func append(
        _ bytes: UnsafeRawBufferPointer, to decoded: inout [UInt8], plusIsSpace: Bool = false
    ) -> Bool {
        decoded.reserveCapacity(decoded.count + bytes.count)
        var index = 0
        while index < bytes.count {
            var byte = bytes[index]
            index += 1
            if byte == UInt8(ascii: "%") {
                guard index + 1 < bytes.count, let high = bytes[index].hexadecimalDigit,
                    let low = bytes[index + 1].hexadecimalDigit
                else { return false }
                byte = high << 4 | low
                index += 2
            } else if plusIsSpace && byte == UInt8(ascii: "+") {
                byte = .space
            }
            if byte == 0 { return false }
            decoded.append(byte)
        }
        return true
    }
}
