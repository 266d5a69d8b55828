import Tenancy
import Time

/// A period that a company pays in advance. Periods are consecutive, and begin on the same day of the month, or on the
/// last one of a shorter month.
package struct BillingPeriod: Sendable, Hashable {
    package let from: Day
    package let to: Day
    /// The day of the month of the first period, kept across short months.
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

    /// The first unbilled period. A company that resumes before the end of its last billed period continues from there.
    package static func unbilled(
        from billedFrom: Day, after last: BillingPeriod?, every cycle: PlatformPlan.Cycle
    ) -> BillingPeriod {
        if let last, last.to >= billedFrom { return last.next(every: cycle) }
        return BillingPeriod(from: billedFrom, every: cycle)
    }

    /// Unbilled periods that have begun, oldest first.
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
