import Locale
import Time

/// A reduction of a price.
package enum Discount: Sendable, Hashable {
    case percent(Percentage)
    case amount(Money)

    /// The amount taken off, never more than the price.
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

/// A lower price for the first periods. The first one is the period in which it begins, however few of its days are
/// left.
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

    /// The whole period's discounted price. The discount comes before proration, so a week gets a week's share of it.
    package func price(_ price: Money, in period: Period, of cycle: BillingCycle) throws(MoneyError) -> Money {
        guard holds(in: period, of: cycle) else { return price }
        return try price - discount.off(price)
    }
}

/// An early-payment discount: pronto pago.
package struct EarlyPayment: Sendable, Hashable {
    package let discount: Discount
    /// Days after the invoice's date; the date itself counts too.
    package let days: Int

    package init(_ discount: Discount, within days: Int) { (self.discount, self.days) = (discount, days) }

    package func lastDay(of invoice: Day) -> Day { invoice + min(max(days, 0), 366) }
}
