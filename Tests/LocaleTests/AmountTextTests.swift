import Testing

@testable import Locale

@Suite struct AmountTextTests {
    @Test(
        arguments: [
            ("1,234.50", 123_450), ("1.234,50", 123_450), ("1234.5", 123_450), ("1234", 123_400), ("1,234", 123_400),
            ("$1,234.50", 123_450), (" $ 1,234.50 ", 123_450), ("MXN\u{A0}1,234.50", 123_450), ("1234.50 MXN", 123_450),
            ("-$5", -500), ("$-5", -500), ("- 5", -500), ("0.05", 5), ("12,50", 1250), ("1,234,567", 123_456_700),
            ("1.234.567", 123_456_700), ("1.234.567,8", 123_456_780), ("0", 0), ("007", 700), ("0.50", 50),
            ("10000000000.00", Money.most), ("-10,000,000,000", -Money.most),
        ] as [(String, Int64)])
    func `a Mexican types pesos`(text: String, minor: Int64) throws {
        #expect(try Money(typed: text, in: .mxn, for: .mexican) == Money(minor: minor, .mxn))
    }

    @Test(
        arguments: [
            ("1.234.568", Reader.colombian, Currency.cop, 123_456_800), ("$ 1.234.568", .colombian, .cop, 123_456_800),
            ("1.234", .colombian, .cop, 123_400), ("50000", .colombian, .cop, 5_000_000),
            ("1.234,50", .colombian, .cop, 123_450), ("1,50", .colombian, .cop, 150), ("12.50", .colombian, .usd, 1250),
            ("US$ 12,50", .colombian, .usd, 1250), ("1.234", Reader(.es, in: .chile), .clp, 1234),
            ("$-1.234", Reader(.es, in: .chile), .clp, -1234), ("R$ 1.234,50", .brazilian, .brl, 123_450),
            ("12.50", Reader(.es, in: .argentina), .ars, 1250), ("S/ 1,234.50", Reader(.es, in: .peru), .pen, 123_450),
            ("1.234,50 €", .brazilian, .eur, 123_450), ("$1,234.50", .english, .usd, 123_450),
        ] as [(String, Reader, Currency, Int64)])
    func `others type as they write`(text: String, reader: Reader, currency: Currency, minor: Int64) throws {
        #expect(try Money(typed: text, in: currency, for: reader).minor == minor)
    }

    @Test(
        arguments: [
            ("", Reader.mexican, Currency.mxn, AmountRefusal.empty), ("  ", .mexican, .mxn, .empty),
            ("abc", .mexican, .mxn, .notANumber), ("$", .mexican, .mxn, .notANumber),
            ("12x4", .mexican, .mxn, .notANumber),
            (".50", .mexican, .mxn, .notANumber), ("12.", .mexican, .mxn, .notANumber),
            ("--5", .mexican, .mxn, .notANumber), ("+5", .mexican, .mxn, .notANumber),
            ("1 234.50", .mexican, .mxn, .notANumber), ("１２", .mexican, .mxn, .notANumber),
            ("1e3", .mexican, .mxn, .notANumber),
            ("1.234", .mexican, .mxn, .ambiguous), ("1,234", .colombian, .cop, .ambiguous),
            ("1,234", Reader(.es, in: .chile), .clp, .ambiguous), ("1.50", .colombian, .cop, .ambiguous),
            ("12.34", Reader(.es, in: .chile), .clp, .ambiguous), ("1,2345", .mexican, .mxn, .ambiguous),
            ("1,23,456", .mexican, .mxn, .badGroups), ("1,23,456.00", .mexican, .mxn, .badGroups),
            ("1234,567.00", .mexican, .mxn, .badGroups), ("0,123,456", .mexican, .mxn, .badGroups),
            ("1,,234.00", .mexican, .mxn, .badGroups), ("1.234,567.89", .mexican, .mxn, .badGroups),
            ("1.2345", .mexican, .mxn, .tooManyDecimals), ("0.500", .mexican, .mxn, .tooManyDecimals),
            ("1,234.567", .mexican, .mxn, .tooManyDecimals), ("12,5", Reader(.es, in: .chile), .clp, .tooManyDecimals),
            ("USD 5", .mexican, .mxn, .otherCurrency), ("S/ 50", .mexican, .mxn, .otherCurrency),
            ("$50", .mexican, .usd, .otherCurrency), ("50 €", .mexican, .mxn, .otherCurrency),
            ("10000000000.01", .mexican, .mxn, .tooLarge), ("92233720368547758.08", .mexican, .mxn, .tooLarge),
            ("99999999999999999999999", .mexican, .mxn, .tooLarge), ("10.000.000.001", .colombian, .cop, .tooLarge),
        ] as [(String, Reader, Currency, AmountRefusal)])
    func `what could mean two things, or nothing, is refused with the reason`(
        text: String, reader: Reader, currency: Currency, refusal: AmountRefusal
    ) {
        #expect(throws: refusal) { try Money(typed: text, in: currency, for: reader) }
    }

    @Test func `what we write can be typed back`() throws {
        var randomness = SeededRandomness(seed: 3)
        for reader in Reader.all {
            for currency in Currency.allCases {
                let money = Money(minor: .random(in: -10_000_000_000...10_000_000_000, using: &randomness), currency)
                #expect(try Money(typed: money.exactText(for: reader), in: currency, for: reader) == money)
            }
        }
    }

    @Test func `the reason shows how to write it`() {
        #expect(
            AmountRefusal.ambiguous.text(in: .cop, for: .colombian).readable
                == "No queda claro si el separador es de miles o de decimales. Se escribe así: $·1.234.")
        #expect(AmountRefusal.notANumber.text(in: .mxn, for: .mexican).hasSuffix("así: $1,234.50."))
        #expect(AmountRefusal.tooLarge.text(in: .clp, for: .brazilian) == "O valor é grande demais.")
        #expect(AmountRefusal.problems == [])
    }
}
