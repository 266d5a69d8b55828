import Declarations

/// What somebody of the platform may do in its console. It is no `Permission`, so no role of a tenant can hold it and no
/// route of a tenant can ask for it; the database refuses its words in any other tenant than the platform's own.
package enum PlatformPermission: String, Sendable, CaseIterable {
    case see = "platform.read"
    case manage = "platform.manage"
    /// To go into a tenant's panel, for a reason and for a while.
    case enter = "platform.enter"
    case administer = "platform.admins"

    /// As what a page asks for, which no role of a tenant holds.
    package var permission: Permission { Permission(rawValue: rawValue) }
}

/// What kind of work somebody does for the platform.
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
