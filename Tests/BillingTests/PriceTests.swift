import Billing
import Identifiers
import Locale
import Testing
import Time

/// Promotions, early payment, fees and taxes.
@Suite struct PriceTests {
    private static func pesos(_ amount: Int64) -> Money { Money(minor: amount * 100, .mxn) }

    @Test func `a promotion lowers the price of its periods and of no other`() throws {
        let start = try #require(Day(iso: "2026-01-20"))
        let cycle = BillingCycle.calendarMonth
        let half = Promotion(.percent(Percentage(50)), from: start, periods: 3)
        let prices = try (0..<5).map { month in
            try half.price(
                Self.pesos(300), in: cycle.period(containing: start.adding(months: month - 1, anchor: 1)), of: cycle
            )
            .minor
        }
        #expect(prices == [30000, 15000, 15000, 15000, 30000])
        let hundred = Promotion(.amount(Self.pesos(100)), from: start, periods: 1)
        #expect(try hundred.price(Self.pesos(300), in: cycle.period(containing: start), of: cycle) == Self.pesos(200))
        #expect(try hundred.price(Self.pesos(80), in: cycle.period(containing: start), of: cycle) == Self.pesos(0))
    }

    @Test func `early payment holds on the invoice's day and so many after it`() throws {
        let issued = try #require(Day(iso: "2026-01-31"))
        #expect(EarlyPayment(.percent(Percentage(10)), within: 5).lastDay(of: issued) == Day(iso: "2026-02-05"))
    }

    struct FeeCase: Sendable, CustomTestStringConvertible {
        let what: String
        let fee: Fee
        let before: Int
        let amount: Int64

        init(_ what: String, _ fee: Fee, _ before: Int, is amount: Int64) {
            (self.what, self.fee, self.before, self.amount) = (what, fee, before, amount)
        }

        var testDescription: String { what }
    }

    /// Of a debt of 300.00, in cents.
    private static let fees: [FeeCase] = [
        FeeCase("a fixed fee", Fee(.fixed(pesos(80))), 0, is: 8000),
        FeeCase("the first time is free", Fee(.fixed(pesos(80)), isFirstFree: true), 0, is: 0),
        FeeCase("the second time is not", Fee(.fixed(pesos(80)), isFirstFree: true), 1, is: 8000),
        FeeCase("ten percent", Fee(.percent(Percentage(10))), 0, is: 3000),
        FeeCase("no fee", .none, 3, is: 0),
    ]

    @Test(arguments: fees)
    func `a fee follows its rule and how often it came about`(row: FeeCase) throws {
        #expect(try row.fee.amount(on: Self.pesos(300), before: row.before).minor == row.amount)
    }

    @Test func `a price with 16 percent included has its base with six decimals, and the invoice is whole`() throws {
        let line = try TaxedLine(Self.pesos(500), TaxTreatment([Tax("IVA", Percentage(16))], included: true))
        #expect(line.net.text == "431.034483" && line.taxes[0].amount.text == "68.965517")
        #expect(line.gross.text == "500.000000")
        let totals = try InvoiceTotals([line], in: .mxn)
        #expect(totals.net.minor == 43103 && totals.taxes[0].amount.minor == 6897)
        #expect(totals.total == Self.pesos(500) && totals.rounding.isZero)
    }

    @Test func `taxes are added where prices are without them, each rate by itself, and exempt lines have none`() throws
    {
        let (iva, border) = (Tax("IVA", Percentage(16)), Tax("IVA", Percentage(8)))
        let lines = [
            try TaxedLine(Self.pesos(300), TaxTreatment([iva], included: false)),
            try TaxedLine(Money(minor: 3333, .mxn), TaxTreatment([border], included: false)),
            try TaxedLine(Self.pesos(50), .exempt),
            try TaxedLine(Self.pesos(100), TaxTreatment([iva], included: false)),
        ]
        let totals = try InvoiceTotals(lines, in: .mxn)
        #expect(totals.taxes.map(\.tax) == [iva, border])
        #expect(totals.taxes.map(\.amount.minor) == [6400, 267])
        #expect(totals.taxes.map(\.base.text) == ["400.000000", "33.330000"])
        #expect(totals.net.minor == 48333 && totals.total.minor == 55000)
    }

    @Test func `Colombia keeps centavos and charges whole pesos, Chile has none`() throws {
        let iva = TaxTreatment([Tax("IVA", Percentage(19))], included: false)
        let colombia = try InvoiceTotals([TaxedLine(Money(minor: 33_333_00, .cop), iva)], in: .cop)
        #expect(colombia.net.minor == 33_333_00 && colombia.taxes[0].amount.minor == 6_333_27)
        #expect(colombia.rounding.minor == -27 && colombia.total.minor == 39_666_00)
        let chile = try InvoiceTotals([TaxedLine(Money(minor: 15_990, .clp), iva)], in: .clp)
        #expect(chile.taxes[0].amount.minor == 3038 && chile.total.minor == 19_028)
    }

    @Test func `every price of 0.01 to 999.99 with its tax included is its base and its tax`() throws {
        for rate in [8, 10, 16, 18, 19, 21] as [Int32] {
            let treatment = TaxTreatment([Tax("IVA", Percentage(rate))], included: true)
            for cents in Int64(1)...99_999 {
                let totals = try InvoiceTotals([TaxedLine(Money(minor: cents, .mxn), treatment)], in: .mxn)
                guard totals.net.minor + totals.taxes[0].amount.minor == cents, totals.total.minor == cents else {
                    Issue.record("\(cents) at \(rate) %")
                    return
                }
            }
        }
    }

    @Test func `invoices of many lines sum, whatever the lines`() throws {
        let randomness = Randomness(seed: 9)
        func below(_ bound: Int) -> Int { Int(randomness.next() % UInt64(bound)) }
        let treatments = [
            TaxTreatment([Tax("IVA", Percentage(16))], included: true),
            TaxTreatment([Tax("IVA", Percentage(16)), Tax("IEPS", Percentage(3))], included: true),
            TaxTreatment([Tax("IVA", Percentage(8))], included: false), .exempt,
        ]
        for _ in 0..<2000 {
            let lines = try (0...below(12)).map { _ in
                try TaxedLine(Money(minor: Int64(below(100_000)), .mxn), treatments[below(4)])
            }
            let totals = try InvoiceTotals(lines, in: .mxn)
            let parts = [totals.net, totals.rounding] + totals.taxes.map(\.amount)
            #expect(try Money.sum(of: parts, in: .mxn) == totals.total)
            let exact = lines.reduce(Int128(0)) { $0 + Int128($1.gross.millionths) }
            #expect(totals.total.minor == Int64(Rounding.halfAwayFromZero.divide(exact, by: 10_000)))
        }
    }

    @Test func `amounts and rates beyond all reason are refused, never wrapped`() {
        let iva = TaxTreatment([Tax("IVA", Percentage(16))], included: false)
        #expect(throws: MoneyError.tooLarge) { try TaxedLine(Money(minor: .max, .mxn), iva) }
        #expect(throws: MoneyError.tooLarge) {
            try TaxedLine(Self.pesos(1), TaxTreatment([Tax("IVA", Percentage(millionths: .max))], included: true))
        }
        #expect(throws: MoneyError.tooLarge) {
            let most = try TaxedLine(Money(minor: Money.most, .mxn), .exempt)
            return try InvoiceTotals([most, most], in: .mxn)
        }
    }
}
