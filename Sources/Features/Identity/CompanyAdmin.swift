import Access
import Crypto
import Events
import Identifiers
import Letters
import Postgres
import Tenancy

/// Somebody whom the platform lets run a company: a member of the company's own staff, with every permission there.
package struct CompanyAdmin: Sendable {
    package let name: String
    package let email: String

    package init(name: String, email: String) {
        self.name = name
        self.email = email
    }

    /// Where mail can be sent, the link leaves by letter and is nowhere else; where it cannot, whoever invites is shown
    /// it. The author is somebody of the platform, and the company reads so.
    package func invite(
        to tenant: Tenant, reachedAt address: String, by author: Author, mailing: Mailing?,
        from randomness: Randomness, in inside: TenantDatabase
    ) async throws -> SignInLink {
        let roles = try await inside.roles().filter { $0.readyMade == .owner }
        let guest = Author(author.actor.asGuest, permissions: roles.permissions, at: author.now)
        let link = try await StaffMember.invite(
            email: email, name: name, roles: Set(roles.map(\.id)), upTo: tenant.plan.staff, by: guest,
            from: randomness, in: inside)
        if let mailing, let member = try await inside.staffMember(email: email) {
            try await inside.write(
                .invitation, to: email, about: member.id.uuid,
                on: mailing.letterhead(in: tenant.language, at: address), at: author.now, from: randomness)
        }
        return link
    }

    /// Into a company that is there: both records say who did it.
    package func invite(
        to tenant: Tenant, reachedAt address: String, by author: Author, mailing: Mailing?,
        from randomness: Randomness, in database: Database, joining platform: TenantDatabase
    ) async throws -> SignInLink {
        try await platform.transaction { platform in
            let link = try await database.tenant(tenant.id.scope, within: platform) { inside in
                try await invite(
                    to: tenant, reachedAt: address, by: author, mailing: mailing, from: randomness, in: inside)
            }
            try await platform.record(
                Act(
                    "platform.company_admin_invited", tenant.subjectOfPlatform,
                    after: [Act.Detail("name", name), Act.Detail("email", email)]), by: author.actor, at: author.now)
            return link
        }
    }
}
