import Locale

/// Amounts of calls, in millionths of the currency: a minute costs fractions of a cent.
enum Micros {
    static let perUnit: Int64 = 1_000_000
    /// A thousand a minute.
    static let mostPrice: Int64 = 1000 * perUnit

    /// As many as a minor unit of the currency has.
    static func perMinor(of currency: Currency) -> Int64 { perUnit / currency.minorPerUnit }

    /// `0.012`, for files, programs and people alike.
    static func text(_ micros: Int64) -> String {
        let digits = String(micros.magnitude % UInt64(perUnit))
        var decimals = String(repeating: "0", count: 6 - digits.count) + digits
        while decimals.count > 2, decimals.hasSuffix("0") { decimals.removeLast() }
        return "\(micros < 0 ? "-" : "")\(micros.magnitude / UInt64(perUnit)).\(decimals)"
    }

    /// Up to six decimals after a point or a comma; nil for anything else and for more than a thousand.
    static func read(_ text: String) -> Int64? {
        let parts = text.split(separator: text.contains(",") ? "," : ".", omittingEmptySubsequences: false)
        guard (1...2).contains(parts.count), (1...4).contains(parts[0].utf8.count),
            parts.allSatisfy({ $0.utf8.allSatisfy { (0x30...0x39).contains($0) } }), let whole = Int64(parts[0])
        else { return nil }
        let decimals = parts.count == 2 ? String(parts[1]) : ""
        guard decimals.utf8.count <= 6,
            let part = Int64(decimals + String(repeating: "0", count: 6 - decimals.utf8.count))
        else { return nil }
        let micros = whole * perUnit + part
        return micros <= mostPrice ? micros : nil
    }
}
