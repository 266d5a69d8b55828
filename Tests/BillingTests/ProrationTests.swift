import Billing
import Identifiers
import Locale
import Testing
import Time

/// What a period costs when something changes in it.
@Suite struct ProrationTests {
    /// What was agreed from a day of the month on; 0 is not charged.
    typealias Change = (day: Int, price: Int64)

    struct Case: Sendable, CustomTestStringConvertible {
        let what: String
        let month: String
        let changes: [Change]
        let charges: [Int64]

        init(_ what: String, _ month: String, _ changes: [Change], _ charges: [Int64]) {
            (self.what, self.month, self.changes, self.charges) = (what, month, changes, charges)
        }

        var testDescription: String { "\(what), \(month)" }
    }

    /// In cents, calendar months. Each row can be checked on paper: price × days ÷ days of the month; the cent that the
    /// rounded sum has more goes to the charge that lost most.
    private static let cases: [Case] = [
        Case("a whole month", "2026-02", [(1, 30000)], [30000]),
        Case("a whole month", "2028-02", [(1, 30000)], [30000]),
        Case("a whole month", "2026-04", [(1, 30000)], [30000]),
        Case("a whole month", "2026-01", [(1, 30000)], [30000]),
        Case("started on the 15th", "2026-02", [(15, 30000)], [15000]),
        Case("started on the 15th", "2028-02", [(15, 30000)], [15517]),
        Case("started on the 15th", "2026-04", [(15, 30000)], [16000]),
        Case("started on the 15th", "2026-01", [(15, 30000)], [16452]),
        Case("started on the last day", "2026-02", [(28, 30000)], [1071]),
        Case("started on the last day", "2026-01", [(31, 30000)], [968]),
        Case("left on the 10th", "2026-04", [(1, 30000), (11, 0)], [10000, 0]),
        Case("frozen from the 11th to the 20th", "2026-04", [(1, 30000), (11, 0), (21, 30000)], [10000, 0, 10000]),
        Case("a better plan from the 16th", "2026-04", [(1, 30000), (16, 50000)], [15000, 25000]),
        Case("a better plan from the 16th", "2026-02", [(1, 30000), (16, 50000)], [16072, 23214]),
        Case("a better plan from the 16th", "2028-02", [(1, 30000), (16, 50000)], [15517, 24138]),
        Case("a better plan from the 16th", "2026-01", [(1, 30000), (16, 50000)], [14516, 25807]),
        Case("two changes", "2026-01", [(1, 30000), (11, 50000), (21, 80000)], [9678, 16129, 28387]),
        Case("changed and changed back", "2026-04", [(1, 30000), (11, 50000), (21, 30000)], [10000, 16667, 10000]),
        Case("changed twice on the same day", "2026-04", [(1, 30000), (16, 80000), (16, 50000)], [15000, 25000]),
        Case("changed on the first day", "2026-04", [(1, 30000), (1, 50000)], [50000]),
        Case("changed to the same price", "2026-04", [(1, 30000), (16, 30000)], [30000]),
    ]

    @Test(arguments: cases)
    func `a month is charged by its days`(row: Case) throws {
        let first = try #require(Day(iso: row.month + "-01"))
        let period = BillingCycle.calendarMonth.period(containing: first)
        let history = row.changes.map { Dated(first + ($0.day - 1), Rate(Money(minor: $0.price, .mxn))) }
        let charges = try period.charges(period.stretches(of: history), in: .mxn)
        #expect(charges.map(\.minor) == row.charges)
    }

    @Test func `what is agreed before the period holds in it, and what is agreed after it does not`() throws {
        let first = try #require(Day(iso: "2026-04-01"))
        let period = BillingCycle.calendarMonth.period(containing: first)
        let history = [Dated(first - 100, "A"), Dated(first + 40, "C"), Dated(first - 50, "B")]
        #expect(period.stretches(of: history) == [Stretch(period, "B")])
    }

    @Test func `half is charged of the days on which a service was cut`() throws {
        let first = try #require(Day(iso: "2026-04-01"))
        let period = BillingCycle.calendarMonth.period(containing: first)
        let price = Money(minor: 30000, .mxn)
        let history = [Dated(first, Rate(price)), Dated(first + 20, Rate(price, share: Percentage(50)))]
        #expect(try period.charges(period.stretches(of: history), in: .mxn).map(\.minor) == [20000, 5000])
    }

    @Test func `Colombian pesos are divided into whole pesos`() throws {
        let first = try #require(Day(iso: "2026-01-01"))
        let period = BillingCycle.calendarMonth.period(containing: first)
        let price = Rate(Money(minor: 50_000_00, .cop))
        let days = [1, 11, 21].map { first + ($0 - 1) }
        let stretches = zip(days, [first + 9, first + 19, period.to]).compactMap { from, to in
            Period(from: from, to: to).map { Stretch($0, price) }
        }
        let charges = try period.charges(stretches, in: .cop).map(\.minor)
        #expect(charges == [16_129_00, 16_129_00, 17_742_00])
    }

    @Test func `however a period is divided, its charges sum to the exact sum rounded once`() throws {
        let randomness = Randomness(seed: 5)
        func below(_ bound: Int) -> Int { Int(randomness.next() % UInt64(bound)) }
        let currencies: [Currency] = [.mxn, .cop, .clp]
        for round in 0..<3000 {
            let currency = currencies[round % 3]
            let cycle: BillingCycle =
                round % 2 == 0
                ? .monthly(try #require(AnchorDay(1 + below(31)))) : .days(1 + below(60), from: Day(number: 20_000))
            let period = cycle.period(containing: Day(number: Int32(20_000 + below(3000))))
            let price = Money(minor: Int64(below(round % 7 == 0 ? 1_000_000_000_000 : 200_000)), currency)
            var cuts = Set((0..<below(5)).map { _ in below(period.days) })
            cuts.insert(0)
            let same = cuts.sorted().enumerated().map { index, day in
                Stretch(
                    Period(from: period.from + day, to: end(of: index, cuts.sorted(), period))!, Rate(price))
            }
            let charges = try period.charges(same, in: currency)
            #expect(try Money.sum(of: charges, in: currency) == price)

            let mixed = same.map { Stretch($0.period, Rate(Money(minor: Int64(below(90_000)), currency))) }
            let exact = mixed.reduce(Int128(0)) { $0 + Int128($1.value.price.minor) * Int128($1.period.days) }
            let sum = try Money.sum(of: period.charges(mixed, in: currency), in: currency)
            #expect(sum.minor == Int64(Rounding.halfAwayFromZero.divide(exact, by: Int128(period.days))))
        }
    }

    private func end(of index: Int, _ days: [Int], _ period: Period) -> Day {
        index + 1 < days.count ? period.from + (days[index + 1] - 1) : period.to
    }

    @Test func `amounts beyond the books, days outside the period and mixed currencies are refused`() throws {
        let first = try #require(Day(iso: "2026-04-01"))
        let period = BillingCycle.calendarMonth.period(containing: first)
        let huge = [Stretch(period, Rate(Money(minor: .max, .mxn)))]
        #expect(throws: MoneyError.tooLarge) { try period.charges(huge, in: .mxn) }
        let outside = [Stretch(Period(from: first, to: first + 30)!, Rate(Money(minor: 1, .mxn)))]
        #expect(throws: MoneyError.tooLarge) { try period.charges(outside, in: .mxn) }
        let other = [Stretch(period, Rate(Money(minor: 1, .pen)))]
        #expect(throws: MoneyError.mixed(.mxn, .pen)) { try period.charges(other, in: .mxn) }
    }
}
