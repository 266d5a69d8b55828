/// A moment, counted in microseconds from 1970 as PostgreSQL keeps it, so that a round trip loses nothing.
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

/// Division that rounds towards the past, so that what lies before 1970 falls on the day it belongs to.
func floorDivide<Number: FixedWidthInteger>(_ value: Number, by divisor: Number) -> Number {
    let (quotient, remainder) = value.quotientAndRemainder(dividingBy: divisor)
    return remainder < 0 ? quotient - 1 : quotient
}
