import Declarations
import Identifiers

/// A named set of permissions: Cajero, Técnico. A role allows or denies; a denial overrides what any other role of the
/// person allows.
package struct Role: Sendable, Equatable {
    package typealias ID = Identifiers.ID<Role>

    package let id: ID
    package let name: String
    /// Set for a built-in role, which is updated with the product and can only be copied.
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
    /// The combined permissions of several roles.
    package var permissions: Set<Permission> {
        reduce(into: Set<Permission>()) { $0.formUnion($1.allowed) }
            .subtracting(reduce(into: []) { $0.formUnion($1.denied) })
    }
}

extension ReadyMadeRole {
    /// The stored and shown name: role names are the tenant's own, and built-in ones come in its language.
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
