import Identifiers
import Postgres

extension TenantDatabase {
    /// Makes these findable as they are now. Part of the transaction that made or changed them.
    package func index(_ entries: [SearchEntry]) async throws {
        var rest = entries[...]
        while !rest.isEmpty {
            try await put(Array(rest.prefix(500)))
            rest = rest.dropFirst(500)
        }
    }

    package func unindex(_ kind: SearchKind, _ id: UUID) async throws(DatabaseError) {
        try await execute(
            "DELETE FROM search_entries WHERE tenant_id = \(tenant) AND kind = \(kind.rawValue) AND id = \(id)")
    }

    package func unindexAll() async throws(DatabaseError) {
        try await execute("DELETE FROM search_entries WHERE tenant_id = \(tenant)")
    }

    package func hasSearchEntries() async throws(DatabaseError) -> Bool {
        try await value("SELECT EXISTS (SELECT FROM search_entries WHERE tenant_id = \(tenant))") ?? false
    }

    private func put(_ entries: [SearchEntry]) async throws(DatabaseError) {
        let kinds = entries.map(\.kind.rawValue)
        let ids = entries.map(\.id)
        var tokens: (kinds: [String], words: [String], ids: [UUID], zones: [UUID?]) = ([], [], [], [])
        for entry in entries {
            for word in entry.tokens {
                tokens.kinds.append(entry.kind.rawValue)
                tokens.words.append(word)
                tokens.ids.append(entry.id)
                tokens.zones.append(entry.zone)
            }
        }
        _ = try await batch([
            """
            INSERT INTO search_entries AS known (tenant_id, kind, id, title, detail, zone_id)
            SELECT \(tenant), given.* FROM unnest(
                \(kinds), \(ids), \(entries.map(\.title)), \(entries.map(\.detail)), \(entries.map(\.zone))) given
            ON CONFLICT (tenant_id, kind, id) DO UPDATE
            SET title = excluded.title, detail = excluded.detail, zone_id = excluded.zone_id
            """,
            """
            DELETE FROM search_tokens t USING unnest(\(kinds), \(ids)) given(kind, id)
            WHERE t.tenant_id = \(tenant) AND t.kind = given.kind AND t.id = given.id
            """,
            """
            INSERT INTO search_tokens (tenant_id, kind, token, id, zone_id)
            SELECT \(tenant), given.* FROM unnest(
                \(tokens.kinds), \(tokens.words), \(tokens.ids), \(tokens.zones)) given
            """,
        ])
    }

    /// What has a word beginning with each of these, the closest first, of each kind so many.
    package func find(
        _ words: [String], among kinds: [SearchKind], limit: Int
    ) async throws(DatabaseError) -> [SearchHit] {
        guard let first = words.first, !kinds.isEmpty else { return [] }
        return try await rows(find(first, words.dropFirst(), among: kinds, limit: limit))
    }

    func find(_ first: String, _ others: ArraySlice<String>, among kinds: [SearchKind], limit: Int) -> SQL {
        """
        SELECT e.kind, e.id, e.title, e.detail
        FROM unnest(\(kinds.map(\.rawValue))) WITH ORDINALITY wanted(kind, place)
        CROSS JOIN LATERAL (
            SELECT near.id, min(near.token) AS token FROM (
                SELECT t.id, t.token FROM search_tokens t
                WHERE t.tenant_id = \(tenant) AND t.kind = wanted.kind
                    AND t.token >= \(first) AND t.token < \(first + Self.end) \(having(others))
                ORDER BY t.token LIMIT \(limit * 4)) near
            GROUP BY near.id ORDER BY 2, 1 LIMIT \(limit)) found
        JOIN search_entries e ON e.tenant_id = \(tenant) AND e.kind = wanted.kind AND e.id = found.id
        ORDER BY wanted.place, found.token, e.title, e.id
        """
    }

    /// Also a word beginning with each of these.
    private func having(_ words: ArraySlice<String>) -> SQL {
        words.reduce(.nothing) { clauses, word in
            """
            \(clauses) AND EXISTS (
                SELECT FROM search_tokens o WHERE o.tenant_id = \(tenant) AND o.kind = t.kind AND o.id = t.id
                    AND o.token >= \(word) AND o.token < \(word + Self.end))
            """
        }
    }

    /// For the statement of a list: those of its rows that have a word beginning with each of these.
    package func matching(_ words: [String], _ kind: SearchKind, id column: SQL) -> SQL {
        words.reduce(.nothing) { clauses, word in
            """
            \(clauses) AND \(column) IN (
                SELECT o.id FROM search_tokens o WHERE o.tenant_id = \(tenant) AND o.kind = \(kind.rawValue)
                    AND o.token >= \(word) AND o.token < \(word + Self.end))
            """
        }
    }

    /// After every word that begins with what it is put behind.
    private static var end: String { "\u{10FFFF}" }
}

extension SearchHit: RowReadable {
    package init(row: Row) throws(DatabaseError) {
        let word: String = try row.read("kind")
        guard let known = SearchKind(rawValue: word) else { throw .wrongColumn("There is no kind '\(word)'") }
        kind = known
        id = try row.read("id")
        title = try row.read("title")
        detail = try row.read("detail")
    }
}
