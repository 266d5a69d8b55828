import Identifiers
import Time

/// An event on its way to an address, or arrived there, or given up.
struct Delivery: Sendable {
    enum State: String, Sendable, CaseIterable { case pending, delivered, failed }

    let webhook: Webhook.ID
    /// The event's place in the record, and its id.
    let sequence: Int
    let event: UUID
    let kind: String
    let state: State
    let attempts: Int
    let madeAt: Instant
    /// When it is sent next, while it is pending.
    let nextAt: Instant
    /// What the last attempt brought.
    let lastStatus: Int?
    let lastFailure: String?

    /// One that was not tried yet is on its way anyway.
    var canBeSentAgain: Bool { state != .pending || attempts > 0 }
}

/// One attempt, as it stands in the log.
struct Attempt: Sendable {
    let number: Int
    let at: Instant
    let milliseconds: Int
    let status: Int?
    let failure: String?
    let answer: String
}

/// What an attempt brought.
struct AttemptResult: Sendable {
    /// Nil when there was no answer.
    var status: Int?
    var failure: String?
    /// The beginning of the answer.
    var answer: String = ""
    /// As long as the other side asked us to stay away.
    var retryAfter: Duration?
    var took: Duration = .zero
}

/// What follows from an attempt.
enum Verdict: Equatable {
    case delivered
    /// It will never take anything again.
    case gone
    /// At that moment; until `rest`, nothing else is sent there either.
    case again(at: Instant, rest: Instant)
    case givenUp(rest: Instant)
}

extension AttemptResult {
    /// The longest that somebody may ask us to stay away.
    private static let longestRest = Duration.seconds(24 * 3600)

    /// `attempt` is counted from 1 and `failures` are those in a row at this address, both with this one.
    func verdict(
        attempt: Int, failures: Int, at now: Instant, from delay: (Int) -> Duration?
    ) -> Verdict {
        if let status, (200..<300).contains(status) { return .delivered }
        if status == 410 { return .gone }
        let asked = min(retryAfter ?? .zero, Self.longestRest)
        let rest = now + max(RetrySchedule.pause(after: failures), asked)
        guard let delay = delay(attempt) else { return .givenUp(rest: rest) }
        return .again(at: now + max(delay, asked), rest: rest)
    }
}
