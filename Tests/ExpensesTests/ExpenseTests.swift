import API
import Access
import CashDesk
import Declarations
import Events
import HTTP
import Identifiers
import Ledger
import Locale
import Panel
import Payments
import Postgres
import ShellSupport
import Tenancy
import TenantSupport
import TestSupport
import Testing
import Time

@testable import Customers
@testable import Expenses

/// What the company spends and what else it earns, booked once, whoever types it.
@Suite struct ExpenseTests {
    private static func withExpenses(_ body: (TestTenant, TestTenant) async throws -> Void) async throws {
        try await withTenants(declaring: .customers, .ledger, .payments, .cashDesk, .expenses, body: body)
    }

    private static func enter(
        _ category: HouseEntry.Category, _ minor: Int64, from account: HouseEntry.MoneyAccount = .transfer,
        daysAgo: Int = 0, at tenant: TestTenant, by principal: Principal? = nil
    ) async throws -> HouseEntry {
        var entry = HouseEntry(id: tenant.newID(), on: tenant.today - daysAgo, in: tenant.tenant.currency)
        (entry.category, entry.amount, entry.account) = (category, Money(minor: minor, tenant.tenant.currency), account)
        (entry.party, entry.receipt) = ("Ferretería Sol", "A-12")
        return try await entry.add(of: tenant.tenant, by: principal ?? tenant.commandLine, in: tenant.database)
    }

    @Test func `expenses and income are booked with their days and undone by their mirror, and the books balance`()
        async throws
    {
        try await Self.withExpenses { norte, sur in
            let rent = try await Self.enter(.rent, 50_000, daysAgo: 3, at: norte)
            _ = try await Self.enter(.sale, 8000, from: .card, at: norte)
            #expect(rent.number == 1 && rent.shift == nil)
            #expect(
                try await norte.accounts() == [
                    "expense rent": 50_000, "money transfer": -50_000, "income other_sale": -8000, "money card": 8000,
                ])
            let reversed = try await HouseEntry.reverse(
                rent.id, because: "Repetido", as: norte.newID(), of: norte.tenant, by: norte.commandLine,
                in: norte.database)
            #expect(reversed.state == .reversed && reversed.reason == "Repetido")
            #expect(try await norte.accounts() == ["income other_sale": -8000, "money card": 8000])
            await #expect(throws: ExpenseRefusal.reversedAlready) {
                _ = try await HouseEntry.reverse(
                    rent.id, because: "Otra vez", as: norte.newID(), of: norte.tenant, by: norte.commandLine,
                    in: norte.database)
            }
            await #expect(throws: ExpenseRefusal.dayFarOff) {
                _ = try await Self.enter(.rent, 1, daysAgo: -1, at: norte)
            }
            await #expect(throws: ExpenseRefusal.amountWrong) { _ = try await Self.enter(.rent, 0, at: norte) }
            #expect(
                try await norte.database.proveLedger(
                    as: UUID(high: 5, low: 5), inCurrency: norte.tenant.currency, at: norte.now
                ).allSatisfy(\.holds))
            #expect(
                try await norte.database.events(limit: 10).map(\.kind).prefix(3) == [
                    "expense.reversed", "expense.entered", "expense.entered",
                ])
            #expect(try await sur.accounts() == [:])
            #expect(try await sur.database.houseEntry(rent.id) == nil)
        }
    }

    @Test func `an expense out of a drawer is typed once, in the shift or here`() async throws {
        try await Self.withExpenses { norte, _ in
            let shifts = ShiftActs(randomness: norte.site.randomness)
            let caro = Principal(
                Actor(.staff, id: UUID(high: 2, low: 1), name: "Caro"), permissions: Set(norte.everything),
                of: norte.site.catalogue, at: norte.now)
            var opening = ShiftOpening(in: norte.tenant.currency)
            opening.float = Money(minor: 30_000, norte.tenant.currency)
            let shift = try await shifts.open(opening, of: norte.tenant, by: caro, in: norte.database)
            var movement = CashMovement(in: norte.tenant.currency)
            (movement.amount, movement.note) = (Money(minor: 2500, norte.tenant.currency), "Papel")
            _ = try await shifts.move(movement, in: shift.id, of: norte.tenant, by: caro, in: norte.database)
            let typed = try await Self.enter(.equipment, 4000, from: .cash, at: norte, by: caro)
            let older = try await Self.enter(.equipment, 1000, from: .cash, daysAgo: 1, at: norte, by: caro)
            let sold = try await Self.enter(.sale, 500, from: .cash, at: norte, by: caro)
            #expect(typed.shift == shift.id && older.shift == nil)
            #expect(
                try await norte.accounts() == [
                    "expense petty": 2500, "expense equipment": 5000, "money cash": -7000, "income other_sale": -500,
                ])
            let drawer: Int64? = try await norte.database.value(
                """
                SELECT sum(amount)::bigint AS sum FROM shift_entries
                WHERE tenant_id = \(norte.database.tenant) AND shift_id = \(shift.id)
                """)
            #expect(drawer ?? 0 == 24_000 && sold.shift == shift.id)
            // Undone in the drawer, it is no expense any more, and only that one.
            _ = try await shifts.undo(
                movement: 2, in: shift.id, because: "No se compró", of: norte.tenant, by: caro, in: norte.database)
            #expect(
                try await norte.accounts() == [
                    "expense equipment": 5000, "money cash": -4500, "income other_sale": -500,
                ])
            await #expect(throws: ExpenseRefusal.leftDrawer) {
                _ = try await HouseEntry.reverse(
                    typed.id, because: "No", as: norte.newID(), of: norte.tenant, by: caro, in: norte.database)
            }
        }
    }

    @Test func `an accountant enters, lists, takes away and reverses them on pages, and nobody else sees them`()
        async throws
    {
        try await Self.withExpenses { norte, sur in
            func person(_ tenant: TestTenant, _ permissions: [Permission]) async throws -> Person {
                try await Person(tenant, permissions) { routes, randomness in
                    ExpenseRoutes(files: .tests, randomness: randomness).add(to: &routes)
                }
            }
            let ana = try await person(norte, [.expensesView, .expensesManage])
            let form = try await ana.see("/panel/expenses/new")
            let sent =
                "form=\(try #require(form.hidden("form")))&category=rent&amount=500&day=\(norte.today.iso)"
                + "&account=transfer&party=%3DSol&receipt=A-12&note="
            for _ in 0..<2 {
                let answer = try await ana.send("/panel/expenses", sent)
                #expect(answer.status == .seeOther)
            }
            #expect(try await norte.accounts() == ["expense rent": 50_000, "money transfer": -50_000])
            let entry = try #require(try await norte.database.houseEntries(after: 0, limit: 9).first)
            #expect(try await ana.see("/panel/expenses").text.contains("Renta"))
            #expect(try await ana.download("/panel/expenses.csv").text.contains("'=Sol"))
            #expect(try await ana.see("/panel/expenses/\(entry.id)").text.contains("$500.00"))
            #expect(
                try await ana.send("/panel/expenses/\(entry.id)/reverse", "reason=").status == .unprocessableContent)
            #expect(try await ana.send("/panel/expenses/\(entry.id)/reverse", "reason=Error").status == .seeOther)
            #expect(try await norte.accounts() == [:])
            let eve = try await person(norte, [.paymentsView])
            #expect(try await eve.see("/panel/expenses").status == .forbidden)
            let neighbour = try await person(sur, [.expensesView])
            #expect(try await neighbour.see("/panel/expenses/\(entry.id)").status == .notFound)
        }
    }

    @Test func `the room's words are whole in every language`() {
        #expect(ExpenseWords.problems == [])
        #expect(ExpenseAPIWords.problems == [])
        #expect(ExpenseRefusal.problems == [])
        #expect(HouseEntry.Category.problems == [])
    }
}

extension TestTenant {
    fileprivate var today: Day { tenant.timeZone.day(at: now) }
    fileprivate func newID<Noun>() -> ID<Noun> { .make(milliseconds: now.milliseconds, from: site.randomness) }

    /// What stands in each of the house's accounts.
    fileprivate func accounts() async throws -> [String: Int64] {
        let sums: [AccountSum] = try await database.rows(
            """
            SELECT account || ' ' || name AS name, sum(amount)::bigint AS sum FROM ledger_postings
            WHERE tenant_id = \(database.tenant) GROUP BY account, name HAVING sum(amount) <> 0
            """)
        return Dictionary(uniqueKeysWithValues: sums.map { ($0.name, $0.sum) })
    }
}

private struct AccountSum: RowReadable {
    let name: String
    let sum: Int64

    init(row: Row) throws(DatabaseError) { (name, sum) = (try row.read("name"), try row.read("sum")) }
}
