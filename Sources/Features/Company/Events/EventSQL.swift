import Identifiers
import Postgres
import Time

extension TenantDatabase {
    /// Records an act in its own transaction, without waiting for any lock. After the commit the event is sealed into
    /// the tenant's chain and announced.
    @discardableResult
    package func record(
        _ act: Act, by actor: Actor, at now: Instant, from randomness: Randomness = .system
    ) async throws(DatabaseError) -> UUID {
        let content = EventContent(act, by: actor, at: now, from: randomness)
        try await append([content.text])
        return content.id
    }

    /// Records a bulk act: an event for each, and one that sums up the run, which the others refer to.
    package func record(
        _ acts: [Act], as run: Act, by actor: Actor, at now: Instant, from randomness: Randomness = .system
    ) async throws {
        let summary = EventContent(run, by: actor, at: now, from: randomness)
        try await transaction { database in
            var rest = acts[...]
            while !rest.isEmpty {
                try await database.append(
                    rest.prefix(1000).map {
                        EventContent($0, by: actor, at: now, from: randomness, run: summary.id).text
                    })
                rest = rest.dropFirst(1000)
            }
            try await database.append([summary.text])
        }
    }

    private func append(_ contents: [String]) async throws(DatabaseError) {
        let statement: SQL = """
            WITH appended AS (SELECT append_events(\(tenant), \(contents)) AS count) SELECT count FROM appended
            """
        try await executeAhead(statement.ringing(EventSealer.bell))
    }

    /// Newest first, before a position; seals first, to include everything recorded so far.
    package func events(
        _ selection: EventSelection = EventSelection(), before sequence: Int = .max, limit: Int
    ) async throws(DatabaseError) -> [Event] {
        try await batch([
            sealing(),
            """
            SELECT sequence, content FROM events WHERE \(selection.conditions(of: tenant)) AND sequence < \(sequence)
            ORDER BY sequence DESC LIMIT \(limit)
            """,
        ])[1].read()
    }

    /// Statements that seal and then read the newest events of several subjects. `subjects` selects ids, each with its
    /// page's path or null. `kinds` is nil for all.
    package func eventsOfSubjects(_ subjects: SQL, kinds: [String]?, limit: Int) -> [SQL] {
        let kinds: SQL = kinds.map { "AND e.kind = ANY (\($0))" } ?? .nothing
        return [
            sealing(),
            """
            SELECT newest.sequence, newest.content, given.path
            FROM (\(subjects)) given(id, path)
            CROSS JOIN LATERAL (
                SELECT e.sequence, e.content FROM events e
                WHERE e.tenant_id = \(tenant) AND e.subject_id = given.id \(kinds)
                ORDER BY e.sequence DESC LIMIT \(limit)) newest
            ORDER BY newest.sequence DESC LIMIT \(limit)
            """,
        ]
    }

    /// Oldest first, after a position.
    package func events(
        _ selection: EventSelection, after sequence: Int, limit: Int
    ) async throws(DatabaseError) -> [Event] {
        try await rows(
            """
            SELECT sequence, content FROM events WHERE \(selection.conditions(of: tenant)) AND sequence > \(sequence)
            ORDER BY sequence LIMIT \(limit)
            """)
    }

    /// Every kind in use, by a loose index scan.
    package func eventKinds() async throws(DatabaseError) -> [String] {
        let kinds: [KindOfEvent] = try await batch([
            sealing(),
            """
            WITH RECURSIVE kinds AS (
                (SELECT kind FROM events WHERE tenant_id = \(tenant) ORDER BY kind LIMIT 1)
                UNION ALL
                SELECT (
                    SELECT e.kind FROM events e WHERE e.tenant_id = \(tenant) AND e.kind > kinds.kind
                    ORDER BY e.kind LIMIT 1)
                FROM kinds WHERE kinds.kind IS NOT NULL
            )
            SELECT kind FROM kinds WHERE kind IS NOT NULL ORDER BY kind
            """,
        ])[1].read()
        return kinds.map(\.name)
    }

    /// Committed events not yet sealed.
    package func unsealedEvents() async throws(DatabaseError) -> UnsealedEvents? {
        try await first("SELECT waiting, since FROM unsealed_events_of(\(tenant))")
    }
}

extension PlatformDatabase {
    /// The platform's acts on a tenant are in the tenant's own record.
    package func record(
        _ act: Act, of tenant: UUID, by actor: Actor, at now: Instant, from randomness: Randomness = .system
    ) async throws(DatabaseError) {
        let content = EventContent(act, by: actor, at: now, from: randomness)
        let statement: SQL = "INSERT INTO unsealed_events (tenant_id, content) VALUES (\(tenant), \(content.text))"
        try await execute(statement.ringing(EventSealer.bell))
    }
}

private struct KindOfEvent: RowReadable {
    let name: String

    init(row: Row) throws(DatabaseError) { name = try row.read("kind") }
}

package struct UnsealedEvents: Sendable, RowReadable {
    package let count: Int
    package let since: Instant?

    package init(row: Row) throws(DatabaseError) {
        count = try row.read("waiting")
        since = try row.read("since")
    }
}
