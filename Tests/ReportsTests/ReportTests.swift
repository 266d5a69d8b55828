import Access
import Declarations
import Expenses
import HTTP
import Identifiers
import Ledger
import Locale
import Panel
import Postgres
import ShellSupport
import Tenancy
import TenantSupport
import TestSupport
import Testing
import Time
import Zones

@testable import Customers
@testable import Payments
@testable import Reports

/// Each report says what the books say, added up another way.
@Suite struct ReportTests {
    @Test func `what was collected is what the books have as money, by day, method, cashier, zone and plan`()
        async throws
    {
        try await withReports { norte, sur in
            let business = try await Business.thrive(norte)
            try await business.sellPlan()
            let books = try await Books(of: norte)
            #expect(books.kinds.isSuperset(of: ["payment", "refund", "chargeback", "reversal", "withholding"]))
            let periods = [
                ReportPeriod(.thisMonth, on: norte.today), ReportPeriod(.lastMonth, on: norte.today),
                ReportPeriod(.thisYear, on: norte.today), ReportPeriod(from: norte.today - 9, to: norte.today - 2),
                ReportPeriod(from: Day(iso: "2026-01-01")!, to: norte.today),
            ]
            for period in periods {
                let figures = try await Report.collected.read(period, norte.desk())
                let (now, before) = (books.money(from: period.from, to: period.to), books.money(in: period.before))
                #expect(figures.facts[2].value == norte.amount(now.total))
                #expect(figures.facts[2].before == norte.amount(before.total))
                let byDay = now.sums { line in period.isDrawnByMonth ? line.day.month.first : line.day }
                #expect(
                    figures.tables[0].rows.map { [$0[0], $0[4]] }
                        == byDay.sorted { $0.key < $1.key }.map {
                            [.day($0.key), norte.amount($0.value)]
                        })
                #expect(figures.tables[0].total?[4] == norte.amount(now.total))
                for (table, key): (Int, @Sendable (Books.Line) -> String) in [
                    (1, { $0.method }), (2, { $0.cashier }), (3, { $0.zone ?? "Sin zona" }),
                    (4, { $0.customer == business.customers[0] && period.to == norte.today ? "Hogar" : "Sin plan" }),
                ] {
                    let (sums, earlier) = (now.sums(key), before.sums(key))
                    let told = figures.tables[table].rows
                    #expect(
                        Set(told.map { $0[0].text(for: norte.tenant.reader) }) == Set(sums.keys).union(earlier.keys))
                    for row in told {
                        guard case .text(let label) = row[0] else { continue }
                        #expect(row[4] == norte.amount(sums[label] ?? 0) && row[5] == norte.amount(earlier[label] ?? 0))
                    }
                }
            }
            let elsewhere = try await Report.collected.read(periods[2], sur.desk())
            #expect(elsewhere.facts[2].value == sur.amount(0) && elsewhere.tables.allSatisfy { $0.rows.isEmpty })
        }
    }

    @Test func `what is due today and on any day before is what the postings come to, by its age`() async throws {
        try await withReports { norte, sur in
            let business = try await Business.thrive(norte)
            try await business.sellPlan()
            let books = try await Books(of: norte)
            for last in [norte.today, norte.today - 1, norte.today - 20, norte.today - 60] {
                let period = ReportPeriod(from: last - 14, to: last)
                let figures = try await Report.due.read(period, norte.desk())
                for (day, column) in [(last, 1), (period.before.upperBound, 2)] {
                    let ages = books.open(on: day).sums { Books.age(of: $0.due, on: day) }
                    #expect(figures.tables[0].rows.map { $0[column] } == (0..<5).map { norte.amount(ages[$0] ?? 0) })
                }
                let open = books.open(on: last)
                let zones = open.sums { $0.zone ?? "Sin zona" }
                #expect(
                    figures.tables[1].rows.allSatisfy { row in
                        row[7] == norte.amount(zones[row[0].text(for: norte.tenant.reader)] ?? 0)
                    } && figures.tables[1].rows.count == zones.count)
                let plans = open.sums { $0.customer == business.customers[0] && last == norte.today ? "Hogar" : "" }
                #expect(
                    figures.tables[2].rows.first { $0[0] == .text("Hogar") }?[7]
                        == plans["Hogar"].map { norte.amount($0) })
                let customers = try await Report.due.books[0].read(period, norte.desk(), nil)
                let owing = open.sums { $0.customer }
                #expect(customers.rows.count == owing.count && customers.next == nil)
                #expect(
                    Set(customers.rows.map { $0[9].text(for: norte.tenant.reader) })
                        == Set(owing.values.map { norte.amount($0).text(for: norte.tenant.reader) }))
                #expect(figures.facts[2].value == .count(owing.count))
            }
            let elsewhere = try await Report.due.read(ReportPeriod(.thisMonth, on: sur.today), sur.desk())
            #expect(elsewhere.facts.first?.value == sur.amount(0))
        }
    }

    @Test func `somebody limited to a zone is told of its customers, and without the permission of nobody`()
        async throws
    {
        try await withReports { norte, _ in
            _ = try await Business.thrive(norte)
            let books = try await Books(of: norte)
            let luz = try await Self.person(norte, [.reportsView])
            try await norte.database.execute(
                """
                UPDATE staff SET zones = ARRAY[\(UUID(high: 9, low: 1))]
                WHERE tenant_id = \(norte.database.tenant) AND name = 'Luz'
                """)
            let year = ReportPeriod(.thisYear, on: norte.today)
            let centre = books.money(from: year.from, to: year.to).filter { $0.zone == "Centro" }.total
            let page = try await luz.see("/panel/reports/collected?period=this_year").text
            #expect(page.contains(norte.money(centre).exactText(for: norte.tenant.reader)))
            #expect(page.contains("Centro") && !page.contains("La Loma") && !page.contains("Sin zona"))
            let due = try await luz.download("/panel/reports/due.csv?table=by_customer").text
            #expect(due.contains("Cliente 0") && !due.contains("Cliente 1") && !due.contains("Cliente 2"))

            let eve = try await Self.person(norte, [.accountsView])
            for path in ["", "/collected", "/collected.csv", "/due", "/due.xlsx"] {
                #expect(try await eve.see("/panel/reports\(path)").status == .forbidden)
            }
        }
    }

    @Test func `each table is a page's and a file's, and no cell of a file is a formula`() async throws {
        try await withReports { norte, _ in
            _ = try await Business.thrive(norte)
            let ana = try await Self.person(norte, [.reportsView, .ledgerView, .expensesView])
            for report in Report.all {
                let page = try await ana.see("\(report.pagePath)?period=this_year")
                #expect(page.status == .ok)
                let isDrawn = ["collected", "due", "result"].contains(report.name)
                #expect(page.text.contains("class=\"chart\"") == isDrawn)
                for shape in report.shapes + report.books.map(\.shape) where !["sales", "churn"].contains(report.name) {
                    #expect(page.text.contains("table=\(shape.name)"))
                    let csv = try await ana.download("\(report.paths.csv)?period=this_year&table=\(shape.name)")
                    let lines = csv.text.split(separator: "\r\n")
                    #expect(lines.count > 1 && lines.allSatisfy { !$0.hasPrefix("=") && !$0.contains(",=") })
                    let xlsx = try await ana.download("\(report.paths.xlsx)?period=this_year&table=\(shape.name)")
                    #expect(xlsx.bytes.starts(with: Array("PK".utf8)))
                }
                #expect(try await ana.see("\(report.paths.csv)?table=nada").status == .notFound)
            }
            let due = try await ana.download("/panel/reports/due.csv?table=by_customer").text
            #expect(due.contains("'=HYPERLINK"))
        }
    }

    @Test func `a month up to today is compared with the same days of the month before, other days with as many`() {
        func day(_ text: String) -> Day { Day(iso: text)! }
        let month = ReportPeriod(.thisMonth, on: day("2026-03-31"))
        #expect(month.from == day("2026-03-01") && month.before == day("2026-02-01")...day("2026-02-28"))
        let last = ReportPeriod(.lastMonth, on: day("2026-03-05"))
        #expect(last.to == day("2026-02-28") && last.before == day("2026-01-01")...day("2026-01-31"))
        let year = ReportPeriod(.thisYear, on: day("2026-03-05"))
        #expect(year.from == day("2026-01-01") && year.before == day("2025-01-01")...day("2025-03-05"))
        let week = ReportPeriod(from: day("2026-03-05"), to: day("2026-03-11"))
        #expect(week.before == day("2026-02-26")...day("2026-03-04"))
        let quarter = ReportPeriod(from: day("2026-01-01"), to: day("2026-03-31"))
        #expect(quarter.before == day("2025-10-01")...day("2025-12-31"))
        let all = ReportPeriod(from: day("0001-01-01"), to: day("9999-12-31"))
        #expect(all.to - all.from + 1 == ReportPeriod.longest)
    }

    @Test func `the room's words are whole in every language`() { #expect(ReportWords.problems == []) }

    private static func person(_ tenant: TestTenant, _ permissions: [Permission]) async throws -> Person {
        try await Person(tenant, permissions, as: permissions == [.reportsView] ? "Luz" : "Eve") { routes, _ in
            ReportRoutes(files: .tests).add(to: &routes)
        }
    }
}

extension TestTenant {
    fileprivate func amount(_ minor: Int64) -> ReportValue { .money(money(minor)) }
}

/// The books as they lie in their tables, added up without the database.
struct Books {
    struct Line {
        let day: Day
        let amount: Int64
        let customer: Customer.ID
        let zone: String?
        var method = ""
        var cashier = ""
        var due = Day(number: 0)
    }

    private let transactions: [UUID: TransactionRow]
    private let postings: [PostingRow]
    private let zones: [UUID: String]
    private let authors: [UUID: String]
    private let methods: [String: String]

    init(of tenant: TestTenant) async throws {
        let database = tenant.database
        let heads: [TransactionRow] = try await database.rows(
            "SELECT transaction_id, kind, source_id, due_on FROM ledger_transactions WHERE tenant_id = \(database.tenant)"
        )
        transactions = Dictionary(uniqueKeysWithValues: heads.map { ($0.id, $0) })
        postings = try await database.rows(
            """
            SELECT transaction_id, account, name, customer_id, amount, settles, day FROM ledger_postings
            WHERE tenant_id = \(database.tenant)
            """)
        let names: [NameRow] = try await database.rows(
            """
            SELECT c.customer_id AS id, z.name FROM customers c
            JOIN coverage_zones z ON z.tenant_id = c.tenant_id AND z.zone_id = c.zone_id
            WHERE c.tenant_id = \(database.tenant)
            """)
        zones = Dictionary(uniqueKeysWithValues: names.map { ($0.id, $0.name) })
        let actors: [NameRow] = try await database.rows(
            """
            SELECT payment_id AS id, actor AS name FROM payments WHERE tenant_id = \(database.tenant)
            UNION ALL SELECT adjustment_id, actor FROM account_adjustments WHERE tenant_id = \(database.tenant)
            """)
        authors = Dictionary(uniqueKeysWithValues: actors.map { ($0.id, $0.name) })
        methods = Dictionary(
            uniqueKeysWithValues: try await database.paymentMethods(of: tenant.tenant).map { ($0.word, $0.name) })
    }

    var kinds: Set<String> { Set(transactions.values.map(\.kind)) }

    func postings(from: Day, to: Day) -> Int { postings.count { (from...to).contains($0.day) } }

    func money(in days: ClosedRange<Day>) -> [Line] { money(from: days.lowerBound, to: days.upperBound) }

    /// From the house's side: what came into its accounts of money and left them.
    func money(from: Day, to: Day, ofCustomers: Bool = true) -> [Line] {
        postings.filter { $0.account == "money" && (from...to).contains($0.day) }.compactMap { posting in
            let customer = postings.first { $0.transaction == posting.transaction && $0.customer != nil }?.customer
            guard let customer, let source = transactions[posting.transaction]?.source else {
                return ofCustomers
                    ? nil
                    : Line(
                        day: posting.day, amount: posting.amount, customer: Customer.ID(posting.transaction), zone: nil)
            }
            return Line(
                day: posting.day, amount: posting.amount, customer: Customer.ID(customer), zone: zones[customer],
                method: methods[posting.name]!, cashier: authors[source]!)
        }
    }

    /// What is left of each charge.
    func open(on day: Day) -> [Line] {
        var sums: [UUID: Int64] = [:]
        for posting in postings where posting.account == "receivable" && posting.day <= day {
            sums[posting.settles ?? posting.transaction, default: 0] += posting.amount
        }
        return sums.filter { $0.value != 0 }.map { charge, amount in
            let customer = postings.first { $0.transaction == charge && $0.account == "receivable" }!.customer!
            return Line(
                day: day, amount: amount, customer: Customer.ID(customer), zone: zones[customer],
                due: transactions[charge]!.due)
        }
    }

    static func age(of due: Day, on day: Day) -> Int {
        switch day - due {
        case ...0: 0
        case 1...30: 1
        case 31...60: 2
        case 61...90: 3
        default: 4
        }
    }
}

extension [Books.Line] {
    func sums<Key: Hashable>(_ key: (Books.Line) -> Key) -> [Key: Int64] {
        Dictionary(grouping: self, by: key).mapValues { $0.reduce(0) { $0 + $1.amount } }
    }

    var total: Int64 { reduce(0) { $0 + $1.amount } }
}

private struct TransactionRow: RowReadable {
    let id: UUID
    let kind: String
    let source: UUID
    let due: Day

    init(row: Row) throws(DatabaseError) {
        (id, kind) = (try row.read("transaction_id"), try row.read("kind"))
        (source, due) = (try row.read("source_id"), try row.read("due_on"))
    }
}

private struct PostingRow: RowReadable {
    let transaction: UUID
    let account: String
    let name: String
    let customer: UUID?
    let amount: Int64
    let settles: UUID?
    let day: Day

    init(row: Row) throws(DatabaseError) {
        (transaction, account, name) = (
            try row.read("transaction_id"), try row.read("account"), try row.read("name")
        )
        (customer, amount) = (try row.read("customer_id"), try row.read("amount"))
        (settles, day) = (try row.read("settles"), try row.read("day"))
    }
}

private struct NameRow: RowReadable {
    let id: UUID
    let name: String

    init(row: Row) throws(DatabaseError) { (id, name) = (try row.read("id"), try row.read("name")) }
}
