/// A block of addresses in the notation `10.20.0.0/16`; an address alone is a block of one.
package struct AddressRange: Hashable, Sendable {
    private let first: UInt128
    private let prefix: Int
    private let width: Int

    package func contains(_ address: IPAddress) -> Bool {
        let (bits, width) = Self.bits(of: address)
        return width == self.width && (bits ^ first) >> UInt128(width - prefix) == 0
    }

    private static func bits(of address: IPAddress) -> (UInt128, width: Int) {
        switch address {
        case .v4(let bits): (UInt128(bits), 32)
        case .v6(let bits): (bits, 128)
        }
    }
}

extension AddressRange: LosslessStringConvertible {
    /// Refuses a block whose first address has bits beyond the prefix: it is not clear what was meant.
    package init?(_ text: String) {
        let parts = text.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
        guard let address = IPAddress(String(parts[0])) else { return nil }
        (first, width) = Self.bits(of: address)
        guard parts.count == 2 else {
            prefix = width
            return
        }
        guard let length = Int(parts[1]), 0...width ~= length, String(length) == parts[1] else { return nil }
        prefix = length
        guard (first >> UInt128(width - length)) << UInt128(width - length) == first else { return nil }
    }

    package var description: String {
        let address = width == 32 ? IPAddress.v4(UInt32(first)) : .v6(first)
        return "\(address)/\(prefix)"
    }
}
