import Customers
import Identifiers
import Locale
import Postgres
import Time

extension Report {
    /// Accounts receivable by age, at the end of the period's last day: antigüedad de saldos.
    static let due = Report(
        name: "due",
        paths: Paths(page: "/panel/reports/due", csv: "/panel/reports/due.csv", xlsx: "/panel/reports/due.xlsx"),
        title: .due, intro: .dueIntro,
        shapes: [
            ReportShape(
                name: "by_age", title: .byAge,
                columns: [
                    ReportShape.Column("label", .age, .text), ReportShape.Column("amount", .amount, .money),
                    ReportShape.Column("before", .before, .money), ReportShape.Column("change", .change, .change),
                ]),
            Due.shape("by_zone", .byZone, .zone), Due.shape("by_plan", .byPlan, .plan),
        ],
        books: [
            ReportBook(
                shape: ReportShape(
                    name: "by_customer", title: .byCustomer,
                    columns: [
                        ReportShape.Column("number", .number, .count), ReportShape.Column("customer", .customer, .text),
                        ReportShape.Column("zone", .zone, .text), ReportShape.Column("plan", .plan, .text),
                    ] + Due.ages), read: Due.customers)
        ], read: Due.read)
}

/// Open amounts by how long they are overdue.
struct Due: Sendable {
    private let grouping: Int32
    private let label: String?
    private let customers: Int
    private let late: Int
    private let parts: [Int64]

    static let ageWords: [ReportWords] = [.notDue, .upTo30, .upTo60, .upTo90, .over90]

    static let ages =
        zip(["not_due", "days_1_30", "days_31_60", "days_61_90", "days_over_90"], ageWords).map {
            ReportShape.Column($0, $1, .money)
        } + [ReportShape.Column("total", .total, .money)]

    static func shape(_ name: String, _ title: ReportWords, _ label: ReportWords) -> ReportShape {
        ReportShape(
            name: name, title: title,
            columns: [ReportShape.Column("label", label, .text), ReportShape.Column("customers", .customers, .count)]
                + ages)
    }

    private var total: Int64 { parts.reduce(0, +) }
    private var overdue: Int64 { total - parts[0] }

    private func amounts(at desk: ReportDesk) -> [ReportValue] { (parts + [total]).map(desk.money) }

    private func row(_ label: String, at desk: ReportDesk) -> [ReportValue] {
        [.text(label), .count(customers)] + amounts(at: desk)
    }

    @Sendable static func read(_ period: ReportPeriod, at desk: ReportDesk) async throws -> ReportFigures {
        let found: [Due] = try await desk.database.rows(desk.database.due(on: period.to, at: desk))
        let earlier: [Due] = try await desk.database.rows(
            desk.database.due(on: period.before.upperBound, at: desk))
        var figures = ReportFigures()
        guard let all = found.first(where: { $0.grouping == 3 }),
            let before = earlier.first(where: { $0.grouping == 3 })
        else { return figures }
        figures.facts = [
            .init(.receivable, desk.money(all.total), before: desk.money(before.total)),
            .init(.overdue, desk.money(all.overdue), before: desk.money(before.overdue)),
            .init(.owing, .count(all.customers), before: .count(before.customers)),
            .init(.late, .count(all.late), before: .count(before.late)),
        ]
        let names = ageWords.map { $0.text(for: desk.reader) }
        figures.chart = .init(
            title: .byAge,
            bars: zip(zip(names, ["0", "1–30", "31–60", "61–90", "90+"]), all.parts).map {
                ($0.0, $0.1, Money(minor: $1, desk.currency))
            })
        let total = ReportWords.total.text(for: desk.reader)
        func compared(_ name: String, _ now: Int64, _ before: Int64) -> [ReportValue] {
            [.text(name), desk.money(now), desk.money(before), .change(now: now, before: before)]
        }
        figures.tables = [
            .init(
                rows: names.indices.map { compared(names[$0], all.parts[$0], before.parts[$0]) },
                total: compared(total, all.total, before.total))
        ]
        for (grouping, none) in [(Int32(1), ReportWords.noZone), (2, .noPlan)] {
            let rows = found.filter { $0.grouping == grouping }.sorted { $0.total > $1.total }
            figures.tables.append(
                .init(
                    rows: rows.map { $0.row($0.label ?? none.text(for: desk.reader), at: desk) },
                    total: all.row(total, at: desk)))
        }
        return figures
    }

    /// By customer number.
    @Sendable static func customers(
        _ period: ReportPeriod, at desk: ReportDesk, after: String?
    ) async throws -> ReportBook.Part {
        let rows = try await desk.database.results(
            desk.database.due(on: period.to, at: desk, after: after.flatMap { Int($0) } ?? 0))
        var last: Int?
        let values = try rows.map { row in
            let due = try Due(row: row)
            let (number, name, zone): (Int, String, String?) = (
                try row.read("number"), try row.read("name"), try row.read("zone")
            )
            last = number
            return [.count(number), .text(name), .text(zone ?? ""), .text(due.label ?? "")] + due.amounts(at: desk)
        }
        return (values, values.count < ReportBook.partSize ? nil : last.map { "\($0)" })
    }
}

extension Due: RowReadable {
    init(row: Row) throws(DatabaseError) {
        grouping = try row.read("grouping")
        label = try row.read("label")
        customers = try row.read("customers")
        late = try row.read("late")
        parts = [
            try row.read("not_due"), try row.read("to_30"), try row.read("to_60"), try row.read("to_90"),
            try row.read("over_90"),
        ]
    }
}

extension TenantDatabase {
    fileprivate func due(on day: Day, at desk: ReportDesk) -> SQL {
        """
        WITH plan_of AS (\(plansOfCustomers(on: day))), owing AS (
            SELECT o.customer_id, \(ages(on: day)) FROM (\(open(on: day, at: desk, of: .nothing))) o
            GROUP BY o.customer_id)
        SELECT GROUPING(z.name, l.plan)::integer AS grouping, coalesce(z.name, l.plan) AS label,
            count(*) FILTER (WHERE w.total > 0) AS customers, count(*) FILTER (WHERE w.total > w.not_due) AS late,
            coalesce(sum(w.not_due), 0)::bigint AS not_due, coalesce(sum(w.to_30), 0)::bigint AS to_30,
            coalesce(sum(w.to_60), 0)::bigint AS to_60, coalesce(sum(w.to_90), 0)::bigint AS to_90,
            coalesce(sum(w.over_90), 0)::bigint AS over_90
        FROM owing w
        JOIN customers c ON c.tenant_id = \(tenant) AND c.customer_id = w.customer_id
        LEFT JOIN coverage_zones z ON z.tenant_id = c.tenant_id AND z.zone_id = c.zone_id
        LEFT JOIN plan_of l ON l.customer_id = w.customer_id
        GROUP BY GROUPING SETS ((), (z.name), (l.plan))
        """
    }

    /// Each debtor after this number.
    fileprivate func due(on day: Day, at desk: ReportDesk, after number: Int) -> SQL {
        """
        SELECT 0 AS grouping, c.number, c.name, z.name AS zone, l.plan AS label, 1::bigint AS customers,
            0::bigint AS late, w.not_due, w.to_30, w.to_60, w.to_90, w.over_90
        FROM customers c
        CROSS JOIN LATERAL (
            SELECT \(ages(on: day)) FROM (\(open(on: day, at: desk, of: "AND customer_id = c.customer_id"))) o) w
        LEFT JOIN coverage_zones z ON z.tenant_id = c.tenant_id AND z.zone_id = c.zone_id
        LEFT JOIN LATERAL (\(plansOfCustomers(on: day, of: "AND s.customer_id = c.customer_id"))) l ON true
        WHERE c.tenant_id = \(tenant) AND c.number > \(number) AND w.total > 0
        ORDER BY c.number LIMIT \(ReportBook.partSize)
        """
    }

    private func ages(on day: Day) -> SQL {
        """
        coalesce(sum(o.open), 0)::bigint AS total,
        coalesce(sum(o.open) FILTER (WHERE o.due_on >= \(day)), 0)::bigint AS not_due,
        coalesce(sum(o.open) FILTER (WHERE \(day)::date - o.due_on BETWEEN 1 AND 30), 0)::bigint AS to_30,
        coalesce(sum(o.open) FILTER (WHERE \(day)::date - o.due_on BETWEEN 31 AND 60), 0)::bigint AS to_60,
        coalesce(sum(o.open) FILTER (WHERE \(day)::date - o.due_on BETWEEN 61 AND 90), 0)::bigint AS to_90,
        coalesce(sum(o.open) FILTER (WHERE \(day)::date - o.due_on > 90), 0)::bigint AS over_90
        """
    }

    /// Charges with their open amount on that day: today the stored one, for earlier days computed from the postings.
    private func open(on day: Day, at desk: ReportDesk, of customer: SQL) -> SQL {
        let coin = desk.currency.rawValue
        if day >= desk.today {
            return """
                SELECT g.customer_id, g.due_on, g.open FROM ledger_charges g
                WHERE g.tenant_id = \(tenant) AND g.currency = \(coin) AND g.open > 0 \(customer)
                """
        }
        return """
            SELECT h.customer_id, g.due_on, h.open
            FROM (
                SELECT p.customer_id, coalesce(p.settles, p.transaction_id) AS charge_id, sum(p.amount) AS open
                FROM ledger_postings p
                WHERE p.tenant_id = \(tenant) AND p.account = 'receivable' AND p.currency = \(coin) AND p.day <= \(day)
                    \(customer)
                GROUP BY 1, 2 HAVING sum(p.amount) > 0) h
            JOIN ledger_charges g ON g.tenant_id = \(tenant) AND g.charge_id = h.charge_id
                AND g.customer_id = h.customer_id AND g.currency = \(coin)
            """
    }
}
