import Locale
import Time

/// A value in force from a day on, until superseded.
package struct Dated<Value: Sendable & Equatable>: Sendable, Equatable {
    package let from: Day
    package let value: Value

    package init(_ from: Day, _ value: Value) { (self.from, self.value) = (from, value) }
}

/// The days of a period during which one value was in force.
package struct Stretch<Value: Sendable & Equatable>: Sendable, Equatable {
    package let period: Period
    package let value: Value

    package init(_ period: Period, _ value: Value) { (self.period, self.value) = (period, value) }
}

extension Period {
    /// The values in force on each day, in order. Of several agreed on one day the last wins; days before the first are
    /// in no stretch.
    package func stretches<Value>(of history: [Dated<Value>]) -> [Stretch<Value>] {
        let ordered = history.enumerated()
            .sorted { ($0.element.from, $0.offset) < ($1.element.from, $1.offset) }.map(\.element)
        var stretches: [Stretch<Value>] = []
        for (index, agreed) in ordered.enumerated() {
            let next = index + 1 < ordered.count ? ordered[index + 1].from : nil
            let end = next.map { min($0 - 1, to) } ?? to
            guard let days = Period(from: max(agreed.from, from), to: end) else { continue }
            if let last = stretches.last, last.value == agreed.value, last.period.to + 1 == days.from,
                let joined = Period(from: last.period.from, to: days.to)
            {
                stretches[stretches.count - 1] = Stretch(joined, agreed.value)
            } else {
                stretches.append(Stretch(days, agreed.value))
            }
        }
        return stretches
    }
}

/// A service's price for a period, and the share of it that is charged (half while cut, none while frozen).
package struct Rate: Sendable, Equatable {
    package let price: Money
    package let share: Percentage

    package init(_ price: Money, share: Percentage = Percentage(100)) { (self.price, self.share) = (price, share) }
}

extension Period {
    /// Prorates each stretch by its days. The charges sum to the exact sum rounded once, so a period without missing
    /// days costs its whole price however it is divided; the rounding remainder goes, one smallest amount each, to the
    /// charges that lost most. Whole pesos are divided into whole pesos.
    package func charges(_ stretches: [Stretch<Rate>], in currency: Currency) throws(MoneyError) -> [Money] {
        for stretch in stretches {
            guard stretch.value.price.currency == currency else {
                throw .mixed(currency, stretch.value.price.currency)
            }
            guard overlap(stretch.period) == stretch.period, stretch.value.price.isWithinBounds,
                0...whole ~= stretch.value.share.millionths
            else { throw .tooLarge }
        }
        let isWhole = stretches.allSatisfy { $0.value.price.minor % currency.smallestShown == 0 }
        let step = isWhole ? currency.smallestShown : 1
        let divisor = Int128(days) * Int128(whole) * Int128(step)
        let exact = stretches.map {
            Int128($0.value.price.minor) * Int128($0.period.days) * Int128($0.value.share.millionths)
        }
        return try apportioned(exact, over: divisor).map { part throws(MoneyError) in
            try Money(minor: part, currency) * step
        }
    }
}

/// Whole parts of `exact / divisor` that sum to the rounded sum (largest-remainder method, the first among equals).
func apportioned(_ exact: [Int128], over divisor: Int128) throws(MoneyError) -> [Int64] {
    let sum = Rounding.halfAwayFromZero.divide(exact.reduce(0, +), by: divisor)
    var parts: [Int128] = []
    var losses: [Int128] = []
    for value in exact {
        let (quotient, remainder) = value.quotientAndRemainder(dividingBy: divisor)
        // Floored, so that the remainder is only ever added.
        parts.append(remainder < 0 ? quotient - 1 : quotient)
        losses.append(remainder < 0 ? remainder + divisor : remainder)
    }
    let left = Int(sum - parts.reduce(0, +))
    let byLoss = losses.indices.sorted { (losses[$1], $0) < (losses[$0], $1) }
    for index in byLoss.prefix(max(left, 0)) { parts[index] += 1 }
    return try parts.map { part throws(MoneyError) in
        guard let part = Int64(exactly: part) else { throw .tooLarge }
        return part
    }
}

/// 100 %, in millionths.
let whole: Int64 = 1_000_000

extension Money {
    /// Whether sums of such amounts cannot overflow.
    package var isWithinBounds: Bool { minor.magnitude <= Money.most.magnitude }
}
