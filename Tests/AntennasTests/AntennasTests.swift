import Access
import Addresses
import AirOS
import AirOSLab
import AntennaProtocol
import Assembly
import Collection
import Conversations
import Customers
import Declarations
import HTTP
import Identifiers
import Incidents
import Locale
import Loop
import Notices
import Nouns
import Portal
import Postgres
import RouterOSAccess
import Routers
import Services
import ShellSupport
import Synchronization
import Tenancy
import TenantSupport
import TestSupport
import Testing
import Tickets
import Time
import Zones

@testable import Antennas
@testable import Fleet

/// Many antennas of a company: looked at, put right, and what failed becomes a visit.
@Suite struct AntennasTests {
    @Test func `of 184 antennas 151 are restarted, 31 were right and 2 fail, also when it is killed in the middle`()
        async throws
    {
        try await Scene.with([(151, .shadowed), (31, .right), (2, .shadowed)]) { scene in
            let (ana, database) = (try await scene.person(), scene.norte.database)
            scene.lab.change(at: scene.address(183)) { $0.password = "otra" }
            scene.lab.change(at: scene.address(184)) { $0.fault = .hang }
            let before = scene.processes
            let page = try await ana.see("/panel/antennas/jobs/new")
            let begun = try await ana.send(
                "/panel/antennas/jobs", "form=\(page.hidden("form") ?? "")&kind=restart&scope=everything")
            #expect(begun.status == .seeOther)
            let job = try #require(try await scene.jobs().first)
            // A dry run: nothing changes at the antennas.
            try await scene.work(on: job.id)
            #expect(try await scene.totals(job.id) == [.planned: 151, .already: 31, .failed: 2])
            #expect(zip(scene.processes, before).allSatisfy { $0 == $1 } && scene.lab.connected == 31)
            #expect(try await ana.see(job.panelPath).text.contains("por hacer en 151"))
            // Killed when 70 have been restarted, some of them without being written down.
            #expect(try await ana.send("\(job.panelPath)/work").status == .seeOther)
            scene.shell.stopAfter(kills: 70)
            let work = Task { try await scene.work(on: job.id) }
            await scene.shell.stopped()
            work.cancel()
            await #expect(throws: (any Error).self) { try await work.value }
            let half = try await scene.totals(job.id)
            #expect(half[.done, default: 0] < 151 && half[.acting, default: 0] > 0 && half[.failed] == 2)
            scene.shell.go()
            try await scene.work(on: job.id)
            #expect(try await scene.totals(job.id) == [.done: 151, .already: 31, .failed: 2])
            #expect(scene.lab.connected == 182)
            let after = scene.processes
            for number in 1...184 {
                let (old, new) = (before[number - 1], after[number - 1])
                #expect(new.parent == old.parent && (new.child != old.child) == (number <= 151), "\(number)")
            }
            #expect((1...151).allSatisfy { scene.kills(of: $0) == 1 })
            // What failed becomes a visit, once.
            #expect(try await ana.send("\(job.panelPath)/tickets").status == .seeOther)
            #expect(try await ana.send("\(job.panelPath)/tickets").status == .conflict)
            let lines = try await database.antennaLines(of: job.id, in: [.failed], limit: 10)
            #expect(lines.map(\.trouble) == [.loginRefused, .timedOut] && lines.allSatisfy { $0.ticket != nil })
            let shown = try await ana.see(job.panelPath).text
            #expect(shown.contains("No acepta ninguna de las contraseñas") && shown.contains("Ver ticket"))
            #expect(shown.contains("rm -f /tmp/running.cfg"))
            // A second run touches the two alone, and does not knock at a door that has just been shut.
            scene.lab.change(at: scene.address(184)) { $0.fault = .none }
            for turn in 1...2 {
                let calls = scene.shell.addresses
                #expect(try await ana.send("\(job.panelPath)/retry").status == .seeOther)
                try await scene.work(on: job.id)
                let touched = Set(scene.shell.addresses.dropFirst(calls.count))
                if turn == 1 {
                    #expect(touched == [scene.address(184)])
                    #expect(
                        try await database.antennaLines(of: job.id, in: [.failed], limit: 9).map(\.trouble) == [
                            .loginHeld
                        ])
                    scene.norte.site.clock.advance(by: .seconds(1000))
                    scene.lab.change(at: scene.address(183)) { $0.password = "segunda" }
                } else {
                    #expect(touched == [scene.address(183)])
                }
            }
            #expect(try await ana.send("\(job.panelPath)/work").status == .seeOther)
            try await scene.work(on: job.id)
            #expect(try await scene.totals(job.id) == [.done: 153, .already: 31] && scene.lab.connected == 184)
            // Read again, all is right; the login that an antenna took is tried first.
            let list = try await ana.see("/panel/antennas?finding=right")
            #expect(list.text.contains("184") && list.text.contains("XW.ar934x.v6.2.0"))
            #expect(try await database.knownAntenna(scene.mac(183))?.login == 2)
            let file = try await ana.download("/panel/antennas.csv?finding=right")
            #expect(file.status == .ok && file.text.split(whereSeparator: \.isNewline).count == 185)
            #expect(try await scene.sur.database.findingTotals().isEmpty)
            let stranger = try await scene.person(of: scene.sur)
            #expect(try await stranger.see(job.panelPath).status == .notFound)
            #expect(try await stranger.send("\(job.panelPath)/work").status == .notFound)
        }
    }

    @Test func `the string is rewritten only where the key is lost, and a healthy antenna keeps its own`() async throws
    {
        try await Scene.with([(2, .keyLost), (1, .shadowed), (2, .forgotten), (1, .right)]) { scene in
            try await scene.norte.database.execute(
                """
                UPDATE fleet_gaps SET cause = CASE WHEN thing <= \(scene.mac(2)) THEN 'stale_key' ELSE 'not_connected' END
                WHERE tenant_id = \(scene.norte.database.tenant)
                """)
            let healthy = scene.lab.antenna(at: scene.address(6))?.files
            let job = try await scene.start(.rewrite, .everything)
            try await scene.work(on: job.id)
            #expect(try await scene.totals(job.id) == [.planned: 4, .already: 1, .failed: 1])
            let failed = try await scene.norte.database.antennaLines(of: job.id, in: [.failed], limit: 9)
            #expect(failed.map(\.trouble) == [.needsRestart] && failed[0].mac == scene.mac(3))
            try await scene.acts.apply(job.id, by: scene.norte.commandLine, in: scene.norte.database)
            try await scene.work(on: job.id)
            #expect(try await scene.totals(job.id) == [.done: 4, .already: 1, .failed: 1])
            // Another job helps the one that failed: nobody has to go there.
            await #expect(throws: AntennaRefusal.nothingToDo) {
                try await scene.acts.openTickets(
                    of: job.id, for: scene.norte.tenant, by: scene.norte.commandLine, in: scene.norte.database)
            }
            #expect(scene.lab.connected == 5 && scene.lab.antenna(at: scene.address(6))?.files == healthy)
            let done = try await scene.norte.database.antennaLines(of: job.id, in: [.done], limit: 9)
            let commands = done.flatMap(\.commands).joined(separator: " ")
            #expect(commands.contains("••••") && !commands.contains(LabServer().key))
        }
    }

    @Test func `of a sector only so many boot at once, and one that does not come back is a failure`() async throws {
        try await Scene.with([(26, .right)]) { scene in
            let job = try await scene.start(.reboot, .everything)
            try await scene.work(on: job.id)
            #expect(try await scene.totals(job.id) == [.planned: 26])
            try await scene.acts.apply(job.id, by: scene.norte.commandLine, in: scene.norte.database)
            scene.lab.change(at: scene.address(1)) { $0.fault = .hang }
            var rounds = 0
            while try await scene.work(on: job.id) != nil, rounds < 40 {
                rounds += 1
                let booting = try await scene.norte.database.antennaLines(of: job.id, in: [.booting], limit: 99)
                let sectors = Dictionary(grouping: booting, by: \.sector)
                #expect(sectors.values.allSatisfy { $0.count == 1 })
                scene.norte.site.clock.advance(by: .seconds(31))
            }
            #expect(try await scene.totals(job.id) == [.done: 25, .failed: 1])
            #expect((2...26).allSatisfy { scene.lab.antenna(at: scene.address($0))?.boots == 1 })
        }
    }

    @Test func `the way in is kept sealed, and a password goes to no other machine`() async throws {
        try await Scene.with([(1, .right)]) { scene in
            let (ana, database) = (try await scene.person(), scene.norte.database)
            let page = try await ana.see(AntennaAccess.path)
            #expect(page.status == .ok && page.text.contains("uisp.lab.example") && !page.text.contains("secreto"))
            let sealed = try #require(try await database.antennaSecrets()).all.compactMap(\.self)
            #expect(sealed.count == 3 && sealed.allSatisfy { !String(decoding: $0, as: UTF8.self).contains("secreto") })
            let head =
                "form=\(page.hidden("form") ?? "")&revision=\(page.hidden("revision") ?? "")&antenna_port=22&sector_limit=1"
            for (form, words) in [
                ("antenna_user_1=-oProxyCommand", "Los usuarios"), ("antenna_user_1=ubnt&hop_1=x@nadie", "saltos"),
                ("antenna_user_1=ubnt&hop_1=x@8.8.8.8&hop_password_1=x", "redes de equipos"),
                ("antenna_user_1=ubnt&hop_1=x@127.0.0.1:1", "contraseña de cada salto"),
                ("antenna_user_1=ubnt&antenna_connection=wss://x", "cadena"),
            ] {
                let answer = try await ana.send(AntennaAccess.path, "\(head)&\(form)")
                #expect(answer.status == .unprocessableContent && answer.text.contains(words), "\(form)")
            }
            // An antenna at an address that moved is left alone, as is one outside the company's networks.
            scene.lab.change(at: scene.address(1)) { antenna in
                antenna = LabAntenna(
                    number: 9, mac: "24:A4:3C:00:00:99", name: "Otra", plight: .shadowed, server: LabServer(),
                    password: "secreto")
            }
            let job = try await scene.start(.restart, .everything)
            try await scene.work(on: job.id)
            let line = try #require(try await database.antennaLines(of: job.id, in: [.failed], limit: 1).first)
            #expect(line.trouble == .otherAntenna && line.detail == "24:A4:3C:00:00:99")
        }
    }

    @Test func `the room's words are whole in every language`() {
        #expect(AntennaWords.problems + AntennaRefusal.problems + AntennaTrouble.problems == [])
        #expect(Antenna.Finding.problems + AntennaJob.Kind.problems + AntennaJob.Scope.problems == [])
        #expect(AntennaJob.State.problems + AntennaLine.State.problems == [])
        #expect(Antenna.fields.flatMap(\.problems) + AntennaAccess.fields.flatMap(\.problems) == [])
    }
}

/// The lab's shells without a network, which can be told to hang in the middle.
private final class LabShell: RemoteShell {
    private struct State {
        var addresses: [String] = []
        var killsLeft = Int.max
        var waiting: CheckedContinuation<Void, Never>?
        var isStopped = false
    }

    private let lab: AirOSLab
    private let state = Mutex(State())

    init(_ lab: AirOSLab) { self.lab = lab }

    var addresses: [String] { state.withLock(\.addresses) }

    func stopAfter(kills: Int) { state.withLock { $0.killsLeft = kills } }

    func go() { state.withLock { ($0.killsLeft, $0.isStopped) = (.max, false) } }

    /// Suspends until the last kill that is allowed has happened.
    func stopped() async {
        await withCheckedContinuation { continuation in
            let isStopped = state.withLock { state in
                if !state.isStopped { state.waiting = continuation }
                return state.isStopped
            }
            if isStopped { continuation.resume() }
        }
    }

    func run(
        _ command: String, input: [UInt8], on target: AntennaTarget
    ) async throws(AntennaFailure) -> ShellAnswer {
        let address = "\(target.address)"
        guard let antenna = lab.antenna(at: address) else { throw .unreachable("") }
        let isKill = command.contains("kill -9")
        let stops = state.withLock { state in
            state.addresses.append(address)
            if isKill, state.killsLeft < .max { state.killsLeft -= 1 }
            return state.killsLeft <= 0
        }
        if antenna.fault == .hang { throw .timedOut }
        guard antenna.user == target.login.user, antenna.password == target.login.password else { throw .loginRefused }
        guard let answer = lab.run(command, input: input, at: address) else { throw .unreachable("") }
        if stops {
            let waiting = state.withLock { state in
                state.isStopped = true
                defer { state.waiting = nil }
                return state.waiting
            }
            waiting?.resume()
            // As a process that is killed before it hears the answer.
            while !Task.isCancelled { await Task.yield() }
            throw .dropped
        }
        return ShellAnswer(status: answer.status, output: answer.output, hostKey: "ssh-rsa AAAA\(antenna.mac)")
    }
}

/// A company with antennas of a lab, on line by PPPoE, and a neighbour without any.
private struct Scene: Sendable {
    let norte: TestTenant
    let sur: TestTenant
    let lab: AirOSLab
    let shell: LabShell
    let acts: AntennaActs
    let count: Int

    /// So many antennas in each plight. Those that are right are up in UISP, the others are missing there.
    static func with(
        _ parts: [(count: Int, plight: LabAntenna.Plight)], test: (Scene) async throws -> Void
    ) async throws {
        let all = parts.flatMap { Array(repeating: $0.plight, count: $0.count) }
        try await withTenants(
            declaring: .customers, .zones, .services, .collection, .conversations, .notices, .incidents, .portal,
            .routers,
            .fleet, .tickets, .antennas
        ) { norte, sur in
            var antennas: [String: LabAntenna] = [:]
            for (index, plight) in all.enumerated() {
                antennas[address(index + 1)] = LabAntenna(
                    number: index + 1, mac: mac(index + 1), name: "Cliente \(index + 1)", plight: plight,
                    server: LabServer(), password: "secreto")
            }
            let lab = AirOSLab(antennas)
            let shell = LabShell(lab)
            let dialer = RouterDialer(
                RouterOSDriver(), vault: norte.site.vault, on: .tests,
                labs: [(AddressRange("127.20.0.0/16")!, 22), (AddressRange("127.0.0.1")!, 1)])
            let acts = AntennaActs(
                AntennaReach(AirOSDriver(shell), dialer: dialer, vault: norte.site.vault),
                randomness: norte.site.randomness)
            let scene = Scene(norte: norte, sur: sur, lab: lab, shell: shell, acts: acts, count: all.count)
            try await scene.furnish(all)
            var access = AntennaAccess()
            (access.user1, access.password1, access.user2, access.password2) = ("ubnt", "secreto", "ubnt", "segunda")
            (access.connection, access.allowsOldCryptography) = (LabServer().connection, true)
            try await acts.save(access, by: norte.commandLine, in: norte.database)
            try await test(scene)
        }
    }

    private static func address(_ number: Int) -> String { "127.20.\(number / 250).\(number % 250 + 1)" }
    private static func mac(_ number: Int) -> String { "24:A4:3C:00:00:\(hexadecimal(number))" }

    private static func hexadecimal(_ number: Int) -> String {
        let text = String(number, radix: 16, uppercase: true)
        return text.utf8.count == 1 ? "0\(text)" : text
    }

    func address(_ number: Int) -> String { Self.address(number) }
    func mac(_ number: Int) -> String { Self.mac(number) }

    private func furnish(_ plights: [LabAntenna.Plight]) async throws {
        let (database, now) = (norte.database, norte.now)
        func id() -> UUID { .v7(milliseconds: now.milliseconds, from: norte.site.randomness) }
        let controller = id()
        try await database.execute(
            """
            INSERT INTO fleet_controllers (
                tenant_id, controller_id, number, name, address, token, fingerprint, ssids, is_on, made_at)
            VALUES (
                \(database.tenant), \(controller), 1, 'UISP', 'https://uisp.example.net', '\\x00', '', '', false, \(now))
            """)
        let up = plights.indices.filter { plights[$0] == .right }.map { $0 + 1 }
        let missing = plights.indices.filter { plights[$0] != .right }.map { $0 + 1 }
        try await database.execute(
            """
            INSERT INTO fleet_devices (
                tenant_id, device_id, controller_id, number, uid, mac, name, model, role, firmware, status, standing,
                is_authorized, address, ssid, site_uid, site_name, fails_decryption, since, made_at)
            SELECT \(database.tenant), n.id, \(controller), n.number, 'u' || n.number, n.mac, 'Cliente ' || n.number, '', '',
                '', 'active', 'up', true, n.address, 'Sector-' || n.number % 12, '', '', false, \(now), \(now)
            FROM unnest(\(up.map { _ in id() }), \(up), \(up.map(mac)), \(up.map(address))) n(id, number, mac, address)
            """)
        try await database.execute(
            """
            INSERT INTO fleet_gaps (
                tenant_id, gap_id, kind, thing, name, mac, vendor, address, cause, found_at)
            SELECT \(database.tenant), n.id, 'missing', n.mac, 'Cliente ' || n.number, n.mac, 'Ubiquiti', n.address,
                'not_connected', \(now)
            FROM unnest(\(missing.map { _ in id() }), \(missing), \(missing.map(mac)), \(missing.map(address)))
                n(id, number, mac, address)
            """)
    }

    var processes: [(parent: Int, child: Int?)] {
        (1...count).map { number in
            let antenna = lab.antenna(at: address(number))
            return (antenna?.parent ?? 0, antenna?.child)
        }
    }

    func kills(of number: Int) -> Int {
        lab.antenna(at: address(number))?.journal.count { $0.contains("kill -9") } ?? 0
    }

    func start(_ kind: AntennaJob.Kind, _ scope: AntennaJob.Scope) async throws -> AntennaJob {
        var new = NewAntennaJob()
        (new.kind, new.scope) = (kind, scope)
        return try await acts.start(new, by: norte.commandLine, in: norte.database)
    }

    @discardableResult
    func work(on job: AntennaJob.ID) async throws -> Instant? {
        try await acts.work(
            on: job, until: norte.now + .seconds(3600), time: norte.site.clock.source, in: norte.database)
    }

    func jobs() async throws -> [AntennaJob] {
        let query = try ListQuery(AntennaJobInList.list, Fields())
        let rows: [AntennaJobInList] = try await norte.database.rows(norte.database.antennaJobRows(query))
        return rows.map(\.job)
    }

    func totals(_ job: AntennaJob.ID) async throws -> [AntennaLine.State: Int] {
        Dictionary(uniqueKeysWithValues: try await norte.database.lineTotals(of: job).map { ($0.state, $0.count) })
    }

    func person(of tenant: TestTenant? = nil) async throws -> Person {
        let tenant = tenant ?? norte
        return try await Person(tenant, tenant.everything) { routes, _ in
            AntennaRoutes(acts, files: .tests).add(to: &routes)
        }
    }
}
