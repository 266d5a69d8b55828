// 2026-11-20, the format between machines.
extension Day {
    package var iso: String {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(16)
        appendISO(to: &bytes)
        return String(decoding: bytes, as: UTF8.self)
    }

    package func appendISO(to bytes: inout [UInt8]) {
        let (month, day) = monthAndDay
        let year = month.year
        // Years beyond four digits cannot be parsed again; they are written, with a sign, so that a log shows them.
        if year < 0 || year > 9999 {
            bytes.append(year < 0 ? "-" : "+")
            bytes.append(twoDigits: abs(year) / 10_000)
            bytes.append(fourDigits: abs(year) % 10_000)
        } else {
            bytes.append(fourDigits: year)
        }
        bytes.append("-")
        bytes.append(twoDigits: month.number)
        bytes.append("-")
        bytes.append(twoDigits: day)
    }

    /// Nil unless the whole text is an existing date of four, two and two digits.
    package init?(iso text: some Collection<UInt8>) {
        guard let day = TextCursor.readAll(of: text, { $0.isoDay() }) else { return nil }
        self = day
    }

    package init?(iso text: String) { self.init(iso: text.utf8) }
}

extension TextCursor {
    mutating func isoDay() -> Day? {
        guard let year = number(digits: 4), take("-"), let month = number(digits: 2), take("-"),
            let day = number(digits: 2)
        else { return nil }
        return Day(year: year, month: month, day: day)
    }

    /// 08:49:37. A leap second is refused: neither PostgreSQL nor the kernel's clock can keep one.
    mutating func clock() -> TimeOfDay? {
        guard let hour = number(digits: 2), take(":"), let minute = number(digits: 2), take(":"),
            let second = number(digits: 2)
        else { return nil }
        return TimeOfDay(hour: hour, minute: minute, second: second)
    }
}

extension TimeOfDay {
    func appendClock(to bytes: inout [UInt8]) {
        bytes.append(twoDigits: hour)
        bytes.append(":")
        bytes.append(twoDigits: minute)
        bytes.append(":")
        bytes.append(twoDigits: second)
    }
}
