import Identifiers
import Postgres
import Time

/// Somebody of the platform in a tenant's panel: everyone is told who, why and until when.
package struct Guest: Sendable {
    package let impersonation: UUID
    package let reason: String
    package let power: Power
    package let expiresAt: Instant

    /// How much of the panel is lent to them.
    package enum Power: String, Sendable, CaseIterable, ColumnReadable {
        case read, owner

        /// Never what lets somebody come back when the visit is over: people, roles, ways to sign in, keys and
        /// addresses of programs. The database refuses these as well.
        package var permissions: Set<Permission> {
            switch self {
            case .read: Set(Permission.grantable.filter { $0.rawValue.hasSuffix(".read") })
            case .owner:
                Set(Permission.grantable).subtracting([
                    .staffManage, .rolesManage, .securityManage, .tokensManage, .webhooksManage, .portalAccess,
                ])
            }
        }
    }

    init(_ row: Row) throws(DatabaseError) {
        impersonation = try row.read("impersonation_id")
        reason = try row.read("reason")
        power = try row.read("power")
        expiresAt = try row.read("expires_at")
    }
}
