import JSON
import Jobs
import Postgres
import Time

/// Every night: deliveries of more than a month ago are forgotten, with their attempts. The events themselves stay.
package struct ForgetDeliveries: Job {
    package static let kind = "webhooks.forget-deliveries"
    static let schedule = "50 3 * * *"

    package var key: String? { "all" }

    package init() {}

    package init(json: JSONValue, at pointer: JSONPointer) throws(JSONError) {
        let fields = try JSONFields(json, at: pointer)
        try fields.finish()
    }

    package func write(to json: inout JSONWriter) { json.object { _ in } }

    package func run(in context: JobContext) async throws {
        try await context.database.execute(
            """
            DELETE FROM webhook_deliveries
            WHERE tenant_id = \(context.database.tenant) AND made_at < \(context.now - .seconds(30 * 86_400))
            """)
    }

    /// Puts it into the tenant's calendar; doing it again changes nothing.
    package static func schedule(in zone: Zone, from now: Instant, in database: TenantDatabase) async throws {
        try await database.schedule(ForgetDeliveries(), named: kind, at: schedule, in: zone, catchUp: .once, from: now)
    }
}
