import Time

// Typed values of a row; a mismatch is nil, never a trap.
extension RouterRow {
    /// The API says `true` where the manual prints `yes`.
    package func flag(_ name: String) -> Bool? {
        switch self[name] {
        case "true", "yes": true
        case "false", "no": false
        default: nil
        }
    }

    package func number(_ name: String) -> Int? { self[name].flatMap { Int($0) } }

    /// A counter, which wraps at 32 bits on old routers.
    package func counter(_ name: String) -> UInt64? { self[name].flatMap { UInt64($0) } }

    /// A pair of counters, such as a queue's `bytes`.
    package func counters(_ name: String) -> RouterPair<UInt64>? {
        self[name].flatMap { RouterPair($0) { UInt64($0) } }
    }

    package func rates(_ name: String) -> RouterPair<UInt64>? {
        self[name].flatMap { RouterPair($0, RouterRate.parse) }
    }

    package func duration(_ name: String) -> Duration? { self[name].flatMap(RouterDuration.parse) }

    package func clock(_ name: String) -> RouterClock? { self[name].flatMap { RouterClock($0) } }
}

/// The router's local date and time: `2025-01-31 12:00:00` since 7.10, `jan/31/2025 12:00:00` before.
package struct RouterClock: Sendable, Equatable {
    package let day: Day
    package let time: TimeOfDay

    package init?(_ text: String) {
        let halves = text.utf8.split(separator: UInt8(ascii: " "))
        guard halves.count == 2, let day = Self.day(halves[0]), let time = Self.time(halves[1]) else { return nil }
        self.day = day
        self.time = time
    }

    private static let months = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]

    private static func day(_ text: Substring.UTF8View) -> Day? {
        let old = text.split(separator: UInt8(ascii: "/"))
        if old.count == 3 {
            let name = String(decoding: old[0], as: UTF8.self).lowercased()
            guard let month = months.firstIndex(of: name), let day = number(old[1]), let year = number(old[2]) else {
                return nil
            }
            return Day(year: year, month: month + 1, day: day)
        }
        let new = text.split(separator: UInt8(ascii: "-")).map(number)
        guard new.count == 3, let year = new[0], let month = new[1], let day = new[2] else { return nil }
        return Day(year: year, month: month, day: day)
    }

    private static func time(_ text: Substring.UTF8View) -> TimeOfDay? {
        let parts = text.split(separator: UInt8(ascii: ":")).map(number)
        guard parts.count == 3, let hour = parts[0], let minute = parts[1], let second = parts[2] else { return nil }
        return TimeOfDay(hour: hour, minute: minute, second: second)
    }

    /// At most four digits, so that no calendar arithmetic overflows.
    private static func number(_ digits: Substring.UTF8View) -> Int? {
        guard (1...4).contains(digits.count), digits.allSatisfy({ UInt8(ascii: "0")...UInt8(ascii: "9") ~= $0 }) else {
            return nil
        }
        return Int(String(decoding: digits, as: UTF8.self))
    }
}
