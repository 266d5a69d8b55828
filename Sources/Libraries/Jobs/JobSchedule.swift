import Postgres
import Time

/// What becomes of a schedule's occurrences while no worker ran.
package enum CatchUp: String, Sendable, CaseIterable {
    /// One run makes up for all that were missed.
    case once
    /// Missed is missed.
    case skip
}

extension CatchUp: Bindable, ColumnReadable {}

extension TenantDatabase {
    /// Queues the job again and again, "30 8 * * mon-fri" by the clock of the zone, from the next occurrence on.
    /// Putting a schedule of the same name replaces it; when its times are the same, the next one stays as it is.
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

    /// Whether there was such a schedule.
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

/// What a due schedule brings: the occurrence to run, if any, and when it is due again.
struct Firing {
    let occurrence: Instant?
    let following: Instant

    /// An occurrence that is found later than the tolerance counts as missed.
    init(of due: DueSchedule, at now: Instant, tolerance: Duration) throws {
        let schedule = try Schedule(due.expression)
        let zone = try TimeZone.named(due.zone)
        let latest = schedule.last(from: due.nextAt, until: now, in: zone)
        occurrence = due.catchUp == .skip && now - latest > tolerance ? nil : latest
        following = schedule.next(after: now, in: zone) ?? Instant(microseconds: .max)
    }

    /// Of a schedule that cannot be read: looked at again later, when tzdata may have been repaired.
    init(brokenAt now: Instant) {
        occurrence = nil
        following = now + .seconds(3600)
    }
}

extension Schedule {
    /// The last time not after `end`, when `first` is one. Looks back step by step instead of counting up through a year
    /// of minutes.
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
