import Locale

/// What a person or a program may do, by name. Every route asks for one; a route cannot be declared without.
/// A room's permissions are constants in an extension of this, and stand in its declarations with their words.
package struct Permission: RawRepresentable, Hashable, Sendable {
    package let rawValue: String

    package init(rawValue: String) { self.rawValue = rawValue }
    package init(_ name: String) { rawValue = name }

    /// Nobody is asked who they are: signing in, a public page.
    package static let anyone = Permission("anyone")
    /// Everybody who is signed in, whatever else they may do: their own account.
    package static let signedIn = Permission("signed_in")
    /// A subscriber, in what is their own. No role grants it.
    package static let portal = Permission("portal")
}

/// A permission that roles and tokens can hold.
package struct GrantablePermission: Sendable {
    package let permission: Permission
    /// What it lets somebody do: "Ver clientes".
    package let words: Message
    /// The ready-made roles that hold it. The administrator holds every permission and is not named.
    package let roles: Set<ReadyMadeRole>
    /// Whether somebody limited to some zones can hold it. Other permissions look at the company as a whole.
    package let isWithinZones: Bool
    package let lending: Lending

    /// How far a permission is lent to somebody of the platform who enters the company's panel.
    package enum Lending: Sendable {
        /// What would let them come back later: people, roles, ways to sign in, keys and addresses of programs.
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

/// The roles every company starts with. Rooms say which of their permissions these hold.
package enum ReadyMadeRole: String, Sendable, CaseIterable {
    case owner, cashier, collector, technician, support, noc, accountant
}

extension Set<ReadyMadeRole> {
    /// Nobody but the administrator, who holds every permission.
    package static let ownerOnly: Set = []
    package static let everyRole = Set(ReadyMadeRole.allCases)
}
