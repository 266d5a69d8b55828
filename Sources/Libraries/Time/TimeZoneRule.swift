/// A zone's yearly changes after the last recorded one: the POSIX TZ footer of a tzdata file, "EST5EDT,M3.2.0,M11.1.0"
/// or, without daylight saving, "<-03>3".
struct TimeZoneRule: Equatable {
    /// The day and wall time of a yearly change.
    struct Turn: Equatable {
        enum Date: Equatable {
            /// 1 to 365; 29 February is not counted.
            case dayWithoutLeap(Int)
            /// 0 to 365.
            case dayOfYear(Int)
            /// Week 5 is the last one; weekdays begin with Sunday, 0.
            case weekday(Int, week: Int, month: Int)
        }

        let date: Date
        /// May be negative or exceed a day.
        let seconds: Int64
    }

    struct Summer: Equatable {
        let clock: TimeZoneHistory.Clock
        let begins: Turn
        let ends: Turn
    }

    let standard: TimeZoneHistory.Clock
    let summer: Summer?

    func clock(at moment: Int64) -> (TimeZoneHistory.Clock, from: Int64, until: Int64) {
        guard let summer else { return (standard, .min, .max) }
        var last: (clock: TimeZoneHistory.Clock, at: Int64) = (standard, .min)
        let year = wallClock(at: moment).day.year
        // Every twelve months contain a change, so three years contain one on either side.
        for change in (year - 1...year + 1).flatMap({ changes(of: summer, in: $0) }).sorted(by: { $0.at < $1.at }) {
            guard change.at <= moment else { return (last.clock, last.at, change.at) }
            last = change
        }
        return (last.clock, last.at, .max)
    }

    private func changes(of summer: Summer, in year: Int) -> [(clock: TimeZoneHistory.Clock, at: Int64)] {
        [
            (standard, summer.ends.wallSeconds(in: year) - summer.clock.offset),
            (summer.clock, summer.begins.wallSeconds(in: year) - standard.offset),
        ]
    }
}

extension TimeZoneRule.Turn {
    func wallSeconds(in year: Int) -> Int64 { Int64(day(in: year).number) * secondsADay + seconds }

    private func day(in year: Int) -> Day {
        let january = Month(year: year, month: 1)!
        switch date {
        case .dayOfYear(let number): return january.first + number
        case .dayWithoutLeap(let number):
            let isAfterLeapDay = number >= 60 && (january + 1).days == 29
            return january.first + (isAfterLeapDay ? number : number - 1)
        case .weekday(let weekday, let week, let month):
            let month = january + (month - 1)
            let daysToFirst = (weekday + 7 - month.first.weekday.rawValue % 7) % 7
            let day = month.first + (daysToFirst + (week - 1) * 7)
            return day > month.last ? day - 7 : day
        }
    }
}

extension TimeZoneRule {
    init?(posix text: some Collection<UInt8>) {
        guard let rule = TextCursor.readAll(of: text, { $0.zoneRule() }) else { return nil }
        self = rule
    }
}

extension TextCursor {
    fileprivate mutating func zoneRule() -> TimeZoneRule? {
        // POSIX offsets count west of Greenwich, ours east.
        guard let name = abbreviation(), let west = signedClock() else { return nil }
        let standard = TimeZoneHistory.Clock(offset: -west, abbreviation: name)
        if isAtEnd { return TimeZoneRule(standard: standard, summer: nil) }

        guard let summerName = abbreviation() else { return nil }
        var offset = standard.offset + 3600
        if next != UInt8(ascii: ",") {
            guard let west = signedClock() else { return nil }
            offset = -west
        }
        guard take(","), let begins = turn(), take(","), let ends = turn() else { return nil }
        let clock = TimeZoneHistory.Clock(offset: offset, abbreviation: summerName)
        return TimeZoneRule(standard: standard, summer: TimeZoneRule.Summer(clock: clock, begins: begins, ends: ends))
    }

    private mutating func abbreviation() -> String? {
        if take("<") {
            let name = text { $0 != UInt8(ascii: ">") }
            return take(">") ? name : nil
        }
        let name = text { $0 | 0x20 >= UInt8(ascii: "a") && $0 | 0x20 <= UInt8(ascii: "z") }
        return name.isEmpty ? nil : name
    }

    /// [+-]h[h[h]][:mm[:ss]], in seconds.
    private mutating func signedClock() -> Int64? {
        let isNegative = take("-")
        if !isNegative { _ = take("+") }
        guard let hours = shortNumber(), hours <= 167 else { return nil }
        var seconds = hours * 3600
        for unit in [60, 1] where take(":") {
            guard let number = number(digits: 2), number < 60 else { return nil }
            seconds += number * unit
        }
        return Int64(isNegative ? -seconds : seconds)
    }

    private mutating func turn() -> TimeZoneRule.Turn? {
        guard let date = turnDate() else { return nil }
        guard take("/") else { return TimeZoneRule.Turn(date: date, seconds: 2 * 3600) }
        return signedClock().map { TimeZoneRule.Turn(date: date, seconds: $0) }
    }

    private mutating func turnDate() -> TimeZoneRule.Turn.Date? {
        if take("M") {
            guard let month = shortNumber(), (1...12).contains(month), take("."), let week = shortNumber(),
                (1...5).contains(week), take("."), let weekday = shortNumber(), weekday <= 6
            else { return nil }
            return .weekday(weekday, week: week, month: month)
        }
        let skipsLeapDay = take("J")
        guard let number = shortNumber(), number <= 365, number >= (skipsLeapDay ? 1 : 0) else { return nil }
        return skipsLeapDay ? .dayWithoutLeap(number) : .dayOfYear(number)
    }
}
