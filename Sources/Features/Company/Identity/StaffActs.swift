import Access
import Crypto
import Declarations
import Events
import Identifiers
import Postgres
import Roles
import Search
import Time

extension StaffMember {
    /// Adds a staff member and makes the link for choosing a password.
    package static func invite(
        email: String, name: String, roles: Set<Role.ID>, upTo limit: Int? = nil, by principal: Principal,
        from randomness: Randomness, in database: TenantDatabase
    ) async throws -> SignInLink {
        try await database.transaction { database in
            try await database.keepStaff(below: limit)
            let member = StaffMember(
                id: .make(milliseconds: principal.now.milliseconds, from: randomness), email: email, name: name,
                state: .invited,
                hasPassword: false, permissions: [], zones: nil)
            guard try await database.insert(member, at: principal.now) else { throw StaffRefusal.emailTaken }
            try await database.index([member.entry])
            try await database.record(
                Act(
                    .staffInvited, member.subject,
                    after: [Act.Detail("name", name), Act.Detail("email", email)]), by: principal.actor,
                at: principal.now)
            try await Role.give(roles, to: member.subject, by: principal, in: database)
            return try await SignInLink.make(
                .password, for: member.id, at: principal.now, from: randomness, in: database)
        }
    }

    /// Creates an owner with every permission, by the operator at the server's command line.
    package static func ensureOwner(
        email: String, name: String, by principal: Principal, from randomness: Randomness, in database: TenantDatabase
    ) async throws -> StaffMember.ID {
        try await database.transaction { database in
            let member = StaffMember(
                id: .make(milliseconds: principal.now.milliseconds, from: randomness), email: email, name: name,
                state: .active,
                hasPassword: false, permissions: [], zones: nil)
            guard try await database.insert(member, at: principal.now) else {
                guard let known = try await database.staffMember(email: email), known.state != .disabled else {
                    throw StaffRefusal.disabled
                }
                try await database.setState(.active, of: known.id)
                return known.id
            }
            try await database.index([member.entry])
            let owner = try await database.roles().filter { $0.readyMade == .owner }
            try await Role.give(
                Set(owner.map(\.id)), to: member.subject, by: principal, in: database)
            return member.id
        }
    }

    /// A new link for choosing a password, after a lost invitation or a forgotten password.
    package static func makePasswordLink(
        for id: StaffMember.ID, by principal: Principal, from randomness: Randomness,
        in database: TenantDatabase
    ) async throws -> SignInLink {
        try await database.transaction { database in
            let member = try await manageable(id, by: principal, in: database)
            guard member.state != .disabled else { throw StaffRefusal.disabled }
            try await database.record(Act(.staffLinkMade, member.subject), by: principal.actor, at: principal.now)
            return try await SignInLink.make(.password, for: id, at: principal.now, from: randomness, in: database)
        }
    }

    /// Disabling ends every session at once, since each request checks the state.
    package static func setDisabled(
        _ isDisabled: Bool, _ id: StaffMember.ID, upTo limit: Int? = nil, by principal: Principal,
        in database: TenantDatabase
    ) async throws {
        try await database.keepingAnOwner { database in
            let member = try await manageable(id, by: principal, in: database)
            guard isDisabled != (member.state == .disabled) else { return }
            if !isDisabled { try await database.keepStaff(below: limit) }
            try await database.setState(isDisabled ? .disabled : member.hasPassword ? .active : .invited, of: id)
            if isDisabled { try await Session.endAll(of: id, at: principal.now, in: database) }
            try await database.record(
                Act(isDisabled ? .staffDisabled : .staffEnabled, member.subject), by: principal.actor,
                at: principal.now)
        }
    }

    /// For a colleague who lost both app and recovery codes: the password alone lets them in again, or into a new
    /// set-up if the company requires one.
    package static func resetSecondFactor(
        of id: StaffMember.ID, by principal: Principal, in database: TenantDatabase
    ) async throws {
        try await database.transaction { database in
            let member = try await manageable(id, by: principal, in: database)
            try await database.deleteSecondFactor(of: id)
            try await Session.endAll(of: id, at: principal.now, in: database)
            try await database.record(
                Act(.staffSecondFactorReset, member.subject), by: principal.actor, at: principal.now)
        }
    }

    package static func giveRoles(
        _ roles: Set<Role.ID>, to id: StaffMember.ID, by principal: Principal, in database: TenantDatabase
    ) async throws {
        try await database.transaction { database in
            let member = try await manageable(id, by: principal, in: database)
            try await Role.give(roles, to: member.subject, by: principal, in: database)
        }
    }

    /// Limits a staff member to the customers of some zones, or lifts the limit. Takes effect with the next request,
    /// and also removes or restores permissions for the company as a whole.
    package static func limit(
        _ id: StaffMember.ID, to zones: Set<UUID>?, by principal: Principal, in database: TenantDatabase
    ) async throws {
        try await database.keepingAnOwner { database in
            let member = try await manageable(id, by: principal, in: database)
            guard zones != member.zones else { return }
            let held = try await database.roles(of: id.uuid)
            let roles = try await database.roles().filter { held.contains($0.id) }
            guard principal.mayGrant(roles.permissions) else { throw RoleRefusal.beyondOwn }
            let before = try await principal.reachText(member.zones, in: database)
            let after = try await principal.reachText(zones, in: database)
            try await database.setZones(zones, of: id, knowing: principal.catalogue)
            try await database.record(
                Act(
                    .staffZonesChanged, member.subject,
                    before: [Act.Detail("zones", before)], after: [Act.Detail("zones", after)]), by: principal.actor,
                at: principal.now)
        }
    }

    /// Reindexes all staff, for those older than the search index.
    package static func indexAll(in database: TenantDatabase) async throws {
        try await database.index(try await database.staff().map(\.entry))
    }

    var entry: SearchEntry {
        SearchEntry(
            .staff, id.uuid, title: name, detail: email, tokens: SearchText.words(name) + SearchText.words(email))
    }

    package var subject: Act.Subject { Act.Subject("staff", id.uuid, named: name) }

    /// A person with more permissions than the author is off limits: a link to the owner's password would be the
    /// owner's power.
    static func manageable(
        _ id: StaffMember.ID, by principal: Principal, in database: TenantDatabase
    ) async throws -> StaffMember {
        guard let member = try await database.staffMember(id) else { throw AccessRefusal.notFound }
        guard principal.mayGrant(member.permissions) else { throw StaffRefusal.mayMore }
        return member
    }
}
