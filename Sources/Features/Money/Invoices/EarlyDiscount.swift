import Access
import Billing
import Customers
import Events
import Identifiers
import Ledger
import Locale
import Postgres
import Time

/// An early-payment discount: pronto pago. Agreed with a plan and offered with the invoice; granted automatically once
/// no more than the discount is left to pay in time, and revoked with the payment that earned it.
package struct EarlyDiscount: Sendable, Equatable {
    package let amount: Money
    /// The last day to earn it.
    package let until: Day
    package let isGranted: Bool
}

extension InvoiceDraft {
    /// The sum over all lines, with the shortest of their terms.
    package var early: EarlyPayment? {
        let offers = lines.compactMap(\.early)
        guard kind == .invoice, let days = offers.map(\.days).min() else { return nil }
        let sum = offers.reduce(Int64(0)) { sum, offer in
            if case .amount(let off) = offer.discount { sum + off.minor } else { sum }
        }
        let amount = Money(minor: min(sum, totals.total.minor), totals.total.currency)
        return amount.isPositive ? EarlyPayment(.amount(amount), within: days) : nil
    }
}

extension NumberedInvoice {
    var early: EarlyDiscount? {
        guard let early = draft.early, case .amount(let amount) = early.discount else { return nil }
        return EarlyDiscount(amount: amount, until: min(early.lastDay(of: issuedOn), dueOn), isGranted: false)
    }
}

// Call these in the transaction of the payment, run or voiding.
extension TenantDatabase {
    func offer(_ invoices: [NumberedInvoice]) async throws(DatabaseError) {
        let offers = invoices.compactMap { invoice in invoice.early.map { (id: invoice.id, early: $0) } }
        guard !offers.isEmpty else { return }
        try await executeAhead(
            """
            INSERT INTO early_discounts (tenant_id, invoice_id, amount, until)
            SELECT \(tenant), g.*
            FROM unnest(\(offers.map(\.id)), \(offers.map(\.early.amount.minor)), \(offers.map(\.early.until))) g
            """)
    }

    /// Grants the discounts that these customers earned by paying on that day.
    func grantEarlyDiscounts(
        to customers: [Customer.ID], paidOn paid: Day, on day: Day, by actor: Actor, at now: Instant,
        from randomness: Randomness
    ) async throws {
        let earned: [DiscountOnInvoice] = try await rows(
            """
            SELECT e.invoice_id, i.customer_id, i.series, i.number, e.amount, o.open, e.granted_as, i.currency
            FROM early_discounts e
            JOIN invoices i ON i.tenant_id = e.tenant_id AND i.invoice_id = e.invoice_id
            JOIN ledger_charges o ON o.tenant_id = e.tenant_id AND o.charge_id = e.invoice_id
                AND o.customer_id = i.customer_id AND o.currency = i.currency
            WHERE e.tenant_id = \(tenant) AND i.customer_id = ANY (\(customers)) AND e.granted_as IS NULL
                AND e.until >= \(paid) AND i.voided_at IS NULL AND o.open <= e.amount AND o.open < o.amount
            ORDER BY i.sequence FOR UPDATE OF e
            """)
        func newID() -> Transaction.ID { .make(milliseconds: now.milliseconds, from: randomness) }
        for discount in earned {
            let id = newID()
            try await post(
                Transaction(
                    id: id, .discount, of: id.uuid, on: day, note: discount.folio,
                    [
                        Posting(.discount("early"), discount.amount),
                        Posting(.credit(discount.customer), try -discount.amount),
                    ]), by: actor, at: now)
            if discount.open.isPositive {
                try await post(
                    Transaction(
                        id: newID(), .settlement, of: id.uuid, on: day,
                        [
                            Posting(.credit(discount.customer), discount.open),
                            Posting(
                                .receivable(discount.customer), try -discount.open,
                                settles: Transaction.ID(discount.invoice.uuid)),
                        ]), by: actor, at: now)
            }
            try await mark(discount.invoice, grantedAs: id)
            let rest = newID()
            try await settleOldest(
                [(discount.customer, rest, rest.uuid)], in: discount.amount.currency, on: day, by: actor, at: now)
        }
    }

    /// Revokes discounts of invoices that are open again.
    func takeBackEarlyDiscounts(
        from customers: [Customer.ID], on day: Day, because reason: String, by actor: Actor, at now: Instant,
        from randomness: Randomness
    ) async throws {
        try await takeBack(
            "i.customer_id = ANY (\(customers)) AND o.open > 0", on: day, because: reason, by: actor, at: now,
            from: randomness)
    }

    func takeBackEarlyDiscount(
        of invoice: Invoice.ID, on day: Day, because reason: String, by actor: Actor, at now: Instant,
        from randomness: Randomness
    ) async throws {
        try await takeBack(
            "e.invoice_id = \(invoice)", on: day, because: reason, by: actor, at: now, from: randomness)
    }

    private func takeBack(
        _ which: SQL, on day: Day, because reason: String, by actor: Actor, at now: Instant,
        from randomness: Randomness
    ) async throws {
        let granted: [DiscountOnInvoice] = try await rows(
            """
            SELECT e.invoice_id, i.customer_id, i.series, i.number, e.amount, o.open, e.granted_as, i.currency
            FROM early_discounts e
            JOIN invoices i ON i.tenant_id = e.tenant_id AND i.invoice_id = e.invoice_id
            JOIN ledger_charges o ON o.tenant_id = e.tenant_id AND o.charge_id = e.invoice_id
                AND o.customer_id = i.customer_id AND o.currency = i.currency
            WHERE e.tenant_id = \(tenant) AND e.granted_as IS NOT NULL AND \(which)
            ORDER BY i.sequence FOR UPDATE OF e
            """)
        for discount in granted {
            guard let transaction = discount.grantedAs else { continue }
            try await undo(
                transaction, as: .make(milliseconds: now.milliseconds, from: randomness), on: day, because: reason,
                by: actor, at: now, from: randomness)
            try await mark(discount.invoice, grantedAs: nil)
        }
    }

    private func mark(_ invoice: Invoice.ID, grantedAs transaction: Transaction.ID?) async throws(DatabaseError) {
        try await execute(
            """
            UPDATE early_discounts SET granted_as = \(transaction)
            WHERE tenant_id = \(tenant) AND invoice_id = \(invoice)
            """)
    }
}

private struct DiscountOnInvoice: RowReadable {
    let invoice: Invoice.ID
    let customer: Customer.ID
    let folio: String
    let amount: Money
    let open: Money
    let grantedAs: Transaction.ID?

    init(row: Row) throws(DatabaseError) {
        let currency = try row.currency()
        let (amount, open): (Int64, Int64) = (try row.read("amount"), try row.read("open"))
        invoice = try row.read("invoice_id")
        customer = try row.read("customer_id")
        folio = Invoice.folio(try row.read("series"), try row.read("number"))
        (self.amount, self.open) = (Money(minor: amount, currency), Money(minor: open, currency))
        grantedAs = try row.read("granted_as")
    }
}
