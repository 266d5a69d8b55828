import Customers
import Fleet
import Identifiers
import Nouns
import Postgres
import Services
import Time

/// An antenna that a job may be about.
struct Candidate: Sendable, RowReadable {
    let mac: String
    let address: String
    let name: String
    let service: Service.ID?
    let cause: String
    let isUp: Bool
    let sector: String

    init(row: Row) throws(DatabaseError) {
        mac = try row.read("mac")
        address = try row.read("address")
        name = try row.read("name")
        service = try row.read("service_id")
        cause = try row.read("cause")
        isUp = try row.read("is_up")
        sector = try row.read("sector")
    }
}

extension TenantDatabase {
    /// Those of a scope, each once; the comparison's address comes before the one that UISP remembers.
    func candidates(_ scope: AntennaJob.Scope) async throws(DatabaseError) -> [Candidate] {
        let causes: SQL =
            scope == .keyless ? "AND g.cause IN ('stale_key', 'never_seen')" : .nothing
        let missing: SQL = """
            SELECT 1 AS origin, g.mac, g.address, g.name, g.service_id, g.cause, FALSE AS is_up,
                coalesce((SELECT a.sector FROM antennas a WHERE a.tenant_id = \(tenant) AND a.mac = g.mac), '') AS sector
            FROM fleet_gaps g
            WHERE g.tenant_id = \(tenant) AND g.kind = 'missing' AND g.address <> '' AND char_length(g.mac) = 17 \(causes)
            """
        let states: [String] = scope == .down ? ["down"] : ["up", "down"]
        let known: SQL = """
            SELECT 2 AS origin, d.mac, d.address, CASE d.name WHEN '' THEN d.mac ELSE d.name END, l.service_id, '',
                d.standing = 'up', coalesce(nullif(
                    (SELECT a.sector FROM antennas a WHERE a.tenant_id = \(tenant) AND a.mac = d.mac), ''), d.ssid)
            FROM fleet_devices d
            LEFT JOIN fleet_links l ON l.tenant_id = \(tenant) AND l.device_id = d.device_id
            WHERE d.tenant_id = \(tenant) AND d.standing = ANY (\(states)) AND d.address <> ''
                AND char_length(d.mac) = 17
            """
        let wanted: SQL =
            switch scope {
            case .missing, .keyless: missing
            case .down: known
            case .everything: "\(missing) UNION ALL \(known)"
            }
        return try await rows(
            """
            SELECT DISTINCT ON (c.mac) c.mac, c.address, c.name, c.service_id, c.cause, c.is_up, c.sector
            FROM (\(wanted)) c ORDER BY c.mac, c.origin
            """)
    }

    private var jobColumns: SQL {
        "j.job_id, j.number, j.kind, j.scope, j.state, j.author, j.made_at, j.finished_at"
    }

    func antennaJob(_ id: AntennaJob.ID, locked: Bool = false) async throws(DatabaseError) -> AntennaJob? {
        try await first(
            """
            SELECT \(jobColumns) FROM antenna_jobs j
            WHERE j.tenant_id = \(tenant) AND j.job_id = \(id) \(locked ? .forUpdate(of: "j") : .nothing)
            """)
    }

    func antennaJobRows(_ query: ListQuery<AntennaJobInList>) -> SQL {
        """
        SELECT \(jobColumns), n.lines, n.done, n.already, n.failed FROM antenna_jobs j
        CROSS JOIN LATERAL (
            SELECT count(*) AS lines, count(*) FILTER (WHERE x.state = 'done') AS done,
                count(*) FILTER (WHERE x.state = 'already') AS already,
                count(*) FILTER (WHERE x.state = 'failed') AS failed
            FROM antenna_job_lines x WHERE x.tenant_id = \(tenant) AND x.job_id = j.job_id
        ) n
        WHERE j.tenant_id = \(tenant) \(query.restriction) \(query.position) \(query.sorting)
        """
    }

    func countedAntennaJobs(_ query: ListQuery<AntennaJobInList>) -> SQL {
        "FROM antenna_jobs j WHERE j.tenant_id = \(tenant) \(query.restriction)"
    }

    func insert(
        _ new: NewAntennaJob, as id: AntennaJob.ID, of candidates: [Candidate], by author: String, at now: Instant
    ) async throws(DatabaseError) {
        let number: Int =
            try await value(
                """
                INSERT INTO counters (tenant_id, name, last) VALUES (\(tenant), 'antenna_job', 1)
                ON CONFLICT (tenant_id, name) DO UPDATE SET last = counters.last + 1 RETURNING last
                """) ?? 1
        _ = try await batch([
            """
            INSERT INTO antenna_jobs (tenant_id, job_id, number, kind, scope, state, author, made_at)
            VALUES (
                \(tenant), \(id), \(number), \(new.kind.rawValue), \(new.scope.rawValue), 'examining',
                \(String(author.prefix(200))), \(now))
            """,
            """
            INSERT INTO antenna_job_lines (
                tenant_id, job_id, place, mac, address, name, service_id, cause, is_up, sector, state)
            SELECT \(tenant), \(id), n.place, n.mac, n.address, n.name, n.service_id, n.cause, n.is_up,
                left(n.sector, 100), 'waiting'
            FROM unnest(
                \(Array(1..<(candidates.count + 1))), \(candidates.map(\.mac)), \(candidates.map(\.address)),
                \(candidates.map(\.name)), \(candidates.map(\.service)), \(candidates.map(\.cause)),
                \(candidates.map(\.isUp)), \(candidates.map(\.sector))
            ) n(place, mac, address, name, service_id, cause, is_up, sector)
            """,
        ])
    }

    func set(_ state: AntennaJob.State, of id: AntennaJob.ID, finished: Instant?) async throws(DatabaseError) {
        try await execute(
            """
            UPDATE antenna_jobs SET state = \(state.rawValue), finished_at = \(finished)
            WHERE tenant_id = \(tenant) AND job_id = \(id)
            """)
    }

    private var lineColumns: SQL {
        """
        x.job_id, x.place, x.mac, x.address, x.name, x.service_id, x.cause, x.is_up, x.sector, x.state, x.finding, x.word,
        x.detail, x.parent_pid, x.child_before, x.child_after, x.commands, x.tried_at, x.tries, x.ticket_id
        """
    }

    func antennaLines(
        of job: AntennaJob.ID, in states: [AntennaLine.State], limit: Int
    ) async throws(DatabaseError) -> [AntennaLine] {
        try await rows(
            """
            SELECT \(lineColumns) FROM antenna_job_lines x
            WHERE x.tenant_id = \(tenant) AND x.job_id = \(job) AND x.state = ANY (\(states.map(\.rawValue)))
            ORDER BY x.place LIMIT \(limit)
            """)
    }

    /// Those that a person has to look at come first.
    func antennaLines(of job: AntennaJob.ID, limit: Int) async throws(DatabaseError) -> [AntennaLine] {
        try await rows(
            """
            SELECT \(lineColumns) FROM antenna_job_lines x
            WHERE x.tenant_id = \(tenant) AND x.job_id = \(job)
            ORDER BY CASE x.state WHEN 'failed' THEN 1 WHEN 'acting' THEN 2 WHEN 'booting' THEN 2 WHEN 'planned' THEN 3
                WHEN 'waiting' THEN 4 WHEN 'done' THEN 5 ELSE 6 END, x.place
            LIMIT \(limit)
            """)
    }

    func lineTotals(of job: AntennaJob.ID) async throws(DatabaseError) -> [LineTotal] {
        try await rows(
            """
            SELECT state, count(*) AS count FROM antenna_job_lines
            WHERE tenant_id = \(tenant) AND job_id = \(job) GROUP BY state
            """)
    }

    func update(_ line: AntennaLine) async throws(DatabaseError) {
        try await execute(
            """
            UPDATE antenna_job_lines SET state = \(line.state.rawValue), finding = \(line.finding.rawValue),
                word = \(line.trouble.rawValue), detail = \(String(line.detail.prefix(300))),
                parent_pid = \(line.parent), child_before = \(line.childBefore), child_after = \(line.childAfter),
                commands = \(line.commands), tried_at = \(line.triedAt), tries = \(line.tries),
                ticket_id = \(line.ticket)
            WHERE tenant_id = \(tenant) AND job_id = \(line.job) AND place = \(line.place)
            """)
    }

    /// The failed ones are tried again, all or those with one sort of trouble.
    func retryLines(of job: AntennaJob.ID, with trouble: AntennaTrouble? = nil) async throws(DatabaseError) -> Int {
        let condition: SQL = trouble.map { "AND word = \($0.rawValue)" } ?? .nothing
        return try await count(
            """
            WITH again AS (
                UPDATE antenna_job_lines SET state = 'waiting', word = '', detail = ''
                WHERE tenant_id = \(tenant) AND job_id = \(job) AND state = 'failed' \(condition) RETURNING 1
            ) SELECT count(*) FROM again
            """)
    }

    /// The antennas whose key is another one: the next contact takes what it finds.
    func forgetHostKeys(of job: AntennaJob.ID) async throws(DatabaseError) {
        try await execute(
            """
            UPDATE antennas a SET host_key = '' WHERE a.tenant_id = \(tenant) AND EXISTS (
                SELECT FROM antenna_job_lines x
                WHERE x.tenant_id = \(tenant) AND x.job_id = \(job) AND x.mac = a.mac AND x.state = 'failed'
                    AND x.word = 'key_changed')
            """)
    }

    private func count(_ statement: SQL) async throws(DatabaseError) -> Int { try await value(statement) ?? 0 }
}

extension TenantDatabase {
    func ownerOfService(_ id: Service.ID) async throws(DatabaseError) -> Customer.ID? {
        try await value("SELECT customer_id FROM services WHERE tenant_id = \(tenant) AND service_id = \(id)")
    }
}

extension TenantDatabase {
    /// So many antennas are on line by PPPoE and absent from UISP.
    func missingAntennas() async throws(DatabaseError) -> Int {
        try await value(
            "SELECT count(*) FROM fleet_gaps WHERE tenant_id = \(tenant) AND kind = 'missing'") ?? 0
    }
}
