import Locale

/// What the platform sold to the tenant, how much of it, and for what. What is nil has no limit.
package struct PlatformPlan: Sendable, Equatable {
    package var name = ""
    package var customers: Int?
    package var staff: Int?
    package var routers: Int?
    /// In whichever currency was agreed, which need not be the one the tenant sells in. Nil where none was.
    package var price: Money?
    package var cycle = Cycle.monthly

    package init() {}

    /// How often the price is due.
    package enum Cycle: String, Sendable, CaseIterable {
        case monthly, yearly
    }
}
