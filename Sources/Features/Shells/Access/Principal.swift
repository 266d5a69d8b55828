import Addresses
import Declarations
import Events
import HTTP
import Identifiers
import Tenancy
import Time

/// The acting principal: its identity for the record, and its permissions, which bound what it may grant.
package struct Principal: Sendable {
    package let actor: Actor
    package let permissions: Set<Permission>
    /// The zones of the customers within reach; nil for all.
    package let zones: Set<UUID>?
    /// Declares everything that can be granted.
    package let catalogue: Catalogue
    package let now: Instant

    package init(
        _ actor: Actor, permissions: Set<Permission>, zones: Set<UUID>? = nil, of catalogue: Catalogue, at now: Instant
    ) {
        self.actor = actor
        self.permissions = permissions
        self.zones = zones
        self.catalogue = catalogue
        self.now = now
    }

    /// Whether the principal holds all these permissions itself. A name that no room declares grants nothing and is
    /// ignored.
    package func mayGrant(_ permissions: Set<Permission>) -> Bool {
        catalogue.grantable.intersection(permissions).isSubset(of: self.permissions)
    }

    /// A platform employee acting in a company with these permissions.
    package func asImpersonator(permissions: Set<Permission>) -> Principal {
        Principal(actor.asImpersonator, permissions: permissions, of: catalogue, at: now)
    }

    /// A person with shell access to the server.
    package static func commandLine(of catalogue: Catalogue, at now: Instant) -> Principal {
        Principal(.commandLine, permissions: catalogue.grantable, of: catalogue, at: now)
    }
}

extension Visit {
    /// The admitted principal. Before an act's handler runs, its visit has been admitted.
    package var principal: Principal {
        guard let admitted else { preconditionFailure("Nobody was let in, and yet somebody acts") }
        let kind: Actor.Kind =
            switch admitted.kind {
            case .session: .staff
            case .subscriber: .subscriber
            case .token: .token
            case .impersonation: .platform
            }
        return Principal(
            Actor(kind, id: admitted.id, name: admitted.name, address: request.client.description),
            permissions: admitted.permissions, zones: admitted.zones, of: catalogue, at: now)
    }
}
