import Access
import Events
import Identifiers
import Postgres
import Roles

/// Whom the company requires a second factor of. People without one set it up at their next sign-in, before anything
/// else.
package struct SecondFactorRule: Sendable, Equatable {
    package let isForEverybody: Bool
    package let roles: Set<Role.ID>

    package init(isForEverybody: Bool, roles: Set<Role.ID>) {
        self.isForEverybody = isForEverybody
        self.roles = roles
    }

    package func save(by principal: Principal, in database: TenantDatabase) async throws {
        try await database.transaction { database in
            let all = try await database.roles()
            guard roles.isSubset(of: all.map(\.id)) else { throw AccessRefusal.notFound }
            let before = try await database.secondFactorRule()
            guard before != self else { return }
            _ = try await database.batch([
                """
                INSERT INTO second_factor_rules (tenant_id, is_for_everybody)
                VALUES (\(database.tenant), \(isForEverybody))
                ON CONFLICT (tenant_id) DO UPDATE SET is_for_everybody = excluded.is_for_everybody
                """,
                "DELETE FROM second_factor_roles WHERE tenant_id = \(database.tenant)",
                """
                INSERT INTO second_factor_roles (tenant_id, role_id)
                SELECT \(database.tenant), unnest(\(Array(roles))::uuid[])
                """,
            ])
            func details(_ rule: SecondFactorRule) -> [Act.Detail] {
                let names = all.filter { rule.roles.contains($0.id) }.map(\.name)
                return [
                    Act.Detail("for_everybody", rule.isForEverybody ? "yes" : "no"),
                    Act.Detail("roles", names.joined(separator: ", ")),
                ]
            }
            try await database.record(
                Act(.securitySecondFactorRule, before: details(before), after: details(self)), by: principal.actor,
                at: principal.now)
        }
    }
}

extension TenantDatabase {
    package func secondFactorRule() async throws(DatabaseError) -> SecondFactorRule {
        let isForEverybody: Bool? = try await value(
            "SELECT is_for_everybody FROM second_factor_rules WHERE tenant_id = \(tenant)")
        let roles: [RuledRole] = try await rows(
            "SELECT role_id FROM second_factor_roles WHERE tenant_id = \(tenant)")
        return SecondFactorRule(isForEverybody: isForEverybody ?? false, roles: Set(roles.map(\.id)))
    }
}

private struct RuledRole: RowReadable {
    let id: Role.ID

    init(row: Row) throws(DatabaseError) { id = try row.read("role_id") }
}
