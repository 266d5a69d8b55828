/// A calendar month: a billing period, or a report's.
package struct Month: Hashable, Sendable, Strideable {
    /// Months from January of the year 0.
    let index: Int32

    init(index: Int32) { self.index = index }

    /// Nil for an invalid month, or a year whose days would overflow.
    package init?(year: Int, month: Int) {
        guard abs(year) < 1_000_000, month >= 1, month <= 12 else { return nil }
        index = Int32(year * 12 + month - 1)
    }

    package var year: Int { floorDivide(Int(index), by: 12) }
    /// 1 to 12.
    package var number: Int { Int(index) - year * 12 + 1 }

    package var first: Day {
        let fromMarch = Int(index) - 2
        let year = floorDivide(fromMarch, by: 12)
        let leapDays = floorDivide(year, by: 4) - floorDivide(year, by: 100) + floorDivide(year, by: 400)
        let days = 365 * year + leapDays + (153 * (fromMarch - year * 12) + 2) / 5
        return Day(number: Int32(days - daysBefore1970))
    }

    package var last: Day { (self + 1).first - 1 }
    /// The number of days in the month.
    package var days: Int { (self + 1).first - first }

    /// The day of the month for an anchor (1 to 31): the last day in a shorter month.
    package func day(anchor: Int) -> Day {
        precondition((1...31).contains(anchor), "a monthly anchor is a day from 1 to 31")
        return first + (min(anchor, days) - 1)
    }

    package func advanced(by months: Int) -> Month { Month(index: index + Int32(months)) }
    package func distance(to other: Month) -> Int { Int(other.index) - Int(index) }

    package static func + (month: Month, months: Int) -> Month { month.advanced(by: months) }
    package static func - (month: Month, months: Int) -> Month { month.advanced(by: -months) }
    package static func - (left: Month, right: Month) -> Int { right.distance(to: left) }
}
