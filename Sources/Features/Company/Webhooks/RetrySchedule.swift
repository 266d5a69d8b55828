import Identifiers
import Time

/// When a message that was not taken is sent again: the times of Standard Webhooks, which reach over three days.
enum RetrySchedule {
    private static let rests: [Duration] = [
        .seconds(5), .seconds(5 * 60), .seconds(30 * 60), .seconds(2 * 3600), .seconds(5 * 3600), .seconds(10 * 3600),
        .seconds(14 * 3600), .seconds(20 * 3600), .seconds(24 * 3600),
    ]

    /// How long after an attempt, counted from 1, the next may follow; nil after the last.
    static func rest(after attempt: Int) -> Duration? { attempt <= rests.count ? rests[max(attempt, 1) - 1] : nil }

    /// Up to a tenth later, so that the many that failed together do not come back together.
    static func delay(after attempt: Int, from randomness: Randomness) -> Duration? {
        rest(after: attempt).map { rest in
            let tenth = UInt64(rest.components.seconds * 100_000)
            return rest + .microseconds(Int64(randomness.next() % (tenth + 1)))
        }
    }

    /// How long an address is left alone after so many failures in a row, whatever else waits for it: one that is dead
    /// is asked now and then, not once for each of its messages.
    static func pause(after failures: Int) -> Duration { min(rest(after: failures) ?? .seconds(300), .seconds(300)) }
}
