import API
import Access
import Declarations
import Events
import HTTP
import Identifiers
import Nouns
import Panel
import Postgres
import Tenancy
import Time

/// What telephony's nouns have in common: they are listed, added, changed and deleted in the same way.
protocol VoiceNoun: Fielded, ListedResource, RowReadable, Equatable {
    var id: Identifiers.ID<Self> { get }
    /// Counted within the tenant, 0 before it is added.
    var number: Int { get }
    var title: String { get }

    static var list: List<Self> { get }
    static var events: VoiceEvents { get }
    /// In the record, and the name of the counter.
    static var kind: String { get }
    /// The list's alias and id column.
    static var key: SQL { get }

    /// The statement of the rows of the list's alias.
    static func selection(_ which: SQL, of tenant: TenantID) -> SQL
    static func counting(_ query: ListQuery<Self>, of tenant: TenantID) -> SQL
    static func deletion(of id: Identifiers.ID<Self>, of tenant: TenantID) -> SQL
    func insertion(of tenant: TenantID, at now: Instant) -> SQL
    func update(of tenant: TenantID) -> SQL
    static func blank(_ id: Identifiers.ID<Self>, of tenant: Tenant) -> Self

    /// Refuses what it cannot be, and says the names of what it refers to.
    func check(in database: TenantDatabase) async throws -> KeyValuePairs<String, String>
    /// After it was written, in the same transaction.
    func settle(of tenant: Tenant, at now: Instant, in database: TenantDatabase) async throws
    static func options(for visit: Visit) async throws -> [String: FieldOptions]
}

struct VoiceEvents: Sendable {
    let created: EventKind
    let changed: EventKind
    let deleted: EventKind
}

extension VoiceNoun {
    var panelPath: String { "\(Self.list.path)/\(id)" }
    var subject: Act.Subject { Act.Subject(Self.kind, id.uuid, named: title) }

    func settle(of tenant: Tenant, at now: Instant, in database: TenantDatabase) async throws {}
    static func options(for visit: Visit) async throws -> [String: FieldOptions] { [:] }

    func add(to tenant: Tenant, by principal: Principal, in database: TenantDatabase) async throws -> Self {
        try await database.transaction { database in
            let names = try await check(in: database)
            try await keepingNamesFree { () async throws(DatabaseError) in
                try await database.execute(insertion(of: database.tenant, at: principal.now))
            }
            try await settle(of: tenant, at: principal.now, in: database)
            guard let added = try await database.voice(id, as: Self.self) else { throw AccessRefusal.notFound }
            try await database.record(
                Act(Self.events.created, subject, after: details(naming: names)), by: principal.actor,
                at: principal.now)
            return added
        }
    }

    /// It must be locked. A change without effect is not recorded.
    func change(
        to changed: Self, of tenant: Tenant, by principal: Principal, in database: TenantDatabase
    ) async throws -> Self {
        try await database.transaction { database in
            let before = try await check(in: database)
            let after = try await changed.check(in: database)
            guard
                let act = Act.change(
                    Self.events.changed, changed.subject, from: details(naming: before),
                    to: changed.details(naming: after))
            else { return self }
            try await keepingNamesFree { () async throws(DatabaseError) in
                try await database.execute(changed.update(of: database.tenant))
            }
            try await changed.settle(of: tenant, at: principal.now, in: database)
            try await database.record(act, by: principal.actor, at: principal.now)
            return changed
        }
    }

    static func delete(
        _ id: Identifiers.ID<Self>, by principal: Principal, in database: TenantDatabase
    ) async throws {
        try await database.transaction { database in
            guard let known = try await database.voice(id, as: Self.self, locked: true) else {
                throw AccessRefusal.notFound
            }
            do {
                try await database.execute(deletion(of: id, of: database.tenant))
            } catch let error as DatabaseError where error.isForeignKeyViolation {
                throw TelephonyRefusal.inUse
            }
            try await database.record(
                Act(Self.events.deleted, known.subject, before: known.details(naming: known.check(in: database))),
                by: principal.actor, at: principal.now)
        }
    }

    private func keepingNamesFree(_ write: () async throws(DatabaseError) -> Void) async throws {
        do {
            try await write()
        } catch let error where error.isUniqueViolation {
            throw TelephonyRefusal.nameTaken
        }
    }
}

extension TenantDatabase {
    func voice<Noun: VoiceNoun>(
        _ id: Identifiers.ID<Noun>, as: Noun.Type = Noun.self, locked: Bool = false
    ) async throws(DatabaseError) -> Noun? {
        try await first(
            Noun.selection("AND \(Noun.key) = \(id) \(locked ? .forUpdate(of: "x") : .nothing)", of: tenant))
    }

    func voices<Noun: VoiceNoun>(
        _: Noun.Type = Noun.self, after number: Int = 0, limit: Int = 1000
    ) async throws(DatabaseError) -> [Noun] {
        try await rows(
            Noun.selection("AND x.number > \(number) ORDER BY x.number LIMIT \(limit)", of: tenant))
    }

    func voices<Noun: VoiceNoun>(_ query: ListQuery<Noun>) -> SQL {
        Noun.selection("\(query.restriction) \(query.position) \(query.sorting)", of: tenant)
    }

    /// The next number of a kind, for an insertion's WITH.
    static func nextVoiceNumber(of kind: String, for tenant: TenantID) -> SQL {
        """
        INSERT INTO counters (tenant_id, name, last) VALUES (\(tenant), \(kind), 1)
        ON CONFLICT (tenant_id, name) DO UPDATE SET last = counters.last + 1 RETURNING last
        """
    }
}
