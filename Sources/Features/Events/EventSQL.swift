import Identifiers
import JSON
import Postgres
import Time

extension TenantDatabase {
    /// Writes what was done, in the transaction that does it. The last statement of the act: from here on the tenant's
    /// other acts wait for the commit. Who is to be told of it is told when that happens.
    package func record(
        _ act: Act, by actor: Actor, at now: Instant, from randomness: Randomness = .system
    ) async throws(DatabaseError) {
        let content = act.content(by: actor, at: now, from: randomness)
        try await execute(
            """
            WITH head AS (
                INSERT INTO event_heads AS h (tenant_id, sequence, hash)
                VALUES (\(tenant), 1, sha256(\(EventChain.start) || convert_to(\(content), 'UTF8')))
                ON CONFLICT (tenant_id) DO UPDATE SET
                    sequence = h.sequence + 1, hash = sha256(h.hash || convert_to(\(content), 'UTF8'))
                RETURNING sequence, hash
            ), written AS (
                INSERT INTO events (tenant_id, sequence, content, hash)
                SELECT \(tenant), sequence, \(content), hash FROM head
            ), \(Outbox.deliveries(of: act.kind, at: now, of: tenant))
            SELECT pg_notify(\(Outbox.channel), \(tenant)::text || ' ' || sequence), (SELECT count FROM queued) FROM head
            """)
    }

    /// The newest first, of those before a place in the record.
    package func events(
        before sequence: Int?, kind: String?, actor: UUID?, subject: UUID?, limit: Int
    ) async throws(DatabaseError) -> [Event] {
        try await rows(
            """
            SELECT sequence, content FROM events
            WHERE tenant_id = \(tenant) AND sequence < \(sequence ?? Int.max)
                AND (\(kind)::text IS NULL OR kind = \(kind)) AND (\(actor)::uuid IS NULL OR actor_id = \(actor))
                AND (\(subject)::uuid IS NULL OR subject_id = \(subject))
            ORDER BY sequence DESC LIMIT \(limit)
            """)
    }

    package func eventKinds() async throws(DatabaseError) -> [String] {
        let kinds: [KindOfEvent] = try await rows(
            "SELECT DISTINCT kind FROM events WHERE tenant_id = \(tenant) ORDER BY kind")
        return kinds.map(\.name)
    }
}

extension PlatformDatabase {
    /// What the platform does to a tenant stands in the tenant's own record.
    package func record(
        _ act: Act, of tenant: UUID, by actor: Actor, at now: Instant, from randomness: Randomness = .system
    ) async throws(DatabaseError) {
        let content = act.content(by: actor, at: now, from: randomness)
        try await execute(
            """
            WITH put AS (SELECT record_event(\(tenant), \(EventChain.start), \(content)) AS place)
            SELECT pg_notify(\(Outbox.channel), \(tenant)::text || ' ' || place) FROM put
            """)
    }
}

extension Act {
    fileprivate func content(by actor: Actor, at now: Instant, from randomness: Randomness) -> String {
        var json = JSONWriter(reserving: 512)
        json.value(
            EventContent(
                id: .v7(milliseconds: now.milliseconds, from: randomness), at: now.rfc3339, act: self, actor: actor))
        return String(decoding: json.bytes, as: UTF8.self)
    }
}

private struct KindOfEvent: RowReadable {
    let name: String

    init(row: Row) throws(DatabaseError) { name = try row.read("kind") }
}
