import Jobs
import Postgres
import Time

/// Recounts customers and verifies their search index every night, so that changes made without the acts do not leave
/// lasting errors.
package struct RecountCustomers: NightlyJob {
    package static let kind = "customers.recount"
    package static let time = "25 4 * * *"

    package init() {}

    package func run(in context: JobContext) async throws {
        try await context.database.recountFigures()
        try await Customer.indexAll(in: context.database)
    }
}
