import Identifiers
import Postgres
import Time

extension TenantDatabase {
    func domains() async throws(DatabaseError) -> [Domain] {
        try await rows("SELECT \(Domain.columns) FROM domains WHERE tenant_id = \(tenant) ORDER BY claimed_at, host")
    }

    func domain(_ id: Domain.ID, locked: Bool = false) async throws(DatabaseError) -> Domain? {
        try await first(
            """
            SELECT \(Domain.columns) FROM domains WHERE tenant_id = \(tenant) AND domain_id = \(id) \(locked ? .forUpdate(of: "domains") : .nothing)
            """)
    }

    /// False when the domain exists already.
    func insert(_ domain: Domain) async throws(DatabaseError) -> Bool {
        try await execute(
            """
            INSERT INTO domains (tenant_id, domain_id, host, proof, claimed_at, proven_at, is_vouched)
            VALUES (\(tenant), \(domain.id), \(domain.host), \(domain.proof), \(domain.claimedAt),
                \(domain.servedSince), \(domain.isVouched))
            ON CONFLICT (tenant_id, host) DO NOTHING
            """) == 1
    }

    func update(_ domain: Domain) async throws(DatabaseError) {
        try await execute(
            """
            UPDATE domains SET proven_at = \(domain.servedSince), checked_at = \(domain.checkedAt),
                lost_at = \(domain.lostAt), is_vouched = \(domain.isVouched)
            WHERE tenant_id = \(tenant) AND domain_id = \(domain.id)
            """)
    }

    func delete(_ id: Domain.ID) async throws(DatabaseError) {
        try await execute("DELETE FROM domains WHERE tenant_id = \(tenant) AND domain_id = \(id)")
    }

    /// False while the domain is another tenant's, or was until recently.
    func serve(_ host: String, at now: Instant) async throws(DatabaseError) -> Bool {
        let days = Int32(Domain.quarantine.components.seconds / 86_400)
        let said: String? = try await value(
            """
            WITH served AS (SELECT serve_hostname(\(tenant), \(host), \(now), make_interval(days => \(days))) AS said)
            SELECT said FROM served
            """)
        return said == "served"
    }

    func release(_ host: String, at now: Instant) async throws(DatabaseError) {
        try await execute(
            "WITH released AS (SELECT release_hostname(\(tenant), \(host), \(now)) AS done) SELECT done FROM released")
    }
}

extension Domain: RowReadable {
    static let columns: SQL = "domain_id, host, proof, claimed_at, proven_at, checked_at, lost_at, is_vouched"

    package init(row: Row) throws(DatabaseError) {
        id = try row.read("domain_id")
        host = try row.read("host")
        proof = try row.read("proof")
        claimedAt = try row.read("claimed_at")
        servedSince = try row.read("proven_at")
        checkedAt = try row.read("checked_at")
        lostAt = try row.read("lost_at")
        isVouched = try row.read("is_vouched")
    }
}
