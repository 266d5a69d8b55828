import CSystem

/// A reading of the monotonic clock, in nanoseconds.
package struct Monotonic: Comparable, Sendable {
    package let nanoseconds: Int64

    package static func read() -> Monotonic { Monotonic(nanoseconds: csystem_monotonic_ns()) }

    package static func + (moment: Monotonic, span: Duration) -> Monotonic {
        let (seconds, attoseconds) = span.components
        let (total, overflow) = seconds.multipliedReportingOverflow(by: 1_000_000_000)
        guard !overflow, total < .max - moment.nanoseconds - 1_000_000_000 else { return .never }
        return Monotonic(nanoseconds: moment.nanoseconds + total + attoseconds / 1_000_000_000)
    }

    package static func - (left: Monotonic, right: Monotonic) -> Duration {
        .nanoseconds(left.nanoseconds - right.nanoseconds)
    }

    package static func < (left: Monotonic, right: Monotonic) -> Bool { left.nanoseconds < right.nanoseconds }

    package static let never = Monotonic(nanoseconds: .max)
}

/// A one-shot timer of a loop.
package final class LoopTimer {
    fileprivate let moment: Monotonic
    private var call: (() -> Void)?
    fileprivate var index = -1

    init(at moment: Monotonic, _ call: @escaping () -> Void) {
        self.moment = moment
        self.call = call
    }

    func fire() {
        let call = call
        forget()
        call?()
    }

    /// Releases the call, which often retains the timer's owner.
    func forget() { call = nil }
}

/// A loop's timers as a binary heap; each timer knows its index, so that cancelling is cheap.
struct TimerHeap {
    private var timers: [LoopTimer] = []

    mutating func insert(_ timer: LoopTimer) {
        timers.append(timer)
        timer.index = timers.count - 1
        rise(timer.index)
    }

    /// Harmless when the timer has fired or was removed.
    mutating func remove(_ timer: LoopTimer) {
        let index = timer.index
        guard index >= 0 else { return }
        timer.index = -1
        let last = timers.removeLast()
        guard index < timers.count else { return }
        timers[index] = last
        last.index = index
        rise(index)
        sink(last.index)
    }

    /// Removes the earliest due timer for the caller to fire, which may add timers.
    mutating func takeDue(at now: Monotonic) -> LoopTimer? {
        guard let first = timers.first, first.moment <= now else { return nil }
        remove(first)
        return first
    }

    /// The epoll timeout in milliseconds; -1, for ever, without timers.
    func wait() -> Int32 {
        guard let first = timers.first else { return -1 }
        let nanoseconds = first.moment.nanoseconds - Monotonic.read().nanoseconds
        return nanoseconds <= 0 ? 0 : Int32(clamping: (nanoseconds + 999_999) / 1_000_000)
    }

    private mutating func rise(_ start: Int) {
        var index = start
        while index > 0, timers[index].moment < timers[(index - 1) / 2].moment {
            exchange(index, (index - 1) / 2)
            index = (index - 1) / 2
        }
    }

    private mutating func sink(_ start: Int) {
        var index = start
        while true {
            var least = index
            for child in [2 * index + 1, 2 * index + 2] where child < timers.count {
                if timers[child].moment < timers[least].moment { least = child }
            }
            if least == index { return }
            exchange(index, least)
            index = least
        }
    }

    private mutating func exchange(_ left: Int, _ right: Int) {
        timers.swapAt(left, right)
        timers[left].index = left
        timers[right].index = right
    }
}
