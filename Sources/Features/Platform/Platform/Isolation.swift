import Postgres

/// The tenant isolation rules, checked on the live database.
package struct Isolation: Sendable {
    private let lint: CatalogueLint
    private let ask: @Sendable () async throws -> [String]

    /// `ask` returns the lint's findings.
    package init(_ lint: CatalogueLint, ask: @escaping @Sendable () async throws -> [String]) {
        self.lint = lint
        self.ask = ask
    }

    /// A table with its owner and its protection.
    struct Table: Sendable {
        enum Kind: Sendable { case tenants, platform, reference }

        let name: String
        let kind: Kind
        let isForced: Bool
        let policies: Int
        let problems: [String]
    }

    func look(in database: PlatformDatabase) async throws -> (tables: [Table], others: [String]) {
        var problems = try await ask()
        let facts: [TableFacts] = try await database.rows(
            """
            SELECT c.relname::text AS name, c.relrowsecurity AND c.relforcerowsecurity AS is_forced,
                (SELECT count(*) FROM pg_policy p WHERE p.polrelid = c.oid) AS policies
            FROM pg_class c
            WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p') AND NOT c.relispartition
                AND c.relname <> 'migrations'
            ORDER BY c.relname
            """)
        let tables = facts.map { fact in
            // The lint's sentences contain the table's name as a word.
            let own = problems.filter {
                $0.split { !$0.isLetter && !$0.isNumber && $0 != "_" }.contains(fact.name[...])
            }
            problems.removeAll { own.contains($0) }
            return Table(
                name: fact.name,
                kind: lint.platformTables.contains(fact.name)
                    ? .platform : lint.referenceTables.contains(fact.name) ? .reference : .tenants,
                isForced: fact.isForced, policies: fact.policies, problems: own)
        }
        return (tables, problems)
    }
}

private struct TableFacts: RowReadable {
    let name: String
    let isForced: Bool
    let policies: Int

    init(row: Row) throws(DatabaseError) {
        name = try row.read("name")
        isForced = try row.read("is_forced")
        policies = try row.read("policies")
    }
}
