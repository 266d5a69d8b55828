import Billing
import Testing
import Time

@Suite struct PeriodTests {
    private static func day(_ text: String) -> Day { Day(iso: text)! }

    /// A day, the anchor, and the first and last day of the period it is in.
    private static let monthly: [(day: String, anchor: Int, from: String, to: String)] = [
        ("2026-01-31", 31, "2026-01-31", "2026-02-27"),
        ("2026-02-27", 31, "2026-01-31", "2026-02-27"),
        ("2026-02-28", 31, "2026-02-28", "2026-03-30"),
        ("2026-03-31", 31, "2026-03-31", "2026-04-29"),
        ("2026-04-30", 31, "2026-04-30", "2026-05-30"),
        ("2028-02-29", 31, "2028-02-29", "2028-03-30"),
        ("2026-02-28", 30, "2026-02-28", "2026-03-29"),
        ("2026-03-30", 30, "2026-03-30", "2026-04-29"),
        ("2028-02-29", 29, "2028-02-29", "2028-03-28"),
        ("2026-02-28", 29, "2026-02-28", "2026-03-28"),
        ("2026-02-10", 1, "2026-02-01", "2026-02-28"),
        ("2026-12-31", 1, "2026-12-01", "2026-12-31"),
        ("2026-12-31", 8, "2026-12-08", "2027-01-07"),
        ("2027-01-07", 8, "2026-12-08", "2027-01-07"),
    ]

    @Test(arguments: monthly)
    func `an anchor beyond the end of a short month falls on its last day and returns`(
        day: String, anchor: Int, from: String, to: String
    ) throws {
        let period = BillingCycle.monthly(try #require(AnchorDay(anchor))).period(containing: Self.day(day))
        #expect(period == Period(from: Self.day(from), to: Self.day(to)))
    }

    @Test func `whatever the cycle, four years of periods follow one another without a gap`() throws {
        let start = Self.day("2026-01-15")
        let cycles =
            try (1...31).map { BillingCycle.monthly(try #require(AnchorDay($0))) }
            + [1, 3, 7, 30, 366].map { .days($0, from: start) }
        for cycle in cycles {
            var period = cycle.period(containing: start)
            while period.to < start + 1461 {
                let next = cycle.period(after: period)
                #expect(next.from == period.to + 1, "\(cycle)")
                #expect(cycle.period(containing: next.from) == next && cycle.period(containing: next.to) == next)
                #expect(cycle.periods(from: period.to, to: next.from) == 1)
                period = next
            }
        }
    }

    @Test func `prepaid days are counted from the first one, and a day is a period of its own`() {
        let first = Self.day("2026-11-20")
        let prepaid = BillingCycle.days(7, from: first)
        #expect(prepaid.period(containing: first + 6) == Period(from: first, to: first + 6))
        #expect(prepaid.period(containing: first + 7).from == first + 7)
        #expect(prepaid.period(containing: first - 1) == Period(from: first - 7, to: first - 1))
        #expect(prepaid.periods(from: first, to: first + 20) == 2)
        #expect(BillingCycle.days(1, from: first).period(containing: first + 3).days == 1)
    }

    @Test func `there is no 32nd and no 0th of a month, and no period that ends before it begins`() {
        #expect(AnchorDay(0) == nil && AnchorDay(32) == nil)
        #expect(Period(from: Self.day("2026-03-02"), to: Self.day("2026-03-01")) == nil)
        #expect(Period(from: Self.day("2026-03-01"), to: Self.day("2026-03-01"))?.days == 1)
    }
}
