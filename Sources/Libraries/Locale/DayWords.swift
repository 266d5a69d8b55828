import Time

package enum DayStyle: Sendable {
    /// 20/11/2026
    case short
    /// 20 de noviembre de 2026
    case long
    /// viernes, 20 de noviembre de 2026
    case full
}

extension Day {
    package func text(_ style: DayStyle = .long, for reader: Reader) -> String {
        let conventions = reader.conventions
        if style == .short, let text = shortText(conventions) { return text }
        return String { $0.append(self, style, conventions) }
    }

    /// Every row of a list has one, so it is built inside the fifteen bytes that a String stores inline.
    private func shortText(_ conventions: Conventions) -> String? {
        let (month, day) = monthAndDay
        guard (1000...9999).contains(month.year), conventions.dateSeparator.utf8CodeUnitCount == 1 else { return nil }
        let separator = conventions.dateSeparator.utf8Start[0]
        let (first, second) = conventions.numbersMonthFirst ? (month.number, day) : (day, month.number)
        return String(unsafeUninitializedCapacity: 10) { text in
            text.put(twoDigits: first, at: 0)
            text[2] = separator
            text.put(twoDigits: second, at: 3)
            text[5] = separator
            text.put(twoDigits: month.year / 100, at: 6)
            text.put(twoDigits: month.year % 100, at: 8)
            return 10
        }
    }

    /// "hoy", "ayer", "hace 3 días", relative to the given day.
    package func text(relativeTo today: Day, for reader: Reader) -> String {
        let distance = self - today
        let names: [StaticString?] =
            switch reader.language {
            case .es: ["anteayer", "ayer", "hoy", "mañana", "pasado mañana"]
            case .pt: ["anteontem", "ontem", "hoje", "amanhã", "depois de amanhã"]
            case .en: [nil, "yesterday", "today", "tomorrow", nil]
            }
        if abs(distance) <= 2, let name = names[distance + 2] { return name.description }
        return (distance < 0 ? DistanceWords.ago : .ahead).text(for: reader, .count(abs(distance)))
    }
}

enum DistanceWords: MessageCatalogue {
    case ago, ahead

    var message: Message {
        switch self {
        case .ago:
            Message(
                es: .count(one: "hace {count} día", many: "hace {count} de días", other: "hace {count} días"),
                en: .count(one: "{count} day ago", other: "{count} days ago"),
                pt: .count(one: "há {count} dia", many: "há {count} de dias", other: "há {count} dias"))
        case .ahead:
            Message(
                es: .count(
                    one: "dentro de {count} día", many: "dentro de {count} de días", other: "dentro de {count} días"),
                en: .count(one: "in {count} day", other: "in {count} days"),
                pt: .count(one: "em {count} dia", many: "em {count} de dias", other: "em {count} dias"))
        }
    }
}

extension Month {
    /// noviembre de 2026
    package func text(for reader: Reader) -> String {
        let conventions = reader.conventions
        return String { bytes in
            bytes.append(conventions.months[number - 1])
            bytes.append(conventions.monthComesFirst ? " " : " de ")
            bytes.append(shortest: year)
        }
    }
}

extension Weekday {
    package func text(for reader: Reader) -> String { reader.conventions.weekdays[rawValue - 1].description }
}

extension TimeOfDay {
    /// 3:04 p.m. or 15:04
    package func text(for reader: Reader) -> String {
        let conventions = reader.conventions
        return String { $0.append(self, conventions) }
    }
}

extension Instant {
    /// The local day and time in a zone.
    package func text(_ style: DayStyle = .long, in zone: TimeZone, for reader: Reader) -> String {
        let conventions = reader.conventions
        let local = zone.local(at: self)
        return String { bytes in
            bytes.append(local.day, style, conventions)
            switch style {
            case .short: bytes.append(", ")
            case .long: bytes.append(conventions.beforeTime)
            case .full: bytes.append(conventions.beforeTimeAfterWeekday)
            }
            bytes.append(local.time, conventions)
        }
    }
}

extension ClosedRange<Day> {
    /// 20–25 de noviembre de 2026; shared parts are written once.
    package func text(for reader: Reader) -> String {
        let conventions = reader.conventions
        let (first, last) = (lowerBound.monthAndDay, upperBound.monthAndDay)
        return String { bytes in
            if first == last {
                bytes.append(lowerBound, .long, conventions)
            } else if first.month == last.month {
                if conventions.monthComesFirst { bytes.append(name: first.month, conventions, "", " ") }
                bytes.append(shortest: first.day)
                bytes.append(conventions.rangeInMonth)
                bytes.append(shortest: last.day)
                if !conventions.monthComesFirst { bytes.append(name: first.month, conventions, " de ", "") }
                bytes.append(yearOf: last.month, conventions)
            } else {
                bytes.append(dayOf: first, conventions)
                if first.month.year != last.month.year { bytes.append(yearOf: first.month, conventions) }
                bytes.append("\u{2009}–\u{2009}")
                bytes.append(upperBound, .long, conventions)
            }
        }
    }
}

extension UnsafeMutableBufferPointer<UInt8> {
    fileprivate func put(twoDigits number: Int, at place: Int) {
        self[place] = UInt8(ascii: "0") + UInt8(truncatingIfNeeded: number / 10)
        self[place + 1] = UInt8(ascii: "0") + UInt8(truncatingIfNeeded: number % 10)
    }
}

extension [UInt8] {
    fileprivate mutating func append(_ day: Day, _ style: DayStyle, _ conventions: Conventions) {
        let date = day.monthAndDay
        if style == .short {
            let (first, second) =
                conventions.numbersMonthFirst ? (date.month.number, date.day) : (date.day, date.month.number)
            append(twoDigits: first)
            append(conventions.dateSeparator)
            append(twoDigits: second)
            append(conventions.dateSeparator)
            append(shortest: date.month.year)
            return
        }
        if style == .full {
            append(conventions.weekdays[day.weekday.rawValue - 1])
            append(", ")
        }
        append(dayOf: date, conventions)
        append(yearOf: date.month, conventions)
    }

    /// 20 de noviembre
    fileprivate mutating func append(dayOf date: (month: Month, day: Int), _ conventions: Conventions) {
        if conventions.monthComesFirst { append(name: date.month, conventions, "", " ") }
        append(shortest: date.day)
        if !conventions.monthComesFirst { append(name: date.month, conventions, " de ", "") }
    }

    fileprivate mutating func append(
        name month: Month, _ conventions: Conventions, _ before: StaticString, _ after: StaticString
    ) {
        append(before)
        append(conventions.months[month.number - 1])
        append(after)
    }

    fileprivate mutating func append(yearOf month: Month, _ conventions: Conventions) {
        append(conventions.monthComesFirst ? ", " : " de ")
        append(shortest: month.year)
    }

    fileprivate mutating func append(_ time: TimeOfDay, _ conventions: Conventions) {
        if conventions.halfDays != nil {
            append(shortest: (time.hour + 11) % 12 + 1)
        } else if conventions.padsHour {
            append(twoDigits: time.hour)
        } else {
            append(shortest: time.hour)
        }
        append(":")
        append(twoDigits: time.minute)
        if let halfDays = conventions.halfDays {
            append(" ")
            append(time.hour < 12 ? halfDays.morning : halfDays.afternoon)
        }
    }

    fileprivate mutating func append(shortest number: Int) { append(contentsOf: String(number).utf8) }
}
