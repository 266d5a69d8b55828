import Jobs
import Postgres
import Time

/// Every night: the figures of customers are counted anew and what finds them is compared with them, so that nothing stays
/// wrong that came into the tables by other ways than the acts'.
package struct RecountCustomers: NightlyJob {
    package static let kind = "customers.recount"
    package static let time = "25 4 * * *"

    package init() {}

    package func run(in context: JobContext) async throws {
        try await context.database.recountFigures()
        try await Customer.indexAll(in: context.database)
    }
}
