import Addresses
import Glibc
import Identifiers
import Loop
import SNMPLab
import Sockets
import TestSupport
import Testing

@testable import SNMP

/// SNMP as net-snmp speaks it, and what nobody should send.
@Suite struct SNMPTests {
    private static let name: ObjectID = [1, 3, 6, 1, 2, 1, 1, 5, 0]

    @Test func `a message is read as it was written, and byte for byte as net-snmp writes it`() throws {
        let message = SNMPMessage(
            .response, community: Array("public".utf8), requestID: 1_234_567,
            variables: [
                SNMPVariable([1, 3, 6, 1, 2, 1, 1, 1, 0], .octets(Array("Linux".utf8))),
                SNMPVariable([1, 3, 6, 1, 2, 1, 1, 3, 0], .ticks(4_294_967_295)),
                SNMPVariable([1, 3, 6, 1, 4, 1, 41112, 1, 4, 5, 1, 5, 1], .integer(-61)),
                SNMPVariable([1, 3, 6, 1, 2, 1, 31, 1, 1, 1, 6, 2_147_483_649], .counter64(.max)),
                SNMPVariable([2, 100, 3], .objectID([1, 3, 6, 1])), SNMPVariable([1, 3], .address(0x0A00_0001)),
                SNMPVariable([1, 3, 1], .noSuchInstance), SNMPVariable([1, 3, 2], .endOfView),
                SNMPVariable([1, 3, 3], .integer(.min)), SNMPVariable([1, 3, 4], .gauge(128)),
            ])
        #expect(try SNMPMessage(message.bytes) == message)
        // snmpget -v2c -c public … 1.3.6.1.2.1.1.3.0, as it was recorded.
        let asked = SNMPMessage(
            .get, community: Array("public".utf8), requestID: 0x1F2A_3B4C,
            variables: [SNMPVariable([1, 3, 6, 1, 2, 1, 1, 3, 0], .null)])
        #expect(
            asked.bytes == [
                0x30, 0x29, 0x02, 0x01, 0x01, 0x04, 0x06, 0x70, 0x75, 0x62, 0x6C, 0x69, 0x63, 0xA0, 0x1C, 0x02, 0x04,
                0x1F, 0x2A, 0x3B, 0x4C, 0x02, 0x01, 0x00, 0x02, 0x01, 0x00, 0x30, 0x0E, 0x30, 0x0C, 0x06, 0x08, 0x2B,
                0x06, 0x01, 0x02, 0x01, 0x01, 0x03, 0x00, 0x05, 0x00,
            ])
    }

    @Test func `bytes that are changed, cut or random are a message or none, and never a trap`() throws {
        let good = SNMPMessage(
            .response, community: Array("public".utf8), requestID: 7,
            variables: (0..<20).map {
                SNMPVariable([1, 3, 6, 1, 2, 1, $0, 4_294_967_295], .counter64(UInt64($0) << 40))
            }
        ).bytes
        let user = SNMPUser(
            "luz", .sha256, key: Array(repeating: 7, count: 32), privacyKey: Array(repeating: 9, count: 32))
        let keys = user.keys(at: Array(1...12))
        let secured = SecuredMessage.question(
            SNMPMessage(.get, community: [], requestID: 9, variables: [SNMPVariable(Self.name, .null)]), of: user,
            at: SNMPEngine(id: Array(1...12), boots: 3, time: 70_000), with: keys, salt: Array(1...8))
        let whole = try secured.withUnsafeBytes { try SecuredMessage($0) }
        #expect(whole.isGenuine(by: keys))
        #expect(try whole.opened(by: keys).variables.map(\.name) == [Self.name])
        let randomness = Randomness(seed: 5)
        var read = 0
        var forged = 0
        for _ in 0..<20_000 {
            var bytes = secured
            bytes[Int(randomness.next() % UInt64(bytes.count))] ^= UInt8(1 + randomness.next() % 255)
            let changed = bytes.withUnsafeBytes { try? SecuredMessage($0) }
            if changed?.isGenuine(by: keys) == true { forged += 1 }
            _ = try? changed?.opened(by: keys)
        }
        #expect(forged == 0)
        for round in 0..<60_000 {
            var bytes = good
            switch round % 3 {
            case 0:
                for _ in 0..<(1 + randomness.next() % 6) {
                    bytes[Int(randomness.next() % UInt64(bytes.count))] = UInt8(truncatingIfNeeded: randomness.next())
                }
            case 1: bytes = Array(bytes.prefix(Int(randomness.next() % UInt64(bytes.count + 1))))
            default: bytes = randomness.bytes(Int(randomness.next() % 200))
            }
            bytes.withUnsafeBytes { _ = try? SecuredMessage($0) }
            if let message = try? SNMPMessage(bytes) {
                read += 1
                _ = message.bytes
                for variable in message.variables { _ = (variable.value.number, variable.value.text(upTo: 10)) }
            }
        }
        #expect(read > 100 && read < 30_000)
        for hostile: [UInt8] in [
            [], [0x30], [0x30, 0x80], [0x30, 0x84, 0xFF, 0xFF, 0xFF, 0xFF], [0x30, 0x89, 1, 1, 1, 1, 1, 1, 1, 1, 1],
            [0x1F, 0x81, 0x00], Array(repeating: 0x30, count: 70_000),
        ] {
            #expect(throws: NotBER.self) { try SNMPMessage(hostile) }
        }
    }

    @Test func `snmpd is asked and walked as snmpbulkwalk does it`() async throws {
        let folder = try TemporaryFolder()
        let port = UInt16(21_000 + Int(Randomness.system.next() % 900))
        try folder.write("snmpd.conf", Array("rocommunity lectura 127.0.0.0/8\nsysName torre-7\n".utf8))
        let loop = Loops.tests.all[0]
        let environment = ["PATH": "/usr/sbin:/usr/bin:/sbin:/bin", "MIBS": "", "SNMP_PERSISTENT_DIR": folder.path]
        try await loop.run {
            let server = try ChildProcess(
                "setpriv",
                [
                    "--pdeathsig", "KILL", "snmpd", "-f", "-LE", "3", "-C", "-c", "\(folder.path)/snmpd.conf",
                    "udp:127.0.0.1:\(port)",
                ], environment: environment, on: loop)
            let client = SNMPClient(on: loop)
            let agent = SNMPAgent(.loopback, port: port, community: Array("lectura".utf8))
            var answer: SNMPClient.Answer?
            for _ in 0..<100 where answer == nil {
                answer = try? await client.ask(.get, [Self.name], of: agent, tries: 1, every: .milliseconds(300))
            }
            #expect(answer?.variables.first?.value.text(upTo: 50) == "torre-7")
            let rows = try await client.table([[1, 3, 6, 1, 2, 1, 31, 1, 1, 1, 1]], of: agent)
            let ours = Set(rows.values.compactMap { $0.values.first?.text(upTo: 64) })
            let walk = try await ChildProcess.run(
                "snmpbulkwalk", ["-v2c", "-c", "lectura", "-Oqv", "127.0.0.1:\(port)", "1.3.6.1.2.1.31.1.1.1.1"],
                environment: environment, on: loop)
            let lines = String(decoding: walk.output, as: UTF8.self).replacing("\"", with: "").split(separator: "\n")
            #expect(!ours.isEmpty && ours == Set(lines.map(String.init)))
            // Another community is met with silence.
            let stranger = SNMPAgent(.loopback, port: port, community: Array("otra".utf8))
            await #expect(throws: SNMPFailure.silence) {
                try await client.ask(.get, [Self.name], of: stranger, every: .milliseconds(100))
            }
            client.close()
            server.send(signal: SIGKILL)
            _ = await server.ended()
        }
    }

    @Test func `snmpd is asked by version 3, with and without cipher, and takes no other user or password`()
        async throws
    {
        let folder = try TemporaryFolder()
        let port = UInt16(24_000 + Int(Randomness.system.next() % 900))
        try folder.write(
            "agent.conf",
            Array(
                """
                createUser luz SHA-256 "clave-de-luz" AES "secreto-de-luz"
                createUser ana SHA "clave-de-ana"
                rouser luz priv
                rouser ana auth
                sysName torre-9

                """.utf8))
        let loop = Loops.tests.all[0]
        let environment = ["PATH": "/usr/sbin:/usr/bin:/sbin:/bin", "MIBS": "", "SNMP_PERSISTENT_DIR": folder.path]
        func user(_ name: String, _ hash: SNMPUser.Hash, _ password: String, _ privacy: String? = nil) -> SNMPAgent {
            SNMPAgent(
                .loopback, port: port,
                .user(
                    SNMPUser(
                        name, hash, key: SNMPUser.key(of: password, hash),
                        privacyKey: privacy.map { SNMPUser.key(of: $0, hash) })))
        }
        let luz = user("luz", .sha256, "clave-de-luz", "secreto-de-luz")
        let ana = user("ana", .sha1, "clave-de-ana")
        let strangers = [
            user("luz", .sha256, "clave-de-luz", "otro-secreto"), user("luz", .sha256, "otra-clave", "secreto-de-luz"),
            user("luz", .sha1, "clave-de-luz"), user("eva", .sha256, "clave-de-luz", "secreto-de-luz"),
        ]
        try await loop.run {
            func start() throws -> ChildProcess {
                try ChildProcess(
                    "setpriv",
                    [
                        "--pdeathsig", "KILL", "snmpd", "-f", "-LE", "3", "-C", "-c", "\(folder.path)/agent.conf",
                        "udp:127.0.0.1:\(port)",
                    ], environment: environment, on: loop)
            }
            let client = SNMPClient(on: loop)
            func name(_ agent: SNMPAgent) async throws(SNMPFailure) -> String? {
                let answer = try await client.ask(.get, [Self.name], of: agent, tries: 1, every: .milliseconds(300))
                return answer.variables.first?.value.text(upTo: 50)
            }
            var server = try start()
            var found: String?
            for _ in 0..<100 where found == nil { found = try? await name(luz) }
            #expect(found == "torre-9")
            #expect(try await name(ana) == "torre-9")
            let rows = try await client.table([[1, 3, 6, 1, 2, 1, 31, 1, 1, 1, 1]], of: luz)
            #expect(!rows.isEmpty)
            for stranger in strangers {
                await #expect(throws: SNMPFailure.self) { try await name(stranger) }
            }
            // Started anew, it counts its time anew, and says so.
            server.send(signal: SIGTERM)
            _ = await server.ended()
            server = try start()
            found = nil
            for _ in 0..<100 where found == nil { found = try? await name(luz) }
            #expect(found == "torre-9")
            client.close()
            server.send(signal: SIGKILL)
            _ = await server.ended()
        }
    }

    @Test func `garbage, silence and slowness are told apart, and net-snmp reads the lab`() async throws {
        let loop = Loops.tests.all[0]
        let port = UInt16(22_000 + Int(Randomness.system.next() % 900))
        try await loop.run {
            var plan = SNMPLab.Plan()
            (plan.port, plan.kinds) = (port, [.sector, .backhaul, .switch])
            let lab = try SNMPLab(plan, on: loop)
            let client = SNMPClient(on: loop, window: 2)
            let agents = (1...3).map { SNMPAgent(.v4(0x7F00_0000 + $0), port: port, community: Array("publica".utf8)) }
            lab.set(.garbage, at: 1)
            lab.set(.off, at: 2)
            let good = try await client.ask(.get, [Self.name], of: agents[0])
            #expect(good.variables.first?.value.text(upTo: 20) == "sector-1")
            await #expect(throws: SNMPFailure.garbage) {
                try await client.ask(.get, [Self.name], of: agents[1], every: .milliseconds(150))
            }
            await #expect(throws: SNMPFailure.silence) {
                try await client.ask(.get, [Self.name], of: agents[2], every: .milliseconds(150))
            }
            lab.set(.slow, at: 0)
            let late = try await client.ask(.get, [Self.name], of: agents[0], tries: 3, every: .milliseconds(200))
            #expect(late.variables.count == 1 && client.resent >= 2)
            lab.close()
            client.close()
        }
    }
}
