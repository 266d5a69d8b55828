/// A recurring schedule in a zone's local time: "30 8 * * mon-fri".
package struct Schedule: Equatable, Sendable {
    let minutes: UInt64
    let hours: UInt64
    let daysOfMonth: UInt64
    let months: UInt64
    let weekdays: UInt64
    let eitherDay: Bool

    /// The next occurrence; nil if there is none, as for 30 February.
    ///
    /// A time skipped by daylight saving runs at the first moment after the gap; of a time that occurs twice, the first
    /// counts. Only a schedule for every hour ("*/5 * * * *") follows elapsed time instead, and keeps its interval
    /// through the repeated hour.
    package func next(after instant: Instant, in zone: TimeZone) -> Instant? {
        let earliest = instant.seconds + 1
        let horizon = earliest + Schedule.farthest
        var period = zone.period(at: earliest)
        while true {
            let opening = period.from == .min ? .min : period.from + period.offset
            // What the clock would show at this period's start without the change of offset.
            let closing = period.from == .min ? .min : period.from + zone.period(at: period.from - 1).offset
            let isMadeUpFor = !isHourly && period.from >= earliest && opening > closing
            if isMadeUpFor, firstMatch(from: closing, until: opening) != nil { return Instant(seconds: period.from) }
            let start = max(earliest + period.offset, isHourly ? opening : max(opening, closing))
            if let match = firstMatch(from: start, until: min(period.until, horizon) + period.offset) {
                return Instant(seconds: match - period.offset)
            }
            guard period.until < horizon else { return nil }
            period = zone.period(at: period.until)
        }
    }

    private var isHourly: Bool { hours == 0xFF_FFFF }

    /// 29 February recurs within eight years, even around a century without a leap year.
    private static let farthest: Int64 = (8 * 366 + 1) * secondsADay

    /// The first matching minute, in seconds of wall-clock time.
    private func firstMatch(from start: Int64, until end: Int64) -> Int64? {
        var (day, time) = wallClock(at: start + 59)
        var minute = time.seconds / 60
        while wallSeconds(day, .midnight) < end {
            if matches(day), let match = firstMinute(from: minute) {
                let seconds = wallSeconds(day, .midnight) + Int64(match) * 60
                return seconds < end ? seconds : nil
            }
            day = day + 1
            minute = 0
        }
        return nil
    }

    private func matches(_ day: Day) -> Bool {
        let (month, dayOfMonth) = day.monthAndDay
        guard months >> UInt64(month.number) & 1 == 1 else { return false }
        let matchesDay = daysOfMonth >> UInt64(dayOfMonth) & 1 == 1
        let matchesWeekday = weekdays >> UInt64(day.weekday.rawValue % 7) & 1 == 1
        return eitherDay ? matchesDay || matchesWeekday : matchesDay && matchesWeekday
    }

    private func firstMinute(from start: Int) -> Int? {
        var hour = start / 60
        var minute = start % 60
        while hour < 24 {
            let rest = minutes >> UInt64(minute)
            if hours >> UInt64(hour) & 1 == 1, rest != 0 { return hour * 60 + minute + rest.trailingZeroBitCount }
            hour += 1
            minute = 0
        }
        return nil
    }
}
