import Events
import Identifiers
import Jobs
import Postgres
import Tenancy
import Time

/// Soon after each midnight of the company: what is due that day is invoiced, unless only people do so
/// or the company is suspended.
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
