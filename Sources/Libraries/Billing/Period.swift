import Time

/// A billing period, first and last day included.
package struct Period: Hashable, Sendable {
    package let from: Day
    package let to: Day

    /// Nil where it would end before it begins.
    package init?(from: Day, to: Day) {
        guard from <= to else { return nil }
        self.init(checked: from, to)
    }

    fileprivate init(checked from: Day, _ to: Day) { (self.from, self.to) = (from, to) }

    package var days: Int { to - from + 1 }

    package func contains(_ day: Day) -> Bool { from <= day && day <= to }

    /// The intersection of both periods.
    package func overlap(_ other: Period) -> Period? { Period(from: max(from, other.from), to: min(to, other.to)) }
}

/// The day of the month on which periods begin. 29, 30 and 31 fall on the last day of shorter months, without moving
/// later ones.
package struct AnchorDay: Hashable, Sendable {
    package let day: Int

    package init?(_ day: Int) {
        guard (1...31).contains(day) else { return nil }
        self.day = day
    }

    package static let first = AnchorDay(1)!
}

/// How a service's days are divided into consecutive periods.
package enum BillingCycle: Hashable, Sendable {
    case monthly(AnchorDay)
    /// A fixed length of 1 to 366 days, counted from a first day: prepaid days, or day by day.
    case days(Int, from: Day)

    package static let calendarMonth = BillingCycle.monthly(.first)

    package func period(containing day: Day) -> Period {
        switch self {
        case .monthly(let anchor):
            let begins = day.month.day(anchor: anchor.day)
            let month = begins <= day ? day.month : day.month - 1
            return Period(checked: month.day(anchor: anchor.day), (month + 1).day(anchor: anchor.day) - 1)
        case .days(let days, let origin):
            let length = min(max(days, 1), 366)
            let from = origin + index(of: day - origin, length) * length
            return Period(checked: from, from + (length - 1))
        }
    }

    package func period(after period: Period) -> Period { self.period(containing: period.to + 1) }

    /// The distance in periods from `start` to `day`: 0 in the same one, negative before.
    package func periods(from start: Day, to day: Day) -> Int {
        let (first, last) = (period(containing: start).from, period(containing: day).from)
        switch self {
        case .monthly: return last.month - first.month
        case .days(let days, _): return (last - first) / min(max(days, 1), 366)
        }
    }

    /// Rounded down, also before the origin.
    private func index(of days: Int, _ length: Int) -> Int {
        days >= 0 ? days / length : -((-days + length - 1) / length)
    }
}
