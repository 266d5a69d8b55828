import JSON
import Postgres
import Time

/// A job without payload, scheduled daily for each tenant.
package protocol NightlyJob: Job {
    /// A cron expression in the tenant's time zone.
    static var time: String { get }

    init()
}

extension NightlyJob {
    package var key: String? { "all" }

    package init(json: JSONValue, at pointer: JSONPointer) throws(JSONError) {
        try JSONFields(json, at: pointer).finish()
        self.init()
    }

    package func write(to json: inout JSONWriter) { json.object { _ in } }

    /// Schedules it for the tenant; idempotent.
    package static func schedule(in zone: TimeZone, from now: Instant, in database: TenantDatabase) async throws {
        try await database.schedule(Self(), named: kind, at: time, in: zone, catchUp: .once, from: now)
    }
}
