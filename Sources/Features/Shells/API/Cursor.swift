import Crypto
import Tenancy

/// Where the next page of a list begins, as a word that programs hand back as it is. It carries a checksum of the
/// tenant and the filter: what was cut, mixed up or made for another list is refused instead of showing a wrong page.
/// The checksum is no secret. Who forges one asks for a page of their own list, which they may ask for anyway.
struct Cursor {
    let position: Int

    init(after position: Int) { self.position = position }

    /// Nil when it is not one of this list's.
    init?(_ text: String, in list: ListedPlace) {
        guard let bytes = Base64.url.decode(text.utf8), bytes.count == 8 + Self.checksumCount else { return nil }
        var bits: UInt64 = 0
        for byte in bytes[..<8] { bits = bits << 8 | UInt64(byte) }
        position = Int(truncatingIfNeeded: bits)
        // No list has negative positions, and a forged one must not overflow where a list counts backwards.
        guard position >= 0, bytes == self.bytes(in: list) else { return nil }
    }

    func text(in list: ListedPlace) -> String { Base64.url.encode(bytes(in: list)) }

    private static let checksumCount = 10
    /// Of the text: Base64 makes four characters of three bytes.
    static let length = (8 + checksumCount) / 3 * 4

    private func bytes(in list: ListedPlace) -> [UInt8] {
        let number = (0..<8).map { UInt8(truncatingIfNeeded: position >> (56 - 8 * $0)) }
        let sum = SHA256.digest(of: number + Array("\(list.tenant) \(list.address)".utf8))
        return number + sum[..<Self.checksumCount]
    }
}

/// The list that a cursor belongs to: whose, at which address, filtered how.
struct ListedPlace {
    let tenant: Tenant.ID
    let address: String
}

/// Which part of a list is asked for.
package struct Page: Sendable {
    package static let most = 200
    package static let standard = 50

    /// The position that the part follows; 0 before the first.
    package let after: Int
    /// One more than is shown: whether there is a next page is seen from it.
    package let limit: Int
}
