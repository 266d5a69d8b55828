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

/// Acts on single invoices, each one transaction with its event.
package struct InvoiceActs: Sendable {
    let randomness: Randomness

    package init(randomness: Randomness) { self.randomness = randomness }

    /// A manual line.
    package struct Item: Sendable, Equatable {
        package let name: String
        package let quantity: Int
        package let price: Money
        package let isExempt: Bool

        package init(name: String, quantity: Int = 1, price: Money, isExempt: Bool = false) {
            (self.name, self.quantity, self.price, self.isExempt) = (name, quantity, price, isExempt)
        }
    }

    static let mostItems = 50

    /// A manual invoice, for something other than a service's periods.
    package func issue(
        _ items: [Item], to id: Customer.ID, in name: FiscalProfile.ID?, note: String, of tenant: Tenant,
        as invoice: Invoice.ID? = nil, by principal: Principal, in database: TenantDatabase
    ) async throws -> Invoice {
        guard !items.isEmpty else { throw InvoiceRefusal.nothingToCharge }
        guard items.count <= Self.mostItems else { throw InvoiceRefusal.tooManyLines }
        let lines = try items.map { try line($0) }
        return try await database.transaction { database in
            let sequence = try await database.lockBilling()
            // A customer's charges go to their payer's account.
            guard let id = try await database.account(of: id) else { throw AccessRefusal.notFound }
            if let invoice, let known = try await database.invoice(invoice, on: tenant.today(principal)) {
                guard known.customer == id else { throw InvoiceRefusal.idTaken }
                return known
            }
            guard let billable = try await database.billable([id], in: tenant.timeZone).first else {
                throw AccessRefusal.notFound
            }
            let profile = billable.profiles.first { $0.id == name }
            guard name == nil || profile != nil else { throw InvoiceRefusal.unknownProfile }
            let draft = try InvoiceRefusal.translating { () throws(MoneyError) in
                try InvoiceDraft(
                    lines, for: billable, in: profile, by: tenant.company.taxes, in: tenant.currency)
            }
            guard draft.kind == .invoice, draft.totals.total.isPositive else { throw InvoiceRefusal.nothingToCharge }
            let settings = try await database.settings(of: tenant, by: principal)
            let numbered = NumberedInvoice(
                id: invoice ?? newID(principal), sequence: sequence + 1, series: settings.series,
                number: try await database.takeNumbers(1, of: settings.series), draft: draft,
                issuedOn: tenant.today(principal), dueOn: tenant.today(principal) + settings.dueDays, note: note)
            return try await put(numbered, named: billable.name, of: tenant, by: principal, in: database)
        }
    }

    private func line(_ item: Item) throws -> DraftLine {
        guard (1...10_000).contains(item.quantity), item.price.isPositive, item.price.isWithinBounds else {
            throw InvoiceRefusal.amountWrong
        }
        let amount = try InvoiceRefusal.translating { () throws(MoneyError) in
            try item.price * Int64(item.quantity)
        }
        guard amount.isWithinBounds else { throw InvoiceRefusal.amountWrong }
        return DraftLine(
            .other, name: item.name, quantity: item.quantity, amount: amount, isExempt: item.isExempt)
    }

    /// Credits a part of an invoice: lowers its open amount first, and the rest becomes the customer's credit. Taxes
    /// are the invoice's, in proportion.
    package func credit(
        _ amount: Money, of id: Invoice.ID, because reason: String, of tenant: Tenant, by principal: Principal,
        in database: TenantDatabase
    ) async throws -> Invoice {
        guard !reason.isEmpty else { throw InvoiceRefusal.reasonMissing }
        let today = tenant.today(principal)
        return try await database.transaction { database in
            let sequence = try await database.lockBilling()
            let invoice = try await database.standing(id, on: today)
            guard invoice.kind == .invoice else { throw InvoiceRefusal.noInvoice }
            let credited = try await database.invoices(correcting: id, on: today)
                .filter { $0.kind == .creditNote && $0.voidedAt == nil }
            let left = try credited.reduce(invoice.total) { try $0 - $1.total }
            guard amount.currency == invoice.total.currency, amount.isPositive, try amount <= left else {
                throw InvoiceRefusal.moreThanInvoiced
            }
            guard amount.minor % amount.currency.smallestShown == 0 else { throw InvoiceRefusal.amountWrong }
            let lines = try await database.lines(of: id)
            let settings = try await database.settings(of: tenant, by: principal)
            let draft = try InvoiceRefusal.translating { () throws(MoneyError) in
                try InvoiceDraft(crediting: amount, of: invoice, lines, because: reason)
            }
            let note = NumberedInvoice(
                id: newID(principal), sequence: sequence + 1, series: settings.creditSeries,
                number: try await database.takeNumbers(1, of: settings.creditSeries), draft: draft, issuedOn: today,
                dueOn: today, corrects: id, note: reason)
            return try await put(note, settling: invoice, of: tenant, by: principal, in: database)
        }
    }

    /// Inserts, books and records it. Call in a transaction that holds the billing lock.
    func put(
        _ numbered: NumberedInvoice, named name: String = "", settling invoice: Invoice? = nil, of tenant: Tenant,
        by principal: Principal, in database: TenantDatabase
    ) async throws -> Invoice {
        let (actor, now) = (principal.actor, principal.now)
        try await database.insert([numbered], by: actor, at: now)
        try await database.countInvoices(upTo: numbered.sequence)
        if let invoice, invoice.open.isPositive {
            try await database.post(try numbered.transaction(), by: actor, at: now)
            try await settle(invoice, with: numbered, by: principal, in: database)
        } else {
            try await database.post([numbered], on: numbered.issuedOn, by: actor, at: now, from: randomness)
        }
        try await Customer.noteDebts(of: [numbered.draft.customer], of: tenant, in: database)
        try await database.record(
            numbered.act(named: name.isEmpty ? invoice?.customerName ?? "" : name), by: actor, at: now,
            from: randomness)
        guard let issued = try await database.invoice(numbered.id, on: tenant.today(principal)) else {
            throw AccessRefusal.notFound
        }
        return issued
    }

    /// The credited invoice is settled first; the rest settles the oldest.
    private func settle(
        _ invoice: Invoice, with note: NumberedInvoice, by principal: Principal, in database: TenantDatabase
    ) async throws {
        let (actor, now) = (principal.actor, principal.now)
        try await database.hold(invoice.customer)
        let charges = try await database.openCharges(of: invoice.customer, in: note.total.currency)
        let open = charges.first { $0.id == invoice.transaction }?.open.minor ?? 0
        let part = Money(minor: min(open, note.total.minor), note.total.currency)
        if part.isPositive {
            try await database.post(
                Transaction(
                    id: newID(principal), .settlement, of: note.id.uuid, on: note.issuedOn,
                    [
                        Posting(.credit(invoice.customer), part),
                        Posting(.receivable(invoice.customer), try -part, settles: invoice.transaction),
                    ]), by: actor, at: now)
        }
        let rest: Transaction.ID = newID(principal)
        try await database.settleOldest(
            [(invoice.customer, rest, rest.uuid)], in: note.total.currency, on: note.issuedOn, by: actor, at: now)
    }

    /// Voids an invoice or credit note. What was paid of it becomes the customer's credit and settles their other
    /// debts. When reissued, its periods are charged by present data, in a new invoice.
    package func void(
        _ id: Invoice.ID, because reason: String, issuingAnew isReissued: Bool, of tenant: Tenant,
        by principal: Principal, in database: TenantDatabase
    ) async throws -> Invoice {
        guard !reason.isEmpty else { throw InvoiceRefusal.reasonMissing }
        let today = tenant.today(principal)
        let (actor, now) = (principal.actor, principal.now)
        return try await database.transaction { database in
            _ = try await database.lockBilling()
            let invoice = try await database.standing(id, on: today)
            guard try await database.invoices(correcting: id, on: today).allSatisfy({ $0.voidedAt != nil }) else {
                throw InvoiceRefusal.hasCreditNotes
            }
            let services = try await database.servicesCharged(by: id)
            if isReissued {
                guard !services.isEmpty, try await database.freePeriods(of: id) else {
                    throw InvoiceRefusal.periodsFollow
                }
            } else {
                try await database.closePeriods(of: id)
            }
            if !invoice.total.isZero {
                try await database.takeBackEarlyDiscount(
                    of: id, on: today, because: reason, by: actor, at: now, from: randomness)
                try await database.undo(
                    invoice.transaction, as: newID(principal), on: today, because: reason, by: actor, at: now,
                    from: randomness)
            }
            try await database.void(id, because: reason, by: actor, at: now)
            for service in try await database.withdrawDays(chargedBy: id.uuid, at: now) {
                guard let service = try await database.service(service, on: today) else { continue }
                _ = try await service.settled(of: tenant, by: principal, in: database)
            }
            try await database.record(
                Act(
                    .invoiceVoided, Act.Subject("invoice", id.uuid, named: invoice.folio),
                    after: [
                        Act.Detail("customer", invoice.customerName), Act.Detail("amount", invoice.total.plainText),
                        Act.Detail("reason", reason),
                    ]), by: actor, at: now, from: randomness)
            var shown = id
            if isReissued {
                let settings = try await database.settings(of: tenant, by: principal)
                let run = BillingRun(of: tenant, by: settings, on: today, from: randomness)
                let issued = try await run.issue(
                    of: invoice.customer, services: services, replacing: id, by: actor, at: now, in: database)
                shown = issued.first ?? id
            }
            guard let after = try await database.invoice(shown, on: today) else { throw AccessRefusal.notFound }
            return after
        }
    }

    func newID<Noun>(_ principal: Principal) -> ID<Noun> {
        .make(milliseconds: principal.now.milliseconds, from: randomness)
    }
}

extension InvoiceDraft {
    /// The invoice's lines in proportion, summing exactly to the amount.
    fileprivate init(
        crediting amount: Money, of invoice: Invoice, _ lines: [InvoiceLine], because reason: String
    ) throws(MoneyError) {
        // An invoice with negative lines is credited by tax and rate instead.
        var groups: [(treatment: TaxTreatment, sum: Int64)] = []
        for line in lines {
            let treatment =
                line.taxName.isEmpty
                ? TaxTreatment.exempt : TaxTreatment([Tax(line.taxName, line.taxRate)], included: true)
            let gross = try (line.net + line.tax).millionths
            if let place = groups.firstIndex(where: { $0.treatment == treatment }) {
                groups[place].sum += gross
            } else {
                groups.append((treatment, gross))
            }
        }
        groups.removeAll { $0.sum <= 0 }
        let parts = try amount.split(by: groups.map(\.sum))
        kind = .creditNote
        customer = invoice.customer
        receiver = invoice.receiver
        self.lines = parts.map { DraftLine(.other, name: reason, amount: $0) }
        taxed = try zip(parts, groups).map { part, group throws(MoneyError) in try TaxedLine(part, group.treatment) }
        totals = try InvoiceTotals(taxed, in: amount.currency)
    }
}

extension Tenant {
    func today(_ principal: Principal) -> Day { timeZone.day(at: principal.now) }
}

extension TenantDatabase {
    /// The company's settings, or defaults if it does not bill automatically.
    func settings(of tenant: Tenant, by principal: Principal) async throws -> BillingSettings {
        try await billingSettings() ?? BillingSettings(firstDay: tenant.timeZone.day(at: principal.now).month.first)
    }

    /// An invoice that is not voided.
    fileprivate func standing(_ id: Invoice.ID, on day: Day) async throws -> Invoice {
        guard let invoice = try await invoice(id, on: day) else { throw AccessRefusal.notFound }
        guard invoice.voidedAt == nil else { throw InvoiceRefusal.voidedAlready }
        return invoice
    }

    fileprivate func servicesCharged(by id: Invoice.ID) async throws -> Set<Service.ID> {
        let found: [ChargedService] = try await rows(
            "SELECT DISTINCT service_id FROM billed_periods WHERE tenant_id = \(tenant) AND invoice_id = \(id)")
        return Set(found.map(\.id))
    }
}

private struct ChargedService: RowReadable {
    let id: Service.ID

    init(row: Row) throws(DatabaseError) { id = try row.read("service_id") }
}
