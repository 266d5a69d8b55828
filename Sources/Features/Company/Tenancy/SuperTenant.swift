import Identifiers
import Postgres

// The tenant of the platform's own people. It is a tenant so that they sign in, are limited and are recorded by the same
// rules as everybody; its identifier is written in the schema, which lets nobody else hold the platform's permissions.
extension Tenant.ID {
    package static let platform = Tenant.ID(UUID(high: 0, low: 1))
}

extension Tenant {
    /// Its name under the base host, which no ISP can have.
    package static let platformSlug = "plataforma"

    package var isPlatform: Bool { id == .platform }
}

extension PlatformDatabase {
    /// Everybody who has data here: for keys and for the record, the platform is one more.
    package func everyTenant() async throws(DatabaseError) -> [Tenant] {
        try await tenants() + [try await superTenant()]
    }

    package func superTenant() async throws(DatabaseError) -> Tenant {
        let found: Tenant? = try await first(
            "SELECT \(Tenant.columns) FROM tenants WHERE tenant_id = \(Tenant.ID.platform)")
        guard let found else { throw .wrongColumn("The platform's own tenant is not in the database") }
        return found
    }
}
