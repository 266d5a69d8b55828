import Access
import Billing
import Customers
import Declarations
import Events
import Identifiers
import Ledger
import Locale
import Nouns
import Plans
import Postgres
import Services
import Tenancy
import Time

/// A sale of prepaid days: una recarga. They follow the days left, and are charged by an invoice due at once.
package struct DaySale: Sendable, Equatable {
    package var days: Int

    package init(days: Int) { self.days = days }

    /// The price of that many days, prorated from a package's price and rounded to payable amounts.
    package static func amount(of days: Int, at price: Money, for package: Int) -> Money {
        let (whole, step) = (Int64(max(1, package)), price.currency.smallestShown)
        let exact = (price.minor * Int64(days) * 2 + whole) / (2 * whole)
        return Money(minor: (exact + step / 2) / step * step, price.currency)
    }
}

extension DaySale: Fielded {
    package static let noun = "DaySale"
    package static let fields: [Field<DaySale>] = [
        .count("days", \.days, 1...366, Message(es: "Días", en: "Days", pt: "Dias")).hint(
            Message(
                es: "Se suman a los que quedan.", en: "They are added to those that are left.",
                pt: "Somam-se aos que restam."))
    ]
}

extension InvoiceActs {
    /// Sells days of a service to its payer. If only credit may pay, it must suffice.
    package func sell(
        _ sale: DaySale, of id: Service.ID, fromCreditOnly: Bool = false, of tenant: Tenant, by principal: Principal,
        in database: TenantDatabase
    ) async throws -> Service {
        let sold = try await sellIfPaid(
            sale, of: id, fromCreditOnly: fromCreditOnly, of: tenant, by: principal, in: database)
        guard let sold else { throw InvoiceRefusal.creditMissing }
        return sold
    }

    /// Nil when only credit may pay and does not suffice: nothing is done, and the caller's transaction continues.
    private func sellIfPaid(
        _ sale: DaySale, of id: Service.ID, fromCreditOnly: Bool, of tenant: Tenant, by principal: Principal,
        in database: TenantDatabase
    ) async throws -> Service? {
        try await database.transaction { database in
            let (today, sequence) = (tenant.today(principal), try await database.lockBilling())
            let service = try await database.lockedService(id, on: today)
            guard service.state != .cancelled else { throw InvoiceRefusal.serviceOver }
            guard let planID = service.plan, let plan = try await database.plan(planID), plan.charge == .byDays else {
                throw InvoiceRefusal.notPrepaid
            }
            guard let account = try await database.account(of: service.customer),
                let payer = try await database.billable([account], in: tenant.timeZone).first
            else { throw AccessRefusal.notFound }
            let draft = try await draft(of: sale, service, plan, for: payer, on: today, of: tenant, in: database)
            let total = draft.totals.total
            if fromCreditOnly {
                let balance = try await database.balance(of: account, in: total.currency)
                guard try total <= balance.inFavour else { return nil }
            }
            var invoice: Invoice?
            if total.isPositive {
                let settings = try await database.settings(of: tenant, by: principal)
                let numbered = NumberedInvoice(
                    id: newID(principal), sequence: sequence + 1, series: settings.series,
                    number: try await database.takeNumbers(1, of: settings.series), draft: draft, issuedOn: today,
                    dueOn: today)
                invoice = try await put(numbered, named: payer.name, of: tenant, by: principal, in: database)
            }
            try await database.insert(
                PrepaidDays(on: today, sale.days), of: id, chargedBy: invoice?.id.uuid, by: principal)
            try await database.record(
                Act(
                    .daysSold, service.subject,
                    after: sale.details() + [Act.Detail("amount", total.plainText)]),
                by: principal.actor, at: principal.now)
            try await database.queueLook(at: service, at: principal.now)
            return try await service.settled(of: tenant, by: principal, in: database)
        }
    }

    /// What they would cost now, with the tax.
    package func quote(
        _ sale: DaySale, of id: Service.ID, of tenant: Tenant, by principal: Principal, in database: TenantDatabase
    ) async throws -> Money {
        let today = tenant.today(principal)
        guard let service = try await database.service(id, on: today),
            let planID = service.plan, let plan = try await database.plan(planID),
            let account = try await database.account(of: service.customer),
            let payer = try await database.billable([account], in: tenant.timeZone).first
        else { throw AccessRefusal.notFound }
        guard plan.charge == .byDays else { throw InvoiceRefusal.notPrepaid }
        return try await draft(of: sale, service, plan, for: payer, on: today, of: tenant, in: database).totals.total
    }

    private func draft(
        of sale: DaySale, _ service: Service, _ plan: Plan, for payer: BillableCustomer, on today: Day,
        of tenant: Tenant, in database: TenantDatabase
    ) async throws -> InvoiceDraft {
        let life = try await database.serviceLife(service.id)
        let bought = try await database.prepaidDays(of: service.id)
        let (first, begun) = (life.activatedOn ?? today, try await database.byDaysFrom(service.id, on: today))
        let last = (bought + [PrepaidDays(on: today, sale.days)]).last(
            since: first, byDaysFrom: begun, pauses: life.freezes)
        let before = bought.last(since: first, byDaysFrom: begun, pauses: life.freezes)
        let amount = DaySale.amount(of: sale.days, at: service.price, for: plan.days)
        guard amount.isWithinBounds else { throw InvoiceRefusal.tooLarge }
        let user = payer.services.first { $0.id == service.id }?.user
        let line = DraftLine(
            .plan, of: service.id, part: plan.id.uuid,
            name: [plan.name, user.map { String($0.name.prefix(80)) }].compactMap(\.self).joined(separator: " · "),
            period: last.flatMap { Period(from: max(today, first, before.map { $0 + 1 } ?? today), to: $0) },
            amount: amount, isExempt: plan.tax == .exempt)
        let profile = user == nil ? service.profile : payer.profiles.first?.id
        return try InvoiceRefusal.translating { () throws(MoneyError) in
            try InvoiceDraft(
                [line], for: payer, in: payer.profiles.first { $0.id == profile }, by: tenant.company.taxes,
                in: amount.currency)
        }
    }

    /// Buys a package of days for each expired service on these accounts, as far as their credit suffices, if the
    /// company's policy says so.
    package func renewDays(
        on accounts: [Customer.ID], of tenant: Tenant, by principal: Principal, in database: TenantDatabase
    ) async throws {
        guard try await database.settings(of: tenant, by: principal).renewsDays else { return }
        for over in try await database.servicesOutOfDays(on: accounts, tenant.today(principal)) {
            _ = try await sellIfPaid(
                DaySale(days: over.days), of: over.service, fromCreditOnly: true, of: tenant, by: principal,
                in: database)
        }
    }
}

/// An expired service, and the days its plan sells at once.
private struct ServiceOutOfDays: RowReadable {
    let service: Service.ID
    let days: Int

    init(row: Row) throws(DatabaseError) {
        service = try row.read("service_id")
        let days: Int32 = try row.read("days")
        self.days = Int(days)
    }
}

extension TenantDatabase {
    /// Of accounts with credit; excludes free services and those cut for another reason.
    fileprivate func servicesOutOfDays(
        on accounts: [Customer.ID], _ day: Day
    ) async throws(DatabaseError) -> [ServiceOutOfDays] {
        try await rows(
            """
            SELECT s.service_id, p.days FROM services s
            JOIN customers c ON c.tenant_id = s.tenant_id AND c.customer_id = s.customer_id
            JOIN customer_balances b ON b.tenant_id = \(tenant)
                AND b.customer_id = coalesce(c.payer_id, c.customer_id) AND b.credit < 0
            CROSS JOIN LATERAL (\(terms(on: day))) t
            JOIN plans p ON p.tenant_id = \(tenant) AND p.plan_id = t.plan_id AND p.charge = 'by_days'
            WHERE s.tenant_id = \(tenant) AND \(onAccounts(accounts)) AND s.prepaid_through < \(day)
                AND b.currency = t.currency AND t.price > 0
                AND (s.state = 'active' OR s.state = 'cut' AND EXISTS (
                    SELECT FROM cuts k WHERE k.tenant_id = \(tenant) AND k.service_id = s.service_id
                        AND k.lifted_at IS NULL AND k.reason = 'days_over'))
            ORDER BY s.number
            """)
    }
}
