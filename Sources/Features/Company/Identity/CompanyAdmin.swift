import Access
import Crypto
import Declarations
import Events
import Identifiers
import Letters
import Postgres
import Roles
import Tenancy

/// A company's administrator appointed by the platform: a member of the company's own staff, with every permission
/// there.
package struct CompanyAdmin: Sendable {
    package let name: String
    package let email: String

    package init(name: String, email: String) {
        self.name = name
        self.email = email
    }

    /// With a mail server the link leaves by letter only; without one it is shown to the inviter. The company's record
    /// names the platform employee as author.
    package func invite(
        to tenant: Tenant, reachedAt address: String, by principal: Principal, mailing: Mailing?,
        from randomness: Randomness, in inside: TenantDatabase
    ) async throws -> SignInLink {
        let roles = try await inside.roles().filter { $0.readyMade == .owner }
        let impersonator = principal.asImpersonator(permissions: roles.permissions)
        let link = try await StaffMember.invite(
            email: email, name: name, roles: Set(roles.map(\.id)), upTo: tenant.plan.staff, by: impersonator,
            from: randomness, in: inside)
        if let mailing, let member = try await inside.staffMember(email: email) {
            try await inside.write(
                .invitation, to: email, about: member.id.uuid,
                on: mailing.letterhead(in: tenant.language, at: address), at: principal.now, from: randomness)
        }
        return link
    }

    /// Into an existing company: both records name the author.
    package func invite(
        to tenant: Tenant, reachedAt address: String, by principal: Principal, mailing: Mailing?,
        from randomness: Randomness, in database: Database, joining platform: TenantDatabase
    ) async throws -> SignInLink {
        try await platform.transaction { platform in
            let link = try await database.tenant(tenant.id.scope, within: platform) { inside in
                try await invite(
                    to: tenant, reachedAt: address, by: principal, mailing: mailing, from: randomness, in: inside)
            }
            try await platform.record(
                Act(
                    .platformCompanyAdminInvited, tenant.subjectOfPlatform,
                    after: [Act.Detail("name", name), Act.Detail("email", email)]), by: principal.actor,
                at: principal.now)
            return link
        }
    }
}
