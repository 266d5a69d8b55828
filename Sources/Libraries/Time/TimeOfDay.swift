/// A wall-clock time, to the second.
package struct TimeOfDay: Hashable, Sendable, Comparable {
    /// Seconds since midnight on the clock, regardless of daylight saving.
    package let seconds: Int

    /// Nil for an invalid time, such as 24:00.
    package init?(hour: Int, minute: Int, second: Int = 0) {
        guard (0..<24).contains(hour), (0..<60).contains(minute), (0..<60).contains(second) else { return nil }
        seconds = hour * 3600 + minute * 60 + second
    }

    init(seconds: Int) { self.seconds = seconds }

    package static let midnight = TimeOfDay(seconds: 0)

    package var hour: Int { seconds / 3600 }
    package var minute: Int { seconds / 60 % 60 }
    package var second: Int { seconds % 60 }

    package static func < (left: TimeOfDay, right: TimeOfDay) -> Bool { left.seconds < right.seconds }
}
