import Declarations

/// A permission in the platform's console. It is no `Permission`, so no tenant's role can hold it and no tenant's route
/// can ask for it; the database refuses it in any tenant but the platform's own.
package enum PlatformPermission: String, Sendable, CaseIterable {
    case see = "platform.read"
    case manage = "platform.manage"
    /// Impersonation: entering a tenant's panel, with a reason and for a limited time.
    case enter = "platform.enter"
    case administer = "platform.admins"

    /// As a page's permission, which no tenant's role holds.
    package var permission: Permission { Permission(rawValue: rawValue) }
}

/// A platform employee's role.
package enum PlatformRole: String, Sendable, CaseIterable {
    case admin = "platform_admin"
    case observer = "platform_observer"

    package var permissions: Set<PlatformPermission> {
        switch self {
        case .admin: Set(PlatformPermission.allCases)
        case .observer: [.see]
        }
    }
}
