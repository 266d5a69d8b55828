import Testing

@testable import Time

@Suite struct DayTests {
    @Test(arguments: [
        (1970, 1, 1, 0, Weekday.thursday), (2026, 11, 20, 20_777, .friday), (2000, 2, 29, 11_016, .tuesday),
        (1969, 12, 31, -1, .wednesday), (1582, 10, 15, -141_427, .friday), (0, 3, 1, -719_468, .wednesday),
        (9999, 12, 31, 2_932_896, .friday), (2100, 3, 1, 47_541, .monday),
    ])
    func `a date has its number and its weekday`(year: Int, month: Int, day: Int, number: Int32, weekday: Weekday)
        throws
    {
        let date = try #require(Day(year: year, month: month, day: day))
        #expect(date.number == number)
        #expect(date.weekday == weekday)
        #expect((date.year, date.month.number, date.dayOfMonth) == (year, month, day))
    }

    @Test func `every day of 800 years comes back from its parts, one after the other`() throws {
        var previous = try #require(Day(year: 1599, month: 12, day: 31))
        var wrong: [Day] = []
        for _ in 0..<292_194 {
            let day = previous + 1
            let (month, number) = day.monthAndDay
            let comesBack = Day(year: month.year, month: month.number, day: number) == day
            let (monthBefore, numberBefore) = previous.monthAndDay
            let isNextInMonth = month == monthBefore && number == numberBefore + 1
            let isNextMonth = month == monthBefore + 1 && number == 1 && numberBefore == monthBefore.days
            if !comesBack || !(isNextInMonth || isNextMonth) { wrong.append(day) }
            previous = day
        }
        #expect(wrong.isEmpty)
        #expect(previous.iso == "2399-12-31")
    }

    @Test func `leap years have 29 days in February, centuries only every fourth`() throws {
        for (year, days) in [(2027, 28), (2028, 29), (2000, 29), (2100, 28), (2400, 29), (0, 29)] {
            #expect(try #require(Month(year: year, month: 2)).days == days)
        }
    }

    @Test func `days and months beyond the calendar do not exist`() {
        for (year, month, day) in [
            (2027, 2, 29), (2027, 0, 1), (2027, 13, 1), (2027, 4, 31), (2027, 4, 0), (2_000_000, 1, 1),
        ] {
            #expect(Day(year: year, month: month, day: day) == nil)
        }
    }

    @Test func `a thirty-first goes to the last day of short months and comes back`() throws {
        let start = try #require(Day(iso: "2027-01-31"))
        var day = start
        var dates: [String] = []
        for _ in 0..<14 {
            day = day.adding(months: 1, anchor: 31)
            dates.append(day.iso)
        }
        #expect(
            dates == [
                "2027-02-28", "2027-03-31", "2027-04-30", "2027-05-31", "2027-06-30", "2027-07-31", "2027-08-31",
                "2027-09-30", "2027-10-31", "2027-11-30", "2027-12-31", "2028-01-31", "2028-02-29", "2028-03-31",
            ])
        #expect(start.adding(months: 14, anchor: 31) == day)
        #expect(day.adding(months: -14, anchor: 31) == start)
        #expect(day.adding(months: -1, anchor: 30).iso == "2028-02-29")
    }

    @Test func `months count on over the years`() throws {
        let month = try #require(Month(year: 2026, month: 11))
        #expect((month + 2) == Month(year: 2027, month: 1))
        #expect((month - 23) == Month(year: 2024, month: 12))
        #expect((month + 14) - month == 14)
        #expect(month.first.iso == "2026-11-01")
        #expect(month.last.iso == "2026-11-30")
        #expect((month.first...month.last).count == 30)
    }

    @Test(arguments: ["2026-11-20", "0000-02-29", "9999-12-31", "2028-02-29"])
    func `an ISO day is read and written the same`(text: String) throws {
        #expect(try #require(Day(iso: text)).iso == text)
        #expect(Day(iso: Array(text.utf8)[...])?.iso == text)
    }

    @Test(arguments: [
        "", "2026-11-2", "2026-11-020", "20261120", "2026-11-31", "2026-13-01", "2026-00-01", "2026/11/20",
        " 2026-11-20",
        "2026-11-20 ", "2026-11-20T00:00:00Z", "+2026-11-20", "-026-11-20", "2026-1１-20", "2027-02-29",
    ])
    func `anything else is no ISO day`(text: String) {
        #expect(Day(iso: text) == nil)
    }

    @Test func `a clock goes from midnight to a second before midnight`() {
        #expect(TimeOfDay(hour: 23, minute: 59, second: 59)?.seconds == 86_399)
        #expect(TimeOfDay(hour: 24, minute: 0) == nil)
        #expect(TimeOfDay(hour: 0, minute: 60) == nil)
        #expect(TimeOfDay(hour: 0, minute: 0, second: 60) == nil)
        #expect(TimeOfDay(hour: 0, minute: 0) == .midnight)
    }
}
