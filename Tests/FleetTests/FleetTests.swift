import Access
import AccessProtocol
import Addresses
import Assembly
import Declarations
import Events
import FleetProtocol
import HTTP
import Identifiers
import Ledger
import Locale
import Loop
import Nouns
import Postgres
import RouterOSAccess
import ShellSupport
import Tenancy
import TenantSupport
import TestSupport
import Testing
import Time
import UISP
import UISPLab
import WebClient
import Zones

@testable import Customers
@testable import Fleet
@testable import Plans
@testable import Routers
@testable import Services

/// A company's antennas as its UISP keeps them, in the panel and as the rounds read them.
@Suite struct FleetTests {
    @Test func `the fleet is read with its states, a second round changes nothing, what vanishes stays`() async throws {
        try await Scene.with { scene in
            let (norte, sur) = (scene.norte, scene.sur)
            let first = try #require(try await scene.sync())
            #expect(first.added == 226 && first.intruders == ["NanoStation ajena 1"])
            let states = try await scene.states()
            #expect(states == [.up: 187, .down: 15, .unknown: 3, .phantom: 20, .intruder: 1])
            #expect(try #require(try await scene.sync()).isNothing)
            let sites = try await norte.database.fleetSites()
            #expect(sites.count { $0.kind == .site } == 27 && sites.count { $0.kind == .endpoint } == 225)
            #expect(
                try await norte.database.fleetOutages(limit: 50).count { $0.endedAt == nil && $0.device != nil } == 15)
            // Two are gone and one is down: the rest stays as it was, and the company is told once.
            try await scene.tell("vanish/1", "vanish/2", "outages")
            try await scene.tell("device/3", with: "status=disconnected")
            let second = try #require(try await scene.sync())
            #expect(second.vanished.count == 2 && second.changed == 1 && second.added == 0)
            #expect(try await scene.states()[.vanished] == 2)
            #expect(try #require(try await scene.sync()).isNothing)
            #expect(try await norte.database.fleetOutages(limit: 50).allSatisfy { $0.endedAt != nil })
            let told = try await norte.database.events(limit: 20).map(\.kind).filter { $0.hasPrefix("fleet_") }
            #expect(Set(told) == ["fleet_controller.created", "fleet_intruders.found", "fleet_devices.vanished"])
            #expect(told.count == 3)
            // Nothing that is answered wrongly changes anything, and it is said what was wrong.
            for (fault, word) in [("status=500", "troubled"), ("status=&rename=status:state", "unreadable")] {
                #expect(scene.lab.fail(by: fault))
                #expect(try await scene.sync() == nil)
                let state = try #require(try await norte.database.controller(scene.controller.id)).state
                #expect(state.health == .down && state.trouble == word)
            }
            #expect(try await scene.states()[.vanished] == 2)
            #expect(try await sur.database.fleetDevices().isEmpty)
            #expect(try await sur.database.controllers().isEmpty)
        }
    }

    @Test func `phantoms are removed after confirmation, a device that somebody has never is`() async throws {
        try await Scene.with { scene in
            _ = try await scene.sync()
            let (ana, database) = (try await scene.person(), scene.norte.database)
            let devices = try await database.fleetDevices()
            let phantoms = devices.filter { $0.standing == .phantom }
            let live = try #require(devices.first { $0.standing == .up })
            func fields(_ devices: [FleetDevice]) -> String { devices.map { "id=\($0.id)" }.joined(separator: "&") }
            let asked = try await ana.send("/panel/fleet/removal/new", fields(phantoms))
            #expect(asked.status == .ok && phantoms.allSatisfy { asked.text.contains($0.mac) })
            let form = asked.hidden("form") ?? ""
            let mixed = try await ana.send("/panel/fleet/removal", "form=\(form)&\(fields(phantoms + [live]))")
            #expect(mixed.status == .conflict && scene.lab.devices == 226)
            #expect(try await ana.send("/panel/fleet/removal", "form=\(form)&\(fields(phantoms))").status == .seeOther)
            #expect(scene.lab.devices == 206)
            #expect(try await scene.states()[.phantom] == nil)
            #expect(try #require(try await scene.sync()).isNothing)
        }
    }

    @Test func `a device is adopted for a service once, an intruder is not, and what waits is closed with a reason`()
        async throws
    {
        try await Scene.with { scene in
            _ = try await scene.sync()
            let (ana, database) = (try await scene.person(), scene.norte.database)
            let service = try await scene.norte.sellService(named: "Ana Robles")
            let devices = try await database.fleetDevices()
            let waiting = try #require(devices.first { $0.standing == .unknown })
            let site = try #require(try await database.fleetSites().first { $0.kind == .endpoint })
            let page = try await ana.see("\(waiting.panelPath)/authorize")
            let sent = "form=\(page.hidden("form") ?? "")&site=\(site.uid)&service=1"
            for _ in 0..<2 { #expect(try await ana.send("\(waiting.panelPath)/authorize", sent).status == .seeOther) }
            #expect(scene.lab.writes == 1)
            let adopted = try #require(try await database.fleetDevice(waiting.id))
            #expect(adopted.isAuthorized && adopted.service == service && adopted.siteName == site.name)
            let acts = try await database.events(limit: 20).map(\.kind)
            #expect(
                acts.count { $0 == "fleet_device.authorized" } == 1 && acts.count { $0 == "fleet_device.linked" } == 1)
            let intruder = try #require(devices.first { $0.standing == .intruder })
            #expect(try await ana.send("\(intruder.panelPath)/authorize", sent).status == .conflict)
            let down = try #require(devices.first { $0.standing == .down })
            let empty = try await ana.send("\(down.panelPath)/close", "reason=")
            #expect(empty.status == .unprocessableContent)
            #expect(try await ana.send("\(down.panelPath)/close", "reason=Cliente+de+viaje").status == .seeOther)
            #expect(try await database.fleetDevice(down.id)?.work == .closed)
            #expect(try await ana.see(down.panelPath).text.contains("Cliente de viaje"))
            let list = try await ana.see("/panel/fleet/devices?work=open&standing=down")
            #expect(list.text.contains("14") && !list.text.contains("\(down.id)"))
            let file = try await ana.download("/panel/fleet/devices.csv?standing=intruder")
            #expect(file.status == .ok && file.text.contains("NanoStation ajena 1"))
            for path in ["/panel/fleet/sites", "/panel/fleet/outages", "/panel/fleet/cross", "/panel/fleet/gaps"] {
                #expect(try await ana.see(path).status == .ok, "\(path)")
            }
        }
    }

    @Test func `a token is kept sealed, asked for again elsewhere, and tried with a word of what is wrong`()
        async throws
    {
        try await Scene.with { scene in
            let (ana, database) = (try await scene.person(), scene.norte.database)
            let path = scene.controller.panelPath
            let sealed = try #require(try await database.sealedToken(of: scene.controller.id))
            #expect(!String(decoding: sealed, as: UTF8.self).contains("lab"))
            let good = try await ana.send("\(path)/trial")
            #expect(good.text.contains("el token sirve") && good.text.contains("226"))
            let revision = try await ana.see("\(path)/edit")
            let head =
                "form=\(revision.hidden("form") ?? "")&revision=\(revision.hidden("revision") ?? "")&name=UISP&on=yes"
            let elsewhere = try await ana.send(path, "\(head)&address=http://127.0.0.1:1&token=")
            #expect(elsewhere.status == .unprocessableContent)
            let outside = try await ana.send(path, "\(head)&address=http://uisp.example.net&token=x")
            #expect(outside.status == .unprocessableContent && outside.text.contains("https"))
            #expect(scene.lab.fail(by: "status=401"))
            let refused = try await ana.send("\(path)/trial")
            #expect(refused.text.contains("UISP no acepta el token"))
            #expect(try await database.controller(scene.controller.id)?.state.trouble == "token_refused")
        }
    }

    @Test func `what differs is kept with its date, counted by name each day, and a second comparison changes nothing`()
        async throws
    {
        try await Scene.with { scene in
            _ = try await scene.sync()
            let (norte, database) = (scene.norte, scene.norte.database)
            let service = try await norte.sellService(named: "Ana Robles")
            try await norte.bind(service, as: "ana")
            var readings = RouterReadings()
            var router = Router(id: .make(milliseconds: 1, from: norte.site.randomness))
            router.cutProfile = "Morosos"
            readings.add(
                ObservedAccess(
                    accounts: [
                        .init(id: "1", login: "ana", profile: "Morosos"),
                        .init(id: "2", login: "solo", profile: "Plan"),
                    ],
                    sessions: [
                        .init(id: "3", login: "ana", address: "10.20.0.2", caller: UISPLab.mac(1)),
                        .init(id: "4", login: "nadie", address: "10.20.0.3", caller: UISPLab.mac(20)),
                        .init(id: "5", login: "nadie", address: "10.20.0.4", caller: UISPLab.mac(30)),
                    ], listed: [.init(id: "6", address: "10.20.0.9")]), of: router)
            let pool = BlockingPool(threads: 1, queueLimit: 10, name: "makers")
            let today = norte.tenant.timeZone.day(at: norte.now)
            try await scene.acts.keep(readings, on: today, at: norte.now, workingOn: pool, in: database)
            let link = try #require(try await database.fleetLinks().first)
            #expect(link.service == service && link.evidence == .mac && link.proof == UISPLab.mac(1))
            func gaps() async throws -> [FleetGapInList] {
                let query = try ListQuery(FleetGapInList.list, Fields(["kind": "missing"]))
                return try await database.rows(database.gapRows(query))
            }
            #expect(Set(try await gaps().map(\.gap.cause)) == [.staleKey, .neverSeen])
            let totals = Dictionary(uniqueKeysWithValues: try await database.gapTotals().map { ($0.kind, $0.count) })
            #expect(totals[.secretAlone] == 1 && totals[.sessionUnknown] == 2 && totals[.sharedLogin] == 1)
            let before = try await gaps()
            try await scene.acts.keep(
                readings, on: today.advanced(by: 1), at: norte.now + .seconds(86_400), workingOn: pool, in: database)
            #expect(try await gaps().map(\.foundAt) == before.map(\.foundAt))
            let day = try await database.fleetDay(upTo: today)
            func count(_ kind: FleetCount.Kind) -> FleetDayCount? { day.first { $0.kind == kind } }
            #expect(count(.cutProfile)?.names == ["ana"] && count(.cutList)?.names == ["10.20.0.9"])
            #expect(count(.sessions)?.count == 3 && count(.endpoints)?.count == 225 && count(.linked)?.count == 1)
            let ana = try await scene.person()
            let page = try await ana.see("/panel/fleet/cross")
            #expect(page.status == .ok && page.text.contains("Ubiquiti ausentes de UISP"))
            #expect(try await scene.sur.database.fleetDay(upTo: today).isEmpty)
        }
    }

    @Test func `a connection string says what is wrong with it and how it should read`() {
        let key = "abcDEF0123456789abcDEF0123456789"
        let good = "wss://uisp.example.net:443+\(key)+allowUntrustedCertificate"
        #expect(ConnectionString.check(good).faults == [])
        let (old, right) = ConnectionString.check("wss://uisp.example.net:443+\(key)+allowSelfSignedCertificate")
        #expect(old == [.oldFlag] && right?.text == good)
        #expect(ConnectionString.check("https://uisp.example.net+\(key)").faults == [.scheme, .port])
        #expect(
            ConnectionString.check("wss://uisp.example.net:443+\(key) +allowUntrustedCertificate").faults == [.spaces])
        #expect(ConnectionString.check("wss://uisp.example.net:443").faults == [.key])
        #expect(ConnectionString.check("").right == nil)
    }

    @Test func `the room's words are whole in every language`() {
        #expect(FleetWords.problems + FleetAPIWords.problems + FleetRefusal.problems + FleetTrouble.problems == [])
        #expect(FleetDevice.Standing.problems + FleetDevice.Work.problems + FleetGap.Kind.problems == [])
        #expect(FleetGap.Cause.problems + LinkEvidence.problems + FleetCount.Kind.problems == [])
        #expect(ControllerState.Health.problems + ConnectionString.Fault.problems == [])
        #expect(FleetDevice.fields.flatMap(\.problems) + Controller.fields.flatMap(\.problems) == [])
        #expect(FleetGapInList.fields.flatMap(\.problems) == [])
    }
}

/// A company connected to a lab's UISP, with a neighbour that is not.
private struct Scene: Sendable {
    let norte: TestTenant
    let sur: TestTenant
    let lab: UISPLab
    let acts: FleetActs
    let controller: Controller
    let web: HTTPClient
    let origin: String
    let port: UInt16

    static func with(_ test: (Scene) async throws -> Void) async throws {
        try await withTenants(declaring: .customers, .zones, .plans, .services, .ledger, .routers, .fleet) {
            norte, sur in
            let lab = UISPLab(clock: norte.site.clock.source)
            try await RunningServer.run(handler: { await lab.answer($0) }) { server in
                guard case .ip(_, let port) = server.address else { return }
                let web = HTTPClient(on: server.loops.all[0], resolver: Resolver { _ in [] })
                let dialer = RouterDialer(
                    RouterOSDriver(), vault: norte.site.vault, on: .tests, labs: [(AddressRange("127.0.0.1")!, port)])
                let reach = FleetReach(
                    UISPDriver(web), dialer: dialer, vault: norte.site.vault,
                    web: WebAccess(web, egress: .publicOnly()))
                let acts = FleetActs(reach, randomness: norte.site.randomness)
                do {
                    var new = acts.blank(at: norte.now)
                    (new.name, new.address, new.token) = ("UISP", "http://127.0.0.1:\(port)/", "lab")
                    let controller = try await acts.add(
                        new, to: norte.tenant, by: norte.commandLine, in: norte.database)
                    try await test(
                        Scene(
                            norte: norte, sur: sur, lab: lab, acts: acts, controller: controller, web: web,
                            origin: "http://127.0.0.1:\(port)", port: port))
                    await web.close()
                } catch {
                    await web.close()
                    throw error
                }
            }
        }
    }

    func sync() async throws -> SyncOutcome? {
        try await acts.sync(controller, time: norte.site.clock.source, in: norte.database)
    }

    func states() async throws -> [FleetDevice.Standing: Int] {
        Dictionary(uniqueKeysWithValues: try await norte.database.fleetTotals().map { ($0.standing, $0.count) })
    }

    func person() async throws -> Person {
        try await Person(norte, norte.everything) { routes, _ in
            ControllerRoutes(acts).add(to: &routes)
            CrossRoutes(acts, files: .tests).add(to: &routes)
            FleetRoutes(acts, files: .tests).add(to: &routes)
        }
    }

    func tell(_ paths: String..., with form: String = "") async throws {
        for path in paths {
            let answer = try await web.send(
                WebRequest(
                    "POST", "\(origin)/lab/\(path)",
                    egress: .devices([.init(AddressRange("127.0.0.1")!, ports: [port], evenSpecial: true)]),
                    headers: ["Content-Type": "application/x-www-form-urlencoded"], body: .bytes(Array(form.utf8))))
            try #require(answer.status == 200)
        }
    }
}

extension TestTenant {
    fileprivate func sellService(named name: String) async throws -> Service.ID {
        var plan = Plan(id: newID(), in: tenant.currency)
        (plan.name, plan.price) = ("Hogar", Money(minor: 30_000, tenant.currency))
        (plan.download, plan.upload) = (Speed(kilobits: 10_000), Speed(kilobits: 5000))
        let customer = Customer(id: newID(), name: name, state: .active, since: Day(iso: "2026-01-01")!)
        _ = try await Customer.add([customer], distinct: true, to: tenant, by: commandLine, in: database)
        var service = Service.blank(of: customer, for: tenant, at: now, from: site.randomness)
        service.plan = try await plan.add(by: commandLine, in: database).id
        let sold = try await service.add(of: tenant, by: commandLine, in: database)
        let today = tenant.timeZone.day(at: now)
        _ = try await Activation(day: today).happen(to: sold.id, of: tenant, by: commandLine, in: database)
        return sold.id
    }

    fileprivate func bind(_ service: Service.ID, as login: String) async throws {
        let router = UUID.v7(milliseconds: now.milliseconds, from: site.randomness)
        try await database.execute(
            """
            INSERT INTO routers (
                tenant_id, router_id, number, name, address, port, security, login, password, cut, cut_profile, cut_list,
                mode, is_paused, made_at)
            VALUES (
                \(database.tenant), \(router), 1, 'Torre', '10.0.0.1', 8728, 'plain', 'api', '\\x00', 'disable', '', 'm',
                'active', FALSE, \(now))
            """)
        try await database.execute(
            """
            INSERT INTO access_points (
                tenant_id, service_id, router_id, method, name, address, profile, revision, made_at)
            VALUES (\(database.tenant), \(service), \(router), 'pppoe', \(login), '', '', 1, \(now))
            """)
    }

    private func newID<Noun>() -> ID<Noun> { .make(milliseconds: now.milliseconds, from: site.randomness) }
}
