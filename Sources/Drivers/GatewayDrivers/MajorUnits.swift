import JSON
import Locale

// Amounts as Mercado Pago writes them: pesos with a decimal point, so that no cent goes through a Double.
extension JSONValue {
    static func inMajorUnits(_ money: Money) -> JSONValue {
        let (unit, minor) = (money.currency.minorPerUnit, money.minor)
        guard unit == 100 else { return .integer(minor) }
        return .decimal("\(minor / 100).\(minor % 100 < 10 ? "0" : "")\(minor % 100)")
    }

    /// Nil where it is no amount, or finer than the currency has it.
    func minorUnits(of currency: String) -> Int64? {
        let digits = Currency(rawValue: currency)?.minorDigits ?? 2
        let text: String
        switch self {
        case .integer(let number): text = "\(number)"
        case .decimal(let number): text = number
        default: return nil
        }
        let parts = text.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
        var decimals = parts.count > 1 ? parts[1] : ""
        while decimals.last == "0" { decimals.removeLast() }
        guard decimals.utf8.count <= digits, (1...13).contains(parts[0].utf8.count),
            (parts[0] + decimals).utf8.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) })
        else { return nil }
        return Int64(parts[0] + decimals + String(repeating: "0", count: digits - decimals.utf8.count))
    }
}
