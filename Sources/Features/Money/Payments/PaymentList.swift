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

extension Payment {
    /// Newest first, in the order received.
    static let list = List<Payment>(
        "payments", at: "/panel/payments", PaymentWords.payments.message, of: fields, by: "entry", id: \.id.uuid,
        isSearchable: true)

    private static let fields: [Field<Payment>] = [
        Field("name", .line(1...200), PaymentWords.customer.message) { .text($0.customerName) },
        .counted("entry", \.entry, Message(es: "N.º", en: "No.", pt: "N.º")).sorted(by: "p.entry").only(in: .record),
        Field("folio", .line(1...40), PaymentWords.number.message) { .text($0.folio) }.named(),
        Field("day", .day, PaymentWords.day.message) { .day($0.day) },
        Field("method", .line(1...60), PaymentWords.method.message) { .text($0.methodName) }.filtered(by: "p.method"),
        Field("reference", .line(0...60), PaymentWords.reference.message) { .text($0.reference) }.named(),
        Field("amount", .money(isRequired: true), PaymentWords.amount.message) { .money($0.amount) },
        .derived("state", \.state, PaymentWords.state.message).filtered(by: "p.state"),
        Field("author", .line(1...200), PaymentWords.author.message) { .text($0.author) }.minor(),
        Field("cashier", .reference, PaymentWords.author.message) { .id($0.authorID ?? $0.id.uuid) }
            .filtered(by: "p.actor_id").only(in: []),
        Field("evidence", .choice([withEvidence]), PaymentWords.evidence.message) {
            .text($0.hasEvidence ? withEvidence.word : "")
        }.filtered(by: "CASE WHEN \(hasEvidence) THEN 'yes' END").only(in: []),
        Field("customer", .reference, PaymentWords.customer.message) { .id($0.customer.uuid) }
            .filtered(by: "p.customer_id").only(in: []),
        Field("since", .day, PaymentWords.from.message) { .day($0.day) }.filtered(by: "p.day", .atLeast).only(in: []),
        Field("until", .day, PaymentWords.to.message) { .day($0.day) }.filtered(by: "p.day", .atMost).only(in: []),
        Field("note", .line(0...300), PaymentWords.note.message) { .text($0.note) }.only(in: .record),
        Field("reason", .line(0...300), PaymentWords.reason.message) { .text($0.reason) }.only(in: .record),
    ]

    private static let withEvidence = FieldKind.Choice(
        word: "yes", label: PaymentWords.withEvidence.message, tone: .quiet)
    private static let hasEvidence: SQL = """
        EXISTS (SELECT FROM payment_evidence e WHERE e.tenant_id = p.tenant_id AND e.payment_id = p.payment_id)
        """

    /// The address's query; newest first by default.
    static func query(_ visit: Visit) throws(RequestError) -> ListQuery<Payment> {
        var query = try ListQuery(list, visit.request.query)
        if visit.request.query["order"] == nil { query.isDescending = true }
        return query
    }

    /// Matches a receipt number or reference; digits alone may be either.
    static func printed(_ text: String, in tenant: TenantDatabase) -> SQL {
        let folio = NewPayment.Folio(printed: text)
        let number = Int(text) ?? folio?.number ?? 0
        let ofSeries: SQL = folio.map { "AND f.series = \($0.series)" } ?? .nothing
        return """
            SELECT f.payment_id FROM payments f
            WHERE f.tenant_id = \(tenant.tenant) AND f.number = \(number) \(ofSeries)
            UNION ALL
            SELECT f.payment_id FROM payments f
            WHERE f.tenant_id = \(tenant.tenant) AND f.reference = \(NewPayment.comparable(text)) AND f.reference <> ''
            """
    }

    static let search = DirectSearch(
        20, PaymentWords.payments.message, .billing, at: list.path, for: .paymentsView
    ) { visit, text in
        """
        SELECT p.payment_id AS id, c.name AS title,
            concat_ws(' · ', concat_ws('-', NULLIF(p.series, ''),
                lpad(p.number::text, greatest(6, length(p.number::text)), '0')), NULLIF(p.reference, '')) AS detail, p.day
        FROM payments p JOIN customers c ON c.tenant_id = p.tenant_id AND c.customer_id = p.customer_id
        WHERE p.tenant_id = \(visit.database.tenant) AND p.payment_id IN (\(printed(text, in: visit.database)))
        ORDER BY p.entry DESC LIMIT 8
        """
    }
}

/// The payment list's current page.
struct PaymentListPage {
    let part: ListPart<Payment>
    let cashiers: [(value: String, text: String)]
    /// Totals of all filtered payments; nil where they are too many to add up.
    let sums: (applied: Money, pending: Money)?

    init(_ query: ListQuery<Payment>, for visit: Visit) async throws {
        let currency = visit.tenant.currency
        (part, cashiers, sums) = try await visit.database.payments(of: query.text, for: visit.reader) {
            found, database in
            let counted: SQL = "FROM payments p WHERE p.tenant_id = \(database.tenant) \(query.restriction) \(found)"
            let (part, others) = try await visit.part(
                of: query, rows: database.payments(query, found), counted: counted,
                and: [
                    """
                    SELECT coalesce(sum(s.amount) FILTER (WHERE s.state = 'applied'), 0)::bigint AS applied,
                        coalesce(sum(s.amount) FILTER (WHERE s.state = 'pending'), 0)::bigint AS pending,
                        count(*) AS count
                    FROM (
                        SELECT p.amount, p.state \(counted) AND p.currency = \(currency.rawValue)
                        LIMIT \(query.most + 1)) s
                    """,
                    """
                    SELECT staff_id, name FROM staff
                    WHERE tenant_id = \(database.tenant) AND \(Permission.paymentsRegister.rawValue) = ANY (permissions)
                    ORDER BY name, staff_id LIMIT 200
                    """,
                ], in: database)
            let cashiers: [Cashier] = try others[others.startIndex + 1].read()
            let sums: Sums? = try others[others.startIndex].first.map { row in try Sums(row: row) }
            return (
                part, cashiers.map { ($0.id.description, $0.name) },
                sums.flatMap {
                    $0.count > query.most
                        ? nil : (Money(minor: $0.applied, currency), Money(minor: $0.pending, currency))
                }
            )
        }
    }
}

private struct Cashier: RowReadable {
    let id: UUID
    let name: String

    init(row: Row) throws(DatabaseError) { (id, name) = (try row.read("staff_id"), try row.read("name")) }
}

private struct Sums: RowReadable {
    let applied: Int64
    let pending: Int64
    let count: Int

    init(row: Row) throws(DatabaseError) {
        (applied, pending, count) = (try row.read("applied"), try row.read("pending"), try row.read("count"))
    }
}

extension TenantDatabase {
    /// Searches by receipt number, reference or customer.
    func payments<Result: Sendable>(
        of text: String, for reader: Reader,
        _ read: @Sendable (_ found: SQL, _ database: TenantDatabase) async throws -> Result
    ) async throws -> Result {
        guard !text.isEmpty else { return try await read(.nothing, self) }
        return try await transaction { database in
            let customers = try await database.customersLike(text, for: reader)
            return try await read(
                """
                AND p.payment_id IN (
                    \(Payment.printed(text, in: database))
                    UNION ALL SELECT f.payment_id FROM payments f
                    WHERE f.tenant_id = \(database.tenant) AND f.customer_id IN (\(customers)))
                """, database)
        }
    }

    func payments(_ query: ListQuery<Payment>, _ found: SQL) -> SQL {
        "\(paymentSelection) \(query.restriction) \(found) \(query.position) \(query.sorting)"
    }
}
