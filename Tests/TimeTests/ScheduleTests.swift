import Testing

@testable import Time

@Suite struct ScheduleTests {
    @Test(
        arguments: [
            // Schedule, zone, after, the next three.
            (
                "30 8 * * mon-fri", "America/Lima", "2026-11-20T13:30:00Z",
                ["2026-11-23T13:30", "2026-11-24T13:30", "2026-11-25T13:30"]
            ),
            (
                "*/20 * * * *", "UTC", "2026-11-20T23:39:59Z",
                ["2026-11-20T23:40", "2026-11-21T00:00", "2026-11-21T00:20"]
            ),
            (
                "0 0 31 * *", "UTC", "2027-01-31T00:00:00Z",
                ["2027-03-31T00:00", "2027-05-31T00:00", "2027-07-31T00:00"]
            ),
            (
                "0 12 29 feb *", "UTC", "2096-02-29T12:00:00Z",
                ["2104-02-29T12:00", "2108-02-29T12:00", "2112-02-29T12:00"]
            ),
            (
                "5,10 1-3/2 1 1,7 *", "UTC", "2026-12-31T00:00:00Z",
                ["2027-01-01T01:05", "2027-01-01T01:10", "2027-01-01T03:05"]
            ),
            ("0 0 * * 7", "UTC", "2026-11-20T00:00:00Z", ["2026-11-22T00:00", "2026-11-29T00:00", "2026-12-06T00:00"]),
            (
                "0 0 * * Fri-Sun", "UTC", "2026-11-20T00:00:00Z",
                ["2026-11-21T00:00", "2026-11-22T00:00", "2026-11-27T00:00"]
            ),
            // The thirteenth or a Friday, as cron has it; with a star in either, both must hold.
            (
                "0 0 13 * fri", "UTC", "2026-11-10T00:00:00Z",
                ["2026-11-13T00:00", "2026-11-20T00:00", "2026-11-27T00:00"]
            ),
            (
                "0 0 */2 * fri", "UTC", "2026-11-10T00:00:00Z",
                ["2026-11-13T00:00", "2026-11-27T00:00", "2026-12-11T00:00"]
            ),
            // Santiago skips 00:00 to 01:00 on 8 September 2024: made up for at 01:00, once.
            (
                "0 0 * * *", "America/Santiago", "2024-09-07T04:00:00Z",
                ["2024-09-08T04:00", "2024-09-09T03:00", "2024-09-10T03:00"]
            ),
            (
                "0,20,40 0 * * *", "America/Santiago", "2024-09-07T04:40:00Z",
                ["2024-09-08T04:00", "2024-09-09T03:00", "2024-09-09T03:20"]
            ),
            // What falls on the end of the gap and what fell into it are one.
            (
                "30 0,1 * * *", "America/Santiago", "2024-09-07T06:00:00Z",
                ["2024-09-08T04:00", "2024-09-08T04:30", "2024-09-09T03:30"]
            ),
            (
                "0 0,1 * * *", "America/Santiago", "2024-09-07T06:00:00Z",
                ["2024-09-08T04:00", "2024-09-09T03:00", "2024-09-09T04:00"]
            ),
            // Santiago shows 23:00 to 24:00 of 6 April 2024 twice: once, the first time.
            (
                "30 23 * * *", "America/Santiago", "2024-04-06T00:00:00Z",
                ["2024-04-06T02:30", "2024-04-07T02:30", "2024-04-08T03:30"]
            ),
            (
                "59 23 * * *", "America/Santiago", "2024-04-07T03:10:00Z",
                ["2024-04-08T03:59", "2024-04-09T03:59", "2024-04-10T03:59"]
            ),
            // Every hour is every hour.
            (
                "30 * * * *", "America/Santiago", "2024-04-07T01:30:00Z",
                ["2024-04-07T02:30", "2024-04-07T03:30", "2024-04-07T04:30"]
            ),
            (
                "30 * * * *", "America/Santiago", "2024-09-08T03:00:00Z",
                ["2024-09-08T03:30", "2024-09-08T04:30", "2024-09-08T05:30"]
            ),
            (
                "45 3 * * *", "Asia/Kathmandu", "2026-11-20T00:00:00Z",
                ["2026-11-20T22:00", "2026-11-21T22:00", "2026-11-22T22:00"]
            ),
        ] as [(String, String, String, [String])])
    func `the next times are those of the place`(text: String, zone: String, after: String, times: [String]) throws {
        let schedule = try Schedule(text)
        let zone = try TimeZone.named(zone)
        var instant = try #require(Instant(rfc3339: after))
        for time in times {
            instant = try #require(schedule.next(after: instant, in: zone))
            #expect(instant.rfc3339 == time + ":00.000Z")
        }
    }

    @Test func `what never comes has no next time`() throws {
        let schedule = try Schedule("0 0 30 feb *")
        #expect(try schedule.next(after: Instant(seconds: 0), in: .named("America/Havana")) == nil)
    }

    @Test func `a fraction of a second before the time is before the time`() throws {
        let schedule = try Schedule("0 0 * * *")
        let midnight = try #require(Instant(rfc3339: "2026-11-20T00:00:00Z"))
        #expect(schedule.next(after: midnight - .microseconds(1), in: .utc) == midnight)
        #expect(schedule.next(after: midnight, in: .utc) == midnight + .seconds(86_400))
    }

    /// Minute by minute through changes of the clock: each time it shows is met once, and every one is.
    @Test(arguments: ZoneChange.all.filter { (1_735_689_600..<1_767_225_600).contains($0.at) })
    func `no time is missed and none comes twice`(change: ZoneChange) throws {
        let zone = try TimeZone.named(change.zone)
        let midnight = zone.day(at: Instant(seconds: change.at)).start(in: zone)
        let minutes = (-2 * 1440..<7 * 1440).map { midnight + .seconds($0 * 60) }
        for text in ["15 * * * *", "15 0 * * *", "*/10 1,2,23 * * *", "0 0-3 * * sun", "45 1 * 3,4,9,10,11 *"] {
            let schedule = try Schedule(text)
            let shown = minutes.filter { minute in
                let local = zone.local(at: minute)
                let isFirstTime = zone.instant(of: local.day, at: local.time) == minute
                return schedule.shows(local) && (isFirstTime || text.hasPrefix("15 *"))
            }
            var met: [Instant] = []
            var last = minutes[0] - .seconds(1)
            while let time = schedule.next(after: last, in: zone), time <= minutes[minutes.count - 1] {
                // Times made up for after a gap are checked above.
                if schedule.shows(zone.local(at: time)) { met.append(time) }
                last = time
            }
            #expect(met == shown, "\(text)")
        }
    }

    @Test(arguments: [
        "", "* * * *", "* * * * * *", "60 * * * *", "* 24 * * *", "* * 0 * *", "* * 32 * *", "* * * 13 *", "* * * * 8",
        "*/0 * * * *", "5-1 * * * *", "1,,2 * * * *", ",1 * * * *", "5/10 * * * *", "a * * * *", "* * * foo *",
        "-1 * * * *", "*-5 * * * *", "1.5 * * * *", "@daily", "* * * * mond", "99999999999999999999 * * * *",
    ])
    func `what is no schedule is refused`(text: String) {
        #expect(throws: ScheduleError.self) { try Schedule(text) }
    }

    @Test func `a refusal names the field`() throws {
        let error = #expect(throws: ScheduleError.self) { try Schedule("0 25 * * *") }
        #expect(error?.description == "'25' is no hour of a schedule")
    }
}

extension Schedule {
    fileprivate func shows(_ local: LocalTime) -> Bool {
        let day = local.day
        let matchesDay = daysOfMonth >> UInt64(day.dayOfMonth) & 1 == 1
        let matchesWeekday = weekdays >> UInt64(day.weekday.rawValue % 7) & 1 == 1
        return minutes >> UInt64(local.time.minute) & 1 == 1 && hours >> UInt64(local.time.hour) & 1 == 1
            && months >> UInt64(day.month.number) & 1 == 1 && matchesDay && matchesWeekday && local.time.second == 0
    }
}
