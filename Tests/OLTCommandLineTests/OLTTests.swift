import Addresses
import FibreProtocol
import Loop
import OLTLab
import Testing

@testable import OLTCommandLine

/// The driver held against the lab of each vendor.
@Suite struct OLTTests {
    struct Bench: Sendable {
        let lab: OLTLab
        /// The serial number of the ONU that asks.
        let asking: String
        let target: OLTTarget
        let loop: EventLoop
        let driver: OLTCommandLineDriver
        let vendor: OLTVendor
        let ports: [PONPort]
        let profile: ONUProfile

        func port(_ number: Int) -> PONPort { ports[number] }

        func place(_ number: Int) throws -> ONUPlace { try #require(ONUPlace(port(0), number)) }

        func desired(_ state: DesiredONU.State, on port: Int = 0) throws -> DesiredONU {
            DesiredONU(
                try #require(ONUSerial(asking)), on: self.port(port), state, profile: profile,
                description: "Peña % error")
        }

        /// Reads and mends in a session of its own, as the reconciler does. Returns the steps that it took.
        @discardableResult
        func settle(_ desired: DesiredONU, isDoubtful: Bool = false) async throws -> [OLTStep] {
            let session = try await driver.open(target, on: loop)
            defer { session.close() }
            let all = try await session.units(on: ports, sure: [desired.serial])
            let comparison = ONUComparison(desired, among: all, of: vendor, isDoubtful: isDoubtful)
            for step in comparison.steps { try await session.perform(step) }
            return comparison.steps
        }

        func isTrue(_ desired: DesiredONU) async throws -> Bool {
            let session = try await driver.open(target, on: loop)
            defer { session.close() }
            let all = try await session.units(on: ports, sure: [desired.serial])
            return ONUComparison(desired, among: all, of: vendor).isTrue
        }

        var unit: LabPlant.Unit? {
            get async { await lab.inspect { [asking] in $0.unit(asking) } }
        }
    }

    static func with(
        _ vendor: LabVendor, _ use: @escaping @Sendable (Bench) async throws -> Void
    ) async throws {
        let loop = EventLoop(name: "test")
        loop.start()
        defer { loop.stop() }
        try await loop.run {
            var plan = OLTLab.Plan(vendor)
            (plan.ports, plan.units, plan.asking) = (2, 60, 1)
            plan.enablePassword = vendor == .huawei ? "" : "llave"
            let lab = await OLTLab.start(plan, on: loop)
            defer { lab.close() }
            // What customers are called must not be taken for what the OLT says.
            await lab.inspect { plant in
                plant.register(
                    "HWTCAAAA0001", at: vendor.port(0), number: 90, description: "Failure: The ONT does not exist")
                plant.register("HWTCAAAA0002", at: vendor.port(0), number: 91, description: "% error 100%")
            }
            let kind: OLTVendor = vendor == .c600 ? .zte : try #require(OLTVendor(rawValue: vendor.rawValue))
            let profile: ONUProfile =
                switch kind {
                case .huawei: ONUProfile(line: "10", service: "20", vlan: 100)
                case .zte: ONUProfile(unitType: "F660", vlan: 100, upload: "100M", download: "100M")
                case .vsol: ONUProfile(line: "line-100", service: "srv-100", vlan: 100)
                case .fiberhome: ONUProfile(unitType: "AN5506-04-F", vlan: 100)
                }
            var deadlines = OLTDeadlines()
            (deadlines.connecting, deadlines.command) = (.seconds(2), .seconds(5))
            let target = OLTTarget(
                address: .loopback, port: try await lab.listen(), vendor: kind,
                firmware: vendor == .c600 ? "C600 V1.2" : "", login: "mastil", password: "clave",
                enablePassword: plan.enablePassword)
            try await use(
                Bench(
                    lab: lab, asking: OLTLab.serial(1, asking: true, of: vendor), target: target, loop: loop,
                    driver: OLTCommandLineDriver(deadlines: deadlines),
                    vendor: kind, ports: (0..<2).compactMap { PONPort(vendor.port($0)) }, profile: profile))
        }
    }

    @Test(arguments: LabVendor.allCases)
    func `an ONU is found, authorized, suspended, restored, moved and deleted, and twice is once`(
        vendor: LabVendor
    ) async throws {
        try await Self.with(vendor) { bench in
            let session = try await bench.driver.open(bench.target, on: bench.loop)
            #expect(try await !session.identify().version.isEmpty)
            let listed = try await session.units(on: bench.ports, sure: [])
            #expect(listed.count == 62 && listed.filter(\.isOnline).count == 62)
            let found = try await session.found(on: bench.ports)
            #expect(found.map(\.serial.text) == [bench.asking])
            #expect(found.first?.port == bench.port(0))
            session.close()

            let open = try bench.desired(.open)
            #expect(try await bench.settle(open).count == 1)
            let made = try #require(await bench.unit)
            #expect(made.vlan == 100 && made.isEnabled)
            // FiberHome keeps no name.
            #expect(vendor == .fiberhome || made.description == "Pena__error")
            let again = try await bench.driver.open(bench.target, on: bench.loop)
            let unit = try await again.units(on: bench.ports, sure: [open.serial]).first { $0.serial == open.serial }
            #expect(unit?.isOnline == true && unit?.received == -2050)
            #expect(try await again.found(on: bench.ports).isEmpty)
            again.close()
            #expect(try await bench.settle(open).isEmpty)

            #expect(try await bench.settle(bench.desired(.closed)).count == 1)
            #expect(try await bench.isTrue(bench.desired(.closed)))
            #expect(await bench.unit?.isEnabled ?? false == false)
            #expect(try await bench.settle(bench.desired(.closed)).isEmpty)
            #expect(try await bench.settle(open).count == 1)
            #expect(try await bench.isTrue(open))

            // The technician carries it to another port.
            await bench.lab.inspect { $0.plug(bench.asking, at: vendor.port(1)) }
            let moved = try bench.desired(.open, on: 1)
            #expect(try await bench.settle(moved).count == 2)
            #expect(try await bench.isTrue(moved))
            #expect(await bench.unit?.port == vendor.port(1))
            #expect(try await bench.settle(bench.desired(.absent)).count == 1)
            #expect(await bench.unit == nil)
            #expect(try await bench.settle(bench.desired(.absent)).isEmpty)
            // Nobody else was touched.
            #expect(await bench.lab.inspect { $0.units.count } == 62)
        }
    }

    @Test(arguments: LabVendor.allCases)
    func `a refusal at any command of an authorization is taken back`(vendor: LabVendor) async throws {
        try await Self.with(vendor) { bench in
            let open = try bench.desired(.open)
            let commands = bench.driver.commands(
                for: .authorize(open, at: try bench.place(bench.vendor == .huawei ? 0 : 40)),
                on: bench.vendor, firmware: bench.target.firmware)
            #expect(commands.count >= 4)
            let text =
                switch vendor {
                case .huawei: "Failure: System is busy, please retry after a while"
                case .zte, .c600: "%Code 20001-GPONSRV : The system is busy."
                case .vsol: "% System is busy."
                case .fiberhome: "[Error -900]: System is busy."
                }
            for place in commands.indices {
                let session = try await bench.driver.open(bench.target, on: bench.loop)
                let all = try await session.units(on: bench.ports, sure: [open.serial])
                let step = try #require(ONUComparison(open, among: all, of: bench.vendor).steps.first)
                await bench.lab.set([LabFault(.refuse(text), at: "", skipping: place, times: 1)])
                await #expect(throws: OLTFailure.busy(text)) { try await session.perform(step) }
                await bench.lab.set([])
                let left = await bench.unit
                #expect(left == nil, "left after command \(place) (\(commands[place]))")
                let refused = await session.takeLog()
                #expect(refused.contains { $0.isRefused })
                // The session goes on where it was.
                try await session.perform(step)
                #expect(await bench.unit?.vlan == 100)
                try await session.perform(.remove(bench.place(try #require(await bench.unit).number)))
                session.close()
            }
        }
    }

    @Test(arguments: LabVendor.allCases)
    func `a session cut before or after any command is read again and ends right`(vendor: LabVendor) async throws {
        try await Self.with(vendor) { bench in
            let open = try bench.desired(.open)
            let count = bench.driver.commands(
                for: .authorize(open, at: try bench.place(1)), on: bench.vendor,
                firmware: bench.target.firmware
            ).count
            for place in 0..<count {
                for kind in [LabFault.Kind.cutBefore, .cutAfter] {
                    let session = try await bench.driver.open(bench.target, on: bench.loop)
                    let all = try await session.units(on: bench.ports, sure: [open.serial])
                    let step = try #require(ONUComparison(open, among: all, of: bench.vendor).steps.first)
                    await bench.lab.set([LabFault(kind, at: "", skipping: place, times: 1)])
                    var failure: OLTFailure?
                    do throws(OLTFailure) { try await session.perform(step) } catch { failure = error }
                    session.close()
                    guard case .uncertain = failure else {
                        Issue.record("command \(place): \(String(describing: failure))")
                        continue
                    }
                    await bench.lab.set([])
                    try await bench.settle(open, isDoubtful: true)
                    #expect(try await bench.isTrue(open))
                    let made = try #require(await bench.unit)
                    #expect(made.vlan == 100, "command \(place)")
                    try await bench.settle(bench.desired(.absent))
                }
            }
            #expect(await bench.lab.inspect { $0.units.count } == 62)
        }
    }

    @Test(arguments: LabVendor.allCases)
    func `an answer that is no list, or has an impossible ONU, does not pass for a list`(vendor: LabVendor) async throws
    {
        try await Self.with(vendor) { bench in
            func read() async throws -> Int {
                let session = try await bench.driver.open(bench.target, on: bench.loop)
                defer { session.close() }
                return try await session.units(on: bench.ports, sure: []).count
            }
            let listing =
                switch vendor {
                case .huawei: "ont info summary"
                case .zte, .c600: "baseinfo"
                case .vsol: "show onu info"
                case .fiberhome: "show authorization"
                }
            for answer in ["", "Failure: The board does not exist"] {
                await bench.lab.set([LabFault(.refuse(answer), at: listing)])
                await #expect(throws: OLTFailure.self) { _ = try await read() }
            }
            await bench.lab.set([])
            let count = try await read()
            #expect(count == 62)
            await bench.lab.inspect { plant in
                plant.register("HWTCAAAA0003", at: vendor.port(0), number: 3_000_000_000, description: "Ana")
            }
            await #expect(throws: OLTFailure.self) { _ = try await read() }
        }
    }

    @Test func `a reconnection does not wait for a service that the OLT may refuse`() throws {
        let port = try #require(PONPort("0/1/0"))
        let (serial, place) = (try #require(ONUSerial("HWTC11E70E9A")), try #require(ONUPlace(port, 5)))
        let desired = DesiredONU(serial, on: port, .open, profile: ONUProfile(vlan: 100), description: "Ana")
        let observed = ObservedONU(serial, at: place, isEnabled: false, isServed: false)
        #expect(
            ONUComparison(desired, among: [observed], of: .huawei).steps == [
                .restore(place), .serve(desired, at: place),
            ])
    }

    @Test func `a wrong password, a wrong enable password and a missing profile are told apart`() async throws {
        try await Self.with(.vsol) { bench in
            let (target, loop) = (bench.target, bench.loop)
            func with(_ password: String, _ enable: String) -> OLTTarget {
                OLTTarget(
                    address: target.address, port: target.port, vendor: .vsol, login: "mastil", password: password,
                    enablePassword: enable)
            }
            await #expect(throws: OLTFailure.signInRefused("% Bad user or password")) {
                _ = try await bench.driver.open(with("mala", "llave"), on: loop)
            }
            await #expect(throws: OLTFailure.self) { _ = try await bench.driver.open(with("clave", "no"), on: loop) }
            let session = try await bench.driver.open(target, on: loop)
            let wrong = DesiredONU(
                try #require(ONUSerial(bench.asking)), on: bench.port(0), .open,
                profile: ONUProfile(line: "no-hay", service: "srv-100", vlan: 100), description: "Ana")
            await #expect(throws: OLTFailure.refused(.badReference, "% The profile does not exist.")) {
                try await session.perform(.authorize(wrong, at: bench.place(120)))
            }
            #expect(await bench.unit == nil)
            #expect(await session.takeLog().last?.isUndo == true)
            session.close()
        }
    }

    @Test func `a terminal's movements come out as a person reads them, and nothing makes it grow without end`() {
        var screen = Screen()
        screen.take(Array("GPON0/1:1\u{1B}[5CHWTC\r\n --More-- \u{8}\u{8}\u{8}ab\r\u{1B}[Kx\u{1B}[1Dy".utf8))
        #expect(screen.lines == ["GPON0/1:1     HWTC"] && screen.last == "y")
        // Padding counts as what it takes.
        var wide = Screen()
        for _ in 0..<10 { wide.take(Array("\u{1B}[4096Cx\n".utf8)) }
        #expect(wide.size > 10 * 4096)
        screen.take([UInt8](repeating: 0x0A, count: 1000) + Array("\u{1B}[9999999999Cz".utf8))
        #expect(screen.size > 1000 && screen.last.utf8.count < 5000)
    }

    @Test func `what a template sends is what the vendor's manual says`() throws {
        let serial = try #require(ONUSerial("HWTC-11e70e9a"))
        #expect(serial.hexadecimal == "4857544311E70E9A" && ONUSerial("4857544311E70E9A") == serial)
        #expect(ONUSerial("HWTC11E70E9") == nil && ONUSerial("HWTC11E70E9G") == nil)
        func commands(_ vendor: OLTVendor, _ port: String, _ firmware: String, _ profile: ONUProfile) throws -> [String]
        {
            let place = try #require(PONPort(port).flatMap { ONUPlace($0, 5) })
            let unit = DesiredONU(serial, on: place.port, .open, profile: profile, description: "Ana Núñez")
            return OLTCommandLineDriver().commands(for: .authorize(unit, at: place), on: vendor, firmware: firmware)
        }
        let huawei = ONUProfile(line: "10", service: "20", vlan: 100, upload: "7", download: "8")
        #expect(
            try commands(.huawei, "0/1/0", "", huawei) == [
                "interface gpon 0/1",
                "ont add 0 5 sn-auth 4857544311E70E9A omci ont-lineprofile-id 10 ont-srvprofile-id 20 desc \"Ana_Nunez\"",
                "quit",
                """
                service-port vlan 100 gpon 0/1/0 ont 5 gemport 1 multi-service user-vlan 100 tag-transform translate \
                inbound traffic-table index 7 outbound traffic-table index 8
                """,
            ])
        let zte = ONUProfile(unitType: "F660", vlan: 100, upload: "UP", download: "DN")
        #expect(
            try commands(.zte, "1/1/1", "", zte) == [
                "configure terminal", "interface gpon-olt_1/1/1", "onu 5 type F660 sn HWTC11E70E9A", "exit",
                "interface gpon-onu_1/1/1:5", "name Ana_Nunez", "tcont 1 profile UP", "gemport 1 name g1 tcont 1",
                "gemport 1 traffic-limit upstream UP downstream DN", "switchport mode hybrid vport 1",
                "service-port 1 vport 1 user-vlan 100 vlan 100", "exit", "pon-onu-mng gpon-onu_1/1/1:5",
                "service HSI gemport 1 vlan 100", "end",
            ])
        #expect(try commands(.zte, "1/1/1", "C620", zte).contains("interface vport-1/1/1.5:1"))
        #expect(
            try commands(.vsol, "0/3", "", ONUProfile(line: "L", service: "S", vlan: 100)) == [
                "interface gpon 0/3", "onu add 5 profile default sn HWTC11E70E9A", "onu 5 desc Ana_Nunez",
                "onu 5 profile line name L", "onu 5 profile srv name S", "exit",
            ])
        #expect(
            try commands(.fiberhome, "11/4", "", ONUProfile(unitType: "T", vlan: 100)).first
                == "set whitelist phy_addr address HWTC11e70e9a password null action add slot 11 pon 4 onu 5 type T")
        #expect(PONPort.list("0/1/0-7, 0/2/3", for: .huawei)?.count == 9)
        #expect(PONPort.list("0/1/0-9999", for: .huawei) == nil && PONPort.list("0/1", for: .huawei) == nil)
    }
}
