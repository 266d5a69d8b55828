import Events
import Identifiers
import Postgres
import Time

// The platform's acts on a company are in two records, written in one transaction. Each record is locked until the
// commit, so the lock order is fixed: companies' records first, the platform's last.
extension PlatformDatabase {
    func record(
        _ act: Act, asPlatform platforms: Act, of tenant: Tenant, by actor: Actor, at now: Instant
    ) async throws(DatabaseError) {
        try await record(act, of: tenant.id.uuid, by: actor.asImpersonator, at: now)
        try await record(platforms, of: Tenant.ID.platform.uuid, by: actor, at: now)
    }
}

extension Tenant {
    /// The tenant as a subject in the platform's record.
    package var subjectOfPlatform: Act.Subject { Act.Subject("tenant", id.uuid, named: name) }
}

extension Actor {
    /// The platform employee as an actor in the tenant's record.
    package var asImpersonator: Actor {
        kind == .staff ? Actor(.platform, id: id, name: "Plataforma (\(name))", address: address) : self
    }
}
