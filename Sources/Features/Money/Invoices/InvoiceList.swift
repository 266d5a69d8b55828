import Access
import Customers
import Declarations
import HTTP
import Identifiers
import Locale
import Nouns
import Panel
import Postgres
import Tenancy
import Time

extension Invoice {
    /// The list of invoices, newest first.
    static let list = List<Invoice>(
        "invoices", at: "/panel/invoices", InvoiceWords.invoices.message, of: fields, by: "sequence",
        id: \.id.uuid, isSearchable: true)

    private static let fields: [Field<Invoice>] = [
        Field("folio", .line(1...30), InvoiceWords.folio.message) { .text($0.folio) },
        .counted("sequence", \.sequence, Message(es: "N.º", en: "No.", pt: "N.º")).sorted(by: "i.sequence")
            .only(in: .record),
        Field("name", .line(1...200), InvoiceWords.customer.message) { .text($0.customerName) },
        Field("issued_on", .day, InvoiceWords.issuedOn.message) { .day($0.issuedOn) },
        Field("due_on", .day, InvoiceWords.dueOn.message) { .day($0.dueOn) },
        Field("total", .money(isRequired: true), InvoiceWords.total.message) { .money($0.total) },
        Field("open", .money(isRequired: true), InvoiceWords.open.message) { .money($0.open) },
        .derived("state", \.state, InvoiceWords.state.message).filtered(by: invoiceState),
        .derived("kind", \.kind, InvoiceWords.kind.message).filtered(by: "i.kind").only(in: .record),
        Field("month", .day, InvoiceWords.month.message) { .day($0.issuedOn.month.first) }
            .filtered(by: "date_trunc('month', i.issued_on)::date").only(in: []),
        Field("customer", .reference, InvoiceWords.customer.message) { .id($0.customer.uuid) }
            .filtered(by: "i.customer_id").only(in: []),
        Field("net", .money(isRequired: true), InvoiceWords.net.message) { .money($0.net) }.only(in: .record),
        Field("tax", .money(isRequired: true), InvoiceWords.tax.message) { .money($0.tax) }.only(in: .record),
        Field("receiver", .line(0...254), InvoiceWords.receiver.message) { .text($0.receiver.name) }.only(in: .record),
        Field("tax_id", .line(0...20), InvoiceWords.taxID.message) { .text($0.receiver.taxID) }.only(in: .record),
    ]

    /// From the URL, newest first by default.
    static func query(_ visit: Visit) throws(RequestError) -> ListQuery<Invoice> {
        var query = try ListQuery(list, visit.request.query)
        if visit.request.query["order"] == nil { query.isDescending = true }
        return query
    }

    /// By a typed folio: "F-000123", "f123", "123".
    private static func found(by text: String) -> SQL {
        let letters = text.uppercased().utf8.filter { $0 != UInt8(ascii: "-") && $0 != UInt8(ascii: " ") }
        let digits = letters.reversed().prefix { (0x30...0x39).contains($0) }.reversed()
        let series = String(decoding: letters.dropLast(digits.count), as: UTF8.self)
        let number = Int(String(decoding: Array(digits), as: UTF8.self)) ?? 0
        return series.isEmpty ? "f.number = \(number)" : "f.series = \(series) AND f.number = \(number)"
    }

    /// The ids of invoices with this folio.
    fileprivate static func printed(_ text: String, in database: TenantDatabase) -> SQL {
        "SELECT f.invoice_id FROM invoices f WHERE f.tenant_id = \(database.tenant) AND \(found(by: text))"
    }

    static let search = DirectSearch(
        10, InvoiceWords.invoices.message, .billing, at: list.path, for: .invoicesView
    ) { visit, text in
        """
        SELECT i.invoice_id AS id, concat_ws('-', NULLIF(i.series, ''),
                lpad(i.number::text, greatest(6, length(i.number::text)), '0')) AS title,
            c.name AS detail, i.issued_on AS day
        FROM invoices i JOIN customers c ON c.tenant_id = i.tenant_id AND c.customer_id = i.customer_id
        WHERE i.tenant_id = \(visit.database.tenant) AND i.invoice_id IN (\(printed(text, in: visit.database)))
        ORDER BY i.sequence DESC LIMIT 8
        """
    }

    /// The last two years' months, newest first.
    static func months(for visit: Visit) -> FieldOptions {
        let this = visit.today.month
        return FieldOptions(
            (0..<24).map { back in
                let first = (this - back).first
                return (first.iso, first.month.text(for: visit.reader))
            }, none: nil)
    }
}

extension Visit {
    /// In the company's time zone.
    var today: Day { tenant.timeZone.day(at: now) }
}

extension TenantDatabase {
    /// Searches by folio or customer.
    func invoices<Result: Sendable>(
        of text: String, for reader: Reader,
        _ read: @Sendable (_ found: SQL, _ database: TenantDatabase) async throws -> Result
    ) async throws -> Result {
        guard !text.isEmpty else { return try await read(.nothing, self) }
        return try await transaction { database in
            let customers = try await database.customersLike(text, for: reader)
            return try await read(
                """
                AND i.invoice_id IN (
                    \(Invoice.printed(text, in: database))
                    UNION ALL SELECT f.invoice_id FROM invoices f
                    WHERE f.tenant_id = \(database.tenant) AND f.customer_id IN (\(customers)))
                """, database)
        }
    }

    func invoices(_ query: ListQuery<Invoice>, _ found: SQL, on day: Day) -> SQL {
        invoices(on: day, "\(restriction(of: query)) \(found) \(query.position) \(query.sorting)")
    }

    /// Counts without names, and with the open amount only if the state needs it.
    func invoicesCounted(_ query: ListQuery<Invoice>, _ found: SQL, on day: Day) -> SQL {
        let charges: SQL = query.filters.contains { $0.field.name == "state" } ? openCharges(on: day) : .nothing
        return "FROM invoices i \(charges) WHERE i.tenant_id = \(tenant) \(restriction(of: query)) \(found)"
    }

    /// The total and the open amount of the valid invoices.
    func invoicesSummed(_ query: ListQuery<Invoice>, _ found: SQL, in currency: Currency, on day: Day) -> SQL {
        """
        SELECT coalesce(sum(CASE s.kind WHEN 'credit_note' THEN -s.total ELSE s.total END), 0)::bigint AS total,
            coalesce(sum(s.open), 0)::bigint AS open, count(*) AS count
        FROM (
            SELECT i.kind, i.total, o.open FROM invoices i \(openCharges(on: day))
            WHERE i.tenant_id = \(tenant) \(restriction(of: query)) \(found) AND i.voided_at IS NULL
                AND i.currency = \(currency.rawValue)
            LIMIT \(query.most + 1)) s
        """
    }

    /// Translates a derived state into conditions on indexed columns too.
    private func restriction(of query: ListQuery<Invoice>) -> SQL {
        var indexed: SQL = .nothing
        for (field, value) in query.filters {
            switch (field.name, value) {
            case ("state", .text("voided")): indexed = "\(indexed) AND i.voided_at IS NOT NULL"
            case ("state", .text("credited")): indexed = "\(indexed) AND i.kind = 'credit_note'"
            case ("state", .text("overdue")), ("state", .text("pending")), ("state", .text("partial")):
                indexed = "\(indexed) AND o.open > 0"
            case ("month", .day(let day)):
                indexed = "\(indexed) AND i.issued_on >= \(day) AND i.issued_on < \((day.month + 1).first)"
            default: break
            }
        }
        return "\(query.restriction) \(indexed)"
    }
}

struct InvoiceSums: RowReadable {
    let total: Int64
    let open: Int64
    let count: Int

    init(row: Row) throws(DatabaseError) {
        (total, open, count) = (try row.read("total"), try row.read("open"), try row.read("count"))
    }

    func text(in currency: Currency, for reader: Reader) -> String {
        [(InvoiceWords.total, total), (.open, open)].map {
            "\($0.0.text(for: reader)) \(Money(minor: $0.1, currency).exactText(for: reader))"
        }.joined(separator: " · ")
    }
}
