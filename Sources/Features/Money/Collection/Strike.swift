import Access
import Customers
import Events
import HTTP
import Identifiers
import Jobs
import Ledger
import Locale
import Nouns
import Payments
import Postgres
import Tenancy
import Time

/// A false receipt, which counts against a customer.
package struct Strike: Sendable, Equatable {
    package typealias ID = Identifiers.ID<Strike>

    package let id: ID
    package let customer: Customer.ID
    package let payment: Payment.ID
    package let reason: String
    package let day: Day
    package let expiresOn: Day?
    package let author: String
    package let madeAt: Instant
    package let annulledAt: Instant?
    package let annulledBy: String?
    package let annulledFor: String

    package func counts(on day: Day) -> Bool { annulledAt == nil && (expiresOn.map { day < $0 } ?? true) }
}

package enum StrikeRefusal: Refusal, MessageCatalogue {
    case reasonMissing, annulledAlready

    package var status: Status { self == .annulledAlready ? .conflict : .unprocessableContent }
    package var code: String { self == .annulledAlready ? "strike_annulled" : "reason_missing" }

    package var message: Message {
        switch self {
        case .reasonMissing: Message(es: "Escriba el motivo.", en: "Write the reason.", pt: "Escreva o motivo.")
        case .annulledAlready: Message(es: "Ya está anulado.", en: "It is annulled already.", pt: "Já está anulado.")
        }
    }
}

extension Strike {
    /// Annuls a strike: a service that it cut is reconnected.
    package static func annul(
        _ id: ID, because reason: String, by principal: Principal, in database: TenantDatabase
    ) async throws -> Strike {
        guard !reason.isEmpty else { throw StrikeRefusal.reasonMissing }
        return try await database.transaction { database in
            guard let strike = try await database.strike(id),
                let person = try await database.customer(strike.customer)
            else { throw AccessRefusal.notFound }
            let annulled = try await database.execute(
                """
                UPDATE collection_strikes SET annulled_at = \(principal.now), annulled_by = \(principal.actor.name),
                    annulled_for = \(reason)
                WHERE tenant_id = \(database.tenant) AND strike_id = \(id) AND annulled_at IS NULL
                """)
            guard annulled > 0 else { throw StrikeRefusal.annulledAlready }
            try await database.record(
                Act(
                    .strikeAnnulled,
                    Act.Subject("customer", strike.customer.uuid, named: "\(person.name) (\(person.number))"),
                    after: [Act.Detail("reason", reason)]), by: principal.actor, at: principal.now)
            try await database.queue(LookAtCustomer(strike.customer), at: principal.now)
            return try await database.strike(id) ?? strike
        }
    }
}

extension CollectionActs {
    /// Each payment with a false receipt counts once.
    func noteStrikes(
        of customer: Customer.ID, _ tenant: Tenant, by principal: Principal, in database: TenantDatabase
    ) async throws {
        let policy = try await database.policy(for: customer, of: tenant, at: principal.now)
        let today = tenant.timeZone.day(at: principal.now)
        let expiry =
            policy.strikeMonths == 0 ? nil : today.adding(months: policy.strikeMonths, anchor: today.dayOfMonth)
        for payment in try await database.falsePayments(of: customer) {
            let added = try await database.execute(
                """
                INSERT INTO collection_strikes (
                    tenant_id, strike_id, customer_id, payment_id, reason, day, expires_on, author, made_at)
                VALUES (
                    \(database.tenant), \(newID(at: principal.now) as Strike.ID), \(customer), \(payment.id),
                    \(payment.reason), \(today), \(expiry), \(payment.decider), \(principal.now))
                ON CONFLICT DO NOTHING
                """)
            guard added > 0, let person = try await database.customer(customer) else { continue }
            try await database.record(
                Act(
                    .strikeMade, Act.Subject("customer", customer.uuid, named: "\(person.name) (\(person.number))"),
                    after: [Act.Detail("reason", payment.reason)]), by: principal.actor, at: principal.now)
        }
    }
}

extension TenantDatabase {
    private var strikeSelection: SQL {
        """
        SELECT k.strike_id, k.customer_id, k.payment_id, k.reason, k.day, k.expires_on, k.author, k.made_at,
            k.annulled_at, k.annulled_by, k.annulled_for
        FROM collection_strikes k WHERE k.tenant_id = \(tenant)
        """
    }

    package func strike(_ id: Strike.ID) async throws(DatabaseError) -> Strike? {
        try await first("\(strikeSelection) AND k.strike_id = \(id)")
    }

    /// Newest first.
    package func strikes(of customer: Customer.ID) async throws(DatabaseError) -> [Strike] {
        try await rows("\(strikeSelection) AND k.customer_id = \(customer) ORDER BY k.made_at DESC LIMIT 50")
    }

    fileprivate func falsePayments(of customer: Customer.ID) async throws(DatabaseError) -> [FalsePayment] {
        try await rows(
            """
            SELECT p.payment_id, p.reason, p.decider FROM payments p
            WHERE p.tenant_id = \(tenant) AND p.customer_id = \(customer) AND p.is_false AND NOT EXISTS (
                SELECT FROM collection_strikes k WHERE k.tenant_id = \(tenant) AND k.payment_id = p.payment_id)
            ORDER BY p.decided_at
            """)
    }
}

private struct FalsePayment: RowReadable {
    let id: Payment.ID
    let reason: String
    let decider: String

    init(row: Row) throws(DatabaseError) {
        id = try row.read("payment_id")
        reason = try row.read("reason")
        decider = try row.read("decider")
    }
}

extension Strike: RowReadable {
    package init(row: Row) throws(DatabaseError) {
        self.init(
            id: try row.read("strike_id"), customer: try row.read("customer_id"), payment: try row.read("payment_id"),
            reason: try row.read("reason"), day: try row.read("day"), expiresOn: try row.read("expires_on"),
            author: try row.read("author"), madeAt: try row.read("made_at"), annulledAt: try row.read("annulled_at"),
            annulledBy: try row.read("annulled_by"), annulledFor: try row.read("annulled_for"))
    }
}
