import AccessProtocol
import Addresses
import Declarations
import HTTP
import Identifiers
import Jobs
import Locale
import Loop
import Postgres
import RouterOSAccess
import RouterOSLab
import RouterScripts
import ShellSupport
import Tenancy
import TenantSupport
import TestSupport
import Testing
import Time
import Zones

@testable import Backups
@testable import Routers

@Suite struct BackupTests {
    private static let moment = Instant(microseconds: 1_770_000_000_000_000)

    private struct Bench: Sendable {
        let tenant: TestTenant
        let lab: RouterLab
        let router: Router
        let dialer: RouterDialer
        var vault: BackupVault {
            BackupVault(tenant.site.vault, randomness: tenant.site.randomness, workingOn: Loops.tests.blocking)
        }

        /// As the job does it.
        @discardableResult
        func backUp(at now: Instant) async throws -> RouterBackup? {
            let session = try await dialer.configure(router, in: tenant.database)
            defer { session.close() }
            let read = try await session.configuration()
            return try await vault.keep(
                read.text, hasSecrets: read.hasSecrets, of: router, because: .night, at: now, in: tenant.database)
        }

        func backups() async throws -> [RouterBackup] { try await tenant.database.backups(of: router.id, limit: 50) }
    }

    private static func with(
        _ version: LabVersion = LabVersion(7, 19), as login: String = "admin",
        _ body: (Bench, TestTenant, TestTenant) async throws -> Void
    ) async throws {
        try await withTenants(declaring: .zones, .routers, .backups) { norte, sur in
            var plan = RouterLab.Plan()
            (plan.version, plan.customers, plan.password) = (version, 30, "clave")
            let lab = await RouterLab.start(plan, clock: TimeSource { moment }, on: Loops.tests.all[0])
            defer { lab.close() }
            await lab.inspect { lab in
                lab.furnish(script: "/user group add name=corto policy=read,write,test,api")
                lab.addUser("corto", password: "clave", group: "corto")
            }
            let port = try await lab.listen()
            let dialer = RouterDialer(
                RouterOSDriver(), vault: norte.site.vault, on: .tests, labs: [(AddressRange("127.0.0.1/32")!, port)])
            let acts = RouterActs(dialer, randomness: norte.site.randomness)
            var router = acts.blank(at: norte.now)
            (router.name, router.address, router.port) = ("Torre \(port)", "127.0.0.1", Int(port))
            (router.login, router.password) = (login, "clave")
            let added = try await acts.add(router, by: norte.commandLine, in: norte.database)
            try await body(Bench(tenant: norte, lab: lab, router: added, dialer: dialer), norte, sur)
        }
    }

    @Test func `what is exported with its passwords stays on no router, however the reading ends`() async throws {
        try await Self.with { bench, norte, _ in
            func isThere() async -> Bool {
                await bench.lab.inspect { $0.text("size", of: "mastil-export.rsc", in: "/file") } != nil
            }
            // As a worker that died left it.
            await bench.lab.inspect { $0.addFile("mastil-export.rsc", kind: "script", contents: "/ppp secret add") }
            let left = await isThere()
            #expect(left)
            _ = try #require(try await bench.backUp(at: norte.now))
            let stayed = await isThere()
            #expect(!stayed)
        }
    }

    @Test(arguments: [LabVersion(6, 49), LabVersion(7, 10), LabVersion(7, 19)])
    func `a backup keeps the passwords, and makes a spare router the same`(version: LabVersion) async throws {
        try await Self.with(version) { bench, norte, sur in
            let backup = try #require(try await bench.backUp(at: norte.now))
            #expect(backup.hasSecrets && backup.number == 1 && backup.version.hasPrefix("\(version.major)"))
            let text = try await bench.vault.text(of: backup, in: norte.database)
            #expect(text.contains("clave00001"))
            let spare = LabRouter(version, at: Self.moment + .seconds(86_400))
            spare.furnish(script: "/ip address remove [find interface=ether2]\n/ip route remove [find]")
            #expect(spare.runScript(text) == nil)
            let difference = ConfigurationDifference(
                from: RouterConfiguration(await bench.lab.inspect { $0.export() }),
                to: RouterConfiguration(spare.export()))
            #expect(difference.isEmpty, "\(difference.sections)")
            // Nobody who reads the database reads a password.
            let kept = try norte.site.test.superuser().column("SELECT encode(content, 'escape') FROM router_backups")
            #expect(kept.count == 1 && !kept.joined().contains("clave00001"))
            #expect(try await sur.database.backups(of: bench.router.id, limit: 5) == [])
            #expect(try await sur.database.backup(backup.id) == nil)
        }
    }

    @Test func `a version is made where something changed, and says how much`() async throws {
        try await Self.with { bench, norte, _ in
            try await bench.backUp(at: norte.now)
            await bench.lab.advance(by: .seconds(3600))
            #expect(try await bench.backUp(at: norte.now + .seconds(60)) == nil)
            await bench.lab.inspect { lab in
                lab.put("Plan10", in: "profile", of: "cliente00002", at: "/ppp/secret")
                lab.put("otra-clave", in: "password", of: "cliente00003", at: "/ppp/secret")
                lab.furnish(script: "/ip firewall filter add chain=input action=drop")
            }
            let second = try #require(try await bench.backUp(at: norte.now + .seconds(120)))
            #expect(second.number == 2 && second.changes == 3)
            let versions = try await bench.backups()
            let difference = try await bench.vault.difference(from: versions[1], to: versions[0], in: norte.database)
            #expect(difference.sections.map(\.menu).sorted() == ["/ip/firewall/filter", "/ppp/secret"])
            #expect("\(difference)".contains("Plan10") && !"\(difference)".contains("otra-clave"))
            let state = try #require(try await norte.database.backupStates()[bench.router.id])
            #expect(state.versions == 2 && state.seenAt == norte.now + .seconds(120))
        }
    }

    @Test func `a user without the policy keeps the rest, and it is told`() async throws {
        try await Self.with(as: "corto") { bench, norte, _ in
            let backup = try #require(try await bench.backUp(at: norte.now))
            #expect(!backup.hasSecrets)
            #expect(try await !bench.vault.text(of: backup, in: norte.database).contains("clave00001"))
        }
    }

    @Test func `old versions are forgotten but for some, and a router without a backup is told of once`() async throws {
        try await Self.with { bench, norte, _ in
            for day in 0..<6 {
                let name = "nombre\(day)"
                await bench.lab.inspect { $0.furnish(script: "/system identity set name=\(name)") }
                try await bench.backUp(at: norte.now + .seconds(day * 86_400))
            }
            let now = norte.now + .seconds(100 * 86_400)
            #expect(try await norte.database.forgetBackups(olderThan: now - .seconds(97 * 86_400), keeping: 2) == 3)
            #expect(try await bench.backups().map(\.number) == [6, 5, 4])
            #expect(try await norte.database.forgetBackups(olderThan: now, keeping: 2) == 1)
            #expect(try await norte.database.alarmBackups(olderThan: norte.now, at: now) == [])
            #expect(try await norte.database.alarmBackups(olderThan: now, at: now) == [bench.router.id])
            #expect(try await norte.database.alarmBackups(olderThan: now, at: now) == [])
            try await bench.backUp(at: now)
            #expect(try await norte.database.backupStates()[bench.router.id]?.alarmedAt == nil)
            #expect(
                try norte.site.test.superuser().column(
                    "SELECT 1 FROM unsealed_events WHERE content LIKE '%router.backup_returned%'"
                ).count == 1)
        }
    }

    @Test func `words are whole in every language`() { #expect(BackupWords.problems == []) }

    @Test func `the pages show versions and differences, and give the file to whom it is permitted`() async throws {
        try await Self.with { bench, norte, sur in
            try await bench.backUp(at: norte.now)
            await bench.lab.inspect { $0.put("Morosos", in: "profile", of: "cliente00002", at: "/ppp/secret") }
            try await bench.backUp(at: norte.now + .seconds(60))
            func person(_ tenant: TestTenant, _ permissions: [Permission]) async throws -> Person {
                try await Person(tenant, permissions) { routes, _ in BackupRoutes(bench.vault).add(to: &routes) }
            }
            let all: [Permission] = [.networkRead, .networkOperate, .networkManage, .networkBackups]
            let ana = try await person(norte, all)
            #expect(try await ana.see("/panel/network/backups").text.contains(bench.router.name))
            let path = "/panel/routers/\(bench.router.id)/backups"
            #expect(try await ana.see(path).text.contains("Diferencia (1)"))
            let page = try await ana.see("\(path)/difference?from=1&to=2").text
            #expect(page.contains("cliente00002") && page.contains("profile=Morosos"))
            #expect(try await ana.see("\(path)/difference?from=2&to=9").status == .notFound)
            #expect(try await ana.see("\(path)/difference?from=x&to=1").status == .badRequest)
            let file = "/panel/network/backups/\(try await bench.backups()[0].id)/file"
            #expect(try await ana.see(file).text.contains("clave00002"))
            #expect(
                try await ana.send("/panel/network/backups/rules", "keep_days=30&keep_least=5&alarm_days=2").status
                    == .seeOther)
            #expect(try await norte.database.backupRules().alarmDays == 2)
            #expect(
                try await ana.send("/panel/network/backups/rules", "keep_days=0&keep_least=5&alarm_days=2").status
                    == .unprocessableContent)
            let reader = try await person(norte, [.networkRead])
            #expect(try await reader.see(file).status == .forbidden)
            #expect(try await reader.see("\(path)/difference?from=1&to=2").status == .ok)
            let stranger = try await person(sur, all)
            #expect(try await stranger.see(path).status == .notFound)
            #expect(try await stranger.see(file).status == .notFound)
        }
    }
}
