import Events
import Identifiers
import Jobs
import Postgres
import Tenancy
import Time

/// Invoices what is due, soon after each midnight of the company's, unless only people issue invoices or the company is
/// suspended.
package struct RaiseInvoices: NightlyJob {
    package static let kind = "invoices.raise"
    package static let time = "20 0 * * *"

    package static var rules: JobRules {
        var rules = JobRules()
        rules.tenantLimit = 1
        rules.timeLimit = .seconds(1800)
        return rules
    }

    package init() {}

    package func run(in context: JobContext, from randomness: Randomness = .system) async throws {
        guard let settings = try await context.database.billingSettings(), settings.isAutomatic,
            let tenant = try await context.database.lockedTenant(), !tenant.standing(at: context.now).isReadOnly
        else { return }
        let day = tenant.timeZone.day(at: context.now)
        try await BillingRun(of: tenant, by: settings, on: day, from: randomness)
            .run(by: .commandLine, at: context.now, in: context.database)
    }
}
