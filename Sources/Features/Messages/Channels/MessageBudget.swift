import Conversations
import Identifiers
import Locale
import Postgres
import Tenancy
import Time

/// What templates cost a company, and how much a month may cost.
struct MessageBudget: Sendable, Equatable, RowReadable {
    /// Minor units of the company's currency; nil without a cap.
    var cap: Int64?
    var utility: Int64 = 0
    var marketing: Int64 = 0
    var authentication: Int64 = 0
    /// Whether messages outside a conversation go only to customers with a recorded consent.
    var asksConsent = false

    init() {}

    init(row: Row) throws(DatabaseError) {
        cap = try row.read("monthly_cap")
        utility = try row.read("utility_price")
        marketing = try row.read("marketing_price")
        authentication = try row.read("authentication_price")
        asksConsent = try row.read("asks_consent")
    }

    func price(of category: MessageTemplate.Category) -> Int64 {
        switch category {
        case .utility: utility
        case .marketing: marketing
        case .authentication: authentication
        }
    }
}

extension TenantDatabase {
    func messageBudget(locked: Bool = false) async throws(DatabaseError) -> MessageBudget {
        try await first(
            """
            SELECT monthly_cap, utility_price, marketing_price, authentication_price, asks_consent FROM message_budgets
            WHERE tenant_id = \(tenant) \(locked ? "FOR UPDATE" : .nothing)
            """) ?? MessageBudget()
    }

    func put(_ budget: MessageBudget) async throws(DatabaseError) {
        try await execute(
            """
            INSERT INTO message_budgets (
                tenant_id, monthly_cap, utility_price, marketing_price, authentication_price, asks_consent)
            VALUES (
                \(tenant), \(budget.cap), \(budget.utility), \(budget.marketing), \(budget.authentication),
                \(budget.asksConsent))
            ON CONFLICT (tenant_id) DO UPDATE SET monthly_cap = excluded.monthly_cap,
                utility_price = excluded.utility_price, marketing_price = excluded.marketing_price,
                authentication_price = excluded.authentication_price, asks_consent = excluded.asks_consent
            """)
    }

    /// What templates of the month cost, besides those that failed: they are priced when they are delivered.
    func spentOnTemplates(in month: Day) async throws(DatabaseError) -> Int64 {
        try await value(
            """
            SELECT coalesce(sum(k.cost), 0)::bigint FROM template_charges k
            JOIN messages m ON m.tenant_id = k.tenant_id AND m.message_id = k.message_id
            WHERE k.tenant_id = \(tenant) AND k.month = \(month) AND m.state <> 'failed'
            """) ?? 0
    }

    /// Holds the budget until the commit, so that two messages do not both take the last of it.
    func mayStillSpend(
        _ category: MessageTemplate.Category, at now: Instant, in company: Tenant
    ) async throws(DatabaseError) -> Bool {
        let budget = try await messageBudget(locked: true)
        guard let cap = budget.cap else { return true }
        let price = budget.price(of: category)
        return try await spentOnTemplates(in: company.timeZone.day(at: now).month.first) + price <= cap
    }

    func charge(
        _ message: ChatMessage.ID, _ category: MessageTemplate.Category, at now: Instant, in company: Tenant
    ) async throws(DatabaseError) {
        let price = try await messageBudget().price(of: category)
        try await execute(
            """
            INSERT INTO template_charges (tenant_id, message_id, month, category, cost)
            VALUES (\(tenant), \(message), \(company.timeZone.day(at: now).month.first), \(category.rawValue), \(price))
            """)
    }
}
