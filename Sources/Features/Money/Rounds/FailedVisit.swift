import Access
import Customers
import Declarations
import Events
import Identifiers
import Locale
import Nouns
import Payments
import Postgres
import Tenancy
import Time

/// A collector's visit that found nobody: no localizado.
package struct FailedVisit: Sendable, Equatable {
    package typealias ID = Identifiers.ID<FailedVisit>

    package let id: ID
    package let customer: Customer.ID
    package var note = ""

    package init(id: ID, customer: Customer.ID) { (self.id, self.customer) = (id, customer) }
}

extension FailedVisit: Fielded {
    package static let noun = "FailedVisit"

    package static let fields: [Field<FailedVisit>] = [
        .line("note", \.note, 0...300, Message(es: "Nota", en: "Note", pt: "Nota")).hint(
            Message(
                es: "Qué encontró: casa cerrada, se mudó, vuelva el sábado.",
                en: "What you found: nobody home, moved away, come on Saturday.",
                pt: "O que encontrou: casa fechada, mudou-se, volte no sábado."))
    ]
}

extension FailedVisit {
    package func add(of tenant: Tenant, by principal: Principal, in database: TenantDatabase) async throws {
        let day = tenant.timeZone.day(at: principal.now)
        try await database.transaction { database in
            guard let customer = try await database.customer(customer) else { throw AccessRefusal.notFound }
            try await database.execute(
                """
                INSERT INTO failed_visits (tenant_id, visit_id, customer_id, note, day, author, made_at)
                VALUES (
                    \(database.tenant), \(id), \(customer.id), \(note), \(day), \(principal.actor.name),
                    \(principal.now))
                """)
            try await database.record(
                Act(
                    .customerNotFound, Act.Subject("customer", customer.id.uuid, named: customer.name),
                    after: details().filter { !$0.value.isEmpty }), by: principal.actor, at: principal.now)
        }
    }
}

/// A customer to visit: the overdue debt, the address, and today's outcome.
struct RoundStop: Sendable, RowReadable {
    let customer: Customer.ID
    let number: Int
    let name: String
    let phone: String
    let address: String
    let neighbourhood: String
    let zone: String
    let overdue: Money
    let since: Day
    /// Paid today: applied payments, and cash in somebody's hand.
    let paid: Money?
    /// Claimed as paid, not yet verified.
    let unverified: Money?
    let promisedUntil: Day?
    let missedAt: Instant?
    let missedNote: String

    /// No further visit is needed today.
    var isDone: Bool {
        paid != nil || unverified.map { $0.minor >= overdue.minor } == true || promisedUntil != nil || missedAt != nil
    }

    init(row: Row) throws(DatabaseError) {
        let currency: Currency = try row.word("currency")
        let (overdue, paid): (Int64, Int64) = (try row.read("overdue"), try row.read("paid"))
        let unverified: Int64 = try row.read("unverified")
        customer = try row.read("customer_id")
        number = try row.read("number")
        name = try row.read("name")
        phone = try row.read("phone")
        address = try row.read("address")
        neighbourhood = try row.read("neighbourhood")
        zone = try row.read("zone")
        self.overdue = Money(minor: overdue, currency)
        since = try row.read("since")
        self.paid = paid > 0 ? Money(minor: paid, currency) : nil
        self.unverified = unverified > 0 ? Money(minor: unverified, currency) : nil
        promisedUntil = try row.read("promised")
        missedAt = try row.read("missed_at")
        missedNote = try row.read("missed_note")
    }
}

extension TenantDatabase {
    static let mostStops = 300

    /// Customers with overdue debts within the visitor's zones, in walking order: by zone, neighbourhood and street.
    func roundStops(
        of zone: String?, on day: Day, for company: Tenant
    ) async throws -> [RoundStop] {
        let currency = company.currency
        let cash = try await paymentMethods(of: company).filter { $0.kind == .cash }.map(\.word)
        let inZone: SQL = zone.map { "AND c.zone_id = \(UUID($0))" } ?? .nothing
        return try await rows(
            """
            SELECT c.customer_id, c.number, c.name, c.phone, c.address, c.neighbourhood, coalesce(z.name, '') AS zone,
                o.overdue, o.since, \(currency.rawValue)::text AS currency,
                (SELECT coalesce(sum(p.amount), 0)::bigint FROM payments p
                 WHERE p.tenant_id = \(tenant) AND p.customer_id = c.customer_id AND p.day = \(day)
                    AND (p.state = 'applied' OR p.state = 'pending' AND p.method = ANY (\(cash)))) AS paid,
                (SELECT coalesce(sum(p.amount), 0)::bigint FROM payments p
                 WHERE p.tenant_id = \(tenant) AND p.customer_id = c.customer_id
                    AND p.state = 'pending' AND p.method <> ALL (\(cash))) AS unverified,
                (SELECT max(m.until) FROM payment_promises m
                 WHERE m.tenant_id = \(tenant) AND m.customer_id = c.customer_id AND m.state = 'open') AS promised,
                v.made_at AS missed_at, coalesce(v.note, '') AS missed_note
            FROM (
                SELECT g.customer_id, sum(g.open)::bigint AS overdue, min(g.due_on) AS since FROM ledger_charges g
                WHERE g.tenant_id = \(tenant) AND g.currency = \(currency.rawValue) AND g.open > 0 AND g.due_on < \(day)
                GROUP BY g.customer_id) o
            JOIN customers c ON c.tenant_id = \(tenant) AND c.customer_id = o.customer_id \(inZone)
            LEFT JOIN coverage_zones z ON z.tenant_id = c.tenant_id AND z.zone_id = c.zone_id
            LEFT JOIN LATERAL (
                SELECT f.made_at, f.note FROM failed_visits f
                WHERE f.tenant_id = \(tenant) AND f.customer_id = c.customer_id AND f.day = \(day)
                ORDER BY f.made_at DESC LIMIT 1) v ON true
            ORDER BY z.name NULLS LAST, lower(c.neighbourhood), lower(c.address), c.number LIMIT 301
            """)
    }
}
