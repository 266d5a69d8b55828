// 2026-11-20, the one way days are written between machines.
extension Day {
    package var iso: String {
        var bytes: [UInt8] = []
        appendISO(to: &bytes)
        return String(decoding: bytes, as: UTF8.self)
    }

    package func appendISO(to bytes: inout [UInt8]) {
        let (month, day) = monthAndDay
        // Years of more than four digits cannot be read back; they are written, with a sign, so that a log shows them.
        if month.year < 0 || month.year > 9999 {
            bytes.append(UInt8(ascii: month.year < 0 ? "-" : "+"))
            bytes.append(abs(month.year), digits: 6)
        } else {
            bytes.append(month.year, digits: 4)
        }
        bytes.append("-")
        bytes.append(month.number, digits: 2)
        bytes.append("-")
        bytes.append(day, digits: 2)
    }

    /// Nil unless the whole text is a day that exists, written with four, two and two digits.
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
        bytes.append(hour, digits: 2)
        bytes.append(":")
        bytes.append(minute, digits: 2)
        bytes.append(":")
        bytes.append(second, digits: 2)
    }
}
