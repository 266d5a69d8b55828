import Postgres

extension TenantDatabase {
    /// The number of people with each role, by its name.
    func countsOfRoles() async throws(DatabaseError) -> [String: Int] {
        let held: [HeldRole] = try await rows(
            """
            SELECT r.name, count(*) AS count FROM staff_roles h
                JOIN roles r ON r.tenant_id = h.tenant_id AND r.role_id = h.role_id
            WHERE h.tenant_id = \(tenant) GROUP BY r.name
            """)
        return Dictionary(uniqueKeysWithValues: held.map { ($0.name, $0.count) })
    }
}

private struct HeldRole: RowReadable {
    let name: String
    let count: Int

    init(row: Row) throws(DatabaseError) { (name, count) = (try row.read("name"), try row.read("count")) }
}
