import Testing

@testable import Time

@Suite struct ZoneTests {
    @Test(arguments: ZoneChange.all)
    func `a clock changes at its moment, and what it skips or shows twice has one meaning`(change: ZoneChange) throws {
        let zone = try TimeZone.named(change.zone)
        #expect(zone.local(at: Instant(seconds: change.at - 1)).offset == change.from)
        #expect(zone.local(at: Instant(seconds: change.at)).offset == change.to)
        #expect(zone.local(at: Instant(seconds: change.at)).abbreviation == change.abbreviation)

        let opening = change.at + max(change.from, change.to)
        let middle = change.at + (change.from + change.to) / 2
        let isGap = change.to > change.from
        #expect(zone.instant(showing: middle).seconds == (isGap ? change.at : middle - change.from))
        #expect(zone.instant(showing: opening).seconds == opening - change.to)
        #expect(zone.instant(showing: change.at + change.from - 1).seconds == change.at - 1)
    }

    @Test(arguments: ZoneReading.all)
    func `clocks show what they show elsewhere, and back`(reading: ZoneReading) throws {
        let zone = try TimeZone.named(reading.zone)
        let instant = Instant(seconds: reading.at)
        let local = zone.local(at: instant)
        #expect(local.day.iso == reading.day)
        #expect(local.time.text == reading.clock)
        #expect(local.offset == reading.offset)
        #expect(local.abbreviation == reading.abbreviation)
        #expect(zone.day(at: instant) == local.day)
        #expect(zone.instant(of: local.day, at: local.time) == instant)
    }

    @Test(arguments: [
        ("America/Santiago", "2024-09-08", "2024-09-08T04:00:00.000Z"),
        ("America/Asuncion", "2024-10-06", "2024-10-06T04:00:00.000Z"),
        ("America/Havana", "2024-03-10", "2024-03-10T05:00:00.000Z"),
        ("America/Havana", "2024-11-03", "2024-11-03T04:00:00.000Z"),
        ("America/Mexico_City", "2026-11-20", "2026-11-20T06:00:00.000Z"),
        ("Pacific/Apia", "2011-12-30", "2011-12-30T10:00:00.000Z"),
        ("UTC", "1969-12-31", "1969-12-31T00:00:00.000Z"),
    ])
    func `a business day starts at midnight or right after the gap`(zone: String, day: String, start: String) throws {
        #expect(try #require(Day(iso: day)).start(in: TimeZone.named(zone)).rfc3339 == start)
    }

    @Test(arguments: ["America/Havana", "America/Santiago", "Europe/Madrid", "Australia/Lord_Howe", "Asia/Kathmandu"])
    func `days follow one another without hole or overlap`(name: String) throws {
        let zone = try TimeZone.named(name)
        let wrong = (Int32(19_700)..<23_400).map(Day.init(number:)).filter { day in
            let start = day.start(in: zone)
            return zone.day(at: start) != day || zone.day(at: start - .microseconds(1)) != day - 1
        }
        #expect(wrong.isEmpty)
    }

    @Test(arguments: [
        "", "America", "America/", "/UTC", "../zoneinfo/UTC", "America/../UTC", "America//Lima", "tzdata.zi",
        "Mexico City",
        "america/lima", "Nowhere/Here", "right/UTC", "leapseconds", "UTC\0", "posixrules/..",
        String(repeating: "A", count: 200),
    ])
    func `what is no zone is refused`(name: String) {
        #expect(throws: TimeZoneError.self) { try TimeZone.named(name) }
    }

    @Test func `the built-in UTC is the one on disk`() throws {
        let zone = try TimeZone.named("UTC")
        #expect(zone == TimeZone.utc)
        #expect(
            zone.local(at: Instant(seconds: 1_800_000_000)) == TimeZone.utc.local(at: Instant(seconds: 1_800_000_000)))
    }
}

extension TimeZone {
    func instant(showing seconds: Int64) -> Instant {
        let (day, time) = wallClock(at: seconds)
        return instant(of: day, at: time)
    }
}

extension TimeOfDay {
    var text: String {
        var bytes: [UInt8] = []
        appendClock(to: &bytes)
        return String(decoding: bytes, as: UTF8.self)
    }
}
