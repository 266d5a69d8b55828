import JSON
import Jobs
import Postgres
import Time

/// Every night: keys that were used more than a day ago are forgotten.
package struct ForgetIdempotencyKeys: Job {
    package static let kind = "api.forget-idempotency-keys"
    static let schedule = "50 3 * * *"
    static let span = Duration.seconds(86_400)

    package var key: String? { "all" }

    package init() {}

    package init(json: JSONValue, at pointer: JSONPointer) throws(JSONError) {
        let fields = try JSONFields(json, at: pointer)
        try fields.finish()
    }

    package func write(to json: inout JSONWriter) { json.object { _ in } }

    package func run(in context: JobContext) async throws {
        try await Self.forget(before: context.now - Self.span, in: context.database)
    }

    static func forget(before moment: Instant, in database: TenantDatabase) async throws {
        try await database.execute(
            "DELETE FROM idempotency_keys WHERE tenant_id = \(database.tenant) AND made_at < \(moment)")
    }

    /// Puts it into the tenant's calendar; doing it again changes nothing.
    package static func schedule(in zone: Zone, from now: Instant, in database: TenantDatabase) async throws {
        try await database.schedule(
            ForgetIdempotencyKeys(), named: kind, at: schedule, in: zone, catchUp: .once, from: now)
    }
}
