import Access
import Crypto
import Events
import Identifiers
import Postgres
import Search
import Time

extension StaffMember {
    /// Adds somebody and makes the link with which they choose their password.
    package static func invite(
        email: String, name: String, roles: Set<Role.ID>, upTo limit: Int? = nil, by author: Author,
        from randomness: Randomness, in database: TenantDatabase
    ) async throws -> SignInLink {
        try await database.transaction { database in
            try await database.keepStaff(below: limit)
            let member = StaffMember(
                id: .make(milliseconds: author.now.milliseconds, from: randomness), email: email, name: name,
                state: .invited,
                hasPassword: false, permissions: [], zones: nil)
            guard try await database.insert(member, at: author.now) else { throw StaffRefusal.emailTaken }
            try await database.index([member.entry])
            try await database.record(
                Act(
                    "staff.invited", member.subject,
                    after: [Act.Detail("name", name), Act.Detail("email", email)]), by: author.actor, at: author.now)
            try await Role.give(roles, to: member.subject, by: author, in: database)
            return try await SignInLink.make(.password, for: member.id, at: author.now, from: randomness, in: database)
        }
    }

    /// Somebody the operator names from the server's own command line, with every permission.
    package static func ensureOwner(
        email: String, name: String, by author: Author, from randomness: Randomness, in database: TenantDatabase
    ) async throws -> StaffMember.ID {
        try await database.transaction { database in
            let member = StaffMember(
                id: .make(milliseconds: author.now.milliseconds, from: randomness), email: email, name: name,
                state: .active,
                hasPassword: false, permissions: [], zones: nil)
            guard try await database.insert(member, at: author.now) else {
                guard let known = try await database.staffMember(email: email), known.state != .disabled else {
                    throw StaffRefusal.disabled
                }
                try await database.setState(.active, of: known.id)
                return known.id
            }
            try await database.index([member.entry])
            let owner = try await database.roles().filter { $0.readyMade == .owner }
            try await Role.give(
                Set(owner.map(\.id)), to: member.subject, by: author, in: database)
            return member.id
        }
    }

    /// A new link to choose a password, for who lost the invitation or forgot the password.
    package static func makePasswordLink(
        for id: StaffMember.ID, by author: Author, from randomness: Randomness,
        in database: TenantDatabase
    ) async throws -> SignInLink {
        try await database.transaction { database in
            let member = try await manageable(id, by: author, in: database)
            guard member.state != .disabled else { throw StaffRefusal.disabled }
            try await database.record(Act("staff.link_made", member.subject), by: author.actor, at: author.now)
            return try await SignInLink.make(.password, for: id, at: author.now, from: randomness, in: database)
        }
    }

    /// Disabling ends every session at once: each request asks for the state.
    package static func setDisabled(
        _ isDisabled: Bool, _ id: StaffMember.ID, upTo limit: Int? = nil, by author: Author,
        in database: TenantDatabase
    ) async throws {
        try await database.keepingAnOwner { database in
            let member = try await manageable(id, by: author, in: database)
            guard isDisabled != (member.state == .disabled) else { return }
            if !isDisabled { try await database.keepStaff(below: limit) }
            try await database.setState(isDisabled ? .disabled : member.hasPassword ? .active : .invited, of: id)
            if isDisabled { try await Session.endAll(of: id, at: author.now, in: database) }
            try await database.record(
                Act(isDisabled ? "staff.disabled" : "staff.enabled", member.subject), by: author.actor, at: author.now)
        }
    }

    /// For a colleague who lost both the app and the paper: the password alone lets them in again, or into setting up a
    /// new one where the company asks for it.
    package static func resetSecondFactor(
        of id: StaffMember.ID, by author: Author, in database: TenantDatabase
    ) async throws {
        try await database.transaction { database in
            let member = try await manageable(id, by: author, in: database)
            try await database.deleteSecondFactor(of: id)
            try await Session.endAll(of: id, at: author.now, in: database)
            try await database.record(
                Act("staff.second_factor_reset", member.subject), by: author.actor, at: author.now)
        }
    }

    package static func giveRoles(
        _ roles: Set<Role.ID>, to id: StaffMember.ID, by author: Author, in database: TenantDatabase
    ) async throws {
        try await database.transaction { database in
            let member = try await manageable(id, by: author, in: database)
            try await Role.give(roles, to: member.subject, by: author, in: database)
        }
    }

    /// Limits somebody to the customers of some zones, or lets them go everywhere. From the next request on, and with
    /// what only makes sense for the company as a whole taken or given back.
    package static func limit(
        _ id: StaffMember.ID, to zones: Set<UUID>?, by author: Author, in database: TenantDatabase
    ) async throws {
        try await database.keepingAnOwner { database in
            let member = try await manageable(id, by: author, in: database)
            guard zones != member.zones else { return }
            let held = try await database.roles(of: id.uuid)
            let roles = try await database.roles().filter { held.contains($0.id) }
            guard roles.permissions.isSubset(of: author.permissions) else { throw RoleRefusal.beyondOwn }
            let before = try await database.zoneNames(member.zones ?? [])
            guard let after = try await database.zoneNames(zones ?? []) else { throw AccessRefusal.notFound }
            try await database.setZones(zones, of: id)
            try await database.record(
                Act(
                    "staff.zones_changed", member.subject,
                    before: [Act.Detail("zones", member.zones == nil ? "*" : before ?? "")],
                    after: [Act.Detail("zones", zones == nil ? "*" : after)]), by: author.actor, at: author.now)
        }
    }

    /// Writes everybody down once more, for those who were there before they could be found.
    package static func indexAll(in database: TenantDatabase) async throws {
        try await database.index(try await database.staff().map(\.entry))
    }

    private var entry: SearchEntry {
        SearchEntry(
            .staff, id.uuid, title: name, detail: email, tokens: SearchText.words(name) + SearchText.words(email))
    }

    package var subject: Act.Subject { Act.Subject("staff", id.uuid, named: name) }

    /// Who may do more than the author is not the author's to change: a link to the owner's password would be the
    /// owner's power.
    private static func manageable(
        _ id: StaffMember.ID, by author: Author, in database: TenantDatabase
    ) async throws -> StaffMember {
        guard let member = try await database.staffMember(id) else { throw AccessRefusal.notFound }
        guard member.permissions.isSubset(of: author.permissions) else { throw StaffRefusal.mayMore }
        return member
    }
}
