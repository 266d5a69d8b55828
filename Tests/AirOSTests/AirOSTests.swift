import Addresses
import AirOSLab
import AntennaProtocol
import Loop
import TestSupport
import Testing

@testable import AirOS

/// airOS behind a real OpenSSH server that offers what an old radio does.
@Suite struct AirOSTests {
    @Test func `an antenna is read, its agent restarted and pointed elsewhere, over OpenSSH and two jump hosts`()
        async throws
    {
        try await Scene.with { scene in
            let driver = AirOSDriver(OpenSSH(on: .tests))
            var target = scene.target(1)
            await #expect(throws: AntennaFailure.oldCryptography) { try await driver.read(target) }
            target.allowsOldCryptography = true
            let reading = try await driver.read(target)
            #expect(reading.mac == "24:A4:3C:00:00:01" && reading.name == "Ana" && reading.firmware.contains("v6.2.0"))
            #expect(reading.isShadowed && reading.effective.host == "uisp.viejo.example")
            #expect(reading.saved.host == "uisp.lab.example" && reading.signal == -56 && reading.ccq == 99)
            #expect(reading.hostKey.hasPrefix("ssh-rsa "))
            target.hostKey = reading.hostKey
            let restart = try await driver.restartAgent(of: reading, at: target)
            #expect(restart.parent == reading.parent && restart.childBefore == reading.child)
            #expect(restart.childAfter != restart.childBefore)
            let after = try await driver.read(target)
            #expect(
                !after.isShadowed && after.effective.host == "uisp.lab.example" && after.child == restart.childAfter)
            #expect(scene.joined.count == 1)
            // The one that lost its key, through two others.
            var far = scene.target(2, through: [3, 4])
            far.allowsOldCryptography = true
            let lost = try await driver.read(far)
            #expect(lost.mac == "24:A4:3C:00:00:02" && !lost.isShadowed)
            #expect(lost.hopKeys.count == 2 && lost.hopKeys.allSatisfy { $0 == reading.hostKey })
            var refused = scene.target(2, through: [3], hopPassword: "otra")
            refused.allowsOldCryptography = true
            await #expect(throws: AntennaFailure.hopRefused) { try await driver.read(refused) }
            _ = try await driver.point(lost, to: scene.lab.server.connection, at: far)
            #expect(scene.joined.count == 2 && scene.lab.connected == 2)
            let files = try #require(scene.lab.antenna(at: scene.address(2))).files
            #expect(String(decoding: files["/tmp/system.cfg"] ?? [], as: UTF8.self).contains("secreto-del-cliente"))
        }
    }

    @Test func `a wrong password, a new key, a silent antenna and a lost connection are told apart`() async throws {
        try await Scene.with { scene in
            let driver = AirOSDriver(OpenSSH(on: .tests))
            var target = scene.target(1)
            target.allowsOldCryptography = true
            target.hostKey = try await driver.read(target).hostKey
            var wrong = scene.target(1, password: "otra")
            wrong.allowsOldCryptography = true
            await #expect(throws: AntennaFailure.loginRefused) { try await driver.read(wrong) }
            scene.lab.change(at: scene.address(1)) { $0.fault = .drop }
            await #expect(throws: AntennaFailure.dropped) { try await driver.read(target) }
            scene.lab.change(at: scene.address(1)) { $0.fault = .hang }
            let hasty = AirOSDriver(OpenSSH(on: .tests, limit: .milliseconds(300)))
            await #expect(throws: AntennaFailure.timedOut) { try await hasty.read(target) }
            scene.lab.change(at: scene.address(1)) { $0.fault = .none }
            try await scene.server.changeKeys()
            await #expect(throws: AntennaFailure.keyChanged) { try await driver.read(target) }
            let nowhere = AntennaTarget(
                address: IPAddress("127.20.9.9")!, port: scene.port, login: .init(user: "ubnt", password: "x"))
            await #expect(throws: AntennaFailure.unreachable("Connection refused")) { try await driver.read(nowhere) }
            // A name that would be an option, or another line of the configuration.
            for user in ["-oProxyCommand=x", "a\nProxyCommand x", ""] {
                let strange = AntennaTarget(
                    address: .loopback, port: 22, login: .init(user: user, password: "x"))
                await #expect(throws: AntennaFailure.loginRefused) { try await driver.read(strange) }
            }
        }
    }

    @Test func `a configuration keeps its lines, loses the mark of the factory, and has its agent's address in it`() {
        let old = AirOSConfiguration(Array("a=1\nmgmt.is_default=true\nunms.uri=wss://x:443+K\nb=2=3\r\n\n=x\n".utf8))
        #expect(old["b"] == "2=3" && old.agent.host == "x" && !old.agent.isEnabled)
        let new = old.setting(["unms.uri": "wss://y:443+K+allow", "unms.status": "enabled"])
        #expect(
            String(decoding: new.bytes, as: UTF8.self)
                == "a=1\nunms.uri=wss://y:443+K+allow\nb=2=3\nunms.status=enabled\n")
        #expect(
            AgentProcesses(ps: Array("  9999999999 u {exe} /bin/udapi-bridge\n 7 u S /bin/udapi-bridge".utf8)).parent
                == 7)
    }
}

private struct Scene: Sendable {
    let lab: AirOSLab
    let server: AirOSServer
    let port: UInt16
    let arrivals: Arrivals

    final class Arrivals: @unchecked Sendable {
        // Unchecked: written on the server's loop alone, read after its answers.
        var macs: [String] = []
    }

    var joined: [String] { arrivals.macs }

    static func with(_ test: (Scene) async throws -> Void) async throws {
        let (folder, arrivals, world) = (try TemporaryFolder(), Arrivals(), LabServer())
        let plights: [LabAntenna.Plight] = [.shadowed, .keyLost, .right, .right]
        var antennas: [String: LabAntenna] = [:]
        for (index, plight) in plights.enumerated() {
            antennas["127.20.0.\(index + 2)"] = LabAntenna(
                number: index + 1, mac: "24:A4:3C:00:00:0\(index + 1)", name: index == 0 ? "Ana" : "Luis",
                plight: plight, server: world, password: "secreto\(index)")
        }
        // Those that are right count as connected from the start, and are only passed through here.
        let lab = AirOSLab(antennas, server: world) { arrivals.macs.append($0) }
        for number in [3, 4] { lab.change(at: "127.20.0.\(number + 1)") { $0.fault = .agentStaysDown } }
        for number in [3, 4] {
            let address = "127.20.0.\(number + 1)"
            if let child = lab.antenna(at: address)?.child { _ = lab.run("kill -9 \(child)", input: [], at: address) }
        }
        let server = AirOSServer(lab, in: folder.path, on: Loops.tests.all[0])
        let port = try await server.start(port: 0)
        do {
            try await test(Scene(lab: lab, server: server, port: port, arrivals: arrivals))
        } catch {
            await server.close()
            throw error
        }
        await server.close()
        _ = folder
    }

    func address(_ number: Int) -> String { "127.20.0.\(number + 1)" }

    func target(
        _ number: Int, through hops: [Int] = [], password: String? = nil, hopPassword: String? = nil
    ) -> AntennaTarget {
        func login(_ number: Int) -> AntennaTarget.Login {
            .init(user: "ubnt", password: password ?? "secreto\(number - 1)")
        }
        var target = AntennaTarget(address: IPAddress(address(number))!, port: port, login: login(number))
        target.hops = hops.map { number in
            let known = login(number)
            return .init(
                address: IPAddress(address(number))!, port: port,
                login: .init(user: known.user, password: hopPassword ?? known.password))
        }
        return target
    }
}
