import Synchronization

/// A source of random bits: the kernel in production, a seed in tests, so that a run can be repeated.
package final class Randomness: Sendable {
    package static let system = Randomness(state: nil)

    private let state: Mutex<UInt64?>

    /// Deterministic. For tests and simulations only: its numbers are predictable.
    package convenience init(seed: UInt64) { self.init(state: seed) }

    private init(state: UInt64?) { self.state = Mutex(state) }

    package func next() -> UInt64 {
        let seeded = state.withLock { state -> UInt64? in
            guard let last = state else { return nil }
            let seed = last &+ 0x9E37_79B9_7F4A_7C15
            state = seed
            return Self.mixed(seed)
        }
        if let seeded { return seeded }
        var kernel = SystemRandomNumberGenerator()
        return kernel.next()
    }

    package func bytes(_ count: Int) -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(count + 7)
        while bytes.count < count {
            withUnsafeBytes(of: next()) { bytes.append(contentsOf: $0) }
        }
        bytes.removeLast(bytes.count - count)
        return bytes
    }

    /// SplitMix64's finaliser.
    private static func mixed(_ seed: UInt64) -> UInt64 {
        var z = seed
        z = (z ^ z >> 30) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ z >> 27) &* 0x94D0_49BB_1331_11EB
        return z ^ z >> 31
    }
}
