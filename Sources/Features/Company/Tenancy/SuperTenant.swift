import Identifiers
import Postgres

// The platform's own tenant, so that its employees sign in, are limited and recorded like everybody. Its id is fixed in
// the schema, which denies the platform's permissions to any other tenant.
extension Tenant.ID {
    package static let platform = Tenant.ID(UUID(high: 0, low: 1))
}

extension Tenant {
    /// Its subdomain, which no ISP can have.
    package static let platformSlug = "plataforma"

    package var isPlatform: Bool { id == .platform }
}

extension PlatformDatabase {
    /// All tenants including the platform, for keys and for the record.
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
