import Identifiers
import Locale
import Postgres
import Time

extension Report {
    /// Payments and refunds by booking day.
    static let collected = Report(
        name: "collected",
        paths: Paths(
            page: "/panel/reports/collected", csv: "/panel/reports/collected.csv",
            xlsx: "/panel/reports/collected.xlsx"),
        title: .collected, intro: .collectedIntro,
        shapes: [
            ReportShape(
                name: "by_day", title: .byDay,
                columns: [ReportShape.Column("day", .day, .day)] + Collected.amounts.dropLast(2)),
            Collected.shape("by_method", .byMethod, .method), Collected.shape("by_cashier", .byCashier, .cashier),
            Collected.shape("by_zone", .byZone, .zone), Collected.shape("by_plan", .byPlan, .plan),
        ],
        books: [], read: Collected.read)
}

/// The amount collected of one sort.
struct Collected: Sendable {
    private let grouping: Int32
    private let day: Day?
    private let label: String?
    private let payments: Int
    private let paid: Int64
    private let returned: Int64
    private let before: Int64

    static let amounts = [
        ReportShape.Column("payments", .payments, .count), ReportShape.Column("paid", .paid, .money),
        ReportShape.Column("returned", .returned, .money), ReportShape.Column("net", .net, .money),
        ReportShape.Column("before", .before, .money), ReportShape.Column("change", .change, .change),
    ]

    static func shape(_ name: String, _ title: ReportWords, _ label: ReportWords) -> ReportShape {
        ReportShape(name: name, title: title, columns: [ReportShape.Column("label", label, .text)] + amounts)
    }

    private var net: Int64 { paid + returned }

    private func row(_ label: ReportValue, at desk: ReportDesk, compared: Bool = true) -> [ReportValue] {
        let row = [label, .count(payments), desk.money(paid), desk.money(returned), desk.money(net)]
        return compared ? row + [desk.money(before), .change(now: net, before: before)] : row
    }

    @Sendable static func read(_ period: ReportPeriod, at desk: ReportDesk) async throws -> ReportFigures {
        let found: [Collected] = try await desk.database.rows(
            desk.database.collected(in: period, by: desk.currency))
        var figures = ReportFigures()
        guard let all = found.first(where: { $0.grouping == 31 }) else { return figures }
        figures.facts = [
            .init(.paid, desk.money(all.paid)), .init(.returned, desk.money(all.returned)),
            .init(.net, desk.money(all.net), before: desk.money(all.before)),
            .init(.change, .change(now: all.net, before: all.before)),
        ]
        let total = ReportWords.total.text(for: desk.reader)
        let days = found.filter { $0.grouping == 15 && $0.day.map { $0 >= period.from } == true }
            .sorted { ($0.day?.number ?? 0) < ($1.day?.number ?? 0) }
        figures.chart = chart(of: days, in: period, at: desk)
        figures.tables = [
            .init(
                rows: days.map { $0.row($0.day.map(ReportValue.day) ?? .none, at: desk, compared: false) },
                total: all.row(.text(total), at: desk, compared: false))
        ]
        for (grouping, none) in [
            (Int32(23), ReportWords.without), (27, .without), (29, .noZone), (30, .noPlan),
        ] {
            let rows = found.filter { $0.grouping == grouping }.sorted { ($0.net, $0.before) > ($1.net, $1.before) }
            figures.tables.append(
                .init(
                    rows: rows.map { row in
                        let label = row.label.flatMap { $0.isEmpty ? nil : $0 } ?? none.text(for: desk.reader)
                        return row.row(.text(label), at: desk)
                    }, total: all.row(.text(total), at: desk)))
        }
        return figures
    }

    /// Every day of the period, including days without payments; every month for long periods.
    private static func chart(
        of days: [Collected], in period: ReportPeriod, at desk: ReportDesk
    ) -> ReportFigures.Chart {
        var sums: [Day: Int64] = [:]
        for row in days { if let day = row.day { sums[day] = row.net } }
        func bar(_ day: Day, _ label: String, _ short: String) -> (label: String, short: String, value: Money) {
            (label, short, Money(minor: sums[day] ?? 0, desk.currency))
        }
        guard period.isDrawnByMonth else {
            return ReportFigures.Chart(
                title: .netByDay,
                bars: (0...(period.to - period.from)).map { place in
                    let day = period.from + place
                    let isNamed = day.dayOfMonth == 1 || day.dayOfMonth % 5 == 0 || period.to - period.from < 12
                    return bar(day, day.text(.short, for: desk.reader), isNamed ? "\(day.dayOfMonth)" : "")
                })
        }
        let count = period.to.month - period.from.month + 1
        return ReportFigures.Chart(
            title: .netByMonth,
            bars: (0..<count).map { place in
                let month = period.from.month + place
                let name = month.text(for: desk.reader)
                let isNamed = count <= 12 || place % (count / 12 + 1) == 0
                return bar(month.first, name, isNamed ? String(name.prefix(3)) : "")
            })
    }
}

extension Collected: RowReadable {
    init(row: Row) throws(DatabaseError) {
        grouping = try row.read("grouping")
        day = try row.read("day")
        label = try row.read("label")
        payments = try row.read("payments")
        paid = try row.read("paid")
        returned = try row.read("returned")
        before = try row.read("before")
    }
}

extension TenantDatabase {
    /// Payments, refunds and chargebacks with their reversals, by booking day: a payment or refund has its
    /// transaction's id, and its reversal names that as source.
    fileprivate func collected(in period: ReportPeriod, by currency: Currency) -> SQL {
        let coin = currency.rawValue
        let bucket: SQL = period.isDrawnByMonth ? "date_trunc('month', x.day)::date" : "x.day"
        return """
            WITH plan_of AS (\(plansOfCustomers(on: period.to))), entries AS MATERIALIZED (
                SELECT t.day, t.kind, t.source_id FROM ledger_transactions t
                WHERE t.tenant_id = \(tenant) AND t.day BETWEEN \(period.before.lowerBound) AND \(period.to)
                    AND (t.day >= \(period.from) OR t.day <= \(period.before.upperBound))
                    AND t.kind IN ('payment', 'refund', 'chargeback', 'reversal')
            ), movements AS (
                SELECT \(bucket) AS day, x.day >= \(period.from) AS is_now, x.is_payment, x.amount, x.method, x.cashier,
                    z.name AS zone, o.plan
                FROM (
                    SELECT t.day, t.kind = 'payment' AS is_payment, y.method_name AS method, y.actor AS cashier,
                        y.customer_id, CASE WHEN t.kind = 'payment' THEN y.amount ELSE -y.amount END AS amount
                    FROM entries t
                    JOIN payments y ON y.tenant_id = \(tenant) AND y.payment_id = t.source_id AND y.currency = \(coin)
                    UNION ALL
                    SELECT t.day, false, a.method_name, a.actor, a.customer_id,
                        CASE WHEN t.kind = 'refund' THEN -a.amount ELSE a.amount END
                    FROM entries t
                    JOIN account_adjustments a ON a.tenant_id = \(tenant) AND a.adjustment_id = t.source_id
                        AND a.kind = 'refund' AND a.currency = \(coin)) x
                JOIN customers c ON c.tenant_id = \(tenant) AND c.customer_id = x.customer_id
                LEFT JOIN coverage_zones z ON z.tenant_id = c.tenant_id AND z.zone_id = c.zone_id
                LEFT JOIN plan_of o ON o.customer_id = x.customer_id)
            SELECT GROUPING(day, method, cashier, zone, plan)::integer AS grouping, day,
                coalesce(method, cashier, zone, plan) AS label,
                count(*) FILTER (WHERE is_now AND is_payment) AS payments,
                coalesce(sum(amount) FILTER (WHERE is_now AND is_payment), 0)::bigint AS paid,
                coalesce(sum(amount) FILTER (WHERE is_now AND NOT is_payment), 0)::bigint AS returned,
                coalesce(sum(amount) FILTER (WHERE NOT is_now), 0)::bigint AS before
            FROM movements GROUP BY GROUPING SETS ((), (day), (method), (cashier), (zone), (plan))
            """
    }

    /// Each customer's most expensive plan, since a payment names none.
    func plansOfCustomers(on day: Day, of customer: SQL = .nothing) -> SQL {
        """
        SELECT DISTINCT ON (v.customer_id) v.customer_id, v.plan FROM (
            SELECT DISTINCT ON (s.service_id) s.customer_id, s.service_id, s.state, p.name AS plan, m.price
            FROM services s
            JOIN service_terms m ON m.tenant_id = s.tenant_id AND m.service_id = s.service_id AND m.from_day <= \(day)
            JOIN plans p ON p.tenant_id = m.tenant_id AND p.plan_id = m.plan_id
            WHERE s.tenant_id = \(tenant) \(customer)
            ORDER BY s.service_id, m.from_day DESC, m.sequence DESC) v
        ORDER BY v.customer_id, v.state = 'cancelled', v.price DESC, v.service_id
        """
    }
}
