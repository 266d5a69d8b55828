import Access
import Billing
import Customers
import Declarations
import Events
import Identifiers
import Ledger
import Locale
import Postgres
import Services
import Tenancy
import Time

/// Invoices everything due by a day, a batch of customers in each transaction, so that an interrupted run leaves whole
/// batches, and the next run continues with the rest.
package struct BillingRun: Sendable {
    package let tenant: Tenant
    package let settings: BillingSettings
    package let day: Day
    private let randomness: Randomness
    private let batch: Int

    package init(
        of tenant: Tenant, by settings: BillingSettings, on day: Day, from randomness: Randomness,
        batch: Int = BillingRun.batch
    ) {
        (self.tenant, self.settings, self.day, self.randomness) = (tenant, settings, day, randomness)
        self.batch = batch
    }

    /// Customers in a transaction: two round trips and some thousand rows.
    package static let batch = 500

    /// The totals of a run, or of a part of one.
    package struct Outcome: Sendable, Equatable {
        package internal(set) var invoices = 0
        package internal(set) var creditNotes = 0
        package internal(set) var customers = 0
        /// Invoices less credit notes.
        package internal(set) var total: Money
        /// Numbers of services that cannot be charged.
        package internal(set) var faults: [Int] = []

        package init(in currency: Currency) { total = .zero(currency) }

        package var isEmpty: Bool { invoices == 0 && creditNotes == 0 }
    }

    /// Issues everything. `note` is called with each batch's totals, in its transaction.
    @discardableResult
    package func run(
        by actor: Actor, at now: Instant, in database: TenantDatabase,
        noting note: (Outcome, TenantDatabase) async throws -> Void = { _, _ in }
    ) async throws -> Outcome {
        var outcome = Outcome(in: tenant.currency)
        var last: Customer.ID?
        while true {
            let step = try await step(after: last, by: actor, at: now, in: database, noting: note)
            try outcome.add(step.outcome)
            guard let next = step.last else { return outcome }
            last = next
        }
    }

    private func step(
        after last: Customer.ID?, by actor: Actor, at now: Instant, in database: TenantDatabase,
        noting note: (Outcome, TenantDatabase) async throws -> Void
    ) async throws -> (outcome: Outcome, last: Customer.ID?) {
        try await database.transaction { database in
            let issued = try await database.lockBilling()
            let customers = try await database.customersToBill(
                after: last, on: day, by: settings, limit: batch)
            let drafts = try await drafts(of: customers, in: database)
            var outcome = Outcome(in: tenant.currency)
            try outcome.add(drafts)
            try await issue(drafts, after: issued, by: actor, at: now, in: database)
            try await note(outcome, database)
            return (outcome, customers.count < batch ? nil : customers.last)
        }
    }

    /// A dry run, customer by customer.
    package func preview(
        after last: Customer.ID?, limit: Int, in database: TenantDatabase
    ) async throws -> (drafts: [CustomerDraft], last: Customer.ID?) {
        let customers = try await database.customersToBill(after: last, on: day, by: settings, limit: limit)
        let drafts = try await drafts(of: customers, in: database)
        return (
            drafts.filter { !$0.invoices.isEmpty || !$0.faults.isEmpty },
            customers.count < limit ? nil : customers.last
        )
    }

    /// For one customer: the replacement of a voided invoice.
    func issue(
        of customer: Customer.ID, services: Set<Service.ID>, replacing old: Invoice.ID, by actor: Actor,
        at now: Instant, in database: TenantDatabase
    ) async throws -> [Invoice.ID] {
        let issued = try await database.lockBilling()
        var billable = try await database.billable([customer], in: tenant.timeZone)
        for index in billable.indices { billable[index].services.removeAll { !services.contains($0.id) } }
        let drafts = billable.map {
            CustomerDraft(of: $0, on: day, by: settings, of: tenant.company.taxes)
        }
        return try await issue(drafts, after: issued, replacing: old, by: actor, at: now, in: database)
    }

    private func drafts(of customers: [Customer.ID], in database: TenantDatabase) async throws -> [CustomerDraft] {
        let accounts = try await database.accounts(of: customers)
        return try await database.billable(customers, in: tenant.timeZone).map { customer in
            var draft = CustomerDraft(of: customer, on: day, by: settings, of: tenant.company.taxes)
            if !draft.fits(accounts[customer.id] ?? []) { draft.refuse() }
            return draft
        }
    }

    /// Call in a transaction that holds the billing lock.
    @discardableResult
    private func issue(
        _ drafts: [CustomerDraft], after sequence: Int, replacing old: Invoice.ID? = nil, by actor: Actor,
        at now: Instant, in database: TenantDatabase
    ) async throws -> [Invoice.ID] {
        let numbered = try await number(drafts, after: sequence, replacing: old, at: now, in: database)
        let all = numbered.flatMap { $0 }
        if !all.isEmpty {
            try await database.insert(all, by: actor, at: now)
            try await database.countInvoices(upTo: sequence + all.count)
        }
        let found = zip(drafts, numbered)
        try await database.insert(
            found.flatMap { draft, invoices in
                draft.periods.map { ($0.service, $0.period, $0.invoice.map { invoices[$0].id }) }
            })
        try await database.use(
            found.flatMap { draft, invoices in
                draft.credits.map { ($0.credit, $0.invoice.map { invoices[$0].id }) }
            })
        try await database.post(all, on: day, by: actor, at: now, from: randomness)
        // An invoice paid by credit counts as paid early.
        let offered = all.filter { $0.early != nil }.map(\.draft.customer)
        if !offered.isEmpty {
            try await database.grantEarlyDiscounts(
                to: offered, paidOn: day, on: day, by: actor, at: now, from: randomness)
        }
        try await Customer.noteDebts(of: all.map(\.draft.customer), of: tenant, in: database)
        if all.count == 1, let only = all.first {
            try await database.record(only.act(named: drafts.name(of: only)), by: actor, at: now, from: randomness)
        } else if !all.isEmpty {
            var outcome = Outcome(in: tenant.currency)
            try outcome.add(drafts)
            try await database.record(
                all.map { $0.act(named: drafts.name(of: $0)) }, as: outcome.act(on: day), by: actor, at: now,
                from: randomness)
        }
        return all.map(\.id)
    }

    private func number(
        _ drafts: [CustomerDraft], after sequence: Int, replacing old: Invoice.ID?, at now: Instant,
        in database: TenantDatabase
    ) async throws -> [[NumberedInvoice]] {
        let kinds = drafts.flatMap { $0.invoices.map(\.kind) }
        var next: [Invoice.Kind: Int] = [:]
        for (kind, series) in [(Invoice.Kind.invoice, settings.series), (.creditNote, settings.creditSeries)] {
            let count = kinds.lazy.filter { $0 == kind }.count
            if count > 0 { next[kind] = try await database.takeNumbers(count, of: series) }
        }
        var place = sequence
        return drafts.map { draft in
            draft.invoices.map { invoice in
                place += 1
                let number = next[invoice.kind] ?? 1
                next[invoice.kind] = number + 1
                return NumberedInvoice(
                    id: .make(milliseconds: now.milliseconds, from: randomness), sequence: place,
                    series: invoice.kind == .invoice ? settings.series : settings.creditSeries, number: number,
                    draft: invoice, issuedOn: day,
                    dueOn: invoice.kind == .invoice ? day + settings.dueDays : day, corrects: old)
            }
        }
    }
}

extension CustomerDraft {
    /// Whether the account's bounds can hold it. A customer at the bound does not stop others' invoices.
    fileprivate func fits(_ accounts: [BilledAccount]) -> Bool {
        Set(invoices.map(\.totals.total.currency)).allSatisfy { currency in
            let account = accounts.first { $0.currency == currency }
            var (owed, inFavour) = (account?.owed ?? 0, account?.inFavour ?? 0)
            for invoice in invoices where invoice.totals.total.currency == currency {
                if invoice.kind == .invoice {
                    owed += invoice.totals.total.minor
                } else {
                    inFavour += invoice.totals.total.minor
                }
                guard owed <= Money.most, inFavour <= Money.most else { return false }
            }
            return true
        }
    }
}

private struct BilledAccount: RowReadable {
    let customer: Customer.ID
    let currency: Currency
    let owed: Int64
    let inFavour: Int64

    init(row: Row) throws(DatabaseError) {
        customer = try row.read("customer_id")
        currency = try row.currency()
        (owed, inFavour) = (try row.read("receivable"), try row.read("in_favour"))
    }
}

extension TenantDatabase {
    fileprivate func accounts(of customers: [Customer.ID]) async throws(DatabaseError) -> [Customer.ID: [BilledAccount]]
    {
        let found: [BilledAccount] = try await rows(
            """
            SELECT customer_id, currency, receivable, -credit AS in_favour FROM customer_balances
            WHERE tenant_id = \(tenant) AND customer_id = ANY (\(customers))
            """)
        return Dictionary(grouping: found, by: \.customer)
    }

    /// Posts invoices and credit notes, and settles charges with the customers' credit.
    func post(
        _ invoices: [NumberedInvoice], on day: Day, by actor: Actor, at now: Instant, from randomness: Randomness
    ) async throws {
        let charged = invoices.filter { !$0.total.isZero }
        try await post(charged.map { try $0.transaction() }, by: actor, at: now)
        // One settlement for each customer, since it covers all their debts.
        for (currency, invoices) in Dictionary(grouping: charged, by: \.total.currency) {
            var known: Set<Customer.ID> = []
            let settlements = invoices.filter { known.insert($0.draft.customer).inserted }.map {
                (
                    customer: $0.draft.customer,
                    id: Transaction.ID.make(milliseconds: now.milliseconds, from: randomness), source: $0.id.uuid
                )
            }
            try await settleOldest(settlements, in: currency, on: day, by: actor, at: now)
        }
    }
}

extension NumberedInvoice {
    /// Its ledger transaction. Rounding to whole pesos is income, or reduces it.
    func transaction() throws(MoneyError) -> Transaction {
        let totals = draft.totals
        var postings: [Posting] = []
        func add(_ account: Account, _ amount: Money) {
            if !amount.isZero { postings.append(Posting(account, amount)) }
        }
        switch draft.kind {
        case .invoice:
            add(.receivable(draft.customer), totals.total)
            add(.income("services"), try -totals.net)
            for sum in totals.taxes { add(.tax(sum.tax.name), try -sum.amount) }
            add(.income("rounding"), try -totals.rounding)
        case .creditNote:
            add(.credit(draft.customer), try -totals.total)
            add(.income("services"), totals.net)
            for sum in totals.taxes { add(.tax(sum.tax.name), sum.amount) }
            add(.income("rounding"), totals.rounding)
        }
        return Transaction(
            id: Transaction.ID(id.uuid), draft.kind == .invoice ? .invoice : .creditNote, of: id.uuid, on: issuedOn,
            due: dueOn, note: folio, postings)
    }

    func act(named customer: String) -> Act {
        Act(
            draft.kind == .invoice ? .invoiceIssued : .creditNoteIssued,
            Act.Subject("invoice", id.uuid, named: folio),
            after: [
                Act.Detail("customer", customer), Act.Detail("amount", total.plainText),
                Act.Detail("day", issuedOn.iso), Act.Detail("due_on", dueOn.iso),
            ])
    }
}

extension [CustomerDraft] {
    /// Drafts are sorted by id.
    fileprivate func name(of invoice: NumberedInvoice) -> String {
        let id = invoice.draft.customer
        var (low, high) = (0, count)
        while low < high {
            let middle = (low + high) / 2
            if self[middle].customer.id.uuid < id.uuid { low = middle + 1 } else { high = middle }
        }
        return low < count && self[low].customer.id == id ? self[low].customer.name : ""
    }
}

extension BillingRun.Outcome {
    /// Refuses totals that overflow.
    mutating func add(_ drafts: [CustomerDraft]) throws {
        let before = self
        self = try InvoiceRefusal.translating { () throws(MoneyError) in
            var outcome = before
            for draft in drafts { try outcome.add(draft) }
            return outcome
        }
    }

    private mutating func add(_ draft: CustomerDraft) throws(MoneyError) {
        faults += draft.faults
        if !draft.invoices.isEmpty { customers += 1 }
        for invoice in draft.invoices {
            let amount = invoice.totals.total
            if invoice.kind == .invoice { invoices += 1 } else { creditNotes += 1 }
            // Amounts in other currencies are listed but not summed.
            guard amount.currency == total.currency else { continue }
            total = invoice.kind == .invoice ? try total + amount : try total - amount
        }
    }

    fileprivate mutating func add(_ other: Self) throws {
        let before = total
        total = try InvoiceRefusal.translating { () throws(MoneyError) in try before + other.total }
        invoices += other.invoices
        creditNotes += other.creditNotes
        customers += other.customers
        faults += other.faults
    }

    fileprivate func act(on day: Day) -> Act {
        Act(
            .invoicesRaised,
            after: [
                Act.Detail("day", day.iso), Act.Detail("invoices", "\(invoices)"),
                Act.Detail("credit_notes", "\(creditNotes)"), Act.Detail("amount", total.plainText),
            ])
    }
}
