import Postgres

/// The order in which a company's channels are tried.
package struct NoticeOrders: Sendable {
    private let usual: [String]
    private let chosen: [String: [String]]

    init(usual: [String], chosen: [String: [String]]) { (self.usual, self.chosen) = (usual, chosen) }

    package func channels(of kind: String) -> [String] { chosen[kind] ?? chosen[""] ?? usual }

    /// The kind's own order; empty where it has none.
    func own(_ kind: String) -> [String] { chosen[kind] ?? [] }

    /// The field of a form for a place in the order of a kind.
    static func field(_ place: Int, of kind: String) -> String { "channel\(place + 1):\(kind)" }

    /// Whether the kind has an order of its own.
    func isOwn(_ kind: String) -> Bool { chosen[kind] != nil }
}

extension TenantDatabase {
    func noticeOrders(by carriers: [NoticeCarrier]) async throws(DatabaseError) -> NoticeOrders {
        let known = Set(carriers.map(\.name))
        let rows: [OrderRow] = try await rows(
            "SELECT kind, channels FROM notice_orders WHERE tenant_id = \(tenant) LIMIT 200")
        var chosen: [String: [String]] = [:]
        for row in rows {
            let channels = row.channels.filter(known.contains)
            if !channels.isEmpty { chosen[row.kind] = channels }
        }
        return NoticeOrders(usual: carriers.map(\.name), chosen: chosen)
    }

    func setNoticeOrder(of kind: String, to channels: [String]) async throws(DatabaseError) {
        guard !channels.isEmpty else {
            try await execute("DELETE FROM notice_orders WHERE tenant_id = \(tenant) AND kind = \(kind)")
            return
        }
        try await execute(
            """
            INSERT INTO notice_orders (tenant_id, kind, channels) VALUES (\(tenant), \(kind), \(channels))
            ON CONFLICT (tenant_id, kind) DO UPDATE SET channels = excluded.channels
            """)
    }
}

private struct OrderRow: RowReadable {
    let kind: String
    let channels: [String]

    init(row: Row) throws(DatabaseError) { (kind, channels) = (try row.read("kind"), try row.read("channels")) }
}
