import Identifiers

/// The author of an act.
package struct Actor: Sendable, Equatable {
    package enum Kind: String, Sendable {
        case staff, subscriber, token
        /// A platform employee in a tenant's panel.
        case platform
        /// A command at the server, or the program itself.
        case system
    }

    package let kind: Kind
    package let id: UUID?
    package let name: String
    package let address: String?

    package init(_ kind: Kind, id: UUID? = nil, name: String, address: String? = nil) {
        self.kind = kind
        self.id = id
        self.name = name
        self.address = address
    }

    package static let commandLine = Actor(.system, name: "Sistema")
}
