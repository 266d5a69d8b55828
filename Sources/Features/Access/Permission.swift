/// What a person or a program may do. Every route names one; there is no other way to declare a route.
package enum Permission: String, Sendable, CaseIterable {
    /// Nobody is asked who they are: signing in, a public page.
    case anyone
    /// Whoever is signed in, whatever they may do otherwise: their own account.
    case signedIn = "signed_in"
    /// A subscriber, in what is their own. Nobody of the staff has it and no role grants it.
    case portal
    case customersRead = "customers.read"
    case customersWrite = "customers.write"
    case portalAccess = "portal.access"
    case contractsView = "contracts.view"
    case contractsManage = "contracts.manage"
    case contractsTemplates = "contracts.templates"
    case staffRead = "staff.read"
    case staffManage = "staff.manage"
    case rolesManage = "roles.manage"
    case securityManage = "security.manage"
    case tokensManage = "tokens.manage"
    case zonesManage = "zones.manage"
    case auditRead = "audit.read"
    case settingsManage = "settings.manage"
    case lettersManage = "letters.manage"
    case webhooksManage = "webhooks.manage"
    /// To be told what happens, as far as one may see what it happens to.
    case eventsRead = "events.read"

    /// What can be granted, in the order in which people read it.
    package static let grantable = allCases.filter { ![.anyone, .signedIn, .portal].contains($0) }

    /// What somebody may do who is limited to some zones. Everything else looks at the company as a whole.
    package static let inZones: Set<Permission> = [
        .customersRead, .customersWrite, .portalAccess, .contractsView, .contractsManage, .staffRead,
    ]
}
