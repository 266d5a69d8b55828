import Identifiers

/// Exponential back-off with full jitter, so that jobs that failed together do not retry together.
package struct Backoff: Sendable {
    package var first: Duration
    package var longest: Duration

    package init(first: Duration = .seconds(4), longest: Duration = .seconds(900)) {
        self.first = first
        self.longest = longest
    }

    /// The longest delay after this attempt, counted from 1.
    package func limit(after attempt: Int) -> Duration { min(longest, first * (1 << max(0, min(attempt - 1, 30)))) }

    package func delay(after attempt: Int, from randomness: Randomness) -> Duration {
        let microseconds = limit(after: attempt).microseconds
        return .microseconds(Int64(randomness.next() % UInt64(max(0, microseconds) + 1)))
    }
}

extension Duration {
    var microseconds: Int64 { components.seconds * 1_000_000 + components.attoseconds / 1_000_000_000_000 }
}
