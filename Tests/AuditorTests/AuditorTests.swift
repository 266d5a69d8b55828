import Access
import Addresses
import Declarations
import Foundation
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

@testable import Auditor
@testable import Backups
@testable import Routers

/// A company's router is a lab with the fifteen faults of the demonstration.
struct AuditBench: Sendable {
    let tenant: TestTenant
    let lab: RouterLab
    let router: Router.ID
    let dialer: RouterDialer

    static func open(
        _ tenant: TestTenant, version: LabVersion = LabVersion(7, 19), isDirty: Bool = true
    ) async throws -> AuditBench {
        var plan = RouterLab.Plan()
        (plan.version, plan.customers, plan.password) = (version, 20, "clave")
        let lab = await RouterLab.start(
            plan, clock: TimeSource { Instant(microseconds: 1_770_000_000_000_000) }, on: Loops.tests.all[0])
        let script = try String(contentsOfFile: Repository.path("Tenants/norte/router.rsc"), encoding: .utf8)
        if isDirty { await lab.inspect { $0.furnish(script: script) } }
        let port = try await lab.listen()
        let dialer = RouterDialer(
            RouterOSDriver(), vault: tenant.site.vault, on: .tests, labs: [(AddressRange("127.0.0.1/32")!, port)])
        let acts = RouterActs(dialer, randomness: tenant.site.randomness)
        var router = acts.blank(at: tenant.now)
        (router.name, router.address, router.port) = ("Torre \(port)", "127.0.0.1", Int(port))
        (router.login, router.password, router.mode) = ("admin", "clave", .active)
        let added = try await acts.add(router, by: tenant.commandLine, in: tenant.database)
        return AuditBench(tenant: tenant, lab: lab, router: added.id, dialer: dialer)
    }

    func export() async -> RouterConfiguration { RouterConfiguration(await lab.inspect { $0.export() }) }

    func findings() async throws -> [RouterFinding] {
        try await tenant.database.findings(of: router, fixedSince: Instant(microseconds: 0), limit: 100)
    }

    func finding(_ rule: AuditRule) async throws -> RouterFinding {
        try #require(try await findings().first { $0.rule == rule })
    }

    func audit() async throws {
        try await AuditActs.audit(router, by: tenant.commandLine, in: tenant.database)
        try await work()
    }

    func apply(_ rule: AuditRule) async throws {
        try await AuditActs.applyFix(of: finding(rule).id, by: tenant.commandLine, in: tenant.database)
        try await work()
    }

    /// The lab's clock goes on meanwhile: its pings take their time.
    private func eventually(_ isSo: () throws -> Bool) async throws {
        let end = ContinuousClock.now + .seconds(30)
        while try !isSo() {
            try #require(ContinuousClock.now < end)
            await lab.advance(by: .milliseconds(200))
            try await Loops.tests.all[1].sleep(for: .milliseconds(10))
        }
    }

    /// All that waits.
    func work() async throws {
        let dialer = dialer
        var kinds = JobKinds()
        kinds.add(AuditRouters.self) { try await $0.run(in: $1) }
        let backups = BackupVault(
            tenant.site.vault, randomness: tenant.site.randomness, workingOn: Loops.tests.blocking)
        kinds.add(AuditRouter.self) { try await $0.run(in: $1, with: dialer, keeping: backups) }
        kinds.add(BackUpRouter.self) { try await $0.run(in: $1, with: dialer, keeping: backups) }
        kinds.add(ApplyFix.self) { try await $0.run(in: $1, with: dialer) }
        var configuration = WorkerConfiguration()
        configuration.poll = .milliseconds(50)
        let worker = Worker(
            database: tenant.site.test.database, loops: .tests, kinds: kinds, time: .system,
            randomness: tenant.site.randomness, configuration: configuration)
        let work = Loops.tests.all[0].spawn { await worker.run() }
        do {
            try await eventually {
                try tenant.site.test.superuser().column(
                    "SELECT 1 FROM jobs WHERE kind LIKE 'network.%' AND state IN ('queued', 'running') LIMIT 1"
                ).isEmpty
            }
        } catch {
            await worker.drain(within: .seconds(5))
            await work.value
            throw error
        }
        await worker.drain(within: .seconds(5))
        await work.value
    }
}

@Suite struct AuditorTests {
    private static func with(_ body: (TestTenant, TestTenant) async throws -> Void) async throws {
        try await withTenants(declaring: .zones, .routers, .backups, .auditor, body: body)
    }

    @Test func `a router with fifteen faults has exactly fifteen findings, which the neighbour never sees`()
        async throws
    {
        try await Self.with { norte, sur in
            let bench = try await AuditBench.open(norte)
            defer { bench.lab.close() }
            try await norte.database.queue(AuditRouters(), at: norte.now)
            try await bench.work()
            let findings = try await bench.findings()
            #expect(
                findings.map(\.rule) == AuditRule.allCases, "\(findings.map { "\($0.rule) \($0.subject) \($0.found)" })"
            )
            #expect(findings.allSatisfy { $0.standing == .open && !$0.commands.isEmpty })
            let audit = try #require(try await norte.database.routerAudit(bench.router))
            #expect(audit.trouble == "" && audit.unread == 0 && audit.verdict == .done && audit.auditedAt != nil)
            // Nothing of the audit is left on the router.
            #expect(await bench.lab.inspect { $0.text("name", of: "mastil-export.rsc", in: "/file") } == nil)
            try await bench.audit()
            #expect(try await bench.findings().map(\.id) == findings.map(\.id))
            let told = try norte.site.test.superuser().column(
                "SELECT count(*) FROM unsealed_events WHERE content LIKE '%router.finding_opened%'")
            #expect(told == ["15"])
            #expect(try await sur.database.findings(limit: 10) == [])
            #expect(try await sur.database.routerAudit(bench.router) == nil)
            #expect(try await sur.database.finding(findings[0].id) == nil)
        }
    }

    @Test func `what is taken back is as it was before, for every fix`() async throws {
        try await Self.with { norte, _ in
            let bench = try await AuditBench.open(norte)
            defer { bench.lab.close() }
            try await bench.audit()
            for finding in try await bench.findings() where finding.isApplicable && finding.rule != .debtorsOnline {
                let before = await bench.export()
                #expect(
                    await bench.lab.inspect { $0.runScript(finding.commands.joined(separator: "\n")) } == nil,
                    "\(finding.rule)")
                #expect(!ConfigurationDifference(from: before, to: await bench.export()).isEmpty, "\(finding.rule)")
                #expect(
                    await bench.lab.inspect { $0.runScript(finding.undo.joined(separator: "\n")) } == nil,
                    "\(finding.rule)")
                let left = ConfigurationDifference(from: before, to: await bench.export())
                #expect(left.isEmpty, "\(finding.rule): \(left.sections)")
            }
        }
    }

    @Test func `a fix is sent, verified and kept, and its finding closed`() async throws {
        try await Self.with { norte, _ in
            let bench = try await AuditBench.open(norte)
            defer { bench.lab.close() }
            try await bench.audit()
            let applicable = try await bench.findings().filter(\.isApplicable).map(\.rule)
            #expect(applicable.count == 12)
            // The routes that one enables are reckoned with by others.
            for rule in applicable {
                try await bench.audit()
                guard try await bench.finding(rule).standing == .open else { continue }
                try await bench.apply(rule)
                let finding = try await bench.finding(rule)
                #expect(finding.standing == .fixed && finding.fix == .kept, "\(rule): \(finding.fixNote)")
            }
            let open = try await bench.findings().filter { $0.standing == .open }
            #expect(open.map(\.rule) == [.movedSubnet, .publicLAN, .poolFull])
            let versions = try await norte.database.backups(of: bench.router, limit: 50)
            #expect(versions.filter { $0.reason == .fix }.count > 8)
            for menu in ["/system/script", "/system/scheduler"] {
                #expect(await bench.lab.inspect { $0.text("name", of: "mastil-undo", in: menu) } == nil)
            }
        }
    }

    @Test func `a fix that costs us the router is taken back by the router itself`() async throws {
        try await Self.with { norte, _ in
            let bench = try await AuditBench.open(norte)
            defer { bench.lab.close() }
            try await bench.audit()
            let before = await bench.export()
            // The one who sends it is let in, and nobody after.
            await bench.lab.set([LabFault(.refuseLogin, skipping: 1)])
            try await bench.apply(.openInput)
            #expect(try await bench.finding(.openInput).fix == .takenBack)
            #expect(!ConfigurationDifference(from: before, to: await bench.export()).isEmpty)
            await bench.lab.advance(by: ApplyFix.patience + .seconds(1))
            let after = await bench.export()
            let rest = ConfigurationDifference(from: before, to: after).sections.flatMap(\.changes)
            // All that is left is the script, which does nothing any more.
            #expect(rest.count == 1 && "\(rest)".contains("mastil-undo"), "\(rest)")
            await bench.lab.set([])
            try await bench.audit()
            #expect(try await bench.finding(.openInput).standing == .open)
            try await bench.apply(.openInput)
            #expect(try await bench.finding(.openInput).fix == .kept)
            await bench.lab.advance(by: ApplyFix.patience + .seconds(1))
            #expect(
                Audit(RouterUnderAudit(await bench.export(), RouterFacts())).findings.allSatisfy {
                    $0.rule != .openInput
                })
        }
    }

    @Test func `a fix is not sent where the router is no longer as it was shown, or only looked at`() async throws {
        try await Self.with { norte, _ in
            let bench = try await AuditBench.open(norte)
            defer { bench.lab.close() }
            try await bench.audit()
            await bench.lab.inspect {
                $0.furnish(
                    script: "/ip firewall nat add chain=srcnat action=masquerade out-interface=WAN3 comment=otra")
            }
            try await bench.apply(.deadWAN)
            let finding = try await bench.finding(.deadWAN)
            #expect(finding.fix == .failed && finding.fixNote == RouterFixing.changedMeanwhile)
            let acts = RouterActs(bench.dialer, randomness: norte.site.randomness)
            try await acts.set(bench.router, to: .shadow, by: norte.commandLine, in: norte.database)
            await #expect(throws: AuditRefusal.inShadow) { try await bench.apply(.queueMissing) }
            await #expect(throws: AuditRefusal.notApplicable) { try await bench.apply(.poolFull) }
        }
    }

    @Test func `a router that does not answer keeps what was found before, and says why`() async throws {
        try await Self.with { norte, _ in
            let bench = try await AuditBench.open(norte)
            defer { bench.lab.close() }
            try await bench.audit()
            await bench.lab.set([LabFault(.refuseLogin)])
            try await bench.audit()
            let audit = try #require(try await norte.database.routerAudit(bench.router))
            #expect(audit.trouble.contains("refused the login") && audit.auditedAt != nil)
            #expect(try await bench.findings().count == 15)
        }
    }

    @Test func `the pages show a score, what would be sent, and what somebody chose to live with`() async throws {
        try await Self.with { norte, sur in
            let bench = try await AuditBench.open(norte)
            defer { bench.lab.close() }
            let ana = try await Person(norte, [.networkRead, .networkOperate, .networkManage]) { routes, _ in
                AuditRoutes().add(to: &routes)
            }
            let path = "/panel/routers/\(bench.router)/audit"
            #expect(try await ana.see("/panel/network/audit").text.contains("Nunca"))
            #expect(try await ana.send(path, "").status == .seeOther)
            try await bench.work()
            let page = try await ana.see(path).text
            #expect(page.contains("AUD-02") && page.contains("/ip firewall filter add chain=input action=drop"))
            #expect(page.contains("Abiertos (15)"))
            let finding = try await bench.finding(.queueMissing)
            let place = "/panel/network/findings/\(finding.id)"
            #expect(try await ana.see("\(place)/fix").text.contains("/queue tree remove [find"))
            #expect(try await ana.send("\(place)/ignore", "reason=").status == .unprocessableContent)
            #expect(try await ana.send("\(place)/ignore", "reason=WAN9+es+de+respaldo").status == .seeOther)
            try await bench.audit()
            let ignored = try await ana.see(path).text
            #expect(ignored.contains("Abiertos (14)") && ignored.contains("WAN9 es de respaldo"))
            #expect(try await ana.send("\(place)/heed", "").status == .seeOther)
            #expect(try await ana.see(path).text.contains("Abiertos (15)"))
            let reader = try await Person(norte, [.networkRead]) { routes, _ in AuditRoutes().add(to: &routes) }
            #expect(try await reader.send("\(place)/fix", "").status == .forbidden)
            let stranger = try await Person(sur, [.networkRead, .networkOperate, .networkManage]) { routes, _ in
                AuditRoutes().add(to: &routes)
            }
            #expect(try await stranger.see(path).status == .notFound)
            #expect(try await stranger.send("\(place)/ignore", "reason=x").status == .notFound)
        }
    }
}
