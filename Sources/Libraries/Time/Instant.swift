import Glibc

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

func floorDivide(_ value: Int64, by divisor: Int64) -> Int64 {
    let quotient = value / divisor
    return value % divisor < 0 ? quotient - 1 : quotient
}

/// Where "now" comes from. Apps hold the system's; a test holds its own and moves it.
package struct TimeSource: Sendable {
    private let read: @Sendable () -> Instant

    package init(_ read: @escaping @Sendable () -> Instant) { self.read = read }

    package func now() -> Instant { read() }

    package static let system = TimeSource {
        var now = timespec()
        clock_gettime(CLOCK_REALTIME, &now)
        return Instant(microseconds: Int64(now.tv_sec) * 1_000_000 + Int64(now.tv_nsec) / 1000)
    }
}
