import Identifiers
import Jobs
import Locale
import Postgres
import Tenancy
import Time

/// Recounts the ledger from its postings every night; the result is stored and shown.
package struct ProveLedger: NightlyJob {
    package static let kind = "ledger.prove"
    package static let time = "50 4 * * *"

    package init() {}

    package func run(in context: JobContext, from randomness: Randomness = .system) async throws {
        guard let tenant = try await context.database.lockedTenant() else { return }
        _ = try await context.database.proveLedger(
            as: .v7(milliseconds: context.now.milliseconds, from: randomness), inCurrency: tenant.currency,
            at: context.now)
    }
}
