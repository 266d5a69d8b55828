import Access
import Addresses
import Declarations
import Events
import HTTP
import Identifiers
import Identity
import Locale
import Loop
import Nouns
import Plans
import Postgres
import RouterOSAccess
import RouterOSLab
import ShellSupport
import Synchronization
import Tenancy
import TenantSupport
import TestSupport
import Testing
import Time
import Zones

@testable import Monitoring
@testable import Routers

/// What is watched and whether it answers, in the panel and as polls find it.
@Suite struct DeviceTests {
    static func with(_ body: (TestTenant, TestTenant) async throws -> Void) async throws {
        try await withTenants(declaring: .zones, .plans, .routers, .monitoring, body: body)
    }

    @Test func `one poll without an answer changes nothing, two make it down since the first, an answer ends it`() {
        let begin = Instant(seconds: 1000)
        var state = DeviceState()
        #expect(state.answered(by: .ping, latency: 900, at: begin) == nil)
        #expect(state.failed(because: "silence", at: begin + .seconds(120)) == nil)
        #expect(state.standing == .up && state.since == begin)
        #expect(state.answered(by: .ping, latency: 900, at: begin + .seconds(240)) == nil)
        #expect(state.failed(because: "silence", at: begin + .seconds(360)) == nil)
        #expect(state.failed(because: "silence", at: begin + .seconds(480)) == .wentDown)
        #expect(state.standing == .down && state.since == begin + .seconds(360))
        #expect(state.failed(because: "silence", at: begin + .seconds(600)) == nil)
        #expect(state.answered(by: .ping, latency: nil, at: begin + .seconds(720)) == .cameUp)
        #expect(state.standing == .up && state.failedPolls == 0)
    }

    @Test func `a device is added within the company's networks, and the neighbour sees nothing of it`() async throws {
        try await Self.with { norte, sur in
            try await norte.declareNetworks()
            let ana = try await Person(norte, norte.everything) { routes, _ in
                DeviceRoutes(norte.devices()).add(to: &routes)
            }
            func send(_ fields: String, to path: String = "/panel/devices") async throws -> Answer {
                let form = try await ana.see("/panel/devices/new").hidden("form") ?? ""
                return try await ana.send(path, "form=\(form)&port=161&watched=yes&\(fields)")
            }
            let outside = try await send("name=Sector&kind=access_point&method=ping&address=192.0.2.7")
            #expect(outside.status == .unprocessableContent && outside.text.contains("Redes de equipos"))
            let open = try await send("name=Sector&kind=access_point&method=snmp&address=10.0.0.7")
            #expect(open.status == .unprocessableContent && open.text.contains("comunidad SNMP"))
            let made = try await send("name=Sector&kind=access_point&method=snmp&address=10.0.0.7&community=lectura")
            let place = try #require(made.place)
            let device = try #require(try await norte.database.devices().first?.device)
            #expect(device.hasCommunity && place == device.panelPath)
            let stored = try #require(try await norte.database.community(of: device.id))
            #expect(!String(decoding: stored, as: UTF8.self).contains("lectura"))
            let page = try await ana.see(place)
            #expect(page.text.contains("Sin datos") && !page.text.contains("lectura"))
            // Moved elsewhere, the kept community is asked for again.
            let moved = try await send(
                "name=Sector&kind=access_point&method=snmp&address=10.0.0.8&community=", to: place)
            #expect(moved.status == .unprocessableContent)
            let below = try await send(
                "name=Cliente&kind=cpe&method=ping&address=10.0.0.9&upstream=\(device.id)")
            let child = try #require(try await norte.database.devices().last?.device)
            #expect(below.status == .seeOther && child.upstream == device.id)
            #expect(try await norte.database.hangs(child.id, on: device.id))
            let loop = try await send(
                "name=Sector&kind=access_point&method=snmp&address=10.0.0.7&upstream=\(child.id)", to: place)
            #expect(loop.status == .unprocessableContent && loop.text.contains("cuelga"))
            #expect(try await ana.see(place).text.contains("Cliente"))

            let stranger = try await Person(sur, sur.everything) { routes, _ in
                DeviceRoutes(sur.devices()).add(to: &routes)
            }
            #expect(try await stranger.see(place).status == .notFound)
            #expect(try await !stranger.see("/panel/devices").text.contains("\(device.id)"))
            #expect(try await ana.send("\(place)/delete").status == .seeOther)
            #expect(try await norte.database.device(child.id)?.upstream == nil)
        }
    }

    @Test func `the monitor that is off says so in red, and by whom`() async throws {
        try await Self.with { norte, _ in
            let ana = try await Person(norte, norte.everything) { routes, _ in
                DeviceRoutes(norte.devices()).add(to: &routes)
            }
            #expect(try await !ana.see("/panel/devices").text.contains("Monitor apagado"))
            #expect(try await ana.send("/panel/devices/monitor?to=off").status == .seeOther)
            let page = try await ana.see("/panel/devices").text
            #expect(page.contains("notice-bad") && page.contains("Monitor apagado") && page.contains("Ana"))
            #expect(try await ana.send("/panel/devices/monitor?to=on").status == .seeOther)
            #expect(try await !ana.see("/panel/devices").text.contains("Monitor apagado"))
            let kinds = try await norte.database.events(limit: 10).map(\.kind)
            #expect(kinds.contains("monitor.turned_off") && kinds.contains("monitor.turned_on"))
        }
    }

    @Test func `a router is a device by itself, and is down after two polls without its API`() async throws {
        try await Self.with { norte, sur in
            let lab = await RouterLab.start(RouterLab.Plan(), on: Loops.tests.all[0])
            let port = try await lab.listen()
            let dialer = norte.dialer(reaching: port)
            let acts = RouterActs(dialer, randomness: norte.site.randomness)
            var router = acts.blank(at: norte.now)
            (router.name, router.address, router.port) = ("Torre", "127.0.0.1", Int(port))
            (router.login, router.password) = ("admin", "")
            _ = try await acts.add(router, by: norte.commandLine, in: norte.database)
            let device = try #require(try await norte.database.devices().first?.device)
            #expect(device.name == "Torre" && device.router == router.id && device.kind == .router)
            func poll() async throws -> DeviceState {
                let round = PollRound(norte, dialer)
                try await round.poll(norte.database.devices())
                norte.site.clock.advance(by: .seconds(120))
                return try #require(try await norte.database.deviceState(device.id))
            }
            var state = try await poll()
            #expect(state.standing == .up && state.model.contains("RouterOS"))
            lab.close()
            state = try await poll()
            #expect(state.standing == .up && state.failedPolls == 1)
            state = try await poll()
            #expect(state.standing == .down && state.trouble == "router_silence")
            state = try await poll()
            let told = try await norte.database.events(limit: 50).map(\.kind).filter { $0.hasPrefix("device.") }
            #expect(told == ["device.down"])
            #expect(try await sur.database.devices().isEmpty)
        }
    }

    @Test func `where this server has lost its own network no device is down, and once it is back they may be`()
        async throws
    {
        try await Self.with { norte, _ in
            let lab = await RouterLab.start(RouterLab.Plan(), on: Loops.tests.all[0])
            let port = try await lab.listen()
            _ = try await lab.listen(at: .v4(0x7F00_0002), port: port)
            let dialer = norte.dialer(reaching: port)
            try await norte.addRouters(2, by: dialer, at: port)
            func poll(_ uplink: Uplink) async throws -> [DeviceState] {
                try await PollRound(norte, dialer, uplink).poll(norte.database.devices())
                norte.site.clock.advance(by: .seconds(120))
                return try await norte.database.devices().map(\.state)
            }
            let gateway = Gateway()
            let uplink = Uplink { _, _ in gateway.answers.load(ordering: .relaxed) }
            #expect(try await poll(uplink).map(\.standing) == [.up, .up])
            lab.close()
            gateway.answers.store(false, ordering: .relaxed)
            for _ in 1...3 {
                let states = try await poll(uplink)
                #expect(states.map(\.standing) == [.unknown, .unknown] && states[0].trouble == "no_uplink")
            }
            func told() async throws -> [String] {
                try await norte.database.events(limit: 50).map(\.kind).filter {
                    $0 == "device.down" || $0.hasPrefix("monitor.")
                }
            }
            #expect(try await told() == ["monitor.cut_off"])
            // A gateway that never answered proves nothing.
            let mute = Uplink { _, _ in false }
            _ = try await poll(mute)
            #expect(try await poll(mute).map(\.standing) == [.down, .down])
            #expect(try await told().count == 3)
        }
        let table =
            "Iface\tDestination\tGateway \tFlags\neth0\t0000000A\t00000000\t0001\neth0\t00000000\t010200C0\t0003\n"
        #expect(Uplink.gateway(in: table) == .v4(0xC000_0201))
        #expect(Uplink.gateway(in: "Iface\tDestination\tGateway \tFlags\n") == nil)
    }

    @Test func `a router that refuses the question is unknown, and the others are polled all the same`() async throws {
        try await Self.with { norte, _ in
            let lab = await RouterLab.start(RouterLab.Plan(), on: Loops.tests.all[0])
            await lab.inspect { router in
                router.addGroup("sin-lectura", policies: "api,test")
                router.addUser("ajeno", password: "", group: "sin-lectura")
            }
            let port = try await lab.listen()
            _ = try await lab.listen(at: .v4(0x7F00_0002), port: port)
            let dialer = norte.dialer(reaching: port)
            try await norte.addRouters(2, by: dialer, at: port)
            let refusing = try #require(try await norte.database.devices().first?.device)
            try await norte.database.execute(
                """
                UPDATE routers SET login = 'ajeno'
                WHERE tenant_id = \(norte.database.tenant) AND router_id = \(refusing.router)
                """)
            try await PollRound(norte, dialer).poll(norte.database.devices())
            let states = try await norte.database.devices().map(\.state)
            #expect(states.map(\.standing) == [.unknown, .up] && states[0].trouble == "refused")
        }
    }

    @Test func `what a device was asked with is erased when it moves elsewhere`() async throws {
        try await Self.with { norte, _ in
            try await norte.declareNetworks()
            let acts = norte.devices()
            var device = acts.blank(at: norte.now)
            (device.name, device.address, device.method, device.community) = ("Sector", "10.0.0.7", .snmp, "lectura")
            device = try await acts.add(device, to: norte.tenant, by: norte.commandLine, in: norte.database)
            var moved = device
            (moved.method, moved.address) = (.ping, "10.0.0.8")
            moved = try await acts.change(device, to: moved, by: norte.commandLine, in: norte.database)
            #expect(!moved.hasCommunity)
            let kept: Int? = try await norte.database.value(
                """
                SELECT count(*) FROM devices WHERE tenant_id = \(norte.database.tenant) AND community IS NOT NULL
                """)
            #expect(kept == 0)
        }
    }

    @Test func `the room's words are whole in every language`() {
        #expect(
            DeviceWords.problems == [] && DeviceAPIWords.problems == [] && DeviceRefusal.problems == []
                && DeviceTrouble.problems == [] && Metric.problems == [] && ChartWords.problems == [])
        #expect(Device.fields.flatMap(\.problems) == [])
    }
}

/// A gateway that may fall silent.
private final class Gateway: Sendable {
    let answers = Atomic<Bool>(true)
}

extension TestTenant {
    /// Routers at 127.0.0.1, 127.0.0.2 and so on.
    fileprivate func addRouters(_ count: Int, by dialer: RouterDialer, at port: UInt16) async throws {
        let acts = RouterActs(dialer, randomness: site.randomness)
        for number in 1...count {
            var router = acts.blank(at: now)
            (router.name, router.address, router.port) = ("Torre \(number)", "127.0.0.\(number)", Int(port))
            (router.login, router.password) = ("admin", "")
            _ = try await acts.add(router, by: commandLine, in: database)
        }
    }

    func dialer(reaching port: UInt16) -> RouterDialer {
        RouterDialer(RouterOSDriver(), vault: site.vault, on: .tests, labs: [(AddressRange("127.0.0.0/8")!, port)])
    }

    func devices(reaching port: UInt16 = 161) -> DeviceActs {
        DeviceActs(dialer(reaching: port), vault: site.vault, randomness: site.randomness)
    }

    func declareNetworks() async throws {
        try await database.execute(
            "INSERT INTO device_ranges (tenant_id, range) VALUES (\(database.tenant), '10.0.0.0/8')")
    }
}

extension PollRound {
    init(_ tenant: TestTenant, _ dialer: RouterDialer, _ uplink: Uplink = Uplink { _, _ in nil }) {
        self.init(
            dialer: dialer, vault: tenant.site.vault, database: tenant.database, time: tenant.site.clock.source,
            randomness: tenant.site.randomness, loop: Loops.tests.all[0], uplink: uplink)
    }
}
