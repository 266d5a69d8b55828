import Addresses
import Declarations
import Events
import HTTP
import Identifiers
import Tenancy
import Time

/// Whoever acts: who they are for the record, and what they may do, which bounds what they may hand out.
package struct Principal: Sendable {
    package let actor: Actor
    package let permissions: Set<Permission>
    /// The zones whose customers they reach; nil everywhere.
    package let zones: Set<UUID>?
    /// What there is to hand out.
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

    /// Whether they have all of what these roles or people hold. A name that no room declares gives nothing, and is not counted.
    package func mayGrant(_ permissions: Set<Permission>) -> Bool {
        catalogue.grantable.intersection(permissions).isSubset(of: self.permissions)
    }

    /// Somebody of the platform, acting in a company with these permissions.
    package func asImpersonator(permissions: Set<Permission>) -> Principal {
        Principal(actor.asImpersonator, permissions: permissions, of: catalogue, at: now)
    }

    /// Whoever may run commands at the server.
    package static func commandLine(of catalogue: Catalogue, at now: Instant) -> Principal {
        Principal(.commandLine, permissions: catalogue.grantable, of: catalogue, at: now)
    }
}

extension Visit {
    /// Whoever was let in. A visit that acts was, before its handler ran.
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
