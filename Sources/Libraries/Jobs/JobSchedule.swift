import Postgres
import Time

/// What happens to a schedule's occurrences missed while no worker ran.
package enum CatchUp: String, Sendable, CaseIterable {
    /// One run makes up for all missed ones.
    case once
    /// Missed occurrences are dropped.
    case skip
}

extension CatchUp: Bindable, ColumnReadable {}

extension TenantDatabase {
    /// Queues the job repeatedly, "30 8 * * mon-fri" in the zone's local time, from the next occurrence on. A schedule
    /// of the same name is replaced; if its times are the same, its next occurrence stays.
    package func schedule<Scheduled: Job>(
        _ job: Scheduled, named name: String, at expression: String, in zone: TimeZone, catchUp: CatchUp,
        from now: Instant
    ) async throws {
        guard let first = try Schedule(expression).next(after: now, in: zone) else {
            throw JobsError.neverComes(expression)
        }
        let statement: SQL = """
            WITH put AS (
                SELECT put_job_schedule(
                    \(tenant), \(name), \(expression), \(zone.name), \(catchUp), \(Scheduled.kind), \(job.payload),
                    \(job.key as String?), \(job.lane as String?), \(job.priority.rawValue), \(Scheduled.rules.attempts), \(first)) AS done)
            SELECT done FROM put
            """
        try await execute(statement.ringing(JobAnnouncement.bell))
    }

    /// False when there was no such schedule.
    @discardableResult
    package func unschedule(_ name: String) async throws(DatabaseError) -> Bool {
        try await value(
            "WITH removed AS (SELECT remove_job_schedule(\(tenant), \(name)) AS done) SELECT done FROM removed")
            ?? false
    }
}

/// A schedule that is due, as a worker read it.
struct DueSchedule: RowReadable {
    let tenant: TenantID
    let name: String
    let expression: String
    let zone: String
    let catchUp: CatchUp
    let nextAt: Instant

    init(row: Row) throws(DatabaseError) {
        tenant = try row.read("tenant_id")
        name = try row.read("name")
        expression = try row.read("expression")
        zone = try row.read("zone")
        catchUp = try row.read("catch_up")
        nextAt = try row.read("next_at")
    }
}

/// A due schedule's outcome: the occurrence to run, if any, and the next due time.
struct Firing {
    let occurrence: Instant?
    let following: Instant

    /// An occurrence found later than the tolerance counts as missed.
    init(of due: DueSchedule, at now: Instant, tolerance: Duration) throws {
        let schedule = try Schedule(due.expression)
        let zone = try TimeZone.named(due.zone)
        let latest = schedule.last(from: due.nextAt, until: now, in: zone)
        occurrence = due.catchUp == .skip && now - latest > tolerance ? nil : latest
        following = schedule.next(after: now, in: zone) ?? Instant(microseconds: .max)
    }

    /// For an unreadable schedule: tried again later, when tzdata may have been repaired.
    init(brokenAt now: Instant) {
        occurrence = nil
        following = now + .seconds(3600)
    }
}

extension Schedule {
    /// The last occurrence up to `end`, given that `first` is one. Searches backwards in steps instead of counting
    /// through a year of minutes.
    func last(from first: Instant, until end: Instant, in zone: TimeZone) -> Instant {
        var latest = first
        for hours in [1, 25, 32 * 24, 367 * 24] {
            let start = end - .seconds(hours * 3600)
            if start <= first { break }
            if let found = next(after: start, in: zone), found <= end {
                latest = found
                break
            }
        }
        while let found = next(after: latest, in: zone), found <= end { latest = found }
        return latest
    }
}
