/// A calendar date without time or zone, such as a due date. Proleptic Gregorian.
package struct Day: Hashable, Sendable, Strideable {
    /// Days from 1 January 1970.
    package let number: Int32

    package init(number: Int32) { self.number = number }

    /// Nil for a date that does not exist, such as 30 February.
    package init?(year: Int, month: Int, day: Int) {
        guard let month = Month(year: year, month: month), day >= 1, day <= month.days else { return nil }
        self = month.first.advanced(by: day - 1)
    }

    package var month: Month { monthAndDay.month }
    package var year: Int { month.year }
    package var dayOfMonth: Int { monthAndDay.day }

    /// Computes month and day together.
    package var monthAndDay: (month: Month, day: Int) {
        // Years counted from 1 March make the leap day the last of its year, out of the sums' way.
        let days = Int(number) + daysBefore1970
        let era = floorDivide(days, by: daysAnEra)
        let dayOfEra = days - era * daysAnEra
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let monthFromMarch = (5 * dayOfYear + 2) / 153
        let month = Month(index: Int32((era * 400 + yearOfEra) * 12 + monthFromMarch + 2))
        return (month, dayOfYear - (153 * monthFromMarch + 2) / 5 + 1)
    }

    package var weekday: Weekday {
        // 1 January 1970 was a Thursday.
        let days = Int(number) + 3
        return Weekday(rawValue: days - floorDivide(days, by: 7) * 7 + 1)!
    }

    package func advanced(by days: Int) -> Day { Day(number: number + Int32(days)) }
    package func distance(to other: Day) -> Int { Int(other.number) - Int(number) }

    package static func + (day: Day, days: Int) -> Day { day.advanced(by: days) }
    package static func - (day: Day, days: Int) -> Day { day.advanced(by: -days) }
    package static func - (left: Day, right: Day) -> Int { right.distance(to: left) }

    /// The same day of another month. The anchor is the day first agreed on, not the current one: 31 January goes to 28
    /// February and on to 31 March, because each date is derived from the anchor and its month alone.
    package func adding(months: Int, anchor: Int) -> Day { (month + months).day(anchor: anchor) }
}

/// ISO 8601 weekdays: the week begins on Monday.
package enum Weekday: Int, Sendable, CaseIterable {
    case monday = 1
    case tuesday, wednesday, thursday, friday, saturday, sunday
}

let daysBefore1970 = 719_468
let daysAnEra = 146_097
