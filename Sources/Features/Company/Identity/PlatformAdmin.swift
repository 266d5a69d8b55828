import Access
import Events
import Identifiers
import Postgres
import Roles
import Time

/// The platform's employees: staff of the super-tenant, with roles that exist only there.
package enum PlatformAdmin {
    /// Created by the operator at the server's command line.
    package static func ensure(
        email: String, name: String, by principal: Principal, from randomness: Randomness, in platform: TenantDatabase
    ) async throws -> StaffMember.ID {
        try await platform.transaction { platform in
            if let known = try await platform.staffMember(email: email) {
                guard known.state != .disabled else { throw StaffRefusal.disabled }
                try await platform.setState(.active, of: known.id)
                return known.id
            }
            let member = StaffMember(
                id: .make(milliseconds: principal.now.milliseconds, from: randomness), email: email, name: name,
                state: .active, hasPassword: false, permissions: [], zones: nil)
            _ = try await platform.insert(member, at: principal.now)
            try await platform.record(
                Act(.platformAdminAdded, member.subject, after: [Act.Detail("email", email)]), by: principal.actor,
                at: principal.now)
            try await give(.admin, to: member, by: principal, from: randomness, in: platform)
            return member.id
        }
    }

    /// Adds an employee and makes the link for choosing a password.
    package static func invite(
        email: String, name: String, as role: PlatformRole, by principal: Principal, from randomness: Randomness,
        in platform: TenantDatabase
    ) async throws -> SignInLink {
        try await platform.transaction { platform in
            let id = try await self.role(role, at: principal.now, from: randomness, in: platform)
            return try await StaffMember.invite(
                email: email, name: name, roles: [id], by: principal, from: randomness, in: platform)
        }
    }

    /// An administrator must remain. Disabling also ends the employee's impersonations.
    package static func setDisabled(
        _ isDisabled: Bool, _ id: StaffMember.ID, by principal: Principal, ending visits: Impersonations,
        in platform: TenantDatabase
    ) async throws {
        try await platform.transaction { platform in
            try await platform.execute("SELECT FROM roles WHERE tenant_id = \(platform.tenant) FOR UPDATE")
            if isDisabled {
                // Waits for an impersonation that is just beginning, and blocks the next.
                try await platform.execute(
                    "SELECT FROM staff WHERE tenant_id = \(platform.tenant) AND staff_id = \(id) FOR UPDATE")
                try await visits.endAll(of: id.uuid, by: principal, in: platform)
            }
            try await StaffMember.setDisabled(isDisabled, id, by: principal, in: platform)
            let left: Int? = try await platform.value(
                """
                SELECT count(*) FROM staff WHERE tenant_id = \(platform.tenant) AND state = 'active'
                    AND \(PlatformPermission.administer.rawValue) = ANY (permissions)
                """)
            guard left ?? 0 > 0 else { throw RoleRefusal.lastOwner }
        }
    }

    private static func give(
        _ role: PlatformRole, to member: StaffMember, by principal: Principal, from randomness: Randomness,
        in platform: TenantDatabase
    ) async throws {
        let id = try await self.role(role, at: principal.now, from: randomness, in: platform)
        try await Role.give([id], to: member.subject, by: principal, in: platform)
    }

    /// Updates the role to this program's definition.
    private static func role(
        _ role: PlatformRole, at now: Instant, from randomness: Randomness, in platform: TenantDatabase
    ) async throws -> Role.ID {
        let id: Role.ID? = try await platform.value(
            """
            INSERT INTO roles (tenant_id, role_id, ready_made, name)
            VALUES (\(platform.tenant), \(Role.ID.make(milliseconds: now.milliseconds, from: randomness)),
                \(role.rawValue), \(role.name))
            ON CONFLICT (tenant_id, ready_made) DO UPDATE SET name = excluded.name RETURNING role_id
            """)
        guard let id else { throw DatabaseError.wrongColumn("A role was written and brought no id") }
        try await platform.execute(
            """
            INSERT INTO role_permissions (tenant_id, role_id, permission, is_allowed)
            SELECT \(platform.tenant), \(id), given.*, true FROM unnest(\(role.permissions.map(\.rawValue))) given
            ON CONFLICT DO NOTHING
            """)
        return id
    }
}

extension TenantDatabase {
    /// The employees' roles, in the super-tenant.
    package func platformRoles() async throws(DatabaseError) -> [StaffMember.ID: PlatformRole] {
        let held: [HeldPlatformRole] = try await rows(
            """
            SELECT held.staff_id, r.ready_made FROM staff_roles held
            JOIN roles r ON r.tenant_id = held.tenant_id AND r.role_id = held.role_id
            WHERE held.tenant_id = \(tenant)
            """)
        return Dictionary(held.map { ($0.staff, $0.role) }) { first, _ in first }
    }
}

private struct HeldPlatformRole: RowReadable {
    let staff: StaffMember.ID
    let role: PlatformRole

    init(row: Row) throws(DatabaseError) {
        staff = try row.read("staff_id")
        role = try row.read("ready_made")
    }
}

extension PlatformRole: ColumnReadable {}

extension PlatformRole {
    /// The stored name; pages show it in the reader's language.
    fileprivate var name: String { self == .admin ? "Administrador de plataforma" : "Observador de plataforma" }
}
