import CSystem
import Glibc

/// An IPv6 address, or an IPv4 one in its mapped form, so that both are compared and counted alike.
package struct IPAddress: Hashable, Sendable {
    let high: UInt64
    let low: UInt64

    init(high: UInt64, low: UInt64) {
        self.high = high
        self.low = low
    }

    init(v4 address: UInt32) { self.init(high: 0, low: 0xFFFF_0000_0000 | UInt64(address)) }

    package static let loopback = IPAddress(v4: 0x7F00_0001)

    package var isV4: Bool { high == 0 && low >> 32 == 0xFFFF }
}

extension IPAddress: LosslessStringConvertible {
    package init?(_ text: String) {
        var v4 = in_addr()
        if inet_pton(AF_INET, text, &v4) == 1 {
            self.init(v4: UInt32(bigEndian: v4.s_addr))
            return
        }
        var v6 = in6_addr()
        guard inet_pton(AF_INET6, text, &v6) == 1 else { return nil }
        self.init(v6)
    }

    init(_ v6: in6_addr) {
        let words = withUnsafeBytes(of: v6) { bytes in
            (
                bytes.loadUnaligned(fromByteOffset: 0, as: UInt64.self),
                bytes.loadUnaligned(fromByteOffset: 8, as: UInt64.self)
            )
        }
        self.init(high: UInt64(bigEndian: words.0), low: UInt64(bigEndian: words.1))
    }

    package var description: String {
        withUnsafeTemporaryAllocation(of: CChar.self, capacity: Int(INET6_ADDRSTRLEN)) { text in
            if isV4 {
                var address = UInt32(truncatingIfNeeded: low).bigEndian
                inet_ntop(AF_INET, &address, text.baseAddress, socklen_t(text.count))
            } else {
                var words = (high.bigEndian, low.bigEndian)
                inet_ntop(AF_INET6, &words, text.baseAddress, socklen_t(text.count))
            }
            return text.baseAddress.map { String(cString: $0) } ?? ""
        }
    }
}

/// A block of addresses, `10.0.0.0/8` or a single one.
package struct AddressRange: Hashable, Sendable, LosslessStringConvertible {
    private let base: IPAddress
    private let prefix: Int

    package init?(_ text: String) {
        let parts = text.split(separator: "/", omittingEmptySubsequences: false)
        guard (1...2).contains(parts.count), let base = IPAddress(String(parts[0])) else { return nil }
        let width = base.isV4 ? 32 : 128
        var prefix = width
        if parts.count == 2 {
            guard let given = Int(parts[1]), (0...width).contains(given) else { return nil }
            prefix = given
        }
        self.base = base
        self.prefix = prefix + 128 - width
    }

    package func contains(_ address: IPAddress) -> Bool {
        let high = min(prefix, 64)
        let low = prefix - high
        return (base.high ^ address.high) & Self.mask(high) == 0 && (base.low ^ address.low) & Self.mask(low) == 0
    }

    private static func mask(_ bits: Int) -> UInt64 { bits == 0 ? 0 : ~0 << UInt64(64 - bits) }

    package var description: String { "\(base)/\(base.isV4 ? prefix - 96 : prefix)" }
}
