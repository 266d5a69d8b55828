import Access
import Postgres
import Tenancy

/// How large a tenant is: numbers only, read in its own context.
struct TenantCounts: RowReadable {
    let customers: Int
    let staff: Int

    init(row: Row) throws(DatabaseError) {
        customers = try row.read("customers")
        staff = try row.read("staff")
    }

    static func read(of tenant: Tenant, in database: Database) async throws(DatabaseError) -> TenantCounts? {
        let inside = database.tenant(tenant.id.scope)
        return try await inside.first(
            """
            SELECT (SELECT count(*) FROM customers WHERE tenant_id = \(inside.tenant)) AS customers,
                (SELECT count(*) FROM staff WHERE tenant_id = \(inside.tenant) AND state = 'active') AS staff
            """)
    }
}
