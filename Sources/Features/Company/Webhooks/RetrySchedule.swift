import Identifiers
import Time

/// The retry schedule of Standard Webhooks, which spans three days.
enum RetrySchedule {
    private static let rests: [Duration] = [
        .seconds(5), .seconds(5 * 60), .seconds(30 * 60), .seconds(2 * 3600), .seconds(5 * 3600), .seconds(10 * 3600),
        .seconds(14 * 3600), .seconds(20 * 3600), .seconds(24 * 3600),
    ]

    /// The delay after an attempt, counted from 1; nil after the last.
    static func rest(after attempt: Int) -> Duration? { attempt <= rests.count ? rests[max(attempt, 1) - 1] : nil }

    /// With up to a tenth of jitter, so that messages that failed together are not retried together.
    static func delay(after attempt: Int, from randomness: Randomness) -> Duration? {
        rest(after: attempt).map { rest in
            let tenth = UInt64(rest.components.seconds * 100_000)
            return rest + .microseconds(Int64(randomness.next() % (tenth + 1)))
        }
    }

    /// How long an address rests after so many failures in a row: a dead one is tried now and then, not once for each
    /// message.
    static func pause(after failures: Int) -> Duration { min(rest(after: failures) ?? .seconds(300), .seconds(300)) }
}
