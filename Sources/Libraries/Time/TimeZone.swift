import Synchronization

/// A place's clock, by its IANA name ("America/Mexico_City"), as the system's tzdata knows it.
package struct TimeZone: Hashable, Sendable {
    package let name: String
    private let history: TimeZoneHistory

    /// Read from disk once, then kept: a newer tzdata counts from the next start on.
    package static func named(_ name: String) throws(TimeZoneError) -> TimeZone {
        if let zone = known.withLock({ $0[name] }) { return zone }
        let zone = TimeZone(name: name, history: try TimeZoneHistory(named: name))
        known.withLock { $0[name] = zone }
        return zone
    }

    package static let utc = TimeZone(name: "UTC", history: .utc)

    /// What the clock shows at a moment.
    package func local(at instant: Instant) -> LocalTime {
        let period = history.period(at: instant.seconds)
        let (day, time) = wallClock(at: instant.seconds + period.offset)
        return LocalTime(day: day, time: time, offset: Int(period.offset), abbreviation: period.abbreviation)
    }

    /// The business day a moment belongs to.
    package func day(at instant: Instant) -> Day { local(at: instant).day }

    /// The moment the clock shows this. An hour shown twice is meant the first time; an hour that was skipped counts as
    /// the first moment after it.
    package func instant(of day: Day, at time: TimeOfDay) -> Instant {
        let wall = wallSeconds(day, time)
        // No clock is more than a day from UTC, so these periods hold every moment that may show it.
        var period = history.period(at: wall - 26 * 3600)
        while wall - period.offset >= period.until {
            let next = history.period(at: period.until)
            if wall - next.offset < period.until { return Instant(seconds: period.until) }
            period = next
        }
        return Instant(seconds: wall - period.offset)
    }

    func period(at seconds: Int64) -> TimeZonePeriod { history.period(at: seconds) }

    package static func == (left: TimeZone, right: TimeZone) -> Bool { left.name == right.name }
    package func hash(into hasher: inout Hasher) { hasher.combine(name) }

    // Only zones that exist are kept, and there are some 600, so this cannot be made to grow from outside.
    private static let known = Mutex<[String: TimeZone]>([:])
}

extension Day {
    /// Midnight, or the first moment of a day whose midnight daylight saving skipped.
    package func start(in zone: TimeZone) -> Instant { zone.instant(of: self, at: .midnight) }
}

package struct LocalTime: Equatable, Sendable {
    package let day: Day
    package let time: TimeOfDay
    /// Seconds ahead of UTC; negative in the Americas.
    package let offset: Int
    /// "CST" where people use letters, "-03" where they do not.
    package let abbreviation: String
}

package enum TimeZoneError: Error, Equatable, CustomStringConvertible {
    case unknown(String)
    case damaged(String)

    package var description: String {
        switch self {
        case .unknown(let name): "no time zone is called '\(name)' (is the package tzdata installed?)"
        case .damaged(let name): "the file of time zone '\(name)' is damaged (reinstall the package tzdata)"
        }
    }
}
