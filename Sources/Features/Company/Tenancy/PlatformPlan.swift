import Locale

/// The tenant's plan with the platform: limits and price. A nil limit is unlimited.
package struct PlatformPlan: Sendable, Equatable {
    package var name = ""
    package var customers: Int?
    package var staff: Int?
    package var routers: Int?
    /// In the agreed currency, which need not be the tenant's. Nil without a price.
    package var price: Money?
    package var cycle = Cycle.monthly

    package init() {}

    /// The billing cycle of the price.
    package enum Cycle: String, Sendable, CaseIterable {
        case monthly, yearly
    }
}
