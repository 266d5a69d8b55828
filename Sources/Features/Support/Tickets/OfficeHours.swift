import Time

/// A company's working hours, by which the time of a ticket counts.
package struct OfficeHours: Sendable, Equatable {
    package let opens: TimeOfDay
    package let closes: TimeOfDay
    package let onSaturday: Bool
    package let onSunday: Bool

    /// Nil where it would close before it opens.
    package init?(opens: TimeOfDay, closes: TimeOfDay, onSaturday: Bool, onSunday: Bool) {
        guard opens < closes else { return nil }
        (self.opens, self.closes) = (opens, closes)
        (self.onSaturday, self.onSunday) = (onSaturday, onSunday)
    }

    /// More working days than any span takes.
    private static let mostDays = 20_000

    private func isOpen(on day: Day) -> Bool {
        switch day.weekday {
        case .saturday: onSaturday
        case .sunday: onSunday
        default: true
        }
    }

    private func hours(of day: Day, in zone: TimeZone) -> (from: Instant, to: Instant) {
        (zone.instant(of: day, at: opens), zone.instant(of: day, at: closes))
    }

    /// The moment after so many seconds of working time.
    package func moment(_ seconds: Int, after start: Instant, in zone: TimeZone) -> Instant {
        var left = Int64(max(0, seconds))
        guard left > 0 else { return start }
        let first = zone.day(at: start)
        for offset in 0..<Self.mostDays where isOpen(on: first + offset) {
            let (opening, closing) = hours(of: first + offset, in: zone)
            let from = max(start, opening)
            guard from < closing else { continue }
            let span = closing.seconds - from.seconds
            if left <= span { return from + .seconds(left) }
            left -= span
        }
        return start
    }

    /// The working time from one moment to a later one, in seconds.
    package func seconds(from start: Instant, to end: Instant, in zone: TimeZone) -> Int {
        guard start < end else { return 0 }
        var sum: Int64 = 0
        let first = zone.day(at: start)
        let days = min(max(0, zone.day(at: end) - first), Self.mostDays)
        for offset in 0...days where isOpen(on: first + offset) {
            let (opening, closing) = hours(of: first + offset, in: zone)
            sum += max(0, min(end, closing).seconds - max(start, opening).seconds)
        }
        return Int(min(sum, Int64(Int32.max)))
    }
}

extension TimeOfDay {
    /// "08:00"; nil for anything else.
    package init?(written text: String) {
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        guard parts.count == 2, parts.allSatisfy({ $0.utf8.count == 2 && $0.utf8.allSatisfy { 48...57 ~= $0 } }),
            let hour = Int(parts[0]), let minute = Int(parts[1])
        else { return nil }
        self.init(hour: hour, minute: minute)
    }
}
