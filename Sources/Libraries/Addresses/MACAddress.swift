/// An Ethernet address: six bytes, written `02:AB:00:12:34:56`.
package struct MACAddress: Sendable, Hashable, CustomStringConvertible {
    package let description: String

    /// Also accepts `02-ab-00-12-34-56`.
    package init?(_ text: String) {
        let parts = text.utf8.split(omittingEmptySubsequences: false) {
            $0 == UInt8(ascii: ":") || $0 == UInt8(ascii: "-")
        }
        guard parts.count == 6, parts.allSatisfy({ $0.count == 2 && $0.allSatisfy(Self.isDigit) }) else { return nil }
        description = parts.map { String(decoding: $0, as: UTF8.self).uppercased() }.joined(separator: ":")
    }

    private static func isDigit(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "f"),
            UInt8(ascii: "A")...UInt8(ascii: "F"):
            true
        default: false
        }
    }
}
