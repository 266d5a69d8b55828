import JSON
import Postgres
import Time

/// A job without a payload that a tenant's calendar brings every day.
package protocol NightlyJob: Job {
    /// When, as cron says it, by the tenant's clock.
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

    /// Puts it into the tenant's calendar; doing it again changes nothing.
    package static func schedule(in zone: TimeZone, from now: Instant, in database: TenantDatabase) async throws {
        try await database.schedule(Self(), named: kind, at: time, in: zone, catchUp: .once, from: now)
    }
}
