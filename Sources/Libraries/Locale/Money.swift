/// An amount in minor units of one currency. Mixed currencies and overflows throw: a trap would stop the server for
/// every tenant, and a wrong sum would be worse.
package struct Money: Hashable, Sendable {
    package let minor: Int64
    package let currency: Currency

    package init(minor: Int64, _ currency: Currency) {
        self.minor = minor
        self.currency = currency
    }

    /// The largest amount that may be entered, in minor units: nine million of them can still be summed.
    package static let most: Int64 = 1_000_000_000_000

    package static func zero(_ currency: Currency) -> Money { Money(minor: 0, currency) }

    package var isZero: Bool { minor == 0 }
    package var isPositive: Bool { minor > 0 }
    package var isNegative: Bool { minor < 0 }
    /// The absolute value. The one amount without a positive counterpart is clamped to the largest.
    package var magnitude: Money { Money(minor: Int64(clamping: minor.magnitude), currency) }

    package static func + (left: Money, right: Money) throws(MoneyError) -> Money {
        try left.checkSameCurrency(as: right)
        return try left.with(left.minor.addingReportingOverflow(right.minor))
    }

    package static func - (left: Money, right: Money) throws(MoneyError) -> Money {
        try left.checkSameCurrency(as: right)
        return try left.with(left.minor.subtractingReportingOverflow(right.minor))
    }

    package static prefix func - (money: Money) throws(MoneyError) -> Money { try .zero(money.currency) - money }

    package static func * (money: Money, times: Int64) throws(MoneyError) -> Money {
        try money.with(money.minor.multipliedReportingOverflow(by: times))
    }

    package static func < (left: Money, right: Money) throws(MoneyError) -> Bool {
        try left.checkSameCurrency(as: right)
        return left.minor < right.minor
    }

    package static func > (left: Money, right: Money) throws(MoneyError) -> Bool { try right < left }
    package static func <= (left: Money, right: Money) throws(MoneyError) -> Bool { try !(right < left) }
    package static func >= (left: Money, right: Money) throws(MoneyError) -> Bool { try !(left < right) }

    /// Sums any number of amounts; the currency is needed for the sum of none.
    package static func sum(of amounts: some Sequence<Money>, in currency: Currency) throws(MoneyError) -> Money {
        var sum = Money.zero(currency)
        for amount in amounts { sum = try sum + amount }
        return sum
    }

    private func checkSameCurrency(as other: Money) throws(MoneyError) {
        guard currency == other.currency else { throw .mixed(currency, other.currency) }
    }

    private func with(_ result: (partialValue: Int64, overflow: Bool)) throws(MoneyError) -> Money {
        guard !result.overflow else { throw .tooLarge }
        return Money(minor: result.partialValue, currency)
    }
}

// Proportions of an amount.
extension Money {
    /// A fraction of the amount, such as ten days of thirty-one, rounded once at the end.
    package func times(_ numerator: Int64, over denominator: Int64, _ rounding: Rounding) throws(MoneyError) -> Money {
        guard denominator != 0 else { throw .noParts }
        let exact = Int128(minor) * Int128(numerator)
        guard let minor = Int64(exactly: rounding.divide(exact, by: Int128(denominator))) else { throw .tooLarge }
        return Money(minor: minor, currency)
    }

    package func times(_ rate: Percentage, _ rounding: Rounding) throws(MoneyError) -> Money {
        try times(rate.millionths, over: 1_000_000, rounding)
    }

    /// Rounded to what can be shown: whole pesos in Colombia, unchanged elsewhere.
    package func rounded(_ rounding: Rounding) throws(MoneyError) -> Money {
        try times(1, over: currency.smallestShown, rounding) * currency.smallestShown
    }

    /// Equal parts that sum to the whole and differ by the smallest amount at most, the larger ones first.
    package func split(into parts: Int) throws(MoneyError) -> [Money] {
        guard parts > 0 else { throw .noParts }
        return try split(by: Array(repeating: 1, count: parts))
    }

    /// Parts proportional to the weights, summing to the whole. The rounding remainder goes, one smallest amount each,
    /// to the parts that lost most, and among equals to the first. An amount without hidden cents is split into parts
    /// without any, so that the displayed parts sum to the displayed whole.
    package func split(by weights: [Int64]) throws(MoneyError) -> [Money] {
        let total = weights.reduce(Int128(0)) { $0 + Int128($1) }
        guard total > 0, weights.allSatisfy({ $0 >= 0 }) else { throw .noParts }
        let step = minor % currency.smallestShown == 0 ? currency.smallestShown : 1
        let steps = Int128(minor / step)

        let shares = weights.map { (steps * Int128($0)).quotientAndRemainder(dividingBy: total) }
        var parts = shares.map { Int64($0.quotient) }
        let left = steps - shares.reduce(Int128(0)) { $0 + $1.quotient }
        let byLoss = shares.indices.sorted { shares[$0].remainder.magnitude > shares[$1].remainder.magnitude }
        for index in byLoss.prefix(Int(left.magnitude)) { parts[index] += left < 0 ? -1 : 1 }
        return parts.map { Money(minor: $0 * step, currency) }
    }
}

package enum MoneyError: Error, Equatable, CustomStringConvertible {
    case mixed(Currency, Currency)
    case tooLarge
    /// Division by zero: no parts, or weights that sum to zero.
    case noParts

    package var description: String {
        switch self {
        case .mixed(let left, let right): "\(left.code) and \(right.code) cannot be summed or compared"
        case .tooLarge: "the amount is larger than the books can hold"
        case .noParts: "an amount cannot be divided into no parts"
        }
    }
}
