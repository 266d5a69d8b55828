import Identifiers
import Identity
import Postgres

extension TenantDatabase {
    func roleNamesOfStaff() async throws(DatabaseError) -> [StaffMember.ID: [String]] {
        let held: [HeldRoleName] = try await rows(
            """
            SELECT h.staff_id, r.name FROM staff_roles h
                JOIN roles r ON r.tenant_id = h.tenant_id AND r.role_id = h.role_id
            WHERE h.tenant_id = \(tenant) ORDER BY r.name
            """)
        return Dictionary(grouping: held, by: \.staff).mapValues { $0.map(\.name) }
    }

    func countsOfRoles() async throws(DatabaseError) -> [String: Int] {
        let held: [HeldRoleName] = try await rows(
            """
            SELECT h.staff_id, r.name FROM staff_roles h
                JOIN roles r ON r.tenant_id = h.tenant_id AND r.role_id = h.role_id
            WHERE h.tenant_id = \(tenant)
            """)
        return Dictionary(grouping: held, by: \.name).mapValues(\.count)
    }
}

private struct HeldRoleName: RowReadable {
    let staff: StaffMember.ID
    let name: String

    init(row: Row) throws(DatabaseError) {
        staff = try row.read("staff_id")
        name = try row.read("name")
    }
}
