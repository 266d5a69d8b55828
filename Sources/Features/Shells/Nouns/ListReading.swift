import Access
import Postgres

extension Visit {
    /// Reads a list's page in one round trip, with the visitor's columns and further statements of the page. `counted`
    /// is the statement's FROM and WHERE without the position: only the first page counts it, and passes the total on.
    package func part<Row: RowReadable>(
        of query: ListQuery<Row>, rows: SQL, counted: SQL, and others: [SQL] = [], in database: TenantDatabase? = nil
    ) async throws -> (part: ListPart<Row>, others: ArraySlice<Rows>) {
        var statements = [rows, chosenColumns(of: query.list.name)]
        let isCounted = query.place == nil
        if isCounted {
            let most = query.most + 1
            statements.append("SELECT count(*) AS count FROM (SELECT \(counted) LIMIT \(most)) counted")
        }
        let results = try await (database ?? self.database).batch(statements + others)
        let chosen: [ChosenColumns] = try results[1].read()
        let total: Int? = try isCounted ? results[2].first?.read("count") : query.total
        return (
            ListPart(
                query, try results[0].read(), total: total,
                chosen: chosen.first { $0.list == query.list.name }?.columns,
                views: chosen.first { $0.list != query.list.name }?.columns.compactMap { SavedView(kept: $0) } ?? []),
            results[(isCounted ? 3 : 2)...]
        )
    }

    private func chosenColumns(of list: String) -> SQL {
        """
        SELECT list, columns FROM list_columns
        WHERE tenant_id = \(database.tenant) AND staff_id = \(staffStatement)
            AND list IN (\(list), \(SavedView.list(of: list)))
        """
    }

    /// The visitor's own.
    package func savedViews(of list: String) async throws -> [SavedView] {
        let kept: [ChosenColumns] = try await database.rows(chosenColumns(of: list))
        return kept.first { $0.list != list }?.columns.compactMap { SavedView(kept: $0) } ?? []
    }

    /// Stores the visitor's columns; an empty choice restores the default ones.
    package func choose(_ columns: [String], of list: String) async throws {
        try await database.transaction { database in
            guard let admitted, admitted.kind == .session else { throw AccessRefusal.notPermitted }
            try await database.execute(
                """
                INSERT INTO list_columns (tenant_id, staff_id, list, columns)
                VALUES (\(database.tenant), \(admitted.id), \(list), \(columns))
                ON CONFLICT (tenant_id, staff_id, list) DO UPDATE SET columns = excluded.columns
                """)
        }
    }
}

private struct ChosenColumns: RowReadable {
    let list: String
    let columns: [String]

    init(row: Row) throws(DatabaseError) { (list, columns) = (try row.read("list"), try row.read("columns")) }
}
