import Events
import Identifiers
import Postgres
import Time

// What the platform does to a company stands in two records, written by one transaction. Each of them makes others wait
// until the commit, so everybody writes the companies' first and the platform's last.
extension PlatformDatabase {
    func record(
        _ act: Act, asPlatform platforms: Act, of tenant: Tenant, by actor: Actor, at now: Instant
    ) async throws(DatabaseError) {
        try await record(act, of: tenant.id.uuid, by: actor.asImpersonator, at: now)
        try await record(platforms, of: Tenant.ID.platform.uuid, by: actor, at: now)
    }
}

extension Tenant {
    /// As the platform's own record speaks of it.
    package var subjectOfPlatform: Act.Subject { Act.Subject("tenant", id.uuid, named: name) }
}

extension Actor {
    /// As the tenant's people read somebody of the platform.
    package var asImpersonator: Actor {
        kind == .staff ? Actor(.platform, id: id, name: "Plataforma (\(name))", address: address) : self
    }
}
