import Access
import AccessProtocol
import Declarations
import HTML
import HTTP
import Identifiers
import Locale
import Nouns
import Panel
import Postgres
import Routers
import Services
import Tenancy
import Time

/// Ends a router's shadow mode, after a preview of the commands.
struct ActivationRoutes: Sendable {
    private let acts: RouterActs

    init(_ acts: RouterActs) { self.acts = acts }

    func add(to routes: inout Panel.Routes) {
        routes.get("/panel/routers/:id/activate", .networkManage, "Muestra qué se enviaría a un router en sombra", ask)
        routes.post("/panel/routers/:id/activate", .networkManage, "Activa un router en sombra", activate)
    }

    private func ask(_ visit: Visit, id: Router.ID) async throws -> Response {
        guard let router = try await visit.database.router(id) else { throw AccessRefusal.notFound }
        let counts = try await visit.database.differenceCounts(of: id).map { one in
            "\(AccessFinding.Kind(rawValue: one.kind)?.message.text(for: visit.reader) ?? one.kind): \(one.count)"
        }
        let seen = try await visit.database.comparisons(of: id)?.oldest
        let nothing =
            seen.map {
                ReconcilerWords.noDifferences.text(
                    for: visit.reader, .text("time", $0.text(.short, in: visit.tenant.timeZone, for: visit.reader)))
            } ?? ReconcilerWords.notCompared.text(for: visit.reader, .count(1))
        return try await Panel.confirm(
            ReconcilerWords.activateTitle.text(for: visit.reader, .name(router.name)),
            text: counts.isEmpty
                ? nothing
                : ReconcilerWords.activateText.text(
                    for: visit.reader, .text("what", counts.joined(separator: "; "))),
            act: ReconcilerWords.activate.text(for: visit.reader), action: "\(router.panelPath)/activate",
            back: router.panelPath, for: visit)
    }

    private func activate(_ visit: Visit, id: Router.ID) async throws -> Response {
        try await acts.set(id, to: .active, by: visit.principal, in: visit.database)
        return Panel.done(.saved, at: "\(Router.path)/\(id)")
    }
}

extension TenantDatabase {
    /// By kind, most frequent first.
    func differenceCounts(of router: Router.ID) async throws(DatabaseError) -> [DifferenceCount] {
        try await rows(
            """
            SELECT kind, count(*) AS count FROM network_differences
            WHERE tenant_id = \(tenant) AND router_id = \(router) GROUP BY kind ORDER BY count DESC, kind
            """)
    }
}

struct DifferenceCount: RowReadable {
    let kind: String
    let count: Int

    init(row: Row) throws(DatabaseError) {
        kind = try row.read("kind")
        count = try row.read("count")
    }
}
