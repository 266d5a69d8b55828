import Synchronization

/// An IANA time zone ("America/Mexico_City") from the system's tzdata.
package struct TimeZone: Hashable, Sendable {
    package let name: String
    private let history: TimeZoneHistory

    /// Cached for the life of the process: a newer tzdata takes effect at the next start.
    package static func named(_ name: String) throws(TimeZoneError) -> TimeZone {
        if let zone = known.withLock({ $0[name] }) { return zone }
        let zone = TimeZone(name: name, history: try TimeZoneHistory(named: name))
        known.withLock { $0[name] = zone }
        return zone
    }

    package static let utc = TimeZone(name: "UTC", history: .utc)

    /// The wall-clock time at an instant.
    package func local(at instant: Instant) -> LocalTime {
        let period = history.period(at: instant.seconds)
        let (day, time) = wallClock(at: instant.seconds + period.offset)
        return LocalTime(day: day, time: time, offset: Int(period.offset), abbreviation: period.abbreviation)
    }

    /// The local date at an instant.
    package func day(at instant: Instant) -> Day { local(at: instant).day }

    /// The instant of a local time. A repeated hour means its first occurrence; a skipped time means the first moment
    /// after the gap.
    package func instant(of day: Day, at time: TimeOfDay) -> Instant {
        let wall = wallSeconds(day, time)
        // No zone is more than a day from UTC, so these periods cover every candidate.
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

    // Only existing zones are cached, some 600, so outsiders cannot make this grow.
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
