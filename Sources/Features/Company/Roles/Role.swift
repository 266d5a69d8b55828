import Declarations
import Identifiers

/// What a kind of work at the ISP needs, by name: Cajero, Técnico. A role allows or denies; a denial wins over what any
/// other role of the same person allows.
package struct Role: Sendable, Equatable {
    package typealias ID = Identifiers.ID<Role>

    package let id: ID
    package let name: String
    /// Of those that come with the product; they are kept by it and cannot be changed, only copied.
    package let readyMade: ReadyMadeRole?
    package let allowed: Set<Permission>
    package let denied: Set<Permission>

    package init(
        id: ID, name: String, readyMade: ReadyMadeRole? = nil, allowed: Set<Permission>, denied: Set<Permission> = []
    ) {
        self.id = id
        self.name = name
        self.readyMade = readyMade
        self.allowed = allowed
        self.denied = denied
    }
}

extension Collection<Role> {
    /// What they amount to together.
    package var permissions: Set<Permission> {
        reduce(into: Set<Permission>()) { $0.formUnion($1.allowed) }
            .subtracting(reduce(into: []) { $0.formUnion($1.denied) })
    }
}

extension ReadyMadeRole {
    /// As it is stored and shown: names of roles are the tenant's own words, and these come in its language.
    package var words: RoleWords {
        switch self {
        case .owner: .owner
        case .cashier: .cashier
        case .collector: .collector
        case .technician: .technician
        case .support: .support
        case .noc: .noc
        case .accountant: .accountant
        }
    }
}
