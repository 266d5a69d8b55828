import Access
import Customers
import Declarations
import HTML
import HTTP
import Identifiers
import Locale
import Panel
import Postgres
import Tenancy
import Time

/// The filter of customers' balances, held in the URL.
struct BalanceList: Sendable {
    enum Side: String, Sendable, CaseIterable {
        case owing
        case inFavour = "in_favour"
    }

    struct Place: Sendable {
        let balance: Int64
        let customer: Customer.ID
    }

    static let path = "/panel/accounts"
    /// One less than the statement's LIMIT.
    static let length = 50

    private(set) var side = Side.owing
    private(set) var place: Place?

    init(_ query: Fields) throws(RequestError) {
        side = query["side"].flatMap(Side.init) ?? .owing
        guard let after = query["after"] else { return }
        let parts = after.split(separator: "_")
        guard parts.count == 2, let balance = Int64(parts[0]), let customer = Customer.ID(String(parts[1])) else {
            throw .malformed("The place cannot be read.")
        }
        place = Place(balance: balance, customer: customer)
    }

    var address: String {
        Fields([
            "side": side == .owing ? nil : side.rawValue, "after": place.map { "\($0.balance)_\($0.customer)" },
        ]).query(of: Self.path)
    }

    func following(_ row: BalanceRow) -> BalanceList {
        var list = self
        list.place = Place(balance: row.balance.minor, customer: row.customer)
        return list
    }

    func of(_ side: Side) -> BalanceList {
        var list = self
        (list.side, list.place) = (side, nil)
        return list
    }
}

struct BalanceRow: Sendable {
    let customer: Customer.ID
    let number: Int
    let name: String
    let balance: Money
    let overdue: Money
    let overdueSince: Day?
}

struct BalanceTotal: Sendable {
    let customers: Int
    let sum: Money
}

extension TenantDatabase {
    /// Largest first, one more than a page shows, with the total count.
    func balances(_ list: BalanceList, in currency: Currency, on today: Day) async throws(DatabaseError) -> (
        rows: [BalanceRow], total: BalanceTotal
    ) {
        let coin = currency.rawValue
        let (side, order, position): (SQL, SQL, SQL) =
            switch list.side {
            case .owing:
                (
                    "b.balance > 0", "ORDER BY b.balance DESC, b.customer_id DESC",
                    list.place.map { "AND (b.balance, b.customer_id) < (\($0.balance), \($0.customer))" } ?? .nothing
                )
            case .inFavour:
                (
                    "b.balance < 0", "ORDER BY b.balance, b.customer_id",
                    list.place.map { "AND (b.balance, b.customer_id) > (\($0.balance), \($0.customer))" } ?? .nothing
                )
            }
        let results = try await batch([
            // The page first, by the index of debts. Its LIMIT is a literal, since a bound one is planned as a tenth of
            // all rows.
            """
            WITH page AS MATERIALIZED (
                SELECT b.customer_id, b.balance, b.currency FROM customer_balances b
                WHERE b.tenant_id = \(tenant) AND b.currency = \(coin) AND \(side) \(position) \(order) LIMIT 51)
            SELECT b.customer_id, c.number, c.name, b.balance, b.currency, o.overdue, o.since
            FROM page b JOIN customers c ON c.tenant_id = \(tenant) AND c.customer_id = b.customer_id
            CROSS JOIN LATERAL (
                SELECT coalesce(sum(g.open), 0)::bigint AS overdue, min(g.due_on) AS since FROM ledger_charges g
                WHERE g.tenant_id = \(tenant) AND g.customer_id = b.customer_id AND g.currency = \(coin)
                    AND g.open > 0 AND g.due_on < \(today)) o
            \(order)
            """,
            "SELECT people, sum FROM customers_balance(\(tenant), \(coin), \(list.side == .owing))",
        ])
        let sum: Int64 = try results[1].first?.read("sum") ?? 0
        return (
            try results[0].read(),
            BalanceTotal(customers: try results[1].first?.read("people") ?? 0, sum: Money(minor: sum, currency))
        )
    }

    /// The currencies in which a customer has an account.
    func currencies(of customer: Customer.ID) async throws(DatabaseError) -> [Currency] {
        let found: [CurrencyRow] = try await rows(
            """
            SELECT currency FROM customer_balances WHERE tenant_id = \(tenant) AND customer_id = \(customer)
            ORDER BY currency
            """)
        return found.map(\.currency)
    }
}

private struct CurrencyRow: RowReadable {
    let currency: Currency

    init(row: Row) throws(DatabaseError) { currency = try row.currency() }
}

extension BalanceRow: RowReadable {
    init(row: Row) throws(DatabaseError) {
        let currency = try row.currency()
        let (balance, overdue): (Int64, Int64) = (try row.read("balance"), try row.read("overdue"))
        customer = try row.read("customer_id")
        number = try row.read("number")
        name = try row.read("name")
        (self.balance, self.overdue) = (Money(minor: balance, currency), Money(minor: overdue, currency))
        overdueSince = try row.read("since")
    }
}

package enum BalanceRoutes {
    package static func add(to routes: inout Panel.Routes) {
        routes.get("/panel/accounts", .accountsView, "Los saldos de los clientes, los mayores primero") { visit in
            let list = try BalanceList(visit.request.query)
            let today = visit.tenant.timeZone.day(at: visit.now)
            let (rows, total) = try await visit.database.balances(list, in: visit.tenant.currency, on: today)
            let page = BalancesPage(list: list, rows: rows, total: total, visit: visit)
            return try await Panel.page(page, titled: LedgerWords.balances.text(for: visit.reader), for: visit)
        }
    }
}

struct BalancesPage: View {
    let list: BalanceList
    let rows: [BalanceRow]
    let total: BalanceTotal
    let visit: Visit

    private var reader: Reader { visit.reader }
    private var shown: [BalanceRow] { Array(rows.prefix(BalanceList.length)) }

    var body: Markup {
        PageHeading(LedgerWords.balances.text(for: reader))
        nav(.class("page-tabs"), .aria("label", LedgerWords.balances.text(for: reader))) {
            for side in BalanceList.Side.allCases {
                a(.href(list.of(side).address), .when(side == list.side, .aria("current", "page"))) {
                    side.words.text(for: reader)
                }
            }
        }
        LivingList {
            if shown.isEmpty {
                EmptyState(.check, list.side.none.text(for: reader))
            } else {
                p(.class("hint")) {
                    LedgerWords.total.text(
                        for: reader, .count(total.customers), .text("amount", total.sum.ledgerText(for: reader)))
                }
                table
                let next = rows.count > BalanceList.length ? shown.last.map { list.following($0).address } : nil
                Pager(first: list.place == nil ? nil : list.of(list.side).address, next: next, reader: reader)
            }
        }
    }

    private var table: Markup {
        let title = LedgerWords.balances.text(for: reader)
        return div(.class("table"), .role("region"), .tabindex(0), .aria("label", title)) {
            HTML.table {
                caption { title }
                thead {
                    tr {
                        for words in [LedgerWords.customer, .number, .balance, .overdue, .overdueSince] {
                            th(.scope("col")) { words.text(for: reader) }
                        }
                    }
                }
                tbody { forEach(shown) { [reader] row in Self.row(row, reader) } }
            }
        }
    }

    private static func row(_ row: BalanceRow, _ reader: Reader) -> Markup {
        tr {
            td(.class("name")) { a(.href("/panel/customers/\(row.customer)/account")) { row.name } }
            td(.class("number")) { row.number }
            td(.class("figures"), .data("label", LedgerWords.balance.text(for: reader))) {
                row.balance.ledgerText(for: reader)
            }
            td(.class("figures"), .data("label", LedgerWords.overdue.text(for: reader))) {
                row.overdue.isZero ? "–" : row.overdue.exactText(for: reader)
            }
            td(.class("figures"), .data("label", LedgerWords.overdueSince.text(for: reader))) {
                row.overdueSince?.text(.short, for: reader) ?? "–"
            }
        }
    }
}

extension BalanceList.Side {
    fileprivate var words: LedgerWords { self == .owing ? .owing : .havingCredit }
    fileprivate var none: LedgerWords { self == .owing ? .nobodyOwes : .nobodyHasCredit }
}
