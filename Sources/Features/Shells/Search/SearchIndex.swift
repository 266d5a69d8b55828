import Declarations
import Identifiers
import Postgres

extension TenantDatabase {
    /// Indexes these entries in their present state. Call in the transaction that changes them.
    package func index(_ entries: [SearchEntry]) async throws {
        for (kind, entries) in Dictionary(grouping: entries, by: \.kind) {
            var rest = entries[...]
            while !rest.isEmpty {
                try await index(Array(rest.prefix(8192)), of: kind)
                rest = rest.dropFirst(8192)
            }
        }
    }

    package func unindex(_ kind: SearchKind, _ id: UUID) async throws(DatabaseError) {
        try await unindex(kind, [id])
    }

    package func unindex(_ kind: SearchKind, _ ids: [UUID]) async throws(DatabaseError) {
        let items = try await items(kind, ids)
        guard !items.isEmpty else { return }
        var blocks = SearchBlocks()
        for item in items { blocks.put(item.place, instead: item.words, []) }
        try await blocks.write(kind, in: self)
        try await execute(
            "DELETE FROM search_items WHERE tenant_id = \(tenant) AND kind = \(kind.name) AND id = ANY (\(ids))")
    }

    package func unindexAll() async throws(DatabaseError) {
        _ = try await batch([
            "DELETE FROM search_items WHERE tenant_id = \(tenant)",
            "DELETE FROM search_blocks WHERE tenant_id = \(tenant)",
        ])
    }

    package func hasSearchEntries() async throws(DatabaseError) -> Bool {
        try await value("SELECT EXISTS (SELECT FROM search_items WHERE tenant_id = \(tenant))") ?? false
    }

    private func index(_ entries: [SearchEntry], of kind: SearchKind) async throws(DatabaseError) {
        let known = Dictionary(uniqueKeysWithValues: try await items(kind, entries.map(\.id)).map { ($0.id, $0) })
        let unnumbered = entries.filter { known[$0.id] == nil && $0.number == nil }.count
        var next = unnumbered == 0 ? 0 : try await takePlaces(unnumbered, of: kind)
        var blocks = SearchBlocks()
        var changed: [SearchItem] = []
        for entry in entries {
            let old = known[entry.id]
            var place = old?.place ?? entry.number
            if place == nil {
                place = next
                next += 1
            }
            let item = SearchItem(entry, at: place ?? 0)
            guard item != old else { continue }
            changed.append(item)
            blocks.put(item.place, instead: old?.words ?? [], item.words)
        }
        guard !changed.isEmpty else { return }
        try await put(changed, of: kind)
        try await blocks.write(kind, in: self)
    }

    /// Locked until the transaction ends, so that concurrent changes of one thing see each other's result.
    private func items(_ kind: SearchKind, _ ids: [UUID]) async throws(DatabaseError) -> [SearchItem] {
        try await rows(
            """
            SELECT id, place, title, detail, zone_id, words FROM search_items
            WHERE tenant_id = \(tenant) AND kind = \(kind.name) AND id = ANY (\(ids)) ORDER BY id FOR UPDATE
            """)
    }

    /// Reserves consecutive places for things without a number, and returns the first.
    private func takePlaces(_ count: Int, of kind: SearchKind) async throws(DatabaseError) -> Int {
        let last: Int? = try await value(
            """
            INSERT INTO counters (tenant_id, name, last) VALUES (\(tenant), \("search " + kind.name), \(count))
            ON CONFLICT (tenant_id, name) DO UPDATE SET last = counters.last + excluded.last
            RETURNING last
            """)
        return (last ?? count) - count + 1
    }

    private func put(_ items: [SearchItem], of kind: SearchKind) async throws(DatabaseError) {
        try await execute(
            """
            INSERT INTO search_items (tenant_id, kind, id, place, title, detail, zone_id, words)
            SELECT \(tenant), \(kind.name), given.* FROM unnest(
                \(items.map(\.id)), \(items.map(\.place)), \(items.map(\.title)), \(items.map(\.detail)),
                \(items.map(\.zone)), \(items.map { $0.words.sorted().joined(separator: " ") })) given
            ON CONFLICT (tenant_id, kind, id) DO UPDATE SET title = excluded.title, detail = excluded.detail,
                zone_id = excluded.zone_id, words = excluded.words
            """)
    }
}

private struct SearchItem: RowReadable, Equatable {
    let id: UUID
    let place: Int
    let title: String
    let detail: String
    let zone: UUID?
    let words: Set<String>

    init(_ entry: SearchEntry, at place: Int) {
        (id, self.place, title, detail) = (entry.id, place, entry.title, entry.detail)
        (zone, words) = (entry.zone, entry.tokens)
    }

    init(row: Row) throws(DatabaseError) {
        id = try row.read("id")
        place = try row.read("place")
        title = try row.read("title")
        detail = try row.read("detail")
        zone = try row.read("zone_id")
        let text: String = try row.read("words")
        words = Set(text.split(separator: " ").map(String.init))
    }
}
