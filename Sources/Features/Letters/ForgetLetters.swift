import JSON
import Jobs
import Postgres
import Time

/// Every night: letters of a season ago are forgotten.
package struct ForgetLetters: Job {
    package static let kind = "letters.forget"
    static let schedule = "55 3 * * *"
    static let span = Duration.seconds(90 * 86_400)

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
            DELETE FROM letters WHERE tenant_id = \(context.database.tenant) AND made_at < \(context.now - Self.span)
            """)
    }

    /// Puts it into the tenant's calendar; doing it again changes nothing.
    package static func schedule(in zone: Zone, from now: Instant, in database: TenantDatabase) async throws {
        try await database.schedule(
            ForgetLetters(), named: kind, at: schedule, in: zone, catchUp: .once, from: now)
    }
}
