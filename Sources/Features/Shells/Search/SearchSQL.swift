import Declarations
import Identifiers
import Postgres

extension TenantDatabase {
    /// The best results of each kind: an exact number first, then whole words, then prefixes.
    package func find(
        _ query: SearchQuery, among kinds: [SearchKind], limit: Int
    ) async throws(DatabaseError) -> [SearchHit] {
        guard !query.isEmpty, !kinds.isEmpty, limit > 0 else { return [] }
        let (whole, begun) = (SearchRanges(query, .whole), SearchRanges(query, .begun))
        let number = [query.number].compactMap(\.self)
        return try await rows(
            """
            SELECT wanted.kind, item.id, item.title, item.detail
            FROM unnest(\(kinds.map(\.name)), \(kinds.map(\.isNumbered)))
                WITH ORDINALITY wanted(kind, is_numbered, spot)
            CROSS JOIN LATERAL (
                SELECT \(places(begun, "wanted.kind", "wanted.is_numbered", beyond: nil, limit: limit)) AS places
                OFFSET 0) begun
            CROSS JOIN LATERAL (
                SELECT CASE WHEN cardinality(begun.places) > 0
                        THEN \(places(whole, "wanted.kind", "wanted.is_numbered", beyond: nil, limit: limit))
                        ELSE '{}' END AS places,
                    CASE WHEN wanted.is_numbered THEN \(number) ELSE '{}' END AS number
                OFFSET 0) whole
            CROSS JOIN LATERAL (
                SELECT i.id, i.title, i.detail, i.place,
                    CASE WHEN i.place = ANY (whole.number) THEN 0 WHEN i.place = ANY (whole.places) THEN 1 ELSE 2 END AS rank
                FROM search_items i
                WHERE i.tenant_id = \(tenant) AND i.kind = wanted.kind
                    AND i.place = ANY (whole.number || whole.places || begun.places)
                ORDER BY rank, i.title COLLATE "und-x-icu", i.place LIMIT \(limit)) item
            ORDER BY wanted.spot, item.rank, item.title COLLATE "und-x-icu", item.place
            """)
    }

    /// Those of earlier results that still exist, in the given order.
    package func searchHits(_ found: [(kind: String, id: UUID)]) async throws(DatabaseError) -> [SearchHit] {
        try await rows(
            """
            SELECT i.kind, i.id, i.title, i.detail
            FROM unnest(\(found.map(\.kind)), \(found.map(\.id))) WITH ORDINALITY wanted(kind, id, spot)
            JOIN search_items i ON i.tenant_id = \(tenant) AND i.kind = wanted.kind AND i.id = wanted.id
            ORDER BY wanted.spot
            """)
    }

    /// For a list of the kind alone, ordered by number: the results beyond a position, read from the index in that order.
    package func matching(
        _ query: SearchQuery, _ kind: SearchKind, number column: SQL, beyond: Int?, limit: Int
    ) -> SQL {
        guard !query.isEmpty else { return .nothing }
        return "AND \(column) = ANY ((SELECT \(places(query, kind, beyond: beyond, limit: limit)))::bigint[])"
    }

    /// `FROM …` with a row for each of the first results.
    package func counted(_ query: SearchQuery, _ kind: SearchKind, limit: Int) -> SQL {
        "FROM unnest(\(places(query, kind, beyond: nil, limit: limit)))"
    }

    /// For any list: names the results where they are few, else tests each row against a bitmap of all results, which
    /// is quick while many match. In a transaction, since it may take longer than callers of a shared connection should
    /// wait.
    package func matching(
        _ query: SearchQuery, _ kind: SearchKind, number column: SQL
    ) async throws(DatabaseError) -> SQL {
        guard !query.isEmpty else { return .nothing }
        let few = 1000
        let places: [Int] = try await value("SELECT \(places(query, kind, beyond: nil, limit: few + 1))") ?? []
        if places.count <= few { return "AND \(column) = ANY (\(places))" }
        let ranges = SearchRanges(query, .begun)
        return """
            AND substring((SELECT search_all(
                \(tenant), \(kind.name), \(kind.isNumbered), \(ranges.words), \(ranges.firsts), \(ranges.lasts)))
                FROM (\(column) + 1)::integer FOR 1) = B'1'
            """
    }

    private func places(_ query: SearchQuery, _ kind: SearchKind, beyond: Int?, limit: Int) -> SQL {
        places(
            SearchRanges(query, .begun), "\(kind.name)", "\(kind.isNumbered)", beyond: beyond, limit: limit)
    }

    private func places(
        _ ranges: SearchRanges, _ kind: SQL, _ isNumbered: SQL, beyond: Int?, limit: Int
    ) -> SQL {
        """
        search_places(\(tenant), \(kind), \(isNumbered), \(ranges.words), \(ranges.firsts), \(ranges.lasts),
            \(beyond ?? -1), \(Int32(clamping: limit)))
        """
    }
}

/// The query's tokens as index ranges, grouped by word.
private struct SearchRanges {
    enum Reading {
        case whole, begun
    }

    var words: [Int32] = []
    var firsts: [String] = []
    var lasts: [String] = []

    init(_ query: SearchQuery, _ reading: Reading) {
        for (number, forms) in query.words.enumerated() {
            for form in forms {
                words.append(Int32(number))
                firsts.append(form)
                // Up to three digits begin too many telephones to be of use: they are a whole word, or begin a number.
                let isShort = form.utf8.count <= 3 && form.utf8.allSatisfy(SearchText.isDigit)
                // Sorts after every token with this prefix.
                lasts.append(reading == .whole || isShort ? form : form + "\u{10FFFF}")
            }
        }
    }
}

extension SearchHit: RowReadable {
    package init(row: Row) throws(DatabaseError) {
        kind = try row.read("kind")
        id = try row.read("id")
        title = try row.read("title")
        detail = try row.read("detail")
    }
}
