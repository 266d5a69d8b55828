import Identifiers
import Locale
import Tenancy
import Testing
import Time

@testable import PlatformBilling

@Suite struct BillingRuleTests {
    private static func day(_ iso: String) -> Day { Day(iso: iso)! }

    private static func periods(
        from: String, _ cycle: PlatformPlan.Cycle = .monthly, until: String, after last: BillingPeriod? = nil
    ) -> [BillingPeriod] {
        BillingPeriod.due(from: day(from), after: last, every: cycle, on: day(until))
    }

    @Test func `a 31st goes to the ends of short months and back for two years`() {
        let periods = Self.periods(from: "2027-01-31", until: "2029-01-30")
        #expect(
            periods.map(\.from.iso) == [
                "2027-01-31", "2027-02-28", "2027-03-31", "2027-04-30", "2027-05-31", "2027-06-30", "2027-07-31",
                "2027-08-31", "2027-09-30", "2027-10-31", "2027-11-30", "2027-12-31", "2028-01-31", "2028-02-29",
                "2028-03-31", "2028-04-30", "2028-05-31", "2028-06-30", "2028-07-31", "2028-08-31", "2028-09-30",
                "2028-10-31", "2028-11-30", "2028-12-31",
            ])
    }

    @Test(arguments: PlatformPlan.Cycle.allCases, 1...31)
    func `periods follow one another without a gap or a day billed twice`(cycle: PlatformPlan.Cycle, dayOfMonth: Int) {
        let periods = Self.periods(from: Day(year: 2027, month: 1, day: dayOfMonth)!.iso, cycle, until: "2040-01-01")
        #expect(periods.count == (cycle == .monthly ? 12 * 13 : 13) + (dayOfMonth == 1 ? 1 : 0))
        for (one, next) in zip(periods, periods.dropFirst()) {
            #expect(next.from == one.to + 1 && one.anchor == dayOfMonth)
        }
    }

    @Test func `a leap day is billed every year, on the 29th where there is one`() {
        let years = Self.periods(from: "2028-02-29", .yearly, until: "2032-03-01")
        #expect(years.map(\.from.iso) == ["2028-02-29", "2029-02-28", "2030-02-28", "2031-02-28", "2032-02-29"])
        #expect(years[0].to.iso == "2029-02-27")
    }

    @Test func `what was missed is caught up, and what was billed is not billed again`() {
        let first = Self.periods(from: "2027-01-15", until: "2027-01-15")
        #expect(first.map(\.from.iso) == ["2027-01-15"])
        #expect(Self.periods(from: "2027-01-15", until: "2027-02-14", after: first.last).isEmpty)
        let missed = Self.periods(from: "2027-01-15", until: "2027-03-20", after: first.last)
        #expect(missed.map(\.from.iso) == ["2027-02-15", "2027-03-15"])
        #expect(Self.periods(from: "2027-01-15", until: "2027-01-14").isEmpty)
    }

    @Test func `who comes back begins that day, or where what was billed ends`() {
        let billed = BillingPeriod(from: Self.day("2027-01-31"), every: .monthly)
        let next = Self.periods(from: "2027-02-10", until: "2027-03-31", after: billed)
        #expect(next.map(\.from.iso) == ["2027-02-28", "2027-03-31"])
        let later = Self.periods(from: "2027-05-10", until: "2027-06-10", after: billed)
        #expect(later.map(\.from.iso) == ["2027-05-10", "2027-06-10"])
    }

    @Test func `another cycle counts from the next period`() {
        let month = BillingPeriod(from: Self.day("2027-01-31"), every: .monthly)
        let year = Self.periods(from: "2027-01-31", .yearly, until: "2027-03-01", after: month)
        #expect(year.map(\.from.iso) == ["2027-02-28"] && year[0].to.iso == "2028-02-28")
    }

    // The account.

    private static func id(_ number: UInt64) -> PlatformPosting.ID { .init(UUID(high: 0, low: number)) }

    private static func bill(
        _ number: Int, _ minor: Int64, on issued: String, in currency: Currency = .usd
    ) -> PlatformPosting {
        let from = day(issued)
        return PlatformPosting(
            id: id(UInt64(number)), kind: .bill, amount: Money(minor: minor, currency), day: from, author: "mastil",
            bill: PlatformBill(
                number: number, plan: "Crece", cycle: .monthly, period: BillingPeriod(from: from, every: .monthly),
                dueOn: from + PlatformBill.daysToPay))
    }

    private static func payment(_ number: UInt64, _ minor: Int64, on paid: String) -> PlatformPosting {
        PlatformPosting(
            id: id(number), kind: .payment, amount: Money(minor: minor, .usd), day: day(paid), method: .transfer,
            author: "Petra")
    }

    private static func undoing(_ posting: PlatformPosting, _ number: UInt64, on undone: String) -> PlatformPosting {
        PlatformPosting(
            id: id(number), kind: posting.kind.undoing!, amount: posting.amount, day: day(undone),
            reverses: posting.id, note: "Error", author: "Petra")
    }

    private static func debt(_ balances: [Currency: Int64], open: [(PlatformPosting, Int64)] = []) -> PlatformDebt {
        PlatformDebt(
            balances: Dictionary(uniqueKeysWithValues: balances.map { ($0, Money(minor: $1, $0)) }),
            open: Dictionary(uniqueKeysWithValues: open.map { ($0.0.id, Money(minor: $0.1, $0.0.amount.currency)) }))
    }

    @Test func `a bill's state follows from what the ledger says is open and from its last day`() {
        let (one, two, three) = (
            Self.bill(1, 4900, on: "2027-01-01"), Self.bill(2, 4900, on: "2027-02-01"),
            Self.bill(3, 4900, on: "2027-03-01")
        )
        func states(open: [(PlatformPosting, Int64)], on today: String) -> [PlatformBill.State] {
            PlatformAccount(
                of: [one, two, three], in: .usd, owing: Self.debt([.usd: open.reduce(0) { $0 + $1.1 }], open: open),
                on: Self.day(today)
            ).bills.map(\.state)
        }
        let nothingPaid: [(PlatformPosting, Int64)] = [(one, 4900), (two, 4900), (three, 4900)]
        #expect(states(open: nothingPaid, on: "2027-03-02") == [.overdue, .overdue, .pending])
        #expect(states(open: [(two, 4900), (three, 4900)], on: "2027-03-02") == [.paid, .overdue, .pending])
        // The last day to pay is still in time.
        #expect(states(open: [(three, 1)], on: "2027-03-11") == [.paid, .paid, .partial])
        #expect(states(open: [(three, 1)], on: "2027-03-12") == [.paid, .paid, .overdue])
        #expect(states(open: [], on: "2028-01-01") == [.paid, .paid, .paid])
    }

    @Test func `what was undone is told, and each line has the balance after it`() {
        let (one, two) = (Self.bill(1, 4900, on: "2027-01-01"), Self.bill(2, 4900, on: "2027-02-01"))
        let paid = Self.payment(9, 4900, on: "2027-01-05")
        let annulled = PlatformAccount(
            of: [one, two, paid, Self.undoing(one, 10, on: "2027-02-02")], in: .usd, owing: Self.debt([:]),
            on: Self.day("2027-03-01"))
        #expect(annulled.bills.map(\.state) == [.annulled, .paid] && annulled.balance.isZero)
        let reversed = PlatformAccount(
            of: [one, two, paid, Self.undoing(paid, 10, on: "2027-02-02")], in: .usd,
            owing: Self.debt([.usd: 9800], open: [(one, 4900), (two, 4900)]), on: Self.day("2027-03-01"))
        #expect(reversed.overdue == Money(minor: 9800, .usd) && reversed.balance == reversed.overdue)
        #expect(reversed.lines.map(\.balance.minor) == [4900, 0, 4900, 9800])
    }

    @Test func `each currency has a balance of its own`() {
        let all = PlatformAccount.all(
            of: [
                Self.bill(1, 4900, on: "2027-01-01"), Self.bill(2, 90_000, on: "2027-02-01", in: .mxn),
                Self.payment(9, 10_000, on: "2027-02-02"),
            ], owing: Self.debt([.mxn: 90_000, .usd: -5100]), on: Self.day("2027-02-03"))
        #expect(all.map(\.currency) == [.mxn, .usd])
        #expect(all.map(\.balance.minor) == [90_000, -5100])
        #expect(all.map { $0.lines.last?.balance.minor } == [90_000, -5100])
    }

    @Test func `every word is there in every language`() {
        #expect(BillingWords.problems + MyPlanWords.problems + OverdueWords.problems == [])
    }
}
