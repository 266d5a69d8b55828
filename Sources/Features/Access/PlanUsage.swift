import Postgres

/// How much of its plan a company uses.
package struct PlanUsage: RowReadable {
    package let customers: Int
    package let staff: Int

    package init(row: Row) throws(DatabaseError) {
        customers = try row.read("customers")
        staff = try row.read("staff")
    }
}

extension TenantDatabase {
    package func planUsage() async throws(DatabaseError) -> PlanUsage? {
        try await first(
            """
            SELECT (SELECT count(*) FROM customers WHERE tenant_id = \(tenant) AND state <> 'cancelled') AS customers,
                (SELECT count(*) FROM staff WHERE tenant_id = \(tenant) AND state <> 'disabled') AS staff
            """)
    }
}
