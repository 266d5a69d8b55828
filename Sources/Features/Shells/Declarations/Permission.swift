import Locale

/// A named permission of a person or a program. Every route must ask for one. A room's permissions are constants in an
/// extension of this, listed in its declarations with their wording.
package struct Permission: RawRepresentable, Hashable, Sendable {
    package let rawValue: String

    package init(rawValue: String) { self.rawValue = rawValue }
    package init(_ name: String) { rawValue = name }

    /// No authentication: signing in, a public page.
    package static let anyone = Permission("anyone")
    /// Anybody signed in, whatever their permissions: their own account.
    package static let signedIn = Permission("signed_in")
    /// A subscriber, for their own data. No role grants it.
    package static let portal = Permission("portal")
}

/// A permission that roles and tokens can hold.
package struct GrantablePermission: Sendable {
    package let permission: Permission
    /// What it allows: "Ver clientes".
    package let words: Message
    /// The built-in roles that hold it. The administrator holds every permission and is not listed.
    package let roles: Set<ReadyMadeRole>
    /// Whether it can be limited to zones. Other permissions cover the whole company.
    package let isWithinZones: Bool
    package let lending: Lending

    /// Whether an impersonator gets the permission.
    package enum Lending: Sendable {
        /// Never: it would allow a later return, through people, roles, ways to sign in, or programs' keys and
        /// addresses.
        case never
        case toOwners, toReaders
    }

    package init(
        _ permission: Permission, _ words: Message, heldBy roles: Set<ReadyMadeRole>, isWithinZones: Bool = false,
        lent lending: Lending = .toOwners
    ) {
        self.permission = permission
        self.words = words
        self.roles = roles
        self.isWithinZones = isWithinZones
        self.lending = lending
    }
}

/// The roles that every company starts with. Rooms say which of their permissions these hold.
package enum ReadyMadeRole: String, Sendable, CaseIterable {
    case owner, cashier, collector, technician, support, noc, accountant
}

extension Set<ReadyMadeRole> {
    /// Only the administrator, who holds every permission.
    package static let ownerOnly: Set = []
    package static let everyRole = Set(ReadyMadeRole.allCases)
}
