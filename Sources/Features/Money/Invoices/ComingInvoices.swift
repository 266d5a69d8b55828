import Access
import Billing
import Customers
import Identifiers
import Locale
import Postgres
import Tenancy
import Time

/// What will be invoiced on days to come, each on the day of its run, if services stay as they are.
package struct ComingInvoices: Sendable {
    package struct Invoice: Sendable, Equatable {
        package let day: Day
        package let due: Day
        package let amount: Money
    }

    /// By the account that is charged, the first day first.
    package private(set) var items: [Customer.ID: [Invoice]] = [:]
    package private(set) var count = 0
    package private(set) var total: Money
    /// Whether there are more customers than a page waits for.
    package private(set) var isPartial = false

    private static let mostCustomers = 10 * BillingRun.batch

    /// Nil where there is no day between the two, or the company does not invoice here.
    package init?(of tenant: Tenant, after today: Day, through last: Day, in database: TenantDatabase) async throws {
        guard last > today, let settings = try await database.billingSettings() else { return nil }
        total = .zero(tenant.currency)
        var (place, customers): (Customer.ID?, Int) = (nil, 0)
        repeat {
            let page = try await database.customersToBill(
                after: place, on: last, by: settings, limit: BillingRun.batch)
            for customer in try await database.billable(page, in: tenant.timeZone) {
                let draft = { (day: Day) in
                    Due(
                        CustomerDraft(of: customer, on: day, by: settings, of: tenant.company.taxes),
                        in: tenant.currency)
                }
                let found = Self.invoices(
                    from: today, .nothing, through: last, draft(last), dueIn: settings.dueDays, tenant.currency, draft)
                guard !found.isEmpty else { continue }
                items[customer.id] = found
                count += found.count
                total = try found.reduce(total) { try $0 + $1.amount }
            }
            (place, customers) = (page.count < BillingRun.batch ? nil : page.last, customers + page.count)
        } while place != nil && customers < Self.mostCustomers
        isPartial = place != nil
    }

    /// What a customer would be charged in all by a day.
    private struct Due: Equatable {
        let amount: Int64
        let periods: Int

        static let nothing = Due(amount: 0, periods: 0)

        private init(amount: Int64, periods: Int) { (self.amount, self.periods) = (amount, periods) }

        init(_ draft: CustomerDraft, in currency: Currency) {
            periods = draft.periods.count
            amount = draft.invoices.reduce(0) { sum, invoice in
                guard invoice.totals.total.currency == currency else { return sum }
                let amount = invoice.totals.total.minor
                return sum + (invoice.kind == .invoice ? amount : -amount)
            }
        }
    }

    /// Between two days, by halves: on most days nobody is charged anything.
    private static func invoices(
        from first: Day, _ before: Due, through last: Day, _ after: Due, dueIn days: Int, _ currency: Currency,
        _ draft: (Day) -> Due
    ) -> [Invoice] {
        guard before != after else { return [] }
        guard last - first > 1 else {
            let amount = Money(minor: after.amount - before.amount, currency)
            return amount.isPositive ? [Invoice(day: last, due: last + days, amount: amount)] : []
        }
        let middle = first + (last - first) / 2
        let half = draft(middle)
        return invoices(from: first, before, through: middle, half, dueIn: days, currency, draft)
            + invoices(from: middle, half, through: last, after, dueIn: days, currency, draft)
    }
}
