/// Cron's five fields: a number, a range, a list, a step over a range or over `*`; months and weekdays also by their
/// three-letter English names.
extension Schedule {
    package init(_ text: String) throws(ScheduleError) {
        let fields = text.utf8.split { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\t") }
        guard fields.count == 5 else { throw .fieldCount(fields.count) }
        minutes = try Field.minute.set(in: fields[0])
        hours = try Field.hour.set(in: fields[1])
        daysOfMonth = try Field.dayOfMonth.set(in: fields[2])
        months = try Field.month.set(in: fields[3])
        // Both 0 and 7 are Sunday.
        let weekdays = try Field.weekday.set(in: fields[4])
        self.weekdays = weekdays & 0x80 != 0 ? weekdays & 0x7F | 1 : weekdays
        // As in cron: when day of month and weekday are both restricted, either may match.
        eitherDay = fields[2].first != UInt8(ascii: "*") && fields[4].first != UInt8(ascii: "*")
    }

    /// Sets are bit masks: bit 5 of the minutes is minute 5.
    private enum Field: String {
        case minute, hour, month, weekday
        case dayOfMonth = "day of month"

        var range: ClosedRange<Int> {
            switch self {
            case .minute: 0...59
            case .hour: 0...23
            case .dayOfMonth: 1...31
            case .month: 1...12
            case .weekday: 0...7
            }
        }

        var names: [StaticString] {
            switch self {
            case .month: ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
            case .weekday: ["sun", "mon", "tue", "wed", "thu", "fri", "sat"]
            default: []
            }
        }

        func set(in text: Substring.UTF8View) throws(ScheduleError) -> UInt64 {
            var set: UInt64 = 0
            for part in text.split(separator: UInt8(ascii: ","), omittingEmptySubsequences: false) {
                let lower = part.map { $0 >= UInt8(ascii: "A") && $0 <= UInt8(ascii: "Z") ? $0 | 0x20 : $0 }
                guard let values = TextCursor.readAll(of: lower, part(_:)) else {
                    throw .unreadable(field: rawValue, part: String(decoding: part, as: UTF8.self))
                }
                for value in values { set |= 1 << UInt64(value) }
            }
            return set
        }

        private func part(_ cursor: inout TextCursor) -> StrideThrough<Int>? {
            var first = range.lowerBound
            // Sunday is day 0; as 7 too, a step over `*` would count it twice.
            var last = self == .weekday ? 6 : range.upperBound
            if !cursor.take("*") {
                guard let value = value(&cursor) else { return nil }
                first = value
                last = value
                guard cursor.take("-") else { return stride(from: first, through: last, by: 1) }
                guard let end = self.value(&cursor) else { return nil }
                last = self == .weekday && end == 0 ? 7 : end
                guard first <= last else { return nil }
            }
            guard cursor.take("/") else { return stride(from: first, through: last, by: 1) }
            guard let step = cursor.shortNumber(), step > 0 else { return nil }
            return stride(from: first, through: last, by: step)
        }

        private func value(_ cursor: inout TextCursor) -> Int? {
            if let name = cursor.take(oneOf: names) { return name + range.lowerBound }
            guard let number = cursor.shortNumber(), range.contains(number) else { return nil }
            return number
        }
    }
}

package enum ScheduleError: Error, Equatable, CustomStringConvertible {
    case fieldCount(Int)
    case unreadable(field: String, part: String)

    package var description: String {
        switch self {
        case .fieldCount(let count):
            "a schedule has five fields (minute, hour, day of month, month, weekday), not \(count)"
        case .unreadable(let field, let part): "'\(part)' is no \(field) of a schedule"
        }
    }
}
