import Access
import Declarations
import HTTP
import Identifiers
import Nouns
import Postgres
import Search

/// The last results opened from the search, offered again. Stored with the person's column choices.
enum Recents {
    static let list = "search.opened"
    static let most = 8

    static func add(to routes: inout Panel.Routes) {
        routes.get("/panel/search/open", .signedIn, "Abre lo que se encontró, y lo recuerda", open)
    }

    static func path(_ hit: SearchHit) -> String { "/panel/search/open?kind=\(hit.kind)&id=\(hit.id)" }

    private static func open(_ visit: Visit) async throws -> Response {
        try await visit.admit()
        guard let kind = visit.findable.first(where: { $0.name == visit.request.query["kind"] }),
            let id = visit.request.query["id"].flatMap({ UUID($0) })
        else { throw AccessRefusal.notFound }
        if visit.admitted?.kind == .session {
            let mark = "\(kind.name) \(id)"
            let others = try await visit.openedLast().filter { $0 != mark }
            try await visit.choose([mark] + others.prefix(most - 1), of: list)
        }
        return .redirect(to: "\(kind.path)/\(id)")
    }
}

extension Visit {
    fileprivate func openedLast() async throws -> [String] {
        guard let admitted else { return [] }
        return try await database.value(
            """
            SELECT columns FROM list_columns
            WHERE tenant_id = \(database.tenant) AND staff_id = \(admitted.id) AND list = \(Recents.list)
            """) ?? []
    }

    /// Omits what was deleted, or may no longer be seen.
    func recents() async throws -> [SearchHit] {
        let marks = try await openedLast().compactMap { mark -> (kind: String, id: UUID)? in
            let parts = mark.split(separator: " ")
            guard parts.count == 2, findable.contains(where: { $0.name == parts[0] }), let id = UUID(String(parts[1]))
            else { return nil }
            return (String(parts[0]), id)
        }
        guard !marks.isEmpty else { return [] }
        return try await database.searchHits(marks)
    }
}
