import Events
import Postgres
import Tenancy
import Time

extension TenantDatabase {
    /// Replaces all pictures by those of one logo.
    func put(_ logo: Logo?) async throws(DatabaseError) {
        try await execute(
            "DELETE FROM brand_pictures WHERE tenant_id = \(tenant) AND version IS DISTINCT FROM \(logo?.version)")
        for size in logo?.sizes ?? [] {
            try await execute(
                """
                INSERT INTO brand_pictures (tenant_id, version, name, width, height, png)
                VALUES (\(tenant), \(logo?.version), \(size.name), \(Int32(size.width)), \(Int32(size.height)), \(size.png))
                ON CONFLICT (tenant_id, version, name) DO NOTHING
                """)
        }
    }
}

extension Tenant {
    /// Sets the logo, or removes it.
    package func put(
        _ logo: Logo?, by actor: Actor, at now: Instant, in database: TenantDatabase
    ) async throws -> Tenant {
        var brand = brand
        brand.logo = logo?.version
        guard brand != self.brand else { return self }
        return try await database.transaction { [brand] database in
            try await database.put(logo)
            return try await put(brand, by: actor, at: now, in: database)
        }
    }
}
