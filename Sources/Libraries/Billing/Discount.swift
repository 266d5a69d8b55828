import Locale
import Time

/// A part of a price that is not charged.
package enum Discount: Sendable, Hashable {
    case percent(Percentage)
    case amount(Money)

    /// What it takes off, never more than there is.
    package func off(_ price: Money) throws(MoneyError) -> Money {
        guard price.isPositive else { return .zero(price.currency) }
        let off: Money
        switch self {
        case .percent(let rate): off = try price.times(rate, .halfAwayFromZero)
        case .amount(let amount): off = amount
        }
        if off.isNegative { return .zero(price.currency) }
        return try off < price ? off : price
    }
}

/// A lower price for the first periods: a promotion. Its first period is the one in which it begins, however few of its
/// days are left.
package struct Promotion: Sendable, Hashable {
    package let discount: Discount
    package let from: Day
    package let periods: Int

    package init(_ discount: Discount, from: Day, periods: Int) {
        (self.discount, self.from, self.periods) = (discount, from, periods)
    }

    package func holds(in period: Period, of cycle: BillingCycle) -> Bool {
        (0..<max(periods, 0)).contains(cycle.periods(from: from, to: period.from))
    }

    /// The whole period's price. It is lowered before it is divided by days, so that a week costs a week's part of it.
    package func price(_ price: Money, in period: Period, of cycle: BillingCycle) throws(MoneyError) -> Money {
        guard holds(in: period, of: cycle) else { return price }
        return try price - discount.off(price)
    }
}

/// For who pays soon: pronto pago.
package struct EarlyPayment: Sendable, Hashable {
    package let discount: Discount
    /// After the invoice's own day, on which it holds too.
    package let days: Int

    package init(_ discount: Discount, within days: Int) { (self.discount, self.days) = (discount, days) }

    package func lastDay(of invoice: Day) -> Day { invoice + min(max(days, 0), 366) }
}
