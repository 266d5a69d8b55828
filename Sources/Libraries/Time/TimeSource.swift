import Glibc

/// The source of "now": the system's in apps, an adjustable one in tests.
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
