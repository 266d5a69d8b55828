import Events
import JSON
import Jobs
import Postgres
import Tenancy

/// Raises all companies' bills for periods that have begun, daily. The schema schedules it in the platform's own
/// tenant.
package struct RaiseBills: Job {
    package static let kind = "platform.raise-bills"

    package var key: String? { "all" }

    package init() {}

    package init(json: JSONValue, at pointer: JSONPointer) throws(JSONError) {
        let fields = try JSONFields(json, at: pointer)
        try fields.finish()
    }

    package func write(to json: inout JSONWriter) { json.object { _ in } }

    /// A company that cannot be billed does not stop the others; the job is retried.
    package func run(in context: JobContext, with books: PlatformBooks) async throws {
        var failure: (any Error)?
        for tenant in try await books.database.platform.tenants() {
            do {
                try await books.raiseBills(of: tenant, by: .commandLine, at: context.now, in: context.database)
            } catch {
                failure = error
            }
            try await context.stillMine()
        }
        if let failure { throw failure }
    }
}
