/// A period with one offset, in seconds since 1970; `until` is exclusive.
struct TimeZonePeriod: Equatable {
    let from: Int64
    let until: Int64
    let offset: Int64
    let abbreviation: String
}

/// A zone's recorded offset changes, and the rule for future ones.
final class TimeZoneHistory: Sendable {
    struct Clock: Equatable {
        let offset: Int64
        let abbreviation: String
    }

    private let changes: [Int64]
    private let clocks: [Clock]
    private let clockBefore: Clock
    private let rule: TimeZoneRule?

    /// `clocks` holds the offset after each change.
    init(changes: [Int64], clocks: [Clock], clockBefore: Clock, rule: TimeZoneRule?) {
        self.changes = changes
        self.clocks = clocks
        self.clockBefore = clockBefore
        self.rule = rule
    }

    static let utc = TimeZoneHistory(
        changes: [], clocks: [], clockBefore: Clock(offset: 0, abbreviation: "UTC"), rule: nil)

    func period(at moment: Int64) -> TimeZonePeriod {
        guard let last = changes.last, moment < last else { return periodAfterRecords(at: moment) }
        let index = firstChange(after: moment)
        let clock = index == 0 ? clockBefore : clocks[index - 1]
        return period(of: clock, from: index == 0 ? .min : changes[index - 1], until: changes[index])
    }

    private func periodAfterRecords(at moment: Int64) -> TimeZonePeriod {
        let start = changes.last ?? .min
        guard let rule else { return period(of: clocks.last ?? clockBefore, from: start, until: .max) }
        let (clock, from, until) = rule.clock(at: moment)
        return period(of: clock, from: max(from, start), until: until)
    }

    private func period(of clock: Clock, from: Int64, until: Int64) -> TimeZonePeriod {
        TimeZonePeriod(from: from, until: until, offset: clock.offset, abbreviation: clock.abbreviation)
    }

    private func firstChange(after moment: Int64) -> Int {
        var low = 0
        var high = changes.count
        while low < high {
            let middle = (low + high) / 2
            if changes[middle] <= moment { low = middle + 1 } else { high = middle }
        }
        return low
    }
}
