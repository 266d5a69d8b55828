/// The name of a value in a device: 1.3.6.1.2.1.1.3.0.
package struct ObjectID: Hashable, Sendable, Comparable {
    package let parts: [UInt32]

    package init(_ parts: [UInt32]) { self.parts = parts }

    /// No longer than SNMP allows.
    package static let longest = 128

    package static func < (left: ObjectID, right: ObjectID) -> Bool {
        left.parts.lexicographicallyPrecedes(right.parts)
    }

    package func isBelow(_ other: ObjectID) -> Bool {
        parts.count > other.parts.count && parts.starts(with: other.parts)
    }

    /// What follows the prefix.
    package func index(below other: ObjectID) -> ArraySlice<UInt32> { parts[other.parts.count...] }

    package func appending(_ more: UInt32...) -> ObjectID { ObjectID(parts + more) }
}

extension ObjectID: ExpressibleByArrayLiteral {
    package init(arrayLiteral parts: UInt32...) { self.init(parts) }
}

extension ObjectID: LosslessStringConvertible {
    package init?(_ text: String) {
        var parts: [UInt32] = []
        for word in text.split(separator: ".", omittingEmptySubsequences: false) {
            guard let part = UInt32(word), parts.count < Self.longest else { return nil }
            parts.append(part)
        }
        guard parts.count >= 2, parts[0] <= 2, parts[0] == 2 || parts[1] < 40 else { return nil }
        self.init(parts)
    }

    package var description: String { parts.map(String.init).joined(separator: ".") }
}
