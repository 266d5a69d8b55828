import Identifiers
import Postgres
import Time

/// What a poll measured of a device at a moment.
struct Measured: Sendable {
    let device: Device.ID
    let at: Instant
    let readings: [Reading]
}

extension TenantDatabase {
    /// Makes the partitions of today and tomorrow, and drops those whose time is over.
    func keepSampleDays(at now: Instant) async throws(DatabaseError) {
        try await execute("WITH kept AS (SELECT keep_sample_days(\(now)) AS count) SELECT count FROM kept")
    }

    /// Series that are new are numbered first.
    func put(_ measured: [Measured]) async throws(DatabaseError) {
        var (devices, metrics, interfaces): ([Device.ID], [String], [String]) = ([], [], [])
        var (moments, values): ([Instant], [Int]) = ([], [])
        for one in measured {
            for reading in one.readings {
                devices.append(one.device)
                metrics.append(reading.metric.rawValue)
                interfaces.append(reading.interface)
                moments.append(one.at)
                values.append(reading.value)
            }
        }
        guard !devices.isEmpty else { return }
        _ = try await batch([
            """
            WITH fresh AS (
                SELECT DISTINCT g.device_id, g.metric, g.interface
                FROM unnest(\(devices), \(metrics), \(interfaces)) g(device_id, metric, interface)
                JOIN devices d ON d.tenant_id = \(tenant) AND d.device_id = g.device_id
                LEFT JOIN sample_series s ON s.tenant_id = \(tenant) AND s.device_id = g.device_id
                    AND s.metric = g.metric AND s.interface = g.interface
                WHERE s.series_id IS NULL
            ), taken AS (
                INSERT INTO counters (tenant_id, name, last)
                SELECT \(tenant), 'sample_series', count(*) FROM fresh HAVING count(*) > 0
                ON CONFLICT (tenant_id, name) DO UPDATE SET last = counters.last + excluded.last RETURNING last
            )
            INSERT INTO sample_series (tenant_id, series_id, device_id, metric, interface)
            SELECT \(tenant), t.last - row_number() OVER () + 1, f.device_id, f.metric, f.interface
            FROM fresh f, taken t
            """,
            """
            INSERT INTO samples (tenant_id, series_id, at, value)
            SELECT \(tenant), s.series_id, g.at, g.value
            FROM unnest(\(devices), \(metrics), \(interfaces), \(moments), \(values))
                g(device_id, metric, interface, at, value)
            JOIN sample_series s ON s.tenant_id = \(tenant) AND s.device_id = g.device_id
                AND s.metric = g.metric AND s.interface = g.interface
            ON CONFLICT DO NOTHING
            """,
        ])
    }

    /// Sums up what is complete by now: five minutes, and the hours and days that ended with them. So many series at a
    /// time, so that no statement is long; what was summed already is summed to the same again.
    func rollSamples(in zone: TimeZone, at now: Instant) async throws(DatabaseError) {
        let end = Instant(seconds: now.seconds / 300 * 300)
        let known: Instant? = try await value("SELECT rolled_until FROM sample_progress WHERE tenant_id = \(tenant)")
        // Samples are kept for three days: what is older has no more.
        let begin = max(known ?? end - .seconds(3600), end - .seconds(3 * 86_400))
        guard begin < end else { return }
        let last: Int = try await value("SELECT max(series_id) FROM sample_series WHERE tenant_id = \(tenant)") ?? 0
        for first in stride(from: 1, through: last, by: Self.seriesAtOnce) {
            _ = try await batch(sums(of: first...first + Self.seriesAtOnce - 1, in: zone, from: begin, to: end))
        }
        try await execute(
            """
            INSERT INTO sample_progress (tenant_id, rolled_until) VALUES (\(tenant), \(end))
            ON CONFLICT (tenant_id) DO UPDATE SET rolled_until = excluded.rolled_until
            """)
    }

    private static var seriesAtOnce: Int { 2000 }

    private func sums(
        of series: ClosedRange<Int>, in zone: TimeZone, from begin: Instant, to end: Instant
    ) -> [SQL] {
        let (hour, lastHour) = (
            Instant(seconds: begin.seconds / 3600 * 3600), Instant(seconds: end.seconds / 3600 * 3600)
        )
        let (day, today) = (zone.day(at: begin), zone.day(at: end))
        var statements: [SQL] = [
            """
            INSERT INTO sample_rollups AS o (tenant_id, series_id, span, at, count, sum, least, most)
            SELECT \(tenant), x.series_id, 5, date_bin('5 minutes', x.at, 'epoch'), count(*), sum(x.value)::bigint,
                min(x.value), max(x.value)
            FROM samples x JOIN sample_series s ON s.tenant_id = \(tenant) AND s.series_id = x.series_id
            WHERE x.tenant_id = \(tenant) AND x.series_id BETWEEN \(series.lowerBound) AND \(series.upperBound)
                AND x.at >= \(begin) AND x.at < \(end) GROUP BY x.series_id, 4
            ON CONFLICT (tenant_id, series_id, span, at) DO UPDATE
            SET count = excluded.count, sum = excluded.sum, least = excluded.least, most = excluded.most
            """
        ]
        if hour < lastHour {
            statements.append(summed(5, into: 60, "date_trunc('hour', x.at)", of: series, from: hour, to: lastHour))
        }
        if day < today {
            statements.append(
                summed(
                    60, into: 1440, "date_trunc('day', x.at, \(zone.name))", of: series,
                    from: day.start(in: zone), to: today.start(in: zone)))
        }
        return statements
    }

    private func summed(
        _ span: Int, into wider: Int, _ moment: SQL, of series: ClosedRange<Int>, from begin: Instant, to end: Instant
    ) -> SQL {
        """
        INSERT INTO sample_rollups AS o (tenant_id, series_id, span, at, count, sum, least, most)
        SELECT \(tenant), x.series_id, \(Int32(wider))::smallint, \(moment), sum(x.count), sum(x.sum)::bigint,
            min(x.least), max(x.most)
        FROM sample_rollups x
        WHERE x.tenant_id = \(tenant) AND x.series_id BETWEEN \(series.lowerBound) AND \(series.upperBound)
            AND x.span = \(Int32(span)) AND x.at >= \(begin) AND x.at < \(end)
        GROUP BY x.series_id, 4
        ON CONFLICT (tenant_id, series_id, span, at) DO UPDATE
        SET count = excluded.count, sum = excluded.sum, least = excluded.least, most = excluded.most
        """
    }

    /// Five minutes are kept for 35 days, hours for 400, days for five years.
    func dropOldRollups(at now: Instant) async throws(DatabaseError) {
        let ages: [(Int32, Int64)] = [(5, 35), (60, 400), (1440, 1830)]
        _ = try await batch(
            ages.map { span, days in
                """
                DELETE FROM sample_rollups
                WHERE tenant_id = \(tenant) AND span = \(span) AND at < \(now - .seconds(days * 86_400))
                """
            })
    }

    /// What was measured of a device, in steps that a chart shows apart.
    func measurements(
        of device: Device.ID, over span: ChartSpan, at now: Instant
    ) async throws(DatabaseError) -> [Measurement] {
        let begin = now - span.length
        let source: SQL =
            span.rollup.map { rollup in
                """
                sample_rollups x WHERE x.tenant_id = \(tenant) AND x.series_id = s.series_id
                    AND x.span = \(rollup) AND x.at >= \(begin) AND x.at <= \(now)
                """
            } ?? """
                samples y CROSS JOIN LATERAL (
                    SELECT y.at, 1 AS count, y.value AS sum, y.value AS least, y.value AS most) x
                WHERE y.tenant_id = \(tenant) AND y.series_id = s.series_id AND y.at >= \(begin) AND y.at <= \(now)
                """
        return try await rows(
            """
            SELECT s.metric, s.interface, p.at, p.count, p.sum, p.least, p.most
            FROM sample_series s CROSS JOIN LATERAL (
                SELECT date_bin(make_interval(secs => \(span.step)), x.at, 'epoch') AS at,
                    sum(x.count)::bigint AS count,
                    sum(x.sum)::bigint AS sum, min(x.least) AS least, max(x.most) AS most
                FROM \(source) GROUP BY 1
            ) p
            WHERE s.tenant_id = \(tenant) AND s.device_id = \(device) ORDER BY s.metric, s.interface, p.at
            """)
    }
}

/// How far back a chart goes.
package enum ChartSpan: String, Sendable, CaseIterable {
    case day, week, month, year

    var length: Duration {
        switch self {
        case .day: .seconds(86_400)
        case .week: .seconds(7 * 86_400)
        case .month: .seconds(31 * 86_400)
        case .year: .seconds(366 * 86_400)
        }
    }

    /// The seconds of a step: some three hundred a chart.
    var step: Int32 {
        switch self {
        case .day: 300
        case .week: 1800
        case .month: 7200
        case .year: 86_400
        }
    }

    /// The sums that it is drawn from; nil for the samples themselves.
    var rollup: Int32? {
        switch self {
        case .day: nil
        case .week: 5
        case .month: 60
        case .year: 1440
        }
    }
}

/// A step of a chart.
struct Measurement: RowReadable, Sendable {
    let metric: Metric?
    let interface: String
    let at: Instant
    let count: Int
    let sum: Int
    let least: Int
    let most: Int

    var mean: Double { Double(sum) / Double(max(1, count)) }

    /// Of one sample.
    init(_ metric: Metric, _ value: Int, of interface: String = "", at now: Instant = Instant(seconds: 0)) {
        (self.metric, self.interface, at, count, sum, least, most) = (metric, interface, now, 1, value, value, value)
    }

    init(row: Row) throws(DatabaseError) {
        let word: String = try row.read("metric")
        metric = Metric(rawValue: word)
        interface = try row.read("interface")
        at = try row.read("at")
        count = try row.read("count")
        sum = try row.read("sum")
        least = try row.read("least")
        most = try row.read("most")
    }
}
