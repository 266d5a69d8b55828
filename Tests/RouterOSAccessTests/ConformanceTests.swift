import AccessProtocol
import Addresses
import Identifiers
import Loop
import RouterOS
import RouterOSLab
import Testing
import Time

@testable import RouterOSAccess

/// The driver held against the lab, in every version that is driven: cut and reconnect by each strategy.
@Suite struct ConformanceTests {
    private static let moment = Instant(microseconds: 1_795_138_200_000_000)
    private static let service = UUID(high: 1, low: 2)

    private struct Bench: Sendable {
        let lab: RouterLab
        let target: AccessTarget
        let loop: EventLoop

        func observe(_ session: any AccessSession, whole: Bool = false) async throws -> ObservedAccess {
            try await session.observe(whole ? .all : .names(["cliente00001"]), list: "morosos")
        }

        func settle(
            _ desired: DesiredAccess, by strategy: CutStrategy, _ session: any AccessSession
        ) async throws -> [AccessStep] {
            let comparison = AccessComparison(desired, with: try await observe(session), cutBy: strategy)
            for step in comparison.repairs { try await session.perform(step) }
            return comparison.repairs
        }
    }

    private static func withLab(
        _ version: LabVersion, _ use: @escaping @Sendable (Bench) async throws -> Void
    ) async throws {
        let loop = EventLoop(name: "test")
        loop.start()
        defer { loop.stop() }
        try await loop.run {
            var plan = RouterLab.Plan()
            (plan.version, plan.customers, plan.onLinePercent, plan.password) = (version, 30, 100, "clave")
            let lab = await RouterLab.start(plan, clock: TimeSource { moment }, on: loop)
            defer { lab.close() }
            let target = AccessTarget(
                address: .loopback, port: try await lab.listen(), security: .plain, login: "admin", password: "clave")
            try await use(Bench(lab: lab, target: target, loop: loop))
        }
    }

    private static func desired(_ state: DesiredAccess.State, changedBefore: Duration? = nil) -> DesiredAccess {
        DesiredAccess(
            service: service, state: state, method: .account(login: "cliente00001", password: nil, address: nil),
            profile: "Plan20", changedBefore: changedBefore)
    }

    @Test(
        arguments: [LabVersion(6, 42), LabVersion(6, 49), LabVersion(7, 16), LabVersion(7, 19)],
        [CutStrategy.profile("Morosos", list: "morosos"), .list("morosos"), .disable(list: "morosos")])
    func `cut and reconnected, a router is as it was`(version: LabVersion, strategy: CutStrategy) async throws {
        try await Self.withLab(version) { bench in
            let session = try await RouterOSDriver().open(bench.target, on: bench.loop)
            defer { session.close() }
            let before = await bench.lab.inspect { $0.export() }.drop { $0 != "\n" }

            // Only where the account itself was changed do its older sessions tell nothing.
            let changedBefore: Duration? = if case .list = strategy { nil } else { .seconds(3) }
            func isTrue(_ state: DesiredAccess.State) async throws -> AccessComparison {
                await bench.lab.advance(by: .seconds(3))
                return AccessComparison(
                    Self.desired(state, changedBefore: changedBefore), with: try await bench.observe(session),
                    cutBy: strategy)
            }
            #expect(try await !bench.settle(Self.desired(.closed), by: strategy, session).isEmpty)
            #expect(try await isTrue(.closed).isTrue)
            #expect(await bench.lab.inspect { $0.export() }.drop { $0 != "\n" } != before)

            #expect(try await !bench.settle(Self.desired(.open), by: strategy, session).isEmpty)
            let back = try await isTrue(.open)
            #expect(back.isTrue && back.isOnline)
            #expect(await bench.lab.inspect { $0.export() }.drop { $0 != "\n" } == before)
        }
    }

    @Test(arguments: [LabVersion(6, 42), LabVersion(7, 19)], [true, false])
    func `an address by DHCP is made, cut and removed, also one that the router gave by itself`(
        version: LabVersion, isGiven: Bool
    ) async throws {
        try await Self.withLab(version) { bench in
            let session = try await RouterOSDriver().open(bench.target, on: bench.loop)
            defer { session.close() }
            let (mac, address) = ("02:00:00:00:99:05", "10.30.0.5")
            let method = DesiredAccess.Method.lease(mac: mac, address: address)
            if isGiven {
                await bench.lab.inspect { $0.lease(address: "10.30.0.77", to: mac) }
            }
            func settle(_ state: DesiredAccess.State, _ down: UInt64) async throws -> [AccessStep] {
                let desired = DesiredAccess(
                    service: Self.service, state: state, method: method, speed: AccessSpeed(up: 2_000_000, down: down))
                func look() async throws -> AccessComparison {
                    AccessComparison(
                        desired, with: try await session.observe(.names([mac]), list: "morosos"),
                        cutBy: .list("morosos"))
                }
                let steps = try await look().repairs
                for step in steps { try await session.perform(step) }
                #expect(try await look().isTrue)
                return steps
            }
            #expect(try await settle(.open, 10_000_000).count == (isGiven ? 2 : 1))
            #expect(try await settle(.open, 20_000_000).count == 1)
            #expect(try await settle(.closed, 20_000_000).count == 1)
            #expect(try await settle(.open, 20_000_000).count == 1)
            let observed = try await session.observe(.all, list: "morosos")
            #expect(observed.leases[mac]?.map(\.address) == [address])
            for step in observed.removal(of: method, marked: "svc:\(Self.service)", in: "morosos") {
                try await session.perform(step)
            }
            #expect(try await session.observe(.names([mac]), list: "morosos").leases.isEmpty)
        }
    }

    @Test(arguments: [LabVersion(6, 49), LabVersion(7, 19)])
    func `a whole router is read in one pass`(version: LabVersion) async throws {
        try await Self.withLab(version) { bench in
            let session = try await RouterOSDriver().open(bench.target, on: bench.loop)
            defer { session.close() }
            let all = try await bench.observe(session, whole: true)
            #expect(all.accounts.count == 30 && all.sessions.count == 30 && all.profiles.count >= 5)
            #expect(all.sessions["cliente00001"]?.first?.speed == AccessSpeed(up: 10_000_000, down: 20_000_000))
            #expect(all.profiles["Morosos"] == AccessSpeed(up: 64_000, down: 64_000))
            let one = try await bench.observe(session)
            #expect(one.accounts.count == 1 && one.accounts["cliente00001"] == all.accounts["cliente00001"])
        }
    }

    @Test func `a device says who it is, and what our user lacks there`() async throws {
        try await Self.withLab(LabVersion(7, 19)) { bench in
            await bench.lab.inspect { router in
                router.addUser("mira", password: "x", group: "read")
            }
            let target = AccessTarget(
                address: .loopback, port: bench.target.port, security: .plain, login: "mira", password: "x")
            let session = try await RouterOSDriver().open(target, on: bench.loop)
            defer { session.close() }
            let identity = try await session.identify()
            #expect(identity.name == "MikroTik" && identity.version == "7.19" && identity.missingPolicies == ["write"])
            let refusal = await #expect(throws: AccessFailure.self) {
                try await session.perform(.setDisabled(account: "*1", login: "x", true))
            }
            #expect(refusal?.isOfDevice == false)
            let wrong = AccessTarget(
                address: .loopback, port: bench.target.port, security: .plain, login: "mira", password: "y")
            let refused = await #expect(throws: AccessFailure.self) {
                _ = try await RouterOSDriver().open(wrong, on: bench.loop)
            }
            guard case .signInRefused = refused else {
                Issue.record("\(String(describing: refused))")
                return
            }
        }
    }

    @Test func `what is gone already or there already counts as done`() async throws {
        try await Self.withLab(LabVersion(7, 19)) { bench in
            let session = try await RouterOSDriver().open(bench.target, on: bench.loop)
            defer { session.close() }
            try await session.perform(.closeSession("*FFFF", login: "nadie"))
            for _ in 0..<2 { try await session.perform(.list(address: "10.9.9.9", in: "morosos", mark: "svc:x")) }
            #expect(try await bench.observe(session).listed.map(\.address) == ["10.9.9.9"])
        }
    }

    @Test func `the passwords of accounts are told to who may read them, and to nobody else`() async throws {
        try await Self.withLab(LabVersion(7, 19)) { bench in
            await bench.lab.inspect { router in
                router.addGroup("ciego", policies: "api,read,write,test")
                router.addUser("ciego", password: "x", group: "ciego")
            }
            for (login, password, wanted) in [
                ("admin", "clave", ["cliente00001": "clave00001"]), ("ciego", "x", [:]),
            ] {
                let target = AccessTarget(
                    address: .loopback, port: bench.target.port, security: .plain, login: login, password: password)
                let session = try await RouterOSDriver().open(target, on: bench.loop)
                defer { session.close() }
                let found = try await session.passwords(of: ["cliente00001", "nadie"])
                #expect(found == wanted)
            }
        }
    }

    @Test func `what a service left behind is removed, its account before its session`() async throws {
        try await Self.withLab(LabVersion(7, 19)) { bench in
            let session = try await RouterOSDriver().open(bench.target, on: bench.loop)
            defer { session.close() }
            let desired = Self.desired(.absent)
            try await session.perform(.list(address: "10.9.9.9", in: "morosos", mark: desired.mark))
            let steps = try await bench.observe(session).removal(
                of: desired.method, marked: desired.mark, in: "morosos")
            #expect(steps.count == 3)
            for step in steps { try await session.perform(step) }
            await bench.lab.advance(by: .seconds(10))
            let observed = try await bench.observe(session)
            #expect(observed.accounts.isEmpty && observed.sessions.isEmpty && observed.listed.isEmpty)
            #expect(observed.removal(of: desired.method, marked: desired.mark, in: "morosos") == [])
        }
    }

    @Test(arguments: [LabVersion(6, 49), LabVersion(7, 19)])
    func `pools are counted, and a customer is pinged from the router`(version: LabVersion) async throws {
        try await Self.withLab(version) { bench in
            let session = try await RouterOSDriver().open(bench.target, on: bench.loop)
            defer { session.close() }
            let pools = try await session.pools()
            #expect(pools == [AddressPool(name: "clientes", size: 4 * 65_536 - 3, used: 30)])
            let online = try await bench.observe(session).sessions["cliente00001"]?.first
            #expect(online?.caller?.hasPrefix("02:00:00") == true)
            let address = try #require(online?.address.flatMap { IPAddress($0) })
            async let answered = session.ping(address)
            async let silent = session.ping(IPAddress("10.255.255.1")!)
            try await bench.loop.sleep(for: .milliseconds(20))
            await bench.lab.advance(by: .seconds(30))
            let (here, nobody) = (try await answered, try await silent)
            #expect(here.sent == 4 && here.received == 4 && here.average != nil)
            #expect(nobody.sent == 4 && nobody.received == 0 && nobody.average == nil)
        }
    }

    @Test func `a ping that nobody waits for any more is stopped on the router`() async throws {
        try await Self.withLab(LabVersion(7, 19)) { bench in
            let session = try await RouterOSDriver().open(bench.target, on: bench.loop)
            defer { session.close() }
            func isPinging() async -> Bool { await bench.lab.inspect { $0.isMeasuring } }
            try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask { _ = try await session.ping(IPAddress("10.255.255.1")!) }
                while await !isPinging() { try await bench.loop.sleep(for: .milliseconds(5)) }
                group.cancelAll()
                await #expect(throws: AccessFailure.self) { try await group.next() }
            }
            // The lab's clock stands still: nothing else could have ended it.
            while await isPinging() { try await bench.loop.sleep(for: .milliseconds(5)) }
        }
    }

    @Test func `no secret stands in the text of a step`() {
        let text = RouterOSDriver().text(
            of: .addAccount(login: "ana", password: "clave-secreta", profile: "Plan10", address: nil, mark: "svc:x"))
        #expect(text == "/ppp/secret/add name=ana password=••• service=pppoe profile=Plan10 comment=svc:x")
    }
}
