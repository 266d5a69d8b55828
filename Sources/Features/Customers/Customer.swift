import Identifiers
import Time
import Zones

/// Somebody who buys the ISP's service: un cliente.
package struct Customer: Sendable, Equatable {
    package typealias ID = Identifiers.ID<Customer>

    package let id: ID
    /// What the customer says on the phone; counted within the tenant.
    package let number: Int
    package let name: String
    package let phone: String
    /// As `EmailAddress` normalises it; empty when there is none.
    package let email: String
    package let address: String
    package let neighbourhood: String
    package let state: State
    package let since: Day
    package let zone: CoverageZone.ID?

    package enum State: String, Sendable, CaseIterable {
        case prospect
        case awaitingInstallation = "awaiting_installation"
        case active
        case inDebt = "in_debt"
        case suspended, frozen, courtesy, cancelled
    }
}
