import Identifiers
import Time

/// An event's delivery to an address: pending, delivered or given up.
struct Delivery: Sendable {
    enum State: String, Sendable, CaseIterable { case pending, delivered, failed }

    let webhook: Webhook.ID
    /// The event's position in the record, and its id.
    let sequence: Int
    let event: UUID
    let kind: String
    let state: State
    let attempts: Int
    let madeAt: Instant
    /// The next attempt, while pending.
    let nextAt: Instant
    /// The last attempt's outcome.
    let lastStatus: Int?
    let lastFailure: String?

    /// A delivery not yet attempted will be sent anyway.
    var canBeSentAgain: Bool { state != .pending || attempts > 0 }
}

/// A logged attempt.
struct Attempt: Sendable {
    let number: Int
    let at: Instant
    let milliseconds: Int
    let status: Int?
    let failure: String?
    let answer: String
}

/// An attempt's outcome.
struct AttemptResult: Sendable {
    /// Nil without a response.
    var status: Int?
    var failure: String?
    /// The beginning of the response.
    var answer: String = ""
    /// The receiver's Retry-After.
    var retryAfter: Duration?
    var took: Duration = .zero
}

/// The consequence of an attempt.
enum Verdict: Equatable {
    case delivered
    /// 410: the address accepts nothing any more.
    case gone
    /// Retry at that time; until `rest`, nothing else is sent there either.
    case again(at: Instant, rest: Instant)
    case givenUp(rest: Instant)
}

extension AttemptResult {
    /// The longest Retry-After that is honoured.
    private static let longestRest = Duration.seconds(24 * 3600)

    /// `attempt` counts from 1, `failures` those in a row at this address; both include this one.
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
