import Access
import Addresses
import Declarations
import Events
import Glibc
import HTTP
import Identifiers
import Locale
import Loop
import Monitoring
import Panel
import Plans
import Postgres
import Routers
import ShellSupport
import Synchronization
import Tenancy
import TenantSupport
import TestSupport
import Testing
import Time
import WebClient
import Zones

@testable import MetricExports

/// A company's measurements at an address of its own, as VictoriaMetrics takes them.
@Suite struct MetricExportTests {
    @Test func `a line keeps its tags apart, whatever a device is called`() {
        func line(_ device: String, _ interface: String = "") -> String {
            var bytes: [UInt8] = []
            ExportedSample(
                at: Instant(seconds: 1_800_000_000), value: -61, metric: "signal", interface: interface, device: device,
                kind: "access_point"
            ).append(to: &bytes, company: "norte")
            return String(decoding: bytes, as: UTF8.self)
        }
        #expect(
            line("Cerro Alto", "ath0")
                == "mastil,company=norte,device=Cerro\\ Alto,kind=access_point,interface=ath0 signal=-61i 1800000000000000000\n"
        )
        #expect(line("a,b=c\n d\\").contains("device=a\\,b\\=c\\ \\ d/,kind"))
    }

    @Test func `VictoriaMetrics has what was measured, once, and a target that fails is caught up with`() async throws {
        try await withTenants(declaring: .zones, .plans, .routers, .monitoring, .metricExports) { norte, sur in
            let folder = try TemporaryFolder()
            let port = UInt16(26_000 + Int(Randomness.system.next() % 900))
            let loop = Loops.tests.all[0]
            let web = HTTPClient(on: loop, resolver: Resolver { _ in [] })
            defer { loop.spawn { await web.close() } }
            let here = Egress.publicOnly(besides: [
                .init(AddressRange("127.0.0.1")!, ports: [port], evenSpecial: true)
            ])
            let origin = "http://127.0.0.1:\(port)"
            let acts = MetricExportActs(web, egress: here, vault: norte.site.vault)
            @Sendable func ask(_ path: String) async throws -> String {
                let answer = try await web.send(WebRequest("GET", origin + path, egress: here))
                return String(decoding: answer.body, as: UTF8.self)
            }
            var target = MetricTarget()
            (target.address, target.token) = ("\(origin)/write", "secreto-de-norte")
            try await acts.save(target, of: norte.tenant, by: norte.commandLine, in: norte.database)
            for tenant in [norte, sur] { try await tenant.measure("Torre \(tenant.tenant.slug)") }
            norte.site.clock.advance(by: .seconds(300))
            // Nobody listens yet: it stays for the next time.
            try await acts.export(of: norte.tenant, at: norte.now, in: norte.database)
            #expect(try await norte.database.metricTarget()?.failure != nil)
            try await loop.run {
                let server = try ChildProcess(
                    "setpriv",
                    [
                        "--pdeathsig", "KILL", "victoria-metrics", "-storageDataPath=\(folder.path)",
                        "-httpListenAddr=127.0.0.1:\(port)", "-retentionPeriod=100y", "-loggerLevel=ERROR",
                        "-memory.allowedBytes=64MB",
                    ], environment: ["PATH": "/usr/sbin:/usr/bin:/sbin:/bin"], on: loop)
                var isUp = false
                for _ in 0..<100 where !isUp {
                    isUp = (try? await ask("/health")) == "OK"
                    if !isUp { try await loop.sleep(for: .milliseconds(100)) }
                }
                #expect(isUp)
                try await acts.export(of: norte.tenant, at: norte.now, in: norte.database)
                // With nothing new, and for a company that has no target.
                try await acts.export(of: norte.tenant, at: norte.now, in: norte.database)
                try await acts.export(of: sur.tenant, at: norte.now, in: sur.database)
                _ = try await ask("/internal/force_flush")
                let found = try await ask("/api/v1/export?match[]=%7Bcompany!=%22%22%7D")
                #expect(found.contains("mastil_signal") && found.contains("\"Torre norte\"") && found.contains("-61"))
                #expect(!found.contains("Torre sur"))
                #expect(found.split(separator: "\n").count == 1)
                server.send(signal: SIGKILL)
                _ = await server.ended()
            }
            let kept = try #require(try await norte.database.metricTarget())
            #expect(kept.failure == nil && kept.sentUntil == norte.now - MetricExportActs.lag)
            let stored = try #require(try await norte.database.sealedMetricToken())
            #expect(!String(decoding: stored, as: UTF8.self).contains("secreto"))
            #expect(try await sur.database.metricTarget() == nil)
        }
    }

    @Test func `what a target took stays taken where a later part fails`() async throws {
        try await withTenants(declaring: .zones, .plans, .routers, .monitoring, .metricExports) { norte, _ in
            let taken = Mutex(0)
            try await RunningServer.run(handler: { request in
                _ = try? await request.body.bytes(upTo: 8 << 20)
                let place = taken.withLock { taken in
                    taken += 1
                    return taken
                }
                return .text("", status: place == 2 ? .internalServerError : .ok)
            }) { server in
                guard case .ip(_, let port) = server.address else { return }
                let web = HTTPClient(on: server.loops.all[0], resolver: Resolver { _ in [] })
                let here = Egress.publicOnly(besides: [
                    .init(AddressRange("127.0.0.1")!, ports: [port], evenSpecial: true)
                ])
                let acts = MetricExportActs(web, egress: here, vault: norte.site.vault)
                var target = MetricTarget()
                target.address = "http://127.0.0.1:\(port)/write"
                try await acts.save(target, of: norte.tenant, by: norte.commandLine, in: norte.database)
                let begun = norte.now
                try await norte.measure("Torre")
                try await norte.database.execute(
                    """
                    INSERT INTO samples (tenant_id, series_id, at, value)
                    SELECT \(norte.database.tenant), 1, \(begun)::timestamptz + g * interval '10 ms', -60
                    FROM generate_series(101, 6100) g
                    """)
                norte.site.clock.advance(by: .seconds(300))
                for isWhole in [false, true] {
                    try await acts.export(of: norte.tenant, at: norte.now, in: norte.database)
                    let kept = try #require(try await norte.database.metricTarget())
                    #expect((kept.failure == nil) == isWhole)
                    let end = isWhole ? norte.now - MetricExportActs.lag : begun + .milliseconds(50_989)
                    #expect(kept.sentUntil == end)
                }
                #expect(taken.withLock(\.self) == 3)
                await web.close()
            }
        }
    }

    @Test func `the settings keep the token to themselves`() async throws {
        try await withTenants(declaring: .zones, .plans, .routers, .monitoring, .metricExports) { norte, _ in
            let web = HTTPClient(on: Loops.tests.all[0], resolver: Resolver { _ in [] })
            defer { Loops.tests.all[0].spawn { await web.close() } }
            let ana = try await Person(norte, norte.everything) { routes, _ in
                MetricExportRoutes(MetricExportActs(web, egress: .publicOnly(), vault: norte.site.vault)).add(
                    to: &routes)
            }
            func send(_ address: String, _ token: String) async throws -> Answer {
                let page = try await ana.see("/panel/metric-exports")
                return try await ana.send(
                    "/panel/metric-exports",
                    Fields([
                        "form": page.hidden("form"), "revision": page.hidden("revision"), "export_on": "yes",
                        "export_address": address, "export_token": token,
                    ]).urlEncoded)
            }
            #expect(try await send("http://10.0.0.1/write", "x").status == .unprocessableContent)
            #expect(
                try await send("https://influx.example/api/v2/write?bucket=red", "clave-secreta").status == .seeOther)
            let page = try await ana.see("/panel/metric-exports").text
            #expect(page.contains("•••• reta") && !page.contains("clave-secreta"))
            // To another address the old token does not go.
            #expect(try await send("https://otro.example/write", "").status == .seeOther)
            #expect(try await norte.database.sealedMetricToken() == nil)
        }
    }

    @Test func `the room's words are whole in every language`() {
        #expect(MetricExportWords.problems == [] && MetricExportRefusal.problems == [])
    }
}

extension TestTenant {
    /// A device with one value.
    fileprivate func measure(_ name: String) async throws {
        let device: Device.ID = .make(milliseconds: now.milliseconds, from: site.randomness)
        _ = try await database.execute("WITH kept AS (SELECT keep_sample_days(\(now)) AS count) SELECT count FROM kept")
        _ = try await database.batch([
            """
            INSERT INTO devices (tenant_id, device_id, number, name, kind, method, address, is_watched, made_at)
            VALUES (\(database.tenant), \(device), 1, \(name), 'access_point', 'ping', '10.0.0.1', true, \(now))
            """,
            """
            INSERT INTO sample_series (tenant_id, series_id, device_id, metric, interface)
            VALUES (\(database.tenant), 1, \(device), 'signal', '')
            """,
            """
            INSERT INTO samples (tenant_id, series_id, at, value)
            VALUES (\(database.tenant), 1, \(now + .seconds(1)), -61)
            """,
        ])
    }
}
