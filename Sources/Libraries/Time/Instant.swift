/// A point in time, in microseconds since 1970 as PostgreSQL stores it, so that a round trip is lossless.
package struct Instant: Hashable, Sendable, Comparable {
    package let microseconds: Int64

    package init(microseconds: Int64) { self.microseconds = microseconds }
    package init(seconds: Int64) { microseconds = seconds * 1_000_000 }

    package var milliseconds: Int64 { floorDivide(microseconds, by: 1000) }
    package var seconds: Int64 { floorDivide(microseconds, by: 1_000_000) }

    package static func < (left: Instant, right: Instant) -> Bool { left.microseconds < right.microseconds }

    package static func + (instant: Instant, span: Duration) -> Instant {
        let (seconds, attoseconds) = span.components
        return Instant(microseconds: instant.microseconds + seconds * 1_000_000 + attoseconds / 1_000_000_000_000)
    }

    package static func - (instant: Instant, span: Duration) -> Instant { instant + (.zero - span) }

    package static func - (left: Instant, right: Instant) -> Duration {
        .microseconds(left.microseconds - right.microseconds)
    }
}

let secondsADay: Int64 = 86_400

/// Floor division, so that instants before 1970 fall on their own day.
func floorDivide<Number: FixedWidthInteger>(_ value: Number, by divisor: Number) -> Number {
    let (quotient, remainder) = value.quotientAndRemainder(dividingBy: divisor)
    return remainder < 0 ? quotient - 1 : quotient
}
