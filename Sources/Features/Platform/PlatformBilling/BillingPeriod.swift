import Tenancy
import Time

/// A stretch of days that a company pays for at once, in advance. Periods follow one another without a gap; they begin
/// on the same day of the month, or on the last one where a month is too short.
package struct BillingPeriod: Sendable, Hashable {
    package let from: Day
    package let to: Day
    /// The day of the month on which it all began, which a short month does not make forget.
    package let anchor: Int

    package init(from: Day, to: Day, anchor: Int) {
        (self.from, self.to, self.anchor) = (from, to, anchor)
    }

    package init(from: Day, anchor: Int? = nil, every cycle: PlatformPlan.Cycle) {
        let anchor = anchor ?? from.dayOfMonth
        self.init(from: from, to: from.adding(months: cycle.months, anchor: anchor) - 1, anchor: anchor)
    }

    package func next(every cycle: PlatformPlan.Cycle) -> BillingPeriod {
        BillingPeriod(from: to + 1, anchor: anchor, every: cycle)
    }

    /// The first that is not billed yet. Who came back before what was paid for is over goes on from there.
    package static func unbilled(
        from billedFrom: Day, after last: BillingPeriod?, every cycle: PlatformPlan.Cycle
    ) -> BillingPeriod {
        if let last, last.to >= billedFrom { return last.next(every: cycle) }
        return BillingPeriod(from: billedFrom, every: cycle)
    }

    /// Those that have begun and are not billed yet, the oldest first.
    package static func due(
        from billedFrom: Day, after last: BillingPeriod?, every cycle: PlatformPlan.Cycle, on today: Day
    ) -> [BillingPeriod] {
        var due: [BillingPeriod] = []
        var period = unbilled(from: billedFrom, after: last, every: cycle)
        while period.from <= today {
            due.append(period)
            period = period.next(every: cycle)
        }
        return due
    }
}

extension PlatformPlan.Cycle {
    fileprivate var months: Int { self == .monthly ? 1 : 12 }
}
