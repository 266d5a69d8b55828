import Addresses
import Events
import HTTP
import Identifiers
import Time

/// Whoever acts: who they are for the record, and what they may do, which bounds what they may hand out.
package struct Author: Sendable {
    package let actor: Actor
    package let permissions: Set<Permission>
    /// The zones whose customers they reach; nil everywhere.
    package let zones: Set<UUID>?
    package let now: Instant

    package init(_ actor: Actor, permissions: Set<Permission>, zones: Set<UUID>? = nil, at now: Instant) {
        self.actor = actor
        self.permissions = permissions
        self.zones = zones
        self.now = now
    }

    /// Whoever may run commands at the server.
    package static func commandLine(at now: Instant) -> Author {
        Author(.commandLine, permissions: Set(Permission.grantable), at: now)
    }
}

extension Visit {
    /// Whoever was let in. A visit that acts was, before its handler ran.
    package var author: Author {
        guard let admitted else { preconditionFailure("Nobody was let in, and yet somebody acts") }
        let kind: Actor.Kind =
            switch admitted.kind {
            case .session: .staff
            case .subscriber: .subscriber
            case .token: .token
            case .impersonation: .platform
            }
        return Author(
            Actor(kind, id: admitted.id, name: admitted.name, address: request.client.description),
            permissions: admitted.permissions, zones: admitted.zones, at: now)
    }
}
