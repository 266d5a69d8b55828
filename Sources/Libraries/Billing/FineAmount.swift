import Locale

/// An amount with six decimals, as tax offices want it in invoice lines: of 500.00 with 16 % included the base is
/// 431.034483. Rounded to cents, the lines would not sum to the agreed price.
package struct FineAmount: Hashable, Sendable {
    /// Millionths of the currency's unit.
    package let millionths: Int64
    package let currency: Currency

    package init(millionths: Int64, _ currency: Currency) {
        (self.millionths, self.currency) = (millionths, currency)
    }

    package init(_ money: Money) throws(MoneyError) {
        guard money.isWithinBounds else { throw .tooLarge }
        self.init(millionths: money.minor * (1_000_000 / money.currency.minorPerUnit), money.currency)
    }

    package static func + (left: FineAmount, right: FineAmount) throws(MoneyError) -> FineAmount {
        guard left.currency == right.currency else { throw .mixed(left.currency, right.currency) }
        let (sum, overflow) = left.millionths.addingReportingOverflow(right.millionths)
        guard !overflow else { throw .tooLarge }
        return FineAmount(millionths: sum, left.currency)
    }

    package static func - (left: FineAmount, right: FineAmount) throws(MoneyError) -> FineAmount {
        guard left.currency == right.currency else { throw .mixed(left.currency, right.currency) }
        let (sum, overflow) = left.millionths.subtractingReportingOverflow(right.millionths)
        guard !overflow else { throw .tooLarge }
        return FineAmount(millionths: sum, left.currency)
    }

    func times(_ numerator: Int64, over denominator: Int64) throws(MoneyError) -> FineAmount {
        let exact = Int128(millionths) * Int128(numerator)
        let rounded = Rounding.halfAwayFromZero.divide(exact, by: Int128(denominator))
        guard let millionths = Int64(exactly: rounded) else { throw .tooLarge }
        return FineAmount(millionths: millionths, currency)
    }

    /// "431.034483": the canonical form on the wire.
    package var text: String {
        let digits = String(millionths.magnitude)
        let padded = String(repeating: "0", count: max(0, 7 - digits.count)) + digits
        return (millionths < 0 ? "-" : "") + padded.dropLast(6) + "." + padded.suffix(6)
    }
}
