import Locale

/// A reconnection or late-payment fee.
package struct Fee: Sendable, Hashable {
    package enum Rule: Sendable, Hashable {
        case none
        case fixed(Money)
        case percent(Percentage)
    }

    package let rule: Rule
    package let isFirstFree: Bool

    package init(_ rule: Rule, isFirstFree: Bool = false) { (self.rule, self.isFirstFree) = (rule, isFirstFree) }

    package static let none = Fee(.none)

    /// `before` counts earlier occurrences, charged or not. Percentages are rounded to what can be shown: whole pesos
    /// in Colombia.
    package func amount(on debt: Money, before: Int) throws(MoneyError) -> Money {
        let isFree = isFirstFree && before <= 0
        switch rule {
        case .none: return .zero(debt.currency)
        case .fixed(let amount):
            guard amount.currency == debt.currency else { throw .mixed(debt.currency, amount.currency) }
            return isFree ? .zero(debt.currency) : amount
        case .percent(let rate):
            guard !isFree, debt.isPositive else { return .zero(debt.currency) }
            return try debt.times(rate, .halfAwayFromZero).rounded(.halfAwayFromZero)
        }
    }
}
