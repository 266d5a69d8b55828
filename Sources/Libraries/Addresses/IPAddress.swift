import Glibc

/// An IPv4 or IPv6 address. An IPv4-mapped IPv6 address stays distinct, since a rule about one does not cover the
/// other; `unmapped` folds the two.
package enum IPAddress: Hashable, Sendable {
    case v4(UInt32)
    case v6(UInt128)

    package static let loopback = IPAddress.v4(0x7F00_0001)

    package var isV4: Bool { if case .v4 = self { true } else { false } }

    /// The IPv4 address behind an IPv4-mapped one (`::ffff:10.0.0.1`); any other as it is.
    package var unmapped: IPAddress {
        if case .v6(let bits) = self, bits >> 32 == 0xFFFF { .v4(UInt32(truncatingIfNeeded: bits)) } else { self }
    }

    /// Reads a `sockaddr` with its port; nil for other families, such as a Unix socket's.
    package static func read(_ address: UnsafeRawPointer) -> (address: IPAddress, port: UInt16)? {
        switch Int32(address.loadUnaligned(as: sockaddr.self).sa_family) {
        case AF_INET:
            let name = address.loadUnaligned(as: sockaddr_in.self)
            return (IPAddress(name.sin_addr), UInt16(bigEndian: name.sin_port))
        case AF_INET6:
            let name = address.loadUnaligned(as: sockaddr_in6.self)
            return (IPAddress(name.sin6_addr), UInt16(bigEndian: name.sin6_port))
        default: return nil
        }
    }

    private init(_ v4: in_addr) { self = .v4(UInt32(bigEndian: v4.s_addr)) }

    private init(_ v6: in6_addr) {
        self = .v6(withUnsafeBytes(of: v6) { UInt128(bigEndian: $0.loadUnaligned(as: UInt128.self)) })
    }
}

extension IPAddress: LosslessStringConvertible {
    /// Four plain decimal numbers, or the forms of RFC 4291; no zone, no octal, no hexadecimal.
    package init?(_ text: String) {
        var v4 = in_addr()
        var v6 = in6_addr()
        if text.utf8.contains(0) { return nil }
        if inet_pton(AF_INET, text, &v4) == 1 {
            self.init(v4)
        } else if inet_pton(AF_INET6, text, &v6) == 1 {
            self.init(v6)
        } else {
            return nil
        }
    }

    package var description: String {
        switch self {
        case .v4(let bits): Self.dotted(bits)
        case .v6(let bits): Self.colons(bits)
        }
    }

    /// Formatted by hand: each line of the access log has one, and the system's formatter goes through printf.
    private static func dotted(_ bits: UInt32) -> String {
        String(unsafeUninitializedCapacity: 15) { text in
            var count = 0
            func put(_ character: UInt8) {
                text[count] = character
                count += 1
            }
            for place in 0..<4 {
                let number = UInt8(truncatingIfNeeded: bits >> UInt32(24 - 8 * place))
                if count > 0 { put(UInt8(ascii: ".")) }
                if number >= 100 { put(UInt8(ascii: "0") + number / 100) }
                if number >= 10 { put(UInt8(ascii: "0") + number / 10 % 10) }
                put(UInt8(ascii: "0") + number % 10)
            }
            return count
        }
    }

    private static func colons(_ bits: UInt128) -> String {
        let capacity = Int(INET6_ADDRSTRLEN)
        return String(unsafeUninitializedCapacity: capacity) { text in
            text.withMemoryRebound(to: CChar.self) { text in
                var address = bits.bigEndian
                inet_ntop(AF_INET6, &address, text.baseAddress, socklen_t(capacity))
                return text.baseAddress.map { strnlen($0, capacity) } ?? 0
            }
        }
    }
}
