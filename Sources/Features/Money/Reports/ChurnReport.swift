import Identifiers
import Locale
import Postgres
import Services
import Time

extension Report {
    /// Altas y bajas: services and their monthly value at the start, added, lost, and at the end.
    static let churn = Report(
        name: "churn",
        paths: Paths(
            page: "/panel/reports/churn", csv: "/panel/reports/churn.csv", xlsx: "/panel/reports/churn.xlsx"),
        title: .churn, intro: .churnIntro,
        shapes: [
            ReportShape(
                name: "by_movement", title: .byMovement,
                columns: [
                    ReportShape.Column("label", .movement, .text), ReportShape.Column("services", .services, .count),
                    ReportShape.Column("monthly", .monthly, .money),
                ]),
            ReportShape(
                name: "by_reason", title: .byReason,
                columns: [
                    ReportShape.Column("label", .reason, .text), ReportShape.Column("services", .services, .count),
                    ReportShape.Column("monthly", .monthly, .money),
                ]),
            ReportShape(
                name: "by_zone", title: .byZone,
                columns: [
                    ReportShape.Column("label", .zone, .text), ReportShape.Column("new", .came, .count),
                    ReportShape.Column("new_monthly", .cameMonthly, .money), ReportShape.Column("lost", .gone, .count),
                    ReportShape.Column("lost_monthly", .goneMonthly, .money),
                ]),
        ],
        books: [
            ReportBook(
                shape: ReportShape(
                    name: "book", title: .whoLeft,
                    columns: [
                        ReportShape.Column("day", .day, .day), ReportShape.Column("service", .service, .count),
                        ReportShape.Column("customer", .customer, .text), ReportShape.Column("zone", .zone, .text),
                        ReportShape.Column("plan", .plan, .text), ReportShape.Column("reason", .reason, .text),
                        ReportShape.Column("note", .note, .text), ReportShape.Column("monthly", .monthly, .money),
                    ]), read: Churn.whoLeft)
        ], read: Churn.read)
}

/// Services with the same fate in a period.
struct Churn: Sendable, RowReadable {
    private let grouping: Int32
    private let label: String?
    private let started: Int
    private let startedMonthly: Int64
    private let new: Int
    private let newMonthly: Int64
    private let lost: Int
    private let lostMonthly: Int64
    private let raised: Int
    private let raisedMonthly: Int64
    private let lowered: Int
    private let loweredMonthly: Int64

    init(row: Row) throws(DatabaseError) {
        grouping = try row.read("grouping")
        label = try row.read("label")
        started = try row.read("started")
        startedMonthly = try row.read("started_monthly")
        new = try row.read("new")
        newMonthly = try row.read("new_monthly")
        lost = try row.read("lost")
        lostMonthly = try row.read("lost_monthly")
        raised = try row.read("raised")
        raisedMonthly = try row.read("raised_monthly")
        lowered = try row.read("lowered")
        loweredMonthly = try row.read("lowered_monthly")
    }

    private var left: Int { started + new - lost }
    private var leftMonthly: Int64 { startedMonthly + newMonthly - lostMonthly + raisedMonthly - loweredMonthly }

    @Sendable static func read(_ period: ReportPeriod, at desk: ReportDesk) async throws -> ReportFigures {
        let found: [Churn] = try await desk.database.rows(desk.database.churn(in: period, by: desk.currency))
        var figures = ReportFigures()
        guard let all = found.first(where: { $0.grouping == 3 }) else { return figures }
        let share = all.started > 0 ? Int64(all.lost) * 1_000_000 / Int64(all.started) : 0
        figures.facts = [
            .init(.monthly, desk.money(all.leftMonthly), before: desk.money(all.startedMonthly)),
            .init(.cameMonthly, desk.money(all.newMonthly)), .init(.goneMonthly, desk.money(all.lostMonthly)),
            .init(
                .churnRate,
                .text(Percentage(millionths: share - share % 1000).text(for: desk.reader))),
        ]
        func name(_ words: ReportWords) -> ReportValue { .text(words.text(for: desk.reader)) }
        figures.tables = [
            .init(
                rows: [
                    [name(.atStart), .count(all.started), desk.money(all.startedMonthly)],
                    [name(.came), .count(all.new), desk.money(all.newMonthly)],
                    [name(.gone), .count(all.lost), desk.money(-all.lostMonthly)],
                    [name(.raised), .count(all.raised), desk.money(all.raisedMonthly)],
                    [name(.lowered), .count(all.lowered), desk.money(-all.loweredMonthly)],
                ], total: [name(.atEnd), .count(all.left), desk.money(all.leftMonthly)])
        ]
        let reasons = found.filter { $0.grouping == 1 && $0.lost > 0 }.sorted { $0.lostMonthly > $1.lostMonthly }
        figures.tables.append(
            .init(
                rows: reasons.map { row in
                    let reason = row.label.flatMap(Cancellation.Reason.init)
                    return [
                        .text(reason?.text(for: desk.reader) ?? row.label ?? ""), .count(row.lost),
                        desk.money(row.lostMonthly),
                    ]
                }, total: [name(.total), .count(all.lost), desk.money(all.lostMonthly)]))
        func zone(_ label: ReportValue, _ row: Churn) -> [ReportValue] {
            [label, .count(row.new), desk.money(row.newMonthly), .count(row.lost), desk.money(row.lostMonthly)]
        }
        let zones = found.filter { $0.grouping == 2 && $0.new + $0.lost > 0 }.sorted { $0.lostMonthly > $1.lostMonthly }
        figures.tables.append(
            .init(
                rows: zones.map { zone($0.label.map { .text($0) } ?? name(.noZone), $0) },
                total: zone(name(.total), all)))
        return figures
    }

    /// By service number.
    @Sendable static func whoLeft(
        _ period: ReportPeriod, at desk: ReportDesk, after: String?
    ) async throws -> ReportBook.Part {
        let rows = try await desk.database.results(
            desk.database.whoLeft(in: period, by: desk.currency, after: after.flatMap { Int($0) } ?? 0))
        var last = 0
        let values = try rows.map { row in
            let (day, zone, plan): (Day, String?, String?) = (
                try row.read("day"), try row.read("zone"), try row.read("plan")
            )
            let (customer, reason, note): (String, String, String) = (
                try row.read("customer"), try row.read("reason"), try row.read("note")
            )
            let monthly: Int64 = try row.read("monthly")
            last = try row.read("number")
            return [
                .day(day), .count(last), .text(customer), .text(zone ?? ""), .text(plan ?? ""),
                .text(Cancellation.Reason(rawValue: reason)?.text(for: desk.reader) ?? reason), .text(note),
                desk.money(monthly),
            ]
        }
        return (values, values.count < ReportBook.partSize ? nil : "\(last)")
    }
}

extension TenantDatabase {
    /// The monthly value of service `s` by a day's terms; prepaid days count as thirty a month.
    private func monthly(on day: Day, by currency: Currency) -> SQL {
        """
        SELECT CASE WHEN p.charge = 'by_days' THEN m.price * 30 / p.days ELSE m.price END AS monthly, p.name AS plan
        FROM service_terms m JOIN plans p ON p.tenant_id = m.tenant_id AND p.plan_id = m.plan_id
        WHERE m.tenant_id = \(tenant) AND m.service_id = s.service_id AND m.from_day <= \(day)
            AND m.currency = \(currency.rawValue)
        ORDER BY m.from_day DESC, m.sequence DESC LIMIT 1
        """
    }

    /// A service exists from its activation until the day before its cancellation.
    fileprivate func churn(in period: ReportPeriod, by currency: Currency) -> SQL {
        let start = period.from - 1
        return """
            WITH fates AS (
                SELECT CASE WHEN a.day <= \(start) AND coalesce(x.day > \(start), true) THEN coalesce(b.monthly, 0) END
                        AS was,
                    CASE WHEN a.day <= \(period.to) AND coalesce(x.day > \(period.to), true) THEN coalesce(e.monthly, 0)
                        END AS remains,
                    x.reason, z.name AS zone
                FROM services s
                JOIN activations a ON a.tenant_id = s.tenant_id AND a.service_id = s.service_id
                LEFT JOIN cancellations x ON x.tenant_id = s.tenant_id AND x.service_id = s.service_id
                LEFT JOIN LATERAL (\(monthly(on: start, by: currency))) b ON true
                LEFT JOIN LATERAL (\(monthly(on: period.to, by: currency))) e ON true
                JOIN customers c ON c.tenant_id = s.tenant_id AND c.customer_id = s.customer_id
                LEFT JOIN coverage_zones z ON z.tenant_id = c.tenant_id AND z.zone_id = c.zone_id
                WHERE s.tenant_id = \(tenant))
            SELECT GROUPING(f.reason, f.zone)::integer AS grouping, coalesce(f.reason, f.zone) AS label,
                count(f.was) AS started, coalesce(sum(f.was), 0)::bigint AS started_monthly,
                count(*) FILTER (WHERE f.was IS NULL AND f.remains IS NOT NULL) AS new,
                coalesce(sum(f.remains) FILTER (WHERE f.was IS NULL), 0)::bigint AS new_monthly,
                count(*) FILTER (WHERE f.remains IS NULL AND f.was IS NOT NULL) AS lost,
                coalesce(sum(f.was) FILTER (WHERE f.remains IS NULL), 0)::bigint AS lost_monthly,
                count(*) FILTER (WHERE f.remains > f.was) AS raised,
                coalesce(sum(f.remains - f.was) FILTER (WHERE f.remains > f.was), 0)::bigint AS raised_monthly,
                count(*) FILTER (WHERE f.remains < f.was) AS lowered,
                coalesce(sum(f.was - f.remains) FILTER (WHERE f.remains < f.was), 0)::bigint AS lowered_monthly
            FROM fates f GROUP BY GROUPING SETS ((), (f.reason), (f.zone))
            """
    }

    fileprivate func whoLeft(in period: ReportPeriod, by currency: Currency, after number: Int) -> SQL {
        """
        SELECT x.day, s.number, c.number || ' · ' || c.name AS customer, z.name AS zone, b.plan, x.reason, x.note,
            coalesce(b.monthly, 0) AS monthly
        FROM cancellations x
        JOIN services s ON s.tenant_id = x.tenant_id AND s.service_id = x.service_id
        JOIN customers c ON c.tenant_id = s.tenant_id AND c.customer_id = s.customer_id
        LEFT JOIN coverage_zones z ON z.tenant_id = c.tenant_id AND z.zone_id = c.zone_id
        LEFT JOIN LATERAL (\(monthly(on: period.to, by: currency))) b ON true
        WHERE x.tenant_id = \(tenant) AND x.day BETWEEN \(period.from) AND \(period.to) AND s.number > \(number)
        ORDER BY s.number LIMIT \(ReportBook.partSize)
        """
    }
}
