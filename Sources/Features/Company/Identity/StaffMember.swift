import Access
import Declarations
import Identifiers
import Locale

/// A member of the ISP's staff, who signs in to its panel.
package struct StaffMember: Sendable, Equatable {
    package typealias ID = Identifiers.ID<StaffMember>

    package let id: ID
    package let email: String
    package let name: String
    package let state: State
    package let hasPassword: Bool
    package let permissions: Set<Permission>
    /// The zones of the customers within reach; nil for all.
    package let zones: Set<UUID>?

    package enum State: String, Sendable, CaseIterable {
        /// Has not chosen a password yet.
        case invited
        case active
        /// Cannot sign in; kept for the record.
        case disabled
    }

    /// Nil for an invalid address.
    package static func email(_ text: String) -> String? { EmailAddress.normalised(text) }
}
