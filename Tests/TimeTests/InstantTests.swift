import Testing

@testable import Time

@Suite struct InstantTests {
    @Test(arguments: [
        ("2026-11-20T15:04:05Z", "2026-11-20T15:04:05.000Z"),
        ("2026-11-20T15:04:05.25Z", "2026-11-20T15:04:05.250Z"),
        ("2026-11-20T15:04:05.123456789Z", "2026-11-20T15:04:05.123Z"),
        ("2026-11-20T15:04:05-06:00", "2026-11-20T21:04:05.000Z"),
        ("2026-11-20T15:04:05.999999+05:45", "2026-11-20T09:19:05.999Z"),
        ("2026-12-31T23:59:59-00:01", "2027-01-01T00:00:59.000Z"),
        ("1969-12-31T23:59:59.999999Z", "1969-12-31T23:59:59.999Z"),
        ("0000-01-01T00:00:00Z", "0000-01-01T00:00:00.000Z"),
        ("9999-12-31T23:59:59.999Z", "9999-12-31T23:59:59.999Z"),
        ("2026-11-20T15:04:05-00:00", "2026-11-20T15:04:05.000Z"),
    ])
    func `RFC 3339 is read with any offset and written in UTC`(text: String, written: String) throws {
        let instant = try #require(Instant(rfc3339: text))
        #expect(instant.rfc3339 == written)
        var bytes = Array("at ".utf8)
        instant.appendRFC3339(to: &bytes)
        #expect(bytes == Array("at \(written)".utf8))
    }

    @Test func `microseconds are read to the last`() {
        #expect(Instant(rfc3339: "1970-01-01T00:00:00.0000019Z")?.microseconds == 1)
        #expect(Instant(rfc3339: "1970-01-01T00:00:00.1Z")?.microseconds == 100_000)
        #expect(Instant(rfc3339: "1970-01-01T01:00:00.000001+01:00")?.microseconds == 1)
    }

    @Test(arguments: [
        "", "2026-11-20", "2026-11-20T15:04:05", "2026-11-20 15:04:05Z", "2026-11-20t15:04:05Z", "2026-11-20T15:04:05z",
        "2026-11-20T15:04Z", "2026-11-20T24:00:00Z", "2026-11-20T15:60:05Z", "2026-12-31T23:59:60Z",
        "2026-11-20T15:04:05.Z", "2026-11-20T15:04:05,5Z", "2026-11-20T15:04:05+0600", "2026-11-20T15:04:05+24:00",
        "2026-11-20T15:04:05+06:60", "2026-11-20T15:04:05Z ", "2026-02-29T00:00:00Z", "26-11-20T15:04:05Z",
    ])
    func `anything else is no RFC 3339`(text: String) {
        #expect(Instant(rfc3339: text) == nil)
    }

    @Test func `an HTTP date is read and written the same`() throws {
        let instant = try #require(Instant(httpDate: "Sun, 06 Nov 1994 08:49:37 GMT"))
        #expect(instant.seconds == 784_111_777)
        #expect(instant.httpDate == "Sun, 06 Nov 1994 08:49:37 GMT")
        for day in 0..<400 {
            let instant = Instant(seconds: 1_790_000_000 + Int64(day) * 90_061)
            #expect(Instant(httpDate: instant.httpDate) == instant)
        }
    }

    @Test(arguments: [
        "", "Mon, 06 Nov 1994 08:49:37 GMT", "Sun, 6 Nov 1994 08:49:37 GMT", "Sun, 06 Nov 1994 08:49:37 UTC",
        "Sun, 06 nov 1994 08:49:37 GMT", "Sunday, 06-Nov-94 08:49:37 GMT", "Sun Nov  6 08:49:37 1994",
        "Sun, 31 Nov 1994 08:49:37 GMT", "Sun, 06 Nov 1994 08:49:37 GMT ", "Sun, 06 Nov 1994 8:49:37 GMT",
    ])
    func `anything else is no HTTP date`(text: String) {
        #expect(Instant(httpDate: text) == nil)
    }

    @Test func `instants a log may hold but no standard can write do not stop the program`() {
        #expect(Instant(microseconds: .max).rfc3339 == "+294247-01-10T04:00:54.775Z")
        #expect(Instant(microseconds: .min).rfc3339 == "-290308-12-21T19:59:05.224Z")
    }

    @Test func `moments before 1970 round towards the past`() {
        #expect(Instant(microseconds: -1).seconds == -1)
        #expect(Instant(microseconds: -1).milliseconds == -1)
        #expect(Instant(seconds: 5) - .milliseconds(5001) == Instant(microseconds: -1000))
        #expect(Instant(seconds: 5) - Instant(seconds: 3) == .seconds(2))
    }

    @Test func `the system's time goes on`() {
        let first = TimeSource.system.now()
        #expect(first > Instant(seconds: 1_700_000_000))
        #expect(TimeSource.system.now() >= first)
    }
}
