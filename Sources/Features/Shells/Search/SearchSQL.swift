import Declarations
import Identifiers
import Postgres

extension TenantDatabase {
    /// What is found, of each kind so many: first what has the number typed, then what has the words as they were typed,
    /// then what has words that begin so.
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

    /// What there still is of what was found before, in that order.
    package func searchHits(_ found: [(kind: String, id: UUID)]) async throws(DatabaseError) -> [SearchHit] {
        try await rows(
            """
            SELECT i.kind, i.id, i.title, i.detail
            FROM unnest(\(found.map(\.kind)), \(found.map(\.id))) WITH ORDINALITY wanted(kind, id, spot)
            JOIN search_items i ON i.tenant_id = \(tenant) AND i.kind = wanted.kind AND i.id = wanted.id
            ORDER BY wanted.spot
            """)
    }

    /// For the statement of a list in the order of numbers that shows all that is found: the first so many beyond one.
    package func matching(
        _ query: SearchQuery, _ kind: SearchKind, number column: SQL, beyond: Int?, limit: Int
    ) -> SQL {
        guard !query.isEmpty else { return .nothing }
        let places = places(
            SearchRanges(query, .begun), "\(kind.name)", "\(kind.isNumbered)", beyond: beyond, limit: limit)
        return "AND \(column) = ANY ((SELECT \(places))::bigint[])"
    }

    /// For the statement of any list. Where few are found they are named; else each row of the list is asked whether it
    /// is one of them, which is quick as long as many are. In a transaction, for it may take longer than others who
    /// share a connection should wait.
    package func matching(
        _ query: SearchQuery, _ kind: SearchKind, number column: SQL
    ) async throws(DatabaseError) -> SQL {
        guard !query.isEmpty else { return .nothing }
        let (few, ranges) = (1000, SearchRanges(query, .begun))
        let places: [Int] =
            try await value(
                """
                SELECT \(places(ranges, "\(kind.name)", "\(kind.isNumbered)", beyond: nil, limit: few + 1))
                """) ?? []
        if places.count <= few { return "AND \(column) = ANY (\(places))" }
        return """
            AND substring((SELECT search_all(
                \(tenant), \(kind.name), \(kind.isNumbered), \(ranges.words), \(ranges.firsts), \(ranges.lasts)))
                FROM (\(column) + 1)::integer FOR 1) = B'1'
            """
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

/// The tokens that a query's words may be, as ranges of the index, those of a word one after the other.
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
                // After every token that begins with it.
                lasts.append(reading == .whole ? form : form + "\u{10FFFF}")
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
