import Addresses
import Glibc

/// A host with an optional port, as a Host field or an absolute target names it.
struct Authority: Equatable {
    /// In lower case, without the port; an IPv6 address keeps its brackets.
    let host: String
    let port: UInt16?

    /// Nil for anything but a plain host: user information, blanks, commas, paths, escapes.
    init?(_ bytes: UnsafeRawBufferPointer) {
        guard let hostEnd = Self.hostEnd(bytes), hostEnd > 0, hostEnd <= 255 else { return nil }
        if hostEnd == bytes.count {
            port = nil
        } else {
            guard bytes[hostEnd] == UInt8(ascii: ":"),
                let number = Self.port(UnsafeRawBufferPointer(rebasing: bytes[(hostEnd + 1)...]))
            else { return nil }
            port = number
        }
        host = String(unsafeUninitializedCapacity: hostEnd) { text in
            for index in 0..<hostEnd { text[index] = bytes[index].lowercased }
            return hostEnd
        }
    }

    private static func hostEnd(_ bytes: UnsafeRawBufferPointer) -> Int? {
        if bytes.first == UInt8(ascii: "[") {
            guard let close = bytes.firstIndex(of: UInt8(ascii: "]"), from: 1),
                IPAddress(String(decoding: bytes[1..<close], as: UTF8.self))?.isV4 == false
            else { return nil }
            return close + 1
        }
        var end = 0
        var previous = UInt8(ascii: ".")
        while end < bytes.count, bytes[end] != UInt8(ascii: ":") {
            let byte = bytes[end]
            if byte == UInt8(ascii: ".") {
                if previous == UInt8(ascii: ".") { return nil }
            } else if !(byte.isLetter || byte.isDigit || byte == UInt8(ascii: "-") || byte == UInt8(ascii: "_")) {
                return nil
            }
            previous = byte
            end += 1
        }
        return end
    }

    private static func port(_ digits: UnsafeRawBufferPointer) -> UInt16? {
        guard (1...5).contains(digits.count) else { return nil }
        var number: UInt32 = 0
        for byte in digits {
            guard byte.isDigit else { return nil }
            number = number * 10 + UInt32(byte - 48)
        }
        return number == 0 ? nil : UInt16(exactly: number)
    }
}
