import Access
import Billing
import Customers
import Events
import Identifiers
import JSON
import Locale
import Nouns
import Plans
import Postgres
import Services
import Time

/// A numbered invoice to be inserted.
struct NumberedInvoice: Sendable {
    let id: Invoice.ID
    let sequence: Int
    let series: String
    let number: Int
    let draft: InvoiceDraft
    let issuedOn: Day
    let dueOn: Day
    var corrects: Invoice.ID?
    var note = ""

    var folio: String { Invoice.folio(series, number) }
    var total: Money { draft.totals.total }
}

// Issuing.
extension TenantDatabase {
    /// Serialises issuing in a company until the commit, so that numbers and periods read afterwards are the latest.
    /// Returns the number of invoices so far.
    func lockBilling() async throws(DatabaseError) -> Int {
        try await value(
            """
            INSERT INTO counters (tenant_id, name, last) VALUES (\(tenant), 'invoice', 0)
            ON CONFLICT (tenant_id, name) DO UPDATE SET last = counters.last RETURNING last
            """) ?? 0
    }

    func countInvoices(upTo last: Int) async throws(DatabaseError) {
        try await executeAhead("UPDATE counters SET last = \(last) WHERE tenant_id = \(tenant) AND name = 'invoice'")
    }

    /// Reserves consecutive numbers and returns the first.
    func takeNumbers(_ count: Int, of series: String) async throws(DatabaseError) -> Int {
        let last: Int =
            try await value(
                """
                INSERT INTO invoice_series AS s (tenant_id, series, last) VALUES (\(tenant), \(series), \(count))
                ON CONFLICT (tenant_id, series) DO UPDATE SET last = s.last + excluded.last RETURNING last
                """) ?? count
        return last - count + 1
    }

    func insert(_ invoices: [NumberedInvoice], by actor: Actor, at now: Instant) async throws(DatabaseError) {
        let totals = invoices.map(\.draft.totals)
        let receivers = invoices.map(\.draft.receiver)
        try await executeAhead(
            """
            INSERT INTO invoices (
                tenant_id, invoice_id, kind, sequence, series, number, customer_id, profile_id, receiver_name,
                receiver_tax_id, receiver_regime, receiver_purpose, receiver_postal_code, receiver_address, issued_on,
                due_on, currency, net, tax, rounding, total, taxes, corrects, note, actor_id, actor, made_at)
            SELECT \(tenant), g.*, \(actor.id), \(actor.name), \(now)
            FROM unnest(
                \(invoices.map(\.id)), \(invoices.map(\.draft.kind.rawValue)), \(invoices.map(\.sequence)),
                \(invoices.map(\.series)), \(invoices.map(\.number)), \(invoices.map(\.draft.customer)),
                \(receivers.map(\.profile)), \(receivers.map(\.name)), \(receivers.map(\.taxID)),
                \(receivers.map(\.regime)), \(receivers.map(\.purpose)), \(receivers.map(\.postalCode)),
                \(receivers.map(\.address)), \(invoices.map(\.issuedOn)), \(invoices.map(\.dueOn)),
                \(totals.map(\.total.currency.code)), \(totals.map(\.net.minor)), \(totals.map(\.taxed)),
                \(totals.map(\.rounding.minor)), \(totals.map(\.total.minor)), \(totals.map(\.taxText)),
                \(invoices.map(\.corrects)), \(invoices.map(\.note))) g
            """)
        let lines = invoices.flatMap { invoice in
            zip(invoice.draft.lines, invoice.draft.taxed).enumerated().map {
                (invoice: invoice.id, number: Int32($0 + 1), line: $1.0, taxed: $1.1)
            }
        }
        try await offer(invoices)
        let codes = invoices.first.map { ProductCodes(of: $0.total.currency) } ?? ProductCodes(of: .usd)
        try await executeAhead(
            """
            INSERT INTO invoice_lines (
                tenant_id, invoice_id, line, kind, service_id, part_id, name, from_day, to_day, billed_from, quantity,
                amount, net, tax, tax_name, tax_rate, product_code, unit_code)
            SELECT \(tenant), g.*, \(codes.product), \(codes.unit)
            FROM unnest(
                \(lines.map(\.invoice)), \(lines.map(\.number)), \(lines.map(\.line.kind.rawValue)),
                \(lines.map(\.line.service)), \(lines.map(\.line.part)), \(lines.map(\.line.name)),
                \(lines.map(\.line.period?.from)), \(lines.map(\.line.period?.to)), \(lines.map(\.line.billedFrom)),
                \(lines.map { Int32($0.line.quantity) }), \(lines.map(\.line.amount.minor)),
                \(lines.map(\.taxed.net.millionths)), \(lines.map { $0.taxed.gross.millionths - $0.taxed.net.millionths }),
                \(lines.map { $0.taxed.taxes.first?.tax.name ?? "" }),
                \(lines.map { Int32($0.taxed.taxes.first?.tax.rate.millionths ?? 0) })) g
            """)
    }

    func insert(_ periods: [(service: Service.ID, period: BilledPeriod, invoice: Invoice.ID?)])
        async throws(DatabaseError)
    {
        guard !periods.isEmpty else { return }
        try await executeAhead(
            """
            INSERT INTO billed_periods (
                tenant_id, service_id, from_day, to_day, cycle_from, cycle_to, invoice_id, is_first, is_last, cut_share)
            SELECT \(tenant), g.*
            FROM unnest(
                \(periods.map(\.service)), \(periods.map(\.period.from)), \(periods.map(\.period.to)),
                \(periods.map(\.period.cycle.from)), \(periods.map(\.period.cycle.to)), \(periods.map(\.invoice)),
                \(periods.map(\.period.isFirst)), \(periods.map(\.period.isLast)),
                \(periods.map(\.period.cutShare?.percent))) g
            """)
    }

    func use(_ credits: [(credit: UUID, invoice: Invoice.ID?)]) async throws(DatabaseError) {
        let used = credits.filter { $0.invoice != nil }
        guard !used.isEmpty else { return }
        try await executeAhead(
            """
            UPDATE service_credits c SET invoice_id = g.invoice
            FROM unnest(\(used.map(\.credit)), \(used.map(\.invoice))) g(credit, invoice)
            WHERE c.tenant_id = \(tenant) AND c.credit_id = g.credit
            """)
    }

    /// Marks the invoice's periods as not to be charged again.
    func closePeriods(of invoice: Invoice.ID) async throws(DatabaseError) {
        try await execute(
            "UPDATE billed_periods SET is_void = true WHERE tenant_id = \(tenant) AND invoice_id = \(invoice)")
    }

    /// Frees the invoice's periods to be charged again. False when later periods build on them.
    func freePeriods(of invoice: Invoice.ID) async throws(DatabaseError) -> Bool {
        let isBuiltOn: Bool? = try await value(
            """
            SELECT EXISTS (
                SELECT FROM billed_periods b
                WHERE b.tenant_id = \(tenant) AND b.invoice_id = \(invoice) AND EXISTS (
                    SELECT FROM billed_periods n
                    WHERE n.tenant_id = \(tenant) AND n.service_id = b.service_id AND n.from_day > b.from_day
                        AND n.invoice_id IS DISTINCT FROM b.invoice_id))
            """)
        guard isBuiltOn == false else { return false }
        try await execute("DELETE FROM billed_periods WHERE tenant_id = \(tenant) AND invoice_id = \(invoice)")
        try await execute(
            "UPDATE service_credits SET invoice_id = NULL WHERE tenant_id = \(tenant) AND invoice_id = \(invoice)")
        return true
    }

    func void(_ id: Invoice.ID, because reason: String, by actor: Actor, at now: Instant) async throws(DatabaseError) {
        try await execute(
            """
            UPDATE invoices SET voided_at = \(now), voided_by = \(actor.name), void_reason = \(reason)
            WHERE tenant_id = \(tenant) AND invoice_id = \(id)
            """)
    }
}

/// The tax office's codes for an Internet provider's products.
private struct ProductCodes {
    let product: String
    let unit: String

    init(of currency: Currency) {
        (product, unit) = currency == .mxn ? ("81112101", "E48") : ("", "")
    }
}

extension InvoiceTotals {
    fileprivate var taxed: Int64 { taxes.reduce(0) { $0 + $1.amount.minor } }

    fileprivate var taxText: JSONText {
        var json = JSONWriter(reserving: 128)
        json.array { json in
            for sum in taxes {
                json.object { json in
                    json.member("name", sum.tax.name)
                    json.member("rate", Int(sum.tax.rate.millionths))
                    json.member("base", Int(sum.base.millionths))
                    json.member("amount", Int(sum.amount.minor))
                }
            }
        }
        return JSONText(json.bytes)
    }
}

extension Invoice {
    /// The state of the invoice `i` on `today.day`.
    static let invoiceState: SQL = """
        CASE WHEN i.voided_at IS NOT NULL THEN 'voided' WHEN i.kind = 'credit_note' THEN 'credited'
            WHEN coalesce(o.open, 0) = 0 THEN 'paid' WHEN i.due_on < today.day THEN 'overdue'
            WHEN o.open < i.total THEN 'partial' ELSE 'pending' END
        """
}

// Reading.
extension TenantDatabase {
    func invoiceTables(on day: Day) -> SQL {
        """
        invoices i JOIN customers c ON c.tenant_id = i.tenant_id AND c.customer_id = i.customer_id
        \(openCharges(on: day))
        """
    }

    /// The open amount of the invoice `i`.
    func openCharges(on day: Day) -> SQL {
        """
        CROSS JOIN (SELECT \(day)::date AS day) today
        LEFT JOIN ledger_charges o ON o.tenant_id = i.tenant_id AND o.charge_id = i.invoice_id
            AND o.customer_id = i.customer_id AND o.currency = i.currency
        LEFT JOIN early_discounts e ON e.tenant_id = i.tenant_id AND e.invoice_id = i.invoice_id
        """
    }

    func invoices(on day: Day, _ which: SQL) -> SQL {
        """
        SELECT i.invoice_id, i.kind, i.sequence, i.series, i.number, i.customer_id, c.number AS customer_number,
            c.name AS customer_name, i.profile_id, i.receiver_name, i.receiver_tax_id, i.receiver_regime,
            i.receiver_purpose, i.receiver_postal_code, i.receiver_address, i.issued_on, i.due_on, i.currency, i.net,
            i.tax, i.rounding, i.total, coalesce(o.open, 0) AS open, i.taxes, \(Invoice.invoiceState) AS state, i.corrects,
            e.amount AS early_amount, e.until AS early_until, e.granted_as IS NOT NULL AS early_granted,
            i.note, i.actor, i.made_at, i.voided_at, coalesce(i.voided_by, '') AS voided_by, i.void_reason
        FROM \(invoiceTables(on: day))
        WHERE i.tenant_id = \(tenant) \(which)
        """
    }

    package func invoice(_ id: Invoice.ID, on day: Day) async throws(DatabaseError) -> Invoice? {
        try await first(invoices(on: day, "AND i.invoice_id = \(id)"))
    }

    /// Newest first.
    package func invoices(of customer: Customer.ID, on day: Day, limit: Int) async throws(DatabaseError) -> [Invoice] {
        try await rows(invoicesStatement(of: customer, on: day, limit: limit))
    }

    func invoicesStatement(of customer: Customer.ID, on day: Day, limit: Int) -> SQL {
        invoices(on: day, "AND i.customer_id = \(customer) ORDER BY i.sequence DESC LIMIT \(limit)")
    }

    /// Including invoices on which another customer paid for this one's services.
    func invoicesStatement(concerning customer: Customer.ID, on day: Day, limit: Int) -> SQL {
        invoices(
            on: day,
            """
            AND (i.customer_id = \(customer) OR i.invoice_id IN (
                SELECT b.invoice_id FROM services s
                JOIN billed_periods b ON b.tenant_id = s.tenant_id AND b.service_id = s.service_id
                WHERE s.tenant_id = \(tenant) AND s.customer_id = \(customer)))
            ORDER BY i.sequence DESC LIMIT \(limit)
            """)
    }

    /// The customers whose services the invoice charges, other than its own.
    func users(of invoice: Invoice) async throws(DatabaseError) -> [InvoiceUser] {
        try await rows(
            """
            SELECT DISTINCT c.customer_id, c.number, c.name FROM invoice_lines l
            JOIN services s ON s.tenant_id = l.tenant_id AND s.service_id = l.service_id
            JOIN customers c ON c.tenant_id = s.tenant_id AND c.customer_id = s.customer_id
            WHERE l.tenant_id = \(tenant) AND l.invoice_id = \(invoice.id) AND s.customer_id <> \(invoice.customer)
            ORDER BY c.number
            """)
    }

    /// The oldest invoice with a discount that can still be earned.
    func earlyDiscountStatement(of customer: Customer.ID, on day: Day) -> SQL {
        invoices(
            on: day,
            """
            AND i.customer_id = \(customer) AND e.granted_as IS NULL AND e.until >= \(day) AND i.voided_at IS NULL
                AND o.open > 0 ORDER BY i.sequence LIMIT 1
            """)
    }

    /// In order of issue, for programs.
    func invoices(
        after sequence: Int, of kind: Invoice.Kind?, in state: Invoice.State?, of customer: Customer.ID?, on day: Day,
        limit: Int
    ) async throws(DatabaseError) -> [Invoice] {
        let kind: SQL = kind.map { "AND i.kind = \($0.rawValue)" } ?? .nothing
        let state: SQL = state.map { "AND \(Invoice.invoiceState) = \($0.rawValue)" } ?? .nothing
        let customer: SQL = customer.map { "AND i.customer_id = \($0)" } ?? .nothing
        return try await rows(
            invoices(
                on: day, "AND i.sequence > \(sequence) \(kind) \(state) \(customer) ORDER BY i.sequence LIMIT \(limit)"
            ))
    }

    /// An invoice's credit notes, and its replacement.
    func invoices(correcting id: Invoice.ID, on day: Day) async throws(DatabaseError) -> [Invoice] {
        try await rows(invoices(on: day, "AND i.corrects = \(id) ORDER BY i.sequence"))
    }

    package func lines(of id: Invoice.ID) async throws(DatabaseError) -> [InvoiceLine] {
        try await rows(
            """
            SELECT l.kind, l.service_id, l.name, l.from_day, l.to_day, l.quantity, l.amount, l.net, l.tax, l.tax_name,
                l.tax_rate, i.currency
            FROM invoice_lines l JOIN invoices i ON i.tenant_id = l.tenant_id AND i.invoice_id = l.invoice_id
            WHERE l.tenant_id = \(tenant) AND l.invoice_id = \(id) ORDER BY l.line
            """)
    }
}

/// A customer whose services another pays for.
struct InvoiceUser: Sendable, RowReadable {
    let customer: Customer.ID
    let name: String

    init(row: Row) throws(DatabaseError) {
        let number: Int = try row.read("number")
        customer = try row.read("customer_id")
        let called: String = try row.read("name")
        name = "\(called) (\(number))"
    }
}

extension Invoice: RowReadable {
    package init(row: Row) throws(DatabaseError) {
        let currency = try row.currency()
        func money(_ column: StaticString) throws(DatabaseError) -> Money {
            Money(minor: try row.read(column), currency)
        }
        id = try row.read("invoice_id")
        kind = try row.word("kind")
        sequence = try row.read("sequence")
        series = try row.read("series")
        number = try row.read("number")
        customer = try row.read("customer_id")
        customerNumber = try row.read("customer_number")
        customerName = try row.read("customer_name")
        receiver = Receiver(
            profile: try row.read("profile_id"), name: try row.read("receiver_name"),
            taxID: try row.read("receiver_tax_id"), regime: try row.read("receiver_regime"),
            purpose: try row.read("receiver_purpose"), postalCode: try row.read("receiver_postal_code"),
            address: try row.read("receiver_address"))
        issuedOn = try row.read("issued_on")
        dueOn = try row.read("due_on")
        net = try money("net")
        tax = try money("tax")
        rounding = try money("rounding")
        total = try money("total")
        open = try money("open")
        taxes = try TaxSum.read(try row.read("taxes"), in: currency)
        state = try row.word("state")
        corrects = try row.read("corrects")
        let (early, until): (Int64?, Day?) = (try row.read("early_amount"), try row.read("early_until"))
        let isGranted: Bool = try row.read("early_granted")
        self.early = early.flatMap { amount in
            until.map { EarlyDiscount(amount: Money(minor: amount, currency), until: $0, isGranted: isGranted) }
        }
        note = try row.read("note")
        author = try row.read("actor")
        madeAt = try row.read("made_at")
        voidedAt = try row.read("voided_at")
        voidedBy = try row.read("voided_by")
        voidReason = try row.read("void_reason")
    }
}

extension Invoice.TaxSum {
    fileprivate static func read(_ text: JSONText, in currency: Currency) throws(DatabaseError) -> [Self] {
        do {
            let stored = try [StoredTax](json: JSONValue.parse(text.bytes))
            return stored.map {
                Self(
                    tax: Tax($0.name, Percentage(millionths: $0.rate)),
                    base: FineAmount(millionths: $0.base, currency), amount: Money(minor: $0.amount, currency))
            }
        } catch {
            throw .wrongColumn("An invoice's taxes cannot be read")
        }
    }
}

private struct StoredTax: JSONReadable {
    let name: String
    let rate: Int64
    let base: Int64
    let amount: Int64

    init(json: JSONValue, at pointer: JSONPointer) throws(JSONError) {
        var fields = try JSONFields(json, at: pointer)
        let (name, rate) = (fields.required("name", as: String.self), fields.required("rate", as: Int64.self))
        let (base, amount) = (fields.required("base", as: Int64.self), fields.required("amount", as: Int64.self))
        (self.name, self.rate, self.base, self.amount) = try fields.finish(name, rate, base, amount)
    }
}

extension InvoiceLine: RowReadable {
    package init(row: Row) throws(DatabaseError) {
        let currency = try row.currency()
        let (from, to): (Day?, Day?) = (try row.read("from_day"), try row.read("to_day"))
        let (quantity, rate): (Int32, Int32) = (try row.read("quantity"), try row.read("tax_rate"))
        kind = try row.word("kind")
        service = try row.read("service_id")
        name = try row.read("name")
        period = from.flatMap { from in to.flatMap { Period(from: from, to: $0) } }
        self.quantity = Int(quantity)
        amount = Money(minor: try row.read("amount"), currency)
        net = FineAmount(millionths: try row.read("net"), currency)
        tax = FineAmount(millionths: try row.read("tax"), currency)
        taxName = try row.read("tax_name")
        taxRate = Percentage(millionths: Int64(rate))
    }
}
