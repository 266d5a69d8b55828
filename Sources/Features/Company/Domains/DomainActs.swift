import Access
import Crypto
import DNS
import Declarations
import Events
import Identifiers
import Postgres
import Time

extension Domain {
    /// Registers the claim and creates its proof. The domain is not served yet.
    static func claim(
        _ typed: String, besides base: String, by principal: Principal, from randomness: Randomness,
        in database: TenantDatabase
    ) async throws -> Domain {
        guard let name = DomainName(typed: typed) else { throw DomainRefusal.notAName }
        guard name.text != base, !name.text.hasSuffix(".\(base)") else { throw DomainRefusal.ours }
        let domain = Domain(name.text, at: principal.now, from: randomness)
        try await database.transaction { database in
            guard try await database.domains().count < most else { throw DomainRefusal.tooMany }
            guard try await database.insert(domain) else { throw DomainRefusal.known }
            try await database.record(Act(.domainClaimed, domain.subject), by: principal.actor, at: principal.now)
        }
        return domain
    }

    private init(_ host: String, at now: Instant, from randomness: Randomness) {
        self.init(
            id: .make(milliseconds: now.milliseconds, from: randomness), host: host,
            proof: Hex.encode(randomness.bytes(16)), claimedAt: now)
    }

    /// Queries the DNS and acts on the answer.
    @discardableResult
    static func check(
        _ id: ID, asking records: TextRecords, by actor: Actor, at now: Instant, in database: TenantDatabase
    ) async throws -> Finding {
        guard let domain = try await database.domain(id) else { throw AccessRefusal.notFound }
        // No transaction waits for the network.
        let finding = await domain.finding(from: records)
        try await database.transaction { database in
            // Deleted or checked again meanwhile.
            guard let domain = try await database.domain(id, locked: true) else { return }
            try await domain.follow(finding, by: actor, at: now, in: database)
        }
        return finding
    }

    private func follow(
        _ finding: Finding, by actor: Actor, at now: Instant, in database: TenantDatabase
    ) async throws {
        var domain = self
        if finding != .unanswered { domain.checkedAt = now }
        var kind: EventKind?
        switch verdict(on: finding, at: now) {
        case .stay: break
        case .serve:
            guard try await database.serve(host, at: now) else { throw DomainRefusal.taken }
            (domain.servedSince, kind) = (now, .domainProven)
        case .found: (domain.lostAt, kind) = (nil, .domainFoundAgain)
        case .warn: (domain.lostAt, kind) = (now, .domainProofLost)
        case .release:
            try await database.release(host, at: now)
            (domain.servedSince, domain.lostAt, kind) = (nil, nil, .domainReleased)
        }
        try await database.update(domain)
        if let kind { try await database.record(Act(kind, subject), by: actor, at: now) }
    }

    /// Stops serving the domain, and bars it to others for a while.
    static func remove(_ id: ID, by principal: Principal, in database: TenantDatabase) async throws {
        try await database.transaction { database in
            guard let domain = try await database.domain(id, locked: true) else { throw AccessRefusal.notFound }
            try await domain.remove(by: principal.actor, at: principal.now, in: database)
        }
    }

    private func remove(by actor: Actor, at now: Instant, in database: TenantDatabase) async throws {
        if servedSince != nil { try await database.release(host, at: now) }
        try await database.delete(id)
        try await database.record(Act(.domainRemoved, subject), by: actor, at: now)
    }

    /// The changes needed to vouch for exactly these domains: `+ name`, `- name`.
    package static func differences(
        vouching names: [String], in database: TenantDatabase
    ) async throws -> [String] {
        let vouched = Set(try await database.domains().filter { $0.isVouched && $0.servedSince != nil }.map(\.host))
        let wanted = Set(try names.map(plain))
        return wanted.subtracting(vouched).sorted().map { "domain + \($0)" }
            + vouched.subtracting(wanted).sorted().map { "domain - \($0)" }
    }

    /// Vouches for exactly these domains on the operator's word: they are served without a proof.
    package static func vouch(
        for names: [String], by principal: Principal, from randomness: Randomness, in database: TenantDatabase
    ) async throws -> [String] {
        try await database.transaction { database in
            let differences = try await differences(vouching: names, in: database)
            let wanted = Set(try names.map(plain))
            for domain in try await database.domains() where domain.isVouched && !wanted.contains(domain.host) {
                try await domain.remove(by: principal.actor, at: principal.now, in: database)
            }
            for host in wanted.sorted() {
                var domain =
                    try await database.domains().first { $0.host == host }
                    ?? Domain(host, at: principal.now, from: randomness)
                if domain.isVouched, domain.servedSince != nil { continue }
                guard try await database.serve(host, at: principal.now) else { throw DomainRefusal.taken }
                (domain.isVouched, domain.lostAt, domain.servedSince) = (true, nil, domain.servedSince ?? principal.now)
                if try await !database.insert(domain) { try await database.update(domain) }
                try await database.record(Act(.domainVouched, domain.subject), by: principal.actor, at: principal.now)
            }
            return differences
        }
    }

    private static func plain(_ typed: String) throws -> String {
        guard let name = DomainName(typed: typed) else { throw DomainRefusal.notAName }
        return name.text
    }

    private var subject: Act.Subject { Act.Subject("domain", id.uuid, named: host) }
}
