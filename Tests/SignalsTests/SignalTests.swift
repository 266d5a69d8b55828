import Access
import Addresses
import Declarations
import Glibc
import Identifiers
import Locale
import Loop
import Plans
import Postgres
import Routers
import SNMP
import ShellSupport
import Sockets
import Tenancy
import TenantSupport
import TestSupport
import Testing
import Time
import Vault
import Zones

@testable import Monitoring
@testable import Signals

/// What devices say by themselves, as net-snmp and the system's logger send it.
@Suite struct SignalTests {
    /// The severity and the text.
    private static func line(_ text: String) -> String? {
        Array(text.utf8).withUnsafeBytes { DeviceSignal.reading(syslog: $0) }.map { "\($0.severity) \($0.text)" }
    }

    @Test func `a line of syslog is read in both of its forms, and what is none is not`() {
        #expect(Self.line("<131>interface,info ether1 link down") == "3 interface,info ether1 link down")
        #expect(
            Self.line("<34>1 2026-10-11T22:14:15.003Z torre7 su 42 ID47 [x@32473 a=\"1\"] no pasa")
                == "2 su: no pasa")
        #expect(Self.line("<14>1 - - - - - - texto") == "6 texto")
        #expect(Self.line("<14>a\u{1B}[2Jb\nc") == "6 a [2Jb c")
        for none in ["", "<", "<>x", "<192>x", "<1a>x", "<9999>x", "hola", "<14"] { #expect(Self.line(none) == nil) }
        #expect(Self.line("<14>" + String(repeating: "x", count: 8000))?.utf8.count == DeviceSignal.longest + 2)
        let randomness = Randomness(seed: 3)
        for _ in 0..<20_000 {
            let bytes = Array("<34>1 - ".utf8) + randomness.bytes(Int(randomness.next() % 60))
            bytes.withUnsafeBytes { _ = DeviceSignal.reading(syslog: $0) }
        }
    }

    @Test func `a trap and a line reach the device's company only, wake a poll, and a storm stays within its share`()
        async throws
    {
        try await withTenants(declaring: .zones, .plans, .routers, .monitoring, .signals) { norte, sur in
            let loop = Loops.tests.all[0]
            let port = UInt16(25_000 + Int(Randomness.system.next() % 900) * 2)
            func place(_ address: String, at tenant: TestTenant, community: String? = nil) async throws -> Device.ID {
                let id: Device.ID = .make(milliseconds: tenant.now.milliseconds, from: tenant.site.randomness)
                let sealed: [UInt8]? =
                    if let community {
                        try await tenant.site.vault.seal(
                            Array(community.utf8), for: DeviceActs.field(id), at: tenant.now, in: tenant.database)
                    } else { nil }
                try await tenant.database.execute(
                    """
                    INSERT INTO devices (
                        tenant_id, device_id, number, name, kind, method, address, community, is_watched, made_at)
                    SELECT \(tenant.database.tenant), \(id), count(*) + 1, \(address), 'switch', 'snmp', \(address), \(sealed),
                        true, \(tenant.now)
                    FROM devices WHERE tenant_id = \(tenant.database.tenant)
                    """)
                return id
            }
            let ours = try await place("127.4.0.1", at: norte)
            // Both companies have a device at this address: the community says whose a trap is.
            let shared = try await place("127.4.0.2", at: norte, community: "norte")
            let theirs = try await place("127.4.0.2", at: sur, community: "sur")
            let moved = try await place("127.4.0.4", at: sur)
            let listener = SignalListener(
                norte.site.test.database, vault: norte.site.vault,
                tenants: { [norte.tenant, sur.tenant] }, time: norte.site.clock.source,
                randomness: norte.site.randomness, on: loop)
            try await loop.run {
                try listener.open(traps: (.loopback, port), syslog: (.loopback, port + 1))
                try await listener.readPeers()
                // One company's devices cannot be read now: the others' are, and its own stay known.
                try norte.site.test.superuser().execute(
                    """
                    UPDATE devices SET address = '127.4.0.3' WHERE device_id = '\(moved)';
                    CREATE POLICY broken ON devices AS RESTRICTIVE USING (
                        CASE WHEN tenant_id = '\(norte.tenant.id)' THEN number / (number - number) = 1 ELSE true END)
                    """)
                do {
                    try await listener.readPeers()
                    Issue.record("Reading a company's devices did not fail.")
                } catch {}
                try norte.site.test.superuser().execute("DROP POLICY broken ON devices")
                func trap(_ from: String, _ community: String, _ kind: String, _ link: String = "ether1") async throws {
                    let sent = try await ChildProcess.run(
                        "snmptrap",
                        [
                            "-v2c", "-c", community, "--clientaddr=\(from)", "127.0.0.1:\(port)", "",
                            "1.3.6.1.6.3.1.1.5.\(kind)",
                            "1.3.6.1.2.1.2.2.1.2.1", "s", link,
                        ], environment: ["PATH": "/usr/sbin:/usr/bin:/sbin:/bin", "MIBS": ""], on: loop)
                    #expect(sent.end == .exit(0))
                }
                try await trap("127.4.0.1", "publica", "3")
                try await trap("127.4.0.2", "sur", "1")
                try await trap("127.4.0.3", "publica", "1")
                // Of nobody's address, and of an address that several have with a community of none.
                try await trap("127.4.0.9", "publica", "3")
                try await trap("127.4.0.2", "otra", "3")
                let line = try DatagramSocket(.udp, v4: true, bound: (IPAddress("127.4.0.1")!, 0), on: loop) {
                    _, _, _ in
                }
                for number in 0..<200 {
                    line.send(Array("<131>error \(number)".utf8), to: .loopback, port: port + 1)
                }
                let arrived = await eventually(within: .seconds(10), on: loop) { listener.dropped >= 153 }
                #expect(arrived)
                try await listener.keep()
                line.close()
                listener.close()
            }
            let heard = try await norte.database.signals(of: ours, limit: 500)
            #expect(heard.count == SignalListener.share)
            #expect(heard.filter { $0.kind == .linkDown }.map(\.text) == ["ether1"])
            #expect(heard.filter { $0.kind == .syslog }.allSatisfy { $0.severity == 3 })
            #expect(try await norte.database.signals(of: shared, limit: 5) == [])
            #expect(try await sur.database.signals(of: theirs, limit: 5).map(\.kind) == [.coldStart])
            #expect(try await sur.database.signals(of: moved, limit: 5).map(\.kind) == [.coldStart])
            #expect(try await sur.database.signals(of: ours, limit: 5) == [])
            let queued = try norte.site.test.superuser().column(
                "SELECT tenant_id FROM jobs WHERE kind = '\(PollDevices.kind)'")
            #expect(Set(queued) == ["\(norte.tenant.id)", "\(sur.tenant.id)"])
            // The newest of each device are kept.
            for _ in 0..<6 {
                try await norte.database.add(
                    (0..<40).map { _ in
                        DeviceSignal(
                            id: .make(milliseconds: norte.now.milliseconds + 1, from: norte.site.randomness),
                            device: ours,
                            at: norte.now, kind: .linkUp, severity: nil, text: "ether2")
                    })
            }
            let kept = try await norte.database.signals(of: ours, limit: 500)
            #expect(kept.count == DeviceSignal.kept && kept.allSatisfy { $0.kind == .linkUp })
        }
    }

    @Test func `traps of version 1 and of version 3 are heard, and a forged one or one heard before is not`()
        async throws
    {
        try await withTenants(declaring: .zones, .plans, .routers, .monitoring, .signals) { norte, sur in
            let loop = Loops.tests.all[0]
            let port = UInt16(27_000 + Int(Randomness.system.next() % 900) * 2)
            let password = "clave-de-prueba"
            func place(_ address: String, at tenant: TestTenant, _ method: String, secret: [UInt8]?) async throws
                -> Device.ID
            {
                let id: Device.ID = .make(milliseconds: tenant.now.milliseconds, from: tenant.site.randomness)
                var sealed: [UInt8]?
                if let secret {
                    sealed = try await tenant.site.vault.seal(
                        secret, for: DeviceActs.field(id), at: tenant.now, in: tenant.database)
                }
                try await tenant.database.execute(
                    """
                    INSERT INTO devices (
                        tenant_id, device_id, number, name, kind, method, address, community, snmp_user, is_watched, made_at)
                    SELECT \(tenant.database.tenant), \(id), count(*) + 1, \(address), 'switch', \(method), \(address),
                        \(sealed), \(method == "snmp3" ? "mastil" : ""), true, \(tenant.now)
                    FROM devices WHERE tenant_id = \(tenant.database.tenant)
                    """)
                return id
            }
            let old = try await place("127.4.1.1", at: norte, "ping", secret: nil)
            let key = SNMPUser.key(of: password, .sha256)
            // Two companies have devices at the address: the keys say whose it is.
            let secured = try await place("127.4.1.2", at: norte, "snmp3", secret: key + key)
            let theirs = try await place("127.4.1.2", at: sur, "snmp3", secret: key.reversed() + key.reversed())
            let listener = SignalListener(
                norte.site.test.database, vault: norte.site.vault,
                tenants: { [norte.tenant, sur.tenant] }, time: norte.site.clock.source,
                randomness: norte.site.randomness, on: loop)
            try await loop.run {
                try listener.open(traps: (.loopback, port), syslog: nil)
                try await listener.readPeers()
                func trap(_ from: String, _ arguments: [String]) async throws {
                    let link = ["1.3.6.1.2.1.2.2.1.2.1", "s", "sfp1"]
                    let sent = try await ChildProcess.run(
                        "snmptrap", ["--clientaddr=\(from)"] + arguments + link,
                        environment: [
                            "PATH": "/usr/sbin:/usr/bin:/sbin:/bin", "MIBS": "", "SNMP_PERSISTENT_DIR": "/tmp",
                        ],
                        on: loop)
                    #expect(sent.end == .exit(0))
                }
                func user(_ password: String, boots: String) -> [String] {
                    [
                        "-v3", "-e", "0x80000000010203", "-u", "mastil", "-a", "SHA-256", "-A", password, "-x", "AES",
                        "-X", password, "-l", "authPriv", "-Z", boots, "127.0.0.1:\(port)", "42",
                        "1.3.6.1.6.3.1.1.5.4",
                    ]
                }
                try await trap(
                    "127.4.1.1", ["-v1", "-c", "x", "127.0.0.1:\(port)", "1.3.6.1.4.1.9", "127.4.1.1", "2", "0", "55"])
                try await trap("127.4.1.2", user(password, boots: "7,1000"))
                try await trap("127.4.1.2", user("otra-clave-larga", boots: "7,1100"))
                try await trap("127.4.1.2", user(password, boots: "7,500"))
                let isHeard = await eventually(within: .seconds(10), on: loop) { listener.dropped >= 2 }
                #expect(isHeard)
                try await listener.keep()
                listener.close()
            }
            let heard = try await norte.database.signals(of: old, limit: 9)
            #expect(heard.map(\.kind) == [.linkDown] && heard.map(\.text) == ["sfp1"])
            #expect(try await norte.database.signals(of: secured, limit: 9).map(\.kind) == [.linkUp])
            #expect(try await sur.database.signals(of: theirs, limit: 9) == [])
        }
    }

    @Test func `the room's words are whole in every language`() {
        #expect(SignalWords.problems == [] && SignalAPIWords.problems == [])
        #expect(DeviceSignal.Kind.allCases.allSatisfy { $0.message.problems == [] })
    }
}
