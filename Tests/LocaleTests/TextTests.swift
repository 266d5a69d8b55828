import Testing
import Time

@testable import Locale

@Suite struct TextTests {
    @Test(arguments: moneyTable)
    func `money is written as in its country`(tag: String, minor: Int64, currency: Currency, text: String) throws {
        #expect(Money(minor: minor, currency).text(for: try reader(tag)).readable == text)
    }

    @Test(arguments: dateTable)
    func `days and times are written as in their country`(tag: String, texts: [String]) throws {
        let reader = try reader(tag)
        let day = try #require(Day(iso: "2026-11-20"))
        let third = try #require(Day(iso: "2026-09-03"))
        let instant = { (time: String) in try #require(Instant(rfc3339: "2026-11-20T\(time):00Z")) }
        let ends = try ["2026-11-20", "2026-11-25", "2026-12-02", "2027-01-05"].map { try #require(Day(iso: $0)) }
        let written =
            try [
                third.text(.short, for: reader), third.text(for: reader), day.text(.full, for: reader),
                try #require(Month(year: 2026, month: 3)).text(for: reader),
                try #require(TimeOfDay(hour: 0, minute: 5)).text(for: reader),
                try #require(TimeOfDay(hour: 15, minute: 4)).text(for: reader),
                instant("12:00").text(in: .utc, for: reader), instant("09:30").text(.short, in: .utc, for: reader),
                instant("23:59").text(.full, in: .utc, for: reader),
            ] + ends.map { (day...$0).text(for: reader) }
            + [-1234, -3, -2, -1, 0, 1, 2, 3].map { (day + $0).text(relativeTo: day, for: reader) }
        #expect(written.map(\.readable) == texts)
    }

    @Test func `the clock is the place's, not the server's`() throws {
        let instant = try #require(Instant(rfc3339: "2026-11-21T04:30:00Z"))
        let text = instant.text(in: try .named("America/Mexico_City"), for: .mexican)
        #expect(text == "20 de noviembre de 2026 a las 10:30 p.m.")
    }

    @Test func `centavos that are not shown are rounded, and shown where each counts`() {
        let money = Money(minor: 123_456_789, .cop)
        #expect(money.text(for: .colombian).readable == "$·1.234.568")
        #expect(money.exactText(for: .colombian).readable == "$·1.234.567,89")
        #expect(Money(minor: 100, .cop).exactText(for: .colombian).readable == "$·1")
        #expect(Money(minor: 1, .mxn).exactText(for: .mexican) == "$0.01")
        #expect(Money(minor: -40, .cop).text(for: .colombian).readable == "$·0")
    }

    @Test func `numbers keep every digit up to the largest`() throws {
        #expect(Int64.min.text(for: .mexican) == "-9,223,372,036,854,775,808")
        #expect(Int64.max.text(for: .colombian) == "9.223.372.036.854.775.807")
        #expect(Money(minor: .min, .mxn).text(for: .mexican) == "-$92,233,720,368,547,758.08")
        #expect(Money(minor: .min, .cop).exactText(for: .colombian).readable == "-$·92.233.720.368.547.758,08")
        #expect(DecimalNumber(-5, places: 3).text(for: .colombian) == "-0,005")
        #expect(DecimalNumber(1_200_500, places: 3).text(for: .mexican) == "1,200.5")
        #expect(DecimalNumber(1, places: 18).text(for: .mexican) == "0.000000000000000001")
    }

    @Test(arguments: [(160_000, "16%"), (82_500, "8,25%"), (4140, "0,414%"), (-1, "-0,0001%"), (0, "0%")])
    func `a rate shows the decimals it has`(millionths: Int64, text: String) {
        #expect(Percentage(millionths: millionths).text(for: .colombian) == text)
    }

    @Test(
        arguments: [
            (0, "0 B", "0 bps"), (999, "999 B", "999 bps"), (1000, "1 kB", "1 kbps"), (1449, "1.4 kB", "1.4 kbps"),
            (1450, "1.5 kB", "1.5 kbps"), (999_949, "999.9 kB", "999.9 kbps"), (999_950, "1 MB", "1 Mbps"),
            (100_000_000, "100 MB", "100 Mbps"), (2_500_000_000, "2.5 GB", "2.5 Gbps"), (.max, "9.2 EB", "9.2 Ebps"),
            (-1500, "-1.5 kB", "-1.5 kbps"),
        ] as [(Int64, String, String)])
    func `sizes and speeds take the unit that fits`(amount: Int64, size: String, rate: String) {
        #expect(DataSize(bytes: amount).text(for: .mexican) == size)
        #expect(DataRate(bitsPerSecond: amount).text(for: .mexican) == rate)
    }

    @Test func `a week begins where the country begins it`() {
        let mondays = Region.allCases.filter { $0.firstWeekday == .monday }
        #expect(mondays == [.costaRica, .cuba, .ecuador, .bolivia, .chile, .argentina, .uruguay, .spain])
        #expect(Weekday.monday.text(for: .mexican) == "lunes")
    }
}

extension Reader {
    static let mexican = Reader(.es, in: .mexico)
    static let colombian = Reader(.es, in: .colombia)
    static let english = Reader(.en, in: .mexico)
    static let brazilian = Reader(.pt, in: .brazil)

    static let all =
        // Not where we leave CLDR: Costa Rica, Honduras, and El Salvador, whose day before yesterday it alone calls antier.
        [
            Region.mexico, .colombia, .peru, .argentina, .chile, .ecuador, .guatemala, .nicaragua, .panama,
            .cuba, .dominicanRepublic, .puertoRico, .venezuela, .bolivia, .uruguay, .paraguay, .spain,
        ].map { Reader(.es, in: $0) }
        + [brazilian, english]
}

func reader(_ tag: String) throws -> Reader { try #require(Reader.all.first { $0.languageTag == tag }) }

extension String {
    /// With the spaces that cannot be told apart made visible.
    var readable: String {
        String(String.UnicodeScalarView(unicodeScalars.map { $0 == "\u{A0}" ? "·" : $0 == "\u{2009}" ? "~" : $0 }))
    }
}
