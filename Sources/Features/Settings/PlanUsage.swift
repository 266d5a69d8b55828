import Postgres

/// How much of its plan a company uses.
struct PlanUsage: RowReadable {
    let customers: Int
    let staff: Int

    init(row: Row) throws(DatabaseError) {
        customers = try row.read("customers")
        staff = try row.read("staff")
    }
}

extension TenantDatabase {
    func planUsage() async throws(DatabaseError) -> PlanUsage? {
        try await first(
            """
            SELECT (SELECT count(*) FROM customers WHERE tenant_id = \(tenant) AND state <> 'cancelled') AS customers,
                (SELECT count(*) FROM staff WHERE tenant_id = \(tenant) AND state <> 'disabled') AS staff
            """)
    }
}
