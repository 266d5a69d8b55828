import Identifiers
import Postgres
import Time

/// What the last polls say of the network as a whole: how much of a day its devices answered, the sectors that serve worst
/// and the links that carry most.
package struct NetworkHealth: Sendable {
    /// In per cent, of the watched devices in the last 24 hours; nil before anything was measured.
    package let availability: Double?
    package let sectors: [Place]
    package let links: [Place]

    /// A measurement of one device, the mean of a quarter of an hour.
    package struct Place: RowReadable, Sendable {
        package let device: Device.ID
        package let name: String
        package let interface: String
        package let metric: Metric?
        package let value: Int

        package init(row: Row) throws(DatabaseError) {
            device = try row.read("device_id")
            name = try row.read("name")
            interface = try row.read("interface")
            let word: String = try row.read("metric")
            metric = Metric(rawValue: word)
            value = try row.read("value")
        }
    }

    static let most = 5
    private static let span = Duration.seconds(900)

    fileprivate static func statements(at now: Instant, in database: TenantDatabase) -> [SQL] {
        let (tenant, begin) = (database.tenant, now - span)
        return [
            """
            SELECT round(100 * sum(x.sum) / nullif(sum(x.count), 0))::bigint AS hundredths FROM sample_rollups x
            JOIN sample_series s ON s.tenant_id = \(tenant) AND s.series_id = x.series_id AND s.metric = 'available'
            JOIN devices d ON d.tenant_id = \(tenant) AND d.device_id = s.device_id AND d.is_watched
            WHERE x.tenant_id = \(tenant) AND x.span = 60 AND x.at > \(now - .seconds(86_400)) AND x.at <= \(now)
            """,
            """
            SELECT d.device_id, d.name, s.interface, s.metric, round(avg(x.value))::bigint AS value
            FROM devices d
            JOIN sample_series s ON s.tenant_id = \(tenant) AND s.device_id = d.device_id
                AND s.metric IN ('ccq', 'capacity')
            JOIN samples x ON x.tenant_id = \(tenant) AND x.series_id = s.series_id
                AND x.at > \(begin) AND x.at <= \(now)
            WHERE d.tenant_id = \(tenant) AND d.is_watched AND d.kind = 'access_point'
            GROUP BY d.device_id, d.name, s.interface, s.metric ORDER BY value, d.name LIMIT \(most)
            """,
            """
            SELECT d.device_id, d.name, s.interface, s.metric, round(avg(x.value))::bigint AS value
            FROM devices d
            JOIN sample_series s ON s.tenant_id = \(tenant) AND s.device_id = d.device_id
                AND s.metric IN ('traffic_in', 'traffic_out')
            JOIN samples x ON x.tenant_id = \(tenant) AND x.series_id = s.series_id
                AND x.at > \(begin) AND x.at <= \(now)
            WHERE d.tenant_id = \(tenant) AND d.is_watched AND d.kind IN ('backhaul', 'router', 'switch')
            GROUP BY d.device_id, d.name, s.interface, s.metric ORDER BY value DESC, d.name LIMIT \(most)
            """,
        ]
    }
}

private struct Share: RowReadable {
    let hundredths: Int?

    init(row: Row) throws(DatabaseError) { hundredths = try row.read("hundredths") }
}

extension TenantDatabase {
    package func networkHealth(at now: Instant) async throws(DatabaseError) -> NetworkHealth {
        let found = try await batch(NetworkHealth.statements(at: now, in: self))
        let shares: [Share] = try found[0].read()
        return NetworkHealth(
            availability: shares.first?.hundredths.map { Double($0) / 100 },
            sectors: try found[1].read(), links: try found[2].read())
    }
}
