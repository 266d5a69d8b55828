import Addresses

/// An IPv4 block, also when written with a host address: `10.20.0.1/14`.
struct Subnet: Sendable, Equatable {
    private let first: UInt32
    private let last: UInt32

    /// Parses an address, a block, or a pool's range: `10.20.0.2-10.20.0.9`.
    init?(_ text: some StringProtocol) {
        let ends = text.split(separator: "-", maxSplits: 1)
        if ends.count == 2 {
            guard let first = Self.bits(ends[0]), let last = Self.bits(ends[1]), first <= last else { return nil }
            (self.first, self.last) = (first, last)
            return
        }
        let parts = text.split(separator: "/", maxSplits: 1)
        guard let head = parts.first, let bits = Self.bits(head) else { return nil }
        guard parts.count == 2 else {
            (first, last) = (bits, bits)
            return
        }
        guard let length = Int(parts[1]), (0...32).contains(length) else { return nil }
        let mask = length == 0 ? 0 : UInt32.max << UInt32(32 - length)
        (first, last) = (bits & mask, bits | ~mask)
    }

    var count: Int { Int(last) - Int(first) + 1 }

    func contains(_ address: some StringProtocol) -> Bool {
        guard let bits = Self.bits(address) else { return false }
        return first <= bits && bits <= last
    }

    func contains(_ other: Subnet) -> Bool { first <= other.first && other.last <= last }

    static func isAddress(_ text: some StringProtocol) -> Bool { bits(text) != nil }

    private static func bits(_ text: some StringProtocol) -> UInt32? {
        if case .v4(let bits)? = IPAddress(String(text)) { bits } else { nil }
    }
}
