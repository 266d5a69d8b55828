import Testing

@testable import Time

@Suite struct ZoneFileTests {
    @Test(arguments: [
        // Rule, moment, offset then.
        ("<-03>3", "2030-01-01T00:00:00Z", -10_800),
        ("EST5EDT,M3.2.0,M11.1.0", "2040-03-11T06:59:59Z", -18_000),
        ("EST5EDT,M3.2.0,M11.1.0", "2040-03-11T07:00:00Z", -14_400),
        ("EST5EDT,M3.2.0,M11.1.0", "2040-11-04T05:59:59Z", -14_400),
        ("EST5EDT,M3.2.0,M11.1.0", "2040-11-04T06:00:00Z", -18_000),
        // South of the equator summer goes over the new year.
        ("<-04>4<-03>,M9.1.6/24,M4.1.6/24", "2050-01-01T00:00:00Z", -10_800),
        ("<-04>4<-03>,M9.1.6/24,M4.1.6/24", "2050-07-01T00:00:00Z", -14_400),
        // Ireland calls its winter the exception.
        ("IST-1GMT0,M10.5.0,M3.5.0/1", "2050-07-01T00:00:00Z", 3600),
        ("IST-1GMT0,M10.5.0,M3.5.0/1", "2050-12-31T23:59:59Z", 0),
        // The hour of the change may lie outside its day.
        ("<-02>2<-01>,M3.5.0/-1,M10.5.0/0", "2050-03-27T00:59:59Z", -7200),
        ("<-02>2<-01>,M3.5.0/-1,M10.5.0/0", "2050-03-27T01:00:00Z", -3600),
        // By the number of the day, with and without the leap day; 1 March 2028 here.
        ("AAA0BBB,J60/0,J300/0", "2028-02-29T23:59:59Z", 0),
        ("AAA0BBB,J60/0,J300/0", "2028-03-01T00:00:00Z", 3600),
        ("AAA0BBB,60/0,300/0", "2028-03-01T00:00:00Z", 3600),
        ("AAA0BBB,60/0,300/0", "2027-03-01T23:59:59Z", 0),
        // Summer all year long.
        ("XXX3EDT4,0/0,J365/23", "2050-01-01T03:00:00Z", -14_400),
        ("XXX3EDT4,0/0,J365/23", "2050-07-01T00:00:00Z", -14_400),
        ("LHS-10:30LHD-11,M10.1.0,M4.1.0", "2050-07-01T00:00:00Z", 37_800),
    ])
    func `the rule for the years to come is followed`(posix: String, moment: String, offset: Int64) throws {
        let rule = try #require(TimeZoneRule(posix: posix.utf8))
        #expect(rule.clock(at: try #require(Instant(rfc3339: moment)).seconds).0.offset == offset)
    }

    @Test(arguments: [
        "", "EST", "5", "EST5EDT", "EST5EDT,M3.2.0", "EST5EDT,M13.2.0,M11.1.0", "EST5EDT,M3.6.0,M11.1.0",
        "EST5EDT,J0,J300", "EST5EDT,366,300", "<-03", "EST5EDT,M3.2.0,M11.1.0 ", "EST5:60", "EST168",
    ])
    func `a rule that cannot be read is refused`(posix: String) {
        #expect(TimeZoneRule(posix: posix.utf8) == nil)
    }

    @Test func `a file is read from end to end or not at all`() {
        let whole = zoneFile(footer: "\nAAA1BBB,M3.2.0,M11.1.0\n")
        #expect(TimeZoneFile(whole)?.changes == [1000, 2000])
        #expect(TimeZoneFile(whole)?.clocks.map(\.offset) == [7200, 3600])
        #expect(TimeZoneFile(whole)?.clockBefore == .init(offset: 3600, abbreviation: "AAA"))
        #expect(TimeZoneFile(whole)?.rule?.summer != nil)
        for count in whole.indices { #expect(TimeZoneFile(Array(whole[..<count])) == nil) }
    }

    @Test func `after the last record without a rule the last clock stays`() throws {
        let file = try #require(TimeZoneFile(zoneFile(footer: "\n\n")))
        let history = TimeZoneHistory(
            changes: file.changes, clocks: file.clocks, clockBefore: file.clockBefore, rule: file.rule)
        #expect(history.period(at: 999) == TimeZonePeriod(from: .min, until: 1000, offset: 3600, abbreviation: "AAA"))
        #expect(history.period(at: 1000) == TimeZonePeriod(from: 1000, until: 2000, offset: 7200, abbreviation: "BBB"))
        #expect(history.period(at: 2000) == TimeZonePeriod(from: 2000, until: .max, offset: 3600, abbreviation: "AAA"))
    }

    @Test(
        arguments: [
            ("version 1", 4, 0), ("leap seconds", 44 + 31, 1), ("a clock that is not there", 88 + 16, 9),
            ("a name that is not there", 88 + 18 + 5, 99), ("an offset beyond a day", 88 + 18 + 1, 99),
        ] as [(String, Int, UInt8)])
    func `a damaged file is refused`(damage: String, position: Int, byte: UInt8) {
        var bytes = zoneFile(footer: "\n\n")
        bytes[position] = byte
        #expect(TimeZoneFile(bytes) == nil)
    }

    /// Two changes between two clocks: AAA (+1 h) before, BBB (+2 h) from 1000, AAA again from 2000.
    private func zoneFile(footer: String) -> [UInt8] {
        var bytes = header(times: 0, types: 0, letters: 0) + header(times: 2, types: 2, letters: 8)
        bytes += [0, 0, 0, 0, 0, 0, 3, 232, 0, 0, 0, 0, 0, 0, 7, 208]
        bytes += [1, 0]
        bytes += [0, 0, 14, 16, 0, 0] + [0, 0, 28, 32, 1, 4]
        return bytes + Array("AAA\0BBB\0".utf8) + Array(footer.utf8)
    }

    private func header(times: UInt8, types: UInt8, letters: UInt8) -> [UInt8] {
        let counts: [UInt8] = [0, 0, 0, times, types, letters]
        return Array("TZif2".utf8) + [UInt8](repeating: 0, count: 15) + counts.flatMap { [0, 0, 0, $0] }
    }
}
