import Testing
import Time

@testable import RouterOS

@Suite struct ValueTests {
    @Test(
        arguments: [
            ("1w2d3h4m5s", .seconds(788_645)), ("1d7h44m20s", .seconds(114_260)), ("0s", .zero), ("30", .seconds(30)),
            ("453us", .microseconds(453)), ("1ms200us", .microseconds(1200)), ("5s300ms", .milliseconds(5300)),
            ("00:00:10", .seconds(10)), ("1d07:44:20", .seconds(114_260)),
            ("1w1d00:00:00.5", .milliseconds(691_200_500)),
        ] as [(String, Duration)])
    func `spans are read in every form that versions write`(text: String, span: Duration) {
        #expect(RouterDuration.parse(text) == span)
    }

    @Test(arguments: [
        "", "never", "none", "s", "1x", "1h2", "12:60:00", "1:2", "99999999999999999999w", "900000000000000w", "-5s",
        "1 s",
        "999999999:00:00:00", "1d1:", "١s",
    ])
    func `what is no span is none, however large`(text: String) { #expect(RouterDuration.parse(text) == nil) }

    @Test func `a span is written as routers take it`() {
        #expect(RouterDuration.text(.seconds(788_645)) == "1w2d3h4m5s")
        #expect(RouterDuration.text(.milliseconds(300)) == "300ms")
        #expect(RouterDuration.text(.zero) == "0s")
        #expect(RouterDuration.text(.seconds(-5)) == "0s")
        #expect(RouterDuration.text(.seconds(Int64.max)) == "52285w5d")
    }

    @Test(
        arguments: [
            ("10M", 10_000_000), ("512k", 512_000), ("1G", 1_000_000_000), ("2.5M", 2_500_000), ("2500000", 2_500_000),
            ("0", 0),
            ("unlimited", 0), ("64K", 64_000),
        ] as [(String, UInt64)])
    func `rates are read with their letters`(text: String, bits: UInt64) { #expect(RouterRate.parse(text) == bits) }

    @Test(arguments: [
        "", "M", "10Mbps", "-1", "1.2.3M", "99999999999999999999", "99999999999999G", "1.M1", "+5", "1.0000000001G",
    ])
    func `what is no rate is none`(text: String) { #expect(RouterRate.parse(text) == nil) }

    @Test func `pairs are upload and download`() {
        #expect(RouterPair("10M/50M", RouterRate.parse) == RouterPair(up: 10_000_000, down: 50_000_000))
        #expect(RouterPair("10M", RouterRate.parse) == RouterPair(up: 10_000_000, down: 10_000_000))
        #expect(RouterPair("10M/", RouterRate.parse) == nil)
        #expect(RouterPair("1/2/3", RouterRate.parse) == nil)
        #expect(RouterRate.text(2_500_000) == "2500k")
        #expect(RouterRate.text(2_500_001) == "2500001")
    }

    @Test func `a profile's limit is read with its bursts`() throws {
        let limit = try #require(RouterRateLimit("10M/50M 20M/100M 8M/40M 10s/12s 8 1M/2M"))
        #expect(limit.rate.down == 50_000_000 && limit.burst?.up == 20_000_000 && limit.threshold?.down == 40_000_000)
        #expect(limit.burstTime?.down == .seconds(12) && limit.priority == 8 && limit.minimum?.down == 2_000_000)
        #expect(RouterRateLimit("64k")?.rate == RouterPair(up: 64_000, down: 64_000))
        #expect(RouterRateLimit("64k/64k")?.burst == nil)
        for text in ["", "x", "10M 20M 8M 10s 9", "1M 1M 1M 1s 8 1M 1M", "10M/50M burst"] {
            #expect(RouterRateLimit(text) == nil)
        }
    }

    @Test func `both ways of writing a date are read`() throws {
        for text in ["2025-01-31 12:05:09", "jan/31/2025 12:05:09", "Jan/31/2025 12:05:09"] {
            let clock = try #require(RouterClock(text))
            #expect(clock.day == Day(year: 2025, month: 1, day: 31))
            #expect(clock.time == TimeOfDay(hour: 12, minute: 5, second: 9))
        }
        for text in ["", "2025-02-30 00:00:00", "jan/31/2025", "never", "2025-01-31 24:00:00", "999999-01-01 00:00:00"]
        {
            #expect(RouterClock(text) == nil)
        }
    }

    @Test func `versions are read and compared`() throws {
        let version = try #require(RouterVersion("7.19.2 (stable)"))
        #expect(version == RouterVersion(7, 19, 2))
        #expect(try #require(RouterVersion("6.49.10 (long-term)")) < version)
        #expect(try #require(RouterVersion("7.1beta4")) < RouterVersion(7, 1))
        #expect(try #require(RouterVersion("7.16rc1")).isPreview)
        for text in ["", "7", "x.y", "7.999999999999", "7.1.2.3", ".7"] { #expect(RouterVersion(text) == nil) }
    }

    @Test func `what a version can do is known`() {
        let (old, middle, new) = (
            RouterCapabilities(RouterVersion(6, 49, 10)), RouterCapabilities(RouterVersion(7, 16)),
            RouterCapabilities(RouterVersion(7, 19))
        )
        #expect(old.takesPassword && !RouterCapabilities(RouterVersion(6, 42)).takesPassword)
        #expect([old, middle, new].map(\.saysEmpty) == [false, false, true])
        #expect([old, middle, new].map(\.writesISODates) == [false, true, true])
        #expect([old, middle, new].map(\.hasRoutingTables) == [false, true, true])
        #expect([old, middle, new].map(\.hidesSecrets) == [false, true, true])
        #expect([old, middle, new].map(\.splitsQueueTypes) == [false, false, true])
        #expect(old.fileContentBytes == 4096)
    }

    @Test(
        arguments: [
            ("failure: secret with the same name already exists", .alreadyExists),
            ("failure: already have such name", .alreadyExists),
            ("failure: already have user with this name for this server", .alreadyExists),
            ("input does not match any value of profile", .noSuchReference("profile")),
            ("no such item (4)", .noSuchItem),
            ("no such command prefix", .noSuchCommand), ("no such command or directory (user-manager)", .noSuchCommand),
            ("not enough permissions (9)", .notPermitted), ("std failure: not allowed (9)", .notPermitted),
            ("interrupted", .interrupted), ("invalid value for argument address", .badValue),
            ("unknown parameter foo", .badParameter),
            ("ambiguous value of interface, more than one possible value matches input", .badValue),
            ("action timed out - try again, if error continues contact MikroTik support", .timedOut),
            ("failure: contents too long", .other),
            ("No Such Item", .other),
        ] as [(String, RouterTrap.Kind)])
    func `a refusal is known by its words`(message: String, kind: RouterTrap.Kind) {
        #expect(RouterTrap(message: message).kind == kind)
    }
}
