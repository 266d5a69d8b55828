import CCurl
import CSystem
import Glibc

/// An address of the network layer, version 4 or 6.
package enum IPAddress: Hashable, Sendable {
    case v4(UInt32)
    case v6(UInt128)

    /// From what the system calls a socket address, with its port.
    static func read(_ address: UnsafeRawPointer) -> (address: IPAddress, port: UInt16)? {
        switch Int32(address.loadUnaligned(as: sockaddr.self).sa_family) {
        case AF_INET:
            let address = address.loadUnaligned(as: sockaddr_in.self)
            return (.v4(UInt32(bigEndian: address.sin_addr.s_addr)), UInt16(bigEndian: address.sin_port))
        case AF_INET6:
            let address = address.loadUnaligned(as: sockaddr_in6.self)
            let bits = withUnsafeBytes(of: address.sin6_addr) { UInt128(bigEndian: $0.loadUnaligned(as: UInt128.self)) }
            return (.v6(bits), UInt16(bigEndian: address.sin6_port))
        default: return nil
        }
    }
}

extension IPAddress: LosslessStringConvertible {
    /// Four plain decimal numbers, or the forms of RFC 4291; no zone, no octal, no hexadecimal.
    package init?(_ text: String) {
        var v4 = in_addr()
        var v6 = in6_addr()
        if text.utf8.contains(0) { return nil }
        if inet_pton(AF_INET, text, &v4) == 1 {
            self = .v4(UInt32(bigEndian: v4.s_addr))
        } else if inet_pton(AF_INET6, text, &v6) == 1 {
            self = .v6(withUnsafeBytes(of: v6) { UInt128(bigEndian: $0.loadUnaligned(as: UInt128.self)) })
        } else {
            return nil
        }
    }

    package var description: String {
        let capacity = Int(INET6_ADDRSTRLEN)
        return String(unsafeUninitializedCapacity: capacity) { text in
            text.withMemoryRebound(to: CChar.self) { text in
                switch self {
                case .v4(let bits):
                    var address = in_addr(s_addr: bits.bigEndian)
                    inet_ntop(AF_INET, &address, text.baseAddress, socklen_t(capacity))
                case .v6(let bits):
                    var address = bits.bigEndian
                    inet_ntop(AF_INET6, &address, text.baseAddress, socklen_t(capacity))
                }
                return strnlen(text.baseAddress!, capacity)
            }
        }
    }
}
