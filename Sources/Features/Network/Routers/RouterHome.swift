import Access
import Assembly
import Locale
import Panel
import Postgres

/// How many routers do not answer, on the first page of a company that has routers.
enum RouterHome {
    static func parts(for visit: Visit) async throws -> [HomePart] {
        guard visit.may(.networkRead) else { return [] }
        let counts = try await visit.database.routerCounts()
        guard counts.all > 0 else { return [] }
        return [
            HomePart(
                .tile, 36,
                Tile(
                    RouterWords.downRouters.text(for: visit.reader), counts.down.text(for: visit.reader),
                    path: "\(Router.path)?health=\(RouterHealth.State.down.rawValue)",
                    mark: counts.down > 0 ? "suspended" : "",
                    note: RouterWords.ofRouters.text(for: visit.reader, .number("number", counts.all))))
        ]
    }
}

private struct RouterCounts: RowReadable {
    let all: Int
    let down: Int

    init(row: Row) throws(DatabaseError) { (all, down) = (try row.read("all"), try row.read("down")) }
}

extension TenantDatabase {
    fileprivate func routerCounts() async throws(DatabaseError) -> RouterCounts {
        let counts: RouterCounts? = try await first(
            """
            SELECT count(*) AS all, count(*) FILTER (WHERE health = 'down' AND NOT is_paused) AS down
            FROM routers WHERE tenant_id = \(tenant)
            """)
        guard let counts else { throw DatabaseError.wrongColumn("An aggregate brought no row") }
        return counts
    }
}
