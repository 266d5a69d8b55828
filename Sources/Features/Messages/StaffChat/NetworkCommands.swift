import Access
import Declarations
import Identifiers
import Locale
import Postgres
import Routers
import Tenancy
import Time

/// Routers up and down, and the sessions that are open.
enum NetworkCommands {
    static let all: [StaffCommand] = [
        StaffCommand(30, "network", StaffChatTitles.network.message, typed: ["red"], for: .networkRead, work: network),
        StaffCommand(31, "pppoe", StaffChatTitles.pppoe.message, typed: ["pppoe"], for: .networkRead, work: sessions),
    ]

    @Sendable private static func network(_ turn: StaffTurn) async throws -> StaffReply {
        let routers = try await turn.database.routerStandings()
        let reader = turn.reader
        guard !routers.isEmpty else { return StaffReply(StaffChatWords.noRouters.text(for: reader)) }
        let up = routers.filter { $0.state == .up }.count
        let head = StaffChatWords.routersUp.text(
            for: reader, .number("up", up), .number("total", routers.count))
        let lines = routers.filter { $0.state != .up }.prefix(20).map { router in
            let seen = router.seenAt.map { $0.text(.short, in: turn.company.timeZone, for: reader) }
            return [router.name, router.state.text(for: reader), seen ?? ""].filter { !$0.isEmpty }
                .joined(separator: " · ")
        }
        return StaffReply(
            ([head] + lines).joined(separator: "\n"),
            [.open("pppoe", "", StaffChatTitles.pppoe.text(for: reader))])
    }

    @Sendable private static func sessions(_ turn: StaffTurn) async throws -> StaffReply {
        let routers = try await turn.database.routerStandings()
        let reader = turn.reader
        let open: Int? = try await turn.database.value(
            "SELECT count(*) FROM radius_sessions WHERE tenant_id = \(turn.database.tenant) AND ended_at IS NULL")
        let lines = routers.prefix(25).map { router in
            StaffChatWords.routerSessions.text(
                for: reader, .name(router.name), .number("online", router.online),
                .number("services", router.services), .text("state", router.state.text(for: reader)))
        }
        let radius = StaffChatWords.radiusSessions.text(for: reader, .count(open ?? 0))
        return StaffReply((lines + [radius]).joined(separator: "\n"))
    }
}

/// A router with how many of its services were on line at the last read-back.
struct RouterStanding: RowReadable, Sendable {
    let name: String
    let state: RouterHealth.State
    let seenAt: Instant?
    let services: Int
    let online: Int

    init(row: Row) throws(DatabaseError) {
        (name, state, seenAt) = (try row.read("name"), try row.word("health"), try row.read("seen_at"))
        (services, online) = (try row.read("services"), try row.read("online"))
    }
}

extension TenantDatabase {
    func routerStandings() async throws(DatabaseError) -> [RouterStanding] {
        try await rows(
            """
            SELECT r.name, CASE WHEN r.is_paused THEN 'paused' ELSE r.health END AS health, r.seen_at,
                count(a.service_id) AS services, count(a.service_id) FILTER (WHERE f.is_online) AS online
            FROM routers r
            LEFT JOIN access_points a ON a.tenant_id = \(tenant) AND a.router_id = r.router_id
            LEFT JOIN service_proofs f ON f.tenant_id = \(tenant) AND f.service_id = a.service_id
            WHERE r.tenant_id = \(tenant)
            GROUP BY r.router_id, r.name, r.is_paused, r.health, r.seen_at
            ORDER BY r.health = 'down' DESC, r.name COLLATE "und-x-icu" LIMIT 200
            """)
    }
}
