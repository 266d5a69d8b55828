import Postgres

extension TenantDatabase {
    /// A logo in one of its sizes, as PNG: `logo` for papers and mail, `icon-…` for screens.
    package func brandPicture(_ name: String, of logo: String?) async throws(DatabaseError) -> [UInt8]? {
        guard let logo else { return nil }
        return try await value(
            "SELECT png FROM brand_pictures WHERE tenant_id = \(tenant) AND version = \(logo) AND name = \(name)")
    }
}
