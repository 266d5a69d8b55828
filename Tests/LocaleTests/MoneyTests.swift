import Testing

@testable import Locale

@Suite struct MoneyTests {
    @Test func `amounts of one currency are summed, compared and multiplied`() throws {
        let price = Money(minor: 1050, .mxn)
        #expect(try price + price - Money(minor: 100, .mxn) == Money(minor: 2000, .mxn))
        #expect(try -price == Money(minor: -1050, .mxn))
        #expect(try price * -3 == Money(minor: -3150, .mxn))
        #expect(try Money.zero(.mxn) < price && price > .zero(.mxn) && price <= price && price >= price)
        #expect(try Money.sum(of: [price, price, price], in: .mxn) == price * 3)
        #expect(try Money.sum(of: [], in: .clp) == .zero(.clp))
    }

    @Test func `two currencies are never mixed`() {
        let (pesos, dollars) = (Money(minor: 100, .mxn), Money(minor: 100, .usd))
        let refusal = MoneyError.mixed(.mxn, .usd)
        #expect(throws: refusal) { try pesos + dollars }
        #expect(throws: refusal) { try pesos - dollars }
        #expect(throws: refusal) { try pesos < dollars }
        #expect(throws: refusal) { try dollars > pesos }
        #expect(throws: refusal) { try Money.sum(of: [dollars], in: .mxn) }
        #expect(pesos != dollars)
    }

    @Test func `what does not fit is refused, not wrapped`() {
        let most = Money(minor: .max, .mxn)
        let least = Money(minor: .min, .mxn)
        #expect(throws: MoneyError.tooLarge) { try most + Money(minor: 1, .mxn) }
        #expect(throws: MoneyError.tooLarge) { try least - Money(minor: 1, .mxn) }
        #expect(throws: MoneyError.tooLarge) { try -least }
        #expect(throws: MoneyError.tooLarge) { try least * -1 }
        #expect(throws: MoneyError.tooLarge) { try most * 2 }
        #expect(throws: MoneyError.tooLarge) { try most.times(3, over: 2, .towardZero) }
        #expect(throws: MoneyError.tooLarge) { try Money(minor: .max, .cop).rounded(.awayFromZero) }
        #expect(throws: MoneyError.noParts) { try most.times(1, over: 0, .towardZero) }
    }

    @Test(
        arguments: [
            (25, 1, 10, [3, 2, 2, 3]), (35, 1, 10, [4, 4, 3, 4]), (-25, 1, 10, [-3, -2, -2, -3]),
            (24, 1, 10, [2, 2, 2, 3]), (26, 1, 10, [3, 3, 2, 3]), (-26, 1, 10, [-3, -3, -2, -3]),
            (20, 1, 10, [2, 2, 2, 2]),
            (0, 1, 3, [0, 0, 0, 0]), (25, -1, 10, [-3, -2, -2, -3]), (25, 1, -10, [-3, -2, -2, -3]),
            (.max, 1_000_000, 1_000_000, [.max, .max, .max, .max]), (35_000, 10, 31, [11_290, 11_290, 11_290, 11_291]),
        ] as [(Int64, Int64, Int64, [Int64])])
    func `a fraction is rounded once, as told`(minor: Int64, over: Int64, under: Int64, results: [Int64]) throws {
        let money = Money(minor: minor, .mxn)
        let rounded = try Rounding.allCases.map { try money.times(over, over: under, $0).minor }
        #expect(rounded == results)
    }

    @Test func `a tax is exact to the ten-thousandth of a percent`() throws {
        #expect(try Money(minor: 100_000, .mxn).times(Percentage(16), .halfAwayFromZero).minor == 16_000)
        #expect(try Money(minor: 99_999, .mxn).times(Percentage(16), .halfAwayFromZero).minor == 16_000)
        #expect(try Money(minor: 1_000_000, .cop).times(Percentage(millionths: 4140), .halfToEven).minor == 4140)
        #expect(try Money(minor: 5_000_050, .cop).rounded(.halfAwayFromZero).minor == 5_000_100)
        #expect(try Money(minor: 5_000_049, .cop).rounded(.halfAwayFromZero).minor == 5_000_000)
        #expect(try Money(minor: 55, .clp).rounded(.halfAwayFromZero).minor == 55)
    }

    @Test(
        arguments: [
            (100, [1, 1, 1], [34, 33, 33]), (-100, [1, 1, 1], [-34, -33, -33]), (5, [3, 7], [2, 3]),
            (1, [1, 1], [1, 0]),
            (10, [0, 1, 0], [0, 10, 0]), (0, [1, 2], [0, 0]), (7, [1, 1, 1, 1], [2, 2, 2, 1]),
            (101, [30, 1], [98, 3]),
            (.max, [1, 1], [4_611_686_018_427_387_904, 4_611_686_018_427_387_903]),
        ] as [(Int64, [Int64], [Int64])])
    func `parts follow their weights and sum to the whole`(minor: Int64, weights: [Int64], parts: [Int64]) throws {
        #expect(try Money(minor: minor, .mxn).split(by: weights).map(\.minor) == parts)
    }

    @Test func `parts of any amount sum to it exactly`() throws {
        var randomness = SeededRandomness(seed: 7)
        for _ in 0..<5000 {
            let minor =
                Int64.random(in: .min ... .max, using: &randomness) >> Int64.random(in: 0..<64, using: &randomness)
            let money = Money(minor: minor, Currency.allCases.randomElement(using: &randomness)!)
            let weights = (0..<Int.random(in: 1...40, using: &randomness)).map { _ in
                Int64.random(in: 0...1_000_000, using: &randomness) * Int64.random(in: 0...1, using: &randomness)
            }
            let parts = try money.split(by: weights + [1])
            #expect(try Money.sum(of: parts, in: money.currency) == money)
            #expect(zip(parts, weights).allSatisfy { $1 != 0 || $0.isZero })
            let equal = try money.split(into: weights.count).map(\.minor)
            let step = minor % money.currency.smallestShown == 0 ? money.currency.smallestShown : 1
            #expect(equal.reduce(0, +) == minor && equal.max()! - equal.min()! <= step)
        }
    }

    @Test func `an amount is kept as a text and read again, the negative too`() {
        let kept: [(Money, String)] = [
            (Money(minor: 123_450, .mxn), "1234.50 MXN"), (Money(minor: -550, .mxn), "-5.50 MXN"),
            (Money(minor: -5, .mxn), "-0.05 MXN"), (Money(minor: 700, .clp), "700 CLP"),
            (Money(minor: .min, .mxn), "-92233720368547758.08 MXN"),
        ]
        for (money, text) in kept {
            #expect(money.plainText == text)
            #expect(Money(plainText: text) == money)
        }
        for text in [
            "", "MXN", "5.5 MXN", "5,50 MXN", "5.50", "5.50 XXX", "+5.50 MXN", "05.50 MXN", "5.50  MXN", "1e3 MXN",
        ] {
            #expect(Money(plainText: text) == nil)
        }
    }

    @Test func `what shows no centavos is split into what shows none`() throws {
        #expect(try Money(minor: 10_000, .cop).split(into: 3).map(\.minor) == [3400, 3300, 3300])
        #expect(try Money(minor: 10_001, .cop).split(into: 3).map(\.minor) == [3334, 3334, 3333])
    }

    @Test func `nothing is split into no parts`() {
        let money = Money(minor: 100, .mxn)
        #expect(throws: MoneyError.noParts) { try money.split(into: 0) }
        #expect(throws: MoneyError.noParts) { try money.split(by: []) }
        #expect(throws: MoneyError.noParts) { try money.split(by: [0, 0]) }
        #expect(throws: MoneyError.noParts) { try money.split(by: [2, -1]) }
    }
}
