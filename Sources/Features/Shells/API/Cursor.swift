import Crypto
import Tenancy

/// A list's pagination cursor, opaque to programs. Its checksum covers the tenant and the filter: a truncated cursor,
/// or one of another list, is refused instead of showing a wrong page. The checksum is no secret: a forged cursor only
/// reads a page that the caller may read anyway.
struct Cursor {
    let position: Int

    init(after position: Int) { self.position = position }

    /// Nil for a cursor of another list.
    init?(_ text: String, in list: ListedPlace) {
        guard let bytes = Base64.url.decode(text.utf8), bytes.count == 8 + Self.checksumCount else { return nil }
        var bits: UInt64 = 0
        for byte in bytes[..<8] { bits = bits << 8 | UInt64(byte) }
        position = Int(truncatingIfNeeded: bits)
        // No position is negative, and a forged one must not overflow where a list counts backwards.
        guard position >= 0, bytes == self.bytes(in: list) else { return nil }
    }

    func text(in list: ListedPlace) -> String { Base64.url.encode(bytes(in: list)) }

    private static let checksumCount = 10
    /// Characters of the text: Base64 encodes three bytes in four.
    static let length = (8 + checksumCount) / 3 * 4

    private func bytes(in list: ListedPlace) -> [UInt8] {
        let number = (0..<8).map { UInt8(truncatingIfNeeded: position >> (56 - 8 * $0)) }
        let sum = SHA256.digest(of: number + Array("\(list.tenant) \(list.address)".utf8))
        return number + sum[..<Self.checksumCount]
    }
}

/// The list a cursor belongs to: tenant, path and filter.
struct ListedPlace {
    let tenant: Tenant.ID
    let address: String
}

/// The requested page of a list.
package struct Page: Sendable {
    package static let most = 200
    package static let standard = 50

    /// The position before the page; 0 for the first.
    package let after: Int
    /// One more than is shown, to detect a next page.
    package let limit: Int
}
