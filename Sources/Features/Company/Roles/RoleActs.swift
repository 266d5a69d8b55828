import Access
import Declarations
import Events
import Identifiers
import Locale
import Postgres
import Search
import Time

extension Role {
    /// Makes a role, or changes one of the tenant's own. Nobody hands out more than they may do themselves.
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

    /// Writes all of them down once more, for what was there before they could be found.
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

    /// Gives somebody these roles and takes all others from them.
    package static func give(
        _ roles: Set<Role.ID>, to staff: Act.Subject, by principal: Principal, in database: TenantDatabase
    ) async throws {
        try await database.keepingAnOwner { database in
            let all = try await database.roles()
            let held = try await database.roles(of: staff.id)
            let given = all.filter { roles.contains($0.id) }
            guard given.count == roles.count else { throw AccessRefusal.notFound }
            // Taking away a role that denies gives as well.
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

    /// Makes the ready-made roles what the rooms of this program say; doing it again changes nothing.
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
    /// For acts that take power from people: whatever they do, somebody is left who can give it back.
    package func keepingAnOwner(_ act: @Sendable @escaping (TenantDatabase) async throws -> Void) async throws {
        try await transaction { database in
            // Two who take the last two owners' power at the same moment would each see the other's.
            try await database.execute("SELECT FROM roles WHERE tenant_id = \(database.tenant) FOR UPDATE")
            let before = try await database.countOwners()
            try await act(database)
            if before > 0, try await database.countOwners() == 0 { throw RoleRefusal.lastOwner }
        }
    }
}
