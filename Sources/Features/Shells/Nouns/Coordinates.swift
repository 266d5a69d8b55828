/// A geographic position, accurate to about 10 cm.
package struct Coordinates: Sendable, Hashable {
    /// In millionths of a degree; negative in the south and west.
    package let latitude: Int
    package let longitude: Int

    package init?(latitude: Int, longitude: Int) {
        guard -90_000_000...90_000_000 ~= latitude, -180_000_000...180_000_000 ~= longitude else { return nil }
        (self.latitude, self.longitude) = (latitude, longitude)
    }

    /// `19.432608, -99.133209`, as copied from a map; decimals beyond six are dropped.
    package init?(_ text: String) {
        let parts = text.split { $0 == "," || $0 == " " || $0 == ";" }
        guard parts.count == 2, let latitude = Self.millionths(parts[0]), let longitude = Self.millionths(parts[1])
        else { return nil }
        self.init(latitude: latitude, longitude: longitude)
    }

    private static func millionths(_ text: Substring) -> Int? {
        let digits = text.hasPrefix("-") ? text.dropFirst() : text
        let parts = digits.split(separator: ".", omittingEmptySubsequences: false)
        guard (1...2).contains(parts.count), (1...3).contains(parts[0].utf8.count), digits.utf8.count <= 20,
            parts.allSatisfy({ $0.utf8.allSatisfy { (0x30...0x39).contains($0) } }), let whole = Int(parts[0])
        else { return nil }
        let decimals = parts.count == 2 ? parts[1].prefix(6) : ""
        let part = Int(decimals + String(repeating: "0", count: 6 - decimals.utf8.count)) ?? 0
        let magnitude = whole * 1_000_000 + part
        return text.hasPrefix("-") ? -magnitude : magnitude
    }

    package var text: String { "\(Self.text(latitude)), \(Self.text(longitude))" }

    private static func text(_ millionths: Int) -> String {
        let digits = String(millionths.magnitude)
        let padded = String(repeating: "0", count: max(0, 7 - digits.count)) + digits
        return "\(millionths < 0 ? "-" : "")\(padded.dropLast(6)).\(padded.suffix(6))"
    }
}
