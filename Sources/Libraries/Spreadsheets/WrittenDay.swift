import Time

/// The order of day and month in a written date. A leading four-digit year needs no order.
package enum DayOrder: String, Sendable, CaseIterable {
    case dayFirst = "day_first"
    case monthFirst = "month_first"
    case yearFirst = "year_first"
}

/// A date as banks and people write it: `22/11/2025`, `22-NOV-25`, `Nov 22, 2025`, `20251122`, with or without a time.
package struct WrittenDay: Equatable {
    private struct Part: Equatable {
        var value = 0
        /// Zero for a month's name.
        var digits = 0
    }

    private var parts: (Part, Part, Part) = (Part(), Part(), Part())

    /// Nil when not in a date's form; whether the date exists depends on the order.
    package init?(_ text: String) {
        var text = text
        let isDay = text.withUTF8 { bytes in
            bytes.count <= 60 && read(bytes)
        }
        guard isDay else { return nil }
    }

    package static func == (left: WrittenDay, right: WrittenDay) -> Bool { left.parts == right.parts }

    private mutating func read(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
        var (place, count) = (0, 0)
        while count < 3 {
            while place < bytes.count, bytes[place].separatesDay { place += 1 }
            guard place < bytes.count else { return false }
            let start = place
            var part = Part()
            if bytes[place].isDigit {
                while place < bytes.count, bytes[place].isDigit, place - start < 14 {
                    part.value = part.value * 10 + Int(bytes[place] - UInt8(ascii: "0"))
                    place += 1
                }
                part.digits = place - start
                if count == 0, part.digits == 8 || part.digits == 14 {
                    if part.digits == 14 { part.value /= 1_000_000 }
                    parts.0 = Part(value: part.value, digits: 8)
                    return Self.isHour(bytes[place...])
                }
                guard part.digits <= 4 else { return false }
            } else {
                while place < bytes.count, bytes[place].isLetter { place += 1 }
                let word = String(decoding: bytes[start..<place], as: UTF8.self).lowercased()
                if word == "de" || word == "del" || word == "of" { continue }
                guard let month = Self.month(word) else { return false }
                part.value = month
            }
            switch count {
            case 0: parts.0 = part
            case 1: parts.1 = part
            default: parts.2 = part
            }
            count += 1
        }
        return Self.isHour(bytes[place...])
    }

    package func day(_ order: DayOrder) -> Day? {
        let (first, second, third) = parts
        if first.digits == 8 {
            let (high, low) = (first.value / 10_000, first.value % 10_000)
            if (1900..<2200).contains(high) { return Day(year: high, month: low / 100, day: low % 100) }
            let (one, two) = (high / 100, high % 100)
            return order == .monthFirst
                ? Day(year: low, month: one, day: two) : Day(year: low, month: two, day: one)
        }
        if first.digits == 4 { return Self.day(first, second, third) }
        // A month's name gives its own place away.
        if second.digits == 0 { return Self.day(third, second, first) }
        if first.digits == 0 { return Self.day(third, first, second) }
        switch order {
        case .dayFirst: return Self.day(third, second, first)
        case .monthFirst: return Self.day(third, first, second)
        case .yearFirst: return Self.day(first, second, third)
        }
    }

    private static func day(_ year: Part, _ month: Part, _ day: Part) -> Day? {
        guard year.digits == 2 || year.digits == 4, month.digits <= 2, (1...2).contains(day.digits) else { return nil }
        let year = year.digits == 4 ? year.value : year.value + (year.value < 80 ? 2000 : 1900)
        guard (1950...2100).contains(year) else { return nil }
        return Day(year: year, month: month.value, day: day.value)
    }

    private static let months: [[String]] = [
        ["enero", "janeiro", "january"], ["febrero", "fevereiro", "february"], ["marzo", "março", "march"],
        ["abril", "april"], ["mayo", "maio", "may"], ["junio", "junho", "june"], ["julio", "julho", "july"],
        ["agosto", "august"], ["septiembre", "setiembre", "setembro", "september"], ["octubre", "outubro", "october"],
        ["noviembre", "novembro", "november"], ["diciembre", "dezembro", "december"],
    ]

    private static func month(_ word: String) -> Int? {
        guard word.utf8.count >= 3 else { return nil }
        if word == "sept" { return 9 }
        return months.firstIndex { names in names.contains { $0.hasPrefix(word) } }.map { $0 + 1 }
    }

    /// Whether the rest is a time of day with its zone, or empty.
    private static func isHour(_ rest: Slice<UnsafeBufferPointer<UInt8>>) -> Bool {
        guard let first = rest.first else { return true }
        // A fourth number after a point means an IP address, not a time.
        let isApart = " ,TtZz+".utf8.contains(first) || first == 0xC2 || rest.contains(UInt8(ascii: ":"))
        return isApart
            && rest.allSatisfy { byte in
                byte.isDigit || byte.separatesDay || byte == UInt8(ascii: ":") || byte == UInt8(ascii: "+")
                    || "apmtzhrs".utf8.contains(byte | 0x20)
            }
    }
}

// The day order is decided for a whole column, never for a single row.
extension DayOrder {
    package struct Finding: Equatable {
        package var order: DayOrder
        /// Whether only this order fits the column. Otherwise it was preferred or assumed.
        package var isCertain: Bool
        /// How many of the texts are dates in this order.
        package var days: Int
    }

    /// Nil where none is a date. If several orders fit as many texts, the one that makes the column monotonic wins,
    /// else the assumed one.
    package static func found(in texts: [String], assuming assumed: DayOrder) -> Finding? {
        let written = texts.compactMap(WrittenDay.init)
        let columns = allCases.map { order in (order: order, days: written.compactMap { $0.day(order) }) }
        let most = columns.map(\.days.count).max() ?? 0
        guard most > 0 else { return nil }
        let best = columns.filter { $0.days.count == most }
        let isCertain = best.allSatisfy { $0.days == best[0].days }
        let straight = best.filter { isStraight($0.days) }
        let preferred = straight.isEmpty ? best : straight
        let order = preferred.first { $0.order == assumed }?.order ?? preferred[0].order
        return Finding(order: order, isCertain: isCertain, days: most)
    }

    private static func isStraight(_ days: [Day]) -> Bool {
        let pairs = zip(days, days.dropFirst())
        return pairs.allSatisfy { $0 <= $1 } || pairs.allSatisfy { $0 >= $1 }
    }
}

extension UInt8 {
    var isDigit: Bool { self >= UInt8(ascii: "0") && self <= UInt8(ascii: "9") }
    var isLetter: Bool { self | 0x20 >= UInt8(ascii: "a") && self | 0x20 <= UInt8(ascii: "z") || self >= 0x80 }
    /// Including bytes of the non-breaking space that wallets put before a time.
    fileprivate var separatesDay: Bool {
        switch self {
        case UInt8(ascii: " "), UInt8(ascii: "/"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: ","), 0xC2, 0xA0:
            true
        default: false
        }
    }
}
