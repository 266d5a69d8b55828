import Access
import Customers
import Declarations
import Events
import Jobs
import Ledger
import Postgres
import Tenancy
import Time

/// Applies what begins or ends today, such as a scheduled freeze or plan change, soon after each midnight of the
/// company's.
package struct SettleServices: NightlyJob {
    package static let kind = "services.settle"
    package static let time = "5 0 * * *"

    package init() {}

    package func run(in context: JobContext, knowing catalogue: Catalogue) async throws {
        guard let tenant = try await context.database.lockedTenant() else { return }
        try await Self.settle(
            of: tenant, by: .commandLine(of: catalogue, at: context.now), in: context.database)
    }

    /// A thousand customers in each transaction; idempotent.
    package static func settle(of tenant: Tenant, by principal: Principal, in database: TenantDatabase) async throws {
        let today = tenant.timeZone.day(at: principal.now)
        var last = 0
        while let page = try await database.customersToSettle(after: last, on: today) {
            last = page.last
            guard !page.customers.isEmpty else { continue }
            try await database.transaction { database in
                let acts = try await Customer.settle(page.customers, of: tenant, at: principal.now, in: database)
                guard !acts.isEmpty else { return }
                try await database.record(
                    acts,
                    as: Act(.servicesSettled, after: [Act.Detail("customers", "\(acts.count)")]),
                    by: principal.actor, at: principal.now)
            }
        }
    }
}
