import Declarations
import Identifiers
import Postgres

extension TenantDatabase {
    /// Built-in ones first.
    package func roles() async throws(DatabaseError) -> [Role] {
        try await rows(
            """
            SELECT r.role_id, r.name, r.ready_made,
                array_agg(p.permission) FILTER (WHERE p.is_allowed) AS allowed,
                array_agg(p.permission) FILTER (WHERE NOT p.is_allowed) AS denied
            FROM roles r LEFT JOIN role_permissions p ON p.tenant_id = r.tenant_id AND p.role_id = r.role_id
            WHERE r.tenant_id = \(tenant)
            GROUP BY r.tenant_id, r.role_id ORDER BY r.ready_made IS NULL, r.name
            """)
    }

    package func role(_ id: Role.ID) async throws(DatabaseError) -> Role? {
        try await roles().first { $0.id == id }
    }

    package func roles(of staff: UUID) async throws(DatabaseError) -> Set<Role.ID> {
        let held: [HeldRole] = try await rows(
            "SELECT role_id FROM staff_roles WHERE tenant_id = \(tenant) AND staff_id = \(staff)")
        return Set(held.map(\.id))
    }

    func isTaken(roleName name: String, besides id: Role.ID) async throws(DatabaseError) -> Bool {
        try await value(
            """
            SELECT EXISTS (
                SELECT FROM roles WHERE tenant_id = \(tenant) AND lower(name) = lower(\(name)) AND role_id <> \(id))
            """) ?? false
    }

    /// Inserts or updates the role.
    func put(_ role: Role, of catalogue: Catalogue) async throws(DatabaseError) {
        let permissions = role.allowed.union(role.denied).sorted { $0.rawValue < $1.rawValue }
        try await execute(
            """
            INSERT INTO roles (tenant_id, role_id, ready_made, name)
            VALUES (\(tenant), \(role.id), \(role.readyMade?.rawValue), \(role.name))
            ON CONFLICT (tenant_id, role_id) DO UPDATE SET name = excluded.name
            """)
        try await execute(
            "DELETE FROM role_permissions WHERE tenant_id = \(tenant) AND role_id = \(role.id)")
        try await execute(
            """
            INSERT INTO role_permissions (tenant_id, role_id, permission, is_allowed)
            SELECT \(tenant), \(role.id), given.* FROM unnest(
                \(permissions.map(\.rawValue)), \(permissions.map { !role.denied.contains($0) })) given
            """)
        try await refreshPermissions(of: catalogue)
    }

    func delete(_ id: Role.ID) async throws(DatabaseError) {
        try await execute("DELETE FROM roles WHERE tenant_id = \(tenant) AND role_id = \(id)")
    }

    func isHeld(_ id: Role.ID) async throws(DatabaseError) -> Bool {
        try await value(
            """
            SELECT EXISTS (SELECT FROM staff_roles WHERE tenant_id = \(tenant) AND role_id = \(id))
            """) ?? false
    }

    func give(_ roles: Set<Role.ID>, to staff: UUID, of catalogue: Catalogue) async throws(DatabaseError) {
        try await execute(
            "DELETE FROM staff_roles WHERE tenant_id = \(tenant) AND staff_id = \(staff)")
        try await execute(
            """
            INSERT INTO staff_roles (tenant_id, staff_id, role_id)
            SELECT \(tenant), \(staff), given.* FROM unnest(\(Array(roles))) given
            """)
        try await refreshPermissions(of: catalogue)
    }

    /// Recomputes everybody's effective permissions: allowed by a role, denied by none, and possible within their
    /// zones.
    package func refreshPermissions(of catalogue: Catalogue) async throws(DatabaseError) {
        try await execute(
            """
            UPDATE staff SET permissions = now.permissions FROM (
                SELECT p.staff_id, coalesce(array_agg(e.permission ORDER BY e.permission)
                    FILTER (WHERE e.permission IS NOT NULL), '{}') AS permissions
                FROM staff p LEFT JOIN (
                    SELECT held.staff_id, granted.permission
                    FROM staff_roles held JOIN role_permissions granted
                        ON granted.tenant_id = held.tenant_id AND granted.role_id = held.role_id
                    WHERE held.tenant_id = \(tenant)
                    GROUP BY held.staff_id, granted.permission HAVING bool_and(granted.is_allowed)) e
                    ON e.staff_id = p.staff_id
                    AND (p.zones IS NULL OR e.permission = ANY (\(catalogue.withinZones.map(\.rawValue))))
                WHERE p.tenant_id = \(tenant)
                GROUP BY p.staff_id) now
            WHERE staff.tenant_id = \(tenant) AND staff.staff_id = now.staff_id
                AND staff.permissions <> now.permissions
            """)
    }

    /// How many active people may manage staff and roles.
    func countOwners() async throws(DatabaseError) -> Int {
        try await value(
            """
            SELECT count(*) FROM staff WHERE tenant_id = \(tenant) AND state = 'active'
                AND \(Permission.staffManage.rawValue) = ANY (permissions)
                AND \(Permission.rolesManage.rawValue) = ANY (permissions)
            """) ?? 0
    }
}

private struct HeldRole: RowReadable {
    let id: Role.ID

    init(row: Row) throws(DatabaseError) { id = try row.read("role_id") }
}

extension Role: RowReadable {
    package init(row: Row) throws(DatabaseError) {
        let allowed: [String]? = try row.read("allowed")
        let denied: [String]? = try row.read("denied")
        let word: String? = try row.read("ready_made")
        self.init(
            id: try row.read("role_id"), name: try row.read("name"), readyMade: word.flatMap(ReadyMadeRole.init),
            allowed: Set((allowed ?? []).map(Permission.init(rawValue:))),
            denied: Set((denied ?? []).map(Permission.init(rawValue:))))
    }
}
