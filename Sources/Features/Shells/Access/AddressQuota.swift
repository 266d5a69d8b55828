import Addresses
import Crypto
import Synchronization
import Time

/// Limits guesses from one network, across all companies: a flood is stopped before it costs a password hash or a row.
/// Counted in one process's memory.
package final class AddressQuota: Sendable {
    private let buckets: Mutex<Buckets>

    package init(aMinute tries: Int = 60) {
        buckets = Mutex(Buckets(sets: 2048, quota: Quota(aMinute: tries)))
    }

    /// Takes one attempt; false when the network has none left.
    package func take(_ address: String, at now: Instant) -> Bool {
        let digest = SHA256.digest(of: Self.network(of: address).utf8)
        let key = digest.prefix(8).reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
        return buckets.withLock { $0.take(key, at: now)?.isEmpty != true }
    }

    /// The network assigned to one customer: an IPv4 address, or an IPv6 /64.
    package static func network(of address: String) -> String {
        guard case .v6(let bits)? = IPAddress(address)?.unmapped else { return address }
        return "\(IPAddress.v6((bits >> 64) << 64))/64"
    }
}

extension Buckets {
    fileprivate mutating func take(_ key: UInt64, at now: Instant) -> Level? {
        take(key, atNanoseconds: now.microseconds * 1000)
    }
}
