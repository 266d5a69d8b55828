import Addresses
import Events
import Identifiers
import Locale
import Loop
import Postgres
import Routers
import SNMP
import SNMPLab
import ShellSupport
import Tenancy
import TenantSupport
import TestSupport
import Testing
import Time
import Vault

@testable import Monitoring

/// Polls of agents that are well, ill and gone, and what is kept of them.
@Suite struct PollTests {
    private static func octets(_ received: UInt64, _ sent: UInt64, narrow: Bool = false) -> InterfaceCounters.Octets {
        InterfaceCounters.Octets(received: received, sent: sent, isNarrow: narrow)
    }

    private static func counters(
        _ ticks: UInt32, _ seconds: Int64, _ octets: InterfaceCounters.Octets
    ) -> InterfaceCounters {
        InterfaceCounters(ticks: ticks, readAt: seconds * 1_000_000, interfaces: ["ether1": octets])
    }

    @Test func `rates survive a wrap, and a reset, a restart or a clock that jumps invents none`() {
        let before = Self.counters(100_000, 5000, Self.octets(1_000_000, 500))
        func rates(_ ticks: UInt32, _ seconds: Int64, _ octets: InterfaceCounters.Octets) -> [Int] {
            Self.counters(ticks, seconds, octets).rates(since: before).map(\.value)
        }
        // 15,000,000 octets in 120 s are 1 Mb/s.
        #expect(rates(112_000, 5120, Self.octets(16_000_000, 500)) == [1_000_000, 0])
        #expect(rates(112_000, 5120, Self.octets(10, 500)) == [])
        #expect(rates(3000, 5120, Self.octets(16_000_000, 500)) == [])
        #expect(rates(112_000, 905_120, Self.octets(16_000_000, 500)) == [])
        #expect(rates(9_000_000, 5120, Self.octets(16_000_000, 500)) == [])
        #expect(rates(112_000, 4000, Self.octets(16_000_000, 500)) == [])
        #expect(rates(112_000, 5120, Self.octets(.max, 500)) == [])
        let (old, new) = (UInt64(UInt32.max) - 999_999, UInt64(14_000_000))
        let narrow = Self.counters(100_000, 5000, Self.octets(old, 0, narrow: true))
        let wrapped = Self.counters(112_000, 5120, Self.octets(new, 0, narrow: true))
        #expect(wrapped.rates(since: narrow).map(\.value) == [1_000_000, 0])
        #expect(InterfaceCounters(wrapped.text) == wrapped)
        #expect(InterfaceCounters.growth(.max - 5, 4, narrow: false) == 10)
    }

    @Test func `a fleet is polled, its signal and traffic are charted, and one that fails is told of once`()
        async throws
    {
        try await DeviceTests.with { norte, sur in
            let loop = Loops.tests.all[0]
            let port = UInt16(23_000 + Int(Randomness.system.next() % 900))
            let lab = try await loop.run {
                var plan = SNMPLab.Plan()
                (plan.port, plan.kinds, plan.address) = (
                    port, [.sector, .backhaul, .switch, .sector], .v4(0x7F00_0601)
                )
                return try SNMPLab(plan, on: loop)
            }
            let acts = norte.devices(reaching: port)
            for index in 1...4 {
                var device = acts.blank(at: norte.now)
                (device.name, device.address, device.port) = ("Equipo \(index)", "127.0.6.\(index)", Int(port))
                (device.method, device.community) = (.snmp, index == 4 ? "otra" : "publica")
                _ = try await acts.add(device, to: norte.tenant, by: norte.commandLine, in: norte.database)
            }
            func poll() async throws -> [DeviceInState] {
                try await loop.run {
                    _ = try await PollRound(norte, acts.dialer).poll(norte.database.devices())
                    return try await norte.database.devices()
                }
            }
            let begin = Monotonic.read()
            var found = try await poll()
            #expect(found.map(\.state.standing) == [.up, .up, .up, .unknown])
            #expect(found.map(\.state.identity) == ["sector-1", "backhaul-2", "switch-3", ""])
            // The community is another, and this machine's own answer to a ping proves nothing.
            #expect(found[3].state.trouble == "snmp_silence" && found[3].state.failedPolls == 1)
            try await loop.run {
                lab.set(.garbage, at: 1)
                lab.set(.slow, at: 2)
                try await loop.sleep(for: .milliseconds(1100))
            }
            norte.site.clock.advance(by: Monotonic.read() - begin)
            found = try await poll()
            #expect(found[2].state.standing == .up && found[2].state.answeredBy == "snmp")
            #expect(found[1].state.trouble == "garbage" && found[1].state.standing == .up)
            #expect(found[3].state.standing == .down)
            let told = try await norte.database.events(limit: 50).map(\.kind)
            #expect(told.count { $0 == "device.down" } == 1)
            let measured = try await norte.database.measurements(of: found[0].device.id, over: .day, at: norte.now)
            let metrics = Set(measured.compactMap(\.metric))
            #expect(metrics.isSuperset(of: [.available, .signal, .ccq, .capacity, .cpu, .stations]))
            let traffic = measured.first { $0.metric == .trafficIn && $0.interface == "ath0" }
            // The lab counts 400,000 octets a second: 3.2 Mb/s.
            #expect((2_500_000...3_900_000).contains(traffic?.sum ?? 0))
            // The list and the chart say one figure, and what measured it.
            let latency = try #require(measured.last { $0.metric == .latency })
            #expect(latency.interface == Device.Method(rawValue: found[0].state.latencyBy)?.way)
            #expect(latency.most == found[0].state.latency || latency.least == found[0].state.latency)
            #expect(found[0].state.latencyText.hasSuffix(" ms (\(latency.interface))"))
            #expect(try await sur.database.measurements(of: found[0].device.id, over: .day, at: norte.now).isEmpty)
            let health = try await norte.database.networkHealth(at: norte.now)
            let values = health.sectors.map(\.value)
            #expect(values.count >= 2 && values == values.sorted() && health.sectors[0].name.hasPrefix("Equipo"))
            #expect(try await sur.database.networkHealth(at: norte.now).sectors.isEmpty)
            let person = try await Person(norte, norte.everything) { routes, _ in DeviceRoutes(acts).add(to: &routes) }
            let page = try await person.see(found[0].device.panelPath).text
            #expect(page.contains("<polyline") && page.contains("Señal") && page.contains("dBm"))
            #expect(page.contains(found[0].state.latencyText) && page.contains("class=\"narrow\""))
            #expect(page.contains("data-zoom=\"{&quot;unit&quot;:&quot;ms&quot;"))
            try await loop.run { lab.close() }
        }
    }

    @Test func `the lines across a chart have round figures, and its moments are round by the company's clock`() throws
    {
        func levels(_ metric: Metric, _ values: Int...) -> [String] {
            let points = values.map { Measurement(metric, $0) }
            let scale = LineChart.Scale([LineChart.Line(name: "", points: points)], metric)
            return scale.levels.map { metric.text($0, for: Reader(.es, in: .mexico)) }
        }
        #expect(levels(.latency, 3100, 7200) == ["0 ms", "2 ms", "4 ms", "6 ms", "8 ms"])
        #expect(levels(.trafficIn, 93_000_000) == ["0 Mb/s", "50 Mb/s", "100 Mb/s"])
        #expect(levels(.available, 97) == ["0 %", "25 %", "50 %", "75 %", "100 %"])
        #expect(levels(.signal, -61, -74) == ["-80 dBm", "-70 dBm", "-60 dBm"])
        #expect(levels(.latency) == levels(.latency, 0))
        let zone = try TimeZone.named("America/Mexico_City")
        let end = Instant(seconds: 1_796_000_000)
        let hours = ChartSpan.day.moments(until: end, in: zone, sparsely: false).map { zone.local(at: $0).time }
        #expect(hours.count == 8 && hours.allSatisfy { $0.hour % 3 == 0 && $0.minute == 0 })
        for span in ChartSpan.allCases {
            #expect((2...8).contains(span.moments(until: end, in: zone, sparsely: false).count))
            #expect((2...4).contains(span.moments(until: end, in: zone, sparsely: true).count))
        }
    }

    @Test func `samples become sums of five minutes, an hour and a day, and a year is drawn from them`() async throws {
        try await DeviceTests.with { norte, _ in
            try await norte.declareNetworks()
            let acts = norte.devices()
            var device = acts.blank(at: norte.now)
            (device.name, device.address) = ("Sector", "10.0.0.7")
            _ = try await acts.add(device, to: norte.tenant, by: norte.commandLine, in: norte.database)
            let zone = norte.tenant.timeZone
            let midnight = zone.day(at: norte.now).start(in: zone)
            let begin = midnight - .seconds(3600)
            try await norte.database.keepSampleDays(at: begin)
            try await norte.database.keepSampleDays(at: begin + .seconds(86_400))
            // Every two minutes around midnight: -60, -62, -60, …
            let polls = (0..<60).map { poll in
                Measured(
                    device: device.id, at: begin + .seconds(Int64(poll) * 120),
                    readings: [Reading(.signal, poll.isMultiple(of: 2) ? -60 : -62)])
            }
            try await norte.database.put(polls)
            try await norte.database.put(polls)
            let end = begin + .seconds(7200)
            try await norte.database.rollSamples(in: zone, at: begin + .seconds(300))
            try await norte.database.rollSamples(in: zone, at: end)
            try await norte.database.rollSamples(in: zone, at: end)
            let year = try await norte.database.measurements(of: device.id, over: .year, at: end)
            #expect(year.reduce(0) { $0 + $1.count } == 30)
            #expect(year.first?.least == -62 && year.first?.most == -60 && year.first?.mean == -61)
            for span in [ChartSpan.day, .week, .month] {
                let points = try await norte.database.measurements(of: device.id, over: span, at: end)
                #expect(points.reduce(0) { $0 + $1.count } == 60)
            }
        }
    }
}
