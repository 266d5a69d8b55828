import Access
import Declarations
import Identifiers
import Locale

/// Somebody who works at the ISP and signs in to its panel.
package struct StaffMember: Sendable, Equatable {
    package typealias ID = Identifiers.ID<StaffMember>

    package let id: ID
    package let email: String
    package let name: String
    package let state: State
    package let hasPassword: Bool
    package let permissions: Set<Permission>
    /// The zones whose customers they reach; nil everywhere.
    package let zones: Set<UUID>?

    package enum State: String, Sendable, CaseIterable {
        /// Has not chosen a password yet.
        case invited
        case active
        /// Signs in nowhere, and is kept for what they did.
        case disabled
    }

    /// An e-mail address as it is stored and compared; nil when it is none.
    package static func email(_ text: String) -> String? { EmailAddress.normalised(text) }
}
