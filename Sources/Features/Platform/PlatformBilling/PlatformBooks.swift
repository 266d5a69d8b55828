import Access
import Declarations
import Events
import HTTP
import Identifiers
import Locale
import Postgres
import Tenancy
import Time

/// Acts on the platform's books. Each is one transaction, which writes the company's rows and record first and the
/// platform's record last, like all of the platform's acts on a company.
package struct PlatformBooks: Sendable {
    package let database: Database
    private let randomness: Randomness

    package init(database: Database, randomness: Randomness) {
        self.database = database
        self.randomness = randomness
    }

    /// Bills every unbilled period that has begun, at the plan's present price. Returns how many.
    @discardableResult
    package func raiseBills(
        of tenant: Tenant, by actor: Actor, at now: Instant, in platform: TenantDatabase
    ) async throws -> Int {
        try await raiseBills(of: tenant, begunBy: tenant.timeZone.day(at: now), by: actor, at: now, in: platform)
    }

    /// Before a plan or state changes, bills periods begun on earlier days at the old terms.
    package func raiseBillsBeforeChange(
        of tenant: Tenant, by actor: Actor, at now: Instant, in platform: TenantDatabase
    ) async throws {
        try await raiseBills(of: tenant, begunBy: tenant.timeZone.day(at: now) - 1, by: actor, at: now, in: platform)
    }

    @discardableResult
    private func raiseBills(
        of tenant: Tenant, begunBy day: Day, by actor: Actor, at now: Instant, in platform: TenantDatabase
    ) async throws -> Int {
        // Checked first without locks, since on most days nothing is due.
        if try await duePeriods(of: tenant, by: day, in: database.tenant(tenant.id.scope)).isEmpty { return 0 }
        return try await platform.transaction { platform in
            let last = try await platform.lockBillNumbers()
            let bills = try await database.tenant(tenant.id.scope, within: platform) { inside in
                // Read again under lock: it may have been suspended, or its price changed.
                guard let tenant = try await inside.lockedTenant() else { return [PlatformPosting]() }
                let periods = try await duePeriods(of: tenant, by: day, in: inside)
                var bills: [PlatformPosting] = []
                // A millisecond apart, so that their ids sort in order.
                for period in periods {
                    let posting = try bill(
                        tenant, for: period, number: last + bills.count + 1, by: actor,
                        at: now + .milliseconds(bills.count))
                    guard try await inside.post(posting, at: now) else {
                        throw DatabaseError.wrongColumn("A bill has the identifier of another")
                    }
                    bills.append(posting)
                    try await inside.record(
                        Act(.platformBillIssued, tenant.subject, after: posting.details), by: actor.asImpersonator,
                        at: now)
                }
                return bills
            }
            guard !bills.isEmpty else { return 0 }
            try await platform.putLastBillNumber(last + bills.count)
            for bill in bills { try await platform.book(bill, of: tenant, by: actor, at: now, from: randomness) }
            for bill in bills {
                try await platform.record(
                    Act(.platformBillIssued, tenant.subjectOfPlatform, after: bill.details), by: actor, at: now)
            }
            return bills.count
        }
    }

    /// False when the same form was already registered: then nothing is written.
    @discardableResult
    package func register(
        _ payment: PlatformPayment, of tenant: Tenant, by principal: Principal, in platform: TenantDatabase
    ) async throws -> Bool {
        let posting = PlatformPosting(
            id: newID(at: principal.now), kind: .payment, amount: payment.amount, day: payment.day,
            method: payment.method, note: payment.reference, author: principal.actor.name)
        return try await post(
            posting, form: payment.form, .platformPaymentRegistered, of: tenant, by: principal, in: platform)
    }

    /// Undoes a bill or a payment, once.
    package func undo(
        _ id: PlatformPosting.ID, of tenant: Tenant, because reason: String, by principal: Principal,
        in platform: TenantDatabase
    ) async throws {
        guard let undone = try await database.tenant(tenant.id.scope).platformPosting(id),
            let kind = undone.kind.undoing
        else { throw AccessRefusal.notFound }
        let posting = PlatformPosting(
            id: newID(at: principal.now), kind: kind, amount: undone.amount,
            day: tenant.timeZone.day(at: principal.now),
            reverses: id, note: reason, author: principal.actor.name)
        let number = undone.bill.map { [Act.Detail("bill_number", "\($0.number)")] } ?? []
        try await post(
            posting, kind == .annulment ? .platformBillAnnulled : .platformPaymentReversed, number, of: tenant,
            by: principal, in: platform)
    }

    /// The companies' debts, by currency.
    package func balances(
        of tenants: [Tenant], at now: Instant, in platform: TenantDatabase
    ) async throws -> [Tenant.ID: [PlatformBalance]] {
        try await platform.platformBalances(of: tenants, at: now)
    }

    package func postings(of tenant: Tenant) async throws -> [PlatformPosting] {
        try await database.tenant(tenant.id.scope).platformPostings()
    }

    package func accounts(of tenant: Tenant, at now: Instant) async throws -> [PlatformAccount] {
        try await database.tenant(tenant.id.scope).platformAccounts(on: tenant.timeZone.day(at: now))
    }

    /// The next period to be billed; nil for a company that is not billed.
    package func nextPeriod(of tenant: Tenant) async throws -> BillingPeriod? {
        try await Self.nextPeriod(of: tenant, in: database.tenant(tenant.id.scope))
    }

    package static func nextPeriod(of tenant: Tenant, in database: TenantDatabase) async throws -> BillingPeriod? {
        guard let billedFrom = tenant.billedFrom else { return nil }
        return .unbilled(from: billedFrom, after: try await database.lastBilledPeriod(), every: tenant.plan.cycle)
    }

    @discardableResult
    private func post(
        _ posting: PlatformPosting, form: UUID? = nil, _ kind: EventKind, _ more: [Act.Detail] = [], of tenant: Tenant,
        by principal: Principal, in platform: TenantDatabase
    ) async throws -> Bool {
        let details = more + posting.details
        return try await platform.transaction { platform in
            let isNew = try await database.tenant(tenant.id.scope, within: platform) { inside in
                guard try await inside.post(posting, form: form, at: principal.now) else { return false }
                try await inside.record(
                    Act(kind, tenant.subject, after: details), by: principal.actor.asImpersonator, at: principal.now)
                return true
            }
            guard isNew else { return false }
            try await platform.book(
                posting, of: tenant, by: principal.actor, at: principal.now, from: randomness)
            try await platform.record(
                Act(kind, tenant.subjectOfPlatform, after: details), by: principal.actor, at: principal.now)
            return true
        }
    }

    private func duePeriods(
        of tenant: Tenant, by day: Day, in database: TenantDatabase
    ) async throws -> [BillingPeriod] {
        guard tenant.state == .active, let billedFrom = tenant.billedFrom else { return [] }
        return BillingPeriod.due(
            from: billedFrom, after: try await database.lastBilledPeriod(), every: tenant.plan.cycle, on: day)
    }

    private func bill(
        _ tenant: Tenant, for period: BillingPeriod, number: Int, by actor: Actor, at now: Instant
    ) throws -> PlatformPosting {
        guard let price = tenant.plan.price else { throw AccessRefusal.notFound }
        let today = tenant.timeZone.day(at: now)
        return PlatformPosting(
            id: newID(at: now), kind: .bill, amount: price, day: today, author: actor.name,
            bill: PlatformBill(
                number: number, plan: tenant.plan.name, cycle: tenant.plan.cycle, period: period,
                dueOn: today + PlatformBill.daysToPay))
    }

    private func newID(at now: Instant) -> PlatformPosting.ID {
        .make(milliseconds: now.milliseconds, from: randomness)
    }
}

/// A payment received from a company.
package struct PlatformPayment: Sendable {
    package let amount: Money
    package let day: Day
    package let method: PaymentMethod
    package let reference: String
    /// The form's id, as idempotency key.
    package let form: UUID

    package init(amount: Money, day: Day, method: PaymentMethod, reference: String, form: UUID) {
        self.amount = amount
        self.day = day
        self.method = method
        self.reference = reference
        self.form = form
    }
}

extension PlatformPosting {
    /// As recorded.
    fileprivate var details: [Act.Detail] {
        var details: [Act.Detail] = []
        if let bill {
            details += [
                Act.Detail("bill_number", "\(bill.number)"),
                Act.Detail("period", "\(bill.period.from.iso) – \(bill.period.to.iso)"),
                Act.Detail("due_on", bill.dueOn.iso),
            ]
        }
        details += [Act.Detail("amount", amount.plainText), Act.Detail("day", day.iso)]
        if let method { details.append(Act.Detail("method", method.rawValue)) }
        if !note.isEmpty { details.append(Act.Detail(reverses == nil ? "payment_reference" : "reason", note)) }
        return details
    }
}
