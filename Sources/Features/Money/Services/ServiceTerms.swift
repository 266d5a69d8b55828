import Access
import Events
import Identifiers
import Locale
import Plans
import Postgres
import Time

/// A plan at a price, from a day on.
package struct ServiceTerms: Sendable, Equatable {
    package let from: Day
    package let plan: Plan.ID
    package let price: Money
    /// Agreed with the customer; otherwise it is the plan's price, and rises with it.
    package let isAgreed: Bool

    package init(from: Day, plan: Plan.ID, price: Money, isAgreed: Bool = false) {
        (self.from, self.plan, self.price, self.isAgreed) = (from, plan, price, isAgreed)
    }

    struct Agreed: Sendable, Equatable {
        let plan: Plan.ID
        let price: Money
    }

    var agreed: Agreed { Agreed(plan: plan, price: price) }
}

extension [ServiceTerms] {
    /// The terms in force on a day; later elements supersede earlier ones.
    func last(from day: Day) -> ServiceTerms.Agreed? { (last { $0.from <= day } ?? first)?.agreed }
}

extension TenantDatabase {
    /// By day, and by order of writing within a day.
    package func terms(of service: Service.ID) async throws(DatabaseError) -> [ServiceTerms] {
        try await rows(
            """
            SELECT from_day, plan_id, price, currency, is_agreed FROM service_terms
            WHERE tenant_id = \(tenant) AND service_id = \(service) ORDER BY from_day, sequence
            """)
    }

    /// Appends the terms. Call under the service's lock.
    func insert(_ terms: ServiceTerms, of service: Service.ID, by principal: Principal) async throws(DatabaseError) {
        try await execute(
            """
            INSERT INTO service_terms (
                tenant_id, service_id, sequence, from_day, plan_id, price, currency, is_agreed, author, made_at)
            SELECT \(tenant), \(service), coalesce(max(sequence), 0) + 1, \(terms.from), \(terms.plan),
                \(terms.price.minor), \(terms.price.currency.code), \(terms.isAgreed), \(principal.actor.name), \(principal.now)
            FROM service_terms WHERE tenant_id = \(tenant) AND service_id = \(service)
            """)
    }
}

extension ServiceTerms: RowReadable {
    package init(row: Row) throws(DatabaseError) {
        let code: String = try row.read("currency")
        guard let currency = Currency(rawValue: code) else { throw .wrongColumn("There is no currency '\(code)'") }
        from = try row.read("from_day")
        plan = try row.read("plan_id")
        price = Money(minor: try row.read("price"), currency)
        isAgreed = try row.read("is_agreed")
    }
}
