import Access
import Declarations
import Events
import Identifiers
import Locale
import Postgres
import Search
import Time

extension Role {
    /// Creates a role, or changes one of the tenant's own. Nobody can grant more than they may do themselves.
    package func save(by principal: Principal, in database: TenantDatabase) async throws {
        guard readyMade == nil else { throw RoleRefusal.readyMade }
        try await database.keepingAnOwner { database in
            let before = try await database.role(id)
            guard before?.readyMade == nil else { throw RoleRefusal.readyMade }
            let granted = allowed.subtracting(before?.allowed ?? [])
            let noLongerDenied = (before?.denied ?? []).subtracting(denied)
            guard granted.union(noLongerDenied).isSubset(of: principal.permissions) else { throw RoleRefusal.beyondOwn }
            guard try await !database.isTaken(roleName: name, besides: id) else { throw RoleRefusal.nameTaken }
            try await database.put(self, of: principal.catalogue)
            try await database.index([entry])
            try await database.record(
                Act(
                    before == nil ? .roleCreated : .roleChanged, subject, before: before?.details ?? [],
                    after: details),
                by: principal.actor, at: principal.now)
        }
    }

    /// Reindexes all roles, for those older than the search index.
    package static func indexAll(in database: TenantDatabase) async throws {
        try await database.index(try await database.roles().map(\.entry))
    }

    private var entry: SearchEntry {
        SearchEntry(.role, id.uuid, title: name, detail: "", tokens: SearchText.words(name))
    }

    private var subject: Act.Subject { Act.Subject("role", id.uuid, named: name) }

    private var details: [Act.Detail] {
        [
            Act.Detail("name", name), Act.Detail("allowed", Self.words(allowed)),
            Act.Detail("denied", Self.words(denied)),
        ]
    }

    private static func words(_ permissions: Set<Permission>) -> String {
        permissions.map(\.rawValue).sorted().joined(separator: ", ")
    }

    package static func delete(_ id: Role.ID, by principal: Principal, in database: TenantDatabase) async throws {
        try await database.transaction { database in
            guard let role = try await database.role(id) else { throw AccessRefusal.notFound }
            guard role.readyMade == nil else { throw RoleRefusal.readyMade }
            guard try await !database.isHeld(id) else { throw RoleRefusal.inUse }
            do {
                try await database.delete(id)
            } catch let error as DatabaseError where error.isForeignKeyViolation {
                throw RoleRefusal.inUse
            }
            try await database.unindex(.role, id.uuid)
            try await database.record(
                Act(.roleDeleted, role.subject, before: role.details), by: principal.actor, at: principal.now)
        }
    }

    /// Replaces a person's roles.
    package static func give(
        _ roles: Set<Role.ID>, to staff: Act.Subject, by principal: Principal, in database: TenantDatabase
    ) async throws {
        try await database.keepingAnOwner { database in
            let all = try await database.roles()
            let held = try await database.roles(of: staff.id)
            let given = all.filter { roles.contains($0.id) }
            guard given.count == roles.count else { throw AccessRefusal.notFound }
            // Removing a role that denies also grants permissions.
            let gained = given.permissions.subtracting(all.filter { held.contains($0.id) }.permissions)
            guard principal.mayGrant(gained) else { throw RoleRefusal.beyondOwn }
            try await database.give(roles, to: staff.id, of: principal.catalogue)
            guard roles != held else { return }
            func names(_ ids: Set<Role.ID>) -> [Act.Detail] {
                [Act.Detail("roles", all.filter { ids.contains($0.id) }.map(\.name).joined(separator: ", "))]
            }
            try await database.record(
                Act(.staffRolesChanged, staff, before: names(held), after: names(roles)), by: principal.actor,
                at: principal.now)
        }
    }

    /// Updates the built-in roles to this program's declarations; idempotent.
    package static func putReadyMade(
        of catalogue: Catalogue, named reader: Reader, at now: Instant, from randomness: Randomness,
        in database: TenantDatabase
    ) async throws {
        try await database.transaction { database in
            let known = try await database.roles()
            for readyMade in ReadyMadeRole.allCases {
                let before = known.first { $0.readyMade == readyMade }
                let role = Role(
                    id: before?.id ?? .make(milliseconds: now.milliseconds, from: randomness),
                    name: before?.name ?? readyMade.words.text(for: reader), readyMade: readyMade,
                    allowed: catalogue.permissions(of: readyMade))
                guard role != before else { continue }
                try await database.put(role, of: catalogue)
                try await database.index([role.entry])
            }
        }
    }
}

extension TenantDatabase {
    /// For acts that reduce people's permissions: an owner must remain who can restore them.
    package func keepingAnOwner(_ act: @Sendable @escaping (TenantDatabase) async throws -> Void) async throws {
        try await transaction { database in
            // Locked, since two acts that each demote one of the last two owners would otherwise not see each other.
            try await database.execute("SELECT FROM roles WHERE tenant_id = \(database.tenant) FOR UPDATE")
            let before = try await database.countOwners()
            try await act(database)
            if before > 0, try await database.countOwners() == 0 { throw RoleRefusal.lastOwner }
        }
    }
}
