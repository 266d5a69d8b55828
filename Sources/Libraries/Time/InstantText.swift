// RFC 3339 for data (2026-11-20T15:04:05.250Z) and RFC 9110's fixed date for HTTP headers.
extension Instant {
    package var rfc3339: String {
        var bytes: [UInt8] = []
        appendRFC3339(to: &bytes)
        return String(decoding: bytes, as: UTF8.self)
    }

    /// In UTC with milliseconds, truncated.
    package func appendRFC3339(to bytes: inout [UInt8]) {
        let (day, time) = utc
        day.appendISO(to: &bytes)
        bytes.append("T")
        time.appendClock(to: &bytes)
        bytes.append(".")
        bytes.append(threeDigits: Int(milliseconds - seconds * 1000))
        bytes.append("Z")
    }

    /// Accepts any offset and any number of decimals, truncated to microseconds. Nil otherwise: T and Z must be
    /// capitals, the offset needs its colon, and the date must exist.
    package init?(rfc3339 text: some Collection<UInt8>) {
        guard let instant = TextCursor.readAll(of: text, { $0.rfc3339() }) else { return nil }
        self = instant
    }

    package init?(rfc3339 text: String) { self.init(rfc3339: text.utf8) }

    /// Sun, 06 Nov 1994 08:49:37 GMT
    package var httpDate: String {
        var bytes: [UInt8] = []
        appendHTTPDate(to: &bytes)
        return String(decoding: bytes, as: UTF8.self)
    }

    package func appendHTTPDate(to bytes: inout [UInt8]) {
        let (day, time) = utc
        let (month, dayOfMonth) = day.monthAndDay
        bytes.append(name: weekdayNames[day.weekday.rawValue - 1])
        bytes.append(name: ", ")
        bytes.append(twoDigits: dayOfMonth)
        bytes.append(" ")
        bytes.append(name: monthNames[month.number - 1])
        bytes.append(" ")
        bytes.append(fourDigits: month.year)
        bytes.append(" ")
        time.appendClock(to: &bytes)
        bytes.append(name: " GMT")
    }

    /// Nil also for the two obsolete formats: an unreadable condition is ignored, which costs a full response.
    package init?(httpDate text: some Collection<UInt8>) {
        guard let instant = TextCursor.readAll(of: text, { $0.httpDate() }) else { return nil }
        self = instant
    }

    package init?(httpDate text: String) { self.init(httpDate: text.utf8) }

    var utc: (day: Day, time: TimeOfDay) { wallClock(at: seconds) }

    /// From a date and time in UTC.
    init(day: Day, time: TimeOfDay, microsecond: Int = 0) {
        microseconds = wallSeconds(day, time) * 1_000_000 + Int64(microsecond)
    }
}

extension TextCursor {
    fileprivate mutating func rfc3339() -> Instant? {
        guard let day = isoDay(), take("T"), let time = clock(), let microsecond = decimals(), let offset = utcOffset()
        else { return nil }
        return Instant(day: day, time: time, microsecond: microsecond) - .seconds(offset)
    }

    /// An optional fraction in microseconds.
    private mutating func decimals() -> Int? {
        guard take(".") else { return 0 }
        guard var value = takeDigit() else { return nil }
        var digits = 1
        while let digit = takeDigit() {
            if digits < 6 { value = value * 10 + digit }
            digits += 1
        }
        for _ in min(digits, 6)..<6 { value *= 10 }
        return value
    }

    private mutating func utcOffset() -> Int? {
        if take("Z") { return 0 }
        let isBehind = take("-")
        guard isBehind || take("+"), let hour = number(digits: 2), take(":"), let minute = number(digits: 2),
            let offset = TimeOfDay(hour: hour, minute: minute)
        else { return nil }
        return isBehind ? -offset.seconds : offset.seconds
    }

    fileprivate mutating func httpDate() -> Instant? {
        guard let weekday = take(oneOf: weekdayNames), take(", "), let dayOfMonth = number(digits: 2), take(" "),
            let month = take(oneOf: monthNames), take(" "), let year = number(digits: 4), take(" "),
            let time = clock(), take(" GMT"),
            let day = Day(year: year, month: month + 1, day: dayOfMonth), day.weekday.rawValue == weekday + 1
        else { return nil }
        return Instant(day: day, time: time)
    }
}

/// Seconds of wall-clock time: in UTC, or in a zone once its offset is added.
func wallSeconds(_ day: Day, _ time: TimeOfDay) -> Int64 { Int64(day.number) * secondsADay + Int64(time.seconds) }

func wallClock(at seconds: Int64) -> (day: Day, time: TimeOfDay) {
    let days = floorDivide(seconds, by: secondsADay)
    return (Day(number: Int32(days)), TimeOfDay(seconds: Int(seconds - days * secondsADay)))
}

private let weekdayNames: [StaticString] = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]
private let monthNames: [StaticString] = [
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
]
