import Access
import Declarations
import Events
import Postgres
import Search

extension StaffMember {
    /// Corrects a name and e-mail. Changing the e-mail invalidates links sent to the old one.
    package static func correct(
        _ id: ID, name: String, email: String, by principal: Principal, in database: TenantDatabase
    ) async throws {
        try await database.transaction { database in
            let member = try await manageable(id, by: principal, in: database)
            try await member.correct(name: name, email: email, by: principal, in: database)
        }
    }

    /// In one's own account.
    package func correct(
        name: String, by principal: Principal, in database: TenantDatabase
    ) async throws {
        try await database.transaction { database in
            try await correct(name: name, email: email, by: principal, in: database)
        }
    }

    private func correct(
        name: String, email: String, by principal: Principal, in database: TenantDatabase
    ) async throws {
        let changed = StaffMember(
            id: id, email: email, name: name, state: state, hasPassword: hasPassword, permissions: permissions,
            zones: zones)
        guard let act = Act.change(.staffCorrected, changed.subject, from: identity, to: changed.identity) else {
            return
        }
        do {
            try await database.setIdentity(of: changed)
        } catch let error where error.isUniqueViolation {
            throw StaffRefusal.emailTaken
        }
        if email != self.email { try await database.endSignInLinks(of: id, at: principal.now) }
        try await database.index([changed.entry])
        try await database.record(act, by: principal.actor, at: principal.now)
    }

    private var identity: [Act.Detail] { [Act.Detail("name", name), Act.Detail("email", email)] }
}
