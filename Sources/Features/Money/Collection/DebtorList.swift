import Access
import Customers
import Declarations
import HTML
import HTTP
import Identifiers
import Ledger
import Locale
import Nouns
import Panel
import Payments
import Postgres
import Services
import Tenancy
import Time
import Zones

/// A customer with a debt that is past due, as the list of Morosos shows them.
struct DebtorRow: Sendable {
    let customer: Customer.ID
    let name: String
    let number: Int
    let phone: String
    let zone: Zone.ID?
    let plans: String
    let overdue: Int64
    let since: Day
    let days: Int
}

extension DebtorRow {
    /// Largest debts first by default. `takes` gives each row the way to take a payment.
    static func list(
        on today: Day, in currency: Currency, takes: Bool = false, for reader: Reader
    ) -> List<DebtorRow> {
        let late: SQL = "(\(today)::date - o.since)"
        let take = CollectionWords.take.text(for: reader)
        var fields: [Field<DebtorRow>] = [
            Field("name", .line(1...200), CollectionWords.customer.message) { .text($0.name) }
                .toned { _ in .quiet }.linked { origin.path(of: $0.customer) },
            .counted("number", \.number, CollectionWords.number.message).sorted(by: "c.number"),
            Field("overdue", .money(isRequired: true), CollectionWords.overdue.message) {
                .money(Money(minor: $0.overdue, currency))
            }.sorted(by: "o.overdue"),
            .counted("days", \.days, CollectionWords.daysLate.message).sorted(by: late),
            Field("since", .day, CollectionWords.sinceWhen.message) { .day($0.since) },
            Field("phone", .phone, CollectionWords.phone.message) { .text($0.phone) },
            Field("zone", .reference, CollectionWords.zone.message) { $0.zone.map { .id($0.uuid) } ?? .none }
                .filtered(by: "c.zone_id"),
            Field("plan", .line(0...1000), CollectionWords.plan.message) { .text($0.plans) },
            Field("min_days", .count(1...3650), CollectionWords.daysAtLeast.message) { .integer($0.days) }
                .filtered(by: late, .atLeast).only(in: []),
            Field("min_debt", .count(1...1_000_000_000), CollectionWords.debtAtLeast.message) {
                .integer(Int($0.overdue / currency.minorPerUnit))
            }.filtered(by: "o.overdue / \(currency.minorPerUnit)", .atLeast).only(in: []),
        ]
        if takes {
            fields.append(
                Field("take", .line(0...60), CollectionWords.take.message) { _ in .text(take) }
                    .toned { _ in .quiet }.linked { "/panel/customers/\($0.customer)/payments/new" })
        }
        return List(
            "debtors", at: DebtorRoutes.path, CollectionWords.debtors.message, of: fields, by: "overdue",
            key: "c.customer_id", id: \.customer.uuid)
    }

    /// A customer who was opened here leads back here.
    static let origin = CustomersFrom(
        "collection", CollectionWords.collection.message, at: DebtorRoutes.path, opening: "/collection")

    static func query(_ visit: Visit, takes: Bool = false) throws(RequestError) -> ListQuery<DebtorRow> {
        let list = list(on: visit.today, in: visit.tenant.currency, takes: takes, for: visit.reader)
        var query = try ListQuery(list, visit.request.query)
        if visit.request.query["order"] == nil { query.isDescending = true }
        return query
    }
}

extension DebtorRoutes {
    static func addList(to routes: inout Panel.Routes, files: ListFiles) {
        routes.get("/panel/collection.csv", .collectionView, "Los morosos como CSV") { visit in
            try await export(visit, as: .csv, files)
        }
        routes.get("/panel/collection.xlsx", .collectionView, "Los morosos para Excel") { visit in
            try await export(visit, as: .xlsx, files)
        }
    }

    private static func export(_ visit: Visit, as format: ListFiles.Format, _ files: ListFiles) async throws -> Response
    {
        try await visit.admit()
        guard visit.may(.customersExport) else { throw AccessRefusal.notPermitted }
        let zones = Zone.options(try await visit.database.zones(), for: visit)
        return try await files.answer(
            try DebtorRow.query(visit), as: format, options: ["zone": zones], for: visit
        ) { query in
            try await visit.database.rows(visit.database.debtors(query, on: visit.today, visit.tenant.currency))
        }
    }

    static func debtors(_ visit: Visit) async throws -> Response {
        try await visit.admit()
        let query = try DebtorRow.query(visit, takes: visit.mayAct(with: .paymentsRegister))
        let (database, currency) = (visit.database, visit.tenant.currency)
        let part = try await visit.part(
            of: query, rows: database.debtors(query, on: visit.today, currency),
            counted: database.debtorsCounted(query, on: visit.today, currency)
        ).part
        let zones = try await database.zones()
        let list = ListPage(
            part, .init(.check, none: CollectionWords.noDebtors.message),
            options: zones.isEmpty ? [:] : ["zone": Zone.options(zones, for: visit)],
            files: visit.may(.customersExport) ? ListFiles.Format.allCases : [], visit: visit)
        let page = DebtorListPage(banner: try await CollectionBanner(for: visit), list: list, visit: visit)
        return try await Panel.page(page, of: part, for: visit)
    }
}

private struct DebtorListPage: View {
    let banner: CollectionBanner
    let list: ListPage<DebtorRow>
    let visit: Visit

    var body: Markup {
        banner
        DebtorTabs(tab: .debtors, visit: visit)
        list
    }
}

/// Between Morosos, por cortar and cortados.
struct DebtorTabs: View {
    let tab: DebtorRoutes.Tab
    let visit: Visit

    var body: Markup {
        let reader = visit.reader
        nav(.class("page-tabs"), .aria("label", CollectionWords.collection.text(for: reader))) {
            for other in DebtorRoutes.Tab.allCases {
                a(
                    .href(other == .debtors ? DebtorRoutes.path : "\(DebtorRoutes.path)?list=\(other.rawValue)"),
                    .when(other == tab, .aria("current", "page"))
                ) {
                    other.words.text(for: reader)
                }
            }
        }
    }
}

extension TenantDatabase {
    private func overdue(on today: Day, _ currency: Currency) -> SQL {
        """
        FROM (
            SELECT g.customer_id, sum(g.open)::bigint AS overdue, min(g.due_on) AS since
            FROM ledger_charges g
            WHERE g.tenant_id = \(tenant) AND g.currency = \(currency.rawValue) AND g.open > 0 AND g.due_on < \(today)
            GROUP BY g.customer_id) o
        JOIN customers c ON c.tenant_id = \(tenant) AND c.customer_id = o.customer_id
        """
    }

    func debtors(_ query: ListQuery<DebtorRow>, on today: Day, _ currency: Currency) -> SQL {
        """
        SELECT c.customer_id, c.name, c.number, c.phone, c.zone_id, o.overdue, o.since,
            (\(today)::date - o.since)::bigint AS days, coalesce(sold.plans, '') AS plans
        \(overdue(on: today, currency))
        LEFT JOIN LATERAL (
            SELECT string_agg(DISTINCT p.name, ' · ') AS plans
            FROM services s
            JOIN desired_services d ON d.tenant_id = s.tenant_id AND d.service_id = s.service_id
            JOIN plans p ON p.tenant_id = d.tenant_id AND p.plan_id = d.plan_id
            WHERE s.tenant_id = \(tenant) AND s.customer_id = c.customer_id AND s.state <> 'cancelled') sold ON true
        WHERE c.tenant_id = \(tenant) \(query.restriction) \(query.position) \(query.sorting)
        """
    }

    func debtorsCounted(_ query: ListQuery<DebtorRow>, on today: Day, _ currency: Currency) -> SQL {
        "\(overdue(on: today, currency)) WHERE c.tenant_id = \(tenant) \(query.restriction)"
    }
}

extension DebtorRow: RowReadable {
    init(row: Row) throws(DatabaseError) {
        customer = try row.read("customer_id")
        name = try row.read("name")
        number = try row.read("number")
        phone = try row.read("phone")
        zone = try row.read("zone_id")
        plans = try row.read("plans")
        overdue = try row.read("overdue")
        since = try row.read("since")
        days = try row.read("days")
    }
}
