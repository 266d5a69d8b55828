import Access
import Customers
import Events
import Identifiers
import JSON
import Locale
import Nouns
import Plans
import Postgres
import Tenancy
import Time

/// A policy's scope.
package enum PolicyScope: Sendable, Hashable {
    case company
    case plan(Plan.ID)
    case customer(Customer.ID)

    var word: String {
        switch self {
        case .company: "company"
        case .plan: "plan"
        case .customer: "customer"
        }
    }

    var subject: UUID? {
        switch self {
        case .company: nil
        case .plan(let id): id.uuid
        case .customer(let id): id.uuid
        }
    }
}

/// A company's policies at a moment.
package struct Policies: Sendable {
    package let company: PolicyInForce
    private let others: [PolicyScope: PolicyInForce]

    fileprivate init(company: PolicyInForce, others: [PolicyScope: PolicyInForce]) {
        (self.company, self.others) = (company, others)
    }

    /// The customer's own, else the plan's, else the company's.
    package func policy(for facts: CollectionFacts) -> PolicyInForce {
        others[.customer(facts.customer)] ?? others[.plan(facts.plan)] ?? company
    }

    package var exceptions: [PolicyScope: PolicyInForce] { others }

    /// The largest of all policies.
    var daysBeforeEnd: Int { ([company] + others.values).map(\.rules.daysBeforeEnd).max() ?? 0 }

    /// The company's rules where a plan or customer has none.
    func rules(for scope: PolicyScope) -> CollectionPolicy { (others[scope] ?? company).rules }
}

extension TenantDatabase {
    /// The policies in force at a moment.
    package func collectionPolicies(in currency: Currency, at moment: Instant) async throws -> Policies {
        let found: [StoredPolicy] = try await rows(
            """
            SELECT DISTINCT ON (p.scope, p.subject_id) p.version, p.scope, p.subject_id, p.is_withdrawn,
                p.rules - 'bank_data' AS rules
            FROM collection_policies p WHERE p.tenant_id = \(tenant) AND p.made_at <= \(moment)
            ORDER BY p.scope, p.subject_id, p.version DESC
            """)
        var company = PolicyInForce(version: 0, rules: CollectionPolicy(in: currency))
        for row in found where row.scope == "company" {
            company = PolicyInForce(version: row.version, rules: try row.policy(in: currency))
        }
        var others: [PolicyScope: PolicyInForce] = [:]
        for row in found where !row.isWithdrawn {
            guard let scope = row.exception else { continue }
            others[scope] = PolicyInForce(
                version: row.version, rules: try row.policy(in: currency).within(company.rules))
        }
        return Policies(company: company, others: others)
    }

    /// Serialises policy changes until the commit.
    func lockCollectionPolicies() async throws(DatabaseError) {
        _ = try await results(
            "SELECT pg_advisory_xact_lock(hashtextextended('collection policies ' || \(tenant)::text, 0))")
    }

    fileprivate func insert(
        _ policy: CollectionPolicy, for scope: PolicyScope, isWithdrawn: Bool, version: Int, by principal: Principal
    ) async throws(DatabaseError) {
        var json = JSONWriter(reserving: 1024)
        json.value(policy)
        try await execute(
            """
            INSERT INTO collection_policies (
                tenant_id, version, scope, subject_id, rules, is_withdrawn, author, made_at)
            VALUES (
                \(tenant), \(version), \(scope.word), \(scope.subject), \(JSONText(json.bytes)), \(isWithdrawn),
                \(principal.actor.name), \(principal.now))
            """)
    }

    func takeCollectionNumber(of name: String) async throws(DatabaseError) -> Int {
        try await value(
            """
            INSERT INTO counters (tenant_id, name, last) VALUES (\(tenant), \(name), 1)
            ON CONFLICT (tenant_id, name) DO UPDATE SET last = counters.last + 1 RETURNING last
            """) ?? 0
    }
}

extension CollectionPolicy {
    /// Stores the policy as a new version from now on. An unchanged policy is not stored.
    @discardableResult
    package func put(
        for scope: PolicyScope = .company, of tenant: Tenant, by principal: Principal, in database: TenantDatabase
    ) async throws -> Bool {
        try check()
        return try await database.transaction { database in
            try await database.lockCollectionPolicies()
            try await scope.check(in: database)
            let known = try await database.collectionPolicies(in: tenant.currency, at: principal.now)
            let before = scope == .company ? known.company : known.exceptions[scope]
            let policy = scope == .company ? self : within(known.company.rules)
            guard before?.version == 0 || before?.rules != policy else { return false }
            let version = try await database.takeCollectionNumber(of: "collection_policy")
            try await database.insert(policy, for: scope, isWithdrawn: false, version: version, by: principal)
            let act = Act.change(
                .collectionPolicyChanged, scope.subjectOfRecord,
                from: (before?.rules ?? CollectionPolicy(in: tenant.currency)).details(), to: policy.details())
            if let act { try await database.record(act, by: principal.actor, at: principal.now) }
            return true
        }
    }

    /// Applies a company folder's settings and keeps the others. Returns whether anything changed.
    package static func put(
        given rules: JSONValue, of tenant: Tenant, by principal: Principal, in database: TenantDatabase
    ) async throws -> Bool {
        var json = JSONWriter(reserving: 1024)
        json.value(rules)
        let changes = NounChanges<CollectionPolicy>(
            try Members(body: json.bytes, as: NounChanges<CollectionPolicy>.schema))
        let known = try await database.collectionPolicies(in: tenant.currency, at: principal.now).company
        return try await changes.applied(to: known.rules).put(of: tenant, by: principal, in: database)
    }

    /// Removes a plan's or customer's own policy.
    package static func withdraw(
        _ scope: PolicyScope, of tenant: Tenant, by principal: Principal, in database: TenantDatabase
    ) async throws {
        guard scope != .company else { throw AccessRefusal.notFound }
        try await database.transaction { database in
            let known = try await database.collectionPolicies(in: tenant.currency, at: principal.now)
            guard let before = known.exceptions[scope] else { throw AccessRefusal.notFound }
            let version = try await database.takeCollectionNumber(of: "collection_policy")
            try await database.insert(before.rules, for: scope, isWithdrawn: true, version: version, by: principal)
            try await database.record(
                Act(.collectionPolicyWithdrawn, scope.subjectOfRecord), by: principal.actor, at: principal.now)
        }
    }
}

extension PolicyScope {
    fileprivate func check(in database: TenantDatabase) async throws {
        switch self {
        case .company: break
        case .plan(let id):
            guard try await database.plan(id) != nil else { throw PolicyRefusal.unknownSubject }
        case .customer(let id):
            guard try await database.customer(id) != nil else { throw PolicyRefusal.unknownSubject }
        }
    }

    fileprivate var subjectOfRecord: Act.Subject {
        Act.Subject("collection_policy", subject ?? UUID(high: 0, low: 0), named: word)
    }
}

private struct StoredPolicy: RowReadable {
    let version: Int
    let scope: String
    let subject: UUID?
    let rules: JSONText
    let isWithdrawn: Bool

    init(row: Row) throws(DatabaseError) {
        version = try row.read("version")
        scope = try row.read("scope")
        subject = try row.read("subject_id")
        rules = try row.read("rules")
        isWithdrawn = try row.read("is_withdrawn")
    }

    var exception: PolicyScope? {
        switch (scope, subject) {
        case ("plan", .some(let id)): .plan(Plan.ID(id))
        case ("customer", .some(let id)): .customer(Customer.ID(id))
        default: nil
        }
    }

    /// Fields missing in an older version take a new policy's defaults.
    func policy(in currency: Currency) throws -> CollectionPolicy {
        let schema = NounChanges<CollectionPolicy>.schema
        let changes = NounChanges<CollectionPolicy>(try Members(body: rules.bytes, as: schema))
        return try changes.applied(to: CollectionPolicy(in: currency))
    }
}
